"""MODEL §9.2 and §9.5: every needer's contacts come, nothing is negative, nothing is invented."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from planner.model.adoption import Profile, profile, timing
from planner.model.background import covariates
from planner.model.demand import (
    SOURCES,
    background_need,
    channel_shares,
    contact_hours,
    demand,
    helped_rate,
)
from planner.model.kernels import CONTACT_LAGS, contact_kernel, spread, uniform_kernel
from planner.model.weeks import Horizon, horizon
from tests import worlds

FACTS = worlds.facts()
PEOPLE = FACTS.people
ADULTS = float(PEOPLE.sum())
numbers = worlds.user_numbers(ADULTS)
# long enough for the contacts of everybody who opens an account by the target
LONG = horizon(
    worlds.START, worlds.TARGET, worlds.TARGET + 110 * (worlds.TARGET - worlds.START) / 50
)


def no_late(accounts: Profile) -> Profile:
    """The accounts that open by the target alone: theirs is a cohort that ends."""
    none = np.zeros_like(accounts.late)
    return replace(accounts, late=none, late_assisted=none)


@given(worlds.parameter_sets(), numbers, st.integers(0, 50))
def test_a_cohorts_contacts_over_all_lags_are_helped_people_times_contacts_each(
    p: worlds.Arrays, users: tuple[float, float], week: int
) -> None:
    flow, by_target = timing(p, LONG)
    accounts = no_late(profile(PEOPLE, p, *users, by_target))
    need = background_need(p, FACTS.covariates, accounts.new - accounts.new_assisted, PEOPLE)
    at = LONG.start_index + week
    share = flow.opened_new[..., at]  # who activates in that week
    only = np.zeros_like(flow.opened_new)
    only[..., at] = share
    cohort = replace(flow, opened_new=only)

    waves = np.zeros((8, LONG.computed))
    wanted = demand(p, LONG, PEOPLE, accounts, cohort, need, waves, ("activation",))

    assert at + CONTACT_LAGS <= LONG.computed
    within = accounts.new - accounts.new_assisted
    helped = (within * need + accounts.new_assisted * p["need_assisted"][:, None]) * share[:, None]
    expected = helped.sum(axis=2) * p["official_share"] * p["contacts_per_helped"]
    found = wanted.contacts("activation")
    np.testing.assert_allclose(found.sum(axis=-1), expected, rtol=1e-9, atol=1e-9)
    assert not found[..., :at].any()


@given(worlds.parameter_sets(), numbers)
def test_information_brings_its_share_of_the_55_and_over(
    p: worlds.Arrays, users: tuple[float, float]
) -> None:
    flow, by_target = timing(p, LONG)
    accounts = profile(PEOPLE, p, *users, by_target)
    need = np.zeros_like(accounts.new)

    wanted = demand(p, LONG, PEOPLE, accounts, flow, need, np.zeros((8, 1)), ("information",))

    expected = PEOPLE[:, 4:].sum(axis=1) * p["info_need"] * helped_rate(p)
    found = wanted.contacts("information").sum(axis=-1)
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9)


@given(worlds.parameter_sets(), worlds.horizons(longest=500), numbers, worlds.some_sources)
def test_nothing_is_negative_or_unknown(
    p: worlds.Arrays, span: Horizon, users: tuple[float, float], sources: tuple[str, ...]
) -> None:
    flow, by_target = timing(p, span, "echo" in sources)
    accounts = profile(PEOPLE, p, *users, by_target)
    within = accounts.new - accounts.new_assisted
    need = background_need(p, FACTS.covariates, within, PEOPLE)

    wanted = demand(
        p, span, PEOPLE, accounts, flow, need, worlds.shipped_waves(span)[:, 104:], sources
    )

    assert ((need >= 0) & (need <= 1)).all()
    assert tuple(wanted.parts) == tuple(source for source in SOURCES if source in sources)
    contacts, hours, desk = wanted.totals()
    for series in (contacts, hours, desk):
        assert np.isfinite(series).all()
        assert (series >= -1e-12).all()
    assert (desk <= hours * (1 + 1e-9) + 1e-12).all()
    by_source = sum(wanted.contacts(source) for source in sources)
    np.testing.assert_allclose(contacts, by_source, rtol=1e-9, atol=1e-9)


@given(worlds.parameter_sets(draws=3), numbers)
def test_background_moves_needers_between_places_and_never_their_number(
    p: worlds.Arrays, users: tuple[float, float]
) -> None:
    _, by_target = timing(p, horizon(worlds.START, worlds.TARGET))
    accounts = profile(PEOPLE, p, *users, by_target)
    within = accounts.new - accounts.new_assisted

    need = background_need(p, FACTS.covariates, within, PEOPLE)

    expected = p["need"] * within.sum(axis=1)
    np.testing.assert_allclose((within * need).sum(axis=1), expected, rtol=1e-9, atol=1e-12)


@given(st.integers(0, 2**32 - 1), st.integers(2, 12), st.floats(-1.0, 2.0))
def test_invented_backgrounds_leave_the_number_too(seed: int, places: int, effect: float) -> None:
    random = np.random.default_rng(seed)
    people = random.gamma(0.5, 1000.0, (places, 8)) + 0.01
    shares = {
        name: random.uniform(0, 100, places)
        for name in ("basic_only_pct", "foreign_language_pct", "at_risk_of_poverty_pct")
    }
    shares["at_risk_of_poverty_pct"][0] = np.nan
    z = covariates(people, shares, random.choice([0.0, 0.5, 1.0], places), np.zeros(places, int))
    p = worlds.central(**dict.fromkeys(z, effect))
    accounts = people[None] * random.uniform(0, 1, (1, places, 8))

    need = background_need(p, z, accounts, people)

    found = (accounts * need).sum(axis=1) / accounts.sum(axis=1)
    np.testing.assert_allclose(found, p["need"], rtol=1e-9)
    assert ((need > 0) & (need < 1)).all()


lags = st.floats(0.25, 52.0)


@given(lags, lags, st.floats(0.0, 1.0))
def test_a_longer_half_life_moves_contacts_later_and_keeps_their_sum(
    one: float, other: float, tail: float
) -> None:
    half_lives = np.array([[min(one, other)], [max(one, other)]])

    kernels = contact_kernel(half_lives, np.full((2, 1), tail))

    np.testing.assert_allclose(kernels.sum(axis=1), 1.0, rtol=1e-12)
    by_lag = np.cumsum(kernels, axis=1)
    assert (by_lag[1] <= by_lag[0] + 1e-12).all()
    assert (kernels >= 0).all()


@given(worlds.parameter_sets(draws=1, keep=("half_life",)), numbers, lags, lags)
def test_with_a_longer_half_life_no_week_has_seen_more_contacts_yet(
    p: worlds.Arrays, users: tuple[float, float], one: float, other: float
) -> None:
    p = worlds.stacked(p, p)
    p["half_life"] = np.array([[min(one, other)], [max(one, other)]])
    flow, by_target = timing(p, LONG)
    accounts = no_late(profile(PEOPLE, p, *users, by_target))
    need = background_need(p, FACTS.covariates, accounts.new - accounts.new_assisted, PEOPLE)
    waves = np.zeros((8, LONG.computed))

    wanted = demand(p, LONG, PEOPLE, accounts, flow, need, waves, ("activation",))

    soon, late = np.cumsum(wanted.contacts("activation"), axis=-1)
    assert (late <= soon * (1 + 1e-9) + 1e-9).all()
    np.testing.assert_allclose(late[:, -1], soon[:, -1], rtol=1e-9, atol=1e-9)


@given(worlds.parameter_sets(draws=3))
def test_channels_are_shares_and_the_desk_is_a_part_of_the_hours(p: worlds.Arrays) -> None:
    shares = channel_shares(p)
    hours, desk = contact_hours(p)

    np.testing.assert_allclose(shares.sum(axis=-1), 1.0, rtol=1e-12)
    assert (shares >= 0).all()
    assert ((desk >= 0) & (desk <= hours * (1 + 1e-12))).all()
    assert (hours > 0).all()


@given(st.floats(0.0, 80.0), st.floats(0.5, 60.0), st.integers(0, 2**32 - 1))
def test_what_is_spread_is_neither_lost_nor_won(start: float, length: float, seed: int) -> None:
    flow = np.zeros((1, 2, 200))
    flow[..., :50] = np.random.default_rng(seed).gamma(0.3, 10.0, (1, 2, 50))
    kernel = uniform_kernel(np.array([[start]]), length, 150)

    delayed = spread(flow, kernel)

    assert (delayed >= 0).all()
    np.testing.assert_allclose(delayed.sum(axis=-1), flow.sum(axis=-1), rtol=1e-9)
    before = np.cumsum(flow, axis=-1) - np.cumsum(delayed, axis=-1)
    assert (before >= -1e-9).all()
