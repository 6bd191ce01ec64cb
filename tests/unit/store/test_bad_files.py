"""SQLite files that can't be used: each is told, and nothing is half saved."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from planner.errors import PlannerError
from planner.store import Store, open_store
from planner.texts import LANGUAGES, catalogue
from tests.unit.store.harness import check_consistent, rows

PLACE = "091"
ROOT = Path(__file__).parents[3]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database with one item."""
    path = tmp_path / "store.sqlite"
    with open_store(f"sqlite:///{path}") as store:
        store.save("capacity", PLACE, {"hours": 1}, "Aino")
    return path


@contextmanager
def told(code: str, *shown: object) -> Iterator[None]:
    """The block is refused with this message, which names what it is about in every language."""
    with pytest.raises(PlannerError) as caught:
        yield
    assert caught.value.code == code
    for lang in LANGUAGES:
        sentence = catalogue(lang).error(caught.value)
        assert all(str(part) in sentence for part in shown)


def open_file(path: Path, patience: float = 0.3) -> Store:
    """The store in a file."""
    return open_store(f"sqlite:///{path}", patience=patience)


def save(store: Store, hours: float) -> None:
    """One more item."""
    store.save("capacity", PLACE, {"hours": hours}, "Aino")


def hours(store: Store) -> list[object]:
    """The hours of all items."""
    return [item.content["hours"] for item in store.items("capacity")]


def test_a_locked_file(file: Path) -> None:
    with open_file(file) as store, closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN IMMEDIATE")
        with told("error.store.locked", file):
            save(store, 2)
        assert hours(store) == [1]  # reading goes on
        other.rollback()

        save(store, 3)
        assert hours(store) == [1, 3]


def test_a_file_that_nobody_else_may_even_read(file: Path) -> None:
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with told("error.store.locked", file):
            open_file(file)
    with open_file(file) as store:
        assert hours(store) == [1]


def test_a_save_waits_for_a_short_one_of_another_program(file: Path) -> None:
    with open_file(file, patience=5) as store:
        script = (
            "import sqlite3, sys, time; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
            "c.execute('BEGIN IMMEDIATE'); print('ready', flush=True); time.sleep(0.3);"
            "c.execute('COMMIT')"
        )
        with subprocess.Popen(
            [sys.executable, "-c", script, str(file)], stdout=subprocess.PIPE
        ) as other:
            assert other.stdout is not None
            other.stdout.readline()
            save(store, 2)

        assert hours(store) == [1, 2]


def test_a_database_that_may_only_be_read(file: Path) -> None:
    with open_store(f"sqlite:///file:{file}?mode=ro&uri=true", patience=0.3) as store:
        assert hours(store) == [1]
        with told("error.store.read_only", file):
            save(store, 2)
        assert hours(store) == [1]


@pytest.mark.parametrize(
    ("journal", "folder", "expected"),
    [
        ("delete", "777", "error.store.read_only 1"),
        ("delete", "555", "error.store.read_only 1"),
        ("wal", "777", "error.store.read_only 1"),
        # not even readers can do without the file beside it that they share
        ("wal", "555", "opening error.store.read_only"),
    ],
)
def test_a_file_without_the_right_to_write(journal: str, folder: str, expected: str) -> None:
    # in a process of its own that has no rights beyond those of the file
    script = Path(__file__).with_name("unprivileged.py")

    done = subprocess.run(
        [sys.executable, str(script), journal, folder],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout.split(), done.stderr) == (expected.split(), "")


def test_a_folder_that_cant_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with told("error.store.folder", tmp_path / "file" / "data"):
        open_file(tmp_path / "file" / "data" / "store.sqlite")


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    with told("error.store.cannot_open", tmp_path):
        open_file(tmp_path)


@pytest.mark.parametrize("content", [b"Kunta;Tunnit\n091;3\n" * 50, os.urandom(9000)])
def test_something_else_than_a_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "hours.csv"
    path.write_bytes(content)

    with told("error.store.not_a_database", path):
        open_file(path)

    assert path.read_bytes() == content


def test_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "bookmarks.sqlite"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE bookmark (name TEXT)")

    with told("error.store.not_ours", path):
        open_file(path)


def test_a_damaged_database(file: Path) -> None:
    with open_file(file) as store:
        for number in range(300):
            save(store, number)
    content = bytearray(file.read_bytes())
    content[8192:] = b"\x55" * (len(content) - 8192)
    file.write_bytes(content)

    with told("error.store.damaged", file), open_file(file) as store:
        store.items("capacity")


def test_a_full_disk(file: Path) -> None:
    with open_file(file) as store:
        before = rows(store)
        with store.database._engine.connect() as connection:
            # SQLite's own bound on pages answers as a full disk does
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with told("error.store.full", file):
            store.save("capacity", PLACE, {"text": "x" * 200_000}, "Aino")
        assert rows(store) == before
        save(store, 2)
        check_consistent(store)


def test_a_file_that_is_taken_away(file: Path) -> None:
    with open_file(file) as store:
        away = shutil.move(file, file.with_suffix(".away"))
        with told("error.store.gone", file):
            save(store, 2)
        with told("error.store.unreadable", file):
            store.items("capacity")
        assert not file.exists()  # no empty one in its place

        shutil.move(away, file)
        save(store, 3)
        assert hours(store) == [1, 3]
        check_consistent(store)


def test_a_file_that_is_taken_away_between_work_and_acknowledgement(file: Path) -> None:
    with open_file(file) as store:
        with told("error.store.unsure", file):
            store.database.write(lambda connection, again: file.unlink())
        assert not file.exists()


def test_a_file_that_is_replaced_by_another(file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    with open_file(copy) as other:
        save(other, 7)
    with open_file(file) as store:
        copy.replace(file)

        save(store, 8)

        assert hours(store) == [7, 8]


def test_a_file_that_is_emptied(file: Path) -> None:
    with open_file(file) as store:
        for left in file.parent.glob(f"{file.name}*"):
            left.unlink()
        sqlite3.connect(file).close()
        with told("error.store.gone", file):
            save(store, 2)


@pytest.mark.parametrize(
    "url", ["mysql://u:secret@h/d", "planner.sqlite", "postgresql://u:se/cret@h:x/d", "://"]
)
def test_an_address_of_something_else(url: str) -> None:
    with pytest.raises(PlannerError) as caught:
        open_store(url)

    assert caught.value.code == "error.store.url"
    assert "PLANNER_DATABASE_URL" in catalogue("fi").error(caught.value)
    assert "secret" not in str(caught.value)
