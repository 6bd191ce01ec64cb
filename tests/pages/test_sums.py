"""What drives a result, what it is made of and how it is worked out, drawn without a browser."""

from __future__ import annotations

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from planner.texts import LANGUAGES, catalogue
from planner.ui.sum_part import GROUPS
from tests.pages.conftest import unfold
from tests.worlds import PLACES


def script(lang: str, code: str, hours: float | None) -> None:
    """A page with nothing but the three parts."""
    import datetime as dt

    import streamlit as st

    from planner.answer import answer
    from planner.engine import load_engine
    from planner.scenario import Answers, default_scenario
    from planner.texts import catalogue
    from planner.ui import drivers_part, sum_part
    from planner.ui.format import formats
    from planner.ui.shell import Frame
    from planner.ui.state import State

    page = Frame("municipality", lang, catalogue(lang), formats(lang), State({}), st.empty(), {})
    engine, today = load_engine(), dt.date(2026, 5, 1)
    scenario = default_scenario(engine.assumptions)
    if hours is not None:
        scenario = scenario.with_answers(code, Answers(hours))
    place = code or None
    drivers_part.draw(page, engine, scenario, place, today, draws=30)
    drivers_part.draw_waterfall(page, engine, scenario, place, today)
    if place:
        sum_part.draw(page, engine, answer(engine, scenario, code, today, draws=30))


def run(lang: str = "fi", code: str = "249", hours: float | None = None) -> AppTest:
    """The page, run."""
    app = AppTest.from_function(
        script, default_timeout=30, kwargs={"lang": lang, "code": code, "hours": hours}
    )
    return unfold(app, *(f"sum-{group}" for group in GROUPS))


def markup(app: AppTest) -> str:
    """Everything drawn as HTML."""
    return "".join(element.proto.body for element in app.get("html"))


@pytest.mark.parametrize("code", [*PLACES, "148", ""])
def test_the_parts_draw_for_every_kind_of_place(code: str) -> None:
    app = run(code=code)

    assert not app.exception
    charts = app.get("vega_lite_chart")
    assert len(charts) == 2
    headers = [header.value for header in app.header]
    # the chart's finding is its text alternative too
    alternatives = [chart.proto.alt for chart in charts]
    assert all(a.startswith(title) for a, title in zip(alternatives, headers, strict=False))
    assert len(app.expander) == (7 if code else 2)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_numbers_come_with_unit_grade_and_source(lang: str) -> None:
    app, texts = run(lang), catalogue(lang)

    found = markup(app)

    for word in ("unit.minutes", "grade.A", "sum.source.people", "assumption.need.label"):
        assert texts(word) in found, word
    assert found.count("<details") == found.count("</details>") == 5
    # every table has a name of its own
    names = re.findall(r'role="region" aria-label="([^"]*)"', found)
    assert len(names) == len(set(names)) > 5


def test_the_finding_names_the_assumption_that_matters_most() -> None:
    app = run()

    title = app.header[0].value

    spec = json.loads(app.get("vega_lite_chart")[0].proto.spec)
    assert title == "Eniten vaikuttaa oletus ”Virallista tukea hakevat”"
    assert spec["layer"][0]["encoding"]["x"]["title"] == "tuntia puuttuu yhteensä"


def test_plenty_of_support_is_told_as_such() -> None:
    app = run(hours=500.0)

    found = markup(app)

    assert "tunteja ei puutu" in found
    assert "Kunnan oma tieto" in found
    assert any("jolloin tunteja tarvitaan eniten" in part.label for part in app.expander)
