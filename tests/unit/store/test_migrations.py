"""Databases made by earlier and by newer versions."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, inspect, text

from planner.errors import PlannerError
from planner.store import Store, migrations, open_store
from planner.store.tables import metadata
from planner.texts import LANGUAGES, catalogue
from tests.unit.store.harness import check_consistent, rows

VERSION_1 = Path(__file__).with_name("version_1.sql").read_text(encoding="utf-8")


@pytest.fixture
def old_url(url: str) -> str:
    """The address of a database with the tables and rows of version 1."""
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        path.parent.mkdir()
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(VERSION_1)
    else:
        with psycopg.connect(f"{url}%20-ctimezone%3DUTC") as server:
            server.execute(VERSION_1.encode())
    return url


def add_steps(monkeypatch: pytest.MonkeyPatch, *steps: Callable[[Connection], None]) -> None:
    """Makes this planner one of a later version."""
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, *steps))


def second(connection: Connection) -> None:
    """A step that changes rows and tables."""
    connection.execute(text("ALTER TABLE planner_item ADD COLUMN note TEXT"))
    connection.execute(text("UPDATE planner_item SET note = author"))


def failing(connection: Connection) -> None:
    """A step that fails half-way."""
    connection.execute(text("ALTER TABLE planner_item ADD COLUMN other TEXT"))
    connection.execute(text("DELETE FROM planner_item"))
    raise RuntimeError("half-way")


def notes(store: Store) -> list[str]:
    """What the second step wrote."""
    query = text("SELECT note FROM planner_item ORDER BY note")
    return list(store.database.read(lambda c: c.execute(query).scalars().all()))


def test_a_store_of_version_1_is_read_and_written(old_url: str) -> None:
    with open_store(old_url) as store:
        found = store.items("capacity", "091")
        assert [item.content["hours"] for item in found] == [2.5, 2]
        assert [item.author for item in found] == ["Åsa Öhman"] * 2
        assert store.history("091")[0].time.isoformat() == "2026-01-19T08:04:00+00:00"
        check_consistent(store)

        store.undo("091", 2, "Aino")
        check_consistent(store)


def test_an_old_store_takes_the_steps_that_are_missing(
    old_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_steps(monkeypatch, second)

    with open_store(old_url) as store:
        assert notes(store) == ["Aino Virtanen", "Åsa Öhman", "Åsa Öhman"]
        check_consistent(store)
    with open_store(old_url) as store:  # and not a second time
        assert len(notes(store)) == 3


def test_a_new_store_takes_all_steps(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    add_steps(monkeypatch, second)

    with open_store(url) as store:
        store.save("plan", "FI", {"name": "Talvi"}, "Aino")
        assert notes(store) == [None]


def test_a_step_that_fails_leaves_everything_as_it_was(
    old_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(old_url) as store:
        before = rows(store)
    with monkeypatch.context() as newer:
        add_steps(newer, second, failing)
        with pytest.raises(RuntimeError, match="half-way"):
            open_store(old_url)

    with open_store(old_url) as store:
        assert rows(store) == before
        columns = store.database.read(lambda c: inspect(c).get_columns("planner_item"))
        assert {"note", "other"} & {column["name"] for column in columns} == set()


def test_a_database_of_a_newer_planner_is_left_alone(
    old_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as newer:
        add_steps(newer, second)
        open_store(old_url).close()

    with pytest.raises(PlannerError) as caught:
        open_store(old_url)

    assert caught.value.code == "error.store.newer"
    for lang in LANGUAGES:
        assert caught.value.values["place"] in catalogue(lang).error(caught.value)


def test_the_tables_are_those_that_queries_expect(store: Store) -> None:
    def read(connection: Connection) -> dict[str, dict[str, bool]]:
        found = inspect(connection)
        return {
            name: {column["name"]: column["nullable"] for column in found.get_columns(name)}
            for name in metadata.tables
        }

    made = store.database.read(read)

    for name, table in metadata.tables.items():
        assert set(made[name]) == {column.name for column in table.columns}
        keys = {column.name for column in table.primary_key}
        # SQLite calls a primary key nullable unless it is told
        kept = {key: nullable for key, nullable in made[name].items() if key not in keys}
        expected = {c.name: c.nullable for c in table.columns if c.name not in keys}
        assert kept == expected
