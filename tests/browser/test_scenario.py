"""The scenario page as its user meets it: change by keyboard, send the link, same figures there."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from planner.texts import catalogue
from tests.browser.harness import NARROW, OpenPage, faults, wait_until_ready

TEXTS = catalogue("fi")
SHARE = TEXTS(
    "scenario.field",
    name=TEXTS("assumption.official_share.label"),
    unit=TEXTS("scenario.unit.share"),
)
REASON = TEXTS("scenario.reason", what=TEXTS("assumption.official_share.label"))


def figures(page: Page) -> str:
    """Everything the tables of results say."""
    return page.locator(".st-key-scenario-effect").inner_text()


def test_a_change_by_keyboard_travels_by_its_link(open_page: OpenPage, browser: Browser) -> None:
    page = open_page("scenario", kunta="249", lang="fi")
    effect = page.locator(".st-key-scenario-effect")
    expect(effect).to_contain_text("Keuruu")

    page.get_by_label(SHARE).focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("40")
    page.keyboard.press("Tab")
    expect(page).to_have_url(re.compile(r"scenario=1\."))
    expect(effect).to_contain_text("(+100\u00a0%)")
    page.get_by_label(REASON).focus()
    page.keyboard.type("Puolet autetaan kotona")
    page.keyboard.press("Enter")
    expect(page.locator(".planner-table").first).to_contain_text("Puolet autetaan kotona")
    wait_until_ready(page)
    link = page.locator("[data-testid=stCode]").inner_text().replace("\n", "")

    context = browser.new_context(locale="sv-FI", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    other = context.new_page()
    other.goto(link)
    wait_until_ready(other)
    expect(other.locator(".st-key-scenario-effect")).to_contain_text("(+100\u00a0%)")
    assert figures(other) == figures(page)
    expect(other.get_by_label(SHARE)).to_have_value("40")
    expect(other.get_by_label(REASON)).to_have_value("Puolet autetaan kotona")
    context.close()


def test_it_reads_well_for_everybody(open_page: OpenPage) -> None:
    texts = catalogue("sv")
    page = open_page("scenario", kunta="249", lang="sv", compare="1.x")
    expect(page.get_by_role("alert").first).to_contain_text(texts("error.link_damaged"))
    box = page.get_by_role("combobox").nth(1)
    box.click()
    page.get_by_role("option", name=texts("scenario.group.campaign")).click()
    page.get_by_role("button", name=texts("scenario.campaign.add")).click()
    expect(page.get_by_label(texts("scenario.campaign.weeks", number=1))).to_have_value("4")
    wait_until_ready(page)
    assert faults(page, "sv") == {}
    assert faults(page, "sv", NARROW) == {}


def test_what_is_typed_fast_is_all_taken(open_page: OpenPage) -> None:
    page = open_page("scenario", lang="fi")
    page.get_by_label(SHARE).fill("35")
    for name, unit, value in (
        ("minutes_individual", "unit.minutes", "45"),
        ("contacts_per_helped", "scenario.unit.contacts_per_person", "2"),
        ("half_life", "unit.weeks", "6"),
    ):
        label = TEXTS("scenario.field", name=TEXTS(f"assumption.{name}.label"), unit=TEXTS(unit))
        page.get_by_label(label).fill(value)
    page.keyboard.press("Tab")
    caption = page.get_by_text(TEXTS.count("scenario.differs", 4))
    expect(caption).to_be_visible()
    wait_until_ready(page)
    page.reload()
    wait_until_ready(page)
    expect(caption).to_be_visible()
