"""Keeping what somebody enters about a municipality's service: one change for one save."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from planner.errors import PlannerError
from planner.records import CapacityRow, ServiceBefore, ServiceScope
from planner.scenario.checks import MOST_HOURS
from planner.services.checks import check_rows
from planner.services.held import Held
from planner.services.rows import SCOPES, place_key, tidy
from planner.services.supply import service_before
from planner.store import (
    Change,
    Conflict,
    ConflictError,
    Edit,
    Store,
    Stored,
    from_content,
    to_content,
)

Keyed = tuple[str | None, CapacityRow]


class RowsConflictError(ConflictError):
    """Somebody else was faster with a municipality's rows.

    only_mine: new rows that were to be saved and that no row of the other's stands against.
    """

    def __init__(
        self, code: str, conflicts: Sequence[Conflict], only_mine: Sequence[CapacityRow]
    ) -> None:
        super().__init__(code, conflicts)
        self.only_mine = tuple(only_mine)


def save(
    store: Store,
    code: str,
    rows: Sequence[Keyed],
    seen: Held,
    author: str,
    start: dt.date,
) -> Change | None:
    """Makes these rows the municipality's capacity, in one change; None where they are already.

    rows: (key of the stored item that the row changes, None where it is new; the row). seen: what
    the store held when the rows were looked at. start: of the rollout; the first save also keeps
    the service that the rows give before it, later saves leave that alone.

    PlannerError for the first fault of a row, or where there are no rows; RowsConflictError where
    somebody was faster: then nothing is saved.
    """
    wanted = [(key, replace(tidy(row), municipality=code)) for key, row in rows]
    if not wanted:
        raise PlannerError("error.services.no_rows")
    for _, fault in check_rows([row for _, row in wanted]):
        raise fault
    contents = [(key, to_content(row)) for key, row in wanted]
    also = []
    if seen.before is None:
        # rows kept without it (brought back, imported long ago) have counted for it until now
        before = service_before(seen.rows or [row for _, row in wanted], start)
        also.append(Edit("before", to_content(before)))
    try:
        return store.replace(code, "capacity", contents, author, seen.items, also)
    except ConflictError as error:
        raise RowsConflictError(error.code, *_paired(error.conflicts, wanted)) from error


def _paired(
    conflicts: Sequence[Conflict], wanted: Sequence[Keyed]
) -> tuple[list[Conflict], list[CapacityRow]]:
    """The conflicts with new rows beside those of the other that they are alike, and the rest.

    The store knows rows by their keys alone, and two people's new rows have none in common.
    """
    told = [conflict.mine for conflict in conflicts]
    new = [row for key, row in wanted if key is None and to_content(row) not in told]
    found = []
    for conflict in conflicts:
        mine = _alike(conflict, new)
        if mine is not None:
            new.remove(mine)
        found.append(conflict if mine is None else Conflict(to_content(mine), conflict.theirs))
    return found, new


def _alike(conflict: Conflict, rows: Sequence[CapacityRow]) -> CapacityRow | None:
    """Which of the rows is the same support as what somebody else has kept, if any."""
    theirs = conflict.theirs
    if conflict.mine is not None or theirs.deleted or theirs.kind != "capacity":
        return None
    sort = _likeness(from_content(CapacityRow, theirs.content))
    return next((row for row in rows if _likeness(row) == sort), None)


def save_before(
    store: Store, code: str, before: ServiceBefore, seen: Held, author: str
) -> Change | None:
    """Keeps the service before the start that somebody knows better; None where it stands so.

    PlannerError where the hours are none; ConflictError where somebody was faster.
    """
    for hours in (before.hours, before.contract):
        if not math.isfinite(hours) or not 0 <= hours <= MOST_HOURS:
            raise PlannerError("error.hours_range", value=hours)
    return _keep(store, code, "before", before, seen.before_item, author)


def save_scope(
    store: Store, code: str, scope: ServiceScope, seen: Held, author: str
) -> Change | None:
    """Keeps what the municipality's support does not do; None where it stands so.

    PlannerError for an unknown code; ConflictError where somebody was faster.
    """
    for left_out in scope.left_out:
        if left_out not in SCOPES:
            raise PlannerError("error.services.scope", value=left_out)
    ordered = ServiceScope(tuple(code for code in SCOPES if code in scope.left_out))
    return _keep(store, code, "scope", ordered, seen.scope_item, author)


def clear(store: Store, code: str, seen: Held, author: str) -> Change | None:
    """Takes the rows and the service before away: the estimate counts again. None without rows.

    ConflictError where somebody was faster.
    """
    item = seen.before_item
    also = [] if item is None else [Edit("before", None, item.key, item.revision)]
    return store.replace(code, "capacity", [], author, seen.items, also)


def keyed(rows: Sequence[CapacityRow], seen: Held) -> list[Keyed]:
    """The rows with the keys of the stored rows that they are or change, so that history says so.

    A row changes the one of the same provider, place and pay; what is left is new.
    """
    left: dict[CapacityRow, list[Stored]] = defaultdict(list)
    for row, item in zip(seen.rows, seen.items, strict=True):
        left[row].append(item)
    keys = [left[row].pop(0).key if left.get(row) else None for row in rows]
    alike: dict[object, list[Stored]] = defaultdict(list)
    for row, items in left.items():
        alike[_likeness(row)] += items
    for at, row in enumerate(rows):
        if keys[at] is None and alike.get(_likeness(row)):
            keys[at] = alike[_likeness(row)].pop(0).key
    return list(zip(keys, rows, strict=True))


def _likeness(row: CapacityRow) -> object:
    return row.provider, place_key(row), row.paid, row.contract


def _keep(
    store: Store, code: str, kind: str, record: object, item: Stored | None, author: str
) -> Change | None:
    """Makes the record the municipality's only item of the kind."""
    key = None if item is None else item.key
    seen = [] if item is None else [item]
    return store.replace(code, kind, [(key, to_content(record))], author, seen)
