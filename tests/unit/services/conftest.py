"""An empty store for every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in a file of its own."""
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}", patience=0.2) as opened:
        yield opened
