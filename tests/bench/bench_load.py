"""How soon a page answers an edit: to one reader, and to fifty who think five seconds each."""

from __future__ import annotations

import asyncio
import os
import random
import tempfile
from collections.abc import Iterator, Sequence
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
LASTING = 40.0  # seconds of edits
ALONE = 12
PAGES = ("capacity", "")  # the start page is the municipality page
# the label of the first of its three questions, in Finnish
FIELD = "Montako tuntia viikossa tukea annetaan nyt?"


async def edit(visitor: Visitor, hours: float) -> float:
    """Seconds of one edit: of the table on the capacity page, of the first question elsewhere."""
    text = f"{hours:g}".replace(".", ",")
    if visitor.page == "capacity":
        return await visitor.correct(0, hours=text)
    return await visitor.type(FIELD, text)


async def one_reader(url: str, page: str) -> list[float]:
    """Seconds of each of ALONE edits by somebody who is alone on the server."""
    visitor = Visitor(url, page, "kunta=249&lang=fi")
    await visitor.open()
    taken = [await edit(visitor, hours) for hours in range(1, ALONE + 2)]
    await visitor.close()
    return taken[1:]


async def many_readers(url: str, pages: Sequence[str]) -> list[float]:
    """Seconds of every edit of READERS people in as many municipalities, LASTING seconds long.

    pages: on which they are, one after the other.
    """
    rng = random.Random(1)
    codes = rng.sample(load_snapshot().codes, READERS)
    taken: list[float] = []
    visitors = [
        Visitor(url, pages[number % len(pages)], f"kunta={code}&lang=fi")
        for number, code in enumerate(codes)
    ]
    for visitor in visitors:
        await visitor.open()
    until = perf_counter() + LASTING

    async def reader(visitor: Visitor) -> None:
        await asyncio.sleep(rng.uniform(0, THINKING))
        while perf_counter() < until:
            taken.append(await edit(visitor, rng.randint(1, 400) / 10))
            await asyncio.sleep(rng.uniform(0.5, 1.5) * THINKING)

    await asyncio.gather(*(reader(visitor) for visitor in visitors))
    for visitor in visitors:
        await visitor.close()
    return taken


@bench
def load() -> Iterator[Result]:
    """A rerun after an edit, one process, with one user and with fifty."""
    with (
        tempfile.TemporaryDirectory() as folder,
        patch.dict(os.environ, {"XDG_DATA_HOME": folder}),  # a store of its own
        running_app(ROOT / "app.py", Path(folder) / "log") as url,
    ):
        for page in PAGES:
            alone = asyncio.run(one_reader(url, page))
            what = f"rerun after an edit, one user, {page or 'municipality'} page, median"
            yield Result(what, median(alone), 0.25, "s")
        for where, pages in {"capacity page": PAGES[:1], "both pages": PAGES}.items():
            crowd = asyncio.run(many_readers(url, pages))
            what = (
                f"rerun after an edit, {READERS} users, {where}, {THINKING:g} s of thought, median"
            )
            yield Result(what, median(crowd), 0.5, "s")
