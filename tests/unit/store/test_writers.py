"""Many write the same items at once: no update is lost, and every conflict is told."""

from __future__ import annotations

import os

from tests.unit.store.writers import write_at_once

# `make bench` has all 200, on databases that wait for the disk.
EDITS = int(os.environ.get("PLANNER_STORE_EDITS", "40"))


def test_no_update_of_ten_writers_is_lost(url: str) -> None:
    # five sessions in each of two app processes, all on the same two rows
    conflicts = write_at_once(url, processes=2, threads=5, edits=EDITS, items=2)

    assert conflicts > 0
