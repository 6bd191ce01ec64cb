"""A plan of sessions in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from planner.engine import load_engine
from planner.plans.sessions.presets import PRESETS
from planner.scenario import default_scenario
from planner.sessions import Change, Request, SessionPlan, explained, plan_sessions
from planner.sessions.draft import DOUBTS
from planner.texts import LANGUAGES, catalogue
from planner.ui import sessions_words as words
from planner.ui.format import formats

FIRST = dt.date(2026, 2, 2)
NOTICES = (
    "past",
    "few_weeks",
    "no_demand",
    "no_hours",
    "locked_over_limit",
    "no_branch",
    "locked_unknown",
    "locked_overlap",
)
RULES = ("staff_hours", "people", "opening_hours", "effort")
FI, FMT = catalogue("fi"), formats("fi")
SNAPSHOT = load_engine().snapshot


@cache
def plan_of(code: str, weeks: int = 12, hours: float | None = None) -> SessionPlan:
    engine = load_engine()
    scenario = default_scenario(engine.assumptions)
    request = Request((code,), FIRST, weeks, hours)
    return explained(engine, scenario, plan_sessions(engine, scenario, request, FIRST, 2.0), 0.5)


def everything(plan: SessionPlan, lang: str) -> list[str]:
    texts, fmt = catalogue(lang), formats(lang)  # type: ignore[arg-type]
    return [
        words.headline(plan, texts, fmt),
        words.gap(plan, texts, fmt),
        *words.notices(plan, texts),
        *words.left(plan, texts, fmt),
        words.unplaced(plan, SNAPSHOT, texts),
        words.binding(plan, texts),
        *words.change(plan, SNAPSHOT, texts, fmt),
        words.served_title(plan, texts, fmt),
        words.hours_title(plan, texts, fmt),
        words.village_title(plan, texts),
    ]


def with_left(plan: SessionPlan, left: list[float], served: list[float]) -> SessionPlan:
    weeks = len(left)
    return replace(
        plan,
        mondays=tuple(FIRST + dt.timedelta(weeks=week) for week in range(weeks)),
        unserved=np.array(left),
        served=np.array(served),
        contacts=np.array(left) + served,
        limit=np.full(weeks, 5.0),
        used=np.full(weeks, 5.0),
        villages=(),
    )


@pytest.mark.parametrize("code", ["249", "295", "072"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_place_has_its_words(code: str, lang: str) -> None:
    said = " ".join(everything(plan_of(code), lang))

    assert "{" not in said
    for nobody in (" 0 kävijä", " 0 besökare", " 0 visitors", "ingen besökare", " 0 "):
        assert nobody not in said.replace("\u00a0", " ")


def test_a_middling_town() -> None:
    said = words.headline(plan_of("249"), FI, FMT)

    assert said.startswith("12 viikossa ")
    assert "opastusta, ja niissä saa apua noin 70 kävijää" in said


def test_a_city() -> None:
    plan = plan_of("091", weeks=4, hours=40.0)

    said = words.headline(plan, FI, FMT)
    left = " ".join(words.left(plan, FI, FMT))

    assert "jää ilman apua" in said
    assert left.count("(noin ") == 3  # no more villages than a reader can take in
    assert words.binding(plan, FI) == FI("cover.binding.staff_hours")


def test_a_village_of_a_few_hundred_is_told_whole_people() -> None:
    plan = plan_of("295")

    said = words.headline(plan, FI, FMT)

    assert "noin 2 kävijää" in said
    assert "alle yksi kävijä jää ilman apua" in said
    assert words.notices(plan, FI) == [FI("cover.notice.no_branch")]


def test_one_week() -> None:
    said = words.headline(plan_of("249", weeks=1), FI, FMT)

    assert said.startswith("Yhdessä viikossa ")
    assert FI("cover.notice.few_weeks") in words.notices(plan_of("249", weeks=1), FI)


def test_no_hours() -> None:
    plan = plan_of("249", hours=0.0)

    said = words.headline(plan, FI, FMT)

    assert said.startswith("12 viikossa ei ole yhtään opastusta; noin 75 kävijää jää ilman apua")
    assert words.binding(plan, FI) == FI("cover.binding.staff_hours")
    assert "2,5 tuntia viikossa" in words.change(plan, SNAPSHOT, FI, FMT)[0]
    assert words.served_title(plan, FI, FMT) == FI("cover.chart.served.none")
    assert words.hours_title(plan, FI, FMT) == FI("cover.chart.hours.none")


def test_weeks_in_which_most_are_left_are_named() -> None:
    plan = with_left(plan_of("249"), [0, 0, 5, 7, 4, 0, 0, 0], [9.0] * 8)

    said = words.headline(plan, FI, FMT)

    assert said.endswith("; noin 16 kävijää jää ilman apua, useimmat viikoilla 8–10.")
    assert "viikoilla 8–10" in words.served_title(plan, FI, FMT)
    assert "Useimmat heistä tulevat viikoilla 8–10." in words.left(plan, FI, FMT)


@pytest.mark.parametrize(
    ("sessions", "helped", "sparse"),
    [(18, 14.2, True), (18, 17.4, True), (18, 17.6, False), (18, 30.0, False), (1, 0.3, True)],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_fewer_visitors_than_sessions_is_said(
    sessions: int, helped: float, sparse: bool, lang: str
) -> None:
    texts, fmt = catalogue(lang), formats(lang)  # type: ignore[arg-type]
    plan = plan_of("249")
    plan = with_left(replace(plan, sessions=plan.sessions[:1] * sessions), [0.0], [helped])

    said = words.headline(plan, texts, fmt)

    assert said.endswith(f" {texts('cover.headline.sparse')}") == sparse


def test_sessions_that_nobody_comes_to_are_not_called_sparse() -> None:
    plan = with_left(plan_of("249"), [0.0] * 4, [0.0] * 4)

    said = words.headline(plan, FI, FMT)

    number = len(plan.sessions)
    assert said == (
        f"4 viikossa pidetään {number} opastusta; ennusteen mukaan kukaan ei tule hakemaan apua."
    )


def test_weeks_over_the_turn_of_the_year_have_their_years() -> None:
    said = words.on_weeks(dt.date(2026, 12, 28), dt.date(2027, 1, 4), FI)

    assert said == "viikoilla 53/2026–1/2027"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.0, "ei yhtään kävijää"),
        (0.3, "alle yksi kävijä"),
        (0.9, "yksi kävijä"),
        (3.0, "3 kävijää"),
        (3.4, "noin 3 kävijää"),
        (212.0, "noin 210 kävijää"),
    ],
)
def test_visitors(value: float, said: str) -> None:
    assert words.visitors(value, FI, FMT) == said


def test_nobody_comes() -> None:
    plan = with_left(replace(plan_of("295"), sessions=()), [0.0] * 4, [0.0] * 4)

    assert words.headline(plan, FI, FMT).startswith("4 viikossa ei tarvita opastuksia")
    assert words.left(plan, FI, FMT) == [FI("cover.left.nobody")]


@pytest.mark.parametrize(
    ("gap", "part"),
    [
        (0.0, "Parempaa kalenteria ei"),
        (0.0001, "enintään 0,1\u00a0%"),
        (0.0089, "enintään 0,9\u00a0%"),
        (0.12, "enintään 12\u00a0%"),
        (1.5, "jäi kesken"),
        (np.inf, "jäi kesken"),
        (np.nan, "jäi kesken"),
    ],
)
def test_the_gap_in_words(gap: float, part: str) -> None:
    assert part in words.gap(replace(plan_of("249"), gap=gap), FI, FMT)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_has_its_sentence(lang: str) -> None:
    texts, fmt = catalogue(lang), formats(lang)  # type: ignore[arg-type]
    plan = replace(plan_of("249"), notices=NOTICES)
    venue = plan.venues[0].id
    changes = [Change(rule, 2.0, 3.4, venue) for rule in (*RULES, "remote")]

    told = [*words.notices(plan, texts), *words.doubts(DOUBTS, texts)]
    rules = [words.binding(replace(plan, binding=rule), texts) for rule in RULES]
    helps = [
        words.change(replace(plan, change=one, changes=(one,)), SNAPSHOT, texts, fmt)[0]
        for one in changes
    ]
    presets = [words.preset(code, texts) for code in PRESETS]

    assert len(set(told)) == len(NOTICES) + len(DOUBTS)
    assert len(set(rules)) == len(RULES)
    assert len(set(helps)) == len(changes)
    assert all(line.endswith(".") for line in (*told, *rules, *helps))
    assert all(note.endswith(".") for _, note in presets)


def test_opening_hours_name_their_venue() -> None:
    plan = plan_of("249")
    change = Change("opening_hours", 2.0, 3.4, plan.venues[0].id)

    said = words.change(replace(plan, change=change, changes=(change,)), SNAPSHOT, FI, FMT)

    assert said == [
        "Eniten auttaisi tämä muutos: kun henkilökunta on paikalla 2 tuntia enemmän viikossa"
        f" ({plan.venues[0].name}), apua saa noin 3 kävijää enemmän."
    ]


def test_without_a_change_that_helps_it_is_said() -> None:
    plan = replace(plan_of("249"), change=None, changes=(), binding=None)

    assert words.change(plan, SNAPSHOT, FI, FMT) == [FI("cover.change.none")]
    assert words.binding(plan, FI) == FI("cover.binding.none")


def test_sessions_without_a_time_name_their_venues_once() -> None:
    plan = plan_of("249")
    one = (plan.venues[0].id, "clinic", FIRST)

    said = words.unplaced(replace(plan, left=(one, one)), SNAPSHOT, FI)

    assert said == f"2 opastukselle ei löytynyt aikaa: {plan.venues[0].name}."


def test_weeks_above_the_limit_are_counted() -> None:
    plan = plan_of("249")
    used = plan.limit + np.eye(len(plan.limit))[0]

    assert (
        words.hours_title(replace(plan, used=used), FI, FMT)
        == "Työtunnit ylittyvät yhdellä viikolla"
    )
