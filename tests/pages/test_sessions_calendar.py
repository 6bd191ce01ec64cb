"""The calendar of sessions, drawn without a browser."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from planner.texts import LANGUAGES, catalogue


def script(lang: str, code: str, shown: str, at: str, venue: str, copies: int) -> None:
    """A page with nothing but the calendar; copies: each session stands there so many times."""
    import datetime as dt
    from dataclasses import replace

    import streamlit as st

    from planner.engine import load_engine
    from planner.scenario import default_scenario
    from planner.sessions import Request, plan_sessions
    from planner.sessions.draft import Draft
    from planner.texts import catalogue
    from planner.ui import sessions_calendar
    from planner.ui.format import formats
    from planner.ui.shell import Frame
    from planner.ui.state import State

    page = Frame("sessions", lang, catalogue(lang), formats(lang), State({}), st.empty(), {})
    engine, today = load_engine(), dt.date(2026, 3, 2)
    scenario = default_scenario(engine.assumptions)
    request = Request((code,), dt.date(2026, 3, 30), 5, staff_hours=12)
    plan = plan_sessions(engine, scenario, request, today, 2)
    many = [
        replace(one, uid=f"{one.uid}-{i}", locked=i == 0)
        for one in plan.sessions
        for i in range(copies)
    ]
    plan = replace(plan, sessions=tuple(many))
    words = tuple((one.uid, lang, "Oma <b>nimi", "") for one in many[:1])
    draft = Draft(request, plan.sessions, words)
    day = dt.date.fromisoformat(at)
    sessions_calendar.draw(page, plan, draft, engine.snapshot, shown, day, venue or None)


def run(
    lang: str = "fi",
    code: str = "249",
    shown: str = "month",
    at: str = "2026-04-01",
    venue: str = "",
    copies: int = 1,
) -> str:
    """Everything drawn as HTML; the page has no error."""
    given = {"lang": lang, "code": code, "shown": shown, "at": at, "venue": venue, "copies": copies}
    app = AppTest.from_function(script, default_timeout=60, kwargs=given).run()
    assert not app.exception
    return "".join(element.proto.body for element in app.get("html"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("shown", ["month", "week", "list"])
def test_a_view_is_a_table_in_each_language(lang: str, shown: str) -> None:
    found, texts = run(lang, shown=shown, at="2026-04-14"), catalogue(lang)

    assert found.count("<table") == found.count("<caption>") == 1
    assert not re.search(r"<th(?![^>]*scope=)", found.replace("<thead", ""))
    assert "klo" not in found or lang == "fi"
    assert texts("sessions_calendar.kind.clinic") in found


def test_a_month_has_weeks_days_and_holidays() -> None:
    found = run()

    assert found.count('scope="row"') == 5
    assert [f">{week}</span>" in found for week in (13, 14, 18, 19)] == [False, True, True, False]
    assert found.count('class="planner-cal-day') == 30
    assert "Pitkäperjantai" in found
    assert "Huhtikuu 2026: " in found


def test_a_week_has_its_seven_days() -> None:
    found = run(shown="week", at="2026-04-14")

    assert found.count('scope="col"') == 7
    assert re.findall(r'columnheader">([^<]*)<', found)[0] == "Ma 13.4."


def test_words_by_hand_are_shown_as_they_were_typed() -> None:
    found = run(shown="list")

    assert "Oma &lt;b&gt;nimi (lukittu)" in found
    assert "<b>" not in found


def test_a_day_with_many_sessions_folds_them_behind_their_number() -> None:
    few, many = run(), run(copies=20)

    assert "<details" not in few
    assert "<summary>20 opastusta</summary>" in many
    assert catalogue("fi")("sessions_calendar.many") in many
    assert catalogue("fi")("sessions_calendar.many") not in few


def test_one_place_alone() -> None:
    def places(found: str) -> set[str]:
        return set(re.findall(r'class="planner-cal-place"[^>]*>([^<]*)<', found))

    everywhere = run("fi", shown="list")
    ids = {"Keuruun pääkirjasto", "Haapamäen kirjasto"}
    assert places(everywhere) == ids

    from planner.engine import load_engine

    libraries = load_engine().snapshot.libraries
    one = next(each for each in libraries if each.name == "Haapamäen kirjasto")
    alone = run("fi", shown="list", venue=one.id)

    assert places(alone) == {"Haapamäen kirjasto"}
    assert "opastusta, Haapamäen kirjasto</caption>" in alone


@pytest.mark.parametrize("code", ["091", "249", "295", "478"])
def test_it_draws_for_every_kind_of_place(code: str) -> None:
    found = run("sv", code)

    assert "Annandag påsk" in found


@pytest.mark.parametrize("shown", ["month", "week", "list"])
def test_a_period_without_sessions_says_so(shown: str) -> None:
    # a list of few sessions shows the whole plan, so it is empty where the plan is
    found = run(shown=shown, at="2026-09-01", copies=0)

    assert catalogue("fi")("sessions_calendar.none") in found
