"""Reading the data folder's tables: every cell parsed, every fault placed in file and row."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from planner.snapshot.problems import Problem
from planner.snapshot.schema import MAP_FILE, SCHEMA, CellError, Kind, Value

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Table:
    """One table's parsed columns; `rows[i]` is the line of record i in a text editor."""

    file: str
    rows: tuple[int, ...]
    columns: Mapping[str, Sequence[Value]]

    def texts(self, name: str) -> list[str]:
        """A column of words or codes."""
        return cast("list[str]", self.columns[name])

    def numbers(self, name: str) -> FloatArray:
        """A column of numbers, in the unit data/README.md gives; NaN where empty."""
        return np.array(self.columns[name], dtype=np.float64)

    def flags(self, name: str) -> list[bool]:
        """A column of yes and no."""
        return [value == "yes" for value in self.columns[name]]

    def problem(self, index: int, code: str, **values: object) -> Problem:
        """A problem with record `index`."""
        return Problem(self.file, self.rows[index], code, values)


@dataclass(frozen=True)
class DataFolder:
    """What could be read of a folder: only the sound tables, with the problems of the others."""

    tables: Mapping[str, Table]
    map_text: str | None
    problems: tuple[Problem, ...]
    hash: str

    def __getitem__(self, name: str) -> Table:
        return self.tables[f"{name}.csv"]


def read_folder(folder: Path) -> DataFolder:
    """All tables and the map of a folder, with every problem met while reading them."""
    digest = hashlib.sha256()
    tables: dict[str, Table] = {}
    problems: list[Problem] = []
    for file in sorted(SCHEMA):
        text = _read_text(folder, file, digest, problems)
        if text is not None:
            table, found = parse(file, text)
            problems += found
            if not found:
                tables[file] = table
    map_text = _read_text(folder, MAP_FILE, digest, problems)
    return DataFolder(tables, map_text, tuple(problems), digest.hexdigest()[:16])


def _read_text(
    folder: Path, file: str, digest: hashlib._Hash, problems: list[Problem]
) -> str | None:
    try:
        data = (folder / file).read_bytes()
    except OSError:
        problems.append(Problem(file, None, "data.missing_file"))
        return None
    digest.update(f"{file}:{len(data)}:".encode() + data)
    try:
        # Spreadsheet programs put a byte order mark first; it is no part of the first column.
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        problems.append(Problem(file, row, "data.not_utf8", {"position": error.start + 1}))
        return None
    if not text.strip():
        problems.append(Problem(file, None, "data.empty_file"))
        return None
    return text


def parse(file: str, text: str) -> tuple[Table, list[Problem]]:
    """The table of a file's text, and what is wrong with its header, rows and cells."""
    schema = SCHEMA[file]
    records, lines, problems = _records(file, text)
    header = records.pop(0) if records else []
    rows = tuple(lines[1:])
    problems += _header_problems(file, header, schema)
    problems += [
        Problem(file, row, "data.cell_count", {"found": len(record), "expected": len(header)})
        for record, row in zip(records, rows, strict=True)
        if len(record) != len(header)
    ]
    if not records and not problems:
        problems.append(Problem(file, None, "data.no_rows"))
    columns: dict[str, Sequence[Value]] = {}
    if not problems:
        for name, cells in zip(header, zip(*records, strict=True), strict=True):
            columns[name], faults = _column(name, cells, schema[name])
            problems += [Problem(file, rows[index], code, values) for index, code, values in faults]
        problems.sort(key=lambda problem: problem.row or 0)
    return Table(file, rows, columns), problems


def _records(file: str, text: str) -> tuple[list[list[str]], list[int], list[Problem]]:
    """Records with the line each begins on; blank lines are skipped, as editors leave them."""
    records, lines, line = [], [], 1
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for record in reader:
            if record:
                records.append(record)
                lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        return records, lines, [Problem(file, line, "data.bad_quotes", {"reason": str(error)})]
    return records, lines, []


def _header_problems(file: str, header: Sequence[str], schema: Mapping[str, Kind]) -> list[Problem]:
    missing = [
        Problem(file, 1, "data.missing_column", {"column": name, "header": ",".join(header)})
        for name in schema
        if name not in header
    ]
    unknown = [
        Problem(file, 1, "data.unknown_column", {"column": name, "expected": ", ".join(schema)})
        for position, name in enumerate(header)
        if name not in schema or name in header[:position]
    ]
    return missing + unknown


Fault = tuple[int, str, Mapping[str, object]]


def _column(name: str, cells: Sequence[str], kind: Kind) -> tuple[list[Value], list[Fault]]:
    known: dict[str, Value] = {}
    wrong: dict[str, CellError] = {}
    # Cells repeat: each different one is read once.
    for cell in dict.fromkeys(cells):
        try:
            known[cell] = kind.read(cell)
        except CellError as error:
            wrong[cell] = error
    if not wrong:
        return [known[cell] for cell in cells], []
    return [], [
        (index, wrong[cell].code, {"column": name, **wrong[cell].values})
        for index, cell in enumerate(cells)
        if cell in wrong
    ]
