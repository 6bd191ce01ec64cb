"""What a calendar is planned for: first day, weeks, hours, preset; venues, closures, busy times."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import streamlit as st

from planner.errors import PlannerError
from planner.export.session_words import venue_name
from planner.plans.sessions.presets import PRESETS
from planner.sessions import Request, SessionPlan, read_busy
from planner.sessions.types import LONGEST, SHORTEST
from planner.sessions.venue_files import venue_reading, venue_template
from planner.ui import blocks, controls, folds, sessions_state, sessions_words, shell
from planner.ui.fields import field
from planner.ui.format import parse_date, parse_number, parse_whole
from planner.ui.sessions_state import Asked, Held
from planner.ui.shell import Frame

ALL: Final = ""  # stands for every venue
_ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FILES: Final = "planner_sessions_files"


def settings(page: Frame, like: Request) -> None:
    """The fields of the address: what the calendar is planned for."""
    texts = page.texts
    columns = st.columns(4, vertical_alignment="bottom")
    with columns[0]:
        field(page, "plan_from", texts("sessions.page.from"), parse_date, like.first)
    with columns[1]:
        parse = functools.partial(parse_whole, minimum=SHORTEST, maximum=LONGEST)
        field(page, "weeks", texts("sessions.page.weeks"), parse, like.weeks)
    with columns[2]:
        field(
            page,
            "plan_hours",
            texts("sessions.page.hours"),
            functools.partial(parse_number, minimum=0, maximum=10_000),
            like.staff_hours,
            texts("sessions.page.hours.help"),
        )
    with columns[3]:
        field(
            page,
            "trainers",
            texts("sessions.page.trainers"),
            functools.partial(parse_whole, minimum=0, maximum=1000),
            like.people,
            texts("sessions.page.trainers.help"),
        )
    controls.pick(
        page,
        "plan",
        list(PRESETS),
        texts("sessions.page.preset"),
        "sessions.page.preset.{}",
        "error.sessions_preset_page",
        usual=like.preset,
    )


def more(page: Frame, asked: Asked, held: Held) -> None:
    """Venues, neighbours, closures and busy times, folded away."""
    texts = page.texts
    with folds.fold(texts("sessions.page.more"), "sessions-more") as opened:
        if not opened:
            return
        for part in (_neighbours, _left_out, _second_person, _closures, _busy, _venues):
            with shell.guard(page):
                part(page, asked, held)


def venue_names(page: Frame, asked: Asked, plan: SessionPlan) -> dict[str, str]:
    """Names of a plan's venues by id."""
    return sessions_words.venue_names(plan, asked.engine.snapshot, page.texts)


def _again(asked: Asked, make: Callable[[Request], Request]) -> None:
    """Asks for a changed request, which the next run plans."""
    sessions_state.ask(asked, make)


def _several(
    page: Frame,
    asked: Asked,
    key: str,
    names: dict[str, str],
    chosen: Sequence[str],
    make: Callable[[Request, tuple[str, ...]], Request],
) -> None:
    """A box of several choices that plans again once one changes."""

    def picked() -> None:
        codes = tuple(st.session_state[key])
        with shell.guard(page):
            _again(asked, lambda request: make(request, codes))

    st.session_state[key] = [code for code in chosen if code in names]
    st.multiselect(
        page.texts(f"sessions.page.{key}"),
        list(names),
        format_func=lambda code: names.get(code, code),
        key=key,
        on_change=picked,
        placeholder=page.texts("sessions.page.pick"),
    )


def _neighbours(page: Frame, asked: Asked, held: Held) -> None:
    """Municipalities of the same region in one plan, sharing trainers."""
    snapshot = asked.engine.snapshot
    index = snapshot.groups["region"].index
    here = index[snapshot.index(asked.code)]
    names = {
        place.code: place.name(page.lang)
        for place, region in zip(snapshot.municipalities, index, strict=True)
        if region == here and place.code != asked.code
    }
    chosen = [code for code in held.draft.request.codes if code != asked.code]
    _several(
        page,
        asked,
        "plan-neighbours",
        names,
        chosen,
        lambda request, codes: replace(request, codes=(asked.code, *codes)),
    )


def _left_out(page: Frame, asked: Asked, held: Held) -> None:
    """Venues in which nothing is to be held."""
    request = held.draft.request
    names = venue_names(page, asked, held.plan)
    gone = {
        library.id: library.name
        for library in asked.engine.snapshot.libraries
        if library.id in request.without
    }
    _several(
        page,
        asked,
        "plan-without",
        {**names, **gone},
        request.without,
        lambda asked_for, ids: replace(asked_for, without=ids),
    )


def _second_person(page: Frame, asked: Asked, held: Held) -> None:
    """Venues in which one person can't leave the desk for a session."""
    single = [venue.id for venue in held.plan.venues if venue.single_staffed]

    def make(request: Request, ids: tuple[str, ...]) -> Request:
        said = tuple((venue.id, venue.id in ids) for venue in held.plan.venues)
        return replace(request, single_staffed=said)

    _several(page, asked, "plan-single", venue_names(page, asked, held.plan), single, make)


def _closures(page: Frame, asked: Asked, held: Held) -> None:
    """Days on which a venue, or every one, is closed."""
    texts = page.texts
    names = {ALL: texts("sessions.page.everywhere"), **venue_names(page, asked, held.plan)}
    with st.form("plan-closures", border=False):
        where, days, send = st.columns([3, 4, 2], vertical_alignment="bottom")
        with where:
            venue = st.selectbox(
                texts("sessions.page.closed.where"),
                list(names),
                format_func=lambda one: names.get(one, one),
                key="plan-closed-where",
            )
        with days:
            typed = st.text_input(
                texts("sessions.page.closed.days"),
                key="plan-closed-days",
                help=texts("sessions.page.closed.help"),
                max_chars=400,
            )
        with send:
            pressed = st.form_submit_button(texts("sessions.page.closed.add"))
    if pressed and typed:
        added = tuple((venue or None, day) for day in days_of(typed))
        _again(
            asked,
            lambda old: replace(old, closures=tuple(dict.fromkeys((*old.closures, *added)))),
        )
        st.rerun()
    if held.draft.request.closures:
        told = [
            texts("sessions.page.closed.one", day=day, place=names.get(where or ALL, where or ""))
            for where, day in sorted(held.draft.request.closures, key=lambda one: one[1])
        ]
        blocks.note(texts("sessions.page.closed.list", days=told))
        if st.button(texts("sessions.page.closed.clear"), key="plan-closed-clear"):
            _again(asked, lambda old: replace(old, closures=()))
            st.rerun()


def days_of(typed: str) -> list[dt.date]:
    """The days of a list such as "24.12.2026, 28.12.2026–30.12.2026"; PlannerError else.

    A hyphen does for a dash, and the year or month of a span's first day may be left out.
    """
    found: list[dt.date] = []
    for part in typed.replace(";", ",").split(","):
        if not part.strip():
            continue
        first, last = _ends(part)
        start, end = parse_date(first), parse_date(last)
        if not start <= end <= start + dt.timedelta(days=366):
            raise PlannerError("error.sessions_closed", value=part.strip())
        found += [start + dt.timedelta(days=number) for number in range((end - start).days + 1)]
    return found


def _ends(part: str) -> tuple[str, str]:
    """First and last day of a span as they were typed, the first completed from the last."""
    plain = part.strip().replace("—", "–")
    if _ISO.fullmatch(plain):
        return plain, plain
    first, dash, last = plain.replace("..", "–").replace("-", "–").partition("–")
    if not dash:
        return plain, plain
    first, last = first.strip(), last.strip()
    rest = last.split(".")
    if first.endswith(".") and len(rest) == 3:  # 15.–21.2.2027, 28.12.–3.1.2027
        given = [each for each in first.split(".") if each]
        first = ".".join([*given, *rest[len(given) :]])
    return first, last


def _busy(page: Frame, asked: Asked, held: Held) -> None:
    """A calendar of times that are taken already."""
    texts = page.texts
    key = f"plan-busy-{st.session_state.get(_FILES, 0)}"
    file = st.file_uploader(
        texts("sessions.page.busy"), type=["ics"], key=key, help=texts("sessions.page.busy.help")
    )
    if file is not None:
        first = held.plan.mondays[0]
        last = held.plan.mondays[-1] + dt.timedelta(days=366)
        taken = read_busy(file.getvalue(), first, last)
        _again(asked, lambda old: replace(old, busy=tuple(dict.fromkeys((*old.busy, *taken)))))
        _next_file()
    if held.draft.request.busy:
        blocks.note(texts.count("sessions.page.busy.many", len(held.draft.request.busy)))
        if st.button(texts("sessions.page.busy.clear"), key="plan-busy-clear"):
            _again(asked, lambda old: replace(old, busy=()))
            st.rerun()


def _venues(page: Frame, asked: Asked, held: Held) -> None:
    """Venues of one's own from a file, with a template."""
    texts, snapshot = page.texts, asked.engine.snapshot
    key = f"plan-venues-{st.session_state.get(_FILES, 0)}"
    file = st.file_uploader(
        texts("sessions.page.venues"),
        type=["csv", "xlsx"],
        key=key,
        help=texts("sessions.page.venues.help"),
    )
    st.download_button(
        texts("sessions.page.venues.template"),
        functools.partial(venue_template, page.lang),
        file_name=f"{texts('sessions.page.venues.file')}.csv",
        mime="text/csv",
        key="plan-venues-template",
        on_click="ignore",
    )
    if file is not None:
        reading = venue_reading(file.name, file.getvalue(), snapshot)
        for problem in reading.problems:
            shell.tell(problem.error, texts)
        own = tuple(reading.rows)
        elsewhere = [one for one in own if one.municipality not in held.draft.request.codes]
        if elsewhere:
            names = [venue_name(one, snapshot, texts) for one in elsewhere]
            st.warning(texts("sessions.page.venues.elsewhere", names=names))
        if not reading.problems and not elsewhere:
            _again(asked, lambda old: replace(old, venues=own))
            _next_file()
    if held.draft.request.venues:
        names = [venue_name(venue, snapshot, texts) for venue in held.draft.request.venues]
        blocks.note(texts("sessions.page.venues.own", names=names))
        if st.button(texts("sessions.page.venues.clear"), key="plan-venues-clear"):
            _again(asked, lambda old: replace(old, venues=()))
            st.rerun()


def _next_file() -> None:
    """Empties the uploads: what they held is in the calendar now."""
    st.session_state[_FILES] = int(st.session_state.get(_FILES, 0)) + 1
    st.rerun()
