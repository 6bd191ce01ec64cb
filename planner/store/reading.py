"""Queries: items as they stand, and the changes that brought them there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, func, select

from planner.store.content import parsed
from planner.store.tables import changes, entries, items, marks, municipalities
from planner.store.types import Change, Entry, Revision, Stored

T = TypeVar("T")
_AT_ONCE: Final = 500  # values in one query: databases bound their number


class Held(NamedTuple):
    """An item with what only writing needs: its place in the order of items."""

    item: Stored
    made: int
    position: int


def live(
    connection: Connection, kind: str | None, municipality: str | None, key: str | None = None
) -> list[Stored]:
    """Items that are not deleted, by municipality, in the order in which they were made."""
    wanted: list[ColumnElement[bool]] = [items.c.deleted.is_(False)]
    for column, value in (
        (items.c.kind, kind),
        (items.c.municipality, municipality),
        (items.c.key, key),
    ):
        if value is not None:
            wanted.append(column == value)
    order = (items.c.municipality, items.c.made, items.c.position)
    rows = connection.execute(select(items).where(*wanted).order_by(*order))
    return [_stored(row) for row in rows]


def live_after(
    connection: Connection, municipality: str, number: int, kinds: Sequence[str]
) -> dict[str, str]:
    """The kinds by key of the items of these kinds that a change left behind, its own and others.

    number: of the change, which may be long past; it need not have touched the items.
    """
    later = entries.alias()
    renewed = exists().where(
        later.c.municipality == municipality,
        later.c.key == entries.c.key,
        later.c.revision > entries.c.revision,
        later.c.number <= number,
    )
    query = select(entries.c.key, entries.c.kind).where(
        entries.c.municipality == municipality,
        entries.c.kind.in_(kinds),
        entries.c.number <= number,
        entries.c.deleted.is_(False),
        ~renewed,
    )
    return {row.key: row.kind for row in connection.execute(query)}


def held(connection: Connection, municipality: str, keys: Sequence[str]) -> dict[str, Held]:
    """Items by key, deleted ones too; a key that the municipality never had is left out."""
    found = {}
    for part in parts(keys):
        query = select(items).where(items.c.municipality == municipality, items.c.key.in_(part))
        for row in connection.execute(query):
            found[row.key] = Held(_stored(row), row.made, row.position)
    return found


def revision(connection: Connection, municipality: str | None) -> Revision:
    """The mark and the number of changes, of a municipality or of all together."""
    number = func.coalesce(func.sum(municipalities.c.number), 0)
    query = select(marks.c.mark, select(number).scalar_subquery())
    if municipality is not None:
        of_one = select(number).where(municipalities.c.code == municipality)
        query = select(marks.c.mark, of_one.scalar_subquery())
    mark, total = connection.execute(query).one()
    return Revision(mark, int(total))


def history(
    connection: Connection,
    municipality: str,
    kind: str | None,
    key: str | None,
    before: int | None,
    limit: int,
) -> list[Change]:
    """The latest changes first: those below the number `before` that touch the kind and key."""
    query = select(changes).where(changes.c.municipality == municipality)
    if before is not None:
        query = query.where(changes.c.number < before)
    touched = [
        column == value
        for column, value in ((entries.c.kind, kind), (entries.c.key, key))
        if value is not None
    ]
    if touched:
        same = and_(entries.c.municipality == municipality, entries.c.number == changes.c.number)
        query = query.where(exists().where(same, *touched))
    rows = connection.execute(query.order_by(changes.c.number.desc()).limit(limit)).all()
    touching = _entries(connection, municipality, [row.number for row in rows])
    return [_change(row, touching[row.number]) for row in rows]


def change(
    connection: Connection, municipality: str, number: int | None = None, token: str | None = None
) -> Change | None:
    """The change of a number or of a token."""
    column, value = (changes.c.token, token) if number is None else (changes.c.number, number)
    query = select(changes).where(changes.c.municipality == municipality, column == value)
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return _change(row, _entries(connection, municipality, [row.number])[row.number])


def parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values in portions that a query can hold."""
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]


def _entries(
    connection: Connection, municipality: str, numbers: Sequence[int]
) -> defaultdict[int, list[Entry]]:
    earlier = entries.alias()
    was = and_(
        earlier.c.municipality == entries.c.municipality,
        earlier.c.key == entries.c.key,
        earlier.c.revision == entries.c.revision - 1,
    )
    columns = (earlier.c.content.label("was"), earlier.c.deleted.label("was_deleted"))
    query = select(entries, *columns).select_from(entries.outerjoin(earlier, was))
    query = query.where(entries.c.municipality == municipality).order_by(entries.c.position)
    found: defaultdict[int, list[Entry]] = defaultdict(list)
    for part in parts(numbers):
        for row in connection.execute(query.where(entries.c.number.in_(part))):
            before = None if row.was is None or row.was_deleted else parsed(row.was)
            after = None if row.deleted else parsed(row.content)
            found[row.number].append(Entry(row.key, row.kind, row.revision, before, after))
    return found


def _change(row: Row[Any], touched: Sequence[Entry]) -> Change:
    return Change(
        row.municipality, row.number, row.action, row.author, row.time, tuple(touched), row.undoes
    )


def _stored(row: Row[Any]) -> Stored:
    return Stored(
        row.key,
        row.kind,
        row.municipality,
        row.revision,
        parsed(row.content),
        row.author,
        row.time,
        row.deleted,
    )
