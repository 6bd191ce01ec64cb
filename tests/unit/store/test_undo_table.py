"""Undo of rows and of the service before them: a table is whole and alone, whatever is undone."""

from __future__ import annotations

import pytest

from planner.store import ConflictError, Edit, Store
from tests.unit.store.harness import check_consistent, rows

PLACE = "091"


def first_save(store: Store, hours: float = 10, author: str = "Aino") -> int:
    """Keeps the table's first row and its base; the change's number."""
    seen = store.items("capacity", PLACE)
    also = [Edit("before", {"hours": hours})]
    store.replace(PLACE, "capacity", [(None, {"hours": hours})], author, seen, also)
    return latest(store)


def add(store: Store, hours: float, author: str = "Bertta") -> int:
    """One more row; the change's number."""
    store.save("capacity", PLACE, {"hours": hours}, author)
    return latest(store)


def clear(store: Store) -> int:
    """Takes the table away; the change's number."""
    gone = [Edit("before", None, i.key, i.revision) for i in store.items("before", PLACE)]
    store.replace(PLACE, "capacity", [], "Aino", also=gone)
    return latest(store)


def correct_base(store: Store, hours: float) -> int:
    """Another number in the base; the change's number."""
    (base,) = store.items("before", PLACE)
    store.save("before", PLACE, {"hours": hours}, "Aino", base.key, base.revision)
    return latest(store)


def latest(store: Store) -> int:
    """The number of the latest change."""
    return store.revision(PLACE).number


def hours(store: Store) -> tuple[list[object], list[object]]:
    """The hours of the rows and of the base."""
    found = [[i.content["hours"] for i in store.items(k, PLACE)] for k in ("capacity", "before")]
    return found[0], found[1]


def refused(store: Store, number: int) -> ConflictError:
    """Undoing the change is refused, and nothing is changed."""
    before = rows(store)
    with pytest.raises(ConflictError) as caught:
        store.undo(PLACE, number, "Cecilia")
    assert caught.value.code == "error.store.changed_since"
    assert rows(store) == before
    return caught.value


def test_a_first_save_is_not_undone_under_a_row_added_later(store: Store) -> None:
    first = first_save(store, 10)
    add(store, 5, "Bertta")
    bank = store.items("capacity", PLACE)[1]

    error = refused(store, first)

    assert error.theirs == bank
    assert (error.values["author"], error.values["time"]) == ("Bertta", bank.time)
    store.undo(PLACE, 2, "Aino")  # the later change first, as the message says
    store.undo(PLACE, first, "Aino")
    assert hours(store) == ([], [])
    check_consistent(store)


def test_a_clear_is_not_undone_beside_a_new_table(store: Store) -> None:
    first_save(store, 50)
    cleared = clear(store)
    again = first_save(store, 7, "Bertta")

    error = refused(store, cleared)

    assert {c.theirs.kind for c in error.conflicts} == {"capacity", "before"}
    assert error.values["author"] == "Bertta"
    store.undo(PLACE, again, "Aino")
    store.undo(PLACE, cleared, "Aino")
    assert hours(store) == ([50], [50])


def test_a_clear_is_not_undone_beside_an_older_table_that_has_come_back(store: Store) -> None:
    first_save(store, 50)
    cleared = clear(store)
    first_save(store, 7)
    cleared_again = clear(store)
    store.undo(PLACE, cleared, "Aino")

    refused(store, cleared_again)

    assert hours(store) == ([50], [50])


def test_a_row_does_not_come_back_into_another_table(store: Store) -> None:
    first_save(store, 50)
    add(store, 20)
    row = store.items("capacity", PLACE)[1]
    store.delete(row, "Aino")
    deleted = latest(store)
    clear(store)
    first_save(store, 7)

    refused(store, deleted)


def test_rows_without_a_base_are_not_brought_back_beside_others(store: Store) -> None:
    add(store, 50)
    cleared = clear(store)
    add(store, 7)

    refused(store, cleared)


@pytest.mark.parametrize("last", ["added", "changed", "deleted"])
def test_another_row_added_later_is_no_hindrance(store: Store, last: str) -> None:
    first_save(store, 10)
    add(store, 20)
    row = store.items("capacity", PLACE)[1]
    expected: list[object] = [10, 20, 5]
    if last == "added":
        expected = [10, 5]
    elif last == "changed":
        store.save("capacity", PLACE, {"hours": 25}, "Aino", row.key, row.revision)
    else:
        store.delete(row, "Aino")
    number = latest(store)
    add(store, 5)

    store.undo(PLACE, number, "Aino")

    assert hours(store) == (expected, [10])


def test_rows_added_and_taken_away_again_are_no_hindrance(store: Store) -> None:
    first = first_save(store, 10)
    added = add(store, 5)
    store.undo(PLACE, added, "Bertta")

    store.undo(PLACE, first, "Aino")

    assert hours(store) == ([], [])


def test_rows_added_later_do_not_hinder_a_correction_of_the_base(store: Store) -> None:
    first_save(store, 10)
    corrected = correct_base(store, 12)
    add(store, 5)

    store.undo(PLACE, corrected, "Aino")

    assert hours(store) == ([10, 5], [10])


def test_other_kinds_and_municipalities_are_no_hindrance(store: Store) -> None:
    first = first_save(store, 10)
    store.save("scope", PLACE, {"left_out": []}, "Bertta")
    store.save("capacity", "049", {"hours": 5}, "Bertta")

    store.undo(PLACE, first, "Aino")

    assert hours(store) == ([], [])
