"""Who becomes a user and when, by hand-worked numbers."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from scipy.special import logit

from planner.model.adoption import (
    Timing,
    largest_target,
    not_yet,
    profile,
    reach_target,
    season_sum,
    solve_shift,
    timing,
)
from planner.model.weeks import horizon
from tests import worlds

DATE = dt.date
FLAT = [1.0] * 12
ALL_BY_TARGET = np.ones((1, 8))


def only_one_band(age: int = 0, people: float = 1000.0) -> np.ndarray:
    """One municipality whose adults are all of one age."""
    table = np.zeros((1, 8))
    table[0, age] = people
    return table


# --- how many, where, at what age ---


def test_shift_of_a_single_share_is_the_difference_of_log_odds() -> None:
    delta = solve_shift(
        logit(np.full((1, 1, 1), 0.2)), np.full((1, 1), 50.0), np.full((1, 1, 1), 25.0)
    )

    assert delta.shape == (1, 1, 1)
    assert delta[0, 0, 0] == pytest.approx(-logit(0.2))


def test_existing_users_keep_the_odds_between_bands() -> None:
    people = worlds.facts().people
    p = worlds.central()

    accounts = profile(people, p, 100_000.0, 0.0, ALL_BY_TARGET)

    share = accounts.existing[0] / people
    assert accounts.existing.sum() == pytest.approx(100_000, rel=1e-12)
    shift = logit(share) - logit(p["existing_profile"])
    np.testing.assert_allclose(shift, shift[0, 0])  # one number for all places and bands


def test_new_users_within_reach_are_the_potential_scaled_down() -> None:
    # band 0: 1,000 people, 20 % users; today's reach is 97 %
    people = only_one_band()
    people[0, 7] = 500.0  # reach 35 %
    p = worlds.central(existing_profile=0.2)

    accounts = profile(people, p, 300.0, 84.5, ALL_BY_TARGET)

    # potential 1000·(0.97 − 0.2) = 770 and 500·(0.35 − 0.2) = 75; a tenth of these
    np.testing.assert_allclose(accounts.new[0, 0, [0, 7]], [77.0, 7.5], rtol=1e-9)
    assert not accounts.new_assisted.any()


def test_beyond_reach_the_odds_of_reach_are_shifted_and_the_excess_is_assisted() -> None:
    people = only_one_band(7)
    p = worlds.central(existing_profile=0.1)

    accounts = profile(people, p, 100.0, 500.0, ALL_BY_TARGET)

    assert accounts.new[0, 0, 7] == pytest.approx(500)
    assert accounts.new_assisted[0, 0, 7] == pytest.approx(250)  # reach carries 350 − 100
    assert not accounts.new[0, 0, :7].any()


def test_existing_users_beyond_todays_reach_leave_no_negative_potential() -> None:
    people = only_one_band(7)
    people[0, 0] = 1000.0
    p = worlds.central(existing_profile=0.9)

    accounts = profile(people, p, 1800.0, 35.0, ALL_BY_TARGET)

    # 900 of the 85+ have accounts, though reach is 350: all new ones (of 70 possible) are young
    np.testing.assert_allclose(accounts.new[0, 0, [0, 7]], [35.0, 0.0], atol=1e-9)
    np.testing.assert_allclose(accounts.existing[0, 0, [0, 7]], 900.0)


@pytest.mark.parametrize("existing", [0.0, 1.0, 1234.5, 1_500_000.0, 4_648_000.0])
def test_nobody_new_gives_exact_zeros(existing: float) -> None:
    people = worlds.engine().facts.people

    accounts = profile(people, worlds.central(), existing, 0.0, np.full((1, 8), 0.9))

    assert (accounts.new == 0.0).all()
    assert (accounts.late == 0.0).all()
    assert accounts.existing.sum() == pytest.approx(existing, abs=1e-6)


@pytest.mark.parametrize("existing", [0.0, 1.0, 1_500_000.0, 4_648_000.0])
def test_the_largest_target_makes_everybody_a_user(existing: float) -> None:
    people = worlds.engine().facts.people
    largest = largest_target(people, existing)

    accounts = profile(people, worlds.central(), existing, largest, np.full((1, 8), 0.9))

    np.testing.assert_allclose(accounts.existing + accounts.new, people[None], rtol=1e-9)
    np.testing.assert_allclose(accounts.late, 0.0, atol=1e-6)


def test_both_ways_meet_where_the_target_passes_todays_reach() -> None:
    people = worlds.engine().facts.people
    p = worlds.central()
    reach = float(reach_target(people, p, 1_500_000.0)[0])

    below = profile(people, p, 1_500_000.0, reach - 1, ALL_BY_TARGET)
    above = profile(people, p, 1_500_000.0, reach + 1, ALL_BY_TARGET)

    change = above.new - below.new
    assert change.sum() == pytest.approx(2.0, rel=1e-6)
    assert change.min() >= 0
    assert not below.new_assisted.any()
    assert above.new_assisted.sum() == pytest.approx(1.0, rel=1e-6)


def test_the_shipped_target_asks_of_the_old_what_the_model_says() -> None:
    """About 92 % of 65–74, 73 % of 75–84, 40 % of 85+; about 60,000 accounts beyond reach."""
    people = worlds.engine().facts.people
    p = worlds.central()

    accounts = profile(people, p, 1_500_000.0, 2_800_000.0, ALL_BY_TARGET)

    share = (accounts.existing + accounts.new)[0].sum(axis=0) / people.sum(axis=0)
    np.testing.assert_allclose(share[5:], [0.92, 0.73, 0.40], atol=0.006)
    assert accounts.new_assisted.sum() == pytest.approx(60_000, rel=0.02)
    assert 1_500_000 + reach_target(people, p, 1_500_000.0)[0] == pytest.approx(4.24e6, rel=1e-3)


def test_late_accounts_are_the_rest_of_the_curve_or_of_the_people() -> None:
    people = np.array([[1000.0] + [0.0] * 7, [1000.0] + [0.0] * 7])
    p = worlds.central(existing_profile=0.1)

    half = profile(people, p, 200.0, 400.0, np.full((1, 8), 0.5))
    most = profile(people, p, 200.0, 1400.0, np.full((1, 8), 0.5))

    np.testing.assert_allclose(half.late[0, :, 0], 200.0)  # 200 by the target, 400 in the end
    np.testing.assert_allclose(most.late[0, :, 0], 200.0)  # 700 by the target, 900 people there are


def test_assisted_accounts_are_never_more_than_all_of_them() -> None:
    people = worlds.facts().people
    adults = people.sum()
    p = worlds.central(log_ins=0.01, log_in_shape=0.05)
    _, by_target = timing(p, horizon(worlds.START, worlds.TARGET))

    accounts = profile(people, p, 0.3 * adults, 0.69 * adults, by_target)

    assert (accounts.new_assisted <= accounts.new).all()
    assert (accounts.late_assisted <= accounts.late).all()


# --- when ---


def test_season_counts_days_from_the_start_in_proportion() -> None:
    # Wednesday 28 January 2026: five days of January and February's first week
    span = horizon(DATE(2026, 1, 28), DATE(2026, 6, 1))
    season = [2.0, 1.0] + [0.9] * 10  # mean 1

    running = season_sum(worlds.central(season=season), span)[0]

    start = span.start_index
    np.testing.assert_array_equal(running[:start], 0.0)
    assert running[start] == pytest.approx((4 * 2 + 1) / 7)  # 28–31 January, 1 February
    assert running[start + 1] - running[start] == pytest.approx(1.0)


def test_season_is_divided_by_its_mean() -> None:
    span = horizon(DATE(2026, 1, 12), DATE(2026, 6, 1))

    running = season_sum(worlds.central(season=[5.0] * 12), span)[0]

    np.testing.assert_allclose(running[span.start_index :], np.arange(1, span.computed - 7))


def test_a_draws_season_does_not_depend_on_the_other_draws() -> None:
    span = horizon(DATE(2026, 1, 12), DATE(2026, 12, 31))
    seasons = np.random.default_rng(12).uniform(0.01, 10.0, (64, 12))

    together = season_sum({"season": seasons}, span)

    alone = [season_sum({"season": seasons[draw : draw + 1]}, span)[0] for draw in range(64)]
    np.testing.assert_array_equal(together, alone)


def test_share_that_has_not_logged_in_by_hand() -> None:
    p = worlds.central(log_ins=0.5, log_in_rate=[1, 2, 1, 1, 1, 1, 1, 1], log_in_shape=0.5)

    waiting, opened = not_yet(p, np.array([[0.0, 3.0]]))

    # (1 + 0.5·3/0.5)^−0.5 = 4^−0.5, and (1 + 1·3/0.5)^−0.5 = 7^−0.5
    np.testing.assert_allclose(waiting[0, :2], [[1, 0.5], [1, 7**-0.5]])
    np.testing.assert_allclose(opened, 1 - waiting, atol=1e-15)


def test_small_shares_keep_their_digits() -> None:
    p = worlds.central(log_ins=1e-9, log_in_rate=1.0, log_in_shape=20.0)

    _, opened = not_yet(p, np.array([[1e-3]]))

    np.testing.assert_allclose(opened, 1e-12, rtol=1e-9)


def test_accounts_open_from_the_start_and_all_by_the_end_of_the_target_week() -> None:
    span = horizon(DATE(2026, 1, 14), DATE(2026, 3, 4))
    p = worlds.central()

    flow, by_target = timing(p, span)

    start, target = span.start_index, span.target_index
    assert not flow.opened_new[..., :start].any()
    assert not flow.opened_new[..., target + 1 :].any()
    assert not flow.opened_late[..., : target + 1].any()
    np.testing.assert_allclose(flow.opened_new.sum(axis=-1), 1.0, rtol=1e-12)
    # the first week holds five days of log-ins at January's season
    season = np.array(p["season"][0])
    passed = 5 / 7 * season[0] / season.mean()
    first = (1 - (1 + 0.45 * 1.1 * passed / 0.5) ** -0.5) / by_target[0, 0]
    assert flow.opened_new[0, 0, start] == pytest.approx(first)


def test_first_and_last_day_in_one_open_everything_in_that_week() -> None:
    for day in (DATE(2026, 12, 31), DATE(2027, 1, 3), DATE(2028, 2, 29)):
        span = horizon(day, day)

        flow, by_target = timing(worlds.central(log_ins=0.01, log_in_rate=0.01), span)

        np.testing.assert_allclose(flow.opened_new[..., span.start_index], 1.0, rtol=1e-12)
        assert (by_target > 0).all()


def returns(opt_out: float = 0.1, delay: float = 26.0, echo: bool = True) -> tuple[Timing, int]:
    """A rollout that lasts one day, so that the returns are those of a single week."""
    span = horizon(DATE(2026, 1, 12), DATE(2026, 1, 12), DATE(2027, 6, 1))
    p = worlds.central(
        opt_out=opt_out, opt_out_weeks=2.5, echo_delay=delay, echo_share=0.6, season=FLAT
    )
    return timing(p, span, echo)[0], span.start_index


def test_a_share_returns_to_paper_within_the_weeks_given() -> None:
    flow, start = returns()

    back = flow.returned_new[0, 3]
    np.testing.assert_allclose(back[start : start + 4], [0.04, 0.04, 0.02, 0.0], atol=1e-15)
    assert back.sum() == pytest.approx(0.1)


def test_the_echo_comes_eight_weeks_long_after_its_delay() -> None:
    flow, start = returns()

    again = flow.echo_new[0, 3]
    assert not again[: start + 26].any()
    # the return of week 0 (0.04) comes back in 26–33, of week 1 in 27–34, of week 2 in 28–35
    np.testing.assert_allclose(again[start + 26], 0.6 * 0.04 / 8)
    np.testing.assert_allclose(again[start + 28 : start + 34], 0.6 * 0.1 / 8)
    np.testing.assert_allclose(again[start + 35], 0.6 * 0.02 / 8)
    assert again.sum() == pytest.approx(0.06)


def test_users_in_service_fall_by_the_returns_and_rise_by_the_echo() -> None:
    flow, start = returns()

    new, _ = flow.in_service()

    assert new[0, 3, start] == pytest.approx(0.96)
    assert new[0, 3, start + 2] == pytest.approx(0.9)
    assert new[0, 3, -1] == pytest.approx(0.96)


def test_everybody_may_return_and_nobody() -> None:
    all_of_them, start = returns(opt_out=1.0)
    none, _ = returns(opt_out=0.0)

    assert all_of_them.in_service()[0][0, 0, start + 3] == pytest.approx(0.0, abs=1e-12)
    assert (all_of_them.in_service()[0] >= 0).all()
    assert not none.returned_new.any()
    assert not none.echo_new.any()


def test_without_echo_nobody_returns() -> None:
    flow, _ = returns(echo=False)

    assert flow.returned_new.any()
    assert not flow.echo_new.any()
