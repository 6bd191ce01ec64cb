"""The desk calculator: staff for a wait, and the wait with some staff."""

from __future__ import annotations

import pytest

from planner.errors import PlannerError
from planner.model.desk import served_within, smallest_staff
from planner.staffing.desk import SERVED, desk, desk_row


def test_the_two_ways_agree() -> None:
    found = desk(visits=60, points=2, hours=10, minutes=30, wait=15)

    assert (found.visits, found.arrivals, found.load) == (30, 3, 1.5)
    assert found.needed == int(smallest_staff(3, 30, 15, SERVED))
    by_staff = {row.staff: row.served for row in found.rows}
    assert by_staff[found.needed] >= SERVED > by_staff[found.needed - 1]


def test_one_person_by_hand() -> None:
    # M/M/1 with half of the time busy: C = 1/2, mean wait = C · s / (1 − a) = 30 minutes
    row = desk_row(0.5, 1, 30, 30)

    assert row.mean == pytest.approx(30)
    assert row.served == pytest.approx(1 - 0.5 * 2.718281828459045**-0.5)
    assert row.longest is not None
    # eight in ten are served within the longest wait of the eight
    assert float(served_within(0.5, 1, row.longest / 30)) == pytest.approx(SERVED)


def test_a_line_that_only_grows_has_no_wait() -> None:
    row = desk_row(2.0, 2, 30, 15)

    assert (row.served, row.mean, row.longest) == (0.0, None, None)
    assert str(row.served) == "0.0"


def test_where_most_are_served_at_once_the_wait_of_eight_in_ten_is_none() -> None:
    assert desk_row(0.1, 2, 30, 15).longest == 0.0


def test_a_staff_number_asked_for_has_its_row() -> None:
    found = desk(60, 1, 10, 30, 15, staff=20)

    assert found.row(20) is not None
    assert found.row(21) is None
    assert [row.staff for row in found.rows] == sorted(row.staff for row in found.rows)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"points": 0}, "error.desk_hours"),
        ({"hours": 0.0}, "error.desk_hours"),
        ({"hours": 169.0}, "error.desk_hours"),
        ({"staff": 0}, "error.desk_staff"),
        ({"visits": -1.0}, "error.desk_arrivals"),
        ({"wait": -1.0}, "error.desk_wait"),
        ({"visits": 1e9}, "error.desk_load"),
    ],
)
def test_what_can_not_be_is_told(asked: dict[str, object], code: str) -> None:
    usual = {"visits": 10.0, "points": 1, "hours": 10.0, "minutes": 30.0, "wait": 15.0}
    with pytest.raises(PlannerError) as caught:
        desk(**{**usual, **asked})  # type: ignore[arg-type]
    assert caught.value.code == code
