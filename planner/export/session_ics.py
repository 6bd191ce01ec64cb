"""A plan as an iCalendar file (RFC 5545): one VEVENT a session, in Finnish time.

The time zone's rules stand in the file (VTIMEZONE), so that a reader without a database of its own
shows the right hour on both sides of a clock change. A session keeps its UID when it is moved, and
its SEQUENCE grows, so a calendar that imports the file again updates instead of doubling.
"""

from __future__ import annotations

import datetime as dt

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vGeo

from planner.clock import HELSINKI
from planner.export.session_words import description, places, title, venue_name
from planner.sessions import Session, SessionPlan, Venue
from planner.snapshot import Snapshot
from planner.texts import Texts

PRODUCT = "-//Suomi.fi Messages rollout planner//sessions//EN"


def session_calendar(
    plan: SessionPlan, snapshot: Snapshot, texts: Texts, stamp: dt.datetime
) -> bytes:
    """The calendar file in the language of `texts`; stamp: when it was made, UTC."""
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
        calendar.add_component(_event(one, venues[one.venue], snapshot, texts, stamp))
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
    one: Session, venue: Venue, snapshot: Snapshot, texts: Texts, stamp: dt.datetime
) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("sequence", one.sequence)
    event.add("dtstamp", stamp)
    event.add("dtstart", _moment(one.day, one.start))
    event.add("dtend", _moment(one.day, one.end))
    event.add("summary", title(one, texts))
    event.add("description", description(one, texts))
    event.add("location", venue_name(venue, snapshot, texts))
    event.add("geo", vGeo((venue.lat, venue.lon)))
    event.add("categories", [one.kind, one.theme])
    return event


def _moment(day: dt.date, minutes: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(minutes // 60, minutes % 60), tzinfo=HELSINKI)
