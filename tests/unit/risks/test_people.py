"""One person, volunteers alone, no time to learn, nobody at all: present and absent."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from planner.scenario import Answers
from tests.risks import (
    DRAWS,
    ENGINE,
    KEURUU,
    PLENTY,
    SCENARIO,
    TODAY,
    find,
    kinds,
    one,
    row,
    served,
)


def test_one_person_carries_the_service() -> None:
    risk = one(find(row(people=1)), "one_person")

    assert risk.severity == "serious"
    assert risk.values["share"] == 1
    assert risk.values["weeks"] == 3
    assert risk.week is not None
    assert risk.week >= TODAY


def test_an_absence_leaves_undone_what_all_weeks_need() -> None:
    rows = row(people=1)
    risk = one(find(rows), "one_person")
    scenario = served(SCENARIO, rows)
    index = ENGINE.snapshot.index(KEURUU)
    drawn = ENGINE.place_draws(scenario, index, TODAY, None, DRAWS, 1)
    first = ENGINE.span(scenario, TODAY).index(risk.week or TODAY)
    needed = drawn.needed[:, first : first + 3].sum(axis=1)

    assert risk.values["short_after"] == pytest.approx(np.median(needed), rel=1e-4)
    assert risk.values["short_before"] < risk.values["short_after"]
    # no other three weeks need more
    total = drawn.needed.mean(axis=0)
    ahead = range(ENGINE.span(scenario, TODAY).index(TODAY), total.size - 2)
    assert first == max(ahead, key=lambda week: total[week : week + 3].sum())


@pytest.mark.parametrize(
    "rows",
    [
        (row(people=2),),
        (row(people=1), row(people=1, provider="service_point")),
        (row(30, people=1), row(10, people=4, provider="association", paid=False)),
    ],
)
def test_two_people_or_hours_shared_are_no_such_risk(rows: tuple[object, ...]) -> None:
    assert "one_person" not in kinds(find(*rows))


def test_a_person_who_gives_nearly_all_hours_deserves_attention() -> None:
    helpers = row(4, people=3, provider="association", paid=False)

    risk = one(find(row(36, people=1), helpers), "one_person")

    assert (risk.severity, risk.values["share"]) == ("attention", 0.9)


def test_the_risk_begins_when_the_others_leave() -> None:
    project = row(20, people=3, provider="project", last=dt.date(2026, 5, 25))

    risk = one(find(row(20, people=1), project), "one_person")

    assert risk.week is not None
    assert risk.week >= dt.date(2026, 6, 1)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ((row(people=None),), True),
        ((row(36, people=None), row(4, people=3)), True),
        ((row(10, people=None), row(30, people=3)), False),
    ],
)
def test_people_nobody_has_counted_are_unknown(rows: tuple[object, ...], found: bool) -> None:
    asked = [risk for risk in find(*rows) if risk.kind == "one_person"]
    assert [risk.severity for risk in asked] == (["unknown"] if found else [])


def test_the_three_answers_are_checked_alike() -> None:
    def answered(people: int | None) -> str | None:
        scenario = SCENARIO.with_answers(KEURUU, Answers(10, people))
        found = find(scenario=scenario, left_out=None)
        return next((risk.severity for risk in found if risk.kind == "one_person"), None)

    assert [answered(1), answered(2), answered(None)] == ["serious", None, "unknown"]


def test_volunteers_as_the_only_providers() -> None:
    volunteer = row(paid=False, provider="association")

    alone = one(find(volunteer), "volunteers")

    assert (alone.severity, alone.week) == ("attention", None)
    assert "volunteers" not in kinds(find(volunteer, row(1)))


def test_volunteers_left_alone_when_a_project_ends() -> None:
    volunteer = row(paid=False, provider="association")
    project = row(provider="project", last=dt.date(2026, 5, 27))

    assert one(find(volunteer, project), "volunteers").week == dt.date(2026, 6, 1)


def test_volunteers_taken_over_from_the_estimate_are_unknown() -> None:
    volunteer = row(paid=False, provider="association", estimated=True)
    assert one(find(volunteer), "volunteers").severity == "unknown"


def test_paid_hours_that_clients_fill_leave_no_time_to_learn() -> None:
    risk = one(find(row(8)), "learning")

    assert risk.severity == "attention"
    assert risk.values["weeks"] >= 4
    assert 0.85 < risk.values["share"] <= 1


@pytest.mark.parametrize(
    "rows",
    [row(PLENTY), row(8, contract=True), row(8, paid=False), row(8, estimated=True)],
)
def test_room_contracts_or_volunteers_have_no_such_risk(rows: object) -> None:
    assert "learning" not in kinds(find(rows))


def test_the_answers_hours_fill_up_too() -> None:
    scenario = SCENARIO.with_answers(KEURUU, Answers(8, 3))
    assert "learning" in kinds(find(scenario=scenario, left_out=None))
    assert "learning" not in kinds(find(left_out=None))


def test_nobody_gives_support() -> None:
    nothing = one(find(row(0)), "no_support")

    assert (nothing.severity, nothing.week) == ("serious", None)
    assert nothing.values["visits"] > 0
    assert "no_support" not in kinds(find(row(1)))
    assert not kinds(find(row(0))) & {"one_person", "volunteers", "far", "language", "campaign"}


def test_what_ends_in_full_is_told_once() -> None:
    ending = row(last=dt.date(2026, 5, 27))
    for today in (TODAY, dt.date(2026, 9, 1)):
        found = find(ending, today=today)
        assert one(found, "ends").values["left"] == 0
        assert "no_support" not in kinds(found)
    # looked at from a later week on, nothing ends any more
    later = find(ending, today=dt.date(2026, 9, 1), seen_from=dt.date(2026, 8, 3))
    assert "ends" not in kinds(later)
    assert one(later, "no_support").severity == "serious"
