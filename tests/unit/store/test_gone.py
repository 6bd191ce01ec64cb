"""A database that has gone: pages are told soon, saves wait for it, and both find it again."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection

from planner.errors import PlannerError
from planner.store import Store, open_store
from planner.store.trouble import MovedError
from tests.unit.store.harness import Server

PLACE = "091"


class Away:
    """A database that can be taken away and brought back."""

    def __init__(self, store: Store, server: Server | None) -> None:
        self._server = server
        self._file = store.database.file
        self._away = False

    def take(self) -> None:
        """From now on it is gone."""
        self._away = True
        if self._file is not None:
            self._file.rename(f"{self._file}.away")
        elif self._server is not None:
            self._server.stop()

    def bring_back(self) -> None:
        """It is where it was."""
        if not self._away:
            return
        self._away = False
        if self._file is not None:
            Path(f"{self._file}.away").rename(self._file)
        elif self._server is not None:
            self._server.start()


@pytest.fixture
def gone(store: Store, system: str, request: pytest.FixtureRequest) -> Iterator[Away]:
    """The database of a store that holds one item, gone."""
    store.save("capacity", PLACE, {"hours": 1}, "Aino")
    away = Away(store, request.getfixturevalue("server") if system == "postgresql" else None)
    away.take()
    yield away
    away.bring_back()


@contextmanager
def told(code: str, least: float, most: float) -> Iterator[None]:
    """The block is refused with this message, within these seconds."""
    start = time.monotonic()
    with pytest.raises(PlannerError) as caught:
        yield
    assert caught.value.code == code
    assert least <= time.monotonic() - start < most


def test_a_page_of_many_reads_is_told_soon(store: Store, gone: Away) -> None:
    with told("error.store.unreadable", 0.9, 5):
        store.revision()
    start = time.monotonic()
    for _ in range(14):
        with told("error.store.unreadable", 0, 1):
            store.items("capacity")

    assert time.monotonic() - start < 3


def test_reads_find_it_as_soon_as_it_is_back(store: Store, gone: Away) -> None:
    for _ in range(2):
        with told("error.store.unreadable", 0, 5):
            store.revision()
    gone.bring_back()

    assert [item.content for item in store.items("capacity")] == [{"hours": 1}]


def test_a_save_waits_for_it_after_reads_that_failed(store: Store, gone: Away) -> None:
    with told("error.store.unreadable", 0, 5):
        store.revision()
    later = threading.Timer(0.5, gone.bring_back)
    later.start()

    store.save("capacity", PLACE, {"hours": 2}, "Aino")

    later.join()
    assert [item.content["hours"] for item in store.items("capacity")] == [1, 2]


def test_a_read_waits_for_it_a_little_again_once_it_was_back(store: Store, gone: Away) -> None:
    with told("error.store.unreadable", 0.9, 5):
        store.revision()
    gone.bring_back()
    store.revision()
    gone.take()

    with told("error.store.unreadable", 0.9, 5):
        store.revision()


def test_a_save_waits_as_long_as_it_was_told(url: str) -> None:
    with open_store(url, patience=1.2) as store:

        def work(connection: Connection, again: bool) -> None:
            raise MovedError

        for _ in range(2):
            with told("error.store.gone", 1.2, 5):
                store.database.write(work)
        with told("error.store.unreadable", 0, 1):
            store.database.read(lambda connection: work(connection, again=False))


def test_a_database_that_is_slow_to_say_no_is_left_alone_as_long(url: str) -> None:
    asked: list[bool] = []

    def work(connection: Connection) -> None:
        asked.append(True)
        time.sleep(0.7)  # the database's own slowness is what is tried here
        raise MovedError

    with closing(open_store(url, patience=0.2)) as store:
        for _ in range(5):
            with told("error.store.unreadable", 0, 5):
                store.database.read(work)
        assert len(asked) == 1
        time.sleep(0.8)  # as long as it took to say no, and a little: then it is asked again

        assert store.items("capacity") == []
