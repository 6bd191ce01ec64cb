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
from planner.store import Content, Revision, Store, from_content, to_content
from planner.ui import kept

Kind = Literal["visits", "users"]
R = TypeVar("R")


class Kept(NamedTuple):
    """A log of the store: the name of its file, of its files where there are several, its rows."""

    name: str
    rows: tuple[Any, ...]


def log(kind: Kind) -> Kept | None:
    """What the store holds of a kind of log, None where nothing or where it can't be read."""
    try:
        store = kept.store()
        return _log(store, kind, store.revision())
    except PlannerError:
        return None  # the page says once what is wrong with the store


def sheet(code: str) -> tuple[TallyRow, ...]:
    """A municipality's tally sheet as it is kept, empty where there is none or it can't be read."""
    try:
        items = kept.store().items("tally", code)
        return from_content(TallySheet, items[0].content).rows if items else ()
    except PlannerError:
        return ()


def save_log(kind: Kind, name: str, rows: Sequence[Visit] | Sequence[UserCount]) -> None:
    """Keeps a log in place of what is kept of its municipalities; PlannerError where it can't be.

    Every municipality is a change of its own; what is kept of others stays.
    """
    parts: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        parts[row.municipality or COUNTRY].append(row)
    make: Callable[[str, tuple[Any, ...]], object] = (
        VisitFile if kind == "visits" else UserCountFile
    )
    for code, part in sorted(parts.items()):
        content = to_content(make(name, tuple(sorted(part, key=_order))))
        kept.store().replace(code, kind, [(None, content)], kept.author())


def remove_log(kind: Kind, code: str) -> None:
    """Takes what is kept of a municipality's log out of the store; history keeps it."""
    kept.store().replace(code, kind, [], kept.author())


def save_sheet(code: str, rows: Sequence[TallyRow], week: dt.date) -> None:
    """Keeps a municipality's tally sheet; PlannerError where it can't be.

    week: of the sheet, where its rows don't say.
    """
    said = [day for row in rows if (day := row.day or row.week) is not None]
    first = monday(min(said, default=week))
    content = [(None, to_content(TallySheet(first, tuple(rows))))] if rows else []
    kept.store().replace(code, "tally", content, kept.author())


def same(kind: Kind, rows: Sequence[Any]) -> bool:
    """Whether all of these rows are kept already."""
    found = log(kind)
    return found is not None and set(rows) <= set(found.rows)


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
