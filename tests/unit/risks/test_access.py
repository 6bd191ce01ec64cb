"""People without identification, far away, or on islands: present and absent."""

from __future__ import annotations

import dataclasses

import pytest

from planner.risks import Village
from planner.risks.reach import CENTRE, far_from, own_libraries, points_of, points_supposed
from tests.risks import (
    ENGINE,
    HAILUOTO,
    HELSINKI,
    INARI,
    KEURUU,
    KUMLINGE,
    MARIEHAMN,
    SODANKYLA,
    UTSJOKI,
    find,
    kinds,
    one,
    row,
)

PARAINEN, KUSTAVI, SOTTUNGA = "445", "304", "766"


def villages(code: str, km: float = 20.0) -> tuple[Village, ...]:
    return far_from(ENGINE, code, points_supposed(ENGINE, code), km)[0]


@pytest.mark.parametrize(
    ("left_out", "severity"),
    [(("identification",), "attention"), (("identification", "on_behalf"), "serious")],
)
def test_no_way_without_identification(left_out: tuple[str, ...], severity: str) -> None:
    risk = one(find(row(), left_out=left_out), "identification")
    assert risk.severity == severity
    assert risk.values["visits"] > 0


@pytest.mark.parametrize("provider", ["bank", "authority"])
def test_a_bank_or_an_authority_is_a_way(provider: str) -> None:
    found = find(row(), row(2, provider=provider), left_out=("identification",))
    assert "identification" not in kinds(found)


def test_support_that_helps_with_identification_is_a_way() -> None:
    assert "identification" not in kinds(find(row(), left_out=("on_behalf", "device_repair")))


def test_a_scope_nobody_has_stated_is_unknown() -> None:
    assert one(find(row(), left_out=None), "identification").severity == "unknown"


def test_villages_far_from_the_only_point() -> None:
    """Keuruu has a branch at Haapamäki, from which Pihlajavesi is nearer than from the centre."""
    branch = row(place="haapamäen  KIRJASTO")
    main = row(place="Keuruun pääkirjasto")

    one_point = one(find(main), "far")
    both = one(find(main, branch), "far")

    assert one_point.values["people"] > both.values["people"] > 0
    assert one_point.values["distance_km"] == 20
    assert "far" not in kinds(find(main, branch, distance_km=60))


def test_a_shorter_distance_makes_more_people_far() -> None:
    people = [one(find(row(), distance_km=km), "far").values["people"] for km in (20, 15, 5)]
    assert people == sorted(people)
    assert people[0] < people[-1]


def test_where_rows_give_support() -> None:
    main, branch = own_libraries(ENGINE, KEURUU)
    named = row(place=branch.name)

    assert points_of(ENGINE, KEURUU, [row()]) == {main.id, branch.id}
    assert points_of(ENGINE, KEURUU, [named]) == {branch.id}
    in_library = row(provider="association", place=branch.name)
    assert points_of(ENGINE, KEURUU, [in_library]) == {branch.id}
    assert points_of(ENGINE, KEURUU, [row(provider="bank")]) == {CENTRE}
    assert points_of(ENGINE, KEURUU, [row(place="Kunnantalo")]) == {CENTRE}
    assert points_of(ENGINE, KEURUU, [row(provider="remote")]) == frozenset()
    # a library row where there is no library
    assert points_of(ENGINE, KUMLINGE, [row(code=KUMLINGE)]) == {CENTRE}


def test_remote_support_alone_is_near_nobody() -> None:
    risk = one(find(row(provider="remote")), "far")
    assert risk.values["share"] == 1
    assert "km" not in risk.values


def test_support_that_comes_home_makes_it_less_severe() -> None:
    plain = one(find(row(code=UTSJOKI)), "far")
    visiting = one(find(row(code=UTSJOKI, channels=("walk_in", "outreach"))), "far")
    assert (plain.severity, visiting.severity) == ("serious", "attention")


@pytest.mark.parametrize("code", [HELSINKI, HAILUOTO, MARIEHAMN, KUSTAVI])
def test_small_places_and_cities_have_nobody_far(code: str) -> None:
    assert villages(code) == ()


def test_people_live_near_the_library_of_their_postal_area() -> None:
    """Sodankylä's and Utsjoki's largest postal areas have points far from their villages."""
    far = {village.postal_code for code in (SODANKYLA, UTSJOKI) for village in villages(code)}
    assert not far & {"99600", "99980"}
    assert {"99950", "99990", "99690"} <= far  # Karigasniemi, Nuorgam, Vuotso


def test_a_neighbours_library_is_mentioned_not_counted() -> None:
    found = villages(KEURUU)
    nearer = [village for village in found if village.other is not None]

    assert nearer
    assert all(village.other != KEURUU for village in nearer)
    assert all((village.other_km or 0) < (village.km or 0) for village in nearer)
    assert all((village.km or 0) > 20 for village in found)


def test_nothing_is_mentioned_across_the_water() -> None:
    only = points_of(ENGINE, KUMLINGE, [row(code=KUMLINGE)])
    found, _ = far_from(ENGINE, KUMLINGE, only, 1.0)
    assert all(village.other is None for village in found)
    island = {place.code for place in ENGINE.snapshot.municipalities if place.island_without_road}
    everywhere = [village for code in (PARAINEN, KUSTAVI, INARI) for village in villages(code, 2)]
    assert not {village.other for village in everywhere} & island


def test_every_resident_of_the_postal_areas_is_counted() -> None:
    areas, index = ENGINE.snapshot.postal_areas, ENGINE.snapshot.index(INARI)
    everybody = areas.people[areas.municipality == index].sum()

    found, residents = far_from(ENGINE, INARI, frozenset(), 20.0)

    assert residents == sum(village.people for village in found) == everybody
    assert {dataclasses.astuple(village)[2] for village in found} == {None}


@pytest.mark.parametrize(
    ("code", "reach"),
    [
        (HAILUOTO, "whole"),
        (KUMLINGE, "whole"),
        (SOTTUNGA, "whole"),
        (PARAINEN, "outer"),
        (KUSTAVI, "outer"),
        (MARIEHAMN, None),
        (HELSINKI, None),
    ],
)
def test_islands_without_a_road(code: str, reach: str | None) -> None:
    found = [risk.values["reach"] for risk in find(row(code=code)) if risk.kind == "islands"]
    assert found == ([] if reach is None else [reach])
