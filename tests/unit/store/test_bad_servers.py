"""PostgreSQL servers that can't be used or go away: nothing is half saved or saved twice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, event, text

from planner.errors import PlannerError
from planner.store import Store, open_store
from planner.texts import LANGUAGES, catalogue
from tests.unit.store.harness import Server, check_consistent, rows

PLACE = "091"


@pytest.fixture
def url(server: Server) -> str:
    """The address of a store with one item."""
    made = server.new_url()
    with open_store(made) as store:
        save(store, 1)
    return made


@contextmanager
def told(code: str) -> Iterator[None]:
    """The block is refused with this message, which says in every language where the store is."""
    with pytest.raises(PlannerError) as caught:
        yield
    assert caught.value.code == code
    assert all("postgresql" in catalogue(lang).error(caught.value) for lang in LANGUAGES)


def save(store: Store, hours: float) -> None:
    """One more item."""
    store.save("capacity", PLACE, {"hours": hours}, "Aino")


def hours(store: Store) -> list[object]:
    """The hours of all items."""
    return [item.content["hours"] for item in store.items("capacity")]


def failing(store: Store, state: str, times: int) -> list[int]:
    """Lets that many saves fail with an SQL state; the attempts seen so far."""
    seen: list[int] = []

    def fail(connection: Connection) -> None:
        seen.append(1)
        if len(seen) <= times:
            raising = f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{state}'; END $$"
            connection.execute(text(raising))

    event.listen(store.database._engine, "commit", fail)
    return seen


def kill_at_commit(store: Store, server: Server, committed: bool, stop: bool = False) -> None:
    """Breaks the connection of the next save just before, or just after, it is committed."""
    done: list[bool] = []

    def kill(connection: Connection) -> None:
        if done:
            return
        done.append(True)
        driver: Any = connection.connection.driver_connection
        if committed:
            driver.commit()
            driver.execute("SELECT 1")  # so that there is something left to commit
        if stop:
            server.stop("immediate")
        else:
            server.run_sql(f"SELECT pg_terminate_backend({driver.info.backend_pid}, 5000)")

    event.listen(store.database._engine, "commit", kill)


@pytest.mark.parametrize("how", ["no server", "no database", "no user"])
def test_a_server_that_cant_be_reached(server: Server, how: str) -> None:
    url = {
        "no server": "postgresql://planner:secret@127.0.0.1:9/planner",
        "no database": server.url("nowhere").replace("planner@", "planner:secret@"),
        "no user": server.url().replace("planner@", "nobody:secret@"),
    }[how]

    with pytest.raises(PlannerError) as caught:
        open_store(url)

    assert caught.value.code == "error.store.unreachable"
    assert "secret" not in str(caught.value)
    assert "***" in catalogue("sv").error(caught.value)


def test_a_database_that_may_only_be_read(server: Server) -> None:
    url = server.new_database()
    with open_store(url) as store:
        save(store, 1)
    name = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
    server.run_sql(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with open_store(url) as store:
        with told("error.store.read_only"):
            save(store, 2)
        assert hours(store) == [1]


def test_a_user_without_rights(server: Server) -> None:
    url = server.new_database()
    server.run_sql("DROP ROLE IF EXISTS guest")
    server.run_sql("CREATE ROLE guest LOGIN")
    with told("error.store.denied"):
        open_store(url.replace("planner@", "guest@"))

    with open_store(url) as store:
        save(store, 1)
    server.run_sql("GRANT SELECT ON ALL TABLES IN SCHEMA public TO guest", url)
    with open_store(url.replace("planner@", "guest@")) as store:
        assert hours(store) == [1]
        with told("error.store.denied"):
            save(store, 2)
    server.run_sql("DROP OWNED BY guest", url)


def test_a_database_that_cant_hold_every_letter(server: Server) -> None:
    server.run_sql("DROP DATABASE IF EXISTS latin")
    server.run_sql("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")

    with told("error.store.encoding"):
        open_store(server.url("latin"))


def test_tables_of_others_are_left_alone(server: Server) -> None:
    url = server.new_url()
    server.run_sql("CREATE TABLE item (name text)", url)

    with open_store(url) as store:
        save(store, 1)
        assert hours(store) == [1]


def test_somebody_who_holds_the_lock(url: str) -> None:
    with open_store(url, patience=0.3) as store, psycopg.connect(url) as other:
        other.execute("SELECT * FROM planner_municipality FOR UPDATE")
        with told("error.store.locked"):
            save(store, 2)
        store.save("capacity", "049", {"hours": 3}, "Aino")  # others are not held up
        other.rollback()

        save(store, 4)
        assert sorted(map(str, hours(store))) == ["1", "3", "4"]


def test_another_thread_that_takes_too_long(url: str) -> None:
    with open_store(url, patience=0.3) as store:
        inside, go_on = threading.Event(), threading.Event()

        def work(connection: Connection, again: bool) -> None:
            inside.set()
            go_on.wait(10)

        slow = threading.Thread(target=store.database.write, args=(work, PLACE))
        slow.start()
        inside.wait(10)
        with told("error.store.locked"):
            save(store, 2)
        go_on.set()
        slow.join()


@pytest.mark.parametrize("state", ["40001", "40P01", "53300"])
def test_what_passes_is_tried_again(url: str, state: str) -> None:
    with open_store(url) as store:
        seen = failing(store, state, times=2)

        save(store, 2)

        assert (hours(store), len(seen)) == ([1, 2], 3)
        check_consistent(store)


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("40001", "error.store.locked"),
        ("53300", "error.store.busy"),
        ("53100", "error.store.full"),
        ("XX001", "error.store.damaged"),
        ("58030", "error.store.unsure"),
        ("0A000", "error.store.failed"),
    ],
)
def test_what_does_not_pass_is_told(url: str, state: str, code: str) -> None:
    with open_store(url, patience=0.2) as store:
        before = rows(store)
        failing(store, state, times=1000)

        with told(code):
            save(store, 2)

        assert rows(store) == before


def test_tables_that_are_taken_away(server: Server, url: str) -> None:
    with open_store(url) as store:
        server.run_sql("DROP TABLE planner_municipality CASCADE", url)
        with told("error.store.gone"):
            save(store, 2)


@pytest.mark.parametrize("committed", [False, True])
def test_a_connection_that_breaks_at_the_commit(server: Server, url: str, committed: bool) -> None:
    with open_store(url) as store:
        kill_at_commit(store, server, committed)

        saved = store.save("capacity", PLACE, {"hours": 2}, "Aino")

        assert (saved.revision, saved.content) == (1, {"hours": 2})
        assert store.item(PLACE, saved.key) == saved
        assert hours(store) == [1, 2]
        check_consistent(store)


def test_a_commit_of_which_nobody_knows(server: Server, url: str) -> None:
    with open_store(url, patience=0.5) as store:
        kill_at_commit(store, server, committed=True, stop=True)
        try:
            with told("error.store.unsure"):
                save(store, 2)
            with told("error.store.gone"):
                save(store, 3)
        finally:
            server.start()

        assert hours(store) == [1, 2]
        save(store, 4)
        check_consistent(store)


def test_a_server_that_crashes_while_many_save(server: Server, url: str) -> None:
    acknowledged: list[int] = []
    enough = threading.Event()

    def work(first: int) -> None:
        for number in range(first, first + 60):
            save(store, number)
            acknowledged.append(number)
            if len(acknowledged) >= 30:
                enough.set()

    with open_store(url, patience=30) as store:
        threads = [threading.Thread(target=work, args=(n,)) for n in (100, 200, 300)]
        for thread in threads:
            thread.start()
        assert enough.wait(30)
        server.stop("immediate")
        server.start()
        for thread in threads:
            thread.join()

        assert len(acknowledged) == 180
        assert sorted(map(int, map(str, hours(store)))) == sorted([1, *acknowledged])
        check_consistent(store)
