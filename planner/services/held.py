"""What the store holds of municipalities' services."""

from __future__ import annotations

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from planner.records import CapacityRow, ServiceBefore, ServiceScope
from planner.scenario import Supply
from planner.services.supply import as_supply, service_before
from planner.store import Revision, Store, Stored, from_content


@dataclass(frozen=True)
class Held:
    """A municipality's service as it stands in the store.

    rows: the capacity rows, and items: the stored items behind them, in the same order; before, and
    scope: None where nothing is kept, with the stored items behind them.
    """

    rows: tuple[CapacityRow, ...]
    items: tuple[Stored, ...]
    before: ServiceBefore | None
    before_item: Stored | None
    scope: ServiceScope | None
    scope_item: Stored | None


def held(store: Store, code: str) -> Held:
    """What the store holds of a municipality's service; PlannerError where it can't be read."""
    items = tuple(store.items("capacity", code))
    before_item = _only(store.items("before", code))
    scope_item = _only(store.items("scope", code))
    return Held(
        rows=tuple(from_content(CapacityRow, item.content) for item in items),
        items=items,
        before=None if before_item is None else from_content(ServiceBefore, before_item.content),
        before_item=before_item,
        scope=None if scope_item is None else from_content(ServiceScope, scope_item.content),
        scope_item=scope_item,
    )


def supplies(store: Store, start: dt.date) -> Mapping[str, Supply]:
    """The Supply of every municipality that has capacity rows, by code; cached by revision.

    start: of the rollout; the service before it is found from the rows where none is kept.
    """
    return _supplies(store, start, store.revision())


@functools.lru_cache(maxsize=4)
def _supplies(store: Store, start: dt.date, revision: Revision) -> Mapping[str, Supply]:
    rows: dict[str, list[CapacityRow]] = defaultdict(list)
    for item in store.items("capacity"):
        rows[item.municipality].append(from_content(CapacityRow, item.content))
    before = {
        item.municipality: from_content(ServiceBefore, item.content)
        for item in store.items("before")
    }
    found = {
        code: as_supply(given, before.get(code) or service_before(given, start))
        for code, given in rows.items()
    }
    return MappingProxyType(found)


def _only(items: list[Stored]) -> Stored | None:
    """The one item of a kind; the oldest where two were made at once."""
    return items[0] if items else None
