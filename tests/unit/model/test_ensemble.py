"""Many worlds at once: the same formulas as the central path, exact sums, no accidents of order."""

from __future__ import annotations

import datetime as dt
from functools import cache

import numpy as np
import pytest

from planner.engine import settings
from planner.model import ensemble as many
from planner.model.ensemble import MEASURES, Ensemble, ensemble, quantiles
from planner.model.forecast import Facts, Settings, forecast
from planner.model.sampling import sample
from planner.model.weeks import Horizon, horizon
from planner.scenario import default_scenario
from tests import worlds

ENGINE = worlds.engine()
DEFAULT = default_scenario(ENGINE.assumptions)
LEVELS = {name: ENGINE.snapshot.groups[name].index for name in ("region", "country")}


def setting() -> tuple[Horizon, Facts, Settings]:
    span = horizon(DEFAULT.start, DEFAULT.target_date, dt.date(2026, 3, 1))
    return span, ENGINE.facts, settings(ENGINE, DEFAULT, span)


@cache
def drawn(size: int, threads: int, draws: int = 12) -> Ensemble:
    span, facts, stated = setting()
    p = sample(ENGINE.assumptions.items, draws, 4)
    view = slice(0, span.count)
    return ensemble(p, span, facts, stated, 4, LEVELS, view, size, threads)


def test_expected_contacts_are_the_central_paths() -> None:
    span, facts, stated = setting()
    p = ENGINE.assumptions.central()
    central = forecast(p, span, facts, stated)

    world = many._world(p, span, facts, stated, seed=1)

    for code in ("249", "091", "295"):
        place = ENGINE.snapshot.index(code)
        people, chance = facts.people[place], world.need[:, place]
        who = np.concatenate([np.broadcast_to(people, (1, 8)), people * chance], axis=-1)
        contacts, hours, _ = np.split((who[:, None, :] @ world.table)[0, 0], 3)
        np.testing.assert_allclose(contacts[: span.count], central.contacts[0, place], rtol=3e-6)
        np.testing.assert_allclose(hours[: span.count], central.hours[0, place], rtol=3e-6)


@pytest.mark.parametrize(("size", "threads"), [(308, 1), (7, 1), (50, 2)])
def test_block_size_and_threads_change_nothing(size: int, threads: int) -> None:
    one, other = drawn(22, 2), drawn(size, threads)

    for name in MEASURES:
        np.testing.assert_array_equal(one.places[name], other.places[name])
        for level in LEVELS:
            np.testing.assert_array_equal(one.areas[level][name], other.areas[level][name])
    np.testing.assert_array_equal(one.p_copes, other.p_copes)


def test_quantiles_of_areas_are_those_of_summed_draws() -> None:
    span, facts, stated = setting()
    p = sample(ENGINE.assumptions.items, 12, 4)
    world = many._world(p, span, facts, stated, 4)

    values, _ = many._block(world, np.arange(308))

    for name in MEASURES:
        country = quantiles(values[name].sum(axis=1, dtype=np.float64))
        np.testing.assert_array_equal(drawn(22, 2).areas["country"][name][:, 0], country)
        lapland = LEVELS["region"] == LEVELS["region"][ENGINE.snapshot.index("148")]
        region = quantiles(values[name][:, lapland].sum(axis=1, dtype=np.float64))
        at = LEVELS["region"][ENGINE.snapshot.index("148")]
        np.testing.assert_array_equal(drawn(22, 2).areas["region"][name][:, at], region)


def test_every_draw_meets_the_target() -> None:
    span, facts, stated = setting()
    p = sample(ENGINE.assumptions.items, 12, 4)
    values, _ = many._block(many._world(p, span, facts, stated, 4), np.arange(308))

    by_target = values["new_users"][..., : span.target_index + 1].sum(axis=(1, 2), dtype=np.float64)
    # solved in double precision, stored in single
    np.testing.assert_allclose(by_target, 2_800_000, rtol=1e-6)


def test_contacts_are_whole_people_with_the_expected_mean() -> None:
    span, facts, stated = setting()
    p = {name: np.repeat(row, 4000, axis=0) for name, row in ENGINE.assumptions.central().items()}
    world = many._world(p, span, facts, stated, 9)
    place = ENGINE.snapshot.index("249")

    _, contacts, _, _ = many._counted(world, place)

    assert (contacts == np.rint(contacts)).all()
    central = forecast(ENGINE.assumptions.central(), span, facts, stated).contacts[0, place]
    assert contacts[:, 12].mean() == pytest.approx(central[12], rel=0.05)
    # Poisson, the place's factor (sd 0.3 in logs) and the weekly Gamma of shape 25
    spread = central[12] + central[12] ** 2 * ((np.exp(0.09)) * (1 + 1 / 25) - 1)
    assert contacts[:, 12].var() == pytest.approx(spread, rel=0.12)


def test_quantiles_are_numpys() -> None:
    values = np.random.default_rng(2).random((37, 3, 5)).astype(np.float32)

    expected = np.quantile(values, many.QUANTILES, axis=0)

    np.testing.assert_allclose(quantiles(values), expected, rtol=1e-5)
