"""An imported calendar of times that are taken: what stands in it is left free of sessions."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import icalendar
from dateutil.rrule import rrulestr

from planner.clock import HELSINKI
from planner.errors import PlannerError
from planner.plans.sessions.windows import Busy

MOST_TIMES = 20_000  # of one repeated event: a rule without end is read this far
MOST_SHOWN = 60  # characters of the file in a message
FAULTS = (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError)
DAY = 24 * 60
TIMES = frozenset({"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE"})
"""Fields that must be read; a mistake in any other one of an event does no harm."""


def read_busy(
    content: bytes, first: dt.date, last: dt.date, venue: str | None = None
) -> tuple[Busy, ...]:
    """Busy times between two dates, both included, from an iCalendar file.

    Events that are cancelled or marked as free (TRANSPARENT) don't count; whole-day events take the
    whole day; repeated ones (RRULE, RDATE, EXDATE) each of their times; times without a zone are
    Finnish. venue: whose calendar it is, None for all. PlannerError, saying what is wrong and in
    which event, where the file doesn't parse.
    """
    found: list[Busy] = []
    for number, event in enumerate(_events(content), start=1):
        try:
            found += _of(event, first, last, venue)
        except FAULTS as error:
            raise _event_fault(event, number) from error
    return tuple(sorted(set(found), key=lambda busy: (busy.day, busy.start, busy.end)))


def _events(content: bytes) -> list[Any]:
    """The events of a calendar file; PlannerError where it is none or has a line that is none."""
    text = content.decode("utf-8", errors="replace")
    if not text.strip("\ufeff \t\r\n"):
        raise PlannerError("error.sessions_busy_empty")
    if "BEGIN:VCALENDAR" not in text.upper():
        raise PlannerError("error.sessions_busy_other")
    _check_pairs(text)
    try:
        calendars = icalendar.Calendar.from_ical(content, multiple=True)
        events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    except FAULTS as error:
        raise PlannerError("error.sessions_busy") from error
    for number, event in enumerate(events, start=1):
        if TIMES.intersection(str(name) for name, _ in event.errors):
            raise _event_fault(event, number)
    return events


def _check_pairs(text: str) -> None:
    """PlannerError where a part of the file has no end: it is cut short, or parts are mixed up."""
    opened: list[tuple[str, int]] = []
    for row, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        word, _, name = line.rstrip().upper().partition(":")  # a folded line begins with a space
        if word.lstrip("\ufeff") == "BEGIN":
            opened.append((name, row))
        elif word == "END" and (not opened or opened.pop()[0] != name):
            raise PlannerError("error.sessions_busy_pairs", row=row, part=name[:MOST_SHOWN])
    if opened:
        name, row = opened[-1]
        raise PlannerError("error.sessions_busy_cut", row=row, part=name[:MOST_SHOWN])


def _event_fault(event: Any, number: int) -> PlannerError:
    """What is wrong with an event: the field that can't be read, else its start that is missing."""
    fields = [str(name) for name, _ in event.errors if str(name) in TIMES]
    named = str(event.get("SUMMARY") or event.get("UID") or "")[:MOST_SHOWN]
    if fields:
        value = str(event.get(fields[0], ""))[:MOST_SHOWN]
        return PlannerError(
            "error.sessions_busy_field", number=number, name=named, field=fields[0], value=value
        )
    if "DTSTART" not in event:
        return PlannerError("error.sessions_busy_start", number=number, name=named)
    return PlannerError("error.sessions_busy_event", number=number, name=named)


def _of(event: Any, first: dt.date, last: dt.date, venue: str | None) -> Iterator[Busy]:
    if str(event.get("STATUS", "")) == "CANCELLED" or str(event.get("TRANSP", "")) == "TRANSPARENT":
        return
    starts, whole_day = _moment(event["DTSTART"].dt)
    length = _length(event, starts, whole_day)
    for start in _times(event, starts, last):
        yield from _days(start, start + length, first, last, venue)


def _moment(value: dt.date | dt.datetime) -> tuple[dt.datetime, bool]:
    """A moment by Finland's clock, without a zone, and whether it is a whole day."""
    if not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time()), True
    if value.tzinfo is None:
        return value, False
    return value.astimezone(HELSINKI).replace(tzinfo=None), False


def _length(event: Any, start: dt.datetime, whole_day: bool) -> dt.timedelta:
    if "DTEND" in event:
        return max(_moment(event["DTEND"].dt)[0] - start, dt.timedelta())
    if "DURATION" in event:
        lasting: dt.timedelta = event["DURATION"].dt
        return max(lasting, dt.timedelta())
    return dt.timedelta(days=1) if whole_day else dt.timedelta()


def _times(event: Any, start: dt.datetime, last: dt.date) -> Iterator[dt.datetime]:
    """When an event begins, each time until the last date; repeats keep their hour of the clock."""
    without = {moment for name in ("EXDATE",) for moment in _dates(event, name)}
    times = {start, *_dates(event, "RDATE")}
    rules = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        text = rule.to_ical().decode()
        # UNTIL may be told in UTC, which a rule by the clock doesn't take
        parts = [part for part in text.split(";") if not part.startswith("UNTIL=")]
        until = [_moment(value)[0] for value in rule.get("UNTIL", [])]
        end = min([dt.datetime.combine(last, dt.time.max), *until])
        for moment in islice(rrulestr(";".join(parts), dtstart=start), MOST_TIMES):
            if moment > end:
                break
            times.add(moment)
    yield from sorted(times - without)


def _dates(event: Any, name: str) -> Iterator[dt.datetime]:
    values = event.get(name, [])
    for value in values if isinstance(values, list) else [values]:
        for one in value.dts:
            moment = one.dt[0] if isinstance(one.dt, tuple) else one.dt
            yield _moment(moment)[0]


def _days(
    start: dt.datetime, end: dt.datetime, first: dt.date, last: dt.date, venue: str | None
) -> Iterator[Busy]:
    """The part of a busy time that falls on each day."""
    day = max(start.date(), first)
    while day <= min(end.date(), last):
        midnight = dt.datetime.combine(day, dt.time())
        begins = max(int((start - midnight).total_seconds() // 60), 0)
        ends = min(int(-(-(end - midnight).total_seconds() // 60)), DAY)
        if begins < ends:
            yield Busy(day, begins, ends, venue)
        day += dt.timedelta(days=1)
