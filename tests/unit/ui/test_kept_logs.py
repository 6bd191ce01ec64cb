"""Logs and sheets kept in the store: municipality by municipality, and what a session then sees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from planner.errors import PlannerError
from planner.records import TallyRow, UserCount, Visit
from planner.store import Store, open_store
from planner.ui import kept, kept_logs, shelf
from planner.ui.shelf import Logs, VisitLog

FIRST, SECOND = dt.date(2026, 1, 12), dt.date(2026, 1, 19)
ROWS = (Visit("249", SECOND, 4), Visit("249", FIRST, 3, "walk_in"), Visit("091", FIRST, 100))
USERS = (UserCount(FIRST, 1_600_000), UserCount(FIRST, 900, "249", "65-74"))
CONTACT = TallyRow("Kirjasto", "other", 15, "fi", "solved", week=SECOND)


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr(st, "session_state", {})
    with open_store(f"sqlite:///{tmp_path / 'planner.sqlite'}", patience=0.2) as found:
        monkeypatch.setattr(kept, "store", lambda: found)
        kept.sign("Aino")
        yield found


def test_a_log_is_kept_by_municipality_and_seen_by_another_session(store: Store) -> None:
    kept_logs.save_log("visits", "käynnit.csv", ROWS)

    assert {item.municipality for item in store.items("visits")} == {"249", "091"}
    seen = shelf.logs().visits
    assert seen is not None
    assert (seen.name, set(seen.rows)) == ("käynnit.csv", set(ROWS))
    assert shelf.actual_visits("249") == [(FIRST, 3), (SECOND, 4)]


def test_counts_of_the_country_belong_to_the_country(store: Store) -> None:
    kept_logs.save_log("users", "users.csv", USERS)

    assert {item.municipality for item in store.items("users")} == {"FI", "249"}
    assert kept_logs.same("users", USERS)


def test_a_log_replaces_the_same_weeks_of_its_municipalities_alone(store: Store) -> None:
    kept_logs.save_log("visits", "old.csv", ROWS)
    newer = (Visit("249", SECOND, 9),)

    kept_logs.save_log("visits", "new.csv", newer)

    found = kept_logs.log("visits")
    assert found is not None
    assert set(found.rows) == {*newer, Visit("249", FIRST, 3, "walk_in"), Visit("091", FIRST, 100)}
    assert len(store.history("249")) == 2
    assert not kept_logs.same("visits", ROWS)


def test_a_removed_log_is_gone_from_use_and_stays_in_history(store: Store) -> None:
    kept_logs.save_log("visits", "käynnit.csv", ROWS)

    kept_logs.remove_log("visits", "249")

    assert shelf.actual_visits("249") == []
    assert [change.number for change in store.history("249")] == [2, 1]


def test_what_a_session_has_brought_stands_before_what_is_kept(store: Store) -> None:
    kept_logs.save_log("visits", "käynnit.csv", ROWS)
    own = VisitLog("oma.csv", (Visit("249", FIRST, 1),))

    shelf.put_logs(Logs(own))
    mine = shelf.logs().visits
    shelf.use_stored()

    assert mine == own
    assert shelf.logs() == shelf.stored_logs()


def test_a_sheet_is_kept_with_its_week(store: Store) -> None:
    kept_logs.save_sheet("249", (CONTACT,), FIRST)

    assert shelf.sheet("249") == (CONTACT,)
    assert store.items("tally", "249")[0].content["week"] == SECOND.isoformat()
    assert shelf.sheet("091") == ()


def test_keeping_needs_a_name_and_a_store_that_works(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.sign(" ")
    with pytest.raises(PlannerError) as fault:
        kept_logs.save_log("visits", "käynnit.csv", ROWS)

    def broken() -> Store:
        raise PlannerError("error.store.gone", place="here")

    monkeypatch.setattr(kept, "store", broken)
    assert fault.value.code == "error.store.no_author"
    assert shelf.logs() == Logs()
    assert shelf.sheet("249") == ()


def test_weeks_that_are_kept_already_stay_beside_a_later_log(store: Store) -> None:
    kept_logs.save_log("visits", "january.csv", ROWS)
    later = (Visit("249", dt.date(2026, 2, 2), 7), Visit("249", SECOND, 5))

    replaced = kept_logs.replaced("visits", later)
    kept_logs.save_log("visits", "february.csv", later)

    assert replaced == 1
    assert shelf.actual_visits("249") == [(FIRST, 3), (SECOND, 5), (dt.date(2026, 2, 2), 7)]
