"""The frame of every page in a real browser: language, focus, width, links, no calls outside."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from playwright.sync_api import Page, expect

from planner.texts import LANGUAGES, catalogue
from tests.browser.harness import (
    NARROW,
    PAGES,
    OpenPage,
    address,
    english_words_left,
    faults,
    frame_faults,
    wait_until_ready,
)

KEURUU, MARIEHAMN = "249", "478"
# Looked at in the same way by test_country.py and test_sums.py, which open them anyway.
ELSEWHERE = ("country", "municipality")


def query(page: Page) -> dict[str, str]:
    """The parameters of the page's address."""
    return {name: values[-1] for name, values in parse_qs(urlsplit(page.url).query).items()}


@pytest.mark.parametrize(
    ("params", "lang"),
    [
        ({}, "fi"),
        ({"lang": "sv"}, "sv"),
        ({"lang": "en"}, "en"),
        ({"kunta": MARIEHAMN}, "sv"),
        ({"kunta": MARIEHAMN, "lang": "fi"}, "fi"),
        ({"kunta": KEURUU}, "fi"),
        ({"lang": "de"}, "fi"),
    ],
)
def test_language_at_the_first_byte(server: str, params: dict[str, str], lang: str) -> None:
    for path in ("", "country"):
        answer = httpx.get(address(server, path, **params), headers={"accept-encoding": "gzip, br"})
        assert f'<html lang="{lang}">' in answer.text
        assert f"<title>{catalogue(lang)('shell.tool')}</title>" in answer.text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", [path for path in PAGES if path not in ELSEWHERE])
def test_every_page_in_every_language(open_page: OpenPage, path: str, lang: str) -> None:
    page = open_page(path, lang=lang, kunta=KEURUU)
    assert frame_faults(page, path, lang) == []
    assert faults(page, lang) == {}
    assert faults(page, lang, NARROW) == {}


def test_the_switch_keeps_page_and_parameters(open_page: OpenPage) -> None:
    page = open_page("how", kunta=KEURUU, hours="12.5")
    for code, name in (("sv", "På svenska"), ("en", "In English"), ("fi", "Suomeksi")):
        link = page.get_by_role("link", name=name)
        assert (link.get_attribute("lang"), link.get_attribute("hreflang")) == (code, code)
        link.click()
        page.wait_for_function(f"document.documentElement.lang === '{code}'")
        wait_until_ready(page)
        assert urlsplit(page.url).path == "/how"
        assert query(page) == {"lang": code, "kunta": KEURUU, "hours": "12.5"}
        expect(page.locator("h1")).to_have_text(catalogue(code)("page.how.title"))
        assert page.evaluate("document.documentElement.lang") == code


def test_an_unknown_language_is_told_in_finnish(open_page: OpenPage) -> None:
    page = open_page("how", lang="de")
    expect(page.get_by_role("alert").first).to_contain_text("Kieltä ”de” ei ole")
    expect(page.locator("h1")).to_have_text(catalogue("fi")("page.how.title"))


def test_parameters_survive_a_change_of_page_without_a_reload(open_page: OpenPage) -> None:
    page = open_page("how", lang="sv", kunta=KEURUU, hours="3")
    page.evaluate("window.sameDocument = true")
    for path in ("country", "assumptions", "how"):
        page.get_by_role("navigation", name="Sidor").get_by_role(
            "link", name=catalogue("sv")(f"page.{path}")
        ).click()
        page.wait_for_url(f"**/{path}?*")
        expect(page.locator("[class*=st-key-planner_pages] a[aria-current=page]")).to_have_text(
            catalogue("sv")(f"page.{path}")
        )
        wait_until_ready(page)
        assert query(page) == {"lang": "sv", "kunta": KEURUU, "hours": "3"}
    assert page.evaluate("window.sameDocument") is True
    page.go_back()
    page.wait_for_url("**/assumptions?*")
    assert query(page)["kunta"] == KEURUU


def test_the_language_follows_a_municipality_of_aland_within_the_session(
    open_page: OpenPage,
) -> None:
    page = open_page("how", kunta=MARIEHAMN)
    assert page.evaluate("[document.documentElement.lang, navigator.language]") == ["sv", "sv-FI"]
    expect(page.locator("h1")).to_have_text(catalogue("sv")("page.how.title"))


def test_focus_is_seen_on_everything_in_the_header(open_page: OpenPage) -> None:
    page = open_page("how")
    seen = []
    for _ in range(8 + len(PAGES)):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                """() => {
                  const style = getComputedStyle(document.activeElement);
                  const name = document.activeElement.innerText;
                  return [name, style.outlineStyle, parseFloat(style.outlineWidth)];
                }"""
            )
        )
    names = [name for name, _, _ in seen]
    for expected in ("På svenska", "In English", "Kunta", "Koko maa", "Oletukset", "Käyttöohje"):
        assert expected in names
    weak = [entry for entry in seen if entry[0] and (entry[1] != "solid" or entry[2] < 3)]
    assert weak == []


def test_nothing_outside_is_asked(first_visit: Page, server: str) -> None:
    page, asked = first_visit, list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address(server, "how"))
    wait_until_ready(page)
    outside = [url for url in asked if not url.startswith((server, "data:", "blob:"))]
    assert asked
    assert outside == []


def test_an_unknown_page_is_told_in_finnish(open_page: OpenPage) -> None:
    page = open_page("no-such-page")
    expect(page.get_by_role("dialog")).to_contain_text("Sivua ei ole")
    assert english_words_left(page, "fi") == []
