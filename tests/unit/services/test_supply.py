"""Rows as the model needs them."""

from __future__ import annotations

import datetime as dt

from planner.records import ServiceBefore
from planner.scenario import Shift, Supply
from planner.services import as_supply, service_before
from tests.services import FIRST, LAST, line

START = dt.date(2026, 1, 14)  # a Wednesday
BEFORE = dt.date(2026, 1, 5)  # the Monday of the week before


def test_every_row_is_a_shift() -> None:
    rows = [line(), line(hours=4.0, first=FIRST, last=LAST, contract=True, certainty="uncertain")]

    supply = as_supply(rows, ServiceBefore(9.0, 3.0))

    shifts = (Shift(12.5), Shift(4.0, FIRST, LAST, True, "uncertain"))
    assert supply == Supply(shifts, 9.0, 3.0)


def test_the_service_before_is_that_of_the_week_before_the_start() -> None:
    rows = [
        line(hours=1.0),
        line(hours=2.0, last=BEFORE),
        line(hours=4.0, first=BEFORE),
        line(hours=8.0, last=BEFORE - dt.timedelta(weeks=1)),
        line(hours=16.0, first=BEFORE + dt.timedelta(weeks=1)),
        line(hours=32.0, contract=True, certainty="uncertain"),
    ]

    assert service_before(rows, START) == ServiceBefore(7.0, 32.0)


def test_without_rows_there_was_no_service() -> None:
    assert service_before([], START) == ServiceBefore(0.0, 0.0)
