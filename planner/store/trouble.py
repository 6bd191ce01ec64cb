"""What a database's error means to the person who saves, and whether it passes by itself."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError


class MovedError(Exception):
    """The SQLite file is not the one any more that was opened: moved, deleted, replaced.

    SQLite itself goes on writing into the file that nobody will find again.
    """


# What may come out of a transaction; all else is a fault of this program.
FAILURES: Final = (SQLAlchemyError, MovedError)


@dataclass(frozen=True)
class Trouble:
    """code: of the text; passes: worth another attempt; lost: nobody knows how a commit ended."""

    code: str
    passes: bool = False
    lost: bool = False


_LOCKED: Final = Trouble("error.store.locked", passes=True)
_GONE: Final = Trouble("error.store.gone", passes=True, lost=True)
_READ_ONLY: Final = Trouble("error.store.read_only")
_FULL: Final = Trouble("error.store.full")
_DAMAGED: Final = Trouble("error.store.damaged")
_DENIED: Final = Trouble("error.store.denied")
_FAILED: Final = Trouble("error.store.failed")

# By the beginning of SQLite's own names, the longer first.
_SQLITE: Final = {
    "SQLITE_READONLY_DBMOVED": _GONE,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_BUSY": _LOCKED,
    "SQLITE_LOCKED": _LOCKED,
    "SQLITE_CANTOPEN": Trouble("error.store.cannot_open"),
    "SQLITE_FULL": _FULL,
    "SQLITE_IOERR": Trouble("error.store.gone", lost=True),
    "SQLITE_NOTADB": Trouble("error.store.not_a_database"),
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_PERM": _READ_ONLY,
}
# By the beginning of PostgreSQL's codes (its manual, appendix A), the longer first.
_POSTGRESQL: Final = {
    "40": _LOCKED,  # serialization failure, deadlock
    "55P03": _LOCKED,
    "57014": _LOCKED,  # waited too long
    "533": Trouble("error.store.busy", passes=True),  # too many connections
    "53100": _FULL,
    "25006": _READ_ONLY,
    "42501": _DENIED,
    "42P01": Trouble("error.store.gone"),  # the tables have been taken away
    "28": Trouble("error.store.unreachable"),
    "3D": Trouble("error.store.unreachable"),
    "08": _GONE,
    "57P": _GONE,
    "58": Trouble("error.store.gone", lost=True),
    "XX": _DAMAGED,
}


def trouble(error: Exception) -> Trouble:
    """What is wrong; an error that only a fault of this program can explain is raised again."""
    if isinstance(error, MovedError):
        return _GONE
    if isinstance(error, PoolTimeoutError):
        return Trouble("error.store.busy")
    if isinstance(error, IntegrityError) or not isinstance(error, DBAPIError):
        raise error
    if isinstance(error.orig, sqlite3.Error):
        return _of_sqlite(error.orig)
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        # the driver's own words: no connection, or none any more
        return _GONE if isinstance(error, OperationalError) else _FAILED
    return _matching(_POSTGRESQL, state)


def _of_sqlite(error: sqlite3.Error) -> Trouble:
    if "no such table" in str(error):
        return Trouble("error.store.gone")
    return _matching(_SQLITE, getattr(error, "sqlite_errorname", ""))


def _matching(table: dict[str, Trouble], name: str) -> Trouble:
    return next((found for start, found in table.items() if name.startswith(start)), _FAILED)
