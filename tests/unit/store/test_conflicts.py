"""Two people change the same thing: the second is told, and nothing is lost."""

from __future__ import annotations

import pytest

from planner.errors import PlannerError
from planner.store import ConflictError, Edit, Store
from planner.texts import LANGUAGES, catalogue
from tests.unit.store.harness import check_consistent, rows

HELSINKI = "091"


def test_the_second_is_told_and_sees_both_versions(store: Store) -> None:
    seen = store.save("capacity", HELSINKI, {"hours": 1}, "Aino")
    theirs = store.save("capacity", HELSINKI, {"hours": 2}, "Bertta", seen.key, seen.revision)
    before = rows(store)

    with pytest.raises(ConflictError) as caught:
        store.save("capacity", HELSINKI, {"hours": 3}, "Aino", seen.key, seen.revision)

    assert caught.value.code == "error.store.conflict"
    assert caught.value.mine == {"hours": 3}
    assert caught.value.theirs == theirs
    assert rows(store) == before
    for lang in LANGUAGES:
        assert "Bertta" in catalogue(lang).error(caught.value)


def test_having_seen_theirs_the_second_can_save(store: Store) -> None:
    seen = store.save("capacity", HELSINKI, {"hours": 1}, "Aino")
    store.save("capacity", HELSINKI, {"hours": 2}, "Bertta", seen.key, 1)
    with pytest.raises(ConflictError) as caught:
        store.save("capacity", HELSINKI, {"hours": 3}, "Aino", seen.key, 1)

    theirs = caught.value.theirs
    store.save("capacity", HELSINKI, {"hours": 3}, "Aino", theirs.key, theirs.revision)

    told = [change.entries[0].after for change in store.history(HELSINKI)]
    assert told == [{"hours": 3}, {"hours": 2}, {"hours": 1}]


def test_a_change_of_what_was_deleted_is_told(store: Store) -> None:
    seen = store.save("capacity", HELSINKI, {"hours": 1}, "Aino")
    store.delete(seen, "Bertta")

    with pytest.raises(ConflictError) as caught:
        store.save("capacity", HELSINKI, {"hours": 3}, "Aino", seen.key, seen.revision)

    assert caught.value.code == "error.store.deleted_meanwhile"
    assert caught.value.theirs.deleted
    assert caught.value.theirs.content == {"hours": 1}


def test_a_deletion_of_what_was_changed_is_told(store: Store) -> None:
    seen = store.save("capacity", HELSINKI, {"hours": 1}, "Aino")
    store.save("capacity", HELSINKI, {"hours": 2}, "Bertta", seen.key, seen.revision)

    with pytest.raises(ConflictError) as caught:
        store.delete(seen, "Aino")

    assert caught.value.mine is None
    assert [item.content for item in store.items("capacity")] == [{"hours": 2}]


def test_of_several_edits_every_conflict_is_told_and_none_is_carried_out(store: Store) -> None:
    a, b, c = store.edit(HELSINKI, [Edit("capacity", {"hours": n}) for n in (1, 2, 3)], "Aino")
    store.save("capacity", HELSINKI, {"hours": 10}, "Bertta", a.key, 1)
    store.delete(b, "Cecilia")
    before = rows(store)

    with pytest.raises(ConflictError) as caught:
        store.edit(
            HELSINKI, [Edit("capacity", {"hours": 0}, item.key, 1) for item in (a, b, c)], "Aino"
        )

    assert [conflict.theirs.key for conflict in caught.value.conflicts] == [a.key, b.key]
    assert caught.value.code == "error.store.conflict"
    assert caught.value.values["author"] == "Cecilia"
    assert rows(store) == before


def test_an_import_over_what_others_have_changed_is_told(store: Store) -> None:
    a, b, _ = seen = store.edit(
        HELSINKI, [Edit("capacity", {"hours": n}) for n in (1, 2, 3)], "Aino"
    )
    store.save("capacity", HELSINKI, {"hours": 10}, "Bertta", a.key, 1)
    store.delete(b, "Bertta")
    added = store.save("capacity", HELSINKI, {"hours": 4}, "Bertta")
    before = rows(store)
    wanted = [(a.key, {"hours": 5})]

    with pytest.raises(ConflictError) as caught:
        store.replace(HELSINKI, "capacity", wanted, "Aino", seen=seen)

    told = {conflict.theirs.key: conflict.mine for conflict in caught.value.conflicts}
    assert told == {a.key: {"hours": 5}, b.key: None, added.key: None}
    assert rows(store) == before
    store.replace(HELSINKI, "capacity", wanted, "Aino", seen=store.items("capacity", HELSINKI))
    assert [item.content for item in store.items("capacity")] == [{"hours": 5}]
    check_consistent(store)


def test_a_revision_that_never_was_is_told(store: Store) -> None:
    item = store.save("capacity", HELSINKI, {"hours": 1}, "Aino")

    with pytest.raises(ConflictError):
        store.save("capacity", HELSINKI, {"hours": 2}, "Aino", item.key, 7)
    with pytest.raises(ConflictError):
        store.save("capacity", HELSINKI, {"hours": 2}, "Aino", item.key)
    with pytest.raises(PlannerError) as caught:
        store.save("capacity", HELSINKI, {"hours": 2}, "Aino", "no such key", 1)

    assert caught.value.code == "error.store.no_such_item"
    assert store.items("capacity") == [item]
