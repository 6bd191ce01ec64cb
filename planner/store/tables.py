"""The tables as queries see them; migrations.py makes them.

A change has one number in its municipality and an entry for each item it touched; nothing in these
two tables is ever altered. An item's row repeats its latest entry, so that reading is quick.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)


class UtcTime(TypeDecorator[dt.datetime]):
    """A moment. SQLite keeps no time zone and PostgreSQL answers in that of the session."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        """UTC, without saying so on SQLite; the moment must say its zone."""
        if value is None:
            return None
        moment = value.astimezone(dt.UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        """The same moment in UTC, and saying so."""
        if value is None:
            return None
        moment: dt.datetime = value
        return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)


metadata = MetaData()

versions = Table(
    "planner_schema_version",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("applied", UtcTime, nullable=False),
)
# one row, written by the first opening and by every restore
marks = Table("planner_mark", metadata, Column("mark", Text, primary_key=True))
municipalities = Table(
    "planner_municipality",
    metadata,
    Column("code", Text, primary_key=True),
    Column("number", BigInteger, nullable=False),  # of its latest change
)
changes = Table(
    "planner_change",
    metadata,
    Column("municipality", Text, primary_key=True),
    Column("number", BigInteger, primary_key=True),
    Column("action", Text, nullable=False),
    Column("undoes", BigInteger),
    Column("author", Text, nullable=False),
    Column("time", UtcTime, nullable=False),
    Column("token", Text, nullable=False, unique=True),  # tells a repeated attempt from a new one
)
entries = Table(
    "planner_entry",
    metadata,
    Column("municipality", Text, primary_key=True),
    Column("number", BigInteger, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("key", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("content", Text, nullable=False),
)
items = Table(
    "planner_item",
    metadata,
    Column("municipality", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("content", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("time", UtcTime, nullable=False),
    # the change that made it and its place there: items keep their order
    Column("made", BigInteger, nullable=False),
    Column("position", Integer, nullable=False),
)
