"""Visits and user counts of an uploaded file, each row either read or told of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from planner.errors import PlannerError
from planner.records import UserCount, Visit
from planner.snapshot import Snapshot
from planner.uploads import cells
from planner.uploads.content import clipped
from planner.uploads.doubts import doubts
from planner.uploads.places import Places
from planner.uploads.rows import Memo, RowReader, week_of, without_duplicates
from planner.uploads.table import Table, open_table
from planner.uploads.types import Cell, Problem, Reading
from planner.uploads.words import TOTALS, USER_LOG, VISIT_LOG, key

T = TypeVar("T")
# People move and age after the snapshot's day; in a small place a few of them are many per cent.
_SLACK_SHARE: Final = 1.1
_SLACK_PEOPLE: Final = 10


@dataclass(frozen=True)
class _Span:
    """The days a log may tell of: those of the horizon that have begun."""

    first: dt.date
    last: dt.date
    today: dt.date

    def fault(self, day: dt.date) -> PlannerError | None:
        """Why a day or a week's Monday can't stand in a log."""
        if day > self.today:
            return PlannerError("error.upload.future", value=day, today=self.today)
        if not self.first <= day <= self.last:
            return PlannerError("error.upload.outside", value=day, first=self.first, last=self.last)
        return None


def read_visits(
    data: bytes, name: str, snapshot: Snapshot, first: dt.date, last: dt.date, today: dt.date
) -> Reading[Visit]:
    """Contacts by municipality and week (a Monday) that a file gives, in the file's order.

    A municipality, week and channel comes once, a week either by channel or not; its weeks lie
    between those of `first` and `last` and have begun by `today`. PlannerError where the file as a
    whole can't be read.
    """
    places = Places(snapshot)
    table = open_table(data, name, VISIT_LOG, places.knows)
    span = _Span(_monday(first), last, today)
    memo: Memo = {}
    found: list[tuple[int, Visit]] = []
    coming = 0
    for record in table.records:
        row = RowReader(record, memo)
        week = week_of(row, "error.upload.no_week")
        if week is not None and week > today and not row.has("contacts"):
            coming += 1  # a row prepared for its week
            continue
        visit = _visit(row, week, places, span)
        if visit is not None:
            found.append((record.row, visit))
        table.problems += row.problems()
    found = without_duplicates(
        found,
        lambda visit: (visit.municipality, visit.week, visit.channel),
        "error.upload.duplicate_visits",
        table.problems,
    )
    found = _without_mixtures(found, table.problems)
    latest = max((visit.week for _, visit in found), default=today - dt.timedelta(weeks=1))
    if latest + dt.timedelta(weeks=1) > today:
        table.notes.append(PlannerError("upload.note.unfinished_week", week=latest))
    if coming:
        table.notes.append(PlannerError("upload.note.coming_weeks", rows=coming))
    return _reading(table, found)


def read_users(
    data: bytes, name: str, snapshot: Snapshot, first: dt.date, last: dt.date, today: dt.date
) -> Reading[UserCount]:
    """Users in service by day that a file gives, in the file's order.

    A day, municipality (or the country) and age band (or all) comes once; days lie between the
    Monday of `first` and the Sunday of `last`, none after `today`. PlannerError where the file as
    a whole can't be read.
    """
    places = Places(snapshot)
    table = open_table(data, name, USER_LOG, places.knows)
    span = _Span(_monday(first), _monday(last) + dt.timedelta(days=6), today)
    memo: Memo = {}
    found: list[tuple[int, UserCount]] = []
    for record in table.records:
        row = RowReader(record, memo)
        users = _users(row, places, span)
        if users is not None:
            found.append((record.row, users))
        table.problems += row.problems()
    found = without_duplicates(
        found,
        lambda users: (users.date, users.municipality, users.age_band),
        "error.upload.duplicate_users",
        table.problems,
    )
    table.notes += doubts(found)
    return _reading(table, found)


def _visit(row: RowReader, week: dt.date | None, places: Places, span: _Span) -> Visit | None:
    code = row.read("municipality", places.code, "error.upload.no_municipality")
    if code is not None:
        row.compare("municipality", lambda _, cell: places.claim(cell), lambda said: said == code)
    contacts = row.read("contacts", cells.count, "error.upload.no_count")
    channel = row.read("channel", cells.channel)
    row.check(span.fault(week) if week else None)
    if code is not None and contacts is not None and contacts > places.adults(code):
        row.check(
            PlannerError(
                "error.upload.contacts_large",
                value=clipped(row.record.cells["contacts"]),
                adults=places.adults(code),
            )
        )
    if row.faults or code is None or week is None or contacts is None:
        return None
    return Visit(code, week, contacts, channel)


def _users(row: RowReader, places: Places, span: _Span) -> UserCount | None:
    day = row.read("date", cells.day, "error.upload.no_date")
    users = row.read("users", cells.count, "error.upload.no_count")
    code = row.read("municipality", lambda cell: None if _is_country(cell) else places.code(cell))
    band = row.read("age_band", cells.age_band)
    row.check(span.fault(day) if day else None)
    if not row.faults:
        row.compare("date", lambda _, cell: cells.day_claim(cell), lambda said: said == day)
        row.compare("municipality", lambda _, cell: places.claim(cell), lambda said: said == code)
    if row.faults or day is None or users is None:
        return None
    adults = places.adults(code, band)
    if users > adults * _SLACK_SHARE + _SLACK_PEOPLE:
        value = clipped(row.record.cells["users"])
        row.check(PlannerError("error.upload.users_large", value=value, adults=adults))
        return None
    return UserCount(day, users, code, band)


def _without_mixtures(
    found: Sequence[tuple[int, Visit]], problems: list[Problem]
) -> list[tuple[int, Visit]]:
    """Without a week's rows for all channels where others tell its channels: they'd count twice."""
    by_channel: dict[tuple[str, dt.date], int] = {}
    for number, visit in found:
        if visit.channel is not None:
            by_channel.setdefault((visit.municipality, visit.week), number)
    kept = []
    for number, visit in found:
        other = by_channel.get((visit.municipality, visit.week))
        if visit.channel is None and other is not None:
            error = PlannerError("error.upload.mixed_channels", row=number, other=other)
            problems.append(Problem(number, error))
        else:
            kept.append((number, visit))
    return kept


def _reading(table: Table, found: Sequence[tuple[int, T]]) -> Reading[T]:
    problems = sorted(table.problems, key=lambda problem: problem.row or 0)
    return Reading(tuple(row for _, row in found), tuple(problems), tuple(table.notes))


def _is_country(cell: Cell) -> bool:
    return key(cell) in TOTALS


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())
