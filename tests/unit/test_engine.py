"""The engine: caching, horizons, presets, and what a scenario becomes as arrays."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from planner.engine import build_engine, load_engine, settings
from planner.errors import PlannerError
from planner.model.weeks import horizon
from planner.scenario import Answers, Shift, Supply, default_scenario
from tests import worlds

DATE = dt.date
ENGINE = worlds.engine()
DEFAULT = default_scenario(ENGINE.assumptions)
TODAY = worlds.TODAY


def test_the_engine_is_built_once() -> None:
    assert load_engine() is load_engine()
    assert build_engine(ENGINE.snapshot, ENGINE.assumptions) is ENGINE


def test_the_same_question_is_answered_from_the_cache() -> None:
    first = ENGINE.forecast(DEFAULT, TODAY)

    assert ENGINE.forecast(replace(DEFAULT), TODAY) is first
    assert ENGINE.forecast(DEFAULT, DATE(2026, 4, 1)) is first  # the horizon is the same
    assert ENGINE.forecast(replace(DEFAULT, new_users=1.0), TODAY) is not first


@pytest.mark.parametrize(
    "name",
    [
        "new_users",
        "contacts",
        "hours",
        "short_hours",
        "capacity.hours",
        "accounts.new",
        "flow.opened_new",
    ],
)
def test_cached_results_are_read_only(name: str) -> None:
    values = ENGINE.forecast(DEFAULT, TODAY)
    for part in name.split("."):
        values = getattr(values, part)

    assert isinstance(values, np.ndarray)
    assert not values.flags.writeable


def test_horizon_reaches_beyond_target_today_and_the_date_given() -> None:
    plain = ENGINE.forecast(DEFAULT, TODAY).span
    late_today = ENGINE.forecast(DEFAULT, DATE(2027, 3, 1)).span
    late_view = ENGINE.forecast(DEFAULT, TODAY, DATE(2027, 3, 1)).span

    assert plain.day(plain.count - 1) == DATE(2027, 6, 28)
    assert late_today.day(late_today.count - 1) == DATE(2027, 8, 30)
    assert late_view == late_today


@pytest.mark.parametrize("seen", [DATE(2025, 11, 17), DATE(2027, 1, 1), DATE(2032, 1, 3)])
def test_views_from_the_edges_of_what_can_be_seen(seen: dt.date) -> None:
    span = ENGINE.forecast(DEFAULT, TODAY, seen).span

    view = span.view(seen)

    assert span.day(view.start) <= seen < span.day(view.start + 1)
    assert view.stop - view.start >= 27


@pytest.mark.parametrize("seen", [DATE(2025, 11, 16), DATE(2032, 1, 6), DATE(9999, 12, 31)])
def test_views_outside_the_edges_are_refused(seen: dt.date) -> None:
    with pytest.raises(PlannerError) as caught:
        ENGINE.forecast(DEFAULT, TODAY, seen)

    assert caught.value.code == "error.from_range"


def test_a_today_that_no_horizon_reaches_is_refused() -> None:
    for today in (DATE(2032, 1, 6), DATE(3026, 1, 12), DATE(9999, 12, 31)):
        with pytest.raises(PlannerError) as caught:
            ENGINE.forecast(DEFAULT, today)
        assert caught.value.code == "error.today_range"


def test_unsound_scenarios_are_refused_before_anything_is_computed() -> None:
    with pytest.raises(PlannerError) as caught:
        ENGINE.forecast(replace(DEFAULT, new_users=4e6), TODAY)

    assert caught.value.code == "error.target_too_large"


def test_overrides_reach_the_model() -> None:
    changed = replace(DEFAULT, overrides=(("official_share", (0.4,)),))

    doubled = ENGINE.forecast(changed, TODAY)

    np.testing.assert_allclose(doubled.contacts, 2 * ENGINE.forecast(DEFAULT, TODAY).contacts)


def test_answers_become_hours_and_last_funded_weeks() -> None:
    span = horizon(DEFAULT.start, DEFAULT.target_date)
    scenario = DEFAULT.with_answers("249", Answers(12.0, 2, DATE(2026, 6, 30))).with_answers(
        "091", Answers(300.0)
    )

    stated = settings(ENGINE, scenario, span)

    assert [ENGINE.snapshot.codes[index] for index in stated.answered] == ["091", "249"]
    np.testing.assert_array_equal(stated.answered_hours, [300.0, 12.0])
    assert span.day(int(stated.answered_last[1])) == DATE(2026, 6, 29)  # Tuesday's week
    assert stated.answered_last[0] >= span.computed - 1  # for good


def test_an_answer_changes_its_municipality_alone() -> None:
    index = ENGINE.snapshot.index("249")
    answered = ENGINE.forecast(DEFAULT.with_answers("249", Answers(12.0, 2)), TODAY)

    plain = ENGINE.forecast(DEFAULT, TODAY)
    changed = (answered.capacity.hours != plain.capacity.hours).any(axis=(0, 2))
    assert np.flatnonzero(changed).tolist() == [index]
    np.testing.assert_array_equal(answered.capacity.hours[0, index], 12.0)
    np.testing.assert_allclose(answered.capacity.baseline[0, index], 0.65 * 12)
    np.testing.assert_array_equal(answered.contacts, plain.contacts)


def test_shipped_waves_lie_on_their_dates() -> None:
    span = horizon(DEFAULT.start, DEFAULT.target_date)

    waves = settings(ENGINE, DEFAULT, span).waves

    # Kela's letters from Thursday 15 January 2026: 0.3 % of users, 1.3 times that at 65–74
    week = span.index(DATE(2026, 1, 15))
    assert not waves[5, :week].any()
    assert waves[5, week] == pytest.approx(0.003 * 1.3 * 4 / 56)
    assert waves[5, week + 1] == pytest.approx(0.003 * 1.3 / 8)


def test_campaign_weeks_become_factors() -> None:
    span = horizon(DEFAULT.start, DEFAULT.target_date)
    early, middle = (DATE(2025, 11, 3), 3, 1.5), (DATE(2026, 3, 4), 2, 2.0)

    factor = settings(ENGINE, replace(DEFAULT, campaign=(early, middle)), span).campaign

    assert factor is not None
    march = span.index(DATE(2026, 3, 4))
    assert np.flatnonzero(factor == 1.5).tolist() == [0]  # of three weeks one is in the horizon
    assert np.flatnonzero(factor == 2.0).tolist() == [march, march + 1]
    assert settings(ENGINE, DEFAULT, span).campaign is None


def test_a_campaign_brings_more_people_in_its_weeks() -> None:
    lifted = replace(DEFAULT, campaign=((DATE(2026, 3, 2), 2, 2.0),))

    factor = ENGINE.forecast(lifted, TODAY).contacts / ENGINE.forecast(DEFAULT, TODAY).contacts

    week = ENGINE.forecast(DEFAULT, TODAY).span.index(DATE(2026, 3, 2))
    np.testing.assert_allclose(factor[0, :, week : week + 2], 2.0)
    np.testing.assert_allclose(np.delete(factor[0], [week, week + 1], axis=1), 1.0)


def test_presets() -> None:
    assert ENGINE.preset("national_target", DEFAULT) == 2_800_000
    assert ENGINE.preset("press_estimate", DEFAULT) == 2_000_000
    assert ENGINE.preset("todays_reach", DEFAULT) == pytest.approx(2_739_000, rel=1e-3)
    with pytest.raises(PlannerError) as caught:
        ENGINE.preset("wishful", DEFAULT)
    assert caught.value.code == "error.unknown_preset"


def test_todays_reach_carries_its_preset_without_assistance() -> None:
    for existing in (0.0, 1_500_000.0, 4_500_000.0):
        scenario = replace(DEFAULT, existing=existing, new_users=0.0)
        reached = ENGINE.preset("todays_reach", scenario)

        result = ENGINE.forecast(replace(scenario, new_users=reached), TODAY)

        assert 0 <= reached <= ENGINE.largest_target(existing)
        assert result.accounts.new_assisted.sum() == pytest.approx(0.0, abs=1e-6)


def test_the_largest_target_is_the_adults_who_have_no_account() -> None:
    assert ENGINE.largest_target(1_500_000.0) == pytest.approx(3.15e6, rel=1e-3)
    assert ENGINE.largest_target(0.0) == ENGINE.adults


def test_scenarios_that_differ_in_services_share_their_demand() -> None:
    entered = DEFAULT.with_capacity({"249": Supply((Shift(9.0),), 6.0)})

    first, second, third = (
        ENGINE.worlds(each, TODAY, draws=20)
        for each in (DEFAULT, entered, DEFAULT.with_answers("249", Answers(4.0)))
    )

    assert first.table is second.table is third.table
    assert second.settings.entered is not None
    assert first.settings.entered is None
    assert third.settings.answered_hours.tolist() == [4.0]
