"""Every test of the store runs on both databases."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from planner.store import Store, open_store
from tests.unit.store.harness import Server, programs, running_server

NewUrl = Callable[[], str]


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server, started once."""
    found = programs()
    if found is None:
        missing = "PostgreSQL is missing: apt-get install postgresql"
        if os.environ.get("PLANNER_REQUIRE_ALL") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    with running_server(found) as started:
        yield started


@pytest.fixture
def new_url(system: str, request: pytest.FixtureRequest, tmp_path: Path) -> NewUrl:
    """Gives the address of another empty database at every call."""
    if system == "postgresql":
        started: Server = request.getfixturevalue("server")
        return started.new_url
    paths = (tmp_path / "data" / f"store_{n}.sqlite" for n in range(100))
    return lambda: f"sqlite:///{next(paths)}"


@pytest.fixture(params=["sqlite", "postgresql"])
def system(request: pytest.FixtureRequest) -> str:
    """The kind of database."""
    return str(request.param)


@pytest.fixture
def url(new_url: NewUrl) -> str:
    """The address of an empty database."""
    return new_url()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An empty store."""
    with open_store(url) as opened:
        yield opened
