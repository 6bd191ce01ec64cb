"""The waterfall: its steps sum to the hours needed, and some only move need about."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from planner.engine import settings
from planner.model.waterfall import STEPS, waterfall
from planner.scenario import Answers, Scenario, default_scenario
from tests import worlds

ENGINE = worlds.engine()
DEFAULT = default_scenario(ENGINE.assumptions)
SCENARIOS = {
    "default": DEFAULT,
    "campaign": replace(DEFAULT, campaign=((dt.date(2026, 2, 2), 3, 7.0),)),
    "nothing": replace(DEFAULT, sources=()),
    "information": replace(DEFAULT, sources=("information",)),
    "answers": DEFAULT.with_answers("249", Answers(12.0, 1, dt.date(2026, 6, 30))),
    "no help": replace(DEFAULT, overrides=(("official_share", (0.0,)),)),
}


def steps(scenario: Scenario, week: int) -> dict[str, np.ndarray]:
    """The waterfall of every municipality over the whole horizon: step → [municipality]."""
    result = ENGINE.forecast(scenario, worlds.TODAY)
    stated = settings(ENGINE, scenario, result.span)
    p = ENGINE.parameters(scenario)
    found = waterfall(p, ENGINE.facts, stated, result, week, result.span.view(None))
    return dict(zip(STEPS, found.T, strict=True))


@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.parametrize("week", [3, 11, 40])
def test_steps_sum_to_the_hours_needed_everywhere(name: str, week: int) -> None:
    scenario = SCENARIOS[name]

    found = steps(scenario, week)

    needed = ENGINE.forecast(scenario, worlds.TODAY).needed[0, :, week]
    np.testing.assert_allclose(sum(found.values()), needed, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("week", [3, 11, 40])
def test_age_and_background_only_move_need_between_places(week: int) -> None:
    found = steps(DEFAULT, week)

    for name in ("age", "background"):
        size = np.abs(found[name]).sum()
        assert size > 1.0
        assert abs(found[name].sum()) < 1e-9 * size


def test_steps_are_what_they_say() -> None:
    found = steps(DEFAULT, 11)
    p = {name: float(value[0, 0]) for name, value in ENGINE.parameters(DEFAULT).items()}

    everybody = sum(found[name] for name in ("people", "age", "background", "timing"))
    np.testing.assert_allclose(found["official"], everybody * (p["official_share"] - 1))
    helped = everybody + found["official"]
    np.testing.assert_allclose(found["contacts"], helped * (p["contacts_per_helped"] - 1))
    timed = helped + found["contacts"] + found["minutes"]
    np.testing.assert_allclose(found["preparation"], timed * p["preparation"])


def test_people_come_by_adults_alone() -> None:
    adults = ENGINE.facts.people.sum(axis=1)

    per_adult = steps(DEFAULT, 11)["people"] / adults

    np.testing.assert_allclose(per_adult, per_adult[0])


def test_a_campaign_counts_as_official_share() -> None:
    plain, lifted = steps(DEFAULT, 11), steps(SCENARIOS["campaign"], 11)

    np.testing.assert_allclose(lifted["timing"], plain["timing"])
    # seven times a fifth is more than everybody
    np.testing.assert_allclose(lifted["official"], 0.0, atol=1e-9)


def test_where_nobody_needs_anything_the_baseline_is_all() -> None:
    found = steps(SCENARIOS["nothing"], 11)

    assert found["baseline"].sum() > 0
    assert all((found[name] == 0).all() for name in STEPS if name != "baseline")
