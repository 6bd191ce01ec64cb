"""What the store holds, as pages and the engine read it."""

from __future__ import annotations

import pytest

from planner import services
from planner.errors import PlannerError
from planner.records import ServiceBefore, ServiceScope
from planner.scenario import Shift, Supply
from planner.store import Store, to_content
from tests.services import KEURUU, KUMLINGE, SCENARIO, line

START = SCENARIO.start


def keep(store: Store, *records: object, kinds: str = "capacity") -> None:
    for record in records:
        store.save(kinds, KEURUU, to_content(record), "Aino")


def test_an_empty_store_holds_nothing(store: Store) -> None:
    held = services.held(store, KEURUU)

    assert (held.rows, held.items) == ((), ())
    assert held.before is held.before_item is held.scope is held.scope_item is None
    assert dict(services.supplies(store, START)) == {}


def test_rows_come_with_the_items_behind_them(store: Store) -> None:
    rows = (line(), line(provider="parish", hours=3.0))
    keep(store, *rows)
    keep(store, ServiceBefore(9.0), kinds="before")
    keep(store, ServiceScope(("identification",)), kinds="scope")

    held = services.held(store, KEURUU)

    assert held.rows == rows
    assert [item.content["provider"] for item in held.items] == ["library", "parish"]
    assert held.before == ServiceBefore(9.0)
    assert held.scope == ServiceScope(("identification",))
    assert held.before_item is not None
    assert held.before_item.kind == "before"
    assert services.held(store, KUMLINGE).rows == ()


def test_the_service_before_is_what_is_kept_or_what_the_rows_give(store: Store) -> None:
    keep(store, line())
    assert services.supplies(store, START)[KEURUU] == Supply((Shift(12.5),), 12.5, 0.0)

    keep(store, ServiceBefore(9.0, 1.0), kinds="before")

    assert services.supplies(store, START)[KEURUU] == Supply((Shift(12.5),), 9.0, 1.0)


def test_of_two_services_before_the_older_counts_everywhere(store: Store) -> None:
    keep(store, line())

    keep(store, ServiceBefore(9.0), ServiceBefore(2.0), kinds="before")

    assert services.held(store, KEURUU).before == ServiceBefore(9.0)
    assert services.supplies(store, START)[KEURUU].before == 9.0


@pytest.mark.parametrize("kind", ["capacity", "before"])
def test_what_cannot_be_read_is_told_and_the_others_go_on_counting(store: Store, kind: str) -> None:
    keep(store, line())
    store.save("capacity", KUMLINGE, to_content(line(municipality=KUMLINGE, hours=2.0)), "Aino")

    store.save(kind, KEURUU, {"later": 1}, "Aino")

    assert dict(services.supplies(store, START)) == {KUMLINGE: Supply((Shift(2.0),), 2.0, 0.0)}
    assert {code: error.code for code, error in services.unreadable(store).items()} == {
        KEURUU: "error.store.content"
    }
    assert services.held_of_all(store, [KUMLINGE]) == {KUMLINGE: services.held(store, KUMLINGE)}
    for read in (services.held, lambda *given: services.held_of_all(given[0], [given[1]])):
        with pytest.raises(PlannerError):
            read(store, KEURUU)


def test_all_that_can_be_read_leaves_nothing_to_tell(store: Store) -> None:
    keep(store, line())

    assert dict(services.unreadable(store)) == {}


def test_a_service_before_without_rows_is_no_supply(store: Store) -> None:
    keep(store, ServiceBefore(9.0), kinds="before")

    assert dict(services.supplies(store, START)) == {}


def test_what_is_kept_is_seen_at_once_and_read_once(store: Store) -> None:
    keep(store, line())
    before = services.supplies(store, START)
    assert services.supplies(store, START) is before

    keep(store, line(provider="parish", hours=3.0))

    assert len(services.supplies(store, START)[KEURUU].shifts) == 2
