"""Every check of the data folder, proven by a copy of the shipped data with one fault."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from planner.snapshot import (
    DATA_FOLDER,
    Problem,
    SnapshotError,
    check_data,
    load_snapshot,
    tables,
)
from planner.snapshot.problems import SENTENCES
from planner.snapshot.schema import MAP_FILE, SCHEMA

Lines = list[str]


@pytest.fixture(scope="module", autouse=True)
def _unbroken_tables_are_parsed_once() -> Iterator[None]:
    # Each test breaks one file of thirteen; the others need not be read anew a hundred times.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "parse", lru_cache(maxsize=64)(tables.parse))
        yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped tables and map, free to be broken."""
    for name in (*SCHEMA, MAP_FILE):
        shutil.copyfile(DATA_FOLDER / name, tmp_path / name)
    return tmp_path


def edit(file: Path, change: Callable[[Lines], Lines]) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join(change(lines)) + "\n", encoding="utf-8")


def row_of(file: Path, start: str) -> int:
    """The row, as in a text editor, of the first line that begins with `start`."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return next(row for row, line in enumerate(lines, start=1) if line.startswith(start))


def set_cell(file: Path, start: str, column: str, value: str) -> int:
    """Writes one cell and says in which row."""
    row = row_of(file, start)

    def change(lines: Lines) -> Lines:
        cells = lines[row - 1].split(",")
        cells[lines[0].split(",").index(column)] = value
        lines[row - 1] = ",".join(cells)
        return lines

    edit(file, change)
    return row


# --- broken files: (file, start of the row, column, new cell, the problem it must give)

BROKEN_CELLS = [
    ("population.csv", "249,75-84", "people", "-1317.0", "data.below"),
    ("population.csv", "249,75-84", "people", "nan", "data.not_a_number"),
    ("population.csv", "249,75-84", "people", "inf", "data.not_a_number"),
    ("population.csv", "249,75-84", "people", "1 317", "data.not_a_number"),
    ("population.csv", "249,75-84", "people", "1_317", "data.not_a_number"),
    ("population.csv", "249,75-84", "people", "", "data.empty_cell"),
    ("population.csv", "249,75-84", "age_band", "75-85", "data.bad_choice"),
    ("population.csv", "249,75-84", "code", "49", "data.bad_pattern"),
    ("population.csv", "249,75-84", "code", "999", "data.unknown_municipality"),
    ("population.csv", "249,75-84", "age_band", "65-74", "data.duplicate"),
    ("population_official.csv", "249", "total", "9013.5", "data.not_whole"),
    ("population_official.csv", "249", "men", "4000", "data.sum_differs"),
    ("background.csv", "249", "basic_only_pct", "127.5", "data.out_of_range"),
    ("guidance_places.csv", "249", "places", "one", "data.not_a_number"),
    ("municipalities.csv", "249", "language_status", "en", "data.bad_choice"),
    ("municipalities.csv", "249", "urban_rural", "village", "data.bad_choice"),
    ("municipalities.csv", "249", "region", "20", "data.unknown_area"),
    ("municipalities.csv", "249", "region", "21", "data.aland_apart"),
    ("municipalities.csv", "249", "development_centre", "middle", "data.unknown_area"),
    ("municipalities.csv", "249", "lon", "44.66742", "data.outside_finland"),
    ("municipalities.csv", "249", "island_without_road", "maybe", "data.bad_choice"),
    ("areas.csv", "region,13", "code", "99", "data.unused_area"),
    ("areas.csv", "region,13", "name_sv", "", "data.empty_cell"),
    ("libraries.csv", "85716", "lat", "66.99332", "data.far_away"),
    ("libraries.csv", "85716", "municipality", "000", "data.unknown_municipality"),
    ("libraries.csv", "85716", "staffed_hours_week", "52.0", "data.hours_differ"),
    ("libraries.csv", "85716", "hours_source", "none", "data.hours_without_source"),
    ("libraries.csv", "85716", "public_computers", "", "data.bad_choice"),
    ("libraries.csv", "85716", "library_id", "84751", "data.duplicate"),
    ("library_hours.csv", "85716,winter", "library_id", "1", "data.unknown_library"),
    ("library_hours.csv", "85716,winter", "opens", "9:00", "data.bad_pattern"),
    ("library_hours.csv", "85716,winter", "closes", "24:30", "data.bad_pattern"),
    ("library_hours.csv", "85716,winter", "closes", "12:00", "data.interval_backwards"),
    ("library_hours.csv", "85716,winter", "weekday", "8", "data.bad_choice"),
    ("library_hours.csv", "85716,winter,2", "weekday", "1", "data.interval_overlap"),
    ("postal_areas.csv", "00100", "people", "1803000", "data.sum_differs"),
    ("postal_areas.csv", "00100", "postal_code", "100", "data.bad_pattern"),
    ("ict_use.csv", "2021,75-89", "value_pct", "570", "data.out_of_range"),
]


@pytest.mark.parametrize(("file", "start", "column", "value", "code"), BROKEN_CELLS)
def test_broken_cell_is_told_with_its_row(
    folder: Path, file: str, start: str, column: str, value: str, code: str
) -> None:
    row = set_cell(folder / file, start, column, value)

    problems = check_data(folder)

    assert (file, row, code) in [(found.file, found.row, found.code) for found in problems]
    for problem in problems:
        assert re.search(r"[{}]|\.\.", str(problem)) is None, str(problem)


def test_broken_cell_is_told_once_and_not_by_all_that_depends_on_it(folder: Path) -> None:
    row = set_cell(folder / "municipalities.csv", "249", "land_km2", "big")

    (problem,) = check_data(folder)

    assert problem.where == f"municipalities.csv, row {row}"
    assert problem.what == '"land_km2" is "big", which is not a number'
    assert problem.mend.startswith("write digits")


def test_swapped_coordinates_are_recognised(folder: Path) -> None:
    file = folder / "postal_areas.csv"
    row = set_cell(file, "00100", "lon", "60.1733")
    set_cell(file, "00100", "lat", "24.9291")

    (problem,) = check_data(folder)

    assert (problem.row, problem.code) == (row, "data.swapped_coordinates")


def test_people_moved_between_ages_miss_the_official_share(folder: Path) -> None:
    file = folder / "population.csv"
    row = set_cell(file, "249,0-17", "people", "1564.6")
    set_cell(file, "249,75-84", "people", "1117.0")

    (problem,) = check_data(folder)

    assert (problem.file, problem.row, problem.code) == (
        "population.csv", row, "data.share_differs",
    )  # fmt: skip
    assert "Keuruu (249)" in problem.what


def test_people_too_many_miss_the_official_totals(folder: Path) -> None:
    set_cell(folder / "population.csv", "091,75-84", "people", "47100.0")

    problems = check_data(folder)

    # 0.1 % of Helsinki is within what an estimate may miss, 0.11 % of the country's old is not.
    assert [problem.code for problem in problems] == ["data.sum_differs"]
    assert "people aged 75 or more" in problems[0].what


def test_municipal_totals_must_come_to_the_national_one(folder: Path) -> None:
    set_cell(folder / "national.csv", "people_total", "value", "5652880")

    (problem,) = check_data(folder)

    assert (problem.file, problem.code) == ("population_official.csv", "data.sum_differs")


DROPPED_ROWS = [
    ("municipalities.csv", "249", "data.municipality_count"),
    ("population.csv", "249,85+", "data.missing_key"),
    ("population_official.csv", "249", "data.missing_key"),
    ("background.csv", "249", "data.missing_key"),
    ("guidance_places.csv", "249", "data.missing_key"),
    ("areas.csv", "country", "data.missing_key"),
    ("areas.csv", "region,13", "data.unknown_area"),
    ("national.csv", "people_75_plus", "data.missing_figure"),
]


@pytest.mark.parametrize(("file", "start", "code"), DROPPED_ROWS)
def test_missing_row_is_told(folder: Path, file: str, start: str, code: str) -> None:
    row = row_of(folder / file, start)

    edit(folder / file, lambda lines: lines[: row - 1] + lines[row:])

    assert code in [problem.code for problem in check_data(folder)]


@pytest.mark.parametrize("file", [*SCHEMA, MAP_FILE])
def test_missing_file_is_told(folder: Path, file: str) -> None:
    (folder / file).unlink()

    assert check_data(folder) == [Problem(file, None, "data.missing_file")]


@pytest.mark.parametrize("file", [*SCHEMA, MAP_FILE])
def test_empty_file_is_told(folder: Path, file: str) -> None:
    (folder / file).write_bytes(b"\n")

    assert check_data(folder) == [Problem(file, None, "data.empty_file")]


@pytest.mark.parametrize("file", list(SCHEMA))
def test_table_without_rows_is_told(folder: Path, file: str) -> None:
    edit(folder / file, lambda lines: lines[:1])

    assert check_data(folder) == [Problem(file, None, "data.no_rows")]


def test_bytes_in_another_encoding_are_placed(folder: Path) -> None:
    file = folder / "municipalities.csv"
    row = row_of(file, "005,")
    file.write_bytes(file.read_text(encoding="utf-8").encode("latin-1"))

    (problem,) = check_data(folder)

    assert (problem.row, problem.code) == (row, "data.not_utf8")


def test_byte_order_mark_is_no_fault(folder: Path) -> None:
    file = folder / "municipalities.csv"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())

    assert check_data(folder) == []


@pytest.mark.parametrize(
    ("header", "codes"),
    [("code,age_band", ["data.missing_column"]),
     ("code,age_band,persons", ["data.missing_column", "data.unknown_column"]),
     ("code;age_band;people", ["data.missing_column"] * 3 + ["data.unknown_column"]),
     ("code,age_band,people,people", ["data.unknown_column"])],
    ids=["missing", "renamed", "semicolons", "twice"],
)  # fmt: skip
def test_wrong_header_is_told(folder: Path, header: str, codes: list[str]) -> None:
    edit(folder / "population.csv", lambda lines: [header, *lines[1:]])

    problems = [problem for problem in check_data(folder) if problem.row == 1]

    assert [problem.code for problem in problems] == codes


def test_row_with_a_cell_too_many_is_told(folder: Path) -> None:
    file = folder / "libraries.csv"
    row = row_of(file, "85716")
    edit(file, lambda lines: [*lines[: row - 1], lines[row - 1] + ",", *lines[row:]])

    (problem,) = check_data(folder)

    assert (problem.row, problem.code) == (row, "data.cell_count")


def test_open_quote_is_told(folder: Path) -> None:
    file = folder / "national.csv"
    edit(file, lambda lines: [*lines[:-1], lines[-1] + '"oops'])

    assert [problem.code for problem in check_data(folder)] == ["data.bad_quotes"]


def test_rows_are_counted_as_an_editor_counts_them(folder: Path) -> None:
    file = folder / "population.csv"
    edit(file, lambda lines: [lines[0], "", "", *lines[1:]])
    row = set_cell(file, "249,85+", "people", "x")

    (problem,) = check_data(folder)

    assert problem.row == row


def test_first_problem_is_raised_on_loading(folder: Path) -> None:
    row = set_cell(folder / "population.csv", "249,85+", "people", "many")

    with pytest.raises(SnapshotError) as caught:
        load_snapshot(folder)

    values = caught.value.values
    assert caught.value.code == "error.data"
    assert (values["file"], values["row"]) == ("population.csv", row)
    assert values["what"] == '"people" is "many", which is not a number'
    assert str(caught.value).startswith(f"population.csv, row {row}: ")


def test_hash_follows_the_bytes(folder: Path) -> None:
    same = load_snapshot(folder).hash
    set_cell(folder / "background.csv", "249", "unemployment_pct", "14.4")
    changed = folder / "changed"
    changed.mkdir()
    for name in (*SCHEMA, MAP_FILE):
        shutil.copyfile(folder / name, changed / name)

    assert same == load_snapshot().hash
    assert load_snapshot(changed).hash != same


# --- the map


MapChange = Callable[[dict[str, Any], list[dict[str, Any]]], object]


def break_map(folder: Path, change: MapChange) -> None:
    file = folder / MAP_FILE
    topology = json.loads(file.read_text(encoding="utf-8"))
    change(topology, topology["objects"]["municipalities"]["geometries"])
    file.write_text(json.dumps(topology), encoding="utf-8")


BROKEN_MAPS: list[tuple[MapChange, str]] = [
    (lambda topology, features: features.pop(), "data.map_lacks"),
    (lambda topology, features: features[0].update(id="999"), "data.map_has_more"),
    (lambda topology, features: features.append(features[0]), "data.bad_map"),
    (lambda topology, features: features[0].update(arcs=[]), "data.bad_map"),
    (lambda topology, features: features[0].update(arcs=[[99999]]), "data.bad_map"),
    (lambda topology, features: features[0].update(type="Point"), "data.bad_map"),
    (lambda topology, features: features[0].pop("id"), "data.bad_map"),
    (lambda topology, features: topology.pop("arcs"), "data.bad_map"),
    (lambda topology, features: topology["arcs"].append([[0, 0]]), "data.bad_map"),
]


@pytest.mark.parametrize(
    ("change", "code"), BROKEN_MAPS,
    ids=["lacks", "more", "twice", "empty", "arc", "point", "id", "arcs", "short"],
)  # fmt: skip
def test_broken_map_is_told(folder: Path, change: MapChange, code: str) -> None:
    break_map(folder, change)

    assert (MAP_FILE, code) in [(found.file, found.code) for found in check_data(folder)]


@pytest.mark.parametrize("text", ["[]", "{}", '"map"', "null", "{"])
def test_map_that_is_none_is_told(folder: Path, text: str) -> None:
    (folder / MAP_FILE).write_text(text, encoding="utf-8")

    (problem,) = check_data(folder)

    assert problem.code in ("data.bad_map", "data.not_json")


# --- completeness


def test_every_kind_of_problem_has_its_broken_copy_above() -> None:
    told = {case[-1] for case in BROKEN_CELLS} | {case[-1] for case in DROPPED_ROWS}
    told |= {code for _, code in BROKEN_MAPS}
    told |= {"data.missing_file", "data.empty_file", "data.no_rows", "data.not_utf8",
             "data.missing_column", "data.unknown_column", "data.cell_count", "data.bad_quotes",
             "data.swapped_coordinates", "data.share_differs", "data.not_json"}  # fmt: skip

    assert told == set(SENTENCES)
