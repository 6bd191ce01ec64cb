"""Map work: the projection against published values, simplification that keeps neighbours."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from typing import Any

import pytest

from planner.snapshot import DATA_FOLDER
from planner.sources import geometry

# Two squares side by side, a wavy border (arc 0) between them, and a tiny island (arc 3).
WAVE = [(0.0, 0.0), (30.0, 100.0), (0.0, 200.0), (-30.0, 300.0), (0.0, 1000.0)]
WEST = [(0.0, 1000.0), (-1000.0, 1000.0), (-1000.0, 0.0), (0.0, 0.0)]
EAST = [(0.0, 0.0), (1000.0, 0.0), (1000.0, 1000.0), (0.0, 1000.0)]
ISLAND = [(2000.0, 0.0), (2060.0, 0.0), (2060.0, 60.0), (2000.0, 60.0), (2000.0, 0.0)]
ARCS = [WAVE, WEST, EAST, ISLAND]
TOPOLOGY: dict[str, Any] = {
    "type": "Topology",
    "objects": {
        "any": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "MultiPolygon", "id": "002", "arcs": [[[2, -1]], [[3]]]},
                {"type": "Polygon", "id": "001", "arcs": [[0, 1]], "properties": {"a": 1}},
            ],
        }
    },
    "arcs": ARCS,
}


def area(line: geometry.Arc) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(line))) / 2


def shipped() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((DATA_FOLDER / "municipalities.topo.json").read_text())
    return loaded


def test_central_meridian_has_easting_500_km() -> None:
    # The false easting of ETRS-TM35FIN (JHS 197) holds at every latitude of 27° E.
    points = geometry.project([(27.0, 60.0), (27.0, 65.0), (27.0, 70.0)])

    assert [easting for easting, _ in points] == pytest.approx([500_000.0] * 3, abs=1e-3)


def test_northing_is_the_scaled_length_of_the_meridian_arc() -> None:
    # GRS80's meridian arc from the equator to 60° N, 6,654,072.819 m, times the scale 0.9996.
    ((_, northing),) = geometry.project([(27.0, 60.0)])

    assert northing == pytest.approx(6_654_072.819 * 0.9996, abs=0.01)


def test_decoding_undoes_steps_scale_and_origin() -> None:
    topology = {
        "transform": {"scale": [2.0, 10.0], "translate": [100.0, -50.0]},
        "arcs": [[[1, 1], [2, 0], [-3, 4]]],
    }

    assert geometry.decode_arcs(topology) == [[(102.0, -40.0), (106.0, -40.0), (100.0, 0.0)]]


def test_arcs_without_transform_are_taken_as_they_are() -> None:
    assert geometry.decode_arcs({"arcs": [[[1.5, 2.5], [3.5, 4.5]]]}) == [[(1.5, 2.5), (3.5, 4.5)]]


def test_neighbours_keep_their_border_as_one_line() -> None:
    thin = geometry.simplify(TOPOLOGY, ARCS, tolerance=100.0, grid=10.0)

    assert thin[0] == [(0.0, 0.0), (0.0, 1000.0)]
    east, west = geometry.stitch([2, -1], thin), geometry.stitch([0, 1], thin)
    assert area(east) + area(west) == 2_000_000


def test_ends_of_arcs_stay_where_they_met() -> None:
    thin = geometry.simplify(TOPOLOGY, ARCS, tolerance=400.0, grid=10.0)

    assert [(arc[0], arc[-1]) for arc in thin] == [(arc[0], arc[-1]) for arc in ARCS]


@pytest.mark.parametrize("tolerance", [10.0, 100.0, 1000.0, 1e6])
def test_no_ring_collapses_however_coarse(tolerance: float) -> None:
    thin = geometry.simplify(TOPOLOGY, ARCS, tolerance, grid=10.0)

    for ring in geometry.rings(TOPOLOGY):
        line = geometry.stitch(ring, thin)
        assert line[0] == line[-1]
        assert area(line) > 0


def test_grid_too_coarse_for_an_island_is_refused() -> None:
    with pytest.raises(ValueError, match="do not close a ring"):
        geometry.simplify(TOPOLOGY, ARCS, tolerance=100.0, grid=500.0)


def test_encoding_is_undone_by_decoding() -> None:
    encoded = geometry.encode(TOPOLOGY, ARCS, 10.0, "municipalities")

    assert geometry.decode_arcs(encoded) == ARCS
    assert encoded["bbox"] == [-1000.0, 0.0, 2060.0, 1000.0]
    assert geometry.geometries(encoded) == [
        {"type": "Polygon", "id": "001", "arcs": [[0, 1]]},
        {"type": "MultiPolygon", "id": "002", "arcs": [[[2, -1]], [[3]]]},
    ]


def test_shipped_map_is_small_and_its_rings_are_sound() -> None:
    topology = shipped()
    arcs = geometry.decode_arcs(topology)

    assert (DATA_FOLDER / "municipalities.topo.json").stat().st_size < 150_000
    for ring in geometry.rings(topology):
        line = geometry.stitch(ring, arcs)
        assert line[0] == line[-1]
        assert area(line) > 0


def test_shipped_map_has_about_finlands_land_area() -> None:
    # 303,900 km² of land; the map includes the lakes within its outline, 34,500 km² more.
    topology = shipped()
    arcs = geometry.decode_arcs(topology)

    whole = 0.0
    for feature in geometry.geometries(topology):
        for outline, *holes in geometry.polygons(feature):
            whole += area(geometry.stitch(outline, arcs))
            whole -= sum(area(geometry.stitch(hole, arcs)) for hole in holes)

    assert whole / 1e6 == pytest.approx(338_400, rel=0.02)


def test_shipped_map_lies_in_finlands_metres() -> None:
    west, south, east, north = shipped()["bbox"]

    assert math.isclose(west, 83_000, abs_tol=3_000)
    assert math.isclose(east, 733_000, abs_tol=3_000)
    assert math.isclose(south, 6_637_000, abs_tol=10_000)
    assert math.isclose(north, 7_777_000, abs_tol=3_000)
