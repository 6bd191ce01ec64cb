"""What the store holds of municipalities' services."""

from __future__ import annotations

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from planner.errors import PlannerError
from planner.records import CapacityRow, ServiceBefore, ServiceScope
from planner.scenario import Supply
from planner.services.supply import as_supply, service_before
from planner.store import Revision, Store, Stored, from_content

_KINDS: Final = ("capacity", "before", "scope")


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
    return _held(*(store.items(kind, code) for kind in _KINDS))


def held_of_all(store: Store, codes: Iterable[str]) -> Mapping[str, Held]:
    """What the store holds of several municipalities, by code, as `held` says it."""
    kept = [_by_municipality(store, kind) for kind in _KINDS]
    return {code: _held(*(items.get(code, []) for items in kept)) for code in codes}


def supplies(store: Store, start: dt.date) -> Mapping[str, Supply]:
    """The Supply of every municipality that has capacity rows, by code; cached by revision.

    start: of the rollout; the service before it is found from the rows where none is kept. A
    municipality of `unreadable` is left out, so that the others' rows go on counting.
    """
    return _supplies(store, start, store.revision())


def unreadable(store: Store) -> Mapping[str, PlannerError]:
    """Why a municipality's rows, or the service before them, can't be read, by code.

    Such a municipality has no figure that would be true: its estimate counts, which is to be told.
    """
    return _readable(store, store.revision())[1]


@functools.lru_cache(maxsize=4)
def _readable(
    store: Store, revision: Revision
) -> tuple[Mapping[str, Held], Mapping[str, PlannerError]]:
    """What can be read of the municipalities that have rows, and why the others' can't."""
    befores = _by_municipality(store, "before")
    found: dict[str, Held] = {}
    faults: dict[str, PlannerError] = {}
    for code, rows in _by_municipality(store, "capacity").items():
        try:
            found[code] = _held(rows, befores.get(code, []), [])
        except PlannerError as error:
            faults[code] = error
    return MappingProxyType(found), MappingProxyType(faults)


@functools.lru_cache(maxsize=4)
def _supplies(store: Store, start: dt.date, revision: Revision) -> Mapping[str, Supply]:
    found = {
        code: as_supply(held.rows, held.before or service_before(held.rows, start))
        for code, held in _readable(store, revision)[0].items()
    }
    return MappingProxyType(found)


def _held(items: Sequence[Stored], befores: Sequence[Stored], scopes: Sequence[Stored]) -> Held:
    """The stored items of a municipality, of each of _KINDS, as records."""
    before_item, scope_item = _only(befores), _only(scopes)
    return Held(
        rows=tuple(from_content(CapacityRow, item.content) for item in items),
        items=tuple(items),
        before=None if before_item is None else from_content(ServiceBefore, before_item.content),
        before_item=before_item,
        scope=None if scope_item is None else from_content(ServiceScope, scope_item.content),
        scope_item=scope_item,
    )


def _by_municipality(store: Store, kind: str) -> Mapping[str, list[Stored]]:
    found: dict[str, list[Stored]] = defaultdict(list)
    for item in store.items(kind):
        found[item.municipality].append(item)
    return found


def _only(items: Sequence[Stored]) -> Stored | None:
    """The one item of a kind; the oldest where two were made at once."""
    return items[0] if items else None
