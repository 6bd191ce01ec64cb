"""All rows out and in again: what is unchanged stays so, what is entered replaces the estimate."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planner import services
from planner.errors import PlannerError
from planner.records import CapacityRow, ServiceBefore
from planner.store import Change, ConflictError, Store, open_store
from tests.services import (
    ENGINE,
    KEURUU,
    KUMLINGE,
    RASEBORG,
    SCENARIO,
    SNAPSHOT,
    line,
    noted,
    read,
    told,
)
from tests.uploads import said

ESTIMATE = {code: services.estimated_rows(ENGINE, SCENARIO, code) for code in SNAPSHOT.codes}


def bring(store: Store, rows: tuple[CapacityRow, ...]) -> services.Imported:
    return services.import_rows(store, ENGINE, SCENARIO, rows, "Aino")


def export(store: Store | None) -> tuple[CapacityRow, ...]:
    return services.everything(ENGINE, SCENARIO, store)


def through(rows: tuple[CapacityRow, ...], lang: str) -> tuple[CapacityRow, ...]:
    """The rows, written to a file and read: a workbook in a language, or CSV."""
    data = (
        services.write_csv(rows, SNAPSHOT)
        if lang == "csv"
        else services.write_xlsx(rows, SNAPSHOT, lang)
    )
    reading = read(data, "rows.csv" if lang == "csv" else "rows.xlsx")
    assert (told(reading), noted(reading)) == ([], [])
    return reading.rows


@pytest.mark.parametrize("lang", ["csv", "fi", "sv", "en"])
def test_an_export_of_all_municipalities_imported_unchanged_changes_nothing(
    store: Store, lang: str
) -> None:
    before = store.revision()

    done = bring(store, through(export(store), lang))

    assert done == services.Imported((), 308)
    assert store.revision() == before
    assert store.history(KEURUU) == []


def test_every_municipality_is_in_an_export(store: Store) -> None:
    rows = export(None)

    assert tuple(dict.fromkeys(row.municipality for row in rows)) == SNAPSHOT.codes
    assert all(row.estimated for row in rows)
    assert export(store) == rows


@pytest.mark.parametrize("lang", ["csv", "sv"])
def test_what_was_entered_comes_back_into_an_empty_store(
    store: Store, tmp_path: Path, lang: str
) -> None:
    entered = (
        line(),
        line(provider="association", place="=kylä", hours=3.0, paid=False, certainty="likely"),
        replace(ESTIMATE[KUMLINGE][0], hours=2.5, estimated=False),
        line(municipality=RASEBORG, languages=("sv", "fi"), channels=("group", "remote")),
        *ESTIMATE[RASEBORG][1:],
    )
    assert bring(store, entered).changed == (KEURUU, KUMLINGE, RASEBORG)
    rows = export(store)
    before = store.revision()
    file = through(rows, lang)

    with open_store(f"sqlite:///{tmp_path / 'other.sqlite'}") as other:
        done = bring(other, file)

        assert done == services.Imported((KEURUU, KUMLINGE, RASEBORG), 305)
        assert export(other) == rows
        assert services.supplies(other, SCENARIO.start) == services.supplies(store, SCENARIO.start)
    assert bring(store, file) == services.Imported((), 308)
    assert store.revision() == before


def test_a_changed_estimate_counts_as_entered(store: Store) -> None:
    library, association = ESTIMATE[KEURUU]

    done = bring(store, (replace(library, hours=8.0), association))

    assert done.changed == (KEURUU,)
    rows = services.held(store, KEURUU).rows
    assert rows == (replace(library, hours=8.0, estimated=False), association)
    assert services.held(store, KEURUU).before == ServiceBefore(10.0)


def test_an_estimate_that_somebody_confirms_counts_as_entered(store: Store) -> None:
    confirmed = tuple(replace(row, estimated=False) for row in ESTIMATE[KEURUU])

    assert bring(store, confirmed).changed == (KEURUU,)


def test_an_old_estimate_does_not_take_away_what_was_entered_since(store: Store) -> None:
    old = export(store)
    bring(store, (line(),))

    assert bring(store, old) == services.Imported((), 308)
    assert services.held(store, KEURUU).rows == (line(),)


def test_only_the_municipalities_of_the_file_are_replaced_and_those_as_a_whole(
    store: Store,
) -> None:
    other = line(municipality="091")
    bring(store, (line(), line(provider="parish"), other))

    done = bring(store, (line(hours=3.0),))

    assert done == services.Imported((KEURUU,), 0)
    assert services.held(store, KEURUU).rows == (line(hours=3.0),)
    assert services.held(store, "091").rows == (other,)


def test_each_municipality_is_one_change_in_the_author_s_name(store: Store) -> None:
    bring(store, (line(), line(provider="parish"), line(municipality="091")))

    assert [(change.number, change.author) for change in store.history(KEURUU)] == [(1, "Aino")]
    assert len(store.history("091")) == 1


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (line(hours=-1.0), "error.hours_range"),
        (line(municipality="xyz"), "error.unknown_municipality"),
        # no estimate has so many: the mark doesn't help
        (line(hours=500.0, people=None, estimated=True), "error.services.hours_of_one"),
    ],
)
def test_nothing_is_written_where_a_row_has_a_fault(
    store: Store, row: CapacityRow, code: str
) -> None:
    with pytest.raises(PlannerError) as caught:
        bring(store, (line(municipality="091"), row))

    assert said(caught.value) == code
    assert store.revision().number == 0


def test_a_locked_store_is_told(store: Store) -> None:
    with closing(sqlite3.connect(store.place)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(PlannerError) as caught:
            bring(store, (line(),))
        other.rollback()

    assert said(caught.value) == "error.store.locked"
    assert bring(store, (line(),)).changed == (KEURUU,)


def test_a_store_that_can_only_be_read_is_told(store: Store) -> None:
    with open_store(f"sqlite:///file:{store.place}?mode=ro&uri=true") as reader:
        assert len(export(reader)) > 308
        with pytest.raises(PlannerError) as caught:
            bring(reader, (line(),))

    assert said(caught.value) == "error.store.read_only"


def test_what_came_after_the_preview_is_not_overwritten(store: Store) -> None:
    looked_at = services.held_of_all(store, [KEURUU, "091"])
    bring(store, (line(hours=5.0),))
    rows = (line(), line(municipality="091"))

    with pytest.raises(ConflictError):
        services.import_rows(store, ENGINE, SCENARIO, rows, "Eino", looked_at)

    assert services.held(store, KEURUU).rows == (line(hours=5.0),)
    assert services.held(store, "091").rows == ()


def test_an_import_that_stops_in_the_middle_says_how_far_it_came(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Store.replace

    def full(self: Store, municipality: str, *rest: Any) -> Change | None:
        if municipality == "091":
            raise PlannerError("error.store.full", place=self.place)
        return real(self, municipality, *rest)

    rows = (line(), line(municipality="091"), line(municipality=RASEBORG))
    monkeypatch.setattr(Store, "replace", full)
    with pytest.raises(services.PartlyImportedError) as caught:
        bring(store, rows)
    monkeypatch.undo()

    assert said(caught.value) == "error.store.full"
    assert (caught.value.changed, caught.value.left) == ((KEURUU,), ("091", RASEBORG))
    assert bring(store, rows) == services.Imported(("091", RASEBORG), 1)
