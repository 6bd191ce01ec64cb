"""The staffing page as a planner meets it: what is missing, another level, the spreadsheet."""

from __future__ import annotations

import io
import re

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from planner.texts import catalogue
from tests.browser.harness import (
    OpenPage,
    axe_violations,
    english_words_left,
    faint_chart_texts,
    overflow,
    wait_until_ready,
)


@pytest.mark.parametrize("kunta", ["091", "295"])
def test_it_reads_well_for_everybody(open_page: OpenPage, kunta: str) -> None:
    page = open_page("staffing", kunta=kunta, lang="sv")
    for box in page.locator("[data-testid=stExpander] summary").all():
        box.click()
    wait_until_ready(page)
    assert axe_violations(page) == []
    assert faint_chart_texts(page) == []
    assert english_words_left(page, "sv") == []
    assert overflow(page) == []


def test_a_planner_rules_an_option_out_and_takes_the_spreadsheet(open_page: OpenPage) -> None:
    texts = catalogue("fi")
    page = open_page("staffing", kunta="249", lang="fi", start="2027-01-11", existing="1500000")
    before = page.locator(".planner-verdict").inner_text()
    assert texts("staff.option.group") in before

    page.get_by_text("Ryhmäneuvonta", exact=True).first.click()

    expect(page).to_have_url(re.compile("without=group"))
    expect(page.locator(".planner-verdict")).not_to_contain_text(texts("staff.option.group"))
    with page.expect_download() as taken:
        page.get_by_role("button", name=texts("staff.download.book")).click()
    book = load_workbook(io.BytesIO(taken.value.path().read_bytes()))
    assert book.sheetnames[0] == texts("staff.sheet.weeks")
    options = book[texts("staff.sheet.options")]
    names = [row[0].value for row in options.iter_rows(min_row=2)]
    assert names[-1] == texts("staff.row.mix")
