"""Writers that edit the same few items at once, and one that is to be killed.

As a program: `writers threads URL NAME THREADS EDITS` or `writers saves URL SAVES`.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from planner.store import ConflictError, Store, open_store
from tests.unit.store.harness import check_consistent, whole_history

PLACE = "091"
ROOT = Path(__file__).parents[3]


def edit_many(store: Store, name: str, edits: int) -> tuple[int, int]:
    """Counts up in turn in every item there is: edits done and conflicts told."""
    keys = [item.key for item in store.items("capacity", PLACE)]
    conflicts = 0
    for turn in range(edits):
        item = store.item(PLACE, keys[turn % len(keys)])
        assert item is not None
        while True:
            by = item.content["by"]
            content = {"total": item.content["total"] + 1, "by": {**by, name: by.get(name, 0) + 1}}
            try:
                store.save("capacity", PLACE, content, name, item.key, item.revision)
                break
            except ConflictError as error:
                if error.mine != content or error.theirs.revision <= item.revision:
                    raise AssertionError("a conflict that tells something else") from error
                conflicts += 1
                item = error.theirs
    return edits, conflicts


def run_threads(url: str, process: str, threads: int, edits: int) -> None:
    """Edits in several threads of one store; prints the conflicts that were told."""
    told: list[int] = []
    with open_store(url, patience=30) as store:

        def work(name: str) -> None:
            told.append(edit_many(store, name, edits)[1])

        running = [
            threading.Thread(target=work, args=(f"{process}-{n}",), name=f"{process}-{n}")
            for n in range(threads)
        ]
        for thread in running:
            thread.start()
        for thread in running:
            thread.join()
    assert len(told) == threads
    sys.stdout.write(f"{sum(told)}\n")


def run_saves(url: str, saves: int) -> None:
    """Saves new items one after another; prints each key once it is acknowledged."""
    with open_store(url) as store:
        for number in range(saves):
            saved = store.save("capacity", PLACE, {"number": number}, "Aino")
            sys.stdout.write(f"{saved.key}\n")
            sys.stdout.flush()


def write_at_once(url: str, processes: int, threads: int, edits: int, items: int) -> int:
    """Conflicts told when all of them edit; checks that nothing was lost."""
    with open_store(url) as store:
        for _ in range(items):
            store.save("capacity", PLACE, {"total": 0, "by": {}}, "Aino")
    command = [sys.executable, "-m", "tests.unit.store.writers", "threads", url]
    running = [
        subprocess.Popen(
            [*command, f"p{n}", str(threads), str(edits)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for n in range(processes)
    ]
    outputs = [process.communicate() for process in running]
    failures = "".join(errors for _, errors in outputs)
    assert [process.returncode for process in running] == [0] * processes, failures
    writers, total = processes * threads, processes * threads * edits
    with open_store(url) as store:
        found = [item.content for item in store.items("capacity", PLACE)]
        assert sum(content["total"] for content in found) == total
        by: dict[str, int] = {}
        for content in found:
            for name, count in content["by"].items():
                by[name] = by.get(name, 0) + count
        assert sorted(by.values()) == [edits] * writers
        assert store.revision(PLACE).number == total + items
        assert len(whole_history(store, PLACE)) == total + items
        check_consistent(store)
    return sum(int(told) for told, _ in outputs)


if __name__ == "__main__":
    kind, address, *numbers = sys.argv[1:]
    if kind == "threads":
        run_threads(address, numbers[0], int(numbers[1]), int(numbers[2]))
    else:
        run_saves(address, int(numbers[0]))
