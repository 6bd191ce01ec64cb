"""The shipped snapshot: its shape, sums, names and seasons."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date, timedelta

import numpy as np
import pytest

from planner.errors import PlannerError
from planner.snapshot import (
    AGE_BANDS,
    DATA_FOLDER,
    Snapshot,
    check_data,
    is_summer_week,
    load_snapshot,
)

KEURUU, HELSINKI, KARKOLA, MARIEHAMN = "249", "091", "316", "478"


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return load_snapshot()


# --- the shipped data


def test_shipped_data_has_no_problem() -> None:
    assert check_data(DATA_FOLDER) == []


def test_municipalities_are_308_in_ascending_order(snapshot: Snapshot) -> None:
    assert len(snapshot.codes) == 308
    assert list(snapshot.codes) == sorted(set(snapshot.codes))
    assert tuple(place.code for place in snapshot.municipalities) == snapshot.codes


def test_people_come_to_the_official_population(snapshot: Snapshot) -> None:
    everybody = snapshot.people.sum() + snapshot.minors.sum()

    assert snapshot.people.shape == (308, len(AGE_BANDS))
    assert everybody == pytest.approx(snapshot.national["people_total"], rel=1e-4)
    assert snapshot.people[:, -2:].sum() == pytest.approx(675_448, rel=1e-4)


def test_keuruu_is_the_town_that_its_residents_know(snapshot: Snapshot) -> None:
    at = snapshot.index(KEURUU)
    place = snapshot.municipalities[at]

    assert (place.name_fi, place.name_sv, place.language_status) == ("Keuruu", "Keuru", "fi")
    assert snapshot.people[at].sum() == pytest.approx(7_649, abs=1)
    assert snapshot.staffed_hours_winter[at] == 62
    assert snapshot.staffed_hours_summer[at] == 39
    assert snapshot.background["basic_only_pct"][at] == 27.5
    assert snapshot.rural[at] == 0.5


def test_library_hours_add_up_to_those_of_the_municipality(snapshot: Snapshot) -> None:
    at = snapshot.index(HELSINKI)
    units = [unit for unit in snapshot.libraries if unit.municipality == HELSINKI]

    assert snapshot.staffed_hours_winter[at] == sum(unit.staffed_hours_week for unit in units)
    assert snapshot.staffed_hours_summer[at] == sum(
        unit.staffed_hours_summer_week for unit in units
    )


def test_intervals_are_minutes_of_seven_days(snapshot: Snapshot) -> None:
    unit = next(unit for unit in snapshot.libraries if unit.name == "Ahtialan kirjasto")

    assert unit.winter[0] == ((13 * 60, 19 * 60),)
    assert unit.winter[5:] == ((), ())
    assert unit.summer == ((),) * 7
    assert unit.support_tags == ("Digituki",)
    assert unit.room_tags == ("Kokoustilat", "Ryhmätyötilat")


def test_silence_of_a_library_is_not_taken_for_closed_doors(snapshot: Snapshot) -> None:
    (unknown,) = np.flatnonzero(~snapshot.staffed_hours_known)

    assert snapshot.codes[unknown] == KARKOLA


def test_aland_is_its_own_area_at_every_level(snapshot: Snapshot) -> None:
    aland = np.array([place.is_aland for place in snapshot.municipalities])

    assert aland.sum() == 16
    for level in ("region", "wellbeing_county", "development_centre"):
        grouping = snapshot.groups[level]
        own = np.unique(grouping.index[aland])
        assert len(own) == 1
        assert not np.isin(grouping.index[~aland], own).any()
        assert grouping.areas[own[0]].name("sv") == "Åland"


@pytest.mark.parametrize(
    ("level", "groups"),
    [("country", 1), ("region", 19), ("wellbeing_county", 23), ("development_centre", 11),
     ("subregion", 69)],
)  # fmt: skip
def test_groups_sum_to_the_country(snapshot: Snapshot, level: str, groups: int) -> None:
    sums = snapshot.groups[level].sum(snapshot.people, axis=0)

    assert sums.shape == (groups, len(AGE_BANDS))
    np.testing.assert_allclose(sums.sum(axis=0), snapshot.people.sum(axis=0), rtol=1e-12)


def test_group_sum_equals_a_plain_loop_on_any_axis(snapshot: Snapshot) -> None:
    grouping = snapshot.groups["region"]
    array = np.random.default_rng(1).random((3, 308, 2)).astype(np.float32)

    sums = grouping.sum(array, axis=1)

    assert sums.dtype == np.float64
    for position in range(len(grouping.codes)):
        plain = array[:, grouping.index == position].astype(float).sum(axis=1)
        np.testing.assert_allclose(sums[:, position], plain, rtol=1e-12)


def test_nothing_can_be_written_to(snapshot: Snapshot) -> None:
    arrays = [snapshot.people, snapshot.minors, snapshot.rural, snapshot.guidance_places,
              snapshot.staffed_hours_winter, snapshot.staffed_hours_summer,
              snapshot.staffed_hours_known, *snapshot.background.values(),
              *(group.index for group in snapshot.groups.values()),
              snapshot.postal_areas.people, snapshot.postal_areas.municipality]  # fmt: skip

    assert not any(array.flags.writeable for array in arrays)
    with pytest.raises(FrozenInstanceError):
        snapshot.hash = ""  # type: ignore[misc]
    with pytest.raises(TypeError):
        snapshot.national["people_total"] = 0.0  # type: ignore[index]


def test_snapshot_is_loaded_once() -> None:
    assert load_snapshot() is load_snapshot(DATA_FOLDER)


# --- names


@pytest.mark.parametrize(
    "spelling", ["249", "Keuruu", "keuru", " KEURUU "], ids=["code", "fi", "sv", "loud"]
)
def test_index_finds_a_municipality(snapshot: Snapshot, spelling: str) -> None:
    assert snapshot.codes[snapshot.index(spelling)] == KEURUU


def test_index_forgives_lost_zeros(snapshot: Snapshot) -> None:
    assert snapshot.codes[snapshot.index("5")] == "005"


@pytest.mark.parametrize("spelling", ["", "999", "Atlantis", "0249", "²"])
def test_index_refuses_what_is_no_municipality(snapshot: Snapshot, spelling: str) -> None:
    with pytest.raises(PlannerError) as caught:
        snapshot.index(spelling)

    assert caught.value.code.removesuffix("_near") == "error.unknown_municipality"
    assert caught.value.values["value"] == spelling


def test_index_offers_close_names(snapshot: Snapshot) -> None:
    with pytest.raises(PlannerError) as caught:
        snapshot.index("Helsinky")

    assert caught.value.values["near"][0] == "Helsinki"  # type: ignore[index]


@pytest.mark.parametrize(
    ("code", "finnish", "swedish", "english"),
    [(HELSINKI, "Helsinki", "Helsingfors", "Helsinki"),
     (MARIEHAMN, "Maarianhamina", "Mariehamn", "Mariehamn"),
     ("598", "Pietarsaari", "Jakobstad", "Jakobstad")],
)  # fmt: skip
def test_names_follow_the_language(
    snapshot: Snapshot, code: str, finnish: str, swedish: str, english: str
) -> None:
    place = snapshot.municipalities[snapshot.index(code)]

    assert [place.name(language) for language in ("fi", "sv", "en")] == [finnish, swedish, english]


# --- seasons


@pytest.mark.parametrize("year", range(2025, 2030))
def test_summer_weeks_have_most_days_in_summer(year: int) -> None:
    summer = {date(year, 6, 8) + timedelta(days=day) for day in range(63)}
    monday = date(year, 1, 1) - timedelta(days=date(year, 1, 1).weekday())
    for _ in range(54):
        inside = sum(monday + timedelta(days=day) in summer for day in range(7))
        assert is_summer_week(monday) == (inside >= 4), monday
        monday += timedelta(days=7)
