"""What is wrong with rows, and what is doubtful."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pytest

from planner import services
from planner.errors import PlannerError
from planner.records import CapacityRow
from planner.services.estimate import estimated_rows
from tests.services import ENGINE, FIRST, LAST, SCENARIO, line
from tests.uploads import said

WEEK = dt.timedelta(weeks=1)


def found(*rows: CapacityRow) -> list[tuple[int, str]]:
    """Index and message of everything wrong, each sayable in every language."""
    return [(at, said(error)) for at, error in services.check_rows(rows)]


def doubted(*rows: CapacityRow) -> list[tuple[int, str]]:
    return [(at, said(error)) for at, error in services.doubts(rows)]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"hours": -1.0}, "error.hours_range"),
        ({"hours": math.nan}, "error.hours_range"),
        ({"hours": math.inf}, "error.hours_range"),
        ({"hours": 200_000.0, "people": 9_000}, "error.hours_range"),
        ({"hours": 168.5, "people": 1}, "error.hours_for_people"),
        ({"hours": 1.0, "people": 0}, "error.hours_for_people"),
        ({"hours": 168.5, "people": None}, "error.services.hours_of_one"),
        ({"people": -1}, "error.people_range"),
        ({"people": 10_001}, "error.people_range"),
        ({"first": LAST, "last": FIRST}, "error.services.end_before_start"),
        ({"first": dt.date(1926, 1, 4)}, "error.services.date_range"),
        ({"last": dt.date(2206, 1, 6)}, "error.services.date_range"),
        ({"paid": False, "contract": True}, "error.services.volunteer_contract"),
        ({"provider": "museum"}, "error.services.provider"),
        ({"certainty": "perhaps"}, "error.services.certainty"),
        ({"languages": ("fi", "de")}, "error.services.language"),
        ({"languages": ()}, "error.services.no_language"),
        ({"channels": ("pigeon",)}, "error.services.channel"),
        ({"place": "x" * 81}, "error.services.place_long"),
    ],
)
def test_a_fault_is_told_with_its_row(changes: dict[str, Any], code: str) -> None:
    assert found(line(place="kylä"), line(**changes)) == [(1, code)]


@pytest.mark.parametrize(
    "changes",
    [
        {"hours": 0.0, "people": 0},
        {"hours": 168.0, "people": 1},
        {"hours": 168.0, "people": None},
        {"hours": 5_000.0, "people": 100},
        {"first": FIRST, "last": FIRST},
        {"last": FIRST},
        {"contract": True},
        {"place": "x" * 80},
        {"channels": services.ROW_CHANNELS},
    ],
)
def test_what_can_be_so_is_no_fault(changes: dict[str, Any]) -> None:
    assert found(line(**changes)) == []


def test_a_row_may_have_several_faults() -> None:
    assert {code for _, code in found(line(hours=-1.0, provider="", people=-1))} == {
        "error.hours_range",
        "error.services.provider",
        "error.people_range",
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {}),
        ({"place": "Pääkirjasto"}, {"place": " pääKIRJASTO"}),
        ({"last": FIRST}, {"first": FIRST}),
        ({"first": FIRST, "last": LAST}, {"first": FIRST + WEEK, "last": LAST - WEEK}),
        ({"languages": ("fi", "sv")}, {"languages": ("sv",)}),
        ({}, {"hours": 3.0, "people": 5, "certainty": "uncertain", "estimated": True}),
    ],
)
def test_rows_that_say_the_same_hours_overlap(one: dict[str, Any], other: dict[str, Any]) -> None:
    faults = services.check_rows([line(**one), line(provider="parish"), line(**other)])

    assert [(at, said(error)) for at, error in faults] == [(2, "error.services.overlap")]
    assert faults[0][1].values == {"other": 1}


@pytest.mark.parametrize(
    "other",
    [
        {"place": "kylä"},
        {"provider": "parish"},
        {"contract": True},
        {"paid": False},
        {"languages": ("sv",)},
        {"municipality": "091"},
    ],
)
def test_other_hours_do_not_overlap(other: dict[str, Any]) -> None:
    assert found(line(), line(**other)) == []


def test_weeks_one_after_the_other_do_not_overlap() -> None:
    rows = [line(last=FIRST - WEEK), line(first=FIRST, last=LAST), line(first=LAST + WEEK)]

    assert found(*rows) == []


def test_rows_are_called_by_their_numbers() -> None:
    faults = services.check_rows([line(), line()], numbers=[5, 9])

    assert [(at, error.values) for at, error in faults] == [(1, {"other": 5})]


def test_a_municipality_has_room_for_many_rows_but_not_for_any_number() -> None:
    rows = [line(place=f"kylä {n}") for n in range(services.MOST_ROWS + 2)]

    assert found(*rows) == [(services.MOST_ROWS, "error.services.many_rows")]


def test_every_estimate_is_without_fault() -> None:
    high = SCENARIO.with_override("desk_share", (1.0,))

    for code in ENGINE.snapshot.codes:
        assert found(*estimated_rows(ENGINE, SCENARIO, code)) == []
        assert found(*estimated_rows(ENGINE, high, code)) == []


def test_more_than_45_paid_hours_of_one_person_are_doubted() -> None:
    assert doubted(line(hours=90.0, people=2)) == []
    assert doubted(line(hours=90.5, people=2)) == [(0, "services.doubt.long_week")]
    assert doubted(line(hours=90.5, people=2, paid=False)) == []
    assert doubted(line(hours=90.5, people=None), line(hours=0.0, people=0)) == []


def test_a_row_of_the_whole_municipality_beside_one_of_a_place_is_doubted() -> None:
    whole = line(place="")

    assert doubted(line(), whole) == [(1, "services.doubt.no_place")]
    assert doubted(line(), line(place="", provider="parish")) == []
    assert doubted(line(), line(place="", hours=0.0)) == []
    assert doubted(line(last=FIRST), line(place="", first=LAST)) == []
    assert doubted(whole) == []


def test_the_errors_of_a_row_are_planner_errors() -> None:
    ((_, error),) = services.check_rows([line(hours=-1.0)])

    assert isinstance(error, PlannerError)
    assert error.values == {"value": -1.0}
