"""Page runs take turns: Python computes one thing at a time anyway.

Ten runs at once fight for the interpreter at every read of a file and every call into numpy; one
after the other, fifty readers get their answers four times sooner (`make bench`, load).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

PATIENCE: Final = 0.5  # seconds; after that a run goes on beside a long one


class Turns:
    """One turn for all who ask, in the order in which they came or nearly so."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._free = threading.Semaphore()
        self._mine = threading.local()

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Waits until the others have had theirs, at most `patience` seconds; whether it came."""
        before = getattr(self._mine, "came", False)  # a run within a run gives only its own back
        self._take()
        try:
            yield self._mine.came
        finally:
            self._give()
            self._mine.came = before

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Lets the others go on within a turn, while this run waits for something long."""
        had = self._give()
        try:
            yield
        finally:
            if had:
                self._take()

    def _take(self) -> None:
        self._mine.came = self._free.acquire(timeout=self._patience)

    def _give(self) -> bool:
        """Gives the turn back; whether there was one."""
        had = bool(getattr(self._mine, "came", False))
        self._mine.came = False
        if had:
            self._free.release()
        return had


page_runs: Final = Turns()
