"""A row of small checks of the data folder: each returns the problems it finds.

Cells have been read by then; a check runs only when all tables it `needs` were sound, so that one
broken cell is told once and not by everything that depends on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np

from planner.snapshot.geo_checks import check_for_broken_map, check_for_misplaced_points
from planner.snapshot.problems import Problem
from planner.snapshot.schema import ADULT_BANDS, AREA_KINDS, MINOR_BAND
from planner.snapshot.tables import DataFolder, Table, read_folder

MUNICIPALITIES = 308
ALAND = {"region": "21", "wellbeing_county": "91", "development_centre": "aland"}
NATIONAL_FIGURES = (
    "people_total",
    "people_75_plus",
    "library_person_years",
    "library_staffed_hours",
    "association_sessions_2023",
)
# The age bands are an estimate fitted to rounded margins: measured worst cases are 0.30 % of the
# people (Sottunga) and 0.10 points of the share (Kökar), so these find errors, not rounding.
PEOPLE_TOLERANCE_PCT = 0.5
SHARE_TOLERANCE_POINTS = 0.2
NATIONAL_TOLERANCE_PCT = 0.1
# Postal areas count the people of 2022 and leave out secret small areas: 2.8 % fewer in all,
# between 79 and 122 of 100 in a municipality.
POSTAL_TOLERANCE_PCT = 5.0
POSTAL_MUNICIPAL_TOLERANCE_PCT = 40.0
# The commonest week and the commonest interval of each weekday are different averages of one
# year: up to 7 hours apart in a unit whose hours changed.
WEEK_TOLERANCE_HOURS = 8.0

Check = Callable[[DataFolder], Iterable[Problem]]


def check_data(folder: Path) -> list[Problem]:
    """Everything wrong with a data folder, in the order of the checks; empty when all is well."""
    return check_folder(read_folder(folder))


def check_folder(data: DataFolder) -> list[Problem]:
    """Everything wrong with a folder that has been read."""
    problems = list(data.problems)
    for needs, check in CHECKS:
        if all(f"{name}.csv" in data.tables for name in needs):
            problems += check(data)
    return problems


def check_for_municipality_count(data: DataFolder) -> Iterator[Problem]:
    """Finland's number of municipalities, each once."""
    table = data["municipalities"]
    found = len(set(table.texts("code")))
    if found != MUNICIPALITIES:
        values = {"found": found, "expected": MUNICIPALITIES}
        yield Problem(table.file, None, "data.municipality_count", values)


def check_for_duplicates(data: DataFolder) -> Iterator[Problem]:
    """No key stands in two rows of a table."""
    for file, columns in KEYS.items():
        if file not in data.tables:
            continue
        table = data.tables[file]
        seen: dict[tuple[str, ...], int] = {}
        for index, key in enumerate(zip(*map(table.texts, columns), strict=True)):
            first = seen.setdefault(key, index)
            if first != index:
                said = " ".join(map(str, key))
                yield table.problem(index, "data.duplicate", key=said, first=table.rows[first])


def check_for_unknown_municipalities(data: DataFolder) -> Iterator[Problem]:
    """Every municipality code in use stands in municipalities.csv."""
    known = set(data["municipalities"].texts("code"))
    for file, column in MUNICIPALITY_COLUMNS.items():
        if file not in data.tables:
            continue
        table = data.tables[file]
        for index, code in enumerate(table.texts(column)):
            if code not in known:
                yield table.problem(
                    index, "data.unknown_municipality", value=code, expected=MUNICIPALITIES
                )


def check_for_missing_municipalities(data: DataFolder) -> Iterator[Problem]:
    """Every municipality has its row in the tables that have one each, and a postal area."""
    codes = data["municipalities"].texts("code")
    for file in ("population_official.csv", "background.csv", "guidance_places.csv"):
        if file in data.tables:
            yield from _missing(data.tables[file], "code", codes)
    if "postal_areas.csv" in data.tables:
        yield from _missing(data["postal_areas"], "municipality", codes)


def _missing(table: Table, column: str, keys: Iterable[str]) -> Iterator[Problem]:
    present = set(table.texts(column))
    for key in keys:
        if key not in present:
            yield Problem(table.file, None, "data.missing_key", {"key": key})


def check_for_missing_age_bands(data: DataFolder) -> Iterator[Problem]:
    """Every municipality has people of every age band."""
    table = data["population"]
    present = set(zip(table.texts("code"), table.texts("age_band"), strict=True))
    for code in data["municipalities"].texts("code"):
        for band in (MINOR_BAND, *ADULT_BANDS):
            if (code, band) not in present:
                yield Problem(table.file, None, "data.missing_key", {"key": f"{code} {band}"})


def check_for_unknown_areas(data: DataFolder) -> Iterator[Problem]:
    """Every area a municipality belongs to has its names, and every area has a municipality."""
    areas, table = data["areas"], data["municipalities"]
    listed = list(zip(areas.texts("kind"), areas.texts("code"), strict=True))
    used = {("country", "FI")}
    for kind in AREA_KINDS[1:]:
        for index, code in enumerate(table.texts(kind)):
            used.add((kind, code))
            if (kind, code) not in listed:
                yield table.problem(index, "data.unknown_area", kind=kind, value=code)
    for index, (kind, code) in enumerate(listed):
        if (kind, code) not in used:
            yield areas.problem(index, "data.unused_area", kind=kind, value=code)
    if ("country", "FI") not in listed:
        yield Problem(areas.file, None, "data.missing_key", {"key": "country FI"})


def check_for_aland_apart(data: DataFolder) -> Iterator[Problem]:
    """Åland's municipalities are in Åland at every level, and no others are."""
    table = data["municipalities"]
    for index, name in enumerate(table.texts("name_fi")):
        inside = [kind for kind, code in ALAND.items() if table.texts(kind)[index] == code]
        outside = [kind for kind in ALAND if kind not in inside]
        if inside and outside:
            values = {"name": name, "kind_in": inside[0], "kind_out": outside[0]}
            yield table.problem(index, "data.aland_apart", **values)


def check_for_people_sums(data: DataFolder) -> Iterator[Problem]:
    """Each municipality's people by age come to the official total and share of 65 and over."""
    table, official = data["population"], data["population_official"]
    people, rows = _people_by_code(table)
    names = dict(zip(*map(data["municipalities"].texts, ("code", "name_fi")), strict=True))
    totals = official.numbers("total")
    shares = official.numbers("over_64_pct")
    for code, total, share in zip(official.texts("code"), totals, shares, strict=True):
        if code not in people or code not in names:
            continue
        place = f"{names[code]} ({code})"
        found = float(sum(people[code].values()))
        yield from _sum_problem(
            table.file, rows[code], f"the sum over the age bands of {place}", found, float(total),
            PEOPLE_TOLERANCE_PCT, official.file,
        )  # fmt: skip
        old = sum(number for band, number in people[code].items() if band in ADULT_BANDS[5:])
        found_share = 100 * old / found if found else 0.0
        if abs(found_share - share) > SHARE_TOLERANCE_POINTS:
            values = {"name": place, "found": found_share, "official": float(share)}
            values["official_file"] = official.file
            yield Problem(table.file, rows[code], "data.share_differs", values)


def _people_by_code(table: Table) -> tuple[dict[str, dict[str, float]], dict[str, int]]:
    people: dict[str, dict[str, float]] = {}
    rows: dict[str, int] = {}
    columns = (table.texts("code"), table.texts("age_band"), table.columns["people"], table.rows)
    for code, band, number, row in zip(*columns, strict=True):
        people.setdefault(code, {})[band] = float(number)
        rows.setdefault(code, row)
    return people, rows


def _sum_problem(
    file: str,
    row: int | None,
    what: str,
    found: float,
    official: float,
    tolerance_pct: float,
    official_file: str,
) -> Iterator[Problem]:
    difference = 100 * (found / official - 1) if official else np.inf
    if abs(difference) > tolerance_pct:
        values = {"what": what, "found": found, "official": official}
        values |= {"difference": difference, "official_file": official_file}
        yield Problem(file, row, "data.sum_differs", values)


def check_for_official_sums(data: DataFolder) -> Iterator[Problem]:
    """Men and women of each municipality come to its total."""
    table = data["population_official"]
    columns = (table.numbers("men"), table.numbers("women"), table.numbers("total"))
    for index, (men, women, total) in enumerate(zip(*columns, strict=True)):
        yield from _sum_problem(
            table.file, table.rows[index], f"men and women of {table.texts('code')[index]}",
            float(men + women), float(total), 0.0, table.file,
        )  # fmt: skip


def check_for_national_figures(data: DataFolder) -> Iterator[Problem]:
    """The national figures that the planner quotes are there."""
    yield from (
        Problem("national.csv", None, "data.missing_figure", {"value": name})
        for name in NATIONAL_FIGURES
        if name not in data["national"].texts("id")
    )


def check_for_national_sums(data: DataFolder) -> Iterator[Problem]:
    """The whole country's people, and those of 75 and over, come to the official figures."""
    national, official, ages = data["national"], data["population_official"], data["population"]
    figures = dict(zip(national.texts("id"), national.numbers("value"), strict=True))
    old = np.isin(ages.texts("age_band"), ADULT_BANDS[6:])
    sums = (
        ("people_total", official.file, "the sum of the municipalities' totals",
         float(official.numbers("total").sum()), 0.0),
        ("people_75_plus", ages.file, "the sum of people aged 75 or more",
         float(ages.numbers("people")[old].sum()), NATIONAL_TOLERANCE_PCT),
    )  # fmt: skip
    for name, file, what, found, tolerance in sums:
        if name in figures:
            yield from _sum_problem(
                file, None, what, found, float(figures[name]), tolerance, national.file
            )


def check_for_postal_sums(data: DataFolder) -> Iterator[Problem]:
    """Postal areas hold about the people of their municipality, and of the country."""
    table, official = data["postal_areas"], data["population_official"]
    totals = dict(zip(official.texts("code"), official.numbers("total"), strict=True))
    sums = dict.fromkeys(totals, 0.0)
    rows: dict[str, int] = {}
    columns = (table.texts("municipality"), table.numbers("people"), table.rows)
    for code, people, row in zip(*columns, strict=True):
        sums[code] = sums.get(code, 0.0) + float(people)
        rows.setdefault(code, row)
    for code, row in rows.items():
        if code in totals:
            yield from _sum_problem(
                table.file, row, f"the sum over the postal areas of {code}", sums[code],
                float(totals[code]), POSTAL_MUNICIPAL_TOLERANCE_PCT, official.file,
            )  # fmt: skip
    yield from _sum_problem(
        table.file, None, "the sum over all postal areas", sum(sums.values()),
        float(sum(totals.values())), POSTAL_TOLERANCE_PCT, official.file,
    )  # fmt: skip


def check_for_hours_of_unknown_libraries(data: DataFolder) -> Iterator[Problem]:
    """Every interval belongs to a library unit of libraries.csv."""
    known = set(data["libraries"].texts("library_id"))
    table = data["library_hours"]
    for index, library in enumerate(table.texts("library_id")):
        if library not in known:
            yield table.problem(index, "data.unknown_library", value=library)


def check_for_broken_intervals(data: DataFolder) -> Iterator[Problem]:
    """Staffed intervals end after they begin, and those of one day do not overlap."""
    table = data["library_hours"]
    days: dict[tuple[str, ...], list[tuple[float, float, int]]] = {}
    keys = zip(*map(table.texts, ("library_id", "season", "weekday")), strict=True)
    times = zip(table.columns["opens"], table.columns["closes"], strict=True)
    for index, (key, (opens, closes)) in enumerate(zip(keys, times, strict=True)):
        begin, end = float(opens), float(closes)
        if begin >= end:
            yield table.problem(
                index, "data.interval_backwards", opens=_clock(begin), closes=_clock(end)
            )
            continue
        for other_begin, other_end, row in days.setdefault(key, []):
            if begin < other_end and other_begin < end:
                yield table.problem(
                    index, "data.interval_overlap", opens=_clock(begin), closes=_clock(end),
                    first=row,
                )  # fmt: skip
        days[key].append((begin, end, table.rows[index]))


def _clock(minutes: float) -> str:
    return f"{int(minutes) // 60:02d}:{int(minutes) % 60:02d}"


def check_for_hours_that_disagree(data: DataFolder) -> Iterator[Problem]:
    """A unit's week agrees with its winter intervals and with where its hours come from."""
    table, hours = data["libraries"], data["library_hours"]
    sums: dict[str, float] = {}
    columns = (hours.texts("library_id"), hours.texts("season"), hours.numbers("opens"))
    for library, season, opens, closes in zip(*columns, hours.numbers("closes"), strict=True):
        if season == "winter":
            sums[library] = sums.get(library, 0.0) + float(closes - opens) / 60
    units = (table.texts("library_id"), table.texts("hours_source"))
    for index, (library, source) in enumerate(zip(*units, strict=True)):
        week = float(table.columns["staffed_hours_week"][index])
        if (week == 0) != (source in ("none", "unknown")):
            yield table.problem(index, "data.hours_without_source", week=week, source=source)
        found = sums.get(library, 0.0)
        if source == "typical" and abs(found - week) > WEEK_TOLERANCE_HOURS:
            yield table.problem(index, "data.hours_differ", library=library, found=found, week=week)


KEYS = {
    "municipalities.csv": ("code",),
    "areas.csv": ("kind", "code"),
    "population.csv": ("code", "age_band"),
    "population_official.csv": ("code",),
    "background.csv": ("code",),
    "guidance_places.csv": ("code",),
    "libraries.csv": ("library_id",),
    "postal_areas.csv": ("postal_code",),
    "national.csv": ("id",),
}
MUNICIPALITY_COLUMNS = {
    "population.csv": "code",
    "population_official.csv": "code",
    "background.csv": "code",
    "guidance_places.csv": "code",
    "libraries.csv": "municipality",
    "postal_areas.csv": "municipality",
}
CHECKS: tuple[tuple[tuple[str, ...], Check], ...] = (
    (("municipalities",), check_for_municipality_count),
    ((), check_for_duplicates),
    (("municipalities",), check_for_unknown_municipalities),
    (("municipalities",), check_for_missing_municipalities),
    (("municipalities", "population"), check_for_missing_age_bands),
    (("municipalities", "areas"), check_for_unknown_areas),
    (("municipalities",), check_for_aland_apart),
    (("municipalities", "population", "population_official"), check_for_people_sums),
    (("population_official",), check_for_official_sums),
    (("national",), check_for_national_figures),
    (("national", "population", "population_official"), check_for_national_sums),
    (("postal_areas", "population_official"), check_for_postal_sums),
    (("municipalities",), check_for_misplaced_points),
    (("libraries", "library_hours"), check_for_hours_of_unknown_libraries),
    (("library_hours",), check_for_broken_intervals),
    (("libraries", "library_hours"), check_for_hours_that_disagree),
    (("municipalities",), check_for_broken_map),
)
