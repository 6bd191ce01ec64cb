"""What is to be done for an import or an undo: edits, found under the municipality's lock."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from planner.errors import PlannerError
from planner.store import reading
from planner.store.content import canonical
from planner.store.types import Conflict, ConflictError, Content, Edit, Stored

Row = tuple[str | None, Content]  # the key of the item it is to replace, if any; its content
Decide = Callable[[Connection], Sequence[Edit]]


def new_key() -> str:
    """A key that no item has."""
    return str(uuid.uuid4())


def replacing(
    municipality: str,
    kind: str,
    rows: Sequence[Row],
    seen: Sequence[Stored] | None,
    also: Sequence[Edit] = (),
) -> Decide:
    """Edits after which the municipality's items of a kind are these rows and no others.

    A row goes to the item of its key (a key of no such item is as good as none), else to one of the
    same content, else it is new. seen: the items as they were looked at; ConflictError where one
    of them was changed or deleted since, or one was added. also: edits of other kinds beside them.
    """

    def decide(connection: Connection) -> list[Edit]:
        current = reading.live(connection, kind, municipality)
        given = reading.held(connection, municipality, [key for key, _ in rows if key])
        known = {key: found.item for key, found in given.items() if found.item.kind == kind}
        wanted = _with_keys(rows, current, known)
        if seen is not None:
            _check_seen(connection, municipality, seen, current, wanted)
        revisions = {key: item.revision for key, item in known.items()}
        revisions |= {item.key: item.revision for item in current}
        edits = [Edit(kind, content, key, revisions.get(key, 0)) for key, content in wanted.items()]
        gone = [item for item in current if item.key not in wanted]
        edits += [Edit(kind, None, item.key, item.revision) for item in gone]
        return [*edits, *also]

    return decide


def undoing(municipality: str, number: int) -> Decide:
    """Edits that bring back what a change found.

    PlannerError where there is no such change, ConflictError where one of its items is no longer as
    the change left it.
    """

    def decide(connection: Connection) -> list[Edit]:
        change = reading.change(connection, municipality, number)
        if change is None:
            raise PlannerError("error.store.no_such_change", number=number)
        held = reading.held(connection, municipality, [entry.key for entry in change.entries])
        now = {key: found.item for key, found in held.items()}
        later = [
            Conflict(entry.before, now[entry.key])
            for entry in change.entries
            if entry.after != (None if now[entry.key].deleted else now[entry.key].content)
        ]
        if later:
            raise ConflictError("error.store.changed_since", later)
        return [
            Edit(entry.kind, entry.before, entry.key, now[entry.key].revision)
            for entry in change.entries
        ]

    return decide


def _with_keys(
    rows: Sequence[Row], current: Sequence[Stored], known: dict[str, Stored]
) -> dict[str, Content]:
    """The rows by key, in their order."""
    keys: list[str | None] = []
    for key, _ in rows:
        # of two rows with one key (a line copied in the spreadsheet) the second is new
        keys.append(key if key in known and key not in keys else None)
    free: defaultdict[str, list[str]] = defaultdict(list)
    for item in reversed(current):
        if item.key not in keys:
            free[canonical(item.content)].append(item.key)
    found: dict[str, Content] = {}
    for key, (_, content) in zip(keys, rows, strict=True):
        alike = [] if key else free[canonical(content)]
        found[key or (alike.pop() if alike else new_key())] = content
    return found


def _check_seen(
    connection: Connection,
    municipality: str,
    seen: Sequence[Stored],
    current: Sequence[Stored],
    wanted: dict[str, Content],
) -> None:
    revisions = {item.key: item.revision for item in seen}
    others = [item for item in current if revisions.pop(item.key, None) != item.revision]
    gone = reading.held(connection, municipality, list(revisions))
    others += [found.item for found in gone.values()]
    if others:
        conflicts = [Conflict(wanted.get(item.key), item) for item in others]
        raise ConflictError("error.store.conflict", conflicts)
