"""The steps from an empty database to today's tables, each in one transaction with all others.

A step is never changed once it has been released: tables.py follows the sum of them. Both databases
understand every statement here; SQLite takes any name for a type.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from typing import Final

from sqlalchemy import Connection, func, insert, inspect, select, text

from planner.errors import PlannerError
from planner.store.tables import marks, versions

Step = Callable[[Connection], None]
_LOCK: Final = 0x5F0E_57A7  # any number, the same for everybody who opens the database

_FIRST: Final = (
    """CREATE TABLE planner_schema_version (
        version INTEGER PRIMARY KEY,
        applied TIMESTAMPTZ NOT NULL
    )""",
    "CREATE TABLE planner_mark (mark TEXT PRIMARY KEY)",
    "CREATE TABLE planner_municipality (code TEXT PRIMARY KEY, number BIGINT NOT NULL)",
    """CREATE TABLE planner_change (
        municipality TEXT NOT NULL REFERENCES planner_municipality (code),
        number BIGINT NOT NULL,
        action TEXT NOT NULL,
        undoes BIGINT,
        author TEXT NOT NULL,
        time TIMESTAMPTZ NOT NULL,
        token TEXT NOT NULL UNIQUE,
        PRIMARY KEY (municipality, number),
        FOREIGN KEY (municipality, undoes) REFERENCES planner_change (municipality, number)
    )""",
    """CREATE TABLE planner_entry (
        municipality TEXT NOT NULL,
        number BIGINT NOT NULL,
        position INTEGER NOT NULL,
        key TEXT NOT NULL,
        kind TEXT NOT NULL,
        revision INTEGER NOT NULL,
        deleted BOOLEAN NOT NULL,
        content TEXT NOT NULL,
        PRIMARY KEY (municipality, number, position),
        UNIQUE (municipality, key, revision),
        FOREIGN KEY (municipality, number) REFERENCES planner_change (municipality, number)
    )""",
    """CREATE TABLE planner_item (
        municipality TEXT NOT NULL REFERENCES planner_municipality (code),
        key TEXT NOT NULL,
        kind TEXT NOT NULL,
        revision INTEGER NOT NULL,
        deleted BOOLEAN NOT NULL,
        content TEXT NOT NULL,
        author TEXT NOT NULL,
        time TIMESTAMPTZ NOT NULL,
        made BIGINT NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (municipality, key),
        FOREIGN KEY (municipality, key, revision)
            REFERENCES planner_entry (municipality, key, revision)
    )""",
    "CREATE INDEX planner_item_by_kind ON planner_item (kind, municipality)",
)


def _first(connection: Connection) -> None:
    for statement in _FIRST:
        connection.execute(text(statement))
    connection.execute(insert(marks).values(mark=new_mark()))


STEPS: Sequence[Step] = (_first,)


def new_mark() -> str:
    """A mark that no store has had."""
    return uuid.uuid4().hex


def version_of(connection: Connection, place: str) -> int:
    """The version of the tables in a database; 0 where there are none.

    place: what a message calls it. PlannerError where an SQLite file holds the tables of some
    other program.
    """
    names = inspect(connection).get_table_names()
    if versions.name in names:
        return connection.scalar(select(func.max(versions.c.version))) or 0
    # a server's database may be shared, a file is somebody's own
    if names and connection.dialect.name == "sqlite":
        raise PlannerError("error.store.not_ours", place=place)
    return 0


def check_version(version: int, place: str) -> None:
    """PlannerError where a newer planner made the database: its tables may mean something else."""
    if version > len(STEPS):
        raise PlannerError("error.store.newer", place=place)


def migrate(connection: Connection, now: dt.datetime, place: str) -> None:
    """Takes the steps that are missing; the caller's transaction makes it all of them or none."""
    if connection.dialect.name == "postgresql":
        if connection.scalar(text("SHOW server_encoding")) != "UTF8":
            raise PlannerError("error.store.encoding", place=place)
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    version = version_of(connection, place)  # somebody may have been faster
    check_version(version, place)
    for number, step in enumerate(STEPS[version:], start=version + 1):
        step(connection)
        connection.execute(insert(versions).values(version=number, applied=now))
