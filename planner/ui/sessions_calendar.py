"""A plan of sessions as a calendar: a month, a week, or a list by date."""

from __future__ import annotations

import datetime as dt
import html
from collections import Counter
from collections.abc import Sequence
from typing import Final

import streamlit as st

from planner.export import session_words
from planner.sessions import KINDS, SessionPlan
from planner.sessions.draft import Draft
from planner.snapshot import Snapshot
from planner.texts import Texts
from planner.ui import blocks
from planner.ui import sessions_calendar_rows as rows
from planner.ui.format import Formats
from planner.ui.sessions_calendar_rows import Day, Entry, periods, within
from planner.ui.shell import Frame

__all__ = ["FOLDED", "draw", "periods", "within"]

# Sessions of one day that are shown at once; more fold behind their number.
FOLDED: Final = {"month": 4, "week": 12}
COLUMNS: Final = ("date", "time", "place", "title", "kind", "language", "staff", "expected")


def draw(
    page: Frame,
    plan: SessionPlan,
    draft: Draft,
    snapshot: Snapshot,
    shown: str,
    at: dt.date,
    venue: str | None,
) -> None:
    """Draws the month or week in which `at` lies, or the list of its period (see `periods`).

    shown: one of rows.SHOWN; venue: the id of the only place shown, None for all.
    """
    texts, fmt = page.texts, page.fmt
    label = rows.bounds(plan, shown, at, texts, fmt)[0]
    sessions = within(plan, shown, at, venue)
    found = rows.entries(plan, draft.words, sessions, snapshot, texts, fmt)
    caption = _caption(plan, label, len(found), venue, snapshot, texts)
    if shown == "list":
        _list(found, caption, texts, fmt)
        return
    weeks = rows.month_days(at)
    in_month = [day for week in weeks for day in week if day is not None]
    wanted = rows.week_days(at) if shown == "week" else in_month
    days = rows.days(plan, found, wanted, venue, snapshot, texts)
    _key(found, texts)
    if venue is None and any(len(day.entries) > FOLDED[shown] for day in days.values()):
        blocks.note(texts("sessions_calendar.many"))
    if shown == "week":
        st.html(_week(days, caption, texts, fmt))
    else:
        st.html(_month(weeks, days, caption, texts, fmt))
    if not found:
        blocks.note(texts("sessions_calendar.none"))


def _caption(
    plan: SessionPlan, label: str, number: int, venue: str | None, snapshot: Snapshot, texts: Texts
) -> str:
    names = {each.id: session_words.venue_name(each, snapshot, texts) for each in plan.venues}
    only = next(iter(names)) if len(names) == 1 else venue
    return texts(
        "sessions_calendar.caption",
        period=label,
        number=texts.count("sessions_calendar.count", number),
        place=texts("sessions_calendar.all") if only is None else names.get(only, only),
    )


def _key(found: Sequence[Entry], texts: Texts) -> None:
    """The kinds that the period has, with their colours."""
    held = {entry.kind for entry in found}
    if not held:
        return
    items = "".join(
        f'<li class="planner-kind-{kind}"><span class="planner-cal-swatch" aria-hidden="true">'
        f"</span>{html.escape(texts(f'sessions_calendar.kind.{kind}'))}</li>"
        for kind in KINDS
        if kind in held
    )
    name = html.escape(texts("sessions_calendar.key"))
    st.html(f'<ul class="planner-key" aria-label="{name}">{items}</ul>')


def _month(
    weeks: Sequence[Sequence[dt.date | None]],
    days: dict[dt.date, Day],
    caption: str,
    texts: Texts,
    fmt: Formats,
) -> str:
    body = ""
    for week in weeks:
        held = next(day for day in week if day is not None)
        cells = "".join(
            '<td role="cell" class="planner-cal-other"></td>'
            if day is None
            else _cell(days[day], FOLDED["month"], texts, fmt)
            for day in week
        )
        body += f'<tr role="row">{_week_head(held, fmt)}{cells}</tr>'
    heads = [texts("sessions_calendar.week"), *rows.day_names(texts.lang)]
    return _table("month", caption, heads, body)


def _week_head(day: dt.date, fmt: Formats) -> str:
    """The week's number; a narrow screen, where the column has no head, says what it is."""
    narrow = html.escape(rows.started(fmt.week(day)))
    return (
        f'<th scope="row" role="rowheader"><span class="planner-cal-wide">'
        f"{day.isocalendar().week}</span>"
        f'<span class="planner-cal-narrow">{narrow}</span></th>'
    )


def _week(days: dict[dt.date, Day], caption: str, texts: Texts, fmt: Formats) -> str:
    heads = [rows.started(fmt.weekday(day)) for day in days]
    cells = "".join(_cell(day, FOLDED["week"], texts, fmt) for day in days.values())
    return _table("week", caption, heads, f'<tr role="row">{cells}</tr>')


def _table(shown: str, caption: str, heads: Sequence[str], body: str) -> str:
    head = "".join(
        f'<th scope="col" role="columnheader">{html.escape(name)}</th>' for name in heads
    )
    # Stacked on a narrow screen, a table keeps its meaning only where the roles are spelt out.
    return (
        f'<table role="table" class="planner-cal planner-cal-{shown}-view">'
        f"<caption>{html.escape(caption)}</caption>"
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def _cell(day: Day, most: int, texts: Texts, fmt: Formats) -> str:
    """One day: its date, what closes it, its sessions; many of them fold behind their number."""
    empty = "" if day.entries or day.closed else " planner-cal-empty"
    date = (
        f'<p class="planner-cal-date"><span class="planner-cal-wide">'
        f"{html.escape(fmt.day_month(day.day))}</span>"
        f'<span class="planner-cal-narrow">{html.escape(rows.started(fmt.weekday(day.day)))}'
        "</span></p>"
    )
    closed = f'<p class="planner-cal-closed">{html.escape(day.closed)}</p>' if day.closed else ""
    held = _sessions(day, most, texts)
    return f'<td role="cell" class="planner-cal-day{empty}">{date}{closed}{held}</td>'


def _sessions(day: Day, most: int, texts: Texts) -> str:
    if not day.entries:
        return ""
    items = "".join(_session(entry) for entry in day.entries)
    everything = f'<ul class="planner-cal-list">{items}</ul>'
    if len(day.entries) <= most:
        return everything
    number = html.escape(texts.count("sessions_calendar.count", len(day.entries)))
    held = Counter(entry.kind for entry in day.entries)
    kinds = "".join(
        f'<li class="planner-kind-{kind}"><span class="planner-cal-swatch" aria-hidden="true">'
        f"</span><span><strong>{held[kind]}</strong> "
        f"{html.escape(texts(f'sessions_calendar.kind.{kind}'))}</span></li>"
        for kind in KINDS
        if kind in held
    )
    return (
        f'<ul class="planner-cal-kinds">{kinds}</ul>'
        f'<details class="planner-cal-fold"><summary>{number}</summary>{everything}</details>'
    )


def _session(entry: Entry) -> str:
    marks = "".join(f'<span class="planner-cal-mark">{html.escape(m)}</span>' for m in entry.marks)
    return (
        f'<li class="planner-cal-one planner-kind-{entry.kind}">'
        f'<span class="planner-cal-time">{html.escape(entry.time)}</span> '
        f'<span class="planner-cal-kind">{html.escape(entry.word)}</span> '
        f'<span class="planner-cal-title">{html.escape(entry.title)}</span> '
        f'<span class="planner-cal-place">{html.escape(entry.short)}</span> {marks}</li>'
    )


def _list(found: Sequence[Entry], caption: str, texts: Texts, fmt: Formats) -> None:
    if not found:
        blocks.note(texts("sessions_calendar.none"))
        return
    body = "".join(_line(entry, texts, fmt) for entry in found)
    heads = [texts(f"sessions_calendar.head.{name}") for name in COLUMNS]
    st.html(_table("list", caption, heads, body))


def _line(entry: Entry, texts: Texts, fmt: Formats) -> str:
    """One row of the list; a narrow screen, where the columns have no heads, names each cell."""
    title = f"{entry.title} ({', '.join(entry.marks)})" if entry.marks else entry.title
    words = (entry.time, entry.place, title, entry.word, entry.language)
    cells = "".join(
        f'<td role="cell" class="planner-cal-{name}"'
        f' data-head="{html.escape(texts(f"sessions_calendar.head.{name}"))}">'
        f"{html.escape(said)}</td>"
        for name, said in zip(
            COLUMNS[1:], (*words, fmt.whole(entry.staff), entry.expected), strict=True
        )
    )
    date = html.escape(rows.started(fmt.weekday(entry.day)))
    return f'<tr role="row"><th scope="row" role="rowheader">{date}</th>{cells}</tr>'
