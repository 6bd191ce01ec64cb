"""The self-assessment as its user meets it: answered and saved by keyboard, and printed."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from planner.texts import catalogue
from tests.browser.harness import (
    OpenPage,
    axe_violations,
    english_words_left,
    overflow,
    wait_until_ready,
)

PORVOO = "638"


def check_look(page: Page, lang: str) -> None:
    """No broken rule, no English word, nothing beyond a narrow screen."""
    assert axe_violations(page) == []
    assert english_words_left(page, lang) == []
    assert overflow(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_answers_are_given_and_saved_by_keyboard(open_page: OpenPage, tmp_path: Path) -> None:
    lang = "sv"
    texts = catalogue(lang)
    page = open_page("readiness", lang=lang, kunta=PORVOO)
    lead = page.locator(f".st-key-readiness-{PORVOO}-lead")
    lead.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    first = texts("readiness.q.lead.nobody")
    expect(lead.get_by_role("radio", name=first)).to_be_checked()
    expect(page.locator(".planner-steps")).to_contain_text(texts("readiness.step.lead_name"))
    wait_until_ready(page)
    page.keyboard.press("ArrowDown")
    expect(lead.get_by_role("radio", name=texts("readiness.q.lead.informal"))).to_be_checked()
    wait_until_ready(page)
    # the next press of Tab leads on to the next question
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    quality = page.locator(f".st-key-readiness-{PORVOO}-quality")
    expect(quality.get_by_role("radio", name=texts("readiness.q.quality.not"))).to_be_checked()
    wait_until_ready(page)

    page.get_by_role("textbox", name=texts("author.label")).fill("Aino")
    page.keyboard.press("Tab")
    wait_until_ready(page)
    page.get_by_role("button", name=texts("readiness.save"), exact=True).press("Enter")
    expect(page.get_by_role("status")).to_contain_text(texts("readiness.saved"))
    wait_until_ready(page)
    expect(page.locator("h2").first).to_contain_text(texts("readiness.level.2"))
    with page.expect_download() as started:
        page.get_by_role("button", name=texts("readiness.sheet.download")).press("Enter")
    for summary in page.locator("[data-testid=stExpander] summary").all():
        summary.click()
    check_look(page, lang)

    file = tmp_path / started.value.suggested_filename
    started.value.save_as(file)
    page.goto(file.as_uri())
    assert axe_violations(page) == []
    assert english_words_left(page, lang) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    sheet = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type /Page\b(?!s)", sheet)) == 1
