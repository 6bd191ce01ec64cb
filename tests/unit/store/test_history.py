"""Every change is told with its author and time, and can be taken back."""

from __future__ import annotations

import pytest

from planner.errors import PlannerError
from planner.store import ConflictError, Edit, Store
from tests.unit.store.harness import check_consistent, whole_history

HELSINKI, ESPOO = "091", "049"


def contents(store: Store) -> list[dict[str, object]]:
    """What the capacity items of Helsinki hold."""
    return [item.content for item in store.items("capacity", HELSINKI)]


def test_history_tells_the_latest_first_with_before_and_after(store: Store) -> None:
    item = store.save("capacity", HELSINKI, {"hours": 1}, "Aino")
    store.save("capacity", ESPOO, {"hours": 5}, "Dora")
    store.save("capacity", HELSINKI, {"hours": 2}, "Bertta", item.key, 1)

    second, first = store.history(HELSINKI)

    assert (first.number, first.author, first.action) == (1, "Aino", "save")
    assert (second.number, second.author, second.undoes) == (2, "Bertta", None)
    assert [(e.before, e.after) for e in first.entries] == [(None, {"hours": 1})]
    assert [(e.before, e.after) for e in second.entries] == [({"hours": 1}, {"hours": 2})]
    assert first.time <= second.time


def test_history_can_be_narrowed_and_paged(store: Store) -> None:
    item = store.save("capacity", HELSINKI, {"hours": 0}, "Aino")
    store.save("scope", HELSINKI, {"left_out": []}, "Aino")
    for n in range(1, 4):
        store.save("capacity", HELSINKI, {"hours": n}, "Aino", item.key, n)
    store.save("capacity", HELSINKI, {"hours": 9}, "Aino")

    def numbers(**asked: object) -> list[int]:
        return [change.number for change in store.history(HELSINKI, **asked)]  # type: ignore[arg-type]

    assert numbers() == [6, 5, 4, 3, 2, 1]
    assert numbers(limit=2) == [6, 5]
    assert numbers(limit=2, before=5) == [4, 3]
    assert numbers(kind="scope") == [2]
    assert numbers(key=item.key) == [5, 4, 3, 1]
    assert numbers(kind="scope", key=item.key) == []
    assert store.history(ESPOO) == []


@pytest.mark.parametrize("last", ["new", "change", "deletion"])
def test_undo_brings_back_what_was_before(store: Store, last: str) -> None:
    item = store.save("capacity", HELSINKI, {"hours": 1}, "Aino")
    if last == "change":
        store.save("capacity", HELSINKI, {"hours": 2}, "Aino", item.key, 1)
    elif last == "deletion":
        store.delete(item, "Aino")
    number = store.revision(HELSINKI).number

    undone = store.undo(HELSINKI, number, "Bertta")

    assert undone is not None
    assert (undone.action, undone.undoes, undone.author) == ("undo", number, "Bertta")
    assert store.history(HELSINKI)[0] == undone
    assert contents(store) == ([] if last == "new" else [{"hours": 1}])
    check_consistent(store)


def test_an_undo_can_be_undone(store: Store) -> None:
    store.save("capacity", HELSINKI, {"hours": 1}, "Aino")
    store.undo(HELSINKI, 1, "Aino")

    store.undo(HELSINKI, 2, "Aino")

    assert contents(store) == [{"hours": 1}]


def test_an_import_is_undone_as_a_whole(store: Store) -> None:
    store.edit(HELSINKI, [Edit("capacity", {"hours": n}) for n in (1, 2, 3)], "Aino")
    before = store.items("capacity")
    store.replace(HELSINKI, "capacity", [(None, {"hours": 2}), (None, {"hours": 8})], "Aino")

    store.undo(HELSINKI, 2, "Aino")

    assert contents(store) == [{"hours": 1}, {"hours": 2}, {"hours": 3}]
    assert [item.key for item in store.items("capacity")] == [item.key for item in before]


def test_one_after_another_all_changes_can_be_undone(store: Store) -> None:
    item = store.save("capacity", HELSINKI, {"hours": 0}, "Aino")
    for n in range(1, 4):
        item = store.save("capacity", HELSINKI, {"hours": n}, "Aino", item.key, n)
    store.delete(item, "Aino")
    states = []

    for number in range(5, 0, -1):
        store.undo(HELSINKI, number, "Aino")
        states.append(contents(store))

    assert states == [[{"hours": 3}], [{"hours": 2}], [{"hours": 1}], [{"hours": 0}], []]
    assert len(whole_history(store, HELSINKI)) == 10
    check_consistent(store)


def test_a_change_under_a_later_one_is_not_undone(store: Store) -> None:
    item = store.save("capacity", HELSINKI, {"hours": 1}, "Aino")
    store.save("capacity", HELSINKI, {"hours": 2}, "Aino", item.key, 1)
    later = store.save("capacity", HELSINKI, {"hours": 3}, "Bertta", item.key, 2)

    with pytest.raises(ConflictError) as caught:
        store.undo(HELSINKI, 2, "Aino")

    assert caught.value.code == "error.store.changed_since"
    assert caught.value.mine == {"hours": 1}
    assert caught.value.theirs == later
    assert contents(store) == [{"hours": 3}]


def test_a_change_of_something_else_is_no_hindrance(store: Store) -> None:
    item = store.save("capacity", HELSINKI, {"hours": 1}, "Aino")
    store.save("capacity", HELSINKI, {"hours": 2}, "Aino", item.key, 1)
    store.save("capacity", HELSINKI, {"hours": 7}, "Bertta")

    store.undo(HELSINKI, 2, "Aino")

    assert contents(store) == [{"hours": 1}, {"hours": 7}]


def test_only_what_happened_can_be_undone(store: Store) -> None:
    store.save("capacity", ESPOO, {"hours": 1}, "Aino")

    for municipality, number in ((HELSINKI, 1), (ESPOO, 2), (ESPOO, 0)):
        with pytest.raises(PlannerError) as caught:
            store.undo(municipality, number, "Aino")
        assert caught.value.code == "error.store.no_such_change"
