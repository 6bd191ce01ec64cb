"""A municipality's staffing plan: figures by week, options, the mix, and odd places."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from planner.errors import PlannerError
from planner.model.ensemble import quantiles
from planner.records import CapacityRow
from planner.scenario import Answers, Scenario, default_scenario
from planner.services import as_supply, service_before
from planner.staffing import Staffing, staffing
from tests import worlds

ENGINE = worlds.engine()
DEFAULT = default_scenario(ENGINE.assumptions)
BEFORE, AMID = dt.date(2025, 12, 1), dt.date(2026, 2, 10)
DRAWS = 200


def ask(
    code: str,
    today: dt.date = worlds.TODAY,
    seen_from: dt.date | None = None,
    scenario: Scenario = DEFAULT,
    **more: object,
) -> Staffing:
    return staffing(ENGINE, scenario, code, today, seen_from, DRAWS, **more)  # type: ignore[arg-type]


def answered(code: str, hours: float) -> Scenario:
    return DEFAULT.with_answers(code, Answers(hours))


def test_weeks_are_those_of_the_draws() -> None:
    found = ask("249")
    index = ENGINE.snapshot.index("249")
    drawn = ENGINE.place_draws(DEFAULT, index, worlds.TODAY, None, DRAWS, 1)

    np.testing.assert_array_equal(found.weeks.short, quantiles(drawn.short_hours)[1])
    np.testing.assert_array_equal(found.weeks.needed_p80, quantiles(drawn.needed)[2])
    np.testing.assert_array_equal(found.weeks.p_copes, drawn.copes.mean(axis=0))
    assert (found.weeks.needed_p80 >= found.weeks.needed_p50).all()
    assert found.weeks.mondays == found.answer.mondays


def test_staff_and_euros_follow_from_the_hours_missing() -> None:
    scenario = DEFAULT.with_override("cost", [50]).with_override("fte_hours", [1560])
    found = ask("249", scenario=scenario)

    np.testing.assert_allclose(found.weeks.fte_short, found.weeks.short / (1560 / 52))
    np.testing.assert_allclose(found.weeks.euros, found.weeks.short * 50)
    assert found.weeks.euros.max() > 0


def test_a_view_cuts_the_weeks() -> None:
    since = dt.date(2026, 6, 3)
    found = ask("249", seen_from=since)

    assert found.weeks.mondays[0] == dt.date(2026, 6, 1)
    assert len(found.weeks.short) == len(found.weeks.mondays)


@pytest.mark.parametrize("code", ["091", "249", "148", "478"])
def test_the_mix_keeps_the_level_and_is_no_dearer_than_one_option(code: str) -> None:
    for today, seen in ((BEFORE, None), (AMID, AMID)):
        found = ask(code, today, seen)

        assert found.kind == "weekly"
        assert found.mix is not None
        assert found.mix.p_copes >= 0.8 > found.without.p_copes
        assert found.mix.short_hours < found.without.short_hours
        assert found.mix.euros == pytest.approx(sum(each.mix_euros for each in found.options))
        assert found.mix.hours == pytest.approx(sum(each.mix_hours for each in found.options))
        enough = [each for each in found.options if each.enough]
        assert enough
        for each in enough:
            assert each.alone.p_copes >= 0.8
            assert found.mix.euros <= each.alone.euros + 1e-6


def test_narrow_options_are_not_enough_where_there_is_no_support() -> None:
    found = ask("249", BEFORE, scenario=answered("249", 0.0))
    by_id = {each.id: each for each in found.options}

    # nobody else is there for those who can't come or to whom a group is no help
    assert [name for name, each in by_id.items() if each.enough] == ["regional"]
    assert by_id["regional"].mix_units > 0


def test_a_higher_level_costs_no_less() -> None:
    euros = []
    for level in (0.5, 0.7, 0.8, 0.9, 0.95):
        found = ask("249", BEFORE, level=level)
        assert found.mix is not None
        euros.append(found.mix.euros)
        assert found.kind == "none" or found.mix.p_copes >= level
    assert euros == sorted(euros)
    assert euros[0] < euros[-1]


def test_an_option_that_is_ruled_out_is_not_used() -> None:
    usual = ask("249", BEFORE)
    used = tuple(each.id for each in usual.options if each.mix_units)
    found = ask("249", BEFORE, left_out=used)

    assert found.mix is not None
    assert usual.mix is not None
    assert found.mix.euros >= usual.mix.euros
    for each in found.options:
        assert each.possible == (each.id not in used)
        assert each.possible or (each.mix_units, each.alone.units) == (0, 0)


def test_without_an_option_for_everybody_the_level_may_be_out_of_reach() -> None:
    found = ask(
        "249", BEFORE, scenario=answered("249", 0.0), left_out=("desk", "regional", "peers")
    )

    assert (found.kind, found.mix) == ("unreachable", None)
    assert not any(each.enough for each in found.options)


def test_options_take_their_lead_time() -> None:
    found = ask("249", AMID, AMID)
    monday = AMID - dt.timedelta(days=AMID.weekday())

    assert not found.hindsight
    for each in found.options:
        assert each.ready == monday + dt.timedelta(weeks=each.item["lead"])
    assert found.first == min(each.ready for each in found.options)
    late = [each for each in found.options if each.ready > (found.judged or monday)]
    assert late
    assert not any(each.enough for each in late)


@pytest.mark.parametrize("seen", [None, dt.date(2026, 3, 2)])
def test_what_began_before_today_is_told_as_if_made_ready_in_time(seen: dt.date | None) -> None:
    found = ask("249", dt.date(2026, 11, 24), seen)

    assert (found.kind, found.hindsight) == ("weekly", True)
    assert all(each.ready == found.first for each in found.options)
    early = ask("249", dt.date(2025, 12, 1)) if seen is None else None
    if early is not None and early.mix is not None and found.mix is not None:
        # the same plan as the one made in time, on a longer horizon
        assert found.mix.hours == early.mix.hours


def test_where_all_cope_nothing_is_bought() -> None:
    found = ask("249", scenario=answered("249", 60.0))

    assert (found.kind, found.hindsight, found.first) == ("none", False, None)
    assert found.mix is not None
    assert (found.mix.euros, found.mix.hours) == (0, 0)
    assert found.without.p_copes >= 0.8


def test_need_that_is_over_before_anything_can_be_there() -> None:
    rows = [
        CapacityRow("249", "library", "", 60.0, None, dt.date(2026, 4, 27)),
        CapacityRow("249", "library", "", 60.0, dt.date(2026, 5, 25)),
    ]
    supply = as_supply(rows, service_before(rows, DEFAULT.start))
    found = ask("249", scenario=replace(DEFAULT, capacity=(("249", supply),)))

    # three weeks without anybody begin with the next one
    assert found.kind == "late"
    assert found.mix is None


@pytest.mark.parametrize("code", ["295", "766"])
def test_in_a_village_times_are_agreed_and_cost_their_hours(code: str) -> None:
    found = ask(code, BEFORE)

    assert found.kind == "appointments"
    assert found.mix is not None
    assert found.mix.p_copes >= 0.8
    # a handful of visits: hours in all, not every week
    assert found.mix.hours <= 15
    assert found.mix.euros < 1000
    by_id = {each.id: each for each in found.options}
    assert by_id["group"].alone.units == 0  # of a handful of people no group meets
    assert by_id["desk"].enough  # an agreed time may be at home


def test_more_sessions_never_do_harm_and_one_is_the_answers() -> None:
    found = ask("249", BEFORE)

    assert [each.sessions for each in found.more] == [0, 1, 2, 3, 4, 5]
    hours = [each.short_hours for each in found.more]
    assert hours == sorted(hours, reverse=True)
    copes = [each.p_copes for each in found.more]
    assert copes == sorted(copes)
    gain = found.answer.one_more
    assert (found.more[0].short_hours, found.more[1].short_hours) == (
        gain.short_before,
        gain.short_after,
    )
    assert (found.more[0].p_copes, found.more[1].p_copes) == (
        gain.coping_before,
        gain.coping_after,
    )


def test_more_capacity_makes_no_plan_dearer() -> None:
    euros = []
    for hours in (2.0, 4.0, 6.0, 10.0):
        rows = [CapacityRow("249", "library", "", hours)]
        supply = as_supply(rows, service_before([CapacityRow("249", "library", "", 4.0)], BEFORE))
        found = ask("249", BEFORE, scenario=replace(DEFAULT, capacity=(("249", supply),)))
        assert found.mix is not None
        euros.append(found.mix.euros)
    assert euros == sorted(euros, reverse=True)
    assert euros[0] > euros[-1]


def test_the_desk_starts_from_the_busiest_week() -> None:
    large, village = ask("249", BEFORE), ask("295", BEFORE)

    assert large.desk_visits > large.weeks.capacity.max()  # visits and hours are of one size
    assert large.desk_minutes == pytest.approx(37.5)
    assert village.desk_visits < 3


@pytest.mark.parametrize("level", [0.0, 0.49, 0.995, 1.0, 80.0])
def test_a_level_that_is_none_is_told(level: float) -> None:
    with pytest.raises(PlannerError) as caught:
        ask("249", level=level)
    assert caught.value.code == "error.copes_range"


def test_an_option_that_is_none_is_told() -> None:
    with pytest.raises(PlannerError) as caught:
        ask("249", left_out=("robots",))
    assert caught.value.code == "error.unknown_option"
