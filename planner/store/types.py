"""What the store hands out and takes in. Nothing here knows a database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from planner.errors import PlannerError

Content = Mapping[str, Any]  # whatever JSON can hold
Action = Literal["save", "replace", "undo"]


@dataclass(frozen=True)
class Stored:
    """One item as it stands in the store.

    key: the same through all its changes; kind: see codec.KINDS; municipality: the code it belongs
    to; revision: 1 when new, one more with every change; author, time: of the latest change, in
    UTC; deleted: whether that change took it away (its content is then the last one it had).
    """

    key: str
    kind: str
    municipality: str
    revision: int
    content: dict[str, Any]
    author: str
    time: dt.datetime
    deleted: bool = False


@dataclass(frozen=True)
class Edit:
    """A change that somebody wants.

    content: None deletes; key: None for a new item; revision: that of the version which was looked
    at, 0 for a new item.
    """

    kind: str
    content: Content | None
    key: str | None = None
    revision: int = 0


@dataclass(frozen=True)
class Entry:
    """What a change did to one item: its content before and after, None where there was no item."""

    key: str
    kind: str
    revision: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True)
class Change:
    """One act of one author in one municipality: a save, an import, an undo.

    number: 1, 2, 3 … within the municipality; undoes: the number of the change it took back; time:
    UTC.
    """

    municipality: str
    number: int
    action: Action
    author: str
    time: dt.datetime
    entries: tuple[Entry, ...]
    undoes: int | None = None


class Revision(NamedTuple):
    """How far a municipality (or the whole store) has come; part of the key of every cache.

    mark: made anew by every restore, after which numbers begin again; number: changes so far.
    """

    mark: str
    number: int


@dataclass(frozen=True)
class Conflict:
    """Two versions of one item: the one that was to be saved, and the one that came before it.

    mine: None where it was to be deleted; theirs: with author, time and whether it was deleted.
    """

    mine: Content | None
    theirs: Stored


class ConflictError(PlannerError):
    """Somebody else was faster. Nothing was saved and nothing is lost: both versions are here."""

    def __init__(self, code: str, conflicts: Sequence[Conflict]) -> None:
        latest = max((conflict.theirs for conflict in conflicts), key=lambda item: item.time)
        super().__init__(code, author=latest.author, time=latest.time)
        self.conflicts = tuple(conflicts)

    @property
    def mine(self) -> Content | None:
        """What was to be saved of the first item in conflict."""
        return self.conflicts[0].mine

    @property
    def theirs(self) -> Stored:
        """What is there instead, by whom and since when."""
        return self.conflicts[0].theirs
