"""Show the sum, with every fold open: readable, accessible, and never wider than the screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.harness import OpenPage, axe_violations, english_words_left, overflow


@pytest.mark.parametrize("lang", ["fi", "sv"])
def test_every_sum_opens_and_fits(open_page: OpenPage, lang: str) -> None:
    page = open_page(kunta="249", lang=lang)
    for fold in page.locator("[data-testid=stExpander] > details > summary").all():
        fold.click()
    # what a fold holds is drawn once it is open
    expect(page.locator("details.planner-used > summary")).to_have_count(5)
    for fold in page.locator("details.planner-used > summary").all():
        fold.click()
    page.wait_for_timeout(500)

    assert page.locator("details.planner-used[open] table").count() == 5
    assert axe_violations(page) == []
    assert english_words_left(page, lang) == []
    assert overflow(page) == []
