"""A plan as an iCalendar file (RFC 5545): one VEVENT a session, in Finnish time.

The time zone's rules stand in the file (VTIMEZONE), so that a reader without a database of its own
shows the right hour on both sides of a clock change. A session keeps its UID when it is moved, and
its SEQUENCE grows, so a calendar that imports the file again updates instead of doubling. A session
that is no longer held stays in the file with the status CANCELLED where it is named so: a calendar
keeps events that a file merely leaves out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vGeo

from planner.clock import HELSINKI
from planner.export.session_words import Words, described, places, titled, venue_name
from planner.sessions import Session, SessionPlan, Venue
from planner.snapshot import Snapshot
from planner.texts import Texts

PRODUCT = "-//Suomi.fi Messages rollout planner//sessions//EN"


def session_calendar(
    plan: SessionPlan,
    snapshot: Snapshot,
    texts: Texts,
    stamp: dt.datetime,
    words: Words = (),
    cancelled: Sequence[Session] = (),
) -> bytes:
    """The calendar file in the language of `texts`; stamp: when it was made, UTC.

    words: edited by hand, they come before the catalogue's; cancelled: sessions of an earlier file
    that are not held after all, as they stood there (one that the plan holds again is no longer
    cancelled).
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add(
        "x-wr-calname", texts("sessions.calendar.name", place=places(plan, snapshot, texts))
    )
    calendar.add("x-wr-timezone", HELSINKI.key)
    calendar.add_component(_finnish_time())
    venues = {venue.id: venue for venue in plan.venues}
    for one in plan.sessions:
        event = _event(one, venues.get(one.venue), snapshot, texts, stamp, words)
        event.add("status", "CONFIRMED")
        calendar.add_component(event)
    held = {one.uid for one in plan.sessions}
    for one in (one for one in cancelled if one.uid not in held):
        later = replace(one, sequence=one.sequence + 1)
        event = _event(later, venues.get(one.venue), snapshot, texts, stamp, words)
        event.add("status", "CANCELLED")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _finnish_time() -> Timezone:
    """The rules of the clock in Finland since 1996: UTC+3 from the last Sunday of March at 3 to the
    last Sunday of October at 4, else UTC+2."""
    zone = Timezone()
    zone.add("tzid", HELSINKI.key)
    winter, summer = dt.timedelta(hours=2), dt.timedelta(hours=3)
    changes = (
        (
            TimezoneDaylight(),
            "EEST",
            winter,
            summer,
            dt.datetime.combine(dt.date(1996, 3, 31), dt.time(3)),
            3,
        ),
        (
            TimezoneStandard(),
            "EET",
            summer,
            winter,
            dt.datetime.combine(dt.date(1996, 10, 27), dt.time(4)),
            10,
        ),
    )
    for part, name, before, after, first, month in changes:
        part.add("tzname", name)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("dtstart", first)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        zone.add_component(part)
    return zone


def _event(
    one: Session,
    venue: Venue | None,
    snapshot: Snapshot,
    texts: Texts,
    stamp: dt.datetime,
    words: Words,
) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("sequence", one.sequence)
    event.add("dtstamp", stamp)
    event.add("dtstart", _moment(one.day, one.start))
    event.add("dtend", _moment(one.day, one.end))
    event.add("summary", titled(one, words, texts))
    event.add("description", described(one, words, texts))
    if venue is not None:  # one that has been removed since may still have cancelled sessions
        event.add("location", venue_name(venue, snapshot, texts))
        event.add("geo", vGeo((venue.lat, venue.lon)))
    event.add("categories", [texts(f"sessions.kind.{one.kind}")])
    return event


def _moment(day: dt.date, minutes: int) -> dt.datetime:
    """A time of the clock; 1440 is midnight at the day's end."""
    clock = dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=minutes)
    return clock.replace(tzinfo=HELSINKI)
