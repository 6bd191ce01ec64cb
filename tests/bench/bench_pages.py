"""How soon a reader sees something: the map in a warm server, and a rerun of each page."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from playwright.sync_api import Browser, sync_playwright

from tests.bench.harness import Result, bench
from tests.browser.conftest import CHROMIUM, FLAGS, ROOT, running_app
from tests.browser.harness import address, wait_until_ready

TIMES = 5


def first_map(browser: Browser, url: str) -> float:
    """Seconds from asking for the country page to the first municipality's shape on the map."""
    context = browser.new_context(locale="fi-FI", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    start = perf_counter()
    page.goto(address(url, "country"), wait_until="commit")
    page.wait_for_selector(".st-key-map path[aria-label]", timeout=30_000)
    taken = perf_counter() - start
    wait_until_ready(page)
    context.close()
    return taken


@bench
def pages() -> Iterator[Result]:
    """First map of a warm server, by a browser that keeps its cache and by one without any."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running_app(ROOT / "app.py", Path(folder) / "log") as url,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        first_map(browser, url)
        new = sorted(first_map(browser, url) for _ in range(TIMES))
        yield Result("first map, warm server, browser without cache", new[TIMES // 2], 2.0, "s")
        context = browser.new_context(locale="fi-FI", viewport={"width": 1280, "height": 900})
        page = context.new_page()
        taken = []
        for _ in range(TIMES + 1):
            start = perf_counter()
            page.goto(address(url, "country"), wait_until="commit")
            page.wait_for_selector(".st-key-map path[aria-label]", timeout=30_000)
            taken.append(perf_counter() - start)
            wait_until_ready(page)
        seen = sorted(taken[1:])
        yield Result(
            "first map, warm server, browser that has been there", seen[TIMES // 2], 2.0, "s"
        )
        browser.close()
