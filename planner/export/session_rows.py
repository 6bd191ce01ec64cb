"""A plan's sessions as a table: codes, ISO dates and times, one row a session."""

from __future__ import annotations

import pandas as pd

from planner.export.session_words import venue_name
from planner.sessions import SessionPlan
from planner.sessions.venue_cells import guarded
from planner.snapshot import Snapshot
from planner.texts import Texts

COLUMNS = (
    "date",
    "start",
    "end",
    "venue_id",
    "venue",
    "kind",
    "theme",
    "language",
    "staff",
    "staff_hours",
    "expected_contacts",
)


def session_frame(plan: SessionPlan, snapshot: Snapshot, texts: Texts) -> pd.DataFrame:
    """The sessions in the order of the calendar, columns COLUMNS.

    start, end: HH:MM, Finnish time; staff: persons; staff_hours: of all of them, preparation
    included; expected_contacts: persons, to two decimals. A venue's name that a spreadsheet would
    run as a formula has an apostrophe before it.
    """
    venues = {venue.id: venue_name(venue, snapshot, texts) for venue in plan.venues}
    rows = [
        (
            one.day.isoformat(),
            clock(one.start),
            clock(one.end),
            guarded(one.venue),
            guarded(venues[one.venue]),
            one.kind,
            one.theme,
            one.language,
            one.staff,
            one.staff_hours,
            round(one.expected_contacts, 2),
        )
        for one in plan.sessions
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def clock(minutes: int) -> str:
    """Minutes since midnight as HH:MM."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
