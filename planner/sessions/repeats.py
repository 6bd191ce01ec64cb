"""The times of a repeated event (RRULE of RFC 5545) within a window, whenever it began."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, cast

from dateutil.rrule import rrulestr

MOST_TIMES = 20_000  # of one event within the window
MOST_READ = 200_000  # of one event in all: those before the window cost time too
CYCLE = dt.timedelta(days=146_097)  # 400 years, after which the calendar repeats itself
STEPS = {
    "SECONDLY": dt.timedelta(seconds=1),
    "MINUTELY": dt.timedelta(minutes=1),
    "HOURLY": dt.timedelta(hours=1),
    "DAILY": dt.timedelta(days=1),
    "WEEKLY": dt.timedelta(weeks=1),
}


def repeats(
    rule: Any, start: dt.datetime, begin: dt.datetime, end: dt.datetime
) -> set[dt.datetime]:
    """The times from `begin` to `end`, both included, of an event that starts first at `start`.

    rule: as the icalendar package reads it; its UNTIL is the caller's to put into `end`. All
    moments are by one clock, without a zone. ValueError where the rule makes no sense.
    """
    if start > end:
        return set()
    step = _step(rule)
    parts = {name: value for name, value in _parts(rule) if name != "UNTIL"}
    count = int(parts["COUNT"]) if "COUNT" in parts else None
    if count is not None and step and not any(name.startswith("BY") for name in parts):
        del parts["COUNT"]
        end = min(end, start + min(count - 1, (end - start) // step) * step)
    since = start
    if step and "COUNT" not in parts:
        since += max((begin - start) // step - 1, 0) * step
    # A rule that never comes true is looked for until the year 9999: so the search begins as late
    # as the calendar repeats itself.
    later = ((9999 - end.year) // 400) * CYCLE
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    times = cast("Iterable[dt.datetime]", rrulestr(text, dtstart=since + later))
    return set(islice(_between(times, begin + later, end + later, later), MOST_TIMES))


def _between(
    times: Iterable[dt.datetime], begin: dt.datetime, end: dt.datetime, later: dt.timedelta
) -> Iterator[dt.datetime]:
    for moment in islice(times, MOST_READ):
        if moment > end:
            return
        if moment >= begin:
            yield moment - later


def _parts(rule: Any) -> list[tuple[str, str]]:
    """Names and values of a rule, as they are written."""
    pairs = (part.partition("=") for part in rule.to_ical().decode().split(";"))
    return [(name.upper(), value) for name, _, value in pairs]


def _step(rule: Any) -> dt.timedelta | None:
    """The time between two repeats before any BY part; None for months and years, that vary."""
    interval = int(next(iter(rule.get("INTERVAL", [1]))))
    if interval < 1:
        raise ValueError("INTERVAL")
    unit = STEPS.get(str(next(iter(rule.get("FREQ", [""])))).upper())
    try:
        return unit and interval * unit
    except OverflowError:
        return None
