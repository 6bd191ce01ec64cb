"""Connections as the store wants them: durable, patient, and with no surprises in transactions."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event

from planner.store.place import in_memory
from planner.store.trouble import MovedError

_CONNECTIONS: Final = 5
_MORE: Final = 15
_FILE: Final = "planner_file"
# A server that vanishes without a word must not hold a save for the two hours of TCP's own habits.
_SERVER: Final = {
    "connect_timeout": "5",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
    "application_name": "suomifi-messages-rollout-planner",
}


def make_engine(url: URL, file: Path | None, patience: float) -> Engine:
    """An engine for SQLite (`file`, or in memory where None) or PostgreSQL; connects to nothing."""
    server = url.get_backend_name() == "postgresql"
    alone = not server and in_memory(url)
    engine = create_engine(
        url.update_query_dict({k: v for k, v in _SERVER.items() if k not in url.query})
        if server
        else url,
        hide_parameters=True,  # what people wrote has no place in a log
        poolclass=QueuePool,
        # what is in memory belongs to one connection
        pool_size=1 if alone else _CONNECTIONS,
        max_overflow=0 if alone else _MORE,
        pool_timeout=patience,
        # prepared statements break when tables change or a pooler stands in between
        connect_args={"prepare_threshold": None} if server else {"check_same_thread": False},
        **({"isolation_level": "READ COMMITTED"} if server else {}),
    )
    if server:
        _prepare_server(engine, patience)
    else:
        _prepare_file(engine, file, patience)
    return engine


def check_file(connection: Connection, file: Path | None) -> None:
    """MovedError where the SQLite file at its place is not the one this connection writes into."""
    if file is not None and _identity(file) != connection.info.get(_FILE):
        connection.invalidate()
        raise MovedError(str(file))


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _prepare_server(engine: Engine, patience: float) -> None:
    wait = int(patience * 1000)

    @event.listens_for(engine, "connect")
    def patient(connection: Any, record: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {wait}")
        connection.commit()


def _prepare_file(engine: Engine, file: Path | None, patience: float) -> None:
    seen: list[bool] = []

    @event.listens_for(engine, "do_connect")
    def find(dialect: Any, record: Any, arguments: Any, options: Any) -> None:
        # SQLite would make a new, empty file in place of the one that has gone
        if seen and file is not None and not file.exists():
            raise MovedError(str(file))

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, record: Any) -> None:
        connection.isolation_level = None  # transactions begin below, not where the driver guesses
        connection.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")  # kept before it is acknowledged
        _write_ahead(connection)
        if file is not None:
            record.info[_FILE] = _identity(file)
            seen.append(True)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes its turn before it reads: nobody can come between.
        writes = connection.get_execution_options().get("planner_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Readers and the writer don't wait for each other; kept in the file, so set only once."""
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    if mode in ("wal", "memory"):
        return
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        # a file that may only be read can be read as it is
        if not str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_READONLY"):
            raise
