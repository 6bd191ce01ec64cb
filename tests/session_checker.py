"""Checks a plan of sessions from its rows and the raw data files: knows nothing of the planner.

Rows are those of the command line's CSV, as dicts of text; with a column `trainer` (as in the JSON)
travel is checked too. Every rule broken is one line of text.
"""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "data"
KINDS = {"clinic", "booked", "group", "info", "webinar", "visit", "mobile"}
COLUMNS = [
    *("date", "start", "end", "venue_id", "venue", "kind", "theme", "language"),
    *("staff", "staff_hours", "expected_contacts"),
]
SPEED = {"urban": 50, "semi_urban": 65, "rural": 75}
Row = Mapping[str, Any]


def table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


LIBRARIES = {row["library_id"]: row for row in table("libraries.csv")}
PLACES = {row["code"]: row for row in table("municipalities.csv")}
HOURS: dict[tuple[str, str, int], list[tuple[str, str]]] = defaultdict(list)
for _row in table("library_hours.csv"):
    HOURS[_row["library_id"], _row["season"], int(_row["weekday"])].append(
        (_row["opens"], _row["closes"])
    )


def easter(year: int) -> dt.date:
    """Easter Sunday by Oudin's algorithm."""
    century, golden = year // 100, year % 19
    shift = (century - century // 4 - (century - (century - 17) // 25) // 3 + 19 * golden + 15) % 30
    shift -= (shift // 28) * (1 - (shift // 28) * (29 // (shift + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + shift + 2 - century + century // 4) % 7
    month = 3 + (shift - weekday + 40) // 44
    return dt.date(year, month, shift - weekday + 28 - 31 * (month // 4))


def is_holiday(day: dt.date, aland: bool) -> bool:
    fixed = {(1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26)}
    if (day.month, day.day) in fixed or (aland and (day.month, day.day) == (6, 9)):
        return True
    if (day - easter(day.year)).days in (-2, 0, 1, 39, 49):
        return True
    # Midsummer Eve is the Friday of 19-25 June, Midsummer Day the Saturday after it
    if day.month == 6 and (day.weekday(), True) in (
        (4, 19 <= day.day <= 25),
        (5, 20 <= day.day <= 26),
    ):
        return True
    return day.weekday() == 5 and dt.date(day.year, 10, 31) <= day <= dt.date(day.year, 11, 6)


def season(day: dt.date) -> str:
    return "summer" if (6, 8) <= (day.month, day.day) <= (8, 9) else "winter"


def minutes(text: str) -> int:
    hours, rest = text.split(":")
    return int(hours) * 60 + int(rest)


def broken_rules(
    rows: Iterable[Row],
    codes: set[str],
    first: dt.date,
    weeks: int,
    limit: float | Mapping[dt.date, float],
) -> list[str]:
    """What is wrong with the rows; limit: staff hours a week, or by the week's Monday."""
    rows = list(rows)
    wrong = [told for row in rows for told in _row(row, codes, first, weeks)]
    wrong += _hours(rows, limit)
    wrong += _overlaps(rows)
    return wrong + _travel(rows)


def _row(row: Row, codes: set[str], first: dt.date, weeks: int) -> list[str]:
    day = dt.date.fromisoformat(row["date"])
    begin, end = minutes(row["start"]), minutes(row["end"])
    venue, wrong = row["venue_id"], []
    monday = first - dt.timedelta(days=first.weekday())
    if not first <= day < monday + dt.timedelta(weeks=weeks):
        wrong.append("outside the plan's weeks")
    if not venue or not row["venue"]:
        wrong.append("no venue")
    if row["kind"] not in KINDS:
        wrong.append("unknown kind")
    if not 30 <= end - begin <= 240:
        wrong.append("strange length")
    if float(row["staff_hours"]) < int(row["staff"]) * (end - begin) / 60:
        wrong.append("staff hours without preparation, or too few")
    if float(row["expected_contacts"]) < 0:
        wrong.append("negative contacts")
    library = LIBRARIES.get(venue)
    code = library["municipality"] if library else venue.split("-")[0]
    if code not in codes:
        wrong.append("venue of another municipality")
    if is_holiday(day, PLACES[code]["region"] == "21"):
        wrong.append("on a public holiday")
    languages = PLACES[code]["language_status"].split("-") + ["se"] * (
        PLACES[code]["sami_homeland"] == "whole"
    )
    if row["language"] not in languages:
        wrong.append("a language nobody speaks there")
    open_times = HOURS.get((venue, season(day), day.isoweekday()), [])
    if library and not any(minutes(a) <= begin and end <= minutes(b) for a, b in open_times):
        wrong.append("outside staffed hours")
    if library and 0 < float(library["staffed_hours_week"]) <= 20 and int(row["staff"]) < 2:
        wrong.append("one person alone at a single-staffed branch")
    if not library:
        staffed = any(
            HOURS.get((other, season(day), weekday))
            for other, facts in LIBRARIES.items()
            if facts["municipality"] == code
            for weekday in range(1, 8)
        )
        if staffed or row["kind"] not in ("visit", "mobile"):
            wrong.append("visits although a branch is open")
        if day.weekday() > 4 or begin < 9 * 60 or end > 16 * 60:
            wrong.append("visit outside office hours")
    return [f"{venue} {day} {row['start']}: {told}" for told in wrong]


def _hours(rows: list[Row], limit: float | Mapping[dt.date, float]) -> list[str]:
    used: dict[dt.date, float] = defaultdict(float)
    for row in rows:
        day = dt.date.fromisoformat(row["date"])
        used[day - dt.timedelta(days=day.weekday())] += float(row["staff_hours"])
    return [
        f"week of {week}: {hours} staff hours"
        for week, hours in used.items()
        if hours > (limit if isinstance(limit, (int, float)) else limit[week]) + 1e-6
    ]


def _overlaps(rows: list[Row]) -> list[str]:
    days: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        days[row["venue_id"], row["date"]].append(row)
    wrong = []
    for key, held in days.items():
        held.sort(key=lambda row: str(row["start"]))
        for before, after in itertools.pairwise(held):
            if after["start"] < before["end"]:
                wrong.append(f"{key}: two sessions at once")
    return wrong


def _point(row: Row) -> tuple[float, float, str]:
    facts = LIBRARIES.get(row["venue_id"])
    place = PLACES[facts["municipality"] if facts else row["venue_id"].split("-")[0]]
    where = facts or place
    return float(where["lon"]), float(where["lat"]), place["urban_rural"]


def _travel(rows: list[Row]) -> list[str]:
    days: dict[tuple[Any, Any], list[Row]] = defaultdict(list)
    for row in rows:
        if "trainer" in row:
            days[row["trainer"], row["date"]].append(row)
    wrong = []
    for key, held in days.items():
        held.sort(key=lambda row: str(row["start"]))
        for before, after in itertools.pairwise(held):
            (lon1, lat1, class1), (lon2, lat2, class2) = _point(before), _point(after)
            x = math.radians(lon2 - lon1) * math.cos(math.radians((lat1 + lat2) / 2))
            km = math.hypot(x, math.radians(lat2 - lat1)) * 6371 * 1.3
            needed = km / min(SPEED[class1], SPEED[class2]) * 60
            if minutes(after["start"]) - minutes(before["end"]) < needed * 0.99:
                wrong.append(f"{key}: {needed:.0f} minutes of travel don't fit")
    return wrong
