"""The platform's built-in words: none is left in English, in whatever state a widget is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from planner.texts import catalogue
from tests.browser.conftest import ROOT, running_app
from tests.browser.harness import address, english_words_left, spoken_words, wait_until_ready


@pytest.fixture(scope="module")
def widgets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app that shows every widget the planner may use."""
    script = ROOT / "tests" / "browser" / "words_app.py"
    with running_app(script, tmp_path_factory.mktemp("widgets") / "log") as url:
        yield url


def show(page: Page, url: str) -> Page:
    """The page with its last and slowest pieces in place."""
    page.goto(url)
    wait_until_ready(page)
    page.wait_for_selector(".vega-embed svg, .vega-embed canvas")
    page.wait_for_selector("[data-testid=stFileUploaderDropzone]")
    return page


@pytest.mark.parametrize("lang", ["fi", "sv"])
def test_no_built_in_english_is_left(page: Page, widgets: str, lang: str) -> None:
    texts = catalogue(lang)
    left: dict[str, list[str]] = {}

    def listen(state: str) -> None:
        page.wait_for_timeout(300)  # what is announced comes a little later than what is seen
        left[state] = english_words_left(page, lang)

    show(page, address(widgets, lang=lang))
    assert texts("builtin.upload") in spoken_words(page)
    listen("at rest")
    for label in ("101", "102", "117"):
        page.get_by_label(label, exact=True).fill("1")
        expect(page.locator("[data-testid=InputInstructions]")).to_have_count(1)
        listen(f"while typing in {label}")
    for label in ("104", "105"):
        page.get_by_label(label, exact=True).click()
        listen(f"open {label}")
        page.keyboard.type("zzz")
        expect(page.get_by_role("listbox")).to_be_visible()
        listen(f"searching {label}")
        page.keyboard.press("Escape")
    page.locator("[data-testid=stPopoverButton]").click()
    expect(page.locator("[data-testid=stPopoverBody]")).to_be_visible()
    listen("popover")
    page.keyboard.press("Escape")

    # tables and their tools
    page.locator("[data-testid=stDataFrame]").first.hover()
    for text_id in ("builtin.csv", "builtin.search", "builtin.fullscreen", "builtin.columns"):
        expect(page.get_by_role("button", name=texts(text_id)).first).to_be_attached()
    page.get_by_role("button", name=texts("builtin.search")).first.click()
    listen("search in a table")

    # calendars follow the page, not the browser
    page.get_by_role("button", name=texts("builtin.date_choose")).first.click()
    expect(page.get_by_role("application")).to_be_visible()
    listen("calendar")
    locale = "new Intl.DateTimeFormat(navigator.language).resolvedOptions().locale"
    assert page.evaluate(locale) == f"{lang}-FI"
    assert {state: words for state, words in left.items() if words} == {}


def test_the_language_changes_within_a_session(page: Page, widgets: str) -> None:
    show(page, address(widgets))
    page.evaluate("window.sameDocument = true")
    swedish, finnish = catalogue("sv")("builtin.upload"), catalogue("fi")("builtin.upload")
    assert finnish in spoken_words(page)
    page.get_by_role("button", name="120").click()
    page.wait_for_function("document.documentElement.lang === 'sv'")
    wait_until_ready(page)
    assert page.evaluate("window.sameDocument") is True
    assert swedish in spoken_words(page)
    assert finnish not in spoken_words(page)
    assert english_words_left(page, "sv") == []


def test_an_english_page_keeps_its_words(page: Page, widgets: str) -> None:
    show(page, address(widgets, lang="en"))
    said = spoken_words(page)
    assert catalogue("en")("builtin.upload") in said
    # The check that the other tests rely on does find English.
    assert len(english_words_left(page, "fi")) > 5
