"""Transactions: whole or not at all, tried again where waiting helps, and told where it doesn't."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

from sqlalchemy import URL, Connection
from sqlalchemy.engine.interfaces import IsolationLevel

from planner.errors import PlannerError
from planner.store.engine import check_file, make_engine
from planner.store.place import file_of, shown
from planner.store.trouble import FAILURES, MovedError, Trouble, trouble

T = TypeVar("T")
_FIRST_PAUSE: Final = 0.02  # seconds, doubled up to the longest, each by chance shorter
_LONGEST_PAUSE: Final = 0.5
# A save is worth waiting for: something typed hangs on it. A page that only reads is not, and it
# reads many times.
_READING: Final = 1.0  # seconds that a read waits for a database that has gone
_DOWN: Final = 10.0  # seconds after a failure in which further reads don't wait at all
_SLOW: Final = 0.5  # seconds that being refused may take; a server off the network takes more


class _Attempts:
    """How long is left to try, and what is known of the attempts so far."""

    def __init__(self, patience: float) -> None:
        self._first = self._latest = time.monotonic()
        self._end = self._first + patience
        self._pause = _FIRST_PAUSE
        self.committing = False  # whether the attempt has come to its commit
        self.unsure = False  # whether an earlier one may have been committed without our knowing

    @property
    def left(self) -> float:
        """Seconds left."""
        return max(0.0, self._end - time.monotonic())

    @property
    def took(self) -> float:
        """Seconds since the latest one began."""
        return time.monotonic() - self._latest

    def shorten(self, patience: float) -> None:
        """Tries no longer than so many seconds from the beginning."""
        self._end = min(self._end, self._first + patience)

    def pause(self) -> None:
        """Lets others pass."""
        time.sleep(min(random.uniform(0.5, 1) * self._pause, self.left))
        self._pause = min(2 * self._pause, _LONGEST_PAUSE)
        self._latest = time.monotonic()


class Database:
    """Runs work in transactions. One for all threads of a process."""

    def __init__(self, url: URL, patience: float) -> None:
        self.place: Final = shown(url)
        self._patience = patience
        self.file: Final = file_of(url)
        self._reached = False  # ever
        # Moments of the clock, written by all threads without a lock: the worst that can come of
        # a race is a read that waits a second, or doesn't, where the other would have been better.
        self._down = 0.0  # until when the database counts as gone
        self._rest = 0.0  # until when no read is even tried
        self._engine = make_engine(url, self.file, patience)
        # Who waits for a lock in the database is woken late and in any order, and each waits in a
        # connection of its own. Within a process they queue up here instead.
        self._gates: dict[str, threading.Lock] = {}
        self._one_gate = url.get_backend_name() == "sqlite"  # which lets one write at a time

    def read(self, work: Callable[[Connection], T], *, whole: bool = False) -> T:
        """What the work returns. whole: all its queries see the same moment.

        Where the database has gone (its file, its server), a read waits a second for it, and others
        after it are tried but once, so that they succeed as soon as it is back. Where even being
        refused took long, they fail at once for as long again.
        """

        def attempt(attempts: _Attempts) -> T:
            with self._engine.connect() as connection:
                check_file(connection, self.file)
                if connection.dialect.name == "postgresql":
                    # one query needs no transaction around it: two messages less
                    level: IsolationLevel = "REPEATABLE READ" if whole else "AUTOCOMMIT"
                    connection.execution_options(isolation_level=level)
                return work(connection)

        if time.monotonic() < self._rest:
            raise PlannerError("error.store.unreadable", place=self.place)
        return self._try(attempt, reads=True)

    def write(self, work: Callable[[Connection, bool], T], turn: str = "") -> T:
        """What the work returns, once it is kept for good.

        The work is told whether an earlier attempt may have been committed when the connection
        broke; then it looks first. Whatever it raises takes everything back. PlannerError tells
        that nothing was kept, but for "error.store.unsure", which tells that nobody knows. It waits
        its whole patience for a database that has gone, whatever others found.
        turn: works of one turn would only wait for each other in the database.
        """

        def attempt(attempts: _Attempts) -> T:
            attempts.committing = False
            with self._alone(turn, attempts), self._engine.connect() as connection:
                connection.execution_options(planner_writes=True)
                with connection.begin():
                    check_file(connection, self.file)
                    result = work(connection, attempts.unsure)
                    attempts.unsure = False
                    attempts.committing = True
                check_file(connection, self.file)
            return result

        return self._try(attempt)

    def close(self) -> None:
        """Lets go of all connections."""
        self._engine.dispose()

    def _try(self, attempt: Callable[[_Attempts], T], *, reads: bool = False) -> T:
        attempts = _Attempts(self._patience)
        while True:
            try:
                result = attempt(attempts)
                self._reached = True
                self._down = self._rest = 0.0
                return result
            except FAILURES as error:
                found = trouble(error)
                attempts.unsure |= attempts.committing and found.lost
                if isinstance(error, MovedError):
                    self._engine.dispose()  # the other connections write there too
                if reads and found.lost:
                    attempts.shorten(0.0 if time.monotonic() < self._down else _READING)
                self._give_up(found, attempts, error, reads)
                attempts.pause()

    def _give_up(self, found: Trouble, attempts: _Attempts, error: Exception, reads: bool) -> None:
        """Raises what to tell, where another attempt is of no use."""
        if found.lost and not self._reached and self.file is None:
            raise PlannerError("error.store.unreachable", place=self.place) from error
        if attempts.left and found.passes:
            return
        if found.lost:
            self._down = time.monotonic() + _DOWN
            if reads and attempts.took > _SLOW:
                self._rest = time.monotonic() + attempts.took
        code = "error.store.unsure" if attempts.unsure else found.code
        if reads and code == "error.store.gone":
            code = "error.store.unreadable"
        raise PlannerError(code, place=self.place) from error

    @contextmanager
    def _alone(self, turn: str, attempts: _Attempts) -> Iterator[None]:
        gate = self._gates.setdefault("" if self._one_gate else turn, threading.Lock())
        if not gate.acquire(timeout=attempts.left):
            code = "error.store.unsure" if attempts.unsure else "error.store.locked"
            raise PlannerError(code, place=self.place)
        try:
            yield
        finally:
            gate.release()
