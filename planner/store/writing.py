"""Changes: decided under the municipality's lock, written whole, with their entry in history.

Whoever changes something in a municipality holds the lock on its row until the end of the
transaction, so that what was compared is still true when it is written.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from planner.errors import PlannerError
from planner.store import reading
from planner.store.content import canonical, parsed
from planner.store.decisions import Decide
from planner.store.reading import Held
from planner.store.tables import changes, entries, items, municipalities
from planner.store.types import Action, Change, Conflict, ConflictError, Edit, Entry, Stored


@dataclass(frozen=True)
class Request:
    """Who changes what where.

    keys: of the items whose state afterwards is asked for; token: the same through all attempts.
    """

    municipality: str
    action: Action
    author: str
    time: dt.datetime
    keys: tuple[str, ...] = ()
    undoes: int | None = None
    token: str = field(default_factory=lambda: uuid.uuid4().hex)


@dataclass(frozen=True)
class Outcome:
    """The change that was written, None where all stood so; the items asked for, after it."""

    change: Change | None
    items: tuple[Stored, ...]


def write(connection: Connection, request: Request, again: bool, decide: Decide) -> Outcome:
    """Carries out the edits that `decide` finds to be done, all of them or nothing.

    again: an earlier attempt may have been committed: then this is its outcome. ConflictError with
    every edit whose item is at another revision.
    """
    number = _lock(connection, request.municipality)
    if again:
        done = reading.change(connection, request.municipality, token=request.token)
        if done is not None:
            return Outcome(done, _left(connection, request, done))
    edits = decide(connection)
    held = reading.held(connection, request.municipality, [str(edit.key) for edit in edits])
    _check(edits, held)
    after = [_after(request, edit, held.get(str(edit.key))) for edit in edits]
    changed = [item for item in after if _differs(item, held.get(item.key))]
    asked = tuple(item for item in after if item.key in request.keys)
    if not changed:
        return Outcome(None, asked)
    change = Change(
        request.municipality,
        number + 1,
        request.action,
        request.author,
        request.time,
        tuple(_entry(item, held.get(item.key)) for item in changed),
        request.undoes,
    )
    _record(connection, change, request.token)
    _renew(connection, change, held)
    return Outcome(change, asked)


def _lock(connection: Connection, municipality: str) -> int:
    """The number of the municipality's latest change, which nobody else alters from now on."""
    query = select(municipalities.c.number).where(municipalities.c.code == municipality)
    number: int | None = connection.scalar(query.with_for_update())
    if number is None:
        add = _dialect(connection).insert(municipalities).values(code=municipality, number=0)
        connection.execute(add.on_conflict_do_nothing())
        number = connection.execute(query.with_for_update()).scalar_one()
    return number


def _dialect(connection: Connection) -> Any:
    """The database's own way to insert, which knows what to do with a row that is there."""
    return postgresql if connection.dialect.name == "postgresql" else sqlite


def _check(edits: Sequence[Edit], held: dict[str, Held]) -> None:
    conflicts = []
    for edit in edits:
        found = held.get(str(edit.key))
        if found is None:
            if edit.revision or edit.content is None:
                raise PlannerError("error.store.no_such_item")
        elif found.item.kind != edit.kind:
            raise ValueError(f"{edit.key} is of kind {found.item.kind}, not {edit.kind}")
        elif found.item.revision != edit.revision:
            conflicts.append(Conflict(edit.content, found.item))
    if conflicts and all(conflict.theirs.deleted for conflict in conflicts):
        raise ConflictError("error.store.deleted_meanwhile", conflicts)
    if conflicts:
        raise ConflictError("error.store.conflict", conflicts)


def _after(request: Request, edit: Edit, held: Held | None) -> Stored:
    """The item as the edit leaves it."""
    old = held.item if held else None
    # what was deleted can still be read
    left = old.content if old and edit.content is None else edit.content or {}
    new = Stored(
        str(edit.key),
        edit.kind,
        request.municipality,
        edit.revision + 1,
        parsed(canonical(left)),
        request.author,
        request.time,
        deleted=edit.content is None,
    )
    same = old is not None and old.deleted and new.deleted
    same |= old is not None and _state(old) == _state(new)
    return old if old is not None and same else new


def _state(item: Stored) -> tuple[bool, str]:
    return item.deleted, canonical(item.content)


def _differs(item: Stored, held: Held | None) -> bool:
    return held is None or held.item is not item


def _entry(item: Stored, held: Held | None) -> Entry:
    before = None if held is None or held.item.deleted else held.item.content
    return Entry(item.key, item.kind, item.revision, before, None if item.deleted else item.content)


def _record(connection: Connection, change: Change, token: str) -> None:
    """Writes the change into history."""
    place = {"municipality": change.municipality, "number": change.number}
    latest = update(municipalities).where(municipalities.c.code == change.municipality)
    connection.execute(latest.values(number=change.number))
    connection.execute(
        insert(changes).values(
            **place,
            action=change.action,
            undoes=change.undoes,
            author=change.author,
            time=change.time,
            token=token,
        )
    )
    connection.execute(
        insert(entries),
        [
            {**place, "position": position, **entry_values(entry)}
            for position, entry in enumerate(change.entries)
        ],
    )


def entry_values(entry: Entry) -> dict[str, Any]:
    """What an entry and its item's row have in common."""
    content = entry.before if entry.after is None else entry.after
    return {
        "key": entry.key,
        "kind": entry.kind,
        "revision": entry.revision,
        "deleted": entry.after is None,
        "content": canonical(content or {}),
    }


def _renew(connection: Connection, change: Change, held: dict[str, Held]) -> None:
    """Writes the items as they stand after the change."""
    rows = []
    for position, entry in enumerate(change.entries):
        old = held.get(entry.key)
        rows.append(
            {
                "municipality": change.municipality,
                "author": change.author,
                "time": change.time,
                "made": old.made if old else change.number,
                "position": old.position if old else position,
                **entry_values(entry),
            }
        )
    add = _dialect(connection).insert(items)
    renew = {column.name: add.excluded[column.name] for column in items.c}
    connection.execute(
        add.on_conflict_do_update(index_elements=["municipality", "key"], set_=renew), rows
    )


def _left(connection: Connection, request: Request, change: Change) -> tuple[Stored, ...]:
    """The items asked for, as the change left them, whatever others have made of them since."""
    held = reading.held(connection, request.municipality, request.keys)
    touched = {entry.key: entry for entry in change.entries}
    return tuple(
        _as_of(held[key].item, touched[key], change) if key in touched else held[key].item
        for key in request.keys
    )


def _as_of(item: Stored, entry: Entry, change: Change) -> Stored:
    content = entry.before if entry.after is None else entry.after
    return replace(
        item,
        revision=entry.revision,
        content=content or {},
        author=change.author,
        time=change.time,
        deleted=entry.after is None,
    )
