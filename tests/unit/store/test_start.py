"""Whoever stores nothing does not wait for the database's library."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_the_library_comes_with_the_first_store() -> None:
    script = (
        "import sys; import planner.store as s; s.shown_place(); s.ConflictError;"
        "before = 'sqlalchemy' in sys.modules;"
        "s.open_store('sqlite://').close();"
        "print(before, 'sqlalchemy' in sys.modules, 'psycopg' in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["False", "True", "False"]
