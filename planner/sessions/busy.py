"""An imported calendar of times that are taken: what stands in it is left free of sessions."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

import icalendar
from icalendar.timezone import tzp

from planner.clock import HELSINKI
from planner.errors import PlannerError
from planner.plans.sessions.windows import Busy
from planner.sessions.repeats import repeats

MOST_SHOWN = 60  # characters of the file in a message
FAULTS = (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, OSError)
DAY = 24 * 60
LONGEST = dt.timedelta(days=366)  # a repeated event that takes longer is counted from then
TIMES = frozenset({"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"})
"""Fields that must be read; a mistake in any other one of an event does no harm."""


def read_busy(
    content: bytes, first: dt.date, last: dt.date, venue: str | None = None
) -> tuple[Busy, ...]:
    """Busy times between two dates, both included, from an iCalendar file.

    Events that are cancelled or marked as free (TRANSPARENT) don't count; whole-day events take the
    whole day; repeated ones (RRULE, RDATE, EXDATE) each of their times, one that is moved or
    cancelled alone (RECURRENCE-ID) not at its old one. Times without a zone (floating), or in one
    that nobody knows, are Finnish. venue: whose calendar it is, None for all. PlannerError, saying
    what is wrong and in which event, where the file doesn't parse.
    """
    found: list[Busy] = []
    events = _events(content)
    moved = _moved(events)
    for number, event in enumerate(events, start=1):
        alone = "RECURRENCE-ID" in event
        try:
            without = () if alone else moved[str(event.get("UID", ""))]
            found += _of(event, without, first, last, venue)
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
        events = _walked(content)
    except FAULTS:
        try:  # what is wrong may be no more than a zone
            events = _walked(_without_zones(text).encode())
        except FAULTS as error:
            raise PlannerError("error.sessions_busy") from error
    for number, event in enumerate(events, start=1):
        if TIMES.intersection(str(name) for name, _ in event.errors):
            raise _event_fault(event, number)
    return events


def _walked(content: bytes) -> list[Any]:
    calendars = icalendar.Calendar.from_ical(content, multiple=True)
    return [event for calendar in calendars for event in calendar.walk("VEVENT")]


def _without_zones(text: str) -> str:
    """The file without its own rules of zones, and without the names of zones nobody knows."""
    whole = re.sub(r"\r?\n[ \t]", "", text)  # folded lines
    bare = re.sub(r"(?ims)^BEGIN:VTIMEZONE\s*$.*?^END:VTIMEZONE\s*?$\n?", "", whole)
    return re.sub(
        r'(?i);TZID=("[^"\r\n]*"|[^;:\r\n]*)',
        lambda found: found[0] if _known_zone(found[1].strip('"')) else "",
        bare,
    )


def _known_zone(name: str) -> bool:
    try:
        return tzp.timezone(name) is not None
    except FAULTS:
        return False


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


def _moved(events: Collection[Any]) -> dict[str, set[tuple[dt.datetime, bool]]]:
    """By UID, the times that repeats of an event would have had: they are told on their own."""
    found: dict[str, set[tuple[dt.datetime, bool]]] = defaultdict(set)
    for event in events:
        at = getattr(event.get("RECURRENCE-ID"), "dt", None)
        if at is not None:
            found[str(event.get("UID", ""))].add(_moment(at))
    return found


def _of(
    event: Any,
    without: Collection[tuple[dt.datetime, bool]],
    first: dt.date,
    last: dt.date,
    venue: str | None,
) -> Iterator[Busy]:
    status, shown = (str(event.get(name, "")).strip().upper() for name in ("STATUS", "TRANSP"))
    if status == "CANCELLED" or shown == "TRANSPARENT":
        return
    starts, whole_day = _moment(event["DTSTART"].dt)
    length = _length(event, starts, whole_day)
    for start in _times(event, starts, length, first, last):
        if not any(told in without for told in _tellings(start)):
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


def _times(
    event: Any, start: dt.datetime, length: dt.timedelta, first: dt.date, last: dt.date
) -> Iterator[dt.datetime]:
    """When an event begins, each time that reaches the dates; repeats keep their hour."""
    without = set(_dates(event, "EXDATE"))
    times = {start, *(moment for moment, _ in _dates(event, "RDATE"))}
    begin = dt.datetime.combine(first, dt.time()) - min(length, LONGEST)
    end = dt.datetime.combine(last, dt.time.max)
    rules = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        until = [_end_of(value) for value in rule.get("UNTIL", [])]
        times |= repeats(rule, start, begin, min([end, *until]))
    yield from sorted(
        moment for moment in times if not any(told in without for told in _tellings(moment))
    )


def _end_of(until: dt.date | dt.datetime) -> dt.datetime:
    """The last moment that UNTIL allows: of a date, its whole day."""
    moment, whole_day = _moment(until)
    return dt.datetime.combine(moment, dt.time.max) if whole_day else moment


def _tellings(moment: dt.datetime) -> tuple[tuple[dt.datetime, bool], ...]:
    """How a file may name a repeat: by its moment, or by its day."""
    midnight = dt.datetime.combine(moment, dt.time())
    return (moment, False), (moment, True), (midnight, True)


def _dates(event: Any, name: str) -> Iterator[tuple[dt.datetime, bool]]:
    values = event.get(name, [])
    for value in values if isinstance(values, list) else [values]:
        for one in value.dts:
            yield _moment(one.dt[0] if isinstance(one.dt, tuple) else one.dt)


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
