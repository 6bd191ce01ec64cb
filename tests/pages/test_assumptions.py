"""The page of assumptions: every table in three languages, numbers in the language's form."""

from __future__ import annotations

import html as markup
import re

import pytest
from streamlit.testing.v1 import AppTest

from planner.assumptions import load_assumptions
from planner.texts import LANGUAGES, catalogue
from tests.pages.conftest import RunPage

SHIPPED = load_assumptions()
GROUPS = (
    "settings",
    *dict.fromkeys(item.group for item in SHIPPED.items.values()),
    "waves",
)


def bodies(app: AppTest) -> str:
    """All raw HTML of the page, its entities read."""
    return markup.unescape("".join(element.proto.body for element in app.get("html")))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_group_has_its_table(run_page: RunPage, lang: str) -> None:
    app, texts = run_page("assumptions", lang=lang), catalogue(lang)
    assert not app.exception
    assert not app.error
    assert app.title[0].value == texts("page.assumptions")
    assert [head.value for head in app.header] == [texts(f"assumption.group.{g}") for g in GROUPS]
    page = bodies(app)
    labels = re.findall(r'<table [^>]*aria-label="([^"]*)"', page)
    assert labels == [texts(f"assumption.group.{g}") for g in GROUPS]
    assert [f'href="#{group}"' in page for group in GROUPS] == [True] * len(GROUPS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_stands_on_the_page(run_page: RunPage, lang: str) -> None:
    page, texts = bodies(run_page("assumptions", lang=lang)), catalogue(lang)
    for name in SHIPPED.items:
        assert texts(f"assumption.{name}.label") in page
        assert texts(f"assumption.{name}.why") in page
    for name in SHIPPED.settings:
        assert texts(f"setting.{name}.label") in page
        assert texts(f"setting.{name}.why") in page
    for source in SHIPPED.sources.values():
        assert source.cite(lang) in page
    for wave in SHIPPED.waves:
        assert wave.name(lang) in page


@pytest.mark.parametrize(
    ("lang", "numbers"),
    [
        ("fi", ["1\xa0500\xa0000", "12.1.2026", "1,5\xa0%", "0,25", "3.3.2025 (viikko 10)"]),
        ("sv", ["1\xa0500\xa0000", "12.1.2026", "1,5\xa0%", "0,25", "3.3.2025 (vecka 10)"]),
        ("en", ["1,500,000", "12 January 2026", "1.5%", "0.25", "3 March 2025 (week 10)"]),
    ],
)
def test_numbers_are_in_the_form_of_the_language(
    run_page: RunPage, lang: str, numbers: list[str]
) -> None:
    cells = set(re.findall(r"<td[^>]*>([^<]*)</td>", bodies(run_page("assumptions", lang=lang))))
    assert set(numbers) - cells == set()
    wrong = r"\d\.\d+\b(?!\.)|\d%" if lang != "en" else r"\d,\d{1,2}\b|\d\s%"
    dates = re.compile(r"\d+\.\d+\.\d{4}")
    figures = [dates.sub("", cell) for cell in cells if len(cell) < 25]
    assert [cell for cell in figures if re.search(wrong, cell)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_legal_status_of_the_start_is_left_open(run_page: RunPage, lang: str) -> None:
    words = {"fi": "ei ole voitu vahvistaa", "sv": "inte gått att bekräfta", "en": "could not be"}
    assert words[lang] in bodies(run_page("assumptions", lang=lang))


def test_two_files_can_be_downloaded(run_page: RunPage) -> None:
    app, texts = run_page("assumptions", lang="sv"), catalogue("sv")
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels == [texts("download.assumptions"), texts("download.waves")]
