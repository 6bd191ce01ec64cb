"""The store under ten writers, and what one save and one look cost, on both databases.

Both write to the disk before they acknowledge, as they do at work.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from planner.store import open_store
from tests.bench.harness import Result, bench, seconds
from tests.unit.store.harness import programs, running_server
from tests.unit.store.writers import write_at_once

WRITERS = 10
EDITS = 200
IMPORTED = 300  # rows


@contextmanager
def _addresses() -> Iterator[dict[str, list[str]]]:
    """Two empty databases of each kind; no PostgreSQL where there is none on the machine."""
    with tempfile.TemporaryDirectory() as folder:
        found = {"SQLite": [f"sqlite:///{folder}/{n}.sqlite" for n in "ab"]}
        server = programs()
        if server is None:
            yield found
            return
        with running_server(server, durable=True) as started:
            yield {**found, "PostgreSQL": [started.new_url() for _ in "ab"]}


@bench
def store() -> Iterator[Result]:
    """Ten writers on the same two rows; a save, an import, a page's question for the revision."""
    with _addresses() as addresses:
        for name, (shared, own) in addresses.items():
            start = perf_counter()
            conflicts = write_at_once(shared, 2, WRITERS // 2, EDITS, items=2)
            taken = perf_counter() - start
            yield Result(f"{name}: {WRITERS} writers, {EDITS} edits each", taken, 20, "s")
            yield Result(f"{name}: conflicts told meanwhile", conflicts, 1, "", at_least=True)
            yield from _single(name, own)


def _single(name: str, url: str) -> Iterator[Result]:
    with open_store(url) as opened:
        rows = [(None, {"hours": number}) for number in range(IMPORTED)]
        start = perf_counter()
        opened.replace("091", "capacity", rows, "Aino")
        yield Result(f"{name}: import of {IMPORTED} rows", perf_counter() - start, 1, "s")

        def save() -> None:
            opened.save("plan", "091", {"name": "Talvi"}, "Aino")

        yield Result(f"{name}: one save", 1000 * seconds(save, 100), 50, "ms")
        look = 1000 * seconds(lambda: opened.revision("091"), 100)
        yield Result(f"{name}: revision of a municipality", look, 5, "ms")
        items = 1000 * seconds(lambda: opened.items("capacity", "091"), 30)
        yield Result(f"{name}: {IMPORTED} items read", items, 50, "ms")
