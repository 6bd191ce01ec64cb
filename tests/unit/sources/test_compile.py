"""Compiling a small folder of made-up facts into tidy tables."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from planner.snapshot.schema import MAP_FILE, SCHEMA
from planner.snapshot.tables import parse
from planner.sources.compile import centre_code, compile_facts, main

MUNICIPALITY = {
    "code": "249", "name_fi": "Keuruu", "name_sv": "Keuru", "region_code": "13",
    "region_fi": "Keski-Suomi", "region_sv": "Mellersta Finland", "region_en": "Central Finland",
    "wellbeing_county_code": "15", "wellbeing_county_fi": "Keski-Suomen hyvinvointialue",
    "wellbeing_county_sv": "Mellersta Finlands välfärdsområde",
    "wellbeing_county_en": "Central Finland wellbeing services county",
    "subregion_code": "133", "subregion_fi": "Keuruu", "subregion_sv": "Keuru",
    "development_centre_fi": "Keski-Suomen elinvoimakeskus",
    "development_centre_sv": "Mellersta Finlands livskraftscentral",
    "development_centre_en": "Central Finland Economic Development Centre",
    "urban_rural": "semi_urban", "language_status": "fi", "sami_homeland": "no",
    "land_km2": "1258.0", "lon": "24.66742", "lat": "62.2816",
}  # fmt: skip
ISLAND = MUNICIPALITY | {
    "code": "295", "name_fi": "Kumlinge", "name_sv": "Kumlinge", "region_code": "21",
    "region_fi": "Ahvenanmaa", "region_sv": "Åland", "region_en": "Åland",
    "wellbeing_county_code": "91", "wellbeing_county_sv": "Egentliga Finland välfärdsområde",
    "development_centre_en": "Southwestern Finland Economic Development Centre",
    "language_status": "sv",
}  # fmt: skip
LIBRARY = {
    "library_id": "7", "code": "249", "name": "Library, main", "lon": "24.7", "lat": "62.3",
    "staffed_hours_week": "8.0", "self_service_hours_week": "", "staffed_hours_year": "400.0",
    "staffed_hours_week_may_june_2026": "8.0", "staffed_mon": "10:00-18:00", "staffed_tue": "",
    "staffed_wed": "", "staffed_thu": "", "staffed_fri": "", "staffed_sat": "", "staffed_sun": "",
    "digital_support_tags": "", "room_tags": "", "has_public_computers": "yes",
    "catchment_people_2022": "900",
}  # fmt: skip
BACKGROUND = {
    "code": "249", "basic_only_pct": "27.5", "tertiary_pct": "24.8",
    "median_disposable_income_adult_eur": "23341", "at_risk_of_poverty_pct": "",
    "unemployment_pct": "14.3", "swedish_pct": "0.22", "foreign_language_pct_2025": "4.6",
}  # fmt: skip
OFFICIAL = {
    "code": "249", "pop_male": "4500", "pop_female": "4513", "pop_total": "9013",
    "share_under15_pct": "12.4", "share_65plus_pct": "37.8", "mean_age_years": "50.1",
}  # fmt: skip
SURVEY = {"year": "2021", "age_group": "65-74", "indicator": "used internet", "value_pct": "85",
          "source": "Statistics Finland sutivi 2021", "url": "x"}  # fmt: skip
FACTS: dict[str, list[dict[str, str]]] = {
    "municipalities.csv": [ISLAND, MUNICIPALITY],
    "population_by_age_2025.csv": [{"code": "249", "age_band": "0-17", "people": "1364.60"}],
    "population_official_2025.csv": [OFFICIAL],
    "background.csv": [BACKGROUND],
    "association_guidance_places_2026.csv": [{"code": "249", "association_guidance_places": "3"}],
    "libraries.csv": [LIBRARY],
    "libraries_summer_2026.csv": [LIBRARY],
    "postal_areas.csv": [
        {"postal_code": "42700", "code": "249", "people_2022": "9", "lon": "24.7", "lat": "62.3"}
    ],
    "ict_use_by_age.csv": [SURVEY, SURVEY | {"source": "a newspaper"}],
}
SQUARE = [[24.0, 62.0], [25.0, 62.0], [25.0, 63.0], [24.0, 63.0], [24.0, 62.0]]


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    folder = tmp_path / "facts"
    folder.mkdir()
    for name, rows in FACTS.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, fieldnames=list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    features = [{"type": "Polygon", "id": "249", "arcs": [[0]], "properties": {"name": "Keuruu"}}]
    topology = {
        "type": "Topology",
        "objects": {"kunnat": {"type": "GeometryCollection", "geometries": features}},
        "arcs": [SQUARE],
    }
    (folder / MAP_FILE).write_text(json.dumps(topology), encoding="utf-8")
    return folder


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_table_fits_the_schema(facts: Path, tmp_path: Path) -> None:
    compile_facts(facts, tmp_path / "out")

    for name in SCHEMA:
        _, problems = parse(name, (tmp_path / "out" / name).read_text(encoding="utf-8"))
        assert problems == []


def test_compiling_twice_gives_the_same_bytes(facts: Path, tmp_path: Path) -> None:
    compile_facts(facts, tmp_path / "one")
    compile_facts(facts, tmp_path / "two")

    for name in (*SCHEMA, MAP_FILE):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_figures_are_copied_as_they_are_spelled(facts: Path, tmp_path: Path) -> None:
    compile_facts(facts, tmp_path)

    assert rows(tmp_path, "population.csv")[0]["people"] == "1364.60"
    assert rows(tmp_path, "background.csv")[0]["at_risk_of_poverty_pct"] == ""


def test_municipalities_are_ordered_and_islands_flagged(facts: Path, tmp_path: Path) -> None:
    compile_facts(facts, tmp_path)

    table = rows(tmp_path, "municipalities.csv")
    assert [(row["code"], row["island_without_road"]) for row in table] == [
        ("249", "no"), ("295", "yes"),
    ]  # fmt: skip


def test_areas_have_codes_and_corrected_names(facts: Path, tmp_path: Path) -> None:
    compile_facts(facts, tmp_path)

    areas = {(row["kind"], row["code"]): row for row in rows(tmp_path, "areas.csv")}
    assert (
        areas["development_centre", "central-finland"]["name_fi"] == "Keski-Suomen elinvoimakeskus"
    )
    assert areas["development_centre", "aland"]["name_fi"] == "Ahvenanmaa"
    assert areas["wellbeing_county", "91"]["name_sv"] == "Egentliga Finlands välfärdsområde"
    assert areas["subregion", "133"]["name_en"] == "Keuruu"


def test_municipality_outside_the_register_has_no_places(facts: Path, tmp_path: Path) -> None:
    compile_facts(facts, tmp_path)

    assert rows(tmp_path, "guidance_places.csv") == [
        {"code": "249", "places": "3"}, {"code": "295", "places": "0"},
    ]  # fmt: skip


def test_only_the_offices_own_survey_is_kept(facts: Path, tmp_path: Path) -> None:
    compile_facts(facts, tmp_path)

    assert len(rows(tmp_path, "ict_use.csv")) == 1


def test_map_is_in_metres_and_carries_codes_alone(facts: Path, tmp_path: Path) -> None:
    compile_facts(facts, tmp_path)

    topology = json.loads((tmp_path / MAP_FILE).read_text(encoding="utf-8"))
    (feature,) = topology["objects"]["municipalities"]["geometries"]
    assert feature == {"type": "Polygon", "id": "249", "arcs": [[0]]}
    # A degree of latitude is 111 km; 24–25° E lies 100–160 km west of the central meridian.
    west, south, east, north = topology["bbox"]
    assert 110_000 < north - south < 115_000
    assert 340_000 < west < east < 400_000


@pytest.mark.parametrize(
    ("name", "code"),
    [("Uusimaa Economic Development Centre", "uusimaa"),
     ("Inland Finland Economic Development Centre", "inland-finland")],
)  # fmt: skip
def test_centre_code_is_a_slug(name: str, code: str) -> None:
    assert centre_code(MUNICIPALITY | {"development_centre_en": name}) == code


def test_command_writes_into_the_folder_given(facts: Path, tmp_path: Path) -> None:
    assert main([str(facts), "--out", str(tmp_path / "new" / "data")]) == 0

    assert {path.name for path in (tmp_path / "new" / "data").iterdir()} == {*SCHEMA, MAP_FILE}


def test_missing_facts_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([str(tmp_path), "--out", str(tmp_path / "out")])

    assert caught.value.code == 2
    assert "libraries.csv" in capsys.readouterr().err
