"""Venues of a plan: the real branches with their staffed hours, and what stands in for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from planner.plans.sessions.windows import Timetable, Week, is_summer
from planner.sessions.types import SINGLE_STAFFED, Request, Venue
from planner.snapshot import Library, Municipality, Snapshot

VISITS = "visits"
OFFICE_DAY = ((9 * 60, 16 * 60),)
OFFICE_WEEK: Week = (OFFICE_DAY,) * 5 + ((),) * 2
GROUPS = ("group", "info")
LIBRARY_KINDS = ("clinic", "booked", *GROUPS)
KMH = {"urban": 50.0, "semi_urban": 65.0, "rural": 75.0}


def venues_of(snapshot: Snapshot, request: Request, mondays: Sequence[dt.date]) -> list[Venue]:
    """The venues of the municipalities asked for, user's own ones and visits where none is open.

    A municipality with no staffed venue in a season of the plan gets a place "visits": trainers go
    where people are, on office days.
    """
    said = dict(request.single_staffed)
    found: list[Venue] = []
    for code in request.codes:
        place = snapshot.municipalities[snapshot.index(code)]
        own = [_branch(one) for one in snapshot.libraries if one.municipality == code]
        own += [venue for venue in request.venues if venue.municipality == code]
        own = [venue for venue in own if venue.id not in request.without]
        if not all(any(_open(venue, summer) for venue in own) for summer in seasons(mondays)):
            own.append(_visits(place))
        found += [
            replace(venue, single_staffed=said.get(venue.id, venue.single_staffed)) for venue in own
        ]
    return found


def seasons(mondays: Sequence[dt.date]) -> set[bool]:
    """The timetables that the plan's weeks follow: True is summer's."""
    return {is_summer(monday + dt.timedelta(days=3)) for monday in mondays}


def _open(venue: Venue, summer: bool) -> bool:
    week = venue.timetable.summer if summer else venue.timetable.winter
    return any(week)


def hours_in(venue: Venue, summer: bool) -> float:
    """Hours a week in which sessions may be held; what draws a village's people to a venue."""
    week = venue.timetable.summer if summer else venue.timetable.winter
    return sum(closes - opens for day in week for opens, closes in day) / 60


def _branch(library: Library) -> Venue:
    single = 0 < library.staffed_hours_week <= SINGLE_STAFFED
    roomy = bool(library.room_tags) or library.public_computers
    # In a small branch without computers or a room known of, a group would stand in the way. In a
    # larger one the missing tag is no evidence.
    kinds = LIBRARY_KINDS if roomy or not single else LIBRARY_KINDS[:2]
    return Venue(
        id=library.id,
        municipality=library.municipality,
        name=library.name,
        sort="library",
        lon=library.lon,
        lat=library.lat,
        hours=library.staffed_hours_week,
        timetable=Timetable(library.winter, library.summer),
        single_staffed=single,
        roomy=roomy,
        kinds=kinds,
    )


def _visits(place: Municipality) -> Venue:
    return Venue(
        id=f"{place.code}-{VISITS}",
        municipality=place.code,
        name=None,
        sort=VISITS,
        lon=place.lon,
        lat=place.lat,
        hours=0.0,
        timetable=Timetable(OFFICE_WEEK, OFFICE_WEEK),
        kinds=("visit",),
    )
