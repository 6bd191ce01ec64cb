"""A process is killed in the middle of saving: whatever it acknowledged is there."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from planner.store import open_store
from tests.unit.store.harness import check_consistent
from tests.unit.store.writers import PLACE, ROOT

SAVES = 500


@pytest.mark.parametrize("acknowledged", [3, 250, 490])
def test_every_acknowledged_save_outlives_the_process(url: str, acknowledged: int) -> None:
    open_store(url).close()
    command = [sys.executable, "-m", "tests.unit.store.writers", "saves", url, str(SAVES)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [process.stdout.readline().strip() for _ in range(acknowledged)]
        process.send_signal(signal.SIGKILL)
        told += process.stdout.read().split()
    assert process.returncode == -signal.SIGKILL

    with open_store(url) as store:
        kept = store.items("capacity", PLACE)
        assert [item.key for item in kept][: len(told)] == told
        # the last may have been kept just before it could be told
        assert len(told) <= len(kept) <= len(told) + 1 < SAVES
        check_consistent(store)
        store.save("capacity", PLACE, {"number": -1}, "Bertta")
