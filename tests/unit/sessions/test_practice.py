"""Today's practice beside a plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from planner.engine import load_engine
from planner.errors import PlannerError
from planner.scenario import default_scenario
from planner.sessions import Request, Session, SessionPlan, Venue, Village
from planner.sessions.demand import session_demand
from planner.sessions.draft import Draft, planned
from planner.sessions.practice import Practice, compared, longest_wait, practised, side

FIRST = dt.date(2026, 2, 2)  # a Monday
TUESDAY = dt.timedelta(days=1)


def draft_of(code: str, **asked: object) -> tuple[Draft, SessionPlan]:
    engine = load_engine()
    request = Request(**{"codes": (code,), "first": FIRST, **asked})  # type: ignore[arg-type]
    return planned(engine, default_scenario(engine.assumptions), request, FIRST)


def beside(code: str, practice: Practice, **asked: object):
    engine = load_engine()
    draft, plan = draft_of(code, **asked)
    scenario = default_scenario(engine.assumptions)
    return compared(engine, scenario, draft, practice, FIRST, plan)


def session(day: dt.date, venue: str = "a") -> Session:
    return Session("u", day, 780, 900, venue, "clinic", "account", "fi", 1, 2.5)


def test_a_side_worked_out_by_hand() -> None:
    """Two sessions at one venue of two, three villages."""
    mondays = tuple(FIRST + dt.timedelta(weeks=week) for week in range(4))
    zero, one = np.zeros(4), np.ones(4)
    villages = tuple(
        Village(code, "249", people, venue, one, zero)
        for code, people, venue in (("1", 300.0, "a"), ("2", 100.0, "a"), ("3", 100.0, "b"))
    )
    plan = SessionPlan(
        request=Request(("249",), FIRST, 4),
        first=FIRST,
        mondays=mondays,
        venues=(),
        sessions=(session(FIRST + TUESDAY), session(FIRST + dt.timedelta(days=15))),
        villages=villages,
        limit=np.full(4, 3.0),
        used=np.array([2.5, 0.0, 2.5, 0.0]),
        contacts=np.full(4, 3.0),
        served=np.array([3.0, 0.0, 4.0, 0.0]),
        unserved=np.array([0.0, 1.0, 1.0, 3.0]),
        gap=0.0,
        people=1,
    )

    found = side(plan)

    assert (found.sessions, found.helped, found.left, found.staff_hours) == (2, 7.0, 5.0, 5.0)
    # 1 day to the first, 14 between them, 13 from the second to the end
    assert found.wait == 14
    assert (found.reached, found.villages) == (2, 3)
    assert found.reached_people == pytest.approx(0.8)


def test_a_monthly_practice_in_one_village_worked_out_by_hand() -> None:
    """Hailuoto: sessions in weeks 1, 5 and 9; who waits longer is less sure to stay."""
    engine = load_engine()
    scenario = default_scenario(engine.assumptions)
    index = engine.snapshot.index("072")
    contacts, _ = session_demand(engine, scenario, index, FIRST, 12)
    parameters = engine.parameters(scenario)
    stay = float(parameters["stay"][0, 0])
    waits = [
        0,
        3,
        2,
        1,
        0,
        3,
        2,
        1,
        0,
    ]  # weeks until the next session; after the last there is none
    helped = sum(contacts[:3, week].sum() * stay**wait for week, wait in enumerate(waits))
    hours = 2 * (2 + float(parameters["preparation"][0, 0]))  # one prepares, two are there

    found = beside("072", Practice("85071", (1,), 780, 900, every=4))

    assert [one.day for one in found.sessions] == [
        FIRST + TUESDAY + dt.timedelta(weeks=week) for week in (0, 4, 8)
    ]
    assert found.today.helped == pytest.approx(helped, abs=1e-3)
    assert found.today.staff_hours == pytest.approx(3 * hours)
    assert found.today.wait == 28
    assert found.helped_more == pytest.approx(found.plan.helped - helped, abs=1e-3)
    assert found.hours_more == pytest.approx(found.plan.staff_hours - 3 * hours)


def test_every_tuesday_at_the_main_library_leaves_the_branch_out() -> None:
    found = beside("249", Practice("85126", (1,), 780, 900))

    assert found.today.sessions == 12
    assert found.today.wait == 7
    assert 0 < found.today.reached < found.plan.reached == found.plan.villages
    assert found.helped_more > 10
    assert 0 < found.reached_more < 50


def test_no_session_is_held_on_holidays_or_before_the_first_day() -> None:
    engine = load_engine()
    scenario = default_scenario(engine.assumptions)
    _, plan = draft_of("249", first=dt.date(2026, 4, 1), weeks=2)  # Wednesday before Easter

    days = {
        one.day for one in practised(engine, scenario, plan, Practice("85126", (0, 4), 600, 660))
    }

    assert days == {dt.date(2026, 4, 10)}  # Good Friday and Easter Monday are holidays


def test_closed_days_are_left_out() -> None:
    engine = load_engine()
    scenario = default_scenario(engine.assumptions)
    shut = FIRST + TUESDAY
    _, plan = draft_of("249", weeks=2, closures=((None, shut), ("other", shut + 7 * TUESDAY)))

    sessions = practised(engine, scenario, plan, Practice("85126", (1,), 780, 900))

    assert [one.day for one in sessions] == [shut + 7 * TUESDAY]


def test_a_longer_session_helps_more() -> None:
    short = beside("249", Practice("85126", (1,), 780, 840))
    long = beside("249", Practice("85126", (1,), 780, 900))

    assert long.today.helped > 1.5 * short.today.helped
    assert long.today.staff_hours == pytest.approx(2 * short.today.staff_hours)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"venue": "none"}, "error.practice_venue"),
        ({"weekdays": ()}, "error.practice_days"),
        ({"weekdays": (7,)}, "error.practice_days"),
        ({"end": 780}, "error.practice_span"),
        ({"end": 785}, "error.practice_span"),
        ({"every": 0}, "error.practice_every"),
        ({"kind": "party"}, "error.practice_kind"),
    ],
)
def test_what_does_not_hold_is_told(changes: dict[str, object], code: str) -> None:
    practice = replace(Practice("85126", (1,), 780, 900), **changes)  # type: ignore[arg-type]

    with pytest.raises(PlannerError) as told:
        beside("249", practice, weeks=1)

    assert told.value.code == code


@pytest.mark.parametrize(
    ("days", "wait"),
    [((), None), ((0,), 28), ((27,), 27), ((1, 8, 15, 22), 7), ((3, 3, 20), 17)],
)
def test_the_longest_wait(days: tuple[int, ...], wait: int | None) -> None:
    held = [FIRST + dt.timedelta(days=day) for day in days]

    assert longest_wait(held, FIRST, FIRST + dt.timedelta(days=28)) == wait


def test_a_venue_with_one_person_at_a_time_needs_a_second_one() -> None:
    engine = load_engine()
    scenario = default_scenario(engine.assumptions)
    _, plan = draft_of("249", weeks=1)
    venue: Venue = next(one for one in plan.venues if one.id == "85126")
    alone = replace(plan, venues=(replace(venue, single_staffed=True),))
    practice = Practice("85126", (1,), 780, 900)

    one = practised(engine, scenario, plan, practice)[0]
    two = practised(engine, scenario, alone, practice)[0]

    assert (one.staff, two.staff) == (1, 2)
    assert two.staff_hours == pytest.approx(one.staff_hours + 2)
