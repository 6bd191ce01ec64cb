"""Whole sessions: how many, how often, from when to when."""

from __future__ import annotations

import numpy as np
import pytest

from planner.plans.suggestion import (
    MOST_PER_WEEK,
    Service,
    Suggestion,
    extra_hours,
    share_coping,
    suggest,
)

WEEKS = 40
ALL = slice(0, WEEKS)


def course(**weeks: float) -> np.ndarray:
    """Hours by week; `w10_19=3` puts 3 hours in each of the weeks 10–19."""
    hours = np.zeros(WEEKS + 2)
    for name, value in weeks.items():
        first, _, last = name.removeprefix("w").partition("_")
        hours[int(first) : int(last or first) + 1] = value
    return hours


def service(
    *rollouts: np.ndarray,
    capacity: float | np.ndarray = 0.0,
    baseline: float = 0.0,
    stay: float = 0.7,
    contacts: float = 100.0,
) -> Service:
    """A service whose draws differ in their demand."""
    draws = len(rollouts)
    supply = np.broadcast_to(np.asarray(capacity, dtype=float), (draws, WEEKS + 2))
    return Service(
        rollout=np.stack(rollouts)[:, :WEEKS],
        contacts=np.full((draws, WEEKS), contacts),
        capacity=supply,
        baseline=np.full((draws, WEEKS + 2), baseline),
        stay=np.full(draws, stay),
    )


def plan(rollout: np.ndarray, view: slice = ALL, **more: object) -> Suggestion:
    """The suggestion of a single draw."""
    return suggest(service(rollout, **more), view)  # type: ignore[arg-type]


def longest_wait(rollout: np.ndarray, spare: np.ndarray) -> int:
    """Weeks that the last of any week's clients waits if nobody gives up; 99 for ever."""
    longest, queue = 0, 0.0
    for week in range(WEEKS):
        queue = max(0.0, queue + rollout[week] - spare[week])
        left, waited = queue, 0
        while left > 1e-9 and waited < 99:
            waited += 1
            left = left - spare[week + waited] if week + waited < spare.size else left
        longest = max(longest, waited)
    return longest


def test_where_everybody_is_served_nothing_is_suggested() -> None:
    assert plan(course(w10_19=3.0), capacity=5.0, baseline=2.0) == Suggestion("none")


def test_a_single_weekly_session_by_hand() -> None:
    found = plan(course(w10_19=2.0))

    assert (found.kind, found.sessions, found.every, found.hours) == ("sessions", 1, 1, 2.0)
    # weeks 10–17 are served at once; 4 hours of weeks 18 and 19 may wait two weeks
    assert (found.first, found.last) == (10, 19)


def test_an_hour_a_week_takes_a_session_every_second_week() -> None:
    found = plan(course(w10_19=1.0))

    assert (found.sessions, found.every, found.hours) == (1, 2, 1.0)
    assert found.first == 10


def test_several_sessions_a_week_where_one_is_not_enough() -> None:
    found = plan(course(w10_19=7.0), capacity=2.0, baseline=1.0)

    # 6 of 7 hours remain each week: three sessions
    assert (found.kind, found.sessions, found.every) == ("sessions", 3, 1)


def test_sessions_begin_in_the_first_week_that_does_not_cope() -> None:
    # week 10's three hours wait for the spare hours of weeks 11 and 12; week 20's nine can't
    found = plan(course(w10=3.0, w20_25=9.0), capacity=1.0)

    assert found.first == 20


@pytest.mark.parametrize("seed", range(12))
def test_the_plan_serves_everybody_in_time_and_no_rarer_one_does(seed: int) -> None:
    random = np.random.default_rng(seed)
    rollout = np.where(np.arange(WEEKS + 2) < 5, 0.0, random.gamma(0.5, 6.0, WEEKS + 2))
    rollout[30:] = 0
    capacity = random.uniform(0, 3)

    found = plan(rollout, capacity=capacity, stay=1.0)

    assert found.kind == "sessions"
    week = np.arange(WEEKS + 2)
    due = (week >= found.first) & (week <= found.last) & ((week - found.first) % found.every == 0)
    assert longest_wait(rollout, capacity + 2.0 * found.sessions * due) <= 2
    fewer = found.sessions - 1 if found.sessions > 1 else 1
    every = 1 if found.sessions > 1 else 2
    if (fewer, every) != (found.sessions, found.every):
        due = (week >= found.first) & ((week - found.first) % every == 0)
        assert longest_wait(rollout, capacity + 2.0 * fewer * due) > 2
    # nor does a shorter one
    due = (week >= found.first) & (week < found.last) & ((week - found.first) % found.every == 0)
    held = (found.last - found.first) % found.every == 0
    assert not held or longest_wait(rollout, capacity + 2.0 * found.sessions * due) > 2


def test_a_plan_does_not_rest_on_people_giving_up() -> None:
    rollout = course(w10_19=4.0)

    nearly_all_leave, all_stay = plan(rollout, stay=0.01), plan(rollout, stay=1.0)

    assert nearly_all_leave == all_stay
    assert all_stay.sessions == 2


def test_the_view_begins_later_than_the_need() -> None:
    found = plan(course(w10_19=2.0, w30_39=2.0), capacity=1.0, stay=0.7, view=slice(25, WEEKS))

    # one hour a week is missing from week 30; 1, 1.7 and then 2.19 hours wait, 2 fit
    assert found.first == 32
    assert (found.sessions, found.every) == (1, 2)


def test_people_who_gave_up_before_the_view_are_not_planned_for() -> None:
    later = course(w30_35=2.0)
    storm = course(w2=1000.0) + later

    found = plan(storm, capacity=0.1, stay=0.5, view=slice(25, WEEKS))

    # after 28 weeks none of the thousand hours is left: 1000 · 0.5^28 < 0.00001
    assert found == plan(later, capacity=0.1, stay=0.5, view=slice(25, WEEKS))
    assert found.sessions == 1


def test_people_who_still_wait_when_the_view_begins_are_planned_for() -> None:
    storm = course(w23=40.0)

    found = plan(storm, stay=0.5, view=slice(25, WEEKS))

    # 40, 20 and 10 hours are left after weeks 23–25; 10 in three weeks take two sessions each
    assert (found.first, found.sessions, found.every, found.last) == (25, 2, 1, 27)


def test_where_the_service_has_gone_its_old_clients_count_too() -> None:
    supply = np.where(np.arange(WEEKS + 2) < 20, 10.0, 0.0)  # funding ends after week 19

    found = plan(course(w10_39=1.0), capacity=supply, baseline=5.0)

    # five hours a week of old clients and one of new ones: three sessions
    assert (found.kind, found.sessions, found.every) == ("sessions", 3, 1)
    assert found.last == WEEKS - 1


def test_fewer_people_than_sessions_are_better_served_by_appointment() -> None:
    found = plan(course(w10_19=2.0), contacts=0.9)

    assert (found.kind, found.sessions, found.every) == ("appointments", 1, 1)


def test_more_than_hundreds_of_sessions_a_week_are_beyond_a_suggestion() -> None:
    # thirty weeks' work may be done in thirty-two
    most = 2.0 * MOST_PER_WEEK * 32 / 30
    enough = plan(course(w10_39=most - 0.1), contacts=5000.0)
    beyond = plan(course(w10_39=most + 0.1), contacts=5000.0)

    assert (enough.kind, enough.sessions) == ("sessions", MOST_PER_WEEK)
    assert (beyond.kind, beyond.first, beyond.last) == ("beyond", 10, WEEKS - 1)


def test_sessions_end_with_the_view_at_the_latest() -> None:
    # six hours in the last week take three sessions, two of them beyond the horizon
    found = plan(course(w39=6.0))

    assert (found.sessions, found.every) == (1, 1)
    assert (found.first, found.last) == (WEEKS - 1, WEEKS - 1)


def test_extra_hours_of_cadences() -> None:
    every_second = extra_hours(8, first=2, last=6, sessions=1, every=2)
    weekly = extra_hours(8, first=2, last=4, sessions=3, every=1)

    np.testing.assert_array_equal(every_second, [0, 0, 2, 0, 2, 0, 2, 0])
    np.testing.assert_array_equal(weekly, [0, 0, 6, 6, 6, 0, 0, 0])


# --- several draws ---


def worlds_of(*hours: float) -> Service:
    """Draws that need so many hours in each of the weeks 10–19."""
    return service(*(course(w10_19=value) for value in hours))


def test_the_share_of_draws_that_cope_is_counted_week_by_week() -> None:
    alone = share_coping(worlds_of(0.0, 2.0, 0.0, 5.0), np.zeros(WEEKS + 2))
    helped = share_coping(worlds_of(0.0, 2.0, 0.0, 5.0), np.full(WEEKS + 2, 2.0))

    assert alone[10:20].tolist() == [0.5] * 10
    assert alone[:10].tolist() == [1.0] * 10
    assert helped.min() == 0.75


@pytest.mark.parametrize(("share", "sessions"), [(0.5, 1), (0.7, 2), (0.8, 3), (1.0, 4)])
def test_more_of_the_draws_take_more_sessions(share: float, sessions: int) -> None:
    # two draws need none, three one session a week, two two, two three and one four
    found = suggest(worlds_of(0.0, 2.0, 2.0, 4.0, 6.0, 8.0, 0.0, 2.0, 4.0, 6.0), ALL, share)

    assert (found.kind, found.sessions, found.every) == ("sessions", sessions, 1)


def test_enough_draws_that_cope_alone_need_no_suggestion() -> None:
    assert suggest(worlds_of(0.0, 0.0, 0.0, 0.0, 9.0), ALL) == Suggestion("none")
    assert suggest(worlds_of(0.0, 0.0, 0.0, 9.0, 9.0), ALL).kind == "sessions"
    assert suggest(worlds_of(0.0, 0.0, 0.0, 9.0, 9.0), ALL, 0.5) == Suggestion("none")


@pytest.mark.parametrize("seed", range(6))
def test_the_plan_makes_eight_draws_in_ten_cope_and_one_session_less_does_not(seed: int) -> None:
    random = np.random.default_rng(seed)
    demand = random.gamma(0.5, 6.0, (25, WEEKS + 2)) * random.gamma(4, 0.25, (25, 1))
    asked = service(*demand, capacity=random.uniform(0, 3), stay=1.0)

    found = suggest(asked, ALL)

    def coping(sessions: int) -> float:
        extra = extra_hours(WEEKS + 2, found.first, WEEKS + 1, sessions, found.every)
        return float(share_coping(asked, extra)[found.first :].min())

    assert found.kind == "sessions"
    assert found.sessions > 1
    assert coping(found.sessions) >= 0.8 > coping(found.sessions - 1)


def test_singles_are_judged_in_single_precision() -> None:
    asked = worlds_of(0.1, 0.2, 0.3)
    single = Service(*(part.astype(np.float32) for part in vars(asked).values()))

    np.testing.assert_array_equal(
        share_coping(single, np.full(WEEKS + 2, 0.2)), share_coping(asked, np.full(WEEKS + 2, 0.2))
    )
