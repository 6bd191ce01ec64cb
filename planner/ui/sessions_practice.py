"""Today's practice beside the plan: fields kept in the address, a table, the difference."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Mapping
from typing import Final

import streamlit as st

from planner.engine import Engine
from planner.errors import PlannerError
from planner.scenario import Scenario
from planner.sessions import SessionPlan
from planner.sessions.draft import Draft
from planner.sessions.practice import Comparison, Practice, compared
from planner.texts import Texts, locale_of
from planner.ui import blocks, controls, folds, sessions_words
from planner.ui.fields import field, set_address
from planner.ui.format import Formats
from planner.ui.sessions_cover_rows import DASH, number
from planner.ui.shell import Frame
from planner.ui.state import Kind, State
from planner.ui.table_rows import Table

# What the address carries of it.
ADDRESS: Final[Mapping[str, Kind]] = {
    "practice_days": "code",
    "practice_time": "code",
    "practice_venue": "code",
    "practice_every": "whole",
    "practice_kind": "code",
}
DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
USUAL_DAYS, USUAL_TIME = ("tue",), "13-15"
EVERY, KINDS = ("1", "2", "4"), ("clinic", "booked", "group")
ELSEWHERE: Final = ("visit", "mobile")
PLUS, MINUS = "+", "\u2212"
NOTICED = 0.5  # visits, and hours: less is no difference
_SPAN: Final = re.compile(
    r"([0-9]{1,2})(?:[.:]([0-9]{2}))?\s*[-–—]\s*([0-9]{1,2})(?:[.:]([0-9]{2}))?"
)


def draw(
    page: Frame,
    engine: Engine,
    scenario: Scenario,
    draft: Draft,
    plan: SessionPlan,
    today: dt.date,
) -> None:
    """A folded part that asks for today's practice and shows it beside the plan (the draft's)."""
    texts = page.texts
    with folds.fold(texts("practice.show"), "practice") as opened:
        if not opened:
            return
        blocks.paragraph(texts("practice.lead"))
        if not plan.venues:
            blocks.note(texts("practice.no_venue"))
            return
        names = sessions_words.venue_names(plan, engine.snapshot, texts)
        practice = asked(page, plan, names)
        found = compared(engine, scenario, draft, practice, today, plan)
        _told(page, found, names)


def asked(page: Frame, plan: SessionPlan, names: Mapping[str, str]) -> Practice:
    """Draws the fields, and gives the practice they say."""
    texts = page.texts
    days = _days(page)
    when, where = st.columns([2, 5], vertical_alignment="bottom")
    with when:
        field(
            page,
            "practice_time",
            texts("practice.time"),
            lambda text: _written(*span_of(text)),
            USUAL_TIME,
            texts("practice.time.help"),
        )
    with where:
        venue = _venue(page, plan, names)
    every = controls.pick(
        page,
        "practice_every",
        EVERY,
        texts("practice.every"),
        "practice.every.{}",
        "error.practice_often",
    )
    kind = controls.pick(
        page,
        "practice_kind",
        _kinds(plan, venue),
        texts("practice.kind"),
        "practice.kind.{}",
        "error.practice_form",
    )
    start, end = span_of(page.state.code("practice_time") or USUAL_TIME)
    weekdays = tuple(DAYS.index(day) for day in days)
    return Practice(venue, weekdays, start, end, int(every), kind)


def _kinds(plan: SessionPlan, venue: str) -> tuple[str, ...]:
    """The kinds to choose from: visits where nobody can come to a place."""
    held = next(one.kinds for one in plan.venues if one.id == venue)
    return KINDS if KINDS[0] in held else tuple(one for one in ELSEWHERE if one in held) or KINDS


def span_of(text: str) -> tuple[int, int]:
    """Minutes since midnight of "13–15", "9.30–11" or "13:00-15:00"; PlannerError else."""
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        raise PlannerError("error.practice_time", value=text)
    hour, minute, later, past = (int(part or 0) for part in found.groups())
    start, end = 60 * hour + minute, 60 * later + past
    if minute > 59 or past > 59 or not start < end <= 24 * 60:
        raise PlannerError("error.practice_time", value=text)
    return start, end


def _written(start: int, end: int) -> str:
    """The time as the address carries it."""
    return "-".join(f"{at // 60}.{at % 60:02d}".removesuffix(".00") for at in (start, end))


def _chosen_days(state: State) -> tuple[str, ...]:
    """The weekdays of the address, Monday first; the usual one where it names none."""
    given = (state.code("practice_days") or "").split(",")
    return tuple(day for day in DAYS if day in given) or USUAL_DAYS


def _days(page: Frame) -> tuple[str, ...]:
    chosen = _chosen_days(page.state)
    names = weekday_names(page.texts)
    st.markdown(page.texts("practice.days"))
    with st.container(horizontal=True, key="practice-weekdays"):
        for day, name in zip(DAYS, names, strict=True):
            key = f"practice-{day}"
            st.session_state[key] = day in chosen
            st.checkbox(name, key=key, on_change=functools.partial(_ticked, day))
    return chosen


def _ticked(day: str) -> None:
    """Takes a weekday in or out of the address; the last one stays."""
    days = {one for one in _chosen_days(State(st.query_params)) if one != day}
    if st.session_state[f"practice-{day}"]:
        days.add(day)
    chosen = tuple(one for one in DAYS if one in days) or (day,)
    set_address(practice_days=None if chosen == USUAL_DAYS else ",".join(chosen))


def weekday_names(texts: Texts) -> list[str]:
    """Names of the weekdays, Monday first."""
    return [str(locale_of(texts.lang).days["stand-alone"]["wide"][day]) for day in range(7)]


def _venue(page: Frame, plan: SessionPlan, names: Mapping[str, str]) -> str:
    """The venue of the address, or the one with most staffed hours; picked here."""
    usual = max(plan.venues, key=lambda venue: venue.hours).id
    given = page.state.code("practice_venue")
    shown = given if given in names else usual

    def picked() -> None:
        one = st.session_state["practice_venue"]
        # another place may not have the kind
        set_address(practice_venue=None if one == usual else one, practice_kind=None)

    st.session_state["practice_venue"] = shown
    st.selectbox(
        page.texts("practice.venue"),
        list(names),
        format_func=lambda one: names.get(one, one),
        key="practice_venue",
        on_change=picked,
    )
    return shown or usual


def _told(page: Frame, found: Comparison, names: Mapping[str, str]) -> None:
    texts, fmt = page.texts, page.fmt
    blocks.paragraph(said(found, names, texts))
    for line in finding(found, texts, fmt):
        blocks.paragraph(line)
    heads, body = table(found, texts, fmt)
    blocks.table(heads, body, caption=texts("practice.table"), whole=True)
    blocks.note(texts("practice.note"))


def said(found: Comparison, names: Mapping[str, str], texts: Texts) -> str:
    """The practice in a sentence: "tiistai ja torstai klo 13–15, joka viikko, …"."""
    practice = found.practice
    words = locale_of(texts.lang).days["format" if texts.lang == "en" else "stand-alone"]["wide"]
    days = sessions_words.listed([str(words[day]) for day in practice.weekdays], texts)
    return texts(
        "practice.said",
        days=days,
        time=clock(practice.start, practice.end, texts),
        every=texts(f"practice.every.{practice.every}"),
        venue=names.get(practice.venue, practice.venue),
    )


def clock(start: int, end: int, texts: Texts) -> str:
    """A span of time as readers write it: "13–15", "9.30–11", "9:30–11:00"."""
    mark = ":" if texts.lang == "en" else "."
    bare = start % 60 == end % 60 == 0 and texts.lang != "en"
    parts = [f"{at // 60}" if bare else f"{at // 60}{mark}{at % 60:02d}" for at in (start, end)]
    return "–".join(parts)


def finding(found: Comparison, texts: Texts, fmt: Formats) -> list[str]:
    """The difference in words: visitors helped, then staff hours."""
    lines = [] if found.sessions else [texts("practice.none")]
    more, hours = found.helped_more, found.hours_more
    if abs(more) < NOTICED:
        lines.append(texts("practice.helped.same"))
    else:
        people = sessions_words.visitors(abs(more), texts, fmt)
        code = "more" if more > 0 else "fewer"
        lines.append(texts(f"practice.helped.{code}", visitors=people))
    if abs(hours) < NOTICED:
        lines.append(texts("practice.hours.same"))
    else:
        code = "more" if hours > 0 else "less"
        lines.append(texts(f"practice.hours.{code}", hours=fmt.hours(abs(hours))))
    return lines


def table(found: Comparison, texts: Texts, fmt: Formats) -> Table:
    """The practice, the plan and their difference, a row for each figure."""
    today, plan = found.today, found.plan
    heads = [texts(f"practice.head.{name}") for name in ("what", "today", "plan", "difference")]
    pairs = {
        "sessions": (float(today.sessions), float(plan.sessions)),
        "helped": (today.helped, plan.helped),
        "left": (today.left, plan.left),
        "hours": (today.staff_hours, plan.staff_hours),
    }
    body = [
        [
            texts(f"practice.row.{name}"),
            *(number(value, texts, fmt) for value in pair),
            _difference(pair[1] - pair[0], fmt),
        ]
        for name, pair in pairs.items()
    ]
    waits = [DASH if one.wait is None else fmt.whole(one.wait) for one in (today, plan)]
    apart = DASH
    if today.wait is not None and plan.wait is not None:
        apart = _difference(plan.wait - today.wait, fmt)
    body.append([texts("practice.row.wait"), *waits, apart])
    reached = [
        texts("practice.reached", some=one.reached, all=one.villages) for one in (today, plan)
    ]
    body.append(
        [texts("practice.row.reached"), *reached, _difference(plan.reached - today.reached, fmt)]
    )
    shares = [fmt.percent(one.reached_people) for one in (today, plan)]
    body.append([texts("practice.row.people"), *shares, _points(found.reached_more, texts, fmt)])
    return heads, body


def _sign(value: float) -> str:
    return PLUS if value > 0 else MINUS


def _difference(value: float, fmt: Formats) -> str:
    """A difference with its sign; a dash where there is none."""
    if abs(value) < NOTICED:
        return DASH
    return f"{_sign(value)}{fmt.whole(abs(value))}"


def _points(value: float, texts: Texts, fmt: Formats) -> str:
    if abs(value) < NOTICED:
        return DASH
    return texts("practice.points", sign=_sign(value), number=fmt.whole(abs(value)))
