"""Whatever the scenario, chains and waterfalls give the central path's figures."""

from __future__ import annotations

import numpy as np
import pytest

from planner.answer import answer
from planner.explain import sums
from planner.influence import country_waterfall, place_influence, place_waterfall
from planner.scenario import Scenario
from tests import worlds
from tests.random_scenarios import scenarios

ENGINE = worlds.engine()
MANY = list(scenarios(ENGINE, 16, seed=316))


def place_of(scenario: Scenario, number: int) -> str:
    """A municipality that the scenario speaks of, where it speaks of any."""
    codes = [code for code, _ in scenario.answers] or list(worlds.PLACES)
    return codes[number % len(codes)]


@pytest.mark.parametrize("number", range(len(MANY)))
def test_chains_and_steps_give_the_figures(number: int) -> None:
    scenario = MANY[number]
    code, today = place_of(scenario, number), scenario.start
    found = answer(ENGINE, scenario, code, today, draws=8)

    behind = sums(ENGINE, found)
    steps = place_waterfall(ENGINE, scenario, code, today)

    central, view, week = found.central, found.view, found.span.index(behind.week)
    wanted = {
        "new_users": central.new_users[: found.span.target_index + 1].sum(),
        "visits": central.contacts[view].sum(),
        "hours": central.hours[view].sum(),
        "capacity": central.capacity[view.start],
        "baseline": central.baseline[view.start],
        "week_visits": central.contacts[week],
        "needed": central.needed[week],
        "short": central.short[week],
        "short_total": central.short[view].sum(),
    }
    for name, value in wanted.items():
        assert behind.chains[name].value == pytest.approx(value, rel=1e-9, abs=1e-9), name
    assert steps.needed == central.needed[view].max()
    assert sum(hours for _, hours in steps.steps) == pytest.approx(steps.needed, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("number", range(4))
def test_drivers_have_finite_effects_in_any_scenario(number: int) -> None:
    scenario = MANY[number]

    found = place_influence(ENGINE, scenario, place_of(scenario, number), scenario.start, draws=8)

    effects = [(d.correlation, d.low, d.central, d.high) for d in found.drivers]
    assert np.isfinite(np.array(effects)).all()
    assert {d.id for d in found.drivers}.isdisjoint(dict(scenario.overrides))


@pytest.mark.parametrize("number", range(4))
def test_age_and_background_make_no_need_in_the_country(number: int) -> None:
    steps = dict(country_waterfall(ENGINE, MANY[number], MANY[number].start).steps)

    size = sum(abs(hours) for hours in steps.values())
    assert abs(steps["age"]) <= 1e-9 * size
    assert abs(steps["background"]) <= 1e-9 * size
