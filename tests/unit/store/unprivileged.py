"""Opens a store that it may only read, and tells what saving says and how many items there are."""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from planner.errors import PlannerError
from planner.store import open_store

NOBODY = 65534


def main(mode: str, folder_mode: str) -> None:
    """Makes the file, gives up all rights, and tries."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        file = Path(folder) / "store.sqlite"
        url = f"sqlite:///{file}"
        with open_store(url) as store:
            store.save("capacity", "091", {"hours": 1}, "Aino")
        with closing(sqlite3.connect(file)) as connection:
            connection.execute(f"PRAGMA journal_mode = {mode}")
        file.chmod(0o444)
        Path(folder).chmod(int(folder_mode, 8))
        child = os.fork()
        if child == 0:
            try:
                if os.geteuid() == 0:
                    os.setgid(NOBODY)
                    os.setuid(NOBODY)
                attempt(url)
            finally:
                sys.stdout.flush()
                os._exit(0)
        os.waitpid(child, 0)
        Path(folder).chmod(0o755)


def attempt(url: str) -> None:
    """Prints the code of the refusal and the number of items."""
    try:
        with open_store(url, patience=0.5) as store:
            try:
                store.save("capacity", "091", {"hours": 2}, "Aino")
            except PlannerError as error:
                sys.stdout.write(f"{error.code}\n")
            sys.stdout.write(f"{len(store.items('capacity'))}\n")
    except PlannerError as error:
        sys.stdout.write(f"opening {error.code}\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
