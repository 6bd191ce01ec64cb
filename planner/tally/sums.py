"""What a tally week shows: hours of support a week, who was helped with what, who went without.

For some days or weeks every contact is written down on a sheet, whatever it was about. The sum of
the minutes is the support that is given; what was about Messages is part of the forecast, so the
baseline (MODEL.md §3) is the rest, or the whole of a sheet kept before the rollout began.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from planner.assumptions import TOPICS
from planner.errors import PlannerError
from planner.records import OUTCOMES, TallyRow

OTHER_TOPIC = "other"  # any digital support that isn't about Messages
TALLY_TOPICS = (*TOPICS, OTHER_TOPIC)
TALLY_LANGUAGES = ("fi", "sv", "en", "other")
MOST_MINUTES = 720.0
LONGEST_POINT = 80


@dataclass(frozen=True)
class Part:
    """Contacts and hours of one topic, outcome, language or service point, over the whole sheet."""

    contacts: int
    hours: float


@dataclass(frozen=True)
class TallySummary:
    """What a sheet adds up to; hours are staff hours a week.

    weeks: calendar weeks the sheet covers; hours: all support; hours_within: of these, given within
    other services; hours_messages: of these, about Messages; contacts: everybody who came, over all
    weeks; turned_away: of these, those who got no help; median_minutes: of those who did, NaN where
    there were none; unmet_hours: what the turned away would have taken at that length; by_*: code →
    Part, in the order of the sheet.
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

    def baseline(self, before_start: bool) -> float:
        """The hours a week of a baseline, to the minute: all of a sheet kept before the rollout.

        Of a later sheet what is not about Messages: the forecast counts those contacts itself.
        """
        return round(self.hours if before_start else self.hours - self.hours_messages, 2)


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
            raise PlannerError("error.tally_code", column=name, value=value, known=", ".join(known))


def summarise(rows: Sequence[TallyRow]) -> TallySummary:
    """The TallySummary of a sheet; rows without a day belong to the week of the others.

    PlannerError("error.tally_empty") where there are no rows.
    """
    if not rows:
        raise PlannerError("error.tally_empty")
    weeks = weeks_of(rows)
    helped = [row.minutes for row in rows if row.outcome != "turned_away"]
    turned_away = len(rows) - len(helped)
    usual = float(median(helped)) if helped else math.nan
    return TallySummary(
        weeks=weeks,
        contacts=len(rows),
        turned_away=turned_away,
        hours=_hours(rows) / weeks,
        hours_within=_hours(row for row in rows if row.within_other) / weeks,
        hours_messages=_hours(row for row in rows if row.topic != OTHER_TOPIC) / weeks,
        unmet_hours=turned_away * (usual if helped else 0.0) / 60 / weeks,
        median_minutes=usual,
        by_topic=_parts(rows, lambda row: row.topic, TALLY_TOPICS),
        by_outcome=_parts(rows, lambda row: row.outcome, OUTCOMES),
        by_language=_parts(rows, lambda row: row.language, TALLY_LANGUAGES),
        by_point=_parts(rows, lambda row: row.point, sorted({row.point for row in rows})),
    )


def weeks_of(rows: Iterable[TallyRow]) -> int:
    """The calendar weeks of the days on a sheet, at least one."""
    days = {row.day for row in rows if row.day is not None}
    return max(1, len({day.isocalendar()[:2] for day in days}))


def before_start(rows: Iterable[TallyRow], monday: dt.date, start: dt.date) -> bool:
    """Whether a whole sheet was kept before the rollout began.

    monday: of the week that rows without a day belong to.
    """
    sunday = monday + dt.timedelta(days=6)
    return max((row.day or sunday for row in rows), default=sunday) < start


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
