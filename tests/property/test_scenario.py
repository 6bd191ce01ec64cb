"""A scenario written and read again is the same to the last digit, by every way it can take."""

from __future__ import annotations

import json
from dataclasses import fields

import numpy as np

from planner.engine import settings
from planner.model.forecast import Forecast, forecast
from planner.model.weeks import horizon
from planner.scenario import Scenario, from_json, from_link, read_scenario, to_link
from tests import worlds
from tests.random_scenarios import scenarios

ENGINE = worlds.engine()
MANY = list(scenarios(ENGINE, 1000, seed=20260112))


def figures(scenario: Scenario) -> Forecast:
    """The forecast itself, past the engine's cache."""
    span = horizon(scenario.start, scenario.target_date)
    stated = settings(ENGINE, scenario, span)
    return forecast(ENGINE.parameters(scenario), span, ENGINE.facts, stated)


def test_a_thousand_scenarios_are_sound_and_all_different() -> None:
    for scenario in MANY:
        ENGINE.check(scenario)
    assert len({scenario.id for scenario in MANY}) == 1000


def test_json_gives_the_scenario_back() -> None:
    for scenario in MANY:
        again = from_json(scenario.to_json())
        assert again == scenario
        assert (again.id, again.to_json()) == (scenario.id, scenario.to_json())


def test_a_link_gives_the_scenario_back() -> None:
    for scenario in MANY:
        assert from_link(to_link(scenario)) == scenario


def test_a_file_gives_the_scenario_back_indented_or_not() -> None:
    for scenario in MANY[:200]:
        content = json.loads(scenario.to_json())
        data = json.dumps(content, indent=3, ensure_ascii=scenario.id < "8").encode("utf-8-sig")
        assert read_scenario(data, ENGINE.assumptions, ENGINE.adults) == scenario


def test_the_scenario_of_a_link_has_the_same_figures_to_the_last_digit() -> None:
    compared = 0
    for scenario in MANY[:6]:
        one, other = figures(scenario), figures(from_link(to_link(scenario)))
        for field in fields(Forecast):
            value = getattr(one, field.name)
            if isinstance(value, np.ndarray):
                np.testing.assert_array_equal(value, getattr(other, field.name))
                compared += value.size
        np.testing.assert_array_equal(one.capacity.baseline, other.capacity.baseline)
    assert compared > 100_000
