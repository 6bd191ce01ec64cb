"""The country page: map, select box and table lead to a municipality; measures and sums."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from planner.texts import LANGUAGES, catalogue
from tests.browser.harness import (
    NARROW,
    SCREEN,
    OpenPage,
    faults,
    frame_faults,
    overflow,
    wait_for_heading,
    wait_until_ready,
)

PLACES = {"fi": "Sodankylä", "sv": "Sodankylä", "en": "Sodankylä"}


def place_on_map(page: Page, name: str):  # type: ignore[no-untyped-def]
    """The municipality's shape on the map."""
    return page.locator(f'path[aria-label^="{name}:"]')


@pytest.mark.parametrize("lang", LANGUAGES)
def test_map_table_and_select_box_lead_to_the_municipality(open_page: OpenPage, lang: str) -> None:
    page, place = open_page("country", lang=lang), PLACES[lang]

    def arrives() -> None:
        wait_for_heading(page, place)
        expect(page).to_have_url(re.compile("kunta=758"))
        expect(page).to_have_url(re.compile(f"lang={lang}"))

    def back() -> None:
        page.go_back()
        expect(place_on_map(page, place)).to_be_visible()
        wait_until_ready(page)

    place_on_map(page, place).click()
    arrives()
    back()
    page.get_by_role("link", name=place, exact=True).click()
    arrives()
    back()
    box = page.get_by_role("combobox", name=re.compile(catalogue(lang)("control.go"))).first
    box.click()
    box.press_sequentially(place[:5])
    page.get_by_role("option", name=place).click()
    arrives()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_reads_well_and_another_measure_changes_the_map(open_page: OpenPage, lang: str) -> None:
    texts = catalogue(lang)
    page = open_page("country", lang=lang)
    shape = place_on_map(page, "Inari" if lang != "sv" else "Enare")
    expect(shape).to_be_visible()
    assert frame_faults(page, "country", lang) == []
    assert faults(page, lang) == {}
    assert faults(page, lang, NARROW) == {}

    page.set_viewport_size(SCREEN)
    for measure in ("contacts_per_1000", "share_of_staffed"):
        before = shape.get_attribute("aria-label")
        page.get_by_text(texts(f"measure.{measure}"), exact=True).first.click()
        expect(page).to_have_url(re.compile(f"measure={measure}"))
        expect(shape).not_to_have_attribute("aria-label", str(before))
    wait_until_ready(page)
    assert faults(page, lang) == {}
    assert overflow(page) == []


def test_every_municipality_and_aland_at_every_level_are_there(open_page: OpenPage) -> None:
    page = open_page("country")
    expect(place_on_map(page, "Helsinki")).to_be_visible()
    assert page.locator('.st-key-map path[aria-label*=": "]').count() == 308
    assert page.locator(".planner-table").first.locator("tbody tr").count() == 308
    for level in ("region", "wellbeing_county", "development_centre"):
        page.get_by_text(catalogue("fi")(f"level.{level}"), exact=True).first.click()
        wait_until_ready(page)
        row = page.get_by_role("row", name=re.compile("^Ahvenanmaa"))
        expect(row).to_have_count(1)
