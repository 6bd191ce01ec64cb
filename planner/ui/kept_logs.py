"""Logs and tally sheets in the store: what everybody sees who uses this planner.

A log is kept municipality by municipality, so that each has its own history; the country's user
counts belong to the country.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple, TypeVar

from planner.errors import PlannerError
from planner.model.weeks import monday
from planner.records import (
    COUNTRY,
    TallyRow,
    TallySheet,
    UserCount,
    UserCountFile,
    Visit,
    VisitFile,
)
from planner.store import Content, Revision, Store, Stored, from_content, to_content
from planner.ui import kept

Kind = Literal["visits", "users"]
R = TypeVar("R")


class Kept(NamedTuple):
    """A log of the store: the name of its file, of its files where there are several, its rows."""

    name: str
    rows: tuple[Any, ...]


def log(kind: Kind) -> Kept | None:
    """What the store holds of a kind of log, None where nothing or where it can't be read."""
    return logs(kind)[0]


def logs(*kinds: Kind) -> list[Kept | None]:
    """What the store holds of each kind of log, asked once how far it has come."""
    try:
        store = kept.store()
        revision = store.revision()
        return [_log(store, kind, revision) for kind in kinds]
    except PlannerError:
        return [None for _ in kinds]  # the page says once what is wrong with the store


def sheet(code: str) -> tuple[TallyRow, ...]:
    """A municipality's tally sheet as it is kept, empty where there is none or it can't be read."""
    return sheet_rows(sheet_items(code))


def sheet_items(code: str) -> tuple[Stored, ...]:
    """The stored items of a municipality's tally sheet, none where they can't be read."""
    try:
        return tuple(kept.store().items("tally", code))
    except PlannerError:
        return ()


def sheet_rows(items: Sequence[Stored]) -> tuple[TallyRow, ...]:
    """The rows of stored sheets; without those that can't be read."""
    try:
        return tuple(row for item in items for row in from_content(TallySheet, item.content).rows)
    except PlannerError:
        return ()


def save_log(kind: Kind, name: str, rows: Sequence[Visit] | Sequence[UserCount]) -> None:
    """Keeps a log beside what is kept already; PlannerError where it can't be.

    A figure replaces the kept one of the same municipality, week and channel (day and age band);
    whatever else is kept stays. Every municipality is a change of its own.
    """
    parts: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        parts[row.municipality or COUNTRY].append(row)
    make: Callable[[str, tuple[Any, ...]], object] = (
        VisitFile if kind == "visits" else UserCountFile
    )
    for code, part in sorted(parts.items()):
        known = {_order(row): row for row in _kept_of(kind, code)}
        whole = known | {_order(row): row for row in part}
        content = to_content(make(name, tuple(whole[key] for key in sorted(whole))))
        kept.store().replace(code, kind, [(None, content)], kept.author())


def remove_log(kind: Kind, code: str) -> None:
    """Takes what is kept of a municipality's log out of the store; history keeps it."""
    kept.store().replace(code, kind, [], kept.author())


def replaced(kind: Kind, rows: Sequence[Any]) -> int:
    """How many kept figures these rows would replace by others."""
    found = log(kind)
    known = {} if found is None else {(row.municipality, *_order(row)): row for row in found.rows}
    keys = {(row.municipality, *_order(row)): row for row in rows}
    return sum(key in known and known[key] != row for key, row in keys.items())


def save_sheet(
    code: str, rows: Sequence[TallyRow], week: dt.date, seen: Sequence[Stored] | None = None
) -> None:
    """Keeps a municipality's tally sheet; PlannerError where it can't be.

    week: of the sheet, where its rows don't say; seen: the items that the sheet was begun from:
    ConflictError where somebody has saved another one since.
    """
    said = [day for row in rows if (day := row.day or row.week) is not None]
    first = monday(min(said, default=week))
    content = [(None, to_content(TallySheet(first, tuple(rows))))] if rows else []
    kept.store().replace(code, "tally", content, kept.author(), seen)


def same(kind: Kind, rows: Sequence[Any]) -> bool:
    """Whether all of these rows are kept already."""
    found = log(kind)
    return found is not None and set(rows) <= set(found.rows)


def _kept_of(kind: Kind, code: str) -> list[Any]:
    record: type[Any] = VisitFile if kind == "visits" else UserCountFile
    items = kept.store().items(kind, code)
    return [row for item in items for row in from_content(record, item.content).rows]


@functools.lru_cache(maxsize=8)
def _log(store: Store, kind: Kind, revision: Revision) -> Kept | None:
    record: Callable[[Content], Any] = functools.partial(
        from_content, VisitFile if kind == "visits" else UserCountFile
    )
    files = [record(item.content) for item in store.items(kind)]
    rows = tuple(row for file in files for row in file.rows)
    names = dict.fromkeys(file.name for file in files)
    return Kept(", ".join(names), rows) if rows else None


def _order(row: Visit | UserCount) -> tuple[str, ...]:
    if isinstance(row, Visit):
        return row.week.isoformat(), row.channel or ""
    return row.date.isoformat(), row.age_band or ""
