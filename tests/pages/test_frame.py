"""What every page has: its language, its frame, and calm words when something fails."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from planner.texts import LANGUAGES, catalogue
from planner.ui.shell import PAGES
from tests.pages.conftest import RunPage

HOW = "how"


def html(app: AppTest) -> str:
    """All raw HTML a page has drawn."""
    return "".join(element.proto.body for element in app.get("html"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", PAGES)
def test_every_page_runs_in_every_language(run_page: RunPage, key: str, lang: str) -> None:
    app = run_page(key, lang=lang)
    assert not app.exception
    assert f'data-planner-lang="{lang}"' in html(app)
    assert catalogue(lang)("shell.not_official") in html(app)


def test_language_links_keep_the_other_parameters(run_page: RunPage) -> None:
    app = run_page(HOW, lang="en", kunta="249", from_="2026-03-02")
    assert 'href="?lang=sv&amp;kunta=249&amp;from=2026-03-02" lang="sv"' in html(app)


def test_aland_is_read_in_swedish_unless_said(run_page: RunPage) -> None:
    assert run_page(HOW, kunta="478").title[0].value == catalogue("sv")("page.how.title")
    assert run_page(HOW, kunta="478", lang="fi").title[0].value == catalogue("fi")("page.how.title")


def test_an_unknown_language_is_told(run_page: RunPage) -> None:
    app = run_page(HOW, lang="de")
    assert "”de”" in app.warning[0].value
    assert app.title[0].value == catalogue("fi")("page.how.title")


def test_what_a_reader_put_into_the_address_stays_text(run_page: RunPage) -> None:
    app = run_page(HOW, lang="[x](http://example.org)")
    assert "[x](" not in app.warning[0].value


def test_a_failing_part_leaves_the_rest(caplog: pytest.LogCaptureFixture) -> None:
    def script() -> None:
        import streamlit as st

        from planner.errors import PlannerError
        from planner.ui import shell

        with shell.guard():
            raise PlannerError("error.date", value="19.1.")
        with shell.guard():
            raise PlannerError("error.without_a_text")
        with shell.guard():
            raise ZeroDivisionError
        with shell.guard():
            st.write("the rest")
            st.stop()

    app = AppTest.from_function(script).run()
    texts = catalogue("fi")
    told = [error.value.replace("\\", "") for error in app.error]
    assert told == [
        texts("error.date", value="19.1."),
        texts("error.unexpected"),
        texts("error.unexpected"),
    ]
    assert app.markdown[0].value == "the rest"
    assert not app.exception
    assert "ZeroDivisionError" in caplog.text
