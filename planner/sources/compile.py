"""Compiles a folder of gathered facts into the tidy tables of `data/`.

    python -m planner.sources.compile FACTS_FOLDER [--out data]

Figures are copied as the facts spell them: nothing is rounded. Running it twice gives the same
bytes. `data/README.md` says what every column means and why a fallback was chosen.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from planner.sources import geometry
from planner.sources.library_hours import compile_libraries

Row = dict[str, str]

ALAND_REGION = "21"
# Reached by ferry only. Mainland Finland counts as "the road network"; a place joined to it by a
# short, free, round-the-clock road ferry (most of Parainen) is not an island in this sense.
ISLANDS_WITHOUT_ROAD = {"035", "062", "072", "295", "318", "766", "941"}
OUTER_ISLANDS_WITHOUT_ROAD = {"304", "445"}
# The classification drops the genitive s in this one name; the law on the counties has it.
CORRECTED_NAMES = {"Egentliga Finland välfärdsområde": "Egentliga Finlands välfärdsområde"}
ALAND_NAMES = ("Ahvenanmaa", "Åland", "Åland")

MAP_TOLERANCE_METRES = 250.0
MAP_GRID_METRES = 50.0

LIBRARY_STATISTICS = "Finnish public library statistics, mainland, one municipality missing"
NATIONAL = (
    ("people_total", "5652881", "persons", "2025", "Statistics Finland, 11re"),
    ("people_75_plus", "675448", "persons", "2025", "Statistics Finland, 11re"),
    (
        "library_person_years",
        "3810.54",
        "person-years",
        "2025",
        LIBRARY_STATISTICS,
    ),
    ("library_staffed_hours", "1082652", "hours", "2025", LIBRARY_STATISTICS),
    (
        "association_sessions_2023",
        "19800",
        "individual guidance sessions",
        "2023",
        "SeniorSurf, digital guidance statistics",
    ),
)


def read(folder: Path, name: str) -> list[Row]:
    """The rows of one table of facts, as text."""
    with (folder / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write(folder: Path, name: str, rows: Iterable[Row]) -> None:
    """Writes the rows, which share one set of columns, as UTF-8 with plain line feeds."""
    rows = list(rows)
    with (folder / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def centre_code(row: Row) -> str:
    """A slug for the row's development centre; these centres have no code in the facts."""
    if row["region_code"] == ALAND_REGION:
        return "aland"
    name = row["development_centre_en"].removesuffix(" Economic Development Centre")
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")


def municipalities(facts: Path) -> Iterator[Row]:
    """One row a municipality, areas by code only."""
    for row in sorted(read(facts, "municipalities.csv"), key=lambda row: row["code"]):
        code = row["code"]
        (east, north), *_ = geometry.project([(float(row["lon"]), float(row["lat"]))])
        yield {
            "code": code,
            "name_fi": row["name_fi"],
            "name_sv": row["name_sv"],
            "region": row["region_code"],
            "wellbeing_county": row["wellbeing_county_code"],
            "subregion": row["subregion_code"],
            "development_centre": centre_code(row),
            "urban_rural": row["urban_rural"],
            "language_status": row["language_status"],
            "sami_homeland": row["sami_homeland"],
            "land_km2": row["land_km2"],
            "lon": row["lon"],
            "lat": row["lat"],
            "east": str(round(east)),
            "north": str(round(north)),
            "island_without_road": _flag(code in ISLANDS_WITHOUT_ROAD),
            "outer_islands_without_road": _flag(code in OUTER_ISLANDS_WITHOUT_ROAD),
        }


def areas(facts: Path) -> Iterator[Row]:
    """One row an area of each kind, with its names; the whole country is an area too."""
    yield _area("country", "FI", ("Suomi", "Finland", "Finland"))
    rows = read(facts, "municipalities.csv")
    kinds: tuple[tuple[str, Callable[[Row], str]], ...] = (
        ("region", lambda row: row["region_code"]),
        ("wellbeing_county", lambda row: row["wellbeing_county_code"]),
        ("subregion", lambda row: row["subregion_code"]),
        ("development_centre", centre_code),
    )
    for kind, code_of in kinds:
        named = {code_of(row): _names(kind, row) for row in rows}
        for code in sorted(named):
            yield _area(kind, code, named[code])


def _names(kind: str, row: Row) -> tuple[str, str, str]:
    if kind == "development_centre" and centre_code(row) == "aland":
        return ALAND_NAMES
    finnish, swedish = row[f"{kind}_fi"], row[f"{kind}_sv"]
    # Subregions have no English names: the Finnish ones are what English texts use.
    return finnish, CORRECTED_NAMES.get(swedish, swedish), row.get(f"{kind}_en", finnish)


def _area(kind: str, code: str, names: tuple[str, str, str]) -> Row:
    return {
        "kind": kind,
        "code": code,
        "name_fi": names[0],
        "name_sv": names[1],
        "name_en": names[2],
    }


def _flag(value: bool) -> str:
    return "yes" if value else "no"


def renamed(facts: Path, name: str, columns: dict[str, str], key: str) -> Iterator[Row]:
    """The table's rows ordered by `key`, its columns chosen and renamed (ours: theirs)."""
    for row in sorted(read(facts, name), key=lambda row: row[columns[key]]):
        yield {ours: row[theirs] for ours, theirs in columns.items()}


def guidance_places(facts: Path) -> Iterator[Row]:
    """Places where associations guide seniors: 0 where the register has none."""
    places = {
        row["code"]: row["association_guidance_places"]
        for row in read(facts, "association_guidance_places_2026.csv")
    }
    for code in sorted(row["code"] for row in read(facts, "municipalities.csv")):
        yield {"code": code, "places": places.get(code, "0")}


def ict_use(facts: Path) -> Iterator[Row]:
    """Use of the internet by age, where Statistics Finland's own survey is the source."""
    for row in read(facts, "ict_use_by_age.csv"):
        if row["source"].startswith("Statistics Finland sutivi"):
            yield {
                "year": row["year"],
                "age_group": row["age_group"],
                "indicator": row["indicator"],
                "value_pct": row["value_pct"],
            }


def national() -> Iterator[Row]:
    """Figures for the whole country, each with its year and source."""
    for row in NATIONAL:
        yield dict(zip(("id", "value", "unit", "year", "source"), row, strict=True))


def boundaries(facts: Path) -> str:
    """The municipalities' outlines as TopoJSON text in ETRS-TM35FIN metres."""
    source = json.loads((facts / "municipalities.topo.json").read_text(encoding="utf-8"))
    arcs = [geometry.project(arc) for arc in geometry.decode_arcs(source)]
    thin = geometry.simplify(source, arcs, MAP_TOLERANCE_METRES, MAP_GRID_METRES)
    topology = geometry.encode(source, thin, MAP_GRID_METRES, "municipalities")
    return json.dumps(topology, separators=(",", ":"), ensure_ascii=False) + "\n"


BACKGROUND = {
    "code": "code",
    "basic_only_pct": "basic_only_pct",
    "tertiary_pct": "tertiary_pct",
    "median_income_eur": "median_disposable_income_adult_eur",
    "at_risk_of_poverty_pct": "at_risk_of_poverty_pct",
    "unemployment_pct": "unemployment_pct",
    "swedish_pct": "swedish_pct",
    "foreign_language_pct": "foreign_language_pct_2025",
}
OFFICIAL = {
    "code": "code",
    "men": "pop_male",
    "women": "pop_female",
    "total": "pop_total",
    "under_15_pct": "share_under15_pct",
    "over_64_pct": "share_65plus_pct",
    "mean_age": "mean_age_years",
}
POSTAL = {
    "postal_code": "postal_code",
    "municipality": "code",
    "people": "people_2022",
    "lon": "lon",
    "lat": "lat",
}


def compile_facts(facts: Path, out: Path) -> None:
    """Writes every table of the snapshot into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    libraries, hours = compile_libraries(
        read(facts, "libraries.csv"), read(facts, "libraries_summer_2026.csv")
    )
    people = {name: name for name in ("code", "age_band", "people")}
    write(out, "municipalities.csv", municipalities(facts))
    write(out, "areas.csv", areas(facts))
    write(out, "population.csv", renamed(facts, "population_by_age_2025.csv", people, "code"))
    write(
        out,
        "population_official.csv",
        renamed(facts, "population_official_2025.csv", OFFICIAL, "code"),
    )
    write(out, "background.csv", renamed(facts, "background.csv", BACKGROUND, "code"))
    write(out, "guidance_places.csv", guidance_places(facts))
    write(out, "libraries.csv", libraries)
    write(out, "library_hours.csv", hours)
    write(out, "postal_areas.csv", renamed(facts, "postal_areas.csv", POSTAL, "postal_code"))
    write(out, "ict_use.csv", ict_use(facts))
    write(out, "national.csv", national())
    (out / "municipalities.topo.json").write_text(boundaries(facts), encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Exit code: 0 when the tables were written, 2 when a table of facts is missing."""
    parser = argparse.ArgumentParser(prog="python -m planner.sources.compile")
    parser.add_argument("facts", type=Path, help="folder of the gathered facts")
    parser.add_argument("--out", type=Path, default=Path("data"), help="folder to write into")
    options = parser.parse_args(arguments)
    try:
        compile_facts(options.facts, options.out)
    except FileNotFoundError as error:
        parser.error(f"no such file: {error.filename}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
