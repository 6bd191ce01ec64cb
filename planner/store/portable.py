"""Backup and restore: the whole store as one file that depends on no database.

The file holds the history alone; items and revisions follow from it, so that a restored store
can't contradict its own history.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, text, update
from sqlalchemy.exc import DataError, IntegrityError

from planner.clock import now as this_moment
from planner.errors import PlannerError
from planner.store.archive import open_archive, write_archive
from planner.store.content import canonical, parsed
from planner.store.migrations import new_mark
from planner.store.place import data_folder, make_folder
from planner.store.replay import Replay
from planner.store.store import Store
from planner.store.tables import changes, entries, items, marks, municipalities

_AT_ONCE: Final = 500  # rows


@dataclass(frozen=True)
class Restored:
    """changes: how many there are now; aside: the file with what was there before, if anything."""

    changes: int
    aside: Path | None


def backup(store: Store, file: Path) -> int:
    """Writes the store as it is at this moment to a file; how many changes that were.

    Others may go on saving. A file of that name is replaced once the new one is complete.
    PlannerError where that fails.
    """
    if store.database.file is not None and file.resolve() == store.database.file.resolve():
        raise PlannerError("error.backup.onto_store", file=str(file))
    return store.database.read(lambda c: write_archive(file, _lines(c)), whole=True)


def restore(store: Store, file: Path, aside: Path | None = None) -> Restored:
    """Makes the store equal to a backup, all at once or not at all.

    What the store held goes to a backup of its own first: `aside`, or a file in the user's data
    folder. PlannerError where the file is damaged, no backup or made by a newer planner, and where
    the database fails: then the store is as it was.
    """
    keep = aside or data_folder() / f"before-restore-{this_moment():%Y%m%d-%H%M%S-%f}.zip"
    mark = new_mark()

    def work(connection: Connection, again: bool) -> Restored:
        if connection.dialect.name == "postgresql":
            # whoever saves locks a row of this table first
            connection.execute(text(f"LOCK TABLE {municipalities.name} IN EXCLUSIVE MODE"))
        kept = keep if again and keep.exists() else None
        if not again or connection.scalar(select(marks.c.mark)) != mark:
            kept = _put_aside(connection, keep)
            _empty(connection)
            with open_archive(file) as lines:
                _fill(connection, lines)
            connection.execute(insert(marks).values(mark=mark))
        count = connection.execute(select(func.count()).select_from(changes)).scalar_one()
        return Restored(count, kept)

    with open_archive(file):
        pass  # before the database is troubled
    return store.database.write(work)


def _lines(connection: Connection) -> Iterator[str]:
    """Every change with its entries, as lines of JSON; municipalities in turn, oldest first."""
    of_change = [column.label(f"change_{column.name}") for column in changes.c]
    joined = changes.join(
        entries,
        (changes.c.municipality == entries.c.municipality) & (changes.c.number == entries.c.number),
    )
    query = (
        select(*of_change, *entries.c)
        .select_from(joined)
        .order_by(entries.c.municipality, entries.c.number, entries.c.position)
    )
    rows = connection.execute(query, execution_options={"yield_per": _AT_ONCE})
    for _, group in groupby(rows, lambda row: (row.municipality, row.number)):
        touched = list(group)
        first = touched[0]
        line = {column.name: getattr(first, f"change_{column.name}") for column in changes.c}
        line["time"] = first.change_time.isoformat()
        line["entries"] = [
            {
                "key": row.key,
                "kind": row.kind,
                "revision": row.revision,
                "deleted": row.deleted,
                "content": parsed(row.content),
            }
            for row in touched
        ]
        yield canonical(line)


def _put_aside(connection: Connection, file: Path) -> Path | None:
    """Keeps what the store holds in a file; None where it holds nothing."""
    if connection.execute(select(changes.c.token).limit(1)).first() is None:
        return None
    make_folder(file.parent)
    write_archive(file, _lines(connection))
    return file


def _empty(connection: Connection) -> None:
    for table in (items, entries, changes, municipalities, marks):
        connection.execute(delete(table))


def _fill(connection: Connection, lines: Iterator[str]) -> None:
    """Inserts what the lines tell; ValueError, KeyError or TypeError where it can't be history."""
    replay = Replay()
    known = 0
    try:
        while portion := list(islice(lines, _AT_ONCE)):
            for line in portion:
                replay.follow(json.loads(line))
            # a change refers to its municipality, whose number is known at the end
            new = [{"code": code, "number": 0} for code in islice(replay.numbers, known, None)]
            known += len(new)
            _insert(connection, municipalities, new)
            _insert(connection, changes, replay.changes)
            _insert(connection, entries, replay.entries)
            replay.changes, replay.entries = [], []
        latest = [{"of": code, "number": number} for code, number in replay.numbers.items()]
        if latest:
            number = update(municipalities).where(municipalities.c.code == bindparam("of"))
            connection.execute(number, latest)
        _insert(connection, items, list(replay.items.values()))
    except (IntegrityError, DataError) as error:
        raise ValueError("the history contradicts itself") from error


def _insert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)
