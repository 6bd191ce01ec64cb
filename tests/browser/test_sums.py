"""A municipality closed and with every fold open: readable, accessible, no wider than a screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from planner.texts import LANGUAGES
from tests.browser.harness import (
    NARROW,
    OpenPage,
    faint_chart_texts,
    faults,
    frame_faults,
    overflow,
)


def open_all(folds: Locator) -> None:
    """Opens the first fold as a reader does and the others at once, without watching each slide."""
    folds.first.click()
    folds.evaluate_all("([, ...others]) => others.forEach((fold) => fold.click())")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_fits_and_every_sum_opens_and_fits(open_page: OpenPage, lang: str) -> None:
    page = open_page(kunta="249", lang=lang)
    assert frame_faults(page, "municipality", lang) == []
    assert faults(page, lang, NARROW) == {}

    open_all(page.locator("[data-testid=stExpander] > details > summary"))
    # what a fold holds is drawn once it is open
    used = page.locator("details.planner-used > summary")
    expect(used).to_have_count(5)
    open_all(used)

    assert page.locator("details.planner-used[open] table").count() == 5
    assert overflow(page) == []
    assert faults(page, lang) == {}
    assert faint_chart_texts(page) == []
