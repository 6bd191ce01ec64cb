"""Library units and their staffed hours, from a directory's typical weeks.

A unit's winter week is its typical week. Where that is empty (a unit under renovation, or one
whose staff come less often than weekly) another figure stands in, and `hours_source` names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Row = dict[str, str]
Interval = tuple[str, str]
Week = list[list[Interval]]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKS_IN_YEAR = 52


def parse_week(row: Row | None) -> Week:
    """Staffed intervals of Monday to Sunday, as (opens, closes) texts; empty without a row."""
    if row is None:
        return [[] for _ in WEEKDAYS]
    return [_intervals(row[f"staffed_{day}"]) for day in WEEKDAYS]


def _intervals(text: str) -> list[Interval]:
    parts = [part.split("-") for part in text.split("+") if part]
    return [(opens, closes) for opens, closes in parts]


def week_hours(week: Week) -> float:
    """The week's staffed hours."""
    return sum(_minutes(closes) - _minutes(opens) for day in week for opens, closes in day) / 60


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def weekly_hours(row: Row, summer: Week) -> tuple[str, str]:
    """Staffed hours of a winter week, and which figure they come from.

    Sources in this order: the typical week, that of May and June, the year's hours over 52 weeks,
    the summer's week. `none` is a unit known to have no staff; `unknown` has published no hours.
    """
    typical, may_june = row["staffed_hours_week"], row["staffed_hours_week_may_june_2026"]
    year = row["staffed_hours_year"]
    if _positive(typical):
        return typical, "typical"
    if _positive(may_june):
        return may_june, "may_june"
    if _positive(year):
        return repr(float(year) / WEEKS_IN_YEAR), "year"
    if week_hours(summer) > 0:
        return repr(week_hours(summer)), "summer"
    return "0.0", "none" if typical else "unknown"


def _positive(text: str) -> bool:
    return bool(text) and float(text) > 0


def compile_libraries(
    units: Sequence[Row], summer_rows: Sequence[Row]
) -> tuple[list[Row], list[Row]]:
    """Rows of the table of units, and rows of their hours (one an interval)."""
    summers = {row["library_id"]: row for row in summer_rows}
    libraries: list[Row] = []
    hours: list[Row] = []
    for unit in sorted(units, key=lambda row: int(row["library_id"])):
        summer = parse_week(summers.get(unit["library_id"]))
        staffed, source = weekly_hours(unit, summer)
        winter = parse_week(unit)
        # Closed now, but with a known size of week: the summer's clock is the best one there is.
        if source in ("may_june", "summer") and week_hours(winter) == 0:
            winter = summer
        libraries.append(_library(unit, staffed, source))
        hours += _hours(unit["library_id"], "winter", winter)
        hours += _hours(unit["library_id"], "summer", summer)
    return libraries, hours


def _library(unit: Row, staffed: str, source: str) -> Row:
    return {
        "library_id": unit["library_id"],
        "municipality": unit["code"],
        "name": unit["name"],
        "lon": unit["lon"],
        "lat": unit["lat"],
        "staffed_hours_week": staffed,
        "hours_source": source,
        "self_service_hours_week": unit["self_service_hours_week"],
        "staffed_hours_year": unit["staffed_hours_year"],
        "support_tags": unit["digital_support_tags"].replace(" | ", "|"),
        "room_tags": unit["room_tags"].replace(" | ", "|"),
        "public_computers": unit["has_public_computers"],
        "catchment_people": unit["catchment_people_2022"],
    }


def _hours(library: str, season: str, week: Week) -> Iterator[Row]:
    for weekday, intervals in enumerate(week, start=1):
        for opens, closes in intervals:
            yield {
                "library_id": library,
                "season": season,
                "weekday": str(weekday),
                "opens": opens,
                "closes": closes,
            }
