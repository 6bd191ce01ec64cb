"""The running app and a real browser, once for all browser tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.harness import SCREEN, OpenPage, address, wait_until_ready

ROOT = Path(__file__).parents[2]
CHROMIUM = Path(os.environ.get("PLANNER_CHROMIUM", "/usr/bin/chromium"))
FLAGS = ["--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking"]
# Machines that build have slow moments; how fast the app is, the bench measures.
PATIENCE = 15_000  # milliseconds
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app of its own, started once and warm."""
    with running_app(ROOT / "app.py", tmp_path_factory.mktemp("server") / "log") as url:
        yield url


@contextmanager
def running_app(script: Path, log: Path) -> Iterator[str]:
    """The address of an app that runs until the block ends."""
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    options = ["--server.port", str(port), "--server.headless", "true"]
    options += ["--server.fileWatcherType", "none"]
    # The tests' own apps find the planner as the tests do: from the repository.
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with log.open("wb") as output:
        process = subprocess.Popen(
            command + options,
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            url = f"http://localhost:{port}"
            _wait_for(url, process, log)
            yield url
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture(scope="session")
def browser(server: str) -> Iterator[Browser]:
    """Debian's Chromium, having seen the start page once."""
    if not CHROMIUM.exists():
        missing = f"{CHROMIUM} is missing: apt-get install chromium"
        if os.environ.get("PLANNER_REQUIRE_ALL") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        first = chromium.new_page(locale="fi-FI")
        first.goto(server)
        wait_until_ready(first)
        first.close()
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """A Finnish browser on a desktop screen that keeps what it has fetched of the app's files."""
    context = browser.new_context(locale="fi-FI", viewport=SCREEN)
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture(scope="session")
def tab(window: BrowserContext) -> Page:
    """The tab in which the tests follow each other."""
    return window.new_page()


@pytest.fixture
def page(tab: Page) -> Iterator[Page]:
    """A tab of a Finnish browser on a desktop screen, with nothing stored and the mouse away.

    All tests go to their addresses in the same tab: a new one costs a second, since it compiles the
    app's scripts anew. A session of the app ends with its page, so each visit has one of its own.
    """
    yield tab
    tab.set_viewport_size(SCREEN)
    tab.mouse.move(0, 0)
    tab.evaluate("() => { try { localStorage.clear(); sessionStorage.clear(); } catch { } }")
    tab.context.clear_cookies()


@pytest.fixture
def first_visit(browser: Browser) -> Iterator[Page]:
    """An empty page of a browser that has never been here and has to fetch everything."""
    context = browser.new_context(locale="fi-FI", viewport=SCREEN)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture
def open_page(page: Page, server: str) -> OpenPage:
    """Opens a page of the app by its key and parameters and waits until it is drawn."""

    def open_(path: str = "", **params: object) -> Page:
        page.goto(address(server, path, **params))
        wait_until_ready(page)
        return page

    return open_


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            if httpx.get(f"{url}/_stcore/health").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    pytest.fail(f"the app did not start:\n{log.read_text(errors='replace')}")
