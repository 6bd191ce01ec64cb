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

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Waits until the others have had theirs, at most `patience` seconds; whether it came."""
        came = self._free.acquire(timeout=self._patience)
        try:
            yield came
        finally:
            if came:
                self._free.release()


page_runs: Final = Turns()
