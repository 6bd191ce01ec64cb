"""A PostgreSQL of the tests' own, and what must be true of every store."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import select

from planner.store import Change, Store
from planner.store.tables import changes, entries, items, municipalities

PROGRAMS = "usr/lib/postgresql/*/bin/initdb"  # where Debian puts them
OWNER = "postgres"  # the server refuses to run as root


def programs() -> Path | None:
    """The folder of the newest PostgreSQL on this machine, or the one the environment names."""
    if given := os.environ.get("PLANNER_POSTGRESQL"):
        return Path(given)
    found = [path.parent for path in Path("/").glob(PROGRAMS)]
    return max(found, key=lambda folder: float(folder.parent.name), default=None)


class Server:
    """A cluster in a folder of its own, reached by a socket there and by nobody else."""

    def __init__(self, programs: Path, folder: Path, durable: bool) -> None:
        self._programs = programs
        self._folder = folder
        # A killed process loses nothing without fsync; only a machine that loses power would.
        self._options = f"-c listen_addresses= -c unix_socket_directories={folder}"
        self._options += "" if durable else " -c fsync=off"
        self._made = 0

    def make(self) -> None:
        """A new cluster that runs."""
        self._run("initdb", "-U", "planner", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
        self.start()

    def start(self) -> None:
        """Runs it, and waits until it can be asked."""
        log = ("-l", str(self._folder / "log"))
        self._run("pg_ctl", "start", "-w", *log, "-o", self._options)

    def stop(self, how: str = "fast") -> None:
        """Ends it: "fast", or "immediate" as in a crash."""
        self._run("pg_ctl", "stop", "-w", "-m", how)

    def url(self, name: str = "postgres") -> str:
        """The address of one of its databases."""
        return f"postgresql://planner@/{name}?host={self._folder}"

    def new_url(self) -> str:
        """The address of a place without tables: a schema, which is made at once."""
        self._made += 1
        name = f"store_{self._made}"
        self.run_sql(f"CREATE SCHEMA {name}")
        return f"{self.url()}&options=-csearch_path%3D{name}"

    def new_database(self) -> str:
        """The address of a new database, which takes a while."""
        self._made += 1
        name = f"store_{self._made}"
        self.run_sql(f"CREATE DATABASE {name}")
        return self.url(name)

    def run_sql(self, statement: str, url: str | None = None) -> None:
        """Runs a statement as the cluster's owner."""
        import psycopg

        with psycopg.connect(url or self.url(), autocommit=True) as connection:
            connection.execute(statement)

    def _run(self, program: str, *options: str) -> None:
        command = [str(self._programs / program), "-D", str(self._folder / "data"), *options]
        if os.geteuid() == 0:
            command = ["runuser", "-u", OWNER, "--", *command]
        output = self._folder / "output"
        with output.open("w") as target:
            done = subprocess.run(command, stdout=target, stderr=target, cwd="/", check=False)
        assert done.returncode == 0, f"{program}: {output.read_text()}"


@contextmanager
def running_server(programs: Path, durable: bool = False) -> Iterator[Server]:
    """A server that runs until the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="planner-", dir="/tmp"))  # a socket's path must be short
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, OWNER)
        server = Server(programs, folder, durable)
        server.make()
        try:
            yield server
        finally:
            server.stop("immediate")
    finally:
        shutil.rmtree(folder)


def rows(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the mark: equal stores have equal rows."""

    def read(connection: Any) -> dict[str, list[tuple[Any, ...]]]:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in (municipalities, changes, entries, items)
        }

    return store.database.read(read, whole=True)


def check_consistent(store: Store) -> None:
    """Items are what history says, and history has no gaps."""
    kept = rows(store)
    for municipality, number in kept[municipalities.name]:
        told = whole_history(store, municipality)
        assert [change.number for change in told] == list(range(1, number + 1))
        state: dict[str, tuple[int, Any]] = {}
        for change in told:
            assert change.entries
            for entry in change.entries:
                revision, content = state.get(entry.key, (0, None))
                assert (entry.revision, entry.before) == (revision + 1, content)
                assert entry.after != entry.before
                state[entry.key] = (entry.revision, entry.after)
        live = {
            item.key: (item.revision, item.content)
            for kind in {entry.kind for change in told for entry in change.entries}
            for item in store.items(kind, municipality)
        }
        assert live == {key: found for key, found in state.items() if found[1] is not None}


def whole_history(store: Store, municipality: str) -> list[Change]:
    """All changes of a municipality, the first one first, page by page."""
    found: list[Change] = []
    while page := store.history(municipality, before=found[-1].number if found else None):
        found += page
    return found[::-1]
