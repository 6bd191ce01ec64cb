"""The country page: map, select box and table lead to a municipality; measures and sums."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from planner.texts import LANGUAGES, catalogue
from tests.browser.harness import (
    OpenPage,
    axe_violations,
    english_words_left,
    overflow,
    wait_until_ready,
)

PLACES = {"fi": "Sodankylä", "sv": "Sodankylä", "en": "Sodankylä"}


def place_on_map(page: Page, name: str):  # type: ignore[no-untyped-def]
    """The municipality's shape on the map."""
    return page.locator(f'path[aria-label^="{name}:"]')


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_click_on_the_map_leads_to_the_municipality(open_page: OpenPage, lang: str) -> None:
    page = open_page("country", lang=lang)
    shape = place_on_map(page, PLACES[lang])
    expect(shape).to_be_visible()
    shape.click()
    expect(page.locator("h1")).to_have_text(PLACES[lang])
    expect(page).to_have_url(re.compile("kunta=758"))
    expect(page).to_have_url(re.compile(f"lang={lang}"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_leads_to_the_municipality(open_page: OpenPage, lang: str) -> None:
    page = open_page("country", lang=lang)
    page.get_by_role("link", name=PLACES[lang], exact=True).click()
    expect(page.locator("h1")).to_have_text(PLACES[lang])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_select_box_leads_to_the_municipality(open_page: OpenPage, lang: str) -> None:
    page = open_page("country", lang=lang)
    box = page.get_by_role("combobox", name=re.compile(catalogue(lang)("control.go"))).first
    box.click()
    box.press_sequentially("Sodan")
    page.get_by_role("option", name=PLACES[lang]).click()
    expect(page.locator("h1")).to_have_text(PLACES[lang])


def test_all_308_municipalities_are_on_the_map_and_in_the_table(open_page: OpenPage) -> None:
    page = open_page("country")
    expect(place_on_map(page, "Helsinki")).to_be_visible()
    assert page.locator('.st-key-map path[aria-label*=": "]').count() == 308
    assert page.locator(".planner-table").first.locator("tbody tr").count() == 308


@pytest.mark.parametrize("lang", LANGUAGES)
def test_another_measure_changes_the_map(open_page: OpenPage, lang: str) -> None:
    texts = catalogue(lang)
    page = open_page("country", lang=lang)
    before = place_on_map(page, "Inari" if lang != "sv" else "Enare").get_attribute("aria-label")
    page.get_by_text(texts("measure.contacts_per_1000"), exact=True).first.click()
    expect(page).to_have_url(re.compile("measure=contacts_per_1000"))
    after = place_on_map(page, "Inari" if lang != "sv" else "Enare")
    expect(after).not_to_have_attribute("aria-label", str(before))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("measure", ["verdict", "share_of_staffed"])
def test_it_reads_well_for_everybody(open_page: OpenPage, lang: str, measure: str) -> None:
    page = open_page("country", lang=lang, measure=measure)
    expect(place_on_map(page, PLACES[lang])).to_be_visible()
    assert axe_violations(page) == []
    if lang != "en":
        assert english_words_left(page, lang) == []
    assert overflow(page) == []


def test_aland_stands_in_its_own_row_at_every_level(open_page: OpenPage) -> None:
    page = open_page("country")
    for level in ("region", "wellbeing_county", "development_centre"):
        page.get_by_text(catalogue("fi")(f"level.{level}"), exact=True).first.click()
        wait_until_ready(page)
        row = page.get_by_role("row", name=re.compile("^Ahvenanmaa"))
        expect(row).to_have_count(1)
