"""Rows replaced together with items of another kind: one change, or none."""

from __future__ import annotations

import pytest

from planner.store import Change, ConflictError, Edit, Store

PLACE = "091"


def replace(store: Store, hours: float, *also: Edit) -> Change | None:
    """Makes one row the municipality's only one."""
    seen = store.items("capacity", PLACE)
    return store.replace(PLACE, "capacity", [(None, {"hours": hours})], "Aino", seen, also)


def test_edits_of_other_kinds_belong_to_the_change(store: Store) -> None:
    change = replace(store, 1, Edit("before", {"hours": 1}))

    assert change is not None
    assert [entry.kind for entry in change.entries] == ["capacity", "before"]
    (before,) = store.items("before", PLACE)
    assert before.content == {"hours": 1}
    store.undo(PLACE, change.number, "Aino")
    assert store.items("before", PLACE) == store.items("capacity", PLACE) == []


def test_a_conflict_in_any_of_them_stops_all(store: Store) -> None:
    replace(store, 1, Edit("before", {"hours": 1}))
    (before,) = store.items("before", PLACE)
    store.save("before", PLACE, {"hours": 2}, "Eino", before.key, before.revision)

    with pytest.raises(ConflictError) as caught:
        replace(store, 3, Edit("before", None, before.key, before.revision))

    assert (caught.value.mine, caught.value.theirs.author) == (None, "Eino")
    assert [item.content for item in store.items("capacity", PLACE)] == [{"hours": 1}]


def test_what_can_t_be_kept_fails_before_anything_is_written(store: Store) -> None:
    with pytest.raises(ValueError, match="Out of range"):
        replace(store, 1, Edit("before", {"hours": float("nan")}))

    assert store.revision(PLACE).number == 0
