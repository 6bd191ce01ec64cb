"""The warnings of a service, as a page shows them, without a browser."""

from __future__ import annotations

import html as markup

import pytest
from streamlit.testing.v1 import AppTest

from planner.texts import LANGUAGES, catalogue


def script(lang: str, code: str, spoken: tuple[str, ...] | None) -> None:
    """A page that holds nothing but the warnings; spoken: languages of its one row, None: none."""
    import streamlit as st

    from planner.texts import catalogue
    from planner.ui import fields, risks_part
    from planner.ui.format import formats
    from planner.ui.shell import Frame
    from planner.ui.state import State
    from tests.risks import ENGINE, SCENARIO, TODAY, held, row, served

    state = State(st.query_params)
    page = Frame("capacity", lang, catalogue(lang), formats(lang), state, st.empty(), state.query())
    fields.begin(page)
    given, scenario = held(left_out=None), SCENARIO
    if spoken is not None:
        only = row(6, code=code, people=1, languages=spoken)
        given, scenario = held(only), served(SCENARIO, only)
    risks_part.draw(page, ENGINE, scenario, code, given, TODAY, draws=100)


def shown(lang: str = "fi", code: str = "249", rows: bool = True, **address: str) -> AppTest:
    given = {"lang": lang, "code": code, "spoken": ("fi",) if rows else None}
    app = AppTest.from_function(script, kwargs=given, default_timeout=30)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def body(app: AppTest) -> str:
    return markup.unescape(" ".join(block.proto.body for block in app.get("html")))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", ["091", "249", "072", "148", "478", "295"])
@pytest.mark.parametrize("rows", [True, False])
def test_odd_places_have_their_warnings(lang: str, code: str, rows: bool) -> None:
    app = shown(lang, code, rows)
    texts = catalogue(lang)

    text = body(app)

    assert (texts("risks.head.one_person") in text) is rows
    assert (texts("risks.unknown.title") in [sub.value for sub in app.subheader]) is not rows
    assert len(app.header) == 1
    assert (texts("risks.checked", topics="\0").split("\0")[0] in text) is rows
    assert not app.error


def test_the_heading_counts_what_to_prepare_for() -> None:
    app = shown()
    found = body(app).count("planner-risk-serious") + body(app).count("planner-risk-attention")
    assert app.header[0].value == catalogue("fi").count("risks.title", found)


def test_nothing_known_says_so_in_the_heading() -> None:
    assert shown(code="295", rows=False).header[0].value == "Kunnassa ei ole tiedossa tukea"
    assert shown(code="072", rows=False).header[0].value.startswith("Riskejä ei löytynyt, mutta")


def test_the_distance_is_the_readers() -> None:
    far = catalogue("fi")("risks.head.far")
    app = shown()
    assert far in body(app)
    assert app.text_input[0].value == "20"

    app.text_input[0].set_value("62,5").run()

    assert far not in body(app)
    assert app.query_params["distance"] in ("62.5", ["62.5"])
    assert far in body(shown(distance="5"))


@pytest.mark.parametrize("typed", ["kaksi", "0", "99999", "-3"])
def test_a_distance_that_does_not_hold_stays_and_the_usual_one_counts(typed: str) -> None:
    app = shown()
    before = body(app)

    app.text_input[0].set_value(typed).run()

    assert len(app.error) == 1
    assert app.text_input[0].value == typed
    assert catalogue("fi")("control.still_counts", value="20") in body(app)
    assert before.split("planner-risks")[1].split("</ul>")[0] in body(app)


@pytest.mark.parametrize("address", ["0", "99999", "x", "nan"])
def test_an_address_with_a_bad_distance_shows_the_usual_risks(address: str) -> None:
    app = shown(distance=address)
    assert not app.exception
    assert catalogue("fi")("risks.head.far") in body(app)


def test_the_villages_behind_the_warning_are_a_table() -> None:
    app = shown("sv")
    table = body(app).split("planner-table")[1]
    assert "42930" in table
    assert catalogue("sv")("risks.villages.people") in table
