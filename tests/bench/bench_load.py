"""How soon a page answers an edit: to one reader, and to fifty who think five seconds each."""

from __future__ import annotations

import asyncio
import os
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from unittest.mock import patch

from planner.snapshot import load_snapshot
from tests.bench.harness import Result, bench
from tests.bench.visitor import Visitor
from tests.browser.conftest import ROOT, running_app

READERS = 50
THINKING = 5.0  # seconds on average
LASTING = 60.0  # seconds of edits
ALONE = 12
# the label of the first of the three questions, in Finnish
FIELD = "Montako tuntia viikossa tukea annetaan nyt?"


async def one_reader(url: str) -> list[float]:
    """Seconds of each of ALONE edits by somebody who is alone on the server."""
    visitor = Visitor(url, "", "kunta=249&lang=fi")
    await visitor.open()
    taken = [await visitor.type(FIELD, str(hours)) for hours in range(1, ALONE + 2)]
    await visitor.close()
    return taken[1:]


async def many_readers(url: str) -> list[float]:
    """Seconds of every edit of READERS people in as many municipalities, LASTING seconds long."""
    rng = random.Random(1)
    codes = rng.sample(load_snapshot().codes, READERS)
    taken: list[float] = []
    visitors = [Visitor(url, "", f"kunta={code}&lang=fi") for code in codes]
    for visitor in visitors:
        await visitor.open()
    until = perf_counter() + LASTING

    async def reader(visitor: Visitor) -> None:
        await asyncio.sleep(rng.uniform(0, THINKING))
        while perf_counter() < until:
            taken.append(await visitor.type(FIELD, str(rng.randint(1, 400) / 10).replace(".", ",")))
            await asyncio.sleep(rng.uniform(0.5, 1.5) * THINKING)

    await asyncio.gather(*(reader(visitor) for visitor in visitors))
    for visitor in visitors:
        await visitor.close()
    return taken


@bench
def load() -> Iterator[Result]:
    """A rerun of the municipality page after an edit, one process, with one user and with fifty."""
    with (
        tempfile.TemporaryDirectory() as folder,
        patch.dict(os.environ, {"XDG_DATA_HOME": folder}),  # a store of its own
        running_app(ROOT / "app.py", Path(folder) / "log") as url,
    ):
        alone = asyncio.run(one_reader(url))
        yield Result("rerun after an edit, one user, median", median(alone), 0.25, "s")
        crowd = asyncio.run(many_readers(url))
        what = f"rerun after an edit, {READERS} users, {THINKING:g} s of thought, median"
        yield Result(what, median(crowd), 0.5, "s")
