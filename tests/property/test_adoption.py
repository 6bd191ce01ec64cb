"""MODEL §9.1: the target is met, sums agree, no cell below zero or above its people."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from planner.model.adoption import Profile, Timing, profile, timing
from planner.model.forecast import new_users, users_in_service
from planner.model.weeks import Horizon, horizon
from tests import worlds

PEOPLE = worlds.facts().people
ADULTS = float(PEOPLE.sum())
numbers = worlds.user_numbers(ADULTS)
ONE_DAY = horizon(worlds.START, worlds.START)


def accounts(
    p: worlds.Arrays, span: Horizon, users: tuple[float, float], echo: bool = True
) -> tuple[Profile, Timing]:
    flow, by_target = timing(p, span, echo)
    return profile(PEOPLE, p, *users, by_target), flow


@given(worlds.parameter_sets(draws=3), worlds.horizons(), numbers, st.booleans())
@example(
    worlds.stacked(*[worlds.central(log_ins=0.01, log_in_rate=0.01)] * 3), ONE_DAY, (0.0, 1.0), True
)
@example(
    worlds.stacked(*[worlds.central(log_ins=5, log_in_shape=20)] * 3),
    ONE_DAY,
    (ADULTS - 1, 1.0),
    True,
)
def test_accounts_opened_by_the_end_of_the_target_week_are_the_target(
    p: worlds.Arrays, span: Horizon, users: tuple[float, float], echo: bool
) -> None:
    found, flow = accounts(p, span, users, echo)

    opened = new_users(found, flow)
    existing, target = users
    by_target = opened[..., : span.target_index + 1].sum(axis=(1, 2))
    np.testing.assert_allclose(by_target, target, rtol=1e-9, atol=0)
    np.testing.assert_allclose(found.new.sum(axis=(1, 2)), target, rtol=1e-9, atol=0)
    np.testing.assert_allclose(found.existing.sum(axis=(1, 2)), existing, rtol=1e-9, atol=1e-8)
    assert not opened[..., : span.start_index].any()


@given(worlds.parameter_sets(), worlds.horizons(), numbers)
def test_municipalities_ages_and_weeks_come_to_the_same_sums(
    p: worlds.Arrays, span: Horizon, users: tuple[float, float]
) -> None:
    found, flow = accounts(p, span, users)

    cells = (
        found.new[..., None] * flow.opened_new[:, None]
        + found.late[..., None] * flow.opened_late[:, None]
    )
    by_place = new_users(found, flow)
    np.testing.assert_allclose(cells.sum(axis=2), by_place, rtol=1e-9, atol=1e-9)
    until = slice(0, span.target_index + 1)
    np.testing.assert_allclose(
        cells[..., until].sum(axis=3), found.new, rtol=1e-9, atol=1e-9 * users[1]
    )


@given(worlds.parameter_sets(), worlds.horizons(), numbers)
def test_no_cell_is_below_zero_or_above_its_people(
    p: worlds.Arrays, span: Horizon, users: tuple[float, float]
) -> None:
    found, flow = accounts(p, span, users)

    for part in (found.existing, found.new, found.late, found.new_assisted, found.late_assisted):
        assert np.isfinite(part).all()
        assert (part >= 0).all()
    everybody = found.existing + found.new + found.late
    assert (everybody <= PEOPLE * (1 + 1e-9) + 1e-9).all()
    opened, in_service = new_users(found, flow), users_in_service(found, flow)
    assert (opened >= 0).all()
    assert (in_service >= 0).all()
    assert (in_service <= PEOPLE.sum(axis=1)[:, None] * (1 + 1e-9)).all()
    ever = opened.sum(axis=-1) + found.existing.sum(axis=-1)
    assert (ever <= PEOPLE.sum(axis=1) * (1 + 1e-9)).all()


@given(worlds.parameter_sets(), worlds.horizons(longest=400), numbers)
def test_shares_of_weeks_are_shares_and_all_new_accounts_open_by_the_target(
    p: worlds.Arrays, span: Horizon, users: tuple[float, float]
) -> None:
    flow, by_target = timing(p, span)

    np.testing.assert_allclose(flow.opened_new.sum(axis=-1), 1.0, rtol=1e-9)
    assert ((by_target > 0) & (by_target <= 1)).all()
    for series in vars(flow).values():
        assert np.isfinite(series).all()
        assert (series >= 0).all()
    # of what opened, the share opt_out returns; of that, the share echo_share comes back
    for opened, back, again in (
        (flow.opened_new, flow.returned_new, flow.echo_new),
        (flow.opened_late, flow.returned_late, flow.echo_late),
    ):
        ever, returned = opened.sum(axis=-1), back.sum(axis=-1)
        assert (returned <= p["opt_out"] * ever * (1 + 1e-9)).all()
        assert (again.sum(axis=-1) <= p["echo_share"] * returned * (1 + 1e-9) + 1e-15).all()


@given(worlds.parameter_sets(), numbers, st.floats(0.0, 1.0))
def test_a_higher_target_takes_nobodys_account_away(
    p: worlds.Arrays, users: tuple[float, float], share: float
) -> None:
    existing, higher = users
    lower = higher * share
    _, by_target = timing(p, ONE_DAY)

    less = profile(PEOPLE, p, existing, lower, by_target)
    more = profile(PEOPLE, p, existing, higher, by_target)

    assert (more.new >= less.new * (1 - 1e-9) - 1e-7).all()
    assert (more.new_assisted >= less.new_assisted * (1 - 1e-9) - 1e-7).all()
    np.testing.assert_array_equal(more.existing, less.existing)


@given(worlds.parameter_sets(), numbers)
def test_assisted_accounts_begin_where_todays_reach_ends(
    p: worlds.Arrays, users: tuple[float, float]
) -> None:
    existing, target = users
    _, by_target = timing(p, ONE_DAY)

    found = profile(PEOPLE, p, existing, target, by_target)

    reach = np.maximum(PEOPLE * p["reach"][:, None], found.existing)
    beyond = found.existing + found.new - reach
    np.testing.assert_allclose(found.new_assisted, np.maximum(beyond, 0), atol=1e-6)
    # whoever can be reached today comes before anybody has to be assisted
    assisted = found.new_assisted.sum(axis=(1, 2)) > 1e-6
    assert (beyond[assisted] >= -1e-6).all()
