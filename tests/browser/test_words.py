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


@pytest.fixture
def opened(page: Page, widgets: str, request: pytest.FixtureRequest) -> Page:
    """The app of widgets in the language a test is parametrised with."""
    return show(page, address(widgets, lang=request.node.callspec.params["lang"]))


def show(page: Page, url: str) -> Page:
    """The page with its last and slowest pieces in place."""
    page.goto(url)
    wait_until_ready(page)
    page.wait_for_selector(".vega-embed svg, .vega-embed canvas")
    page.wait_for_selector("[data-testid=stFileUploaderDropzone]")
    return page


@pytest.mark.parametrize("lang", ["fi", "sv"])
def test_no_built_in_english_is_left(opened: Page, lang: str) -> None:
    page = opened
    assert catalogue(lang)("builtin.upload") in spoken_words(page)
    left: dict[str, list[str]] = {"at rest": english_words_left(page, lang)}
    page.get_by_label("101", exact=True).fill("1")
    page.wait_for_timeout(200)
    left["while typing"] = english_words_left(page, lang)
    for label in ("102", "117"):
        page.get_by_label(label, exact=True).fill("1")
        page.wait_for_timeout(200)
        left[f"while typing in {label}"] = english_words_left(page, lang)
    for label in ("104", "105"):
        page.get_by_label(label, exact=True).click()
        page.wait_for_timeout(300)
        left[f"open {label}"] = english_words_left(page, lang)
        page.keyboard.type("zzz")
        page.wait_for_timeout(300)
        left[f"searching {label}"] = english_words_left(page, lang)
        page.keyboard.press("Escape")
    page.locator("[data-testid=stPopoverButton]").click()
    page.wait_for_timeout(300)
    left["popover"] = english_words_left(page, lang)
    page.keyboard.press("Escape")
    assert {state: words for state, words in left.items() if words} == {}


@pytest.mark.parametrize("lang", ["fi", "sv"])
def test_tables_and_their_tools_speak_the_language(opened: Page, lang: str) -> None:
    page, texts = opened, catalogue(lang)
    page.locator("[data-testid=stDataFrame]").first.hover()
    for text_id in ("builtin.csv", "builtin.search", "builtin.fullscreen", "builtin.columns"):
        expect(page.get_by_role("button", name=texts(text_id)).first).to_be_attached()
    page.get_by_role("button", name=texts("builtin.search")).first.click()
    page.wait_for_timeout(300)
    assert english_words_left(page, lang) == []


@pytest.mark.parametrize("lang", ["fi", "sv"])
def test_calendars_follow_the_page_not_the_browser(opened: Page, lang: str) -> None:
    page = opened
    page.get_by_role("button", name=catalogue(lang)("builtin.date_choose")).first.click()
    page.wait_for_timeout(500)
    assert english_words_left(page, lang) == []
    assert page.evaluate(
        "new Intl.DateTimeFormat(navigator.language).resolvedOptions().locale"
    ) == (f"{lang}-FI")


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
