"""Capacity rows of an uploaded file, each row either read or told of."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Final

from planner.errors import PlannerError
from planner.records import CapacityRow
from planner.services import checks
from planner.services.parsing import code_of, codes_of, hours_of, people_of, week_of
from planner.services.rows import tidy, with_paid
from planner.services.words import FORM, NAME_HEADINGS, REQUIRED
from planner.snapshot import Snapshot
from planner.uploads import Problem, Reading
from planner.uploads.headings import known_headings, named
from planner.uploads.places import Places
from planner.uploads.rows import Memo, RowReader
from planner.uploads.table import Table, open_table
from planner.uploads.words import heading_keys

_NOTES: Final = {
    "services.doubt.long_week": "services.note.long_weeks",
    "services.doubt.no_place": "services.note.no_place",
}


def read_rows(data: bytes, name: str, snapshot: Snapshot) -> Reading[CapacityRow]:
    """The capacity rows that a file gives, in the file's order, tidy and without faults.

    Rows overlap with none before them. Whoever replaces what is kept by these rows must not do so
    where there are problems: the municipality would lose what the faulty rows say. PlannerError
    where the file as a whole can't be read.
    """
    places = Places(snapshot)
    table = _opened(data, name, places)
    memo: Memo = {}
    found: list[tuple[int, CapacityRow]] = []
    languages: list[int] = []
    for record in table.records:
        reader = RowReader(record, memo)
        row = _row(reader, places)
        if row is not None and not row.languages:
            row = _in_main_language(row, snapshot)
            languages.append(record.row)
        if row is not None:
            found.append((record.row, tidy(row)))
        table.problems += reader.problems()
    if languages:
        table.notes.append(PlannerError("services.note.languages", rows=named(languages)))
    return _reading(table, found)


def _opened(data: bytes, name: str, places: Places) -> Table:
    try:
        table = open_table(data, name, FORM, places.knows)
    except PlannerError as error:
        if error.code == FORM.unfit:
            raise _unfit(error) from error
        raise
    table.notes = [note for note in table.notes if not _of_names(note)]
    return table


def _unfit(error: PlannerError) -> PlannerError:
    """The same error, saying which column is missing where that is one."""
    found = list(map(str, error.values["found"]))  # type: ignore[call-overload]
    missing = [field for field in REQUIRED if field not in known_headings(found, FORM)]
    if len(missing) == 1 and len(missing) < len(REQUIRED) and "…" not in found:
        return PlannerError(f"error.services.no_{missing[0]}_column", **error.values)
    return error


def _of_names(note: PlannerError) -> bool:
    """Whether a remark says no more than that codes were compared with names, as always."""
    if note.code != "upload.note.compared_columns":
        return False
    columns = note.values["columns"]
    assert isinstance(columns, list)
    return all(not set(NAME_HEADINGS).isdisjoint(heading_keys(column)) for column in columns)


def _row(reader: RowReader, places: Places) -> CapacityRow | None:
    """The row of a record, None where anything in it can't be read: the reader has the faults."""
    code = reader.read("municipality", places.code, "error.upload.no_municipality")
    if code is not None:
        reader.compare(
            "municipality", lambda _, cell: places.claim(cell), lambda said: said == code
        )
    provider = reader.read(
        "provider", lambda cell: code_of("provider", cell), "error.services.no_provider"
    )
    place = reader.read("place", lambda cell: str(cell).removeprefix("'"))
    hours = reader.read("hours", hours_of, "error.services.no_hours")
    first, last = reader.read("first_week", week_of), reader.read("last_week", week_of)
    people = reader.read("people", people_of)
    paid = reader.read("paid", lambda cell: code_of("paid", cell))
    languages = reader.read("languages", lambda cell: codes_of("languages", cell))
    channels = reader.read("channels", lambda cell: codes_of("channels", cell))
    certainty = reader.read("certainty", lambda cell: code_of("certainty", cell))
    origin = reader.read("origin", lambda cell: code_of("origin", cell))
    if reader.faults or code is None or provider is None or hours is None:
        return None
    row = CapacityRow(
        code,
        provider,
        place or "",
        hours,
        first,
        last,
        people,
        languages=languages or (),
        channels=channels or (),
        estimated=origin == "estimated",
        certainty=certainty or "certain",
    )
    usual = "volunteer" if provider == "association" else "paid"
    return with_paid(row, paid or usual)


def _in_main_language(row: CapacityRow, snapshot: Snapshot) -> CapacityRow:
    """The row in the language that most people of its municipality speak."""
    place = snapshot.municipalities[snapshot.index(row.municipality)]
    main = place.language_status.partition("-")[0]
    return replace(row, languages=(main,))


def _reading(table: Table, found: list[tuple[int, CapacityRow]]) -> Reading[CapacityRow]:
    numbers, rows = [number for number, _ in found], [row for _, row in found]
    faults = checks.check_rows(rows, numbers)
    table.problems += [Problem(numbers[at], fault) for at, fault in faults]
    faulty = {at for at, _ in faults}
    doubted: dict[str, list[int]] = defaultdict(list)
    for at, doubt in checks.doubts(rows, numbers):
        doubted[_NOTES[doubt.code]].append(numbers[at])
    table.notes += [PlannerError(code, rows=named(some)) for code, some in doubted.items()]
    problems = sorted(table.problems, key=lambda problem: problem.row or 0)
    sound = tuple(row for at, row in enumerate(rows) if at not in faulty)
    return Reading(sound, tuple(problems), tuple(table.notes))
