"""The entry form of the tally sheet: a row at a time, what was typed kept as it was typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from planner import tally
from planner.errors import PlannerError
from planner.model.weeks import monday
from planner.records import OUTCOMES, TallyRow
from planner.tally import Period
from planner.ui import shelf, shell, tally_rows
from planner.ui.fields import typed
from planner.ui.format import parse_date, parse_number
from planner.ui.shelf import Draft
from planner.ui.shell import Frame

WEEK = dt.timedelta(days=7)
_SAID = "planner_tally_said"
_FIELDS = tuple(Draft.__dataclass_fields__)
OPTIONS: Mapping[str, Sequence[str]] = {
    "topic": ("", *tally.TALLY_TOPICS),
    "language": tally.TALLY_LANGUAGES,
    "outcome": OUTCOMES,
}


def last_week(today: dt.date) -> dt.date:
    """The Monday of the last week that has ended."""
    return monday(today) - WEEK


def fields(page: Frame, code: str, period: Period) -> dt.date:
    """The fields of a row, filled with what was typed last, and the button that adds it.

    Gives back the Monday of the week that the sheet was kept in.
    """
    week, point, day = st.columns(3, vertical_alignment="bottom")
    with week:
        first = week_field(page, code, period)
    days = ("", *((first + dt.timedelta(days=i)).isoformat() for i in range(7)))
    _fill(code, shelf.draft(code), {**OPTIONS, "day": days})
    with point:
        _text(page, code, "point", tally.LONGEST_POINT)
    with day:
        _box(page, code, "day", days, lambda c: _day(page, c))
    left, right = st.columns(2)
    with left:
        _box(page, code, "topic", OPTIONS["topic"], lambda c: _topic(page, c))
        _choice(page, code, "language")
    with right:
        _choice(page, code, "outcome")
        st.checkbox(page.texts("tally.within"), key=_key(code, "within_other"))
    minutes, add = st.columns(2, vertical_alignment="bottom")
    with minutes:
        _text(page, code, "minutes", 10, page.texts("tally.field.minutes.help"))
    with add:
        _adder(page, code, period)
    shelf.put_draft(code, _typed(code))
    _tell(page)
    return first


def _text(page: Frame, code: str, name: str, longest: int, help_: str | None = None) -> None:
    st.text_input(
        page.texts(f"tally.field.{name}"), key=_key(code, name), max_chars=longest, help=help_
    )


def _box(
    page: Frame, code: str, name: str, options: Sequence[str], say: Callable[[str], str]
) -> None:
    st.selectbox(page.texts(f"tally.field.{name}"), options, format_func=say, key=_key(code, name))


def _choice(page: Frame, code: str, name: str) -> None:
    st.radio(
        page.texts(f"tally.field.{name}"),
        OPTIONS[name],
        format_func=lambda c: page.texts(f"tally.{name}.{c}"),
        key=_key(code, name),
        horizontal=True,
    )


def _adder(page: Frame, code: str, period: Period) -> None:
    st.button(
        page.texts("tally.add"),
        key=f"tally-add-{code}",
        type="primary",
        on_click=_add,
        args=(code, period),
    )


def week_field(page: Frame, code: str, period: Period) -> dt.date:
    """The Monday of the week the sheet was kept in; any day of the week may be typed."""
    usual, key = last_week(period.today), _key(code, "week")
    if key not in st.session_state:
        st.session_state[key] = shelf.draft(code).week or typed(page, usual)
    _text(page, code, "week", 20)
    try:
        return _week(st.session_state[key], period)
    except PlannerError as error:
        shell.tell(error, page.texts)
        return usual


def _week(text: str, period: Period) -> dt.date:
    """The Monday of the week of the day that was typed; PlannerError where it can't be."""
    first = monday(parse_date(text))
    period.check_day(first)
    return first


def remover(page: Frame, code: str, rows: Sequence[TallyRow]) -> None:
    """A box of all rows with a button that takes one out, and one for the whole sheet."""
    texts = page.texts
    key = f"tally-row-{code}"
    numbers = list(range(len(rows), 0, -1))
    if st.session_state.get(key) not in numbers:
        st.session_state[key] = numbers[0]
    box, one, everything = st.columns([3, 1, 1], vertical_alignment="bottom")
    with box:
        st.selectbox(
            texts("tally.remove.which"),
            numbers,
            format_func=lambda n: tally_rows.line(n, rows[n - 1], texts),
            key=key,
        )
    with one:
        st.button(texts("tally.remove"), key=f"tally-remove-{code}", on_click=_remove, args=(code,))
    with everything:
        st.button(
            texts("tally.clear"),
            key=f"tally-clear-{code}",
            on_click=shelf.put_sheet,
            args=(code, ()),
        )


def _key(code: str, name: str) -> str:
    return f"tally-{name}-{code}"


def _fill(code: str, entered: Draft, options: Mapping[str, Sequence[str]]) -> None:
    """Puts what was typed back into fields that a change of page has emptied."""
    for name in _FIELDS:
        key = _key(code, name)
        if key not in st.session_state:
            st.session_state[key] = getattr(entered, name)
        if name in options and st.session_state[key] not in options[name]:
            st.session_state[key] = options[name][0]


def _typed(code: str) -> Draft:
    return Draft(**{name: st.session_state[_key(code, name)] for name in _FIELDS})


def _add(code: str, period: Period) -> None:
    """Adds the row that was typed; service point, day, topic and the rest stay for the next."""
    entered = _typed(code)
    shelf.put_draft(code, entered)
    try:
        row = row_of(entered, period)
    except PlannerError as error:
        st.session_state[_SAID] = error
        return
    rows = (*shelf.sheet(code), row)
    shelf.put_sheet(code, rows)
    st.session_state[_key(code, "minutes")] = ""
    st.session_state[_SAID] = len(rows)


def row_of(entered: Draft, period: Period) -> TallyRow:
    """The row that a draft describes; PlannerError at the first thing that can't be counted.

    A row without a day keeps the week of its sheet, so that two sheets stay two weeks.
    """
    nobody_helped = entered.outcome == "turned_away" and not entered.minutes.strip()
    if not entered.topic:
        raise PlannerError("error.tally_topic")
    if not entered.minutes.strip() and not nobody_helped:
        raise PlannerError("error.tally_no_minutes")
    row = TallyRow(
        point=entered.point.strip(),
        topic=entered.topic,
        minutes=0.0 if nobody_helped else parse_number(entered.minutes, 0, tally.MOST_MINUTES),
        language=entered.language,
        outcome=entered.outcome,
        within_other=entered.within_other,
        day=dt.date.fromisoformat(entered.day) if entered.day else None,
        week=None if entered.day else _week(entered.week, period),
    )
    tally.check(row)
    period.check(row)
    return row


def _remove(code: str) -> None:
    number = st.session_state.pop(f"tally-row-{code}")
    rows = shelf.sheet(code)
    shelf.put_sheet(code, rows[: number - 1] + rows[number:])


def _tell(page: Frame) -> None:
    """Says once what became of the row."""
    said = st.session_state.pop(_SAID, None)
    if isinstance(said, PlannerError):
        shell.tell(said, page.texts)
    elif said is not None:
        st.success(page.texts("tally.added", number=said))


def _day(page: Frame, code: str) -> str:
    if not code:
        return page.texts("tally.day.unknown")
    return page.fmt.weekday(dt.date.fromisoformat(code))


def _topic(page: Frame, code: str) -> str:
    return tally_rows.topic(code, page.texts) if code else page.texts("tally.topic.choose")
