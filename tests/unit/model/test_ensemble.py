"""Many worlds at once: the same formulas as the central path, exact sums, no accidents of order."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from planner.engine import settings
from planner.model import ensemble as many
from planner.model.ensemble import MEASURES, Ensemble, ensemble, quantiles
from planner.model.forecast import Facts, Settings, forecast
from planner.model.sampling import sample
from planner.model.scratch import Scratch
from planner.model.weeks import Horizon, horizon
from planner.model.worlds import Learned, Worlds, draw, expected, place_draws
from planner.model.worlds import worlds as shared_by_all
from planner.scenario import Answers, default_scenario
from tests import worlds

ENGINE = worlds.engine()
DEFAULT = default_scenario(ENGINE.assumptions)
LEVELS = {name: ENGINE.snapshot.groups[name].index for name in ("region", "country")}


def setting() -> tuple[Horizon, Facts, Settings]:
    span = horizon(DEFAULT.start, DEFAULT.target_date, dt.date(2026, 3, 1))
    return span, ENGINE.facts, settings(ENGINE, DEFAULT, span)


@cache
def world(draws: int = 12, seed: int = 4) -> Worlds:
    span, facts, stated = setting()
    p = sample(ENGINE.assumptions.items, draws, seed)
    return shared_by_all(p, span, facts, stated, seed)


@cache
def drawn(size: int, threads: int) -> Ensemble:
    return ensemble(world(), LEVELS, slice(0, world().span.count), size, threads)


@cache
def values() -> dict[str, np.ndarray]:
    """Every measure of every place on the grid: [place, week, draw]."""
    found = draw(world(), np.arange(308))
    return {name: getattr(found, name) for name in MEASURES}


def test_expected_contacts_are_the_central_paths() -> None:
    span, facts, stated = setting()
    p = ENGINE.assumptions.central()
    central = forecast(p, span, facts, stated)

    shared = shared_by_all(p, span, facts, stated, seed=1)

    for code in ("249", "091", "295"):
        place = ENGINE.snapshot.index(code)
        found = expected(shared, place)
        for mine, theirs in (
            (found.users, central.new_users),
            (found.contacts, central.contacts),
            (found.hours, central.hours),
        ):
            np.testing.assert_allclose(mine[0, : span.count], theirs[0, place], rtol=4e-6)


def test_capacity_and_gap_are_the_central_paths() -> None:
    span, facts, _ = setting()
    answers = Answers(3.0, 1, dt.date(2026, 6, 30))
    scenario = replace(DEFAULT.with_answers("249", answers), baselines=(("316", 1.5),))
    stated = settings(ENGINE, scenario, span)
    p = ENGINE.assumptions.central()
    central = forecast(p, span, facts, stated)

    shared = shared_by_all(p, span, facts, stated, seed=1)

    for code in ("249", "316", "091"):
        place = ENGINE.snapshot.index(code)
        found = place_draws(shared, place)
        for mine, theirs in (
            (found.capacity, central.capacity.hours),
            (found.baseline, central.capacity.baseline),
            (found.absorbable, central.capacity.absorbable),
        ):
            np.testing.assert_allclose(mine[0], theirs[0, place], rtol=1e-6)


def test_one_place_again_is_the_ensembles() -> None:
    place = ENGINE.snapshot.index("091")

    again = place_draws(world(), place)

    for name in MEASURES:
        np.testing.assert_array_equal(getattr(again, name).T, values()[name][place])
    np.testing.assert_array_equal(again.copes.mean(axis=0), drawn(22, 2).p_copes[place])


@pytest.mark.parametrize(("size", "threads"), [(308, 1), (7, 1), (50, 2)])
def test_block_size_and_threads_change_nothing(size: int, threads: int) -> None:
    one, other = drawn(22, 2), drawn(size, threads)

    for name in MEASURES:
        np.testing.assert_array_equal(one.places[name], other.places[name])
        np.testing.assert_array_equal(one.totals[name], other.totals[name])
        for level in LEVELS:
            np.testing.assert_array_equal(one.areas[level][name], other.areas[level][name])
    np.testing.assert_array_equal(one.p_copes, other.p_copes)


def test_quantiles_of_areas_are_those_of_summed_draws() -> None:
    at = LEVELS["region"][ENGINE.snapshot.index("148")]
    lapland = LEVELS["region"] == at
    found = drawn(22, 2)

    for name in MEASURES:
        country = values()[name].sum(axis=0, dtype=np.float64).T
        np.testing.assert_array_equal(found.areas["country"][name][:, 0], quantiles(country))
        region = values()[name][lapland].sum(axis=0, dtype=np.float64).T
        np.testing.assert_array_equal(found.areas["region"][name][:, at], quantiles(region))


def test_totals_are_sums_over_the_view() -> None:
    view = slice(20, 40)

    found = ensemble(world(), LEVELS, view)

    for name in MEASURES:
        expected_sum = values()[name][:, view].sum(axis=1, dtype=np.float64).T
        np.testing.assert_allclose(found.totals[name], expected_sum, rtol=1e-5)


def test_absorbable_hours_are_the_median_of_the_draws() -> None:
    place = ENGINE.snapshot.index("049")

    found = place_draws(world(), place).absorbable

    np.testing.assert_allclose(drawn(22, 2).absorbable[place], np.median(found, axis=0), rtol=1e-5)


def test_every_draw_meets_the_target() -> None:
    span, _, _ = setting()

    opened = values()["new_users"][:, : span.target_index + 1]

    # solved in double precision, stored in single
    np.testing.assert_allclose(opened.sum(axis=(0, 1), dtype=np.float64), 2_800_000, rtol=1e-6)


def test_contacts_are_whole_people_with_the_expected_mean() -> None:
    span, facts, stated = setting()
    p = {name: np.repeat(row, 4000, axis=0) for name, row in ENGINE.assumptions.central().items()}
    place = ENGINE.snapshot.index("249")

    contacts = place_draws(shared_by_all(p, span, facts, stated, 9), place).contacts

    assert (contacts == np.rint(contacts)).all()
    central = forecast(ENGINE.assumptions.central(), span, facts, stated).contacts[0, place]
    assert contacts[:, 12].mean() == pytest.approx(central[12], rel=0.05)
    # Poisson, the place's factor (sd 0.3 in logs) and the weekly Gamma of shape 25
    spread = central[12] + central[12] ** 2 * ((np.exp(0.09)) * (1 + 1 / 25) - 1)
    assert contacts[:, 12].var() == pytest.approx(spread, rel=0.12)


def test_what_a_log_taught_moves_level_and_place() -> None:
    span, facts, stated = setting()
    p = {name: np.repeat(row, 2000, axis=0) for name, row in ENGINE.assumptions.central().items()}
    place, other = ENGINE.snapshot.index("091"), ENGINE.snapshot.index("049")
    level = np.full((2000, span.computed), 2.0, dtype=np.float32)
    shape = np.full((2000, 308), 400.0, dtype=np.float32)
    rate = shape.copy()
    rate[:, place] = 200.0
    taught = Learned(np.arange(2000), level, shape, rate)

    before = shared_by_all(p, span, facts, stated, 9)
    after = shared_by_all(p, span, facts, stated, 9, learned=taught)

    for at, times in ((place, 4.0), (other, 2.0)):
        means = [place_draws(w, at).contacts[:, 12].mean() for w in (before, after)]
        assert means[1] / means[0] == pytest.approx(times, rel=0.06)


def test_chosen_draws_are_taken_from_the_prior_ones() -> None:
    span, facts, stated = setting()
    p = sample(ENGINE.assumptions.items, 12, 4)
    chosen = np.array([3, 3, 7])
    ones = np.ones((3, span.computed), dtype=np.float32)
    sure = np.full((3, 308), 100.0, dtype=np.float32)

    after = shared_by_all(p, span, facts, stated, 4, learned=Learned(chosen, ones, sure, sure))

    found, prior = expected(after, 47).contacts, expected(world(), 47).contacts
    np.testing.assert_array_equal(found, prior[chosen])


def test_quantiles_are_numpys() -> None:
    drawn_values = np.random.default_rng(2).random((37, 3, 5)).astype(np.float32)

    found = np.quantile(drawn_values, many.QUANTILES, axis=0)

    np.testing.assert_allclose(quantiles(drawn_values), found, rtol=1e-5)


@pytest.mark.parametrize("largest", [40, 300])
@pytest.mark.parametrize("whole", [True, False])
def test_quantiles_of_counts_hold_within_a_byte_and_beyond(largest: int, whole: bool) -> None:
    counts = np.random.default_rng(3).integers(0, largest, (4, 31)).astype(np.float32)
    wanted = np.quantile(counts, many.QUANTILES, axis=-1).T

    found = many._placed(counts, whole, Scratch())

    np.testing.assert_allclose(found, wanted, rtol=1e-5)
