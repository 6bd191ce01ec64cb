"""What happened, as its user meets it: a log confirmed, a week tallied, a sheet printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from planner.texts import catalogue
from tests.browser.harness import (
    OpenPage,
    axe_violations,
    english_words_left,
    faint_chart_texts,
    overflow,
    wait_until_ready,
)

LOG = "kunta;viikko;käynnit\n" + "".join(
    f"249;2026-0{m};{n}\n"
    for m, n in (
        ("1-12", 9),
        ("1-19", 14),
        ("1-26", 18),
        ("2-02", 17),
        ("2-09", -1),
        ("2-16", 15),
    )
)


def upload(page: Page, tmp_path: Path) -> None:
    """Puts the log into the first upload."""
    file = tmp_path / "loki.csv"
    file.write_text(LOG, encoding="utf-8")
    page.locator("input[type=file]").first.set_input_files(file)


@pytest.mark.parametrize("lang", ["fi", "sv"])
def test_a_log_is_checked_confirmed_and_changes_the_forecast(
    open_page: OpenPage, tmp_path: Path, lang: str
) -> None:
    texts = catalogue(lang)
    page = open_page("learning", lang=lang, kunta="249")
    upload(page, tmp_path)
    confirm = f"{texts.count('learning.confirm', 5)}; {texts.count('learning.confirm.left_out', 1)}"
    expect(page.get_by_role("button", name=confirm)).to_be_visible()
    expect(page.get_by_role("region", name=texts("learning.problems"))).to_contain_text("-1")
    assert axe_violations(page) == []
    assert page.locator(".planner-verdict").count() == 0

    page.get_by_role("button", name=confirm).click()
    expect(page.locator(".planner-verdict")).to_be_visible()
    expect(page.locator("[data-testid=stVegaLiteChart] svg")).to_have_count(2)
    wait_until_ready(page)
    page.locator("[data-testid=stExpander] summary").first.click()
    assert axe_violations(page) == []
    assert faint_chart_texts(page) == []
    assert english_words_left(page, lang) == []
    assert overflow(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_nothing_is_lost_by_another_language_or_page(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("learning", lang="fi", kunta="249")
    upload(page, tmp_path)
    page.get_by_role("button", name=re.compile("Ota 5 riviä")).click()
    expect(page.locator(".planner-verdict")).to_be_visible()
    wait_until_ready(page)
    minutes = page.locator("[class*=st-key-tally-minutes] input")
    minutes.fill("25")
    minutes.press("Tab")
    wait_until_ready(page)
    page.get_by_role("link", name="På svenska").click()
    expect(page.locator("h1")).to_have_text(catalogue("sv")("learning.title"))
    expect(page.locator(".planner-verdict")).to_be_visible()
    expect(minutes).to_have_value("25")
    page.get_by_role("link", name=catalogue("sv")("page.how"), exact=True).click()
    expect(page.locator("h1")).to_have_text(catalogue("sv")("page.how.title"))
    page.get_by_role("link", name=catalogue("sv")("page.learning"), exact=True).click()
    expect(page.locator(".planner-verdict")).to_be_visible()
    expect(minutes).to_have_value("25")


def test_a_week_is_tallied_by_keyboard(open_page: OpenPage) -> None:
    texts = catalogue("fi")
    page = open_page("learning", lang="fi", kunta="249")
    page.locator("[class*=st-key-tally-point] input").fill("Pääkirjasto")
    page.keyboard.press("Tab")
    wait_until_ready(page)  # a run in between would close the list of topics
    topic = page.locator("[class*=st-key-tally-topic]").get_by_role("combobox")
    topic.press("ArrowDown")
    topic.press_sequentially("Muu digituki")
    page.get_by_role("option", name=texts("tally.topic.other")).wait_for()
    topic.press("Enter")
    wait_until_ready(page)
    minutes = page.locator("[class*=st-key-tally-minutes] input")
    minutes.fill("90")
    minutes.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("lähtötasoksi"))).to_contain_text("1,5")
    expect(minutes).to_have_value("")
    assert axe_violations(page) == []
    page.get_by_role("button", name=re.compile("lähtötasoksi")).click()
    expect(page).to_have_url(re.compile("baseline=1.5"))
    assert overflow(page) == []


def test_the_sheet_prints_on_one_page_without_anything_from_outside(
    open_page: OpenPage, tmp_path: Path
) -> None:
    texts = catalogue("sv")
    page = open_page("learning", lang="sv", kunta="249")
    with page.expect_download() as started:
        page.get_by_role("button", name=texts("tally.sheet.download")).click()
    file = tmp_path / started.value.suggested_filename
    started.value.save_as(file)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    assert asked == [file.as_uri()]
    assert page.evaluate("document.documentElement.lang") == "sv"
    assert axe_violations(page) == []
    assert english_words_left(page, "sv") == []
    sheet = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type /Page\b(?!s)", sheet)) == 1
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
