"""Long walks through edits and undos on both databases; tests/property has the short, odd ones."""

from __future__ import annotations

import random

from planner.store import Store
from tests.unit.store.walk import Step, walk


def steps(seed: int, count: int) -> list[Step]:
    """Steps at random."""
    chance = random.Random(seed)

    def step() -> Step:
        number, which, stale = chance.randrange(4), chance.randrange(20), chance.random() < 0.2
        return chance.choice(
            [
                ("save", number),
                ("change", which, number, int(stale)),
                ("delete", which, int(stale)),
                ("replace", [chance.randrange(4) for _ in range(number)], stale),
                ("undo", which),
            ]
        )

    return [("save", 0), *(step() for _ in range(count))]


def test_every_walk_can_be_told_and_taken_back(store: Store) -> None:
    walk(store, steps(seed=4, count=60))
