"""The capacity page in a browser: by keyboard alone in under a minute, readable for everybody."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from planner.texts import LANGUAGES, catalogue
from tests.browser.harness import (
    OpenPage,
    axe_violations,
    english_words_left,
    overflow,
    wait_until_ready,
)

FI = catalogue("fi")
LIMIT = 60.0  # seconds

FOCUSED = """() => {
  const at = document.activeElement;
  return `${at.tagName} ${at.getAttribute("aria-label") || at.innerText}`;
}"""


class Keyboard:
    """Hands on a keyboard, never on a mouse: counts what they press."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.presses = 0

    def press(self, *keys: str) -> None:
        """Presses keys one after the other."""
        for key in keys:
            self._page.keyboard.press(key)
            self.presses += 1

    def type(self, text: str) -> None:
        """Types a text letter by letter, as fast as a good typist."""
        self._page.keyboard.type(text, delay=60)
        self.presses += len(text)

    def tab_to(self, wanted: str) -> None:
        """Goes on with Tab until what has the focus is that: its tag and its name."""
        for _ in range(60):
            if self._page.evaluate(FOCUSED).startswith(wanted):
                return
            self.press("Tab")
        pytest.fail(f"Tab never comes to {wanted!r}")


def test_a_planner_corrects_saves_and_downloads_by_keyboard_in_a_minute(
    open_page: OpenPage, tmp_path: Path, record_property: pytest.RecordProperty
) -> None:
    page = open_page(lang="fi")
    keys, start = Keyboard(page), time.monotonic()

    keys.tab_to(f"INPUT {FI('control.municipality')}")
    keys.type("Ähtä")
    keys.press("Enter")
    expect(page.locator("h1")).to_have_text("Ähtäri")
    expect(page.locator(".planner-verdict")).to_be_visible()
    wait_until_ready(page)
    keys.tab_to(f"A {FI('capacity.support.detail')}")
    keys.press("Enter")
    expect(page.locator("h1")).to_have_text(FI("capacity.title.place", place="Ähtäri"))
    wait_until_ready(page)
    before = page.locator(".planner-word").inner_text()

    keys.tab_to("CANVAS")
    keys.press("ArrowRight", "ArrowRight", "Enter")
    page.wait_for_selector("textarea.gdg-input")
    keys.press("Control+a")
    keys.type("24,5")
    keys.press("Enter")
    expect(page.locator(".planner-word")).to_contain_text("→")
    expect(page.locator(".planner-table").first).to_contain_text("28,5")  # with the 4 of volunteers
    keys.tab_to(f"INPUT {FI('author.label')}")
    keys.type("Aino")
    keys.press("Tab")
    wait_until_ready(page)
    keys.tab_to(f"BUTTON {FI('capacity.save')}")
    keys.press("Enter")
    expect(page.get_by_text(FI("capacity.done.saved"))).to_be_visible()
    expect(page.locator(".planner-word")).not_to_contain_text("→")
    assert page.locator(".planner-word").inner_text() != before
    keys.tab_to(f"BUTTON {FI('capacity.download.xlsx')}")
    with page.expect_download() as download:
        keys.press("Enter")

    seconds = time.monotonic() - start
    record_property("seconds", round(seconds, 1))
    record_property("key_presses", keys.presses)
    print(f"by keyboard: {seconds:.1f} s, {keys.presses} key presses")  # noqa: T201
    file = tmp_path / "saved.xlsx"
    download.value.save_as(file)
    rows = list(load_workbook(file).worksheets[0].iter_rows(values_only=True))
    assert (rows[1][1], rows[1][4], rows[1][-1]) == ("Ähtäri", 24.5, "ilmoitettu")
    assert seconds < LIMIT


def opened(open_page: OpenPage, **params: object) -> Page:
    """The page of a municipality with its table drawn, which comes in a file of its own."""
    page = open_page("capacity", **params)
    page.wait_for_selector("[data-testid=glide-cell-1-0]", state="attached")
    page.wait_for_timeout(300)
    return page


def put(page: Page, column: int, line: int, text: str) -> None:
    """Types a text over a cell of the table, both counted from 0."""
    lefts = (109, 234, 341, 437, 529, 629)
    page.locator("[data-testid=stDataFrame]").click(
        position={"x": lefts[column], "y": 53 + 35 * line}
    )
    page.keyboard.press("Enter")
    page.wait_for_selector("textarea.gdg-input")
    page.keyboard.press("Control+a")
    page.keyboard.type(text, delay=40)  # as hands do: the cell loses what comes all at once
    page.wait_for_timeout(100)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_reads_well_for_everybody_whatever_is_typed(open_page: OpenPage, lang: str) -> None:
    texts = catalogue(lang)
    page = opened(open_page, kunta="249", lang=lang)
    put(page, 2, 0, "12,5")
    expect(page.locator(".planner-word")).to_contain_text("→")
    put(page, 5, 1, "???")
    expect(page.get_by_text(texts("capacity.wrong"))).to_be_visible()
    page.get_by_role("button", name=texts("builtin.row_add")).focus()
    page.keyboard.press("Enter")
    wait_until_ready(page)

    assert axe_violations(page) == []
    if lang != "en":
        assert english_words_left(page, lang) == []
    assert overflow(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_rows_are_added_and_taken_out_by_keyboard(open_page: OpenPage) -> None:
    page = opened(open_page, kunta="249", lang="fi")
    rows = page.locator("[data-testid=stDataFrame] table tbody tr")
    there = rows.count()
    page.get_by_role("button", name=FI("builtin.row_add")).focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(there + 1)
    wait_until_ready(page)  # what comes above the table would move it under the pointer
    put(page, 1, there, "Haapamäki")
    expect(page.get_by_text(FI("capacity.missing.provider"))).to_be_visible()

    # back to the row, mark it, take it out
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+Space")
    page.keyboard.press("Delete")
    expect(rows).to_have_count(there)
    expect(page.get_by_text(FI("capacity.missing.provider"))).to_have_count(0)
