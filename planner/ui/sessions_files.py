"""Files of a calendar: for a calendar program, a spreadsheet, other systems, and a notice board."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

import streamlit as st

from planner.clock import now
from planner.export.session_ics import session_calendar
from planner.export.session_json import session_json
from planner.export.session_linked import linked_events
from planner.export.session_rows import session_frame
from planner.export.session_xlsx import session_workbook
from planner.tables import as_csv
from planner.texts import LANGUAGES, Texts, catalogue
from planner.ui import blocks, sessions_poster
from planner.ui.sessions_calendar_rows import periods
from planner.ui.sessions_request import venue_names
from planner.ui.sessions_state import Asked, Held
from planner.ui.shell import Frame

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Make = Callable[[], bytes | str]


def first(page: Frame, asked: Asked, held: Held) -> None:
    """The file most people come for."""

    def calendar() -> bytes:
        return session_calendar(
            held.plan, asked.engine.snapshot, page.texts, now(), held.draft.words, held.cancelled
        )

    _button(page, asked, "ics", calendar, "ics", "text/calendar", main=True)


def more(page: Frame, asked: Asked, held: Held) -> None:
    """The other files, and the poster of a venue and month."""
    plan, words, snapshot = held.plan, held.draft.words, asked.engine.snapshot
    texts = page.texts
    st.header(texts("sessions.files.title"), anchor="files")
    others: dict[str, Texts] = {lang: catalogue(lang) for lang in LANGUAGES}
    files: list[tuple[str, Make, str, str]] = [
        ("xlsx", lambda: session_workbook(plan, snapshot, texts, words), "xlsx", XLSX),
        ("csv", lambda: as_csv(session_frame(plan, snapshot, texts)), "csv", "text/csv"),
        (
            "json",
            lambda: session_json(plan, snapshot, texts, words),
            "json",
            "application/json",
        ),
        (
            "linked",
            lambda: linked_events(plan, snapshot, others, words, now(), held.cancelled),
            "linked-events.json",
            "application/json",
        ),
    ]
    with st.container(horizontal=True):
        for name, make, ending, mime in files:
            _button(page, asked, name, make, ending, mime)
    blocks.note(texts("sessions.files.again"), wide=True)
    _poster(page, asked, held)


def _button(
    page: Frame, asked: Asked, name: str, make: Make, ending: str, mime: str, main: bool = False
) -> None:
    snapshot = asked.engine.snapshot
    place = snapshot.municipalities[snapshot.index(asked.code)].name(page.lang)
    file = page.texts("sessions.files.name", place=place.lower())
    st.download_button(
        page.texts(f"sessions.files.{name}"),
        make,  # only once it is asked for
        file_name=f"{file}.{ending}",
        mime=mime,
        key=f"sessions-{name}",
        on_click="ignore",
        type="primary" if main else "secondary",
    )


def _poster(page: Frame, asked: Asked, held: Held) -> None:
    """A venue's month to print and put on the wall."""
    texts, names = page.texts, venue_names(page, asked, held.plan)
    months = {day.isoformat(): label for day, label in periods(held.plan, "month", texts, page.fmt)}
    if not names:
        return
    where, when, button = st.columns([4, 3, 3], vertical_alignment="bottom")
    with where:
        venue = st.selectbox(
            texts("sessions.files.poster.venue"),
            list(names),
            format_func=lambda code: names.get(code, code),
            key="sessions-poster-venue",
        )
    with when:
        month = st.selectbox(
            texts("sessions.files.poster.month"),
            list(months),
            format_func=lambda day: months.get(day, day),
            key="sessions-poster-month",
        )
    shown = venue if venue in names else next(iter(names))
    day = dt.date.fromisoformat(month if month in months else next(iter(months)))
    with button:
        st.download_button(
            texts("sessions.files.poster"),
            lambda: sessions_poster.poster(
                page, held.plan, held.draft, asked.engine.snapshot, shown, day
            ),
            file_name=f"{texts('sessions.files.poster.name')}-{day:%Y-%m}.html",
            mime="text/html",
            key="sessions-poster",
            on_click="ignore",
        )
