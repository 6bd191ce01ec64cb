"""Contacts and hours by hand-worked numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pytest

from planner.assumptions import CHANNELS
from planner.model.adoption import Profile, Timing
from planner.model.demand import (
    Demand,
    background_need,
    channel_hours,
    channel_shares,
    contact_hours,
    demand,
    event_hours,
    helped_rate,
    information_weeks,
    topic_phases,
    wave_shares,
)
from planner.model.weeks import Horizon, horizon
from tests import worlds

SPAN = horizon(dt.date(2026, 1, 12), dt.date(2026, 3, 31), dt.date(2028, 1, 1))
PEOPLE = np.full((1, 8), 1000.0)
# one contact each, at once: half lives after the first week are negligible at a quarter of a week
PROMPT = {"official_share": 0.5, "contacts_per_helped": 2.0, "half_life": 1 / 64, "tail": 0.0}


def nobody() -> np.ndarray:
    return np.zeros((1, 1, 8))


def cohort(week: int) -> Timing:
    """All new accounts open in one week; nothing else ever happens."""
    opened = np.zeros((1, 8, SPAN.computed))
    opened[..., week] = 1.0
    none = np.zeros_like(opened)
    return Timing(opened, none, none, none, none, none)


def coming(
    new: float = 0.0,
    assisted: float = 0.0,
    existing: float = 0.0,
    week: int = 10,
    waves: np.ndarray | None = None,
    sources: Sequence[str] = ("information", "activation", "waves", "echo"),
    campaign: np.ndarray | None = None,
    flow: Timing | None = None,
    **changes: float,
) -> Demand:
    """Demand of one place with the same accounts in every band."""
    accounts = Profile(
        existing=nobody() + existing,
        new=nobody() + new,
        late=nobody(),
        new_assisted=nobody() + assisted,
        late_assisted=nobody(),
    )
    p = worlds.central(**{**PROMPT, "info_need": 0.0, **changes})
    need = np.full((1, 1, 8), 0.1)
    flow = cohort(week) if flow is None else flow
    share = np.zeros((8, SPAN.computed)) if waves is None else waves
    return demand(p, SPAN, PEOPLE, accounts, flow, need, share, sources, campaign)


# --- sources ---


def test_activation_by_hand() -> None:
    wanted = coming(new=100.0, assisted=10.0, need_assisted=0.7)

    # of 90 every tenth, of 10 assisted seven: 16 helped a band, half of them by officials, twice
    contacts = wanted.contacts_by_age("activation")[0, 0]
    np.testing.assert_allclose(contacts[:, 10], 16.0)
    np.testing.assert_allclose(contacts.sum(axis=-1), 16.0)
    assert wanted.contacts("activation")[0, 0, 10] == pytest.approx(8 * 16.0)


def test_contacts_follow_with_the_half_life_and_the_tail() -> None:
    wanted = coming(new=100.0, half_life=1.0, tail=0.2)

    contacts = wanted.contacts_by_age("activation")[0, 0, 0]
    assert not contacts[:10].any()
    assert contacts[10] == pytest.approx(10 * (0.8 / 2 + 0.2 / 52))
    assert contacts[11] == pytest.approx(10 * (0.8 / 4 + 0.2 / 52))
    assert contacts[11 + 51] == pytest.approx(0.0, abs=1e-12)


def test_information_is_asked_for_by_55_and_over_in_the_eight_weeks_before() -> None:
    wanted = coming(info_need=0.008)

    contacts = wanted.contacts_by_age("information")[0, 0]
    assert not contacts[:4].any()  # under 55
    np.testing.assert_allclose(contacts[4:, :8], 1.0)  # 1,000 · 0.008 / 8, users or not
    assert not contacts[:, 8:].any()


def test_information_weeks_are_those_before_the_start() -> None:
    span = horizon(dt.date(2027, 1, 3), dt.date(2027, 1, 3))  # a Sunday

    weeks = information_weeks(span)

    assert span.day(7) == dt.date(2026, 12, 21)  # the last one whole before the start's week
    np.testing.assert_allclose(weeks[:8], 1 / 8)
    assert not weeks[8:].any()


def test_waves_meet_existing_users_and_the_new_ones_that_are_there_by_then() -> None:
    waves = np.zeros((8, SPAN.computed))
    waves[:, [5, 20]] = 0.01

    wanted = coming(new=300.0, existing=100.0, waves=waves, sources=("waves",))

    contacts = wanted.contacts_by_age("waves")[0, 0, 0]
    assert contacts[5] == pytest.approx(1.0)  # before the new accounts
    assert contacts[20] == pytest.approx(4.0)


def test_waves_leave_out_those_who_went_back_to_paper() -> None:
    flow = cohort(10)
    back = np.zeros_like(flow.opened_new)
    back[..., 12] = 0.25
    waves = np.full((8, SPAN.computed), 0.01)

    wanted = coming(
        new=400.0,
        waves=waves,
        sources=("waves",),
        flow=Timing(
            flow.opened_new,
            flow.opened_late,
            back,
            flow.returned_late,
            flow.echo_new,
            flow.echo_late,
        ),
    )

    contacts = wanted.contacts_by_age("waves")[0, 0, 0]
    np.testing.assert_allclose(contacts[[9, 10, 11, 12, 13]], [0, 4, 4, 3, 3], atol=1e-12)


def test_echo_asks_again_with_its_own_need() -> None:
    flow = cohort(10)
    again = np.zeros_like(flow.opened_new)
    again[..., 40] = 0.05

    wanted = coming(
        new=400.0,
        sources=("echo",),
        echo_need=0.5,
        flow=Timing(
            flow.opened_new,
            flow.opened_late,
            flow.returned_new,
            flow.returned_late,
            again,
            flow.echo_late,
        ),
    )

    np.testing.assert_allclose(wanted.contacts_by_age("echo")[0, 0, :, 40], 10.0)
    assert wanted.contacts("echo").sum() == pytest.approx(80.0)


def test_only_sources_that_are_on_have_parts() -> None:
    wanted = coming(new=1.0, sources=("activation", "echo"))

    assert sorted(wanted.parts) == ["activation", "echo"]


def test_official_share_and_contacts_multiply() -> None:
    p = worlds.central(official_share=0.2, contacts_per_helped=1.5)

    np.testing.assert_allclose(helped_rate(p), [[0.3]])


def test_campaign_lifts_the_official_share_of_its_weeks_to_at_most_one() -> None:
    campaign = np.ones(SPAN.computed)
    campaign[10:12], campaign[12] = 1.5, 9.0

    plain = coming(new=100.0, tail=1.0)
    lifted = coming(new=100.0, tail=1.0, campaign=campaign)

    factor = lifted.contacts("activation")[0, 0, 10:14] / plain.contacts("activation")[0, 0, 10:14]
    np.testing.assert_allclose(factor, [1.5, 1.5, 2.0, 1.0])  # the share is one half


def test_totals_are_the_sums_of_the_sources_and_of_their_hours() -> None:
    waves = np.full((8, SPAN.computed), 0.001)
    wanted = coming(new=100.0, assisted=30.0, existing=50.0, waves=waves, info_need=0.01)

    contacts, hours, desk = wanted.totals()

    by_age = sum(wanted.contacts_by_age(source) for source in wanted.parts)
    assert isinstance(by_age, np.ndarray)
    np.testing.assert_allclose(contacts, by_age.sum(axis=2))
    for index, series in enumerate((hours, desk)):
        each = {source: wanted.hours_of(source)[index][0] for source in wanted.parts}
        by_source = [each[source] @ wanted.contacts_by_age(source)[0, 0] for source in each]
        np.testing.assert_allclose(series[0, 0], sum(by_source))
    assert (wanted.hours_of("information")[0] < wanted.hours_of("activation")[0]).all()


# --- what a contact costs ---


def test_hours_of_a_contact_by_channel() -> None:
    p = worlds.central(
        minutes_individual=30, preparation=0.2, group_minutes=90, group_size=9, outreach_minutes=60
    )

    # half an hour and a fifth; 108 staff minutes over nine people; 72 minutes
    np.testing.assert_allclose(channel_hours(p), [[0.6, 0.6, 0.2, 1.2]])


def test_an_information_event_has_its_own_size() -> None:
    p = worlds.central(preparation=0, group_minutes=60, group_size=6, event_size=30)

    hours, desk = event_hours(p)

    usual, usual_desk = contact_hours(p)
    share = channel_shares(p)[:, :, CHANNELS.index("group")]
    np.testing.assert_allclose(usual - hours, share * (1 / 6 - 1 / 30))
    np.testing.assert_allclose(desk, usual_desk)


def test_hours_of_a_contact_by_age_follow_its_channels() -> None:
    p = worlds.central(
        minutes_individual=60,
        preparation=0,
        group_minutes=60,
        group_size=10,
        outreach_minutes=120,
        channel_walk_in=0.4,
        channel_booked=0.1,
        channel_group=0.3,
        channel_outreach=0.2,
    )

    hours, desk = contact_hours(p)

    np.testing.assert_allclose(hours, 0.5 * 1 + 0.3 * 0.1 + 0.2 * 2)
    np.testing.assert_allclose(desk, 0.5)


def test_channel_shares_are_made_to_sum_to_one() -> None:
    doubled = worlds.central(
        channel_walk_in=1.0, channel_booked=0.5, channel_group=0.25, channel_outreach=0.25
    )
    nothing = worlds.central(
        channel_walk_in=0, channel_booked=0, channel_group=0, channel_outreach=0
    )

    np.testing.assert_allclose(channel_shares(doubled)[0, 0], [0.5, 0.25, 0.125, 0.125])
    np.testing.assert_allclose(channel_shares(nothing), 0.25)
    np.testing.assert_allclose(channel_shares(worlds.central()).sum(axis=-1), 1.0)


# --- background ---


def test_without_effects_everybody_has_the_bands_need() -> None:
    p = worlds.central()
    zero = {name: np.zeros((5, 8)) for name in worlds.facts().covariates}

    need = background_need(p, zero, np.ones((1, 5, 8)), worlds.facts().people)

    np.testing.assert_allclose(need, np.broadcast_to(p["need"][:, None], need.shape), rtol=1e-12)


def test_background_moves_need_between_two_equal_places_by_hand() -> None:
    p = worlds.central(need=0.5, effect_rural=2.0, effect_poverty=0.0)
    z = {"effect_rural": np.array([[0.5] * 8, [-0.5] * 8])}

    need = background_need(p, z, np.full((1, 2, 8), 7.0), np.ones((2, 8)))

    # logit ±1 around one half: symmetric, so that the second shift is nought
    np.testing.assert_allclose(need[0, 0], 1 / (1 + np.exp(-1)))
    np.testing.assert_allclose(need[0].sum(axis=0), 1.0)


def test_needers_are_counted_among_those_who_activate_not_among_people() -> None:
    z = {"effect_rural": np.array([[1.0] * 8, [-1.0] * 8])}
    accounts = np.array([[[30.0] * 8, [10.0] * 8]])

    need = background_need(worlds.central(), z, accounts, np.array([[1.0] * 8, [99.0] * 8]))

    mean = (30 * need[0, 0] + 10 * need[0, 1]) / 40
    np.testing.assert_allclose(mean, worlds.central()["need"][0])


def test_a_band_in_which_nobody_activates_is_weighted_by_people() -> None:
    z = {"effect_rural": np.array([[1.0] * 8, [-1.0] * 8])}
    people = np.array([[30.0] * 8, [10.0] * 8])

    need = background_need(worlds.central(), z, np.zeros((1, 2, 8)), people)

    mean = (30 * need[0, 0] + 10 * need[0, 1]) / 40
    np.testing.assert_allclose(mean, worlds.central()["need"][0])


# --- waves and topics ---


def days_after(days: int, weeks: int = 2, share: float = 0.014) -> np.ndarray:
    return wave_shares(SPAN, [(days, weeks, share, [1.0] * 7 + [2.0])], 8)


def test_a_wave_is_spread_evenly_over_its_days() -> None:
    from_thursday = days_after(3)

    # 14 days at a thousandth: four, seven and three of them
    np.testing.assert_allclose(from_thursday[0, :4], [0.004, 0.007, 0.003, 0.0])
    np.testing.assert_allclose(from_thursday[7], 2 * from_thursday[0])


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-14, 0.0),  # over on the horizon's eve
        (-13, 0.001),
        (-7, 0.007),
        (7 * SPAN.computed - 7, 0.007),
        (7 * SPAN.computed - 1, 0.001),
        (7 * SPAN.computed, 0.0),
    ],
)
def test_waves_at_the_horizons_edges_keep_the_part_inside(days: int, expected: float) -> None:
    assert days_after(days)[0].sum() == pytest.approx(expected, abs=1e-15)


def test_waves_add_up_to_everybody_at_most() -> None:
    heavy = (0, 1, 1.0, [0.7] * 8)

    np.testing.assert_allclose(wave_shares(SPAN, [heavy, heavy], 8)[:, 0], 1.0)


def phases(span: Horizon) -> list[int]:
    return [int(phase) for phase in topic_phases(span)]


def test_phases_before_opening_settling_after() -> None:
    span = horizon(dt.date(2026, 1, 12), dt.date(2026, 12, 31))

    found = phases(span)

    assert found[:8] == [0] * 8
    assert found[8:21] == [1] * 13
    assert found[21 : span.target_index + 1] == [2] * (span.target_index - 20)
    assert set(found[span.target_index + 1 :]) == {3}


def test_a_rollout_shorter_than_its_opening_goes_straight_to_after() -> None:
    found = phases(horizon(dt.date(2026, 1, 12), dt.date(2026, 1, 25)))

    assert found[7:12] == [0, 1, 1, 3, 3]
