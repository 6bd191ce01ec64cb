"""What a tally week shows: hours of support a week, who was helped with what, who went without.

For some days or weeks every contact is written down on a sheet, whatever it was about. The sum of
the minutes is the support that is given; what was about Messages is part of the forecast, before
the start as well (information, waves), so the baseline (MODEL.md §3) is the rest.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from planner.assumptions import TOPICS
from planner.errors import PlannerError
from planner.records import OUTCOMES, TallyRow

OTHER_TOPIC = "other"  # any digital support that isn't about Messages
TALLY_TOPICS = (*TOPICS, OTHER_TOPIC)
TALLY_LANGUAGES = ("fi", "sv", "en", "other")
MOST_MINUTES = 720.0
LONGEST_POINT = 80
UNKNOWN = {
    "topic": "error.tally_topic_unknown",
    "language": "error.tally_language_unknown",
    "outcome": "error.tally_outcome_unknown",
    "within_other": "error.tally_within_unknown",
}
"""What is told of a value that none of a field's codes stands for."""
_YEAR = dt.timedelta(days=365)
_THIN = 0.25


@dataclass(frozen=True)
class Part:
    """Contacts and hours of one topic, outcome, language or service point, over the whole sheet."""

    contacts: int
    hours: float


@dataclass(frozen=True)
class TallySummary:
    """What a sheet adds up to; hours are staff hours a week.

    A service point's hours are divided by the calendar weeks of its own rows, so that points may
    keep their sheets in different weeks. weeks: calendar weeks the sheet covers in all; hours: all
    support; hours_within: of these, given within other services; hours_messages: of these, about
    Messages; contacts: everybody who came, over all weeks; turned_away: of these, those who got no
    help; median_minutes: of those who did, NaN where there were none; unmet_hours: what the turned
    away would have taken at that length; by_*: code → Part, in the order of the sheet.
    """

    weeks: int
    contacts: int
    turned_away: int
    hours: float
    hours_within: float
    hours_messages: float
    unmet_hours: float
    median_minutes: float
    by_topic: Mapping[str, Part]
    by_outcome: Mapping[str, Part]
    by_language: Mapping[str, Part]
    by_point: Mapping[str, Part]

    @property
    def baseline(self) -> float:
        """The hours a week that are not about Messages, to a hundredth: those of a baseline."""
        return round(self.hours - self.hours_messages, 2)


@dataclass(frozen=True)
class Period:
    """The days that a sheet may tell of: not yet come, or years ago, is mistyped."""

    first: dt.date
    today: dt.date

    def check(self, row: TallyRow) -> None:
        """Raise PlannerError where a row's day, or the Monday of its week, lies outside."""
        self.check_day(row.day or row.week or self.today)

    def check_day(self, day: dt.date) -> None:
        """Raise PlannerError where a day lies outside."""
        if day > self.today:
            raise PlannerError("error.upload.future", value=day, today=self.today)
        if day < self.first:
            raise PlannerError("error.tally_early", value=day, first=self.first)


def period(start: dt.date, today: dt.date) -> Period:
    """The Period up to today, from a year before the rollout or, if that is earlier, before today.

    A sheet kept before the rollout may be read again long after it.
    """
    return Period(min(start, today) - _YEAR, today)


def check(row: TallyRow) -> None:
    """Raise PlannerError at the first thing in a row that can't be counted."""
    if not row.point.strip():
        raise PlannerError("error.tally_point")
    if len(row.point) > LONGEST_POINT:
        raise PlannerError("error.tally_point_long", most=LONGEST_POINT)
    if not math.isfinite(row.minutes) or not 0 <= row.minutes <= MOST_MINUTES:
        raise PlannerError("error.tally_minutes", value=row.minutes, most=MOST_MINUTES)
    if row.minutes == 0 and row.outcome != "turned_away":
        raise PlannerError("error.tally_no_minutes")
    for name, known in (
        ("topic", TALLY_TOPICS),
        ("language", TALLY_LANGUAGES),
        ("outcome", OUTCOMES),
    ):
        value = getattr(row, name)
        if value not in known:
            raise PlannerError(UNKNOWN[name], value=value)


def summarise(rows: Sequence[TallyRow]) -> TallySummary:
    """The TallySummary of a sheet; rows without a day or week belong to the week of the others.

    PlannerError("error.tally_empty") where there are no rows.
    """
    if not rows:
        raise PlannerError("error.tally_empty")
    weeks = _weeks_by_point(rows)

    def weekly(some: Iterable[TallyRow]) -> float:
        return sum(row.minutes / 60 / weeks[_point(row)] for row in some)

    helped = [row.minutes for row in rows if row.outcome != "turned_away"]
    unmet = [row for row in rows if row.outcome == "turned_away"]
    usual = float(median(helped)) if helped else math.nan
    names = {_point(row): row.point for row in reversed(rows)}
    return TallySummary(
        weeks=weeks_of(rows),
        contacts=len(rows),
        turned_away=len(unmet),
        hours=weekly(rows),
        hours_within=weekly(row for row in rows if row.within_other),
        hours_messages=weekly(row for row in rows if row.topic != OTHER_TOPIC),
        unmet_hours=weekly(replace(row, minutes=usual) for row in unmet) if helped else 0.0,
        median_minutes=usual,
        by_topic=_parts(rows, lambda row: row.topic, TALLY_TOPICS),
        by_outcome=_parts(rows, lambda row: row.outcome, OUTCOMES),
        by_language=_parts(rows, lambda row: row.language, TALLY_LANGUAGES),
        by_point=_parts(rows, lambda row: names[_point(row)], sorted(names.values())),
    )


def weeks_of(rows: Iterable[TallyRow]) -> int:
    """The calendar weeks of the rows on a sheet, at least one."""
    return max(1, len({monday for row in rows if (monday := _monday(row)) is not None}))


def in_week(rows: Iterable[TallyRow], monday: dt.date) -> tuple[TallyRow, ...]:
    """The rows, those that say neither day nor week put into the week of a Monday."""
    return tuple(row if _monday(row) else replace(row, week=monday) for row in rows)


def thin_weeks(rows: Iterable[TallyRow]) -> list[dt.date]:
    """Mondays of weeks with less than a quarter of the rows of the fullest week.

    Every week with a row divides the hours: a mistyped day would halve those of a whole sheet.
    """
    found = Counter(monday for row in rows if (monday := _monday(row)) is not None)
    most = max(found.values(), default=0)
    return sorted(monday for monday, number in found.items() if number < _THIN * most)


def repeated(rows: Iterable[TallyRow], held: Iterable[TallyRow]) -> int:
    """How many of the rows are equal to rows that are held, each of these taken once."""
    return (Counter(rows) & Counter(held)).total()


def _monday(row: TallyRow) -> dt.date | None:
    return row.week if row.day is None else row.day - dt.timedelta(days=row.day.weekday())


def _point(row: TallyRow) -> str:
    """A service point as it is compared: its name may be written in two ways."""
    return " ".join(row.point.split()).casefold()


def _weeks_by_point(rows: Sequence[TallyRow]) -> Mapping[str, int]:
    found: dict[str, list[TallyRow]] = defaultdict(list)
    for row in rows:
        found[_point(row)].append(row)
    return {point: weeks_of(some) for point, some in found.items()}


def _hours(rows: Iterable[TallyRow]) -> float:
    return sum(row.minutes for row in rows) / 60


def _parts(
    rows: Sequence[TallyRow], key: Callable[[TallyRow], str], codes: Iterable[str]
) -> dict[str, Part]:
    """Part by code, those without a contact left out."""
    parts = {}
    for code in codes:
        chosen = [row for row in rows if key(row) == code]
        if chosen:
            parts[code] = Part(len(chosen), _hours(chosen))
    return parts
