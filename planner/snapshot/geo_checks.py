"""Checks of points and of the map."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

from planner.snapshot.problems import Problem
from planner.snapshot.schema import MAP_FILE
from planner.snapshot.tables import DataFolder, Table

WEST, EAST, SOUTH, NORTH = 19.0, 32.0, 59.0, 71.0
# The farthest village lies 101 km from where its municipality's people live (Nellim in Inari).
FARTHEST_KILOMETRES = 150.0
EARTH_RADIUS_KILOMETRES = 6371.0
MAP_OBJECT = "municipalities"

LonLat = tuple[float, float]


def check_for_misplaced_points(data: DataFolder) -> Iterator[Problem]:
    """Every point lies in Finland, and near the municipality it is said to be in."""
    middles: dict[str, tuple[LonLat, str]] = {}
    table = data["municipalities"]
    names = zip(table.texts("code"), table.texts("name_fi"), strict=True)
    for (code, name), point in zip(names, _points(table), strict=True):
        middles[code] = (point, name)
    for file, column in (
        ("municipalities.csv", "code"),
        ("libraries.csv", "municipality"),
        ("postal_areas.csv", "municipality"),
    ):
        if file not in data.tables:
            continue
        table = data.tables[file]
        pairs = zip(table.texts(column), _points(table), strict=True)
        for index, (code, point) in enumerate(pairs):
            yield from _point_problems(table, index, point, middles.get(code))


def _points(table: Table) -> Iterator[LonLat]:
    for lon, lat in zip(table.columns["lon"], table.columns["lat"], strict=True):
        yield float(lon), float(lat)


def _point_problems(
    table: Table, index: int, point: LonLat, middle: tuple[LonLat, str] | None
) -> Iterator[Problem]:
    lon, lat = point
    if not _in_finland(lon, lat):
        code = "data.swapped_coordinates" if _in_finland(lat, lon) else "data.outside_finland"
        yield table.problem(index, code, lon=lon, lat=lat)
    elif middle is not None and _in_finland(*middle[0]):
        distance = _kilometres(point, middle[0])
        if distance > FARTHEST_KILOMETRES:
            yield table.problem(index, "data.far_away", kilometres=distance, name=middle[1])


def _in_finland(lon: float, lat: float) -> bool:
    return WEST <= lon <= EAST and SOUTH <= lat <= NORTH


def _kilometres(one: LonLat, other: LonLat) -> float:
    # Flat is good enough to tell 100 km from 200.
    shrink = math.cos(math.radians((one[1] + other[1]) / 2))
    east, north = (one[0] - other[0]) * shrink, one[1] - other[1]
    return EARTH_RADIUS_KILOMETRES * math.radians(math.hypot(east, north))


def check_for_broken_map(data: DataFolder) -> Iterator[Problem]:
    """The map can be drawn, and shows each municipality once and nothing else."""
    if data.map_text is None:
        return
    try:
        topology = json.loads(data.map_text)
    except json.JSONDecodeError as error:
        yield Problem(MAP_FILE, error.lineno, "data.not_json", {"reason": error.msg})
        return
    try:
        shown = _drawn_ids(topology)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        yield Problem(MAP_FILE, None, "data.bad_map", {"reason": _reason(error)})
        return
    codes = data["municipalities"].texts("code")
    drawn = set(shown)
    for code in codes:
        if code not in drawn:
            yield Problem(MAP_FILE, None, "data.map_lacks", {"value": code})
    for place in sorted(drawn.difference(codes)):
        yield Problem(MAP_FILE, None, "data.map_has_more", {"value": place})


def _reason(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


def _drawn_ids(topology: dict[str, Any]) -> list[str]:
    arcs = topology["arcs"]
    if any(len(arc) < 2 for arc in arcs):
        raise ValueError("an arc has fewer than two points")
    ids: list[str] = []
    for feature in topology["objects"][MAP_OBJECT]["geometries"]:
        place, kind = str(feature["id"]), feature["type"]
        if kind not in ("Polygon", "MultiPolygon"):
            raise ValueError(f"the area {place} is a {kind}")
        if place in ids:
            raise ValueError(f"the area {place} stands there twice")
        polygons = [feature["arcs"]] if kind == "Polygon" else feature["arcs"]
        rings = [ring for polygon in polygons for ring in polygon]
        if not rings or not all(rings):
            raise ValueError(f"the area {place} has no outline")
        if any(not -len(arcs) <= number < len(arcs) for ring in rings for number in ring):
            raise ValueError(f"the area {place} refers to an arc that is not there")
        ids.append(place)
    return ids
