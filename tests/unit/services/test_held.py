"""What the store holds, as pages and the engine read it."""

from __future__ import annotations

from planner import services
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


def test_a_service_before_without_rows_is_no_supply(store: Store) -> None:
    keep(store, ServiceBefore(9.0), kinds="before")

    assert dict(services.supplies(store, START)) == {}


def test_what_is_kept_is_seen_at_once_and_read_once(store: Store) -> None:
    keep(store, line())
    before = services.supplies(store, START)
    assert services.supplies(store, START) is before

    keep(store, line(provider="parish", hours=3.0))

    assert len(services.supplies(store, START)[KEURUU].shifts) == 2
