"""What the browser tests share: addresses, accessibility rules, width, words left in English."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import axe_playwright_python
from playwright.sync_api import Page, ViewportSize, expect

from planner.texts import Texts, catalogue
from planner.ui.shell import PAGES

# Widgets come in files of their own, with a grey block in their place until then.
READY = """() => document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]")
  && document.querySelector(".planner-footer")?.checkVisibility()
  && !document.querySelector("[data-testid=stSkeleton]")"""
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
WIDE, NARROW = 1280, 320
SCREEN: ViewportSize = {"width": WIDE, "height": 900}

OpenPage = Callable[..., Page]


def address(server: str, path: str = "", **params: object) -> str:
    """The address of a page with its parameters; `from_` stands for `from`."""
    query = {name.removesuffix("_"): str(value) for name, value in params.items()}
    # The first page is the start page: it has no path of its own.
    path = "" if path == PAGES[0] else path
    return f"{server}/{path}" + (f"?{urlencode(query)}" if query else "")


def wait_until_ready(page: Page) -> None:
    """Waits until the page's script has run and everything up to the footer is drawn."""
    # Asked at every frame: the library's own waiting looks ever more seldom.
    page.wait_for_function(READY, timeout=30_000)


def wait_for_heading(page: Page, text: str) -> None:
    """Waits until the page of that heading is there, soon after it is."""
    page.wait_for_function(
        "text => document.querySelector('h1')?.innerText.trim() === text", arg=text
    )
    expect(page.locator("h1")).to_have_text(text)


def frame_faults(page: Page, path: str, lang: str) -> list[str]:
    """What is wrong with the frame of a page: its language, title, place among the pages, heading.

    Empty where nothing is.
    """
    texts = catalogue(lang)
    current = page.locator("[class*=st-key-planner_pages] a[aria-current=page]")
    expect(current).to_have_text(texts(f"page.{path}"))
    says, title = page.evaluate("document.documentElement.lang"), page.title()
    headings = page.locator("h1").count()
    right = {
        says: says == lang,
        title: title.endswith(texts("shell.tool")),
        f"{headings} headings of the first level": headings == 1,
    }
    return [what for what, holds in right.items() if not holds]


def faults(page: Page, lang: str, width: int = WIDE) -> dict[str, list[str]]:
    """What hinders readers of the page as it stands, by kind of fault; empty without faults.

    Broken accessibility rules, words of another language, and whatever reaches beyond the edge of
    a screen of that width.
    """
    found = {
        "too wide": overflow(page, width),
        "accessibility": axe_violations(page),
        "English": [] if lang == "en" else english_words_left(page, lang),
    }
    return {kind: those for kind, those in found.items() if those}


def settle(page: Page) -> None:
    """Waits until charts fit into their places and nothing has moved for a tenth of a second.

    After three seconds it waits no longer: whoever looks then finds what does not fit.
    """
    page.evaluate(
        """async () => {
          const charts = () => [...document.querySelectorAll("[data-testid=stVegaLiteChart]")];
          const width = (element) => element?.getBoundingClientRect().width ?? Infinity;
          const drawn = (chart) => width(chart.querySelector("svg, canvas"));
          const shape = () => {
            const main = document.querySelector("[data-testid=stMain]") ?? document.body;
            return [main.scrollWidth, main.scrollHeight, ...charts().map(drawn)].join();
          };
          const latest = performance.now() + 3000;
          let last = "", since = 0;
          while (performance.now() < latest) {
            await new Promise(requestAnimationFrame);
            const now = shape();
            if (now !== last) [last, since] = [now, performance.now()];
            const still = performance.now() - since >= 100;
            if (still && charts().every((chart) => drawn(chart) <= width(chart) + 1)) return;
          }
        }"""
    )


def axe_violations(page: Page) -> list[str]:
    """One line per broken accessibility rule: its id, what it asks, and the elements."""
    if page.evaluate("typeof axe") == "undefined":
        page.add_script_tag(path=str(AXE))
    options = "{resultTypes: ['violations'], selectors: false}"
    found: dict[str, Any] = page.evaluate(f"axe.run(document, {options})")
    return [
        f"{rule['id']}: {rule['help']}: {[node['html'][:200] for node in rule['nodes'][:5]]}"
        for rule in found["violations"]
    ]


def overflow(page: Page, width: int = NARROW) -> list[str]:
    """The elements that reach beyond the right edge of a screen of that width."""
    page.set_viewport_size({"width": width, "height": 800})
    settle(page)
    found: list[str] = page.evaluate(
        """(width) => {
          const scrolls = (element) => {
            for (let at = element.parentElement; at; at = at.parentElement) {
              const style = getComputedStyle(at);
              if (at.id === "root" || at === document.body) return false;
              if (/(auto|scroll)/.test(style.overflowX) && at.clientWidth <= width
                  && !at.matches("[data-testid=stMain]")) return true;
            }
            return false;
          };
          const found = [...document.querySelectorAll("#root *")].filter((element) => {
            const box = element.getBoundingClientRect();
            const style = getComputedStyle(element);
            return box.width > 1 && box.height > 1 && box.right > width + 1
              && style.visibility !== "hidden" && style.position !== "fixed"
              && !element.ownerSVGElement && !element.closest("[aria-hidden=true]")
              && !scrolls(element);
          }).map((element) => element.outerHTML.slice(0, 160));
          const page = document.documentElement.scrollWidth;
          return page > width ? [`the whole page: ${page}`, ...found] : found;
        }""",
        width,
    )
    return found


def spoken_words(page: Page) -> list[str]:
    """Everything the page says: visible texts and what assistive technology reads out."""
    words: list[str] = page.evaluate(
        """() => {
          const names = ["aria-label", "title", "placeholder", "alt", "aria-description",
                         "aria-roledescription"];
          const said = [document.title];
          const walker = document.createTreeWalker(document.body,
            NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
          for (let at = walker.currentNode; at; at = walker.nextNode()) {
            if (at.nodeType === Node.ELEMENT_NODE) {
              // A language's own name in the switch is not in the page's language.
              if (at.closest("[hreflang]")) continue;
              for (const name of names) if (at.hasAttribute(name)) said.push(at.getAttribute(name));
            } else if (!at.parentElement.closest("script, style, noscript, [hreflang]")) {
              said.push(at.data);
            }
          }
          return said.map((text) => text.trim()).filter(Boolean);
        }"""
    )
    return words


def english_words_left(page: Page, lang: str) -> list[str]:
    """What the page still says in English though its language is another."""
    return [said[:200] for said in spoken_words(page) if _is_english(said, lang)]


GIVEAWAYS = re.compile(
    r"\b(the|and|with|from|for|this|these|you|your|press|click|show|download|search|select|"
    r"choose|loading|please|people|weeks?|hours?|about|between|january|february|march|june|"
    r"july|october|container|axis|scale|titled|values)\b",
    re.IGNORECASE,
)


# Pages say the same thing hundreds of times: names of places, numbers, heads of tables.
@cache
def _is_english(said: str, lang: str) -> bool:
    plain, patterns = _english_sentences(lang)
    foreign = said in plain or any(pattern.fullmatch(said) for pattern in patterns)
    return foreign or GIVEAWAYS.search(said) is not None


@cache
def _english_sentences(lang: str) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    sentences = set(_sentences(catalogue("en"))) - set(_sentences(catalogue(lang)))
    plain = frozenset(text for text in sentences if "{" not in text)
    return plain, tuple(_pattern(text) for text in sentences if "{" in text)


def _sentences(texts: Texts) -> Iterator[str]:
    for text_id in texts.ids:
        form = texts._translations.gettext(text_id)
        # A word of one letter or a bare number says nothing about its language.
        if re.search(r"[^\W\d_]{2}", re.sub(r"\{\w+\}", "", form)):
            yield form


def _pattern(text: str) -> re.Pattern[str]:
    parts = re.split(r"(\{\w+\})", text)
    return re.compile("".join(".+?" if p.startswith("{") else re.escape(p) for p in parts))


def faint_chart_texts(page: Page, least: float = 4.5) -> list[str]:
    """The texts of charts whose contrast with white is below `least` (WCAG relative luminance)."""
    found: list[str] = page.evaluate(
        """(least) => {
          const luminance = (colour) => {
            const channels = colour.match(/[0-9.]+/g).slice(0, 3).map((value) => value / 255)
              .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
            return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2];
          };
          return [...document.querySelectorAll("[data-testid=stVegaLiteChart] svg text")]
            .filter((text) => text.textContent.trim())
            .filter((text) => {
              const style = getComputedStyle(text);
              return 1.05 / (luminance(style.fill) + 0.05) < least
                || Number(style.opacity) * Number(style.fillOpacity) < 0.99;
            })
            .map((text) => text.textContent);
        }""",
        least,
    )
    return found
