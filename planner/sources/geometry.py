"""Map work for the snapshot: TopoJSON arcs into ETRS-TM35FIN, simplified arc by arc.

A border between two municipalities is one arc that both refer to. Simplifying arcs, and never
rings, is what keeps neighbours together: there are no slivers, because there is only one line.

pyproj and shapely come with the optional extra `sources`; only compiling the data needs them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from pyproj import Transformer
from shapely import LineString, Polygon

ETRS_TM35FIN = "EPSG:3067"
WGS84 = "EPSG:4326"

Point = tuple[float, float]
Arc = list[Point]
Topology = dict[str, Any]


def project(points: Sequence[Point]) -> Arc:
    """The points' (easting, northing) in ETRS-TM35FIN, metres, from (lon, lat) in degrees."""
    longitudes, latitudes = zip(*points, strict=True)
    eastings, northings = _transformer().transform(longitudes, latitudes)
    return list(zip(eastings, northings, strict=True))


def decode_arcs(topology: Topology) -> list[Arc]:
    """The topology's arcs as absolute coordinates, in its own unit."""
    transform = topology.get("transform")
    if transform is None:
        return [[(x, y) for x, y in arc] for arc in topology["arcs"]]
    (scale_x, scale_y), (origin_x, origin_y) = transform["scale"], transform["translate"]
    decoded = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale_x + origin_x, y * scale_y + origin_y))
        decoded.append(points)
    return decoded


def geometries(topology: Topology) -> list[dict[str, Any]]:
    """The geometries of the topology's only object."""
    (collection,) = topology["objects"].values()
    return list(collection["geometries"])


def polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """Every polygon of a geometry as rings of arc numbers (`~n` is arc n backwards)."""
    arcs = geometry["arcs"]
    return [arcs] if geometry["type"] == "Polygon" else list(arcs)


def rings(topology: Topology) -> Iterator[list[int]]:
    """Every ring of every geometry, as arc numbers."""
    for geometry in geometries(topology):
        for polygon in polygons(geometry):
            yield from polygon


def stitch(ring: Sequence[int], arcs: Sequence[Arc]) -> Arc:
    """The ring's closed line, in the arcs' unit."""
    line: Arc = []
    for number in ring:
        part = arcs[number] if number >= 0 else arcs[~number][::-1]
        line.extend(part[1:] if line else part)
    return line


def simplify(topology: Topology, arcs: Sequence[Arc], tolerance: float, grid: float) -> list[Arc]:
    """The arcs thinned out to within `tolerance` metres and snapped to a `grid` of metres.

    Ends never move, so arcs still meet. Where thinning would collapse a ring or make it cross
    itself, the arcs of that ring are taken up again with half the tolerance.
    """
    tolerances = [tolerance] * len(arcs)
    while True:
        thin = [_snap(_thin(arc, limit), grid) for arc, limit in zip(arcs, tolerances, strict=True)]
        broken = {
            number if number >= 0 else ~number
            for ring in rings(topology)
            if not _is_sound(stitch(ring, thin))
            for number in ring
        }
        if not broken:
            return thin
        if all(tolerances[number] == 0 for number in broken):
            raise ValueError(f"arcs {sorted(broken)} do not close a ring on a grid of {grid} m")
        for number in broken:
            halved = tolerances[number] / 2
            tolerances[number] = halved if halved >= grid / 2 else 0.0


def encode(topology: Topology, arcs: Sequence[Arc], grid: float, name: str) -> dict[str, Any]:
    """A quantised TopoJSON of the arcs (metres): one object `name`, features with an id only."""
    west = min(x for arc in arcs for x, _ in arc)
    south = min(y for arc in arcs for _, y in arc)
    east = max(x for arc in arcs for x, _ in arc)
    north = max(y for arc in arcs for _, y in arc)
    features = [
        {"type": feature["type"], "id": feature["id"], "arcs": feature["arcs"]}
        for feature in sorted(geometries(topology), key=lambda feature: str(feature["id"]))
    ]
    return {
        "type": "Topology",
        "bbox": [west, south, east, north],
        "transform": {"scale": [grid, grid], "translate": [west, south]},
        "objects": {name: {"type": "GeometryCollection", "geometries": features}},
        "arcs": [_deltas(arc, west, south, grid) for arc in arcs],
    }


@cache
def _transformer() -> Transformer:
    return Transformer.from_crs(WGS84, ETRS_TM35FIN, always_xy=True)


def _thin(arc: Arc, tolerance: float) -> Arc:
    if tolerance == 0 or len(arc) < 3:
        return arc
    return [(x, y) for x, y in LineString(arc).simplify(tolerance).coords]


def _snap(arc: Arc, grid: float) -> Arc:
    snapped: Arc = []
    for x, y in arc:
        point = (round(x / grid) * grid, round(y / grid) * grid)
        if not snapped or point != snapped[-1]:
            snapped.append(point)
    # An arc needs two ends even where both fall on one grid point.
    return snapped if len(snapped) > 1 else snapped * 2


def _is_sound(line: Arc) -> bool:
    if len(set(line)) < 3 or line[0] != line[-1]:
        return False
    polygon = Polygon(line)
    return bool(polygon.is_valid and polygon.area > 0)


def _deltas(arc: Arc, west: float, south: float, grid: float) -> list[list[int]]:
    last_x = last_y = 0
    steps = []
    for easting, northing in arc:
        x, y = round((easting - west) / grid), round((northing - south) / grid)
        steps.append([x - last_x, y - last_y])
        last_x, last_y = x, y
    return steps
