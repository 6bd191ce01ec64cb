"""What is to be done for an import or an undo: edits, found under the municipality's lock."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Final

from sqlalchemy import Connection

from planner.errors import PlannerError
from planner.store import reading
from planner.store.content import canonical
from planner.store.types import Change, Conflict, ConflictError, Content, Edit, Stored

Row = tuple[str | None, Content]  # the key of the item it is to replace, if any; its content
Decide = Callable[[Connection], Sequence[Edit]]
# Items of these two kinds are one table: its rows, and the service before the start that was found
# from them when the first were kept. A municipality has one table, and its base stands and falls
# with it.
_ROWS: Final = "capacity"
_BASE: Final = "before"


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
    the change left it, or where items that have come since would be left in half a table or in two
    at once (see `_come_between`).
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
        later += [Conflict(None, item) for item in _come_between(connection, change)]
        if later:
            raise ConflictError("error.store.changed_since", later)
        return [
            Edit(entry.kind, entry.before, entry.key, now[entry.key].revision)
            for entry in change.entries
        ]

    return decide


def _come_between(connection: Connection, change: Change) -> list[Stored]:
    """Items that a table has got since the change and that forbid to undo it.

    Any item does where the undo would take the base away from rows (undo of a first save) or bring
    a table back beside another (undo of a clear). A base does whenever rows or bases were touched,
    as they belonged to a table that has been cleared since. Rows added later don't forbid to undo
    the addition, change or removal of other rows, nor a correction of the base.
    """
    touched = [entry for entry in change.entries if entry.kind in (_ROWS, _BASE)]
    if not touched:
        return []
    place, own = change.municipality, {entry.key for entry in touched}
    left = reading.live_after(connection, place, change.number, (_ROWS, _BASE))
    whole = any(e.kind == _BASE and None in (e.before, e.after) for e in touched)
    whole |= any(e.kind == _ROWS and e.after is None for e in touched) and (
        _ROWS not in left.values()
    )
    return [
        item
        for kind in ((_ROWS, _BASE) if whole else (_BASE,))
        for item in reading.live(connection, kind, place)
        if item.key not in left and item.key not in own
    ]


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
