"""Keeps what people enter: capacity rows, tallies, logs, scenarios, plans, answers.

One store on SQLite or PostgreSQL. Every item belongs to a municipality; every change is kept with
its author and time, can be looked at and taken back. SQLAlchemy is imported by the first
`open_store`, so that a reader who stores nothing does not wait for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from planner.clock import now as this_moment
from planner.store.codec import KINDS, from_content, kind_of, to_content
from planner.store.place import is_there, shown_place
from planner.store.types import (
    Change,
    Conflict,
    ConflictError,
    Content,
    Edit,
    Entry,
    Revision,
    Stored,
)

if TYPE_CHECKING:
    from planner.store.store import Store

__all__ = [
    "KINDS",
    "PATIENCE",
    "Change",
    "Conflict",
    "ConflictError",
    "Content",
    "Edit",
    "Entry",
    "Revision",
    "Store",
    "Stored",
    "from_content",
    "is_there",
    "kind_of",
    "open_store",
    "shown_place",
    "to_content",
]

PATIENCE = 8.0  # seconds that a save waits for others, or for a server that restarts


def open_store(
    url: str | None = None,
    *,
    patience: float = PATIENCE,
    now: Callable[[], dt.datetime] = this_moment,
) -> Store:
    """The store at a database URL, made or brought up to date where needed.

    Without a URL: that of PLANNER_DATABASE_URL, or else an SQLite file in the user's data folder.
    One store serves all threads of a process; open it once. patience: seconds; now: gives the time
    of a change (aware). PlannerError where the database can't be reached, read or used.
    """
    from planner.store.store import Store

    return Store(url, patience=patience, now=now)


def __getattr__(name: str) -> object:
    if name != "Store":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from planner.store.store import Store

    return Store
