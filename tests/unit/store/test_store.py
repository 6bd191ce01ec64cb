"""Items kept, changed, deleted and replaced, on both databases."""

from __future__ import annotations

import threading

import pytest

from planner.errors import PlannerError
from planner.store import Edit, Store, open_store
from tests.unit.store.harness import check_consistent, rows

HELSINKI, ESPOO = "091", "049"


def hours(store: Store, municipality: str | None = None) -> list[object]:
    """The hours of all capacity items."""
    return [item.content["hours"] for item in store.items("capacity", municipality)]


def test_what_is_saved_is_there_when_opened_again(url: str) -> None:
    content = {
        "place": "Kirjasto “Itä” ÅÄÖ\n\x00😀",
        "hours": 2.5,
        "languages": ["fi", "sv"],
        "x": None,
    }
    with open_store(url) as store:
        saved = store.save("capacity", HELSINKI, content, "  Aino \n Virtanen ")

    with open_store(url) as store:
        assert store.item(HELSINKI, saved.key) == saved
        assert store.items("capacity") == [saved]
    assert (saved.content, saved.author, saved.revision) == (content, "Aino Virtanen", 1)
    assert not saved.deleted


def test_items_are_told_apart_by_kind_and_municipality(store: Store) -> None:
    store.save("capacity", HELSINKI, {"hours": 1}, "Aino")
    store.save("capacity", ESPOO, {"hours": 2}, "Aino")
    store.save("tally", HELSINKI, {"hours": 3}, "Aino")

    assert hours(store, HELSINKI) == [1]
    assert sorted(map(str, hours(store))) == ["1", "2"]
    assert store.items("plan") == []


def test_items_keep_the_order_in_which_they_were_made(store: Store) -> None:
    made = store.edit(HELSINKI, [Edit("capacity", {"hours": n}) for n in (5, 3, 9)], "Aino")
    store.save("capacity", HELSINKI, {"hours": 1}, "Aino")

    store.save("capacity", HELSINKI, {"hours": 4}, "Aino", made[1].key, 1)

    assert hours(store) == [5, 4, 9, 1]


def test_a_change_counts_up_the_revision_of_its_municipality_alone(store: Store) -> None:
    before = store.revision()
    item = store.save("capacity", HELSINKI, {"hours": 1}, "Aino")
    espoo = store.revision(ESPOO)

    changed = store.save("capacity", HELSINKI, {"hours": 2}, "Bertta", item.key, item.revision)

    assert (changed.revision, changed.author) == (2, "Bertta")
    assert store.revision(HELSINKI).number == 2
    assert store.revision(ESPOO) == espoo == before
    assert store.revision().number == 2


def test_saving_what_stands_there_changes_nothing(store: Store) -> None:
    item = store.save("capacity", HELSINKI, {"hours": 1, "place": "a"}, "Aino")

    same = store.save("capacity", HELSINKI, {"place": "a", "hours": 1}, "Bertta", item.key, 1)

    assert same == item
    assert store.revision(HELSINKI).number == 1


def test_what_is_deleted_is_gone_but_in_history(store: Store) -> None:
    item = store.save("capacity", HELSINKI, {"hours": 1}, "Aino")

    deleted = store.delete(item, "Bertta")

    assert (deleted.deleted, deleted.content, deleted.revision) == (True, {"hours": 1}, 2)
    assert store.item(HELSINKI, item.key) is None
    assert store.items("capacity") == []
    (entry,) = store.history(HELSINKI)[0].entries
    assert (entry.before, entry.after) == ({"hours": 1}, None)
    assert store.delete(deleted, "Cecilia") == deleted


def test_several_edits_are_one_change(store: Store) -> None:
    kept, gone = store.edit(
        HELSINKI, [Edit("capacity", {"hours": 1}), Edit("capacity", {"hours": 2})], "Aino"
    )

    after = store.edit(
        HELSINKI,
        [
            Edit("capacity", None, gone.key, 1),
            Edit("scope", {"left_out": []}),
            Edit("capacity", {"hours": 1}, kept.key, 1),  # as it is
        ],
        "Aino",
    )

    assert [item.deleted for item in after] == [True, False, False]
    assert [len(change.entries) for change in store.history(HELSINKI)] == [2, 2]
    assert hours(store) == [1]
    check_consistent(store)


def test_an_import_replaces_all_items_of_a_kind_in_one_change(store: Store) -> None:
    store.save("scope", HELSINKI, {"left_out": []}, "Aino")
    a, b, c = store.edit(HELSINKI, [Edit("capacity", {"hours": n}) for n in (1, 2, 3)], "Aino")
    store.save("capacity", ESPOO, {"hours": 7}, "Aino")

    change = store.replace(
        HELSINKI,
        "capacity",
        [(b.key, {"hours": 20}), (None, {"hours": 3}), (None, {"hours": 9})],
        "Bertta",
    )

    assert change is not None
    assert (change.action, change.number) == ("replace", 3)
    touched = {entry.key: entry.after for entry in change.entries}
    assert (touched.pop(a.key), touched.pop(b.key)) == (None, {"hours": 20})
    assert list(touched.values()) == [{"hours": 9}]
    assert c.key not in touched
    assert hours(store, HELSINKI) == [20, 3, 9]
    assert hours(store, ESPOO) == [7]
    assert len(store.items("scope")) == 1
    check_consistent(store)


def test_importing_what_is_there_changes_nothing(store: Store) -> None:
    items = store.edit(HELSINKI, [Edit("capacity", {"hours": n}) for n in (1, 1, 2)], "Aino")
    before = rows(store)

    with_keys = [(item.key, item.content) for item in items]
    without = [(None, item.content) for item in reversed(items)]

    assert store.replace(HELSINKI, "capacity", with_keys, "Bertta") is None
    assert store.replace(HELSINKI, "capacity", without, "Bertta") is None
    assert rows(store) == before


def test_keys_in_an_import_that_fit_nothing_are_as_good_as_none(store: Store) -> None:
    item = store.save("capacity", HELSINKI, {"hours": 1}, "Aino")
    scope = store.save("scope", HELSINKI, {"left_out": []}, "Aino")
    elsewhere = store.save("capacity", ESPOO, {"hours": 8}, "Aino")
    given = [item.key, item.key, scope.key, elsewhere.key, "12", ""]

    store.replace(HELSINKI, "capacity", [(key, {"hours": 9}) for key in given], "Aino")

    found = store.items("capacity", HELSINKI)
    assert [item.content for item in found] == [{"hours": 9}] * 6
    assert {item.key for item in found} & set(given) == {item.key}
    assert store.item(HELSINKI, scope.key) == scope
    assert store.item(ESPOO, elsewhere.key) == elsewhere


def test_an_import_brings_back_a_deleted_item_under_its_key(store: Store) -> None:
    item = store.save("capacity", HELSINKI, {"hours": 1}, "Aino")
    store.delete(item, "Aino")

    store.replace(HELSINKI, "capacity", [(item.key, {"hours": 2})], "Aino")

    (back,) = store.items("capacity")
    assert (back.key, back.revision, back.content) == (item.key, 3, {"hours": 2})


def test_a_large_import_is_kept_whole(store: Store) -> None:
    rows = [(None, {"hours": n}) for n in range(1201)]

    store.replace(HELSINKI, "capacity", rows, "Aino")
    store.replace(HELSINKI, "capacity", [(None, {"hours": n}) for n in range(600, 1300)], "Aino")

    assert hours(store) == list(range(600, 1300))
    check_consistent(store)


@pytest.mark.parametrize("author", ["", " \n\t", "\x00"])
def test_nothing_is_saved_without_a_name(store: Store, author: str) -> None:
    with pytest.raises(PlannerError) as caught:
        store.save("capacity", HELSINKI, {"hours": 1}, author)

    assert caught.value.code == "error.store.no_author"
    assert store.revision().number == 0


@pytest.mark.parametrize("value", [float("nan"), "\ud800", object()])
def test_what_json_cant_hold_is_refused(store: Store, value: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        store.save("capacity", HELSINKI, {"hours": value}, "Aino")
    with pytest.raises((ValueError, TypeError)):
        store.replace(HELSINKI, "capacity", [(None, {"hours": value})], "Aino")

    assert store.items("capacity") == []


def test_mistakes_of_a_caller_are_errors(store: Store) -> None:
    item = store.save("capacity", HELSINKI, {"hours": 1}, "Aino")

    with pytest.raises(ValueError, match="kind"):
        store.save("scope", HELSINKI, {"left_out": []}, "Aino", item.key, 1)
    with pytest.raises(ValueError, match="two edits"):
        store.edit(HELSINKI, [Edit("capacity", {}, item.key, 1)] * 2, "Aino")
    with pytest.raises(ValueError, match="municipality"):
        store.save("capacity", "", {"hours": 1}, "Aino")
    assert store.items("capacity") == [item]


def test_a_key_belongs_to_its_municipality(store: Store) -> None:
    item = store.save("capacity", HELSINKI, {"hours": 1}, "Aino")

    with pytest.raises(PlannerError) as caught:
        store.save("capacity", ESPOO, {"hours": 2}, "Bertta", item.key, item.revision)

    assert caught.value.code == "error.store.no_such_item"
    assert store.items("capacity") == [item]


def test_many_may_open_an_empty_database_at_once(url: str) -> None:
    marks: list[str] = []

    def work() -> None:
        with open_store(url) as store:
            marks.append(store.revision().mark)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(marks) == 6
    assert len(set(marks)) == 1


def test_a_store_in_memory_serves_several_threads() -> None:
    with open_store("sqlite://") as store:
        threads = [
            threading.Thread(
                target=lambda n=n: store.save("capacity", HELSINKI, {"hours": n}, "Aino")
            )
            for n in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sorted(map(int, map(str, hours(store)))) == list(range(8))
        check_consistent(store)
