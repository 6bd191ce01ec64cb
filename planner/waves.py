"""The waves of letters in `data/waves.csv`: every cell read, every fault placed in its row."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from planner.handwritten import fault
from planner.snapshot.problems import Problem
from planner.snapshot.schema import ADULT_BANDS, CellError, Choice, Form, Kind, Number, Text

WAVES_FILE = "waves.csv"
GRADES = ("M", "A", "E")
# A rollout starts in 2024 to 2035; a letter long before or after it is a slip of the pen.
EARLIEST, LATEST = dt.date(2020, 1, 1), dt.date(2040, 12, 31)


@dataclass(frozen=True)
class Wave:
    """A dated wave of letters: `share` × `weights[age]` of a band's users need help in `weeks`."""

    id: str
    date: dt.date
    weeks: int
    name_fi: str
    name_sv: str
    name_en: str
    share: float
    weights: tuple[float, ...]
    grade: str
    source: str

    def name(self, lang: str) -> str:
        """The wave's name in `lang`."""
        return str(getattr(self, f"name_{lang}"))


class Day:
    """A date YYYY-MM-DD that a letter of the rollout can have."""

    def read(self, text: str) -> str:
        """The cell as it is written; raises CellError."""
        try:
            day = dt.date.fromisoformat(text)
        except ValueError:
            day = None
        # Other ISO forms, such as 20260115, are dates to Python and not in this table.
        if day is None or day.isoformat() != text:
            raise CellError("data.bad_pattern", value=text, form="YYYY-MM-DD")
        if not EARLIEST <= day <= LATEST:
            # How to mend it names the limits; the sentence on ranges holds numbers only.
            raise CellError("data.bad_choice", value=text, allowed="")
        return text


WEIGHTS = tuple(f"weight_{band.replace('-', '_').replace('+', '_plus')}" for band in ADULT_BANDS)
# Every column: how its cells are read, and what it takes, in words.
COLUMNS: Mapping[str, tuple[Kind, str]] = {
    "id": (Form(r"[a-z0-9_]+", "a_b_1"), "small letters a to z, digits and underscores"),
    "date": (Day(), f"a date YYYY-MM-DD from {EARLIEST} to {LATEST}"),
    "weeks": (Number(low=1, high=104, whole=True), "a whole number from 1 to 104"),
    **{f"name_{lang}": (Text(), "a name for people to read") for lang in ("fi", "sv", "en")},
    "share": (Number(high=1), "a number from 0 to 1"),
    **{name: (Number(high=1000), "a number from 0 to 1000") for name in WEIGHTS},
    "grade": (Choice(GRADES), f"one of {', '.join(GRADES)}"),
    "source": (Text(), "the id of a source in the [sources] of assumptions.toml"),
}


def read_waves(
    text: str, sources: Collection[str] | None = None
) -> tuple[tuple[Wave, ...], list[Problem]]:
    """The sound waves of a CSV text, and a problem for everything wrong in it.

    `sources`: the ids a wave may cite; None where they are not known.
    """
    records, problems = _records(text)
    header = records.pop(0)[1] if records else []
    problems += _header_problems(header)
    if problems:
        return (), problems
    if not records:
        what = "the table has a header and no rows"
        return (), [fault(WAVES_FILE, None, what, "add a row for every wave")]
    waves: list[Wave] = []
    first: dict[str, int] = {}
    for row, cells in records:
        found = _row_problems(row, header, cells, sources)
        name = cells[header.index("id")] if len(cells) == len(header) else ""
        if name and first.setdefault(name, row) != row:
            what = f'the id "{name}" stands in row {first[name]} already'
            found.append(fault(WAVES_FILE, row, what, "give one of the two another id"))
        if not found:
            waves.append(_wave(dict(zip(header, cells, strict=True))))
        problems += found
    return tuple(waves), problems


def _records(text: str) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """Records with the line each begins on; blank lines are skipped."""
    records: list[tuple[int, list[str]]] = []
    reader, line = csv.reader(io.StringIO(text, newline=""), strict=True), 1
    try:
        for record in reader:
            if record:
                records.append((line, record))
            line = reader.line_num + 1
    except csv.Error as error:
        what, mend = f"the row can't be read ({error})", "close every double quote that was opened"
        return records, [fault(WAVES_FILE, line, what, mend)]
    return records, []


def _header_problems(header: Sequence[str]) -> list[Problem]:
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        mark = "semicolons" if ";" in header[0] else "tabs"
        what = f"the columns are parted by {mark} and must be parted by commas"
        return [fault(WAVES_FILE, 1, what, "save it with commas, and decimal points in numbers")]
    expected = ",".join(COLUMNS)
    missing = [name for name in COLUMNS if name not in header]
    odd = [n for at, n in enumerate(header) if n not in COLUMNS or n in header[:at]]
    return [
        fault(WAVES_FILE, 1, f'the column "{name}" {what}', f"make the first row {expected}")
        for names, what in ((missing, "is missing"), (odd, "is not known or stands twice"))
        for name in names
    ]


def _row_problems(
    row: int, header: Sequence[str], cells: Sequence[str], sources: Collection[str] | None
) -> list[Problem]:
    if len(cells) != len(header):
        short = len(cells) < len(header)
        what = f"the row {'is cut short' if short else 'is too long'}: it has {len(cells)} cells "
        what += f"where the header has {len(header)}"
        mend = "give every column one cell; a text that holds a comma stands in double quotes"
        return [fault(WAVES_FILE, row, what, mend)]
    problems: list[Problem] = []
    for name, cell in zip(header, cells, strict=True):
        kind, takes = COLUMNS[name]
        try:
            kind.read(cell)
            known = name != "source" or sources is None or cell in sources
            what = "" if known else f'"source" is "{cell}", which is not known'
        except CellError as error:
            what = Problem(WAVES_FILE, row, error.code, {"column": name, **error.values}).what
        if what:
            problems.append(fault(WAVES_FILE, row, what, f'write {takes} under "{name}"'))
    return problems


def _wave(cells: Mapping[str, str]) -> Wave:
    """The wave of a row that was found sound."""
    return Wave(
        id=cells["id"],
        date=dt.date.fromisoformat(cells["date"]),
        weeks=int(float(cells["weeks"])),
        name_fi=cells["name_fi"],
        name_sv=cells["name_sv"],
        name_en=cells["name_en"],
        share=float(cells["share"]),
        weights=tuple(float(cells[name]) for name in WEIGHTS),
        grade=cells["grade"],
        source=cells["source"],
    )
