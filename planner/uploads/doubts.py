"""User counts that can be read but can hardly all be right: remarks on them by row."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from planner.errors import PlannerError
from planner.records import UserCount
from planner.uploads.headings import named

# Users leave a few at a time: of many, half are not lost between two counts.
_FALL: Final = 0.5
_FEW: Final = 10
_ROUNDING: Final = 1.01  # a whole may be rounded where its parts are not

Counts = Sequence[tuple[int, UserCount]]


def doubts(found: Counts) -> list[PlannerError]:
    """Remarks on counts that have fallen, and on wholes smaller than their parts of the same day.

    found: (row, count); a count has fallen where it is less than half of an earlier day's of the
    same area and age band and more than 10 users below it.
    """
    kinds = {"upload.note.users_fell": _fallen(found), "upload.note.users_parts": _too_small(found)}
    rows = {code: sorted(some) for code, some in kinds.items()}
    return [PlannerError(code, rows=named(some)) for code, some in rows.items() if some]


def _fallen(found: Counts) -> Iterator[int]:
    most: dict[tuple[str | None, str | None], int] = defaultdict(int)
    for number, count in sorted(found, key=lambda row: row[1].date):
        series = (count.municipality, count.age_band)
        if count.users < min(_FALL * most[series], most[series] - _FEW):
            yield number
        most[series] = max(most[series], count.users)


def _too_small(found: Counts) -> Iterator[int]:
    """Rows of the country or of all ages with fewer users than their parts have together."""
    known = {(row.date, row.municipality, row.age_band): row.users for _, row in found}
    of_ages: dict[tuple[dt.date, str | None], int] = defaultdict(int)
    of_places: dict[tuple[dt.date, str | None], int] = defaultdict(int)
    for (day, place, band), users in known.items():
        if band is not None:
            of_ages[day, place] += users
        if place is not None and band is not None:
            of_places[day, band] += users
    for day, place in {(day, place) for day, place, _ in known if place is not None}:
        of_places[day, None] += known.get((day, place, None), of_ages.get((day, place), 0))
    for number, row in found:
        parts = [of_ages.get((row.date, row.municipality), 0)] if row.age_band is None else []
        parts += [of_places.get((row.date, row.age_band), 0)] if row.municipality is None else []
        if max(parts, default=0) > _ROUNDING * row.users:
            yield number
