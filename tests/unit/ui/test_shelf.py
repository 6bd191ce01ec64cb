"""What a session holds: logs taken into use, files that wait, tally sheets, one step of undo."""

from __future__ import annotations

import datetime as dt

import pytest
import streamlit as st

from planner.records import TallyRow, UserCount, Visit
from planner.ui import kept_logs, shelf
from planner.ui.shelf import Logs, Pending, TallyFile, UserLog, VisitLog

FIRST, SECOND = dt.date(2026, 1, 12), dt.date(2026, 1, 19)
ROWS = (
    Visit("249", SECOND, 4),
    Visit("249", FIRST, 3, "walk_in"),
    Visit("249", FIRST, 2, "booked"),
    Visit("091", FIRST, 100),
)
REAL = VisitLog("visits.csv", ROWS)
DEMO = VisitLog("simulated.csv", ROWS, simulated=True)
USERS = UserLog("users.csv", (UserCount(FIRST, 1_600_000),))
CONTACT = TallyRow("Kirjasto", "other", 15, "fi", "solved")


@pytest.fixture(autouse=True)
def _session(monkeypatch: pytest.MonkeyPatch) -> None:
    """A session of its own for every test, and nothing in the store."""
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(kept_logs, "log", lambda kind: None)
    monkeypatch.setattr(kept_logs, "sheet", lambda code: ())


def test_actual_visits_add_up_channels_and_leave_unlogged_weeks_out() -> None:
    shelf.put_logs(Logs(REAL))
    assert shelf.actual_visits("249") == [(FIRST, 5), (SECOND, 4)]
    assert shelf.actual_visits("091") == [(FIRST, 100)]
    assert shelf.actual_visits() == [(FIRST, 105), (SECOND, 4)]
    assert shelf.actual_visits("005") == []
    assert shelf.logged() == {"249", "091"}


def test_a_file_that_waits_does_not_count_until_it_is_confirmed() -> None:
    shelf.put_pending("visits", Pending(REAL))
    assert shelf.actual_visits() == []
    shelf.confirm("visits")
    assert shelf.logs().visits == REAL
    assert shelf.shelf().pending == {}


def test_simulated_and_real_figures_never_stand_side_by_side() -> None:
    assert Logs(DEMO).taking(USERS) == Logs(None, USERS)
    assert Logs(None, USERS).taking(DEMO) == Logs(DEMO, None)
    assert Logs(REAL).taking(USERS) == Logs(REAL, USERS)
    assert Logs(DEMO).simulated
    assert not Logs(REAL, USERS).simulated


def test_the_last_change_of_the_logs_can_be_taken_back_once() -> None:
    shelf.put_logs(Logs(REAL))
    shelf.put_logs(Logs())
    shelf.undo_logs()
    assert shelf.logs() == Logs(REAL)
    shelf.undo_logs()
    assert shelf.logs() == Logs(REAL)


def test_sheets_belong_to_their_municipality_and_can_be_undone() -> None:
    shelf.put_sheet("249", (CONTACT,))
    shelf.put_sheet("249", (CONTACT, CONTACT))
    assert shelf.sheet("091") == ()
    shelf.undo_sheet("249")
    assert shelf.sheet("249") == (CONTACT,)


def test_undoing_leaves_the_sheets_of_other_municipalities_alone() -> None:
    shelf.put_sheet("091", (CONTACT,))
    shelf.put_sheet("249", (CONTACT,))
    shelf.put_sheet("091", (CONTACT, CONTACT))
    shelf.undo_sheet("249")
    assert (shelf.sheet("249"), shelf.sheet("091")) == ((), (CONTACT, CONTACT))
    shelf.undo_sheet("249")
    shelf.undo_sheet("091")
    assert (shelf.sheet("249"), shelf.sheet("091")) == ((), (CONTACT,))


def test_the_rows_of_a_tally_file_are_added_once_confirmed() -> None:
    shelf.put_sheet("249", (CONTACT,))
    shelf.put_pending("tally-249", Pending(TallyFile("tally.csv", (CONTACT, CONTACT))))
    assert shelf.sheet("249") == (CONTACT,)
    shelf.confirm("tally-249")
    assert shelf.sheet("249") == (CONTACT,) * 3
    assert shelf.shelf().pending == {}


def test_what_is_typed_is_kept_by_municipality() -> None:
    shelf.put_draft("249", shelf.Draft(point="Kirjasto", minutes="1"))
    assert shelf.draft("249").minutes == "1"
    assert shelf.draft("091") == shelf.Draft()
