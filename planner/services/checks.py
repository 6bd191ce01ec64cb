"""What is wrong with capacity rows, and what is doubtful about them."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from typing import Final

from planner.errors import PlannerError
from planner.records import CERTAINTIES, LANGUAGES, PROVIDERS, CapacityRow
from planner.scenario.checks import HOURS_IN_WEEK, MOST_HOURS, MOST_PEOPLE
from planner.services.rows import ROW_CHANNELS, paid_of, place_key

LONGEST_PLACE: Final = 80  # characters
MOST_ROWS: Final = 300  # of one municipality
EARLIEST, LATEST = dt.date(2000, 1, 3), dt.date(2099, 12, 31)
LONG_WEEK: Final = 45.0  # paid hours a week of one person, beyond which a row is doubted

Found = list[tuple[int, PlannerError]]


def check_rows(rows: Sequence[CapacityRow], numbers: Sequence[int] | None = None) -> Found:
    """What is wrong: (index of the row, error), in the order of the rows; a row may have several.

    numbers: what the rows are called in messages, 1, 2, 3 … unless said. Rows overlap where the
    same provider gives support at the same place, paid the same way, in a common language, in a
    common week: somebody has written the same hours twice.
    """
    said = range(1, len(rows) + 1) if numbers is None else numbers
    found = [(at, error) for at, row in enumerate(rows) for error in _faults(row)]
    found += [
        (at, PlannerError("error.services.overlap", other=said[other]))
        for at, other in _overlapping(rows)
    ]
    found += _too_many(rows)
    return sorted(found, key=lambda fault: fault[0])


def doubts(rows: Sequence[CapacityRow], numbers: Sequence[int] | None = None) -> Found:
    """What can be right but seldom is: (index of the row, remark), in the order of the rows."""
    said = range(1, len(rows) + 1) if numbers is None else numbers
    found: Found = []
    for at, row in enumerate(rows):
        if row.paid and row.people and row.hours / row.people > LONG_WEEK:
            each = round(row.hours / row.people, 1)
            found.append((at, PlannerError("services.doubt.long_week", hours=each)))
    found += [
        (at, PlannerError("services.doubt.no_place", other=said[other]))
        for at, other in _perhaps_twice(rows)
    ]
    return sorted(found, key=lambda fault: fault[0])


def _faults(row: CapacityRow) -> Iterator[PlannerError]:
    """What is wrong with a row by itself."""
    yield from _unknown(row)
    if len(row.place) > LONGEST_PLACE:
        yield PlannerError("error.services.place_long", most=LONGEST_PLACE)
    yield from _numbers(row)
    if row.contract and not row.paid:
        yield PlannerError("error.services.volunteer_contract")
    for day in (row.first, row.last):
        if day is not None and not EARLIEST <= day <= LATEST:
            yield PlannerError("error.services.date_range", value=day, low=EARLIEST, high=LATEST)
    if row.first is not None and row.last is not None and row.last < row.first:
        yield PlannerError("error.services.end_before_start", first=row.first, last=row.last)


def _unknown(row: CapacityRow) -> Iterator[PlannerError]:
    """Codes that there are none of."""
    if row.provider not in PROVIDERS:
        yield PlannerError("error.services.provider", value=row.provider)
    if row.certainty not in CERTAINTIES:
        yield PlannerError("error.services.certainty", value=row.certainty)
    if not row.languages:
        yield PlannerError("error.services.no_language")
    for language in row.languages:
        if language not in LANGUAGES:
            yield PlannerError("error.services.language", value=language)
    for channel in row.channels:
        if channel not in ROW_CHANNELS:
            yield PlannerError("error.services.channel", value=channel)


def _numbers(row: CapacityRow) -> Iterator[PlannerError]:
    """Hours that a week or its people don't have."""
    people, sound = row.people, True
    if people is not None and not 0 <= people <= MOST_PEOPLE:
        sound = False
        yield PlannerError("error.people_range", value=people)
    if not math.isfinite(row.hours) or not 0 <= row.hours <= MOST_HOURS:
        yield PlannerError("error.hours_range", value=row.hours)
    elif sound and people is not None and row.hours > HOURS_IN_WEEK * people:
        yield PlannerError("error.hours_for_people", hours=row.hours, people=people)
    # an estimate sums up all libraries of a city, by nobody knows how many
    elif people is None and row.hours > HOURS_IN_WEEK and not row.estimated:
        yield PlannerError("error.services.hours_of_one", hours=row.hours, most=HOURS_IN_WEEK)


def _overlapping(rows: Sequence[CapacityRow]) -> Iterator[tuple[int, int]]:
    """Index of each row that says again what an earlier one says, and of that one."""
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        group = groups[_sort(row), place_key(row)]
        for other in group:
            shared = set(row.languages) & set(rows[other].languages)
            if shared and _meet(row, rows[other]):
                yield at, other
                break
        # the other rows of a municipality that has too many are not compared
        if len(group) < MOST_ROWS:
            group.append(at)


def _perhaps_twice(rows: Sequence[CapacityRow]) -> Iterator[tuple[int, int]]:
    """Index of each row of a whole municipality beside one of a place, which it may include."""
    placed: dict[Hashable, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        group = placed[_sort(row)]
        if row.place and row.hours > 0 and len(group) < MOST_ROWS:
            group.append(at)
    for at, row in enumerate(rows):
        if not row.place and row.hours > 0:
            meeting = (other for other in placed[_sort(row)] if _meet(row, rows[other]))
            other = next(meeting, None)
            if other is not None:
                yield at, other


def _too_many(rows: Sequence[CapacityRow]) -> Iterator[tuple[int, PlannerError]]:
    """The first row of each municipality that is one too many."""
    seen: Counter[str] = Counter()
    for at, row in enumerate(rows):
        seen[row.municipality] += 1
        if seen[row.municipality] == MOST_ROWS + 1:
            yield at, PlannerError("error.services.many_rows", most=MOST_ROWS)


def _sort(row: CapacityRow) -> Hashable:
    return row.municipality, row.provider, paid_of(row)


def _meet(one: CapacityRow, other: CapacityRow) -> bool:
    """Whether two rows have a week in common."""
    ends = [row.last for row in (one, other) if row.last is not None]
    begins = [row.first for row in (one, other) if row.first is not None]
    return not ends or not begins or max(begins) <= min(ends)
