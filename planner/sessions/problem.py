"""From facts, forecast and request to the arrays that the two stages take."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np

from planner.engine import Engine
from planner.plans.sessions.distance import kilometres, travel_minutes, venue_of
from planner.plans.sessions.placing import GRID
from planner.plans.sessions.presets import PRESETS
from planner.plans.sessions.types import Bools, Counting, Floats, Ints
from planner.plans.sessions.windows import (
    Intervals,
    blocks_of,
    fitting,
    is_summer,
    longest,
    windows,
)
from planner.scenario import Scenario
from planner.sessions.demand import session_demand
from planner.sessions.holidays import public_holidays
from planner.sessions.kinds import CLINIC_MINUTES, SHORTEST_MINUTES, Kind, kinds
from planner.sessions.types import CHANNELS, Request, Venue
from planner.sessions.venues import KMH, VISITS, hours_in, seasons, venues_of
from planner.snapshot import Snapshot

PER_DAY = 3  # sessions at one venue on one day at most
LED_PER_DAY = 2  # sessions a trainer is counted on to lead on a day; stage 2 allows one more
HOURS_PER_TRAINER = 10.0  # session hours a week, preparation included, that one trainer is given
ROUNDED_TO = 0.5  # staff hours


@dataclass(frozen=True, eq=False)
class Facts:
    """A plan's places and people along the stages' axes.

    days: seven a week from the first Monday; minutes, staff: [venue, kind]; home: venue of each
    village and week, [village, week], −1 for none; coming: contacts [village, channel, week];
    windows: [venue][day].
    """

    mondays: tuple[dt.date, ...]
    days: tuple[dt.date, ...]
    venues: tuple[Venue, ...]
    kinds: tuple[Kind, ...]
    minutes: Ints
    staff: Ints
    travel: Floats
    windows: tuple[tuple[Intervals, ...], ...]
    villages: tuple[int, ...]
    home: Ints
    coming: Floats
    limit: Floats
    people: int
    counting: Counting


def facts_of(engine: Engine, scenario: Scenario, request: Request, first: dt.date) -> Facts:
    """The Facts of a request; see planner.sessions.ask for the errors."""
    monday = first - dt.timedelta(days=first.weekday())
    mondays = tuple(monday + dt.timedelta(weeks=week) for week in range(request.weeks))
    days = tuple(monday + dt.timedelta(days=day) for day in range(7 * request.weeks))
    snapshot = engine.snapshot
    venues = tuple(venues_of(snapshot, request, mondays))
    parameters = engine.parameters(scenario)
    sorts = kinds(parameters)
    opened = tuple(
        windows(
            venue.id,
            venue.timetable,
            days,
            _closed(engine.snapshot, request, venue, days, first),
            request.busy,
        )
        for venue in venues
    )
    opened = _visits_when_needed(venues, opened, days)
    minutes = _minutes(venues, sorts, opened, request.weeks)
    single = np.array([venue.single_staffed for venue in venues], dtype=np.bool_)
    staff = np.where(single, 2, 1)[:, None].repeat(len(sorts), axis=1)
    villages, home, coming, spare = _people(engine, scenario, request, venues, mondays)
    hours = np.array(
        [
            [kind.hours(int(minutes[v, k]), int(staff[v, k])) for k, kind in enumerate(sorts)]
            for v in range(len(venues))
        ]
    ).reshape(len(venues), len(sorts))
    open_to_all = ["walk_in" in kind.serves for kind in sorts]
    offered = _offered(venues, sorts, opened, minutes, request.weeks)
    limit = _limit(request, spare, hours[:, open_to_all], offered[:, open_to_all])
    people = request.people
    if people is None:
        people = max(1, int(np.ceil(limit.max(initial=0.0) / HOURS_PER_TRAINER)))
    counting = _counting(
        request, sorts, mondays, opened, minutes, hours, offered, home, coming, limit, people
    )
    counting = replace(counting, stay=float(parameters["stay"][0, 0]))
    return Facts(
        mondays=mondays,
        days=days,
        venues=venues,
        kinds=sorts,
        minutes=minutes,
        staff=staff,
        travel=_travel(snapshot, venues),
        windows=opened,
        villages=villages,
        home=home,
        coming=coming,
        limit=limit,
        people=people,
        counting=counting,
    )


def _closed(
    snapshot: Snapshot,
    request: Request,
    venue: Venue,
    days: tuple[dt.date, ...],
    first: dt.date,
) -> frozenset[dt.date]:
    """Days on which the venue holds nothing: holidays, closures, and days before the first one."""
    aland = snapshot.municipalities[snapshot.index(venue.municipality)].is_aland
    closed = set(public_holidays({day.year for day in days}, aland))
    closed |= {day for at, day in request.closures if at is None or at == venue.id}
    return frozenset(closed | {day for day in days if day < first})


def _visits_when_needed(
    venues: tuple[Venue, ...],
    opened: tuple[tuple[Intervals, ...], ...],
    days: tuple[dt.date, ...],
) -> tuple[tuple[Intervals, ...], ...]:
    """The windows with visits left to the seasons in which no venue of the municipality is open."""
    result = list(opened)
    for at, venue in enumerate(venues):
        if venue.sort != VISITS:
            continue
        others = [v for v in venues if v.municipality == venue.municipality and v.sort != VISITS]
        covered = {summer: any(hours_in(v, summer) > 0 for v in others) for summer in (False, True)}
        result[at] = tuple(
            () if covered[is_summer(day)] else intervals
            for day, intervals in zip(days, opened[at], strict=True)
        )
    return tuple(result)


def _minutes(
    venues: tuple[Venue, ...],
    sorts: tuple[Kind, ...],
    opened: tuple[tuple[Intervals, ...], ...],
    weeks: int,
) -> Ints:
    """Length of each kind at each venue, minutes: [venue, kind]; 0 where it never fits.

    A kind that may be cut is cut to the longest opening of the tightest season.
    """
    table = np.zeros((len(venues), len(sorts)), dtype=np.int64)
    for v, days in enumerate(opened):
        by_week = [max(map(longest, days[7 * w : 7 * w + 7])) for w in range(weeks)]
        usable = [length for length in by_week if length >= SHORTEST_MINUTES]
        if not usable:
            continue
        tight = int(np.percentile(usable, 25, method="lower")) // GRID * GRID
        for k, kind in enumerate(sorts):
            if kind.cut:
                table[v, k] = min(kind.minutes, tight)
            elif max(usable) >= kind.minutes:
                table[v, k] = kind.minutes
    return table


def _offered(
    venues: tuple[Venue, ...],
    sorts: tuple[Kind, ...],
    opened: tuple[tuple[Intervals, ...], ...],
    minutes: Ints,
    weeks: int,
) -> Bools:
    """Whether a kind can be held at a venue in a week: bool [venue, kind, week]."""
    table = np.zeros((len(venues), len(sorts), weeks), dtype=np.bool_)
    for v, venue in enumerate(venues):
        by_week = [max(map(longest, opened[v][7 * w : 7 * w + 7])) for w in range(weeks)]
        for k, kind in enumerate(sorts):
            if kind.code in venue.kinds and minutes[v, k] > 0:
                table[v, k] = np.array(by_week) >= minutes[v, k]
    return table


def _people(
    engine: Engine,
    scenario: Scenario,
    request: Request,
    venues: tuple[Venue, ...],
    mondays: tuple[dt.date, ...],
) -> tuple[tuple[int, ...], Ints, Floats, Floats]:
    """Villages (positions in the snapshot), their venue by week, their contacts, hours to spare."""
    snapshot, areas = engine.snapshot, engine.snapshot.postal_areas
    villages: list[int] = []
    homes, coming = [], []
    spare = np.zeros(len(mondays))
    summers = np.array([is_summer(monday + dt.timedelta(days=3)) for monday in mondays])
    for code in request.codes:
        index = snapshot.index(code)
        own = np.flatnonzero((areas.municipality == index) & (areas.people > 0))
        contacts, room = session_demand(engine, scenario, index, mondays[0], len(mondays))
        spare += room
        share = areas.people[own] / areas.people[own].sum()
        coming.append(share[:, None, None] * contacts[None])
        home = np.full((own.size, len(mondays)), -1, dtype=np.int64)
        for summer in seasons(mondays):
            at = _homes(snapshot, own, code, venues, summer)
            home[:, summers == summer] = at[:, None]
        homes.append(home)
        villages += own.tolist()
    return tuple(villages), np.concatenate(homes), np.concatenate(coming), spare


def _homes(
    snapshot: Snapshot, villages: Ints, code: str, venues: tuple[Venue, ...], summer: bool
) -> Ints:
    """The venue of each village in a season; visits only where nothing else is open."""
    areas = snapshot.postal_areas
    hours = np.array([hours_in(venue, summer) for venue in venues])
    mine = np.array([venue.municipality == code for venue in venues], dtype=np.bool_)
    visits = np.array([venue.sort == VISITS for venue in venues], dtype=np.bool_)
    allowed = mine & (hours > 0)
    if (allowed & ~visits).any():
        allowed &= ~visits
    lon, lat = (np.array([getattr(venue, part) for venue in venues]) for part in ("lon", "lat"))
    distance = kilometres(areas.lon[villages], areas.lat[villages], lon, lat)
    everywhere = np.broadcast_to(allowed, distance.shape)
    return venue_of(distance, hours, everywhere).astype(np.int64)


def _limit(request: Request, spare: Floats, hours: Floats, offered: Bools) -> Floats:
    """Staff hours a week: as said, or what can be spared, at least those of one session.

    hours, offered: of the kinds that are open to everybody, [venue, kind] and [.., week].
    """
    if request.staff_hours is not None:
        return np.full(request.weeks, float(request.staff_hours))
    possible = hours[offered.any(axis=2)]
    least = possible.min() if possible.size else 0.0
    return np.asarray(np.ceil(np.maximum(spare, least) / ROUNDED_TO) * ROUNDED_TO)


def _counting(
    request: Request,
    sorts: tuple[Kind, ...],
    mondays: tuple[dt.date, ...],
    opened: tuple[tuple[Intervals, ...], ...],
    minutes: Ints,
    hours: Floats,
    offered: Bools,
    home: Ints,
    coming: Floats,
    limit: Floats,
    people: int,
) -> Counting:
    venues, weeks = len(opened), request.weeks
    demand = np.zeros((venues, len(CHANNELS), weeks))
    for village, contacts in enumerate(coming):
        for week in range(weeks):
            if home[village, week] >= 0:
                demand[home[village, week], :, week] += contacts[:, week]
    slots = np.zeros((venues, weeks))
    days_open = np.zeros((len(opened), weeks, 7), dtype=np.bool_)
    for v, windows_of in enumerate(opened):
        size = int(minutes[v].max(initial=0)) or CLINIC_MINUTES
        for day, intervals in enumerate(windows_of):
            fits = min(fitting(intervals, size), PER_DAY)
            slots[v, day // 7] += fits
            days_open[v, day // 7, day % 7] = fits > 0
    contacts = minutes / 60 * np.array([kind.contacts_per_hour for kind in sorts])
    serves = [[channel in kind.serves for channel in CHANNELS] for kind in sorts]
    return Counting(
        demand=demand,
        serves=np.array(serves, dtype=np.bool_),
        contacts=contacts,
        hours=hours,
        slots=slots,
        limit=limit,
        people_slots=people * LED_PER_DAY * days_open.any(axis=0).sum(axis=1).astype(np.float64),
        offered=offered,
        blocks=np.array(blocks_of(mondays)),
        fixed=np.zeros((venues, len(sorts), weeks)),
        several=np.array([not kind.cut for kind in sorts], dtype=np.bool_),
        stay=1.0,  # facts_of puts in what the assumptions say
        preset=PRESETS[request.preset],
    )


def _travel(snapshot: Snapshot, venues: tuple[Venue, ...]) -> Floats:
    kmh = [
        KMH[snapshot.municipalities[snapshot.index(venue.municipality)].urban_rural]
        for venue in venues
    ]
    lon, lat = (np.array([getattr(venue, part) for venue in venues]) for part in ("lon", "lat"))
    return travel_minutes(lon, lat, np.array(kmh))
