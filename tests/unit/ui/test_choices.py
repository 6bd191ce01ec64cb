"""The scenario of an address: what lies on top of a link's scenario, and what doesn't hold."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from urllib.parse import urlencode

import pytest

from planner.errors import PlannerError
from planner.scenario import Answers, default_scenario, to_link
from planner.ui.choices import answer_faults, base, chosen, following, opened
from planner.ui.scenario_share import linked
from planner.ui.state import State
from tests import worlds

DATE = dt.date
ENGINE = worlds.engine()
DEFAULT = default_scenario(ENGINE.assumptions)
OWN = replace(
    DEFAULT.with_override("official_share", (0.4,)),
    start=DATE(2026, 9, 1),
    target_date=DATE(2027, 9, 1),
    existing=1_600_000.0,
    new_users=2_000_000.0,
    answers=(("249", Answers(12.0, 2, DATE(2027, 6, 30))),),
    baselines=(("091", 80.0),),
)


def state(**params: str) -> State:
    """An address with the own scenario and other parameters."""
    return State({"scenario": to_link(OWN), **params})


def test_an_address_without_a_scenario_is_the_shipped_one() -> None:
    found = chosen(State({}), ENGINE, "249")

    assert (found.scenario, found.faults) == (DEFAULT, ())


def test_a_link_is_the_whole_scenario() -> None:
    assert chosen(state(), ENGINE, "249").scenario == OWN
    assert base(state(target="5"), ENGINE) == OWN


@pytest.mark.parametrize(
    ("params", "changes"),
    [
        ({"target": "1000000"}, {"new_users": 1_000_000.0}),
        ({"preset": "national_target"}, {"new_users": 2_800_000.0}),
        ({"existing": "1700000"}, {"existing": 1_700_000.0}),
        ({"target_date": "2027-12-31"}, {"target_date": DATE(2027, 12, 31)}),
        # the target date moves with the start, by the scenario's own year
        ({"start": "2026-10-01"}, {"start": DATE(2026, 10, 1), "target_date": DATE(2027, 10, 1)}),
    ],
)
def test_what_else_the_address_says_lies_on_top(
    params: dict[str, str], changes: dict[str, object]
) -> None:
    found = chosen(state(**params), ENGINE, None)

    assert found.faults == ()
    assert found.scenario == replace(OWN, **changes)  # type: ignore[arg-type]


def test_answers_of_the_address_replace_the_scenarios_part_by_part() -> None:
    hours = dict(chosen(state(hours="9"), ENGINE, "249").scenario.answers)["249"]
    people = dict(chosen(state(people="3"), ENGINE, "249").scenario.answers)["249"]
    elsewhere = chosen(state(hours="9"), ENGINE, "091").scenario

    assert hours == Answers(9.0, 2, DATE(2027, 6, 30))
    assert people == Answers(12.0, 3, DATE(2027, 6, 30))
    assert dict(elsewhere.answers) == {"249": OWN.answers[0][1], "091": Answers(9.0)}


def test_a_baseline_of_the_address_is_its_municipalitys() -> None:
    found = chosen(state(baseline="6.5"), ENGINE, "249")
    wrong = chosen(state(baseline="-1"), ENGINE, "249")

    assert dict(found.scenario.baselines) == {"091": 80.0, "249": 6.5}
    assert chosen(state(baseline="6.5"), ENGINE, None).scenario == OWN
    assert (wrong.scenario, [error.code for error in wrong.faults]) == (OWN, ["error.hours_range"])


@pytest.mark.parametrize(
    ("link", "code"),
    [
        (to_link(OWN)[:-5], "error.link_damaged"),
        ("9" + to_link(OWN), "error.link_newer"),
        (to_link(replace(OWN, start=DATE(1999, 1, 1))), "error.start_range"),
        (to_link(OWN.with_override("stay", (2.0,))), "error.assumption_bounds"),
        (to_link(OWN.with_override("rain", (2.0,))), "error.unknown_assumption"),
        (to_link(OWN.with_answers("999", Answers(1.0))), "error.unknown_municipality"),
        (to_link(OWN.with_reason("rain", "it falls")), "error.reason_key"),
    ],
)
def test_a_link_that_does_not_hold_leaves_the_shipped_scenario(link: str, code: str) -> None:
    found = chosen(State({"scenario": link, "target": "1000000"}), ENGINE, "249")

    assert [error.code for error in found.faults] == [code]
    assert found.refused is found.faults[0]
    assert found.scenario == replace(DEFAULT, new_users=1_000_000.0)
    with pytest.raises(PlannerError):
        opened(link, ENGINE)


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"hours": "-1"}, "error.hours_range"),
        ({"hours": "many"}, "error.number"),
        ({"hours": "9", "people": "10001"}, "error.people_range"),
        ({"hours": "9", "until": "soon"}, "error.date"),
    ],
)
def test_an_answer_that_does_not_hold_is_told_where_no_field_does(
    params: dict[str, str], code: str
) -> None:
    assert [error.code for error in answer_faults(State(dict(params)))] == [code]
    with pytest.raises(PlannerError) as caught:
        linked(f"http://localhost/?kunta=249&{urlencode(params)}", ENGINE)
    assert caught.value.code == code
    assert answer_faults(state(hours="9", people="2", until="2027-06-30")) == []


def test_new_users_that_no_longer_fit_become_what_fits() -> None:
    found = chosen(state(existing="4000000"), ENGINE, None)

    assert [error.code for error in found.faults] == ["error.target_too_large"]
    assert found.scenario.existing == 4_000_000
    assert found.scenario.new_users == int(ENGINE.largest_target(4_000_000))


def test_no_target_date_follows_where_the_calendar_ends() -> None:
    assert following(ENGINE, OWN, DATE(2027, 1, 1)) == DATE(2028, 1, 1)
    assert following(ENGINE, OWN, DATE(9999, 12, 1)) is None
