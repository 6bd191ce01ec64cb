"""Capacity rows as the model needs them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from planner.model.weeks import monday
from planner.records import CapacityRow, ServiceBefore
from planner.scenario import Shift, Supply


def as_supply(rows: Iterable[CapacityRow], before: ServiceBefore) -> Supply:
    """The Supply of a municipality's rows and of the service it had before the start."""
    shifts = tuple(
        Shift(row.hours, row.first, row.last, row.contract, row.certainty) for row in rows
    )
    return Supply(shifts, before.hours, before.contract)


def service_before(rows: Iterable[CapacityRow], start: dt.date) -> ServiceBefore:
    """What rows give in the week before the start: the service whose clients go on coming.

    hours: those in which clients are served; contract: those of employment.
    """
    week = monday(start) - dt.timedelta(weeks=1)
    there = [row for row in rows if gives_in(row, week)]
    return ServiceBefore(
        hours=sum(row.hours for row in there if not row.contract),
        contract=sum(row.hours for row in there if row.contract),
    )


def gives_in(row: CapacityRow, week: dt.date) -> bool:
    """Whether a row gives support in the week of that Monday."""
    begun = row.first is None or row.first <= week
    return begun and (row.last is None or week <= row.last)
