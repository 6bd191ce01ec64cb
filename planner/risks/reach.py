"""How far people live from where support is given: postal areas and points of support.

A postal area is known by one point inside it, which in the far north can lie 50 km from the village
where its people live. So an area in which a point of support stands is near whatever its point
says: a municipality's main library (most staffed hours) stands in its most populous postal area,
any other library in the area whose point is nearest. Support without a known place is given where
the main library is; without any library, at the municipality's point.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from planner.engine import Engine
from planner.model.distance import road_km
from planner.records import CapacityRow
from planner.risks.types import Village
from planner.snapshot import Library

Floats = NDArray[np.float64]

Points = frozenset[str]
"""Ids of libraries, and CENTRE."""
CENTRE = ""
"""The main village."""
NOWHERE: Points = frozenset()
NEARER = 0.8
"""Below this share of the way to one's own library, another one is nearer: estimated roads err."""


def points_of(engine: Engine, code: str, rows: Iterable[CapacityRow]) -> Points:
    """Where rows give support: libraries that they name, all of them where a library's row names no
    place, else the main village; remote support is nowhere.
    """
    libraries = own_libraries(engine, code)
    named = {_key(library.name): library.id for library in libraries}
    found: set[str] = set()
    for row in rows:
        if row.provider == "remote":
            continue
        if row.provider == "library" and not row.place.strip() and libraries:
            found |= {library.id for library in libraries}
        else:
            found.add(named.get(_key(row.place), CENTRE))
    return frozenset(found)


def points_supposed(engine: Engine, code: str) -> Points:
    """Where support is supposed while nobody has entered it: at every library with staff."""
    return frozenset(library.id for library in own_libraries(engine, code)) or frozenset({CENTRE})


@functools.lru_cache(maxsize=512)
def own_libraries(engine: Engine, code: str) -> tuple[Library, ...]:
    """A municipality's libraries with staff, the main one first."""
    staffed = [library for library in _staffed(engine) if library.municipality == code]
    return tuple(sorted(staffed, key=lambda library: -library.staffed_hours_week))


@functools.lru_cache(maxsize=512)
def far_from(
    engine: Engine, code: str, points: Points, distance_km: float
) -> tuple[tuple[Village, ...], float]:
    """The postal areas farther than a distance from all points, the farthest first, and the people
    of all the municipality's areas.
    """
    snapshot = engine.snapshot
    areas = snapshot.postal_areas
    inside = (areas.municipality == snapshot.index(code)) & (areas.people > 0)
    own = np.flatnonzero(inside)
    km = _distances(engine, code, points, own)
    far = own[km > distance_km]
    away = km[km > distance_km]
    others, there = _elsewhere(engine, code, far)
    nearer = there < NEARER * away
    villages = [
        Village(
            postal_code=areas.postal_code[area],
            people=float(areas.people[area]),
            km=float(away[at]) if points else None,
            other=others[at].municipality if nearer[at] else None,
            other_km=float(there[at]) if nearer[at] else None,
        )
        for at, area in enumerate(far)
    ]
    villages.sort(key=lambda village: (-(village.km or 0.0), village.postal_code))
    return tuple(villages), float(areas.people[own].sum())


def _distances(engine: Engine, code: str, points: Points, own: NDArray[np.intp]) -> Floats:
    """Kilometres from each of the postal areas `own` to the nearest point: float64 [area]."""
    nearest = np.full(own.size, np.inf)
    areas, libraries = engine.snapshot.postal_areas, own_libraries(engine, code)
    place = engine.snapshot.municipalities[engine.snapshot.index(code)]
    where = {library.id: (library.lon, library.lat) for library in libraries}
    main = libraries[0].id if libraries else CENTRE
    where[CENTRE] = where.get(main, (place.lon, place.lat))
    for point in points & where.keys():
        lon, lat = (np.array(value) for value in where[point])
        km = road_km(areas.lon[own], areas.lat[own], lon, lat)
        if own.size:
            central = point in (main, CENTRE)
            km[areas.people[own].argmax() if central else km.argmin()] = 0.0
        nearest = np.minimum(nearest, km)
    return nearest


def _elsewhere(engine: Engine, code: str, areas: NDArray[np.intp]) -> tuple[list[Library], Floats]:
    """The nearest library of another municipality for each area, and kilometres to it: [area].

    None where no road leads out of the municipality; none that no road leads to.
    """
    snapshot = engine.snapshot
    if areas.size == 0 or snapshot.municipalities[snapshot.index(code)].island_without_road:
        return [], np.full(areas.size, np.inf)
    others = [library for library in _staffed(engine) if library.municipality != code]
    islands = {place.code for place in snapshot.municipalities if place.island_without_road}
    others = [library for library in others if library.municipality not in islands]
    lon, lat = np.array([(library.lon, library.lat) for library in others]).T
    points = snapshot.postal_areas
    km = road_km(points.lon[areas][:, None], points.lat[areas][:, None], lon, lat)
    return [others[at] for at in km.argmin(axis=1)], km.min(axis=1)


def _staffed(engine: Engine) -> list[Library]:
    """Libraries in which somebody can help: with staffed hours, or with hours nobody published."""
    return [
        library
        for library in engine.snapshot.libraries
        if library.staffed_hours_week > 0 or library.hours_source == "unknown"
    ]


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
