"""What a plan of sessions covers, and today's practice beside it, drawn without a browser."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from planner.texts import LANGUAGES, catalogue
from tests.pages.conftest import unfold

FOLDS = ("cover-served", "cover-hours", "cover-villages", "practice")


def script(lang: str, code: str, weeks: int, hours: float | None, known: bool) -> None:
    """A page with nothing but these parts."""
    import datetime as dt

    import streamlit as st

    from planner.engine import load_engine
    from planner.scenario import default_scenario
    from planner.sessions import Request, explained
    from planner.sessions.draft import planned
    from planner.texts import catalogue
    from planner.ui import fields, sessions_cover, sessions_practice, shell, state
    from planner.ui.format import formats
    from planner.ui.shell import Frame

    for name, kind in sessions_practice.ADDRESS.items():
        state.PARAMETERS.setdefault(name, kind)
    address = state.State(st.query_params)
    page = Frame("sessions", lang, catalogue(lang), formats(lang), address, st.empty(), {})
    fields.begin(page)
    engine, today = load_engine(), dt.date(2026, 1, 5)
    scenario = default_scenario(engine.assumptions)
    request = Request((code,), dt.date(2026, 2, 2), weeks, hours)
    draft, plan = planned(engine, scenario, request, today, 2.0)
    plan = explained(engine, scenario, plan, 0.3)
    with shell.guard(page):
        sessions_cover.answers(page, plan, engine.snapshot, known)
        sessions_cover.draw(page, plan, engine.snapshot)
        sessions_practice.draw(page, engine, scenario, draft, plan, today)


def run(
    lang: str = "fi",
    code: str = "249",
    weeks: int = 6,
    hours: float | None = None,
    known: bool = True,
    **address: str,
) -> AppTest:
    """The page with its folds open."""
    app = AppTest.from_function(
        script,
        default_timeout=60,
        kwargs={"lang": lang, "code": code, "weeks": weeks, "hours": hours, "known": known},
    )
    for name, value in address.items():
        app.query_params[name] = value
    return unfold(app, *FOLDS)


def markup(app: AppTest) -> str:
    """Everything drawn as HTML."""
    return "".join(element.proto.body for element in app.get("html"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_charts_state_their_finding_and_have_a_table(lang: str) -> None:
    app, texts = run(lang), catalogue(lang)

    assert not app.exception
    assert not app.error
    charts = app.get("vega_lite_chart")
    titles = [header.value for header in app.header]
    assert titles[0] == texts("cover.answers")
    assert len(charts) == 2
    # a chart's finding is its text alternative too
    for chart, title in zip(charts, titles[1:3], strict=True):
        assert chart.proto.alt.startswith(f"{title}. ")
    found = markup(app)
    for table in ("served", "hours", "villages"):
        assert f'aria-label="{texts(f"cover.table.{table}")}"' in found
    names = re.findall(r'role="region" aria-label="([^"]*)"', found)
    assert len(names) == len(set(names)) == 4


@pytest.mark.parametrize(
    ("code", "weeks", "hours", "charts"),
    [("295", 12, None, 1), ("072", 12, None, 2), ("249", 1, None, 2), ("249", 4, 0.0, 1)],
)
def test_odd_places_draw(code: str, weeks: int, hours: float | None, charts: int) -> None:
    app = run(code=code, weeks=weeks, hours=hours)

    assert not app.exception
    assert not app.error
    assert len(app.get("vega_lite_chart")) == charts


def test_nothing_is_said_about_what_would_help_before_it_is_known() -> None:
    texts = catalogue("fi")

    before, after = (markup(run(hours=3.0, known=known)) for known in (False, True))

    assert texts("cover.binding.staff_hours") not in before
    assert texts("cover.change.none") not in before
    assert texts("cover.binding.staff_hours") in after


def test_the_practice_of_the_address_is_compared() -> None:
    app = run(
        practice_days="mon,thu",
        practice_time="9.30-11",
        practice_venue="85945",
        practice_every="2",
        practice_kind="group",
    )

    assert not app.error
    assert "maanantai ja torstai klo 9.30–11.00, joka toinen viikko, Haapamäen kirjasto." in markup(
        app
    )
    assert app.text_input[0].value == "9.30-11"


def test_a_tick_changes_the_practice_and_the_last_day_stays() -> None:
    app = run()

    app.checkbox(key="practice-fri").check().run()
    assert app.query_params["practice_days"] == "tue,fri"
    assert "tiistai ja perjantai" in markup(app)

    app.checkbox(key="practice-tue").uncheck().run()
    app.checkbox(key="practice-fri").uncheck().run()
    assert app.query_params["practice_days"] == "fri"
    assert app.checkbox(key="practice-fri").value


def test_another_place_is_compared_once_it_is_picked() -> None:
    app = run(practice_kind="group")

    app.selectbox(key="practice_venue").select("85945").run()

    assert app.query_params["practice_venue"] == "85945"
    assert "practice_kind" not in app.query_params
    assert "joka viikko, Haapamäen kirjasto." in markup(app)


def test_a_time_that_can_not_be_read_is_told_beside_its_field() -> None:
    app = run()

    app.text_input[0].set_value("iltapäivällä").run()

    assert [error.value for error in app.error] == [
        catalogue("fi")("error.practice_time", value="iltapäivällä")
    ]
    assert "tiistai klo 13–15" in markup(app)


@pytest.mark.parametrize("typed", ["13-22.30", "13-13.05"])
def test_a_time_too_long_or_too_short_is_told(typed: str) -> None:
    app = run(practice_time=typed)

    assert len(app.error) == 1
    assert "15 minuutista" in app.error[0].value
