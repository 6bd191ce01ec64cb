"""The municipality page as its user meets it: choose a place, answer, change the basis."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from planner.texts import LANGUAGES, catalogue
from planner.ui.fields import SETTLED
from tests.browser.harness import (
    OpenPage,
    faint_chart_texts,
    faults,
    overflow,
    wait_for_heading,
    wait_until_ready,
)

PLACES = {"fi": "Keuruu", "sv": "Keuru", "en": "Keuruu"}


def word(page: Page) -> str:
    """The verdict's word, with its note that it is an estimate."""
    return page.locator(".planner-word").inner_text()


def answer_question(page: Page, label: str, text: str) -> None:
    """Types an answer and leaves the field by Enter."""
    field = page.get_by_label(label)
    field.fill(text)
    field.press("Enter")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_from_the_select_box_to_answers_and_another_target(open_page: OpenPage, lang: str) -> None:
    texts = catalogue(lang)
    page = open_page(lang=lang)
    verdict = page.locator(".planner-verdict")

    box = page.get_by_role("combobox").first
    box.click()
    box.press_sequentially(PLACES[lang][:5])
    page.get_by_role("option", name=PLACES[lang], exact=True).click()
    wait_for_heading(page, PLACES[lang])
    expect(page).to_have_url(re.compile("kunta=249"))
    expect(verdict).to_be_visible()

    # the three answers replace the estimate
    tight = texts("verdict.estimate", word=texts("verdict.tight"))
    expect(page.locator(".planner-word")).to_contain_text(tight)
    wait_until_ready(page)
    answer_question(page, texts("question.hours"), "40,5")
    answer_question(page, texts("question.people"), "1")
    answer_question(page, texts("question.until"), "31.5.2027")
    expect(page).to_have_url(re.compile("hours=40.5.*people=1.*until=2027-05-31"))
    expect(verdict).to_contain_text(texts("note.one_person"))
    expect(verdict).to_contain_text("2027")
    assert tight not in word(page)

    # a changed target changes the figures
    wait_until_ready(page)
    before = page.locator(".planner-figures").inner_text()
    page.get_by_role("button", name=texts("control.drawer")).click()
    answer_question(page, texts("control.target"), "1500000")
    expect(page).to_have_url(re.compile("target=1500000"))
    expect(page.locator(".planner-figures")).not_to_have_text(before)
    page.get_by_role("button", name=texts("control.reset")).click()
    expect(page).not_to_have_url(re.compile("target="))


def test_an_answer_that_is_no_number_stays_and_is_told(open_page: OpenPage) -> None:
    texts = catalogue("fi")
    page = open_page(kunta="249")
    answer_question(page, texts("question.hours"), "kuusi")
    expect(page.get_by_text(texts("error.number", value="kuusi"))).to_be_visible()
    expect(page.get_by_label(texts("question.hours"))).to_have_value("kuusi")
    expect(page.locator(".planner-verdict")).to_be_visible()


# Keuruu, 249, is looked at in test_sums.py, which opens all its folds.
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kunta", ["295", "091"])
def test_it_reads_well_for_everybody(open_page: OpenPage, lang: str, kunta: str) -> None:
    page = open_page(kunta=kunta, lang=lang)
    page.locator("[data-testid=stExpander] summary").first.click()
    wait_until_ready(page)
    assert faults(page, lang) == {}
    assert faint_chart_texts(page) == []
    assert overflow(page) == []


def test_the_later_view_is_offered_and_speaks_of_its_date(open_page: OpenPage) -> None:
    texts = catalogue("fi")
    page = open_page(kunta="249", start="2025-01-13", existing="1500000")
    page.get_by_role("button", name=texts("view.offer")).click()
    expect(page).to_have_url(re.compile("from="))
    expect(page.locator(".planner-sentence")).to_contain_text("alkaen")


def test_a_library_director_answers_by_keyboard_alone(open_page: OpenPage) -> None:
    texts = catalogue("fi")
    page = open_page(kunta="249")
    page.get_by_label(texts("question.hours")).focus()
    page.keyboard.type("12,5")
    page.keyboard.press("Tab")
    page.keyboard.type("2")
    page.keyboard.press("Tab")
    expect(page).to_have_url(re.compile("hours=12.5.*people=2"))
    expect(page.get_by_label(texts("question.until"))).to_be_focused()


def test_the_basis_survives_a_change_of_page_and_back(open_page: OpenPage) -> None:
    texts = catalogue("fi")
    page = open_page(kunta="249", lang="fi", target="1000000", hours="20")
    page.get_by_role("link", name=texts("page.country"), exact=True).click()
    wait_for_heading(page, texts("page.country"))
    expect(page).to_have_url(re.compile("target=1000000"))
    expect(page.locator(".planner-figures")).to_contain_text("1\u00a0000\u00a0000")
    page.get_by_role("link", name=texts("page.municipality"), exact=True).click()
    wait_for_heading(page, "Keuruu")
    expect(page).to_have_url(re.compile("target=1000000"))
    expect(page.get_by_label(texts("question.hours"))).to_have_value("20")


def test_the_target_date_follows_the_start(open_page: OpenPage) -> None:
    texts = catalogue("fi")
    page = open_page(kunta="249", lang="fi")
    page.get_by_role("button", name=texts("control.drawer")).click()
    answer_question(page, texts("control.start"), "1.2.2027")
    expect(page).to_have_url(re.compile("start=2027-02-01"))
    expect(page.get_by_label(texts("control.target_date"), exact=True)).to_have_value("20.1.2028")
    expect(page).not_to_have_url(re.compile("target_date"))
    assert page.locator("[data-testid=stAlert]").count() == 0


def test_more_draws_are_kept_from_page_to_page(open_page: OpenPage) -> None:
    texts = catalogue("sv")
    page = open_page(kunta="249", lang="sv", hours="5")
    weeks = page.locator("[data-testid=stVegaLiteChart]").first.locator(".mark-rect path")
    assert weeks.count() > 2 * 52  # the band and what was given before
    page.get_by_text(texts("draws.1000"), exact=True).click()
    expect(page).to_have_url(re.compile("draws=1000"))
    wait_until_ready(page)
    page.get_by_role("link", name=texts("page.country"), exact=True).click()
    wait_for_heading(page, texts("page.country"))
    expect(page).to_have_url(re.compile("draws=1000"))


def test_back_takes_an_answer_back(open_page: OpenPage) -> None:
    texts = catalogue("fi")
    page = open_page(kunta="249", lang="fi")
    answer_question(page, texts("question.hours"), "5")
    expect(page).to_have_url(re.compile("hours=5"))
    wait_until_ready(page)
    answer_question(page, texts("question.hours"), "9")
    expect(page).to_have_url(re.compile("hours=9"))
    wait_until_ready(page)
    page.wait_for_timeout(1000 * SETTLED + 200)  # within that time the field leads
    page.go_back()
    expect(page).to_have_url(re.compile("hours=5"))
    expect(page.get_by_label(texts("question.hours"))).to_have_value("5")
