"""What drives a result: rank correlations against scipy's, swings against forecasts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import spearmanr

from planner.engine import settings
from planner.model.drivers import effects, extremes, outcomes, rank_correlation
from planner.model.worlds import worlds
from planner.scenario import default_scenario
from tests import worlds as small

ENGINE = small.engine()
DEFAULT = default_scenario(ENGINE.assumptions)
RANGED = {
    item.id: (np.array(item.low), np.array(item.high))
    for item in ENGINE.assumptions.items.values()
    if item.low != item.high
}


@pytest.mark.parametrize("ties", [False, True])
def test_rank_correlation_is_spearmans(ties: bool) -> None:
    rng = np.random.default_rng(3)
    values = rng.normal(size=(60, 4))
    outcome = values @ np.array([1.0, -0.5, 0.1, 0.0]) + rng.normal(size=60)
    if ties:
        values, outcome = np.round(values), np.round(outcome)

    found = rank_correlation(values, outcome)

    wanted = [spearmanr(values[:, i], outcome).statistic for i in range(4)]
    np.testing.assert_allclose(found, wanted, atol=1e-12)


def test_what_never_varies_correlates_with_nothing() -> None:
    values = np.column_stack([np.full(9, 2.0), np.arange(9.0)])

    assert rank_correlation(values, np.arange(9.0)).tolist() == pytest.approx([0.0, 1.0])
    assert rank_correlation(values, np.zeros(9)).tolist() == [0.0, 0.0]


def test_extremes_move_one_assumption_at_a_time_in_all_its_rows() -> None:
    central = ENGINE.parameters(DEFAULT)

    p = extremes(central, RANGED)

    names = list(RANGED)
    need = names.index("need")
    assert p["need"].shape == (1 + 2 * len(RANGED), 8)
    np.testing.assert_array_equal(p["need"][1 + 2 * need], RANGED["need"][0])
    np.testing.assert_array_equal(p["need"][2 + 2 * need], RANGED["need"][1])
    for name, value in p.items():
        row = names.index(name) if name in names else -1
        same = [d for d in range(len(value)) if d not in (1 + 2 * row, 2 + 2 * row) or row < 0]
        assert (value[same] == central[name]).all(), name


@pytest.mark.parametrize("name", ["official_share", "reach", "half_life", "desk_share", "use"])
def test_a_swing_is_the_forecast_with_the_assumption_there(name: str) -> None:
    span = ENGINE.forecast(DEFAULT, small.TODAY).span
    view = span.view(None)
    p = extremes(ENGINE.parameters(DEFAULT), {name: RANGED[name]})
    world = worlds(p, span, ENGINE.facts, settings(ENGINE, DEFAULT, span), seed=0)
    index = ENGINE.snapshot.index("249")

    found = outcomes(world, np.array([index]), view)

    at_each = [
        DEFAULT,
        *(replace(DEFAULT, overrides=((name, tuple(v)),)) for v in RANGED[name]),
    ]
    for draw, scenario in enumerate(at_each):
        result = ENGINE.forecast(scenario, small.TODAY)
        short = result.short_hours[0, index, view]
        margin = (result.needed - result.capacity.hours)[0, index, view]
        hours = (result.needed - result.capacity.baseline)[0, index, view]
        assert found.short[draw] == pytest.approx(short.sum(), rel=1e-5)
        assert found.tightest[draw] == pytest.approx(margin.max(), rel=1e-5)
        assert found.hours[draw] == pytest.approx(hours.sum(), rel=1e-5)


def test_outcomes_of_places_add_up_across_groups() -> None:
    span = ENGINE.forecast(DEFAULT, small.TODAY).span
    view = span.view(None)
    p = extremes(ENGINE.parameters(DEFAULT), {"need": RANGED["need"]})
    world = worlds(p, span, ENGINE.facts, settings(ENGINE, DEFAULT, span), seed=0)
    places = np.array([3, 7, 8, 200])

    together = outcomes(world, places, view)

    alone = [outcomes(world, places[i : i + 1], view) for i in range(4)]
    for name in ("short", "tightest", "hours"):
        total = sum(getattr(each, name) for each in alone)
        np.testing.assert_allclose(getattr(together, name), total)


def test_effects_name_low_central_and_high() -> None:
    found = effects(("a", "b"), np.array([0.5, -0.1]), np.array([10.0, 4.0, 30.0, 12.0, 7.0]))

    assert [(e.id, e.low, e.central, e.high, e.swing) for e in found] == [
        ("a", 4.0, 10.0, 30.0, 26.0),
        ("b", 12.0, 10.0, 7.0, 5.0),
    ]
