"""What holds a plan back, and what would help."""

from __future__ import annotations

import datetime as dt

import pytest

from planner.engine import load_engine
from planner.scenario import default_scenario
from planner.sessions import Change, Request, SessionPlan, explained, plan_sessions
from planner.sessions import help as help_

FIRST = dt.date(2026, 2, 2)


def told(**asked: object) -> SessionPlan:
    engine = load_engine()
    scenario = default_scenario(engine.assumptions)
    request = Request(**{"codes": ("249",), "first": FIRST, "weeks": 4, **asked})  # type: ignore[arg-type]
    plan = plan_sessions(engine, scenario, request, FIRST)
    return explained(engine, scenario, plan)


def test_scarce_hours_bind_and_more_of_them_help() -> None:
    plan = told(staff_hours=3.0)

    assert plan.binding == "staff_hours"
    by_rule = {change.rule: change for change in plan.changes}
    assert by_rule["staff_hours"].contacts > 2
    assert by_rule["staff_hours"].amount == pytest.approx(2.5)
    assert plan.change == plan.changes[0]
    gains = [change.contacts for change in plan.changes]
    assert gains == sorted(gains, reverse=True)


def test_without_trainers_one_more_helps_most() -> None:
    plan = told(staff_hours=20.0, people=0)

    assert plan.sessions == ()
    assert plan.binding == "people"


def test_closed_venues_are_named() -> None:
    shut = tuple((None, FIRST + dt.timedelta(days=day)) for day in range(28))

    plan = told(closures=shut, people=2)

    assert plan.sessions == ()
    assert plan.unserved.sum() == pytest.approx(plan.contacts.sum())
    assert {change.rule for change in plan.changes} & {"remote", "opening_hours"}


def test_where_nobody_is_left_nothing_is_suggested() -> None:
    plan = told(staff_hours=40.0, people=4, preset="wide")

    assert plan.unserved.sum() < 1.5
    assert plan.binding in (None, "effort")


@pytest.mark.parametrize("code", ["766", "318", "295"])
def test_a_place_with_hardly_anybody_gets_no_costly_advice(code: str) -> None:
    plan = told(codes=(code,), weeks=12)

    assert plan.unserved.sum() > 0.2
    assert (plan.binding, plan.change, plan.changes) == (None, None, ())


@pytest.mark.parametrize(
    ("contacts", "hours", "worth"),
    [
        (0.99, 0.0, False),
        (1.0, 20.0, True),
        (1.0, 20.5, False),
        (3.0, 60.0, True),
        (3.0, 61.0, False),
    ],
)
def test_advice_gains_somebody_for_a_reasonable_time(
    contacts: float, hours: float, worth: bool
) -> None:
    assert help_._worth(Change("remote", 5.0, contacts), hours) is worth


def test_every_advice_of_a_plan_is_worth_its_hours() -> None:
    plan = told(staff_hours=3.0, weeks=12)

    weekly = [one for one in plan.changes if one.rule in ("staff_hours", "opening_hours", "remote")]
    assert weekly
    for one in weekly:
        assert one.contacts >= 1
        assert one.amount * 12 <= 20 * one.contacts
