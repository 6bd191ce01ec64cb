"""Lines of the capacity table as they stand in their cells, and the way from them to rows.

A cell holds what somebody typed, sound or not; nothing of it is lost until it is read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from planner import services
from planner.errors import PlannerError
from planner.records import CapacityRow
from planner.texts import Language

CODES: Final = ("provider", "paid", "certainty")
LISTS: Final = ("languages", "channels")
TYPED: Final = ("place", "hours", "first", "last", "people")
COLUMNS: Final = (
    "provider",
    "place",
    "hours",
    "first",
    "last",
    "people",
    "paid",
    "certainty",
    "languages",
    "channels",
)
ORIGIN: Final = "origin"  # a column to read only
_NEEDED: Final = ("provider", "hours", "paid", "certainty", "languages")
_SAYING: Final = ("provider", *TYPED)  # a line in which none of these is filled in says nothing

Cell = str | tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One line of the table.

    cells: by COLUMNS, codes where a list is chosen from; row: what the line said when the table was
    opened, None in a new line; key: of the stored item behind it.
    """

    cells: Mapping[str, Cell]
    row: CapacityRow | None = None
    key: str | None = None

    @property
    def blank(self) -> bool:
        """Whether nothing has been written in it yet."""
        return not any(self.cells[column] for column in _SAYING)


@dataclass(frozen=True)
class Fault:
    """What keeps a line from being a row.

    number: of the line, the first being 1; provider: its code, "" where none is chosen; column: of
    the cell, None where it is the whole line; missing: not wrong, but not filled in yet.
    """

    number: int
    provider: str
    column: str | None
    error: PlannerError
    missing: bool = False


@dataclass(frozen=True)
class Read:
    """The lines as rows.

    rows: (number, line, row) of the sound ones; faults: of the others; doubts: of sound ones.
    """

    rows: tuple[tuple[int, Line, CapacityRow], ...]
    faults: tuple[Fault, ...]
    doubts: tuple[Fault, ...]

    @property
    def sound(self) -> list[CapacityRow]:
        """The rows alone."""
        return [row for _, _, row in self.rows]

    @property
    def left_out(self) -> list[int]:
        """Numbers of the lines that don't count, each once."""
        return sorted({fault.number for fault in self.faults})

    @property
    def estimated(self) -> list[int]:
        """Numbers of the lines that are still as the planner supposed."""
        return [number for number, _, row in self.rows if row.estimated]


def line_of(row: CapacityRow, lang: Language, key: str | None = None) -> Line:
    """The line that says what a row says, as readers of the language write it."""
    cells: dict[str, Cell] = {
        "provider": row.provider,
        "place": row.place,
        "hours": hours_cell(row.hours, lang),
        "first": _day(row.first),
        "last": _day(row.last),
        "people": "" if row.people is None else str(row.people),
        "paid": services.paid_of(row),
        "certainty": row.certainty,
        "languages": row.languages,
        "channels": row.channels,
    }
    return Line(cells, row, key)


def edited(base: Sequence[Line], state: Mapping[str, Any]) -> tuple[Line, ...]:
    """The lines after what was done to them in the table: cells changed, lines taken out, added.

    Lists to choose from show words, in whatever language; they come back as codes.
    """
    changes = state.get("edited_rows") or {}
    gone = set(state.get("deleted_rows") or ())
    kept = [
        replace(line, cells={**line.cells, **_cells(changes.get(at) or {})})
        for at, line in enumerate(base)
        if at not in gone
    ]
    empty = dict.fromkeys(COLUMNS, "") | dict.fromkeys(LISTS, ())
    added = [Line({**empty, **_cells(new)}) for new in state.get("added_rows") or ()]
    return (*kept, *added)


def _cells(changes: Mapping[str, Any]) -> dict[str, Cell]:
    """Cells as the browser sends them, None where one was emptied."""
    return {column: _cell(column, value) for column, value in changes.items() if column in COLUMNS}


def _cell(column: str, value: Any) -> Cell:
    if column in LISTS:
        return tuple(_code(column, word) for word in value or ())
    if value is None:
        return ""
    return _code(column, value) if column in CODES else str(value)


def _code(column: str, word: object) -> str:
    """The code that a word stands for; a word nobody knows stays, for its line to tell."""
    try:
        if column in LISTS:
            (code,) = services.codes_of(column, str(word))
            return code
        return services.code_of(column, str(word))
    except (PlannerError, ValueError):
        return str(word)


def read(lines: Sequence[Line], code: str) -> Read:
    """The lines as rows of a municipality; blank ones are passed over."""
    found, faults = [], []
    for number, line in enumerate(lines, 1):
        if line.blank:
            continue
        row, wrong = _row(line, code, number)
        faults += wrong
        if row is not None:
            found.append((number, line, row))
    rows, numbers = [row for _, _, row in found], [number for number, _, _ in found]

    def told(problems: Sequence[tuple[int, PlannerError]]) -> list[Fault]:
        return [Fault(numbers[at], rows[at].provider, None, error) for at, error in problems]

    faults += told(services.check_rows(rows, numbers))
    bad = {fault.number for fault in faults}
    doubts = told(services.doubts(rows, numbers))
    return Read(
        tuple(each for each in found if each[0] not in bad),
        tuple(sorted(faults, key=lambda fault: fault.number)),
        tuple(doubt for doubt in doubts if doubt.number not in bad),
    )


def _row(line: Line, code: str, number: int) -> tuple[CapacityRow | None, list[Fault]]:
    """A line's row, or None and what is wrong with its cells."""
    cells, provider = line.cells, str(line.cells["provider"])
    wrong = [
        Fault(number, provider, column, PlannerError(f"capacity.missing.{column}"), missing=True)
        for column in _NEEDED
        if not (cells[column] if column in LISTS else str(cells[column]).strip())
    ]
    values: dict[str, Any] = {}
    for column, parse in _PARSERS.items():
        text = str(cells[column]).strip()
        try:
            values[column] = parse(text) if text else None
        except PlannerError as error:
            wrong.append(Fault(number, provider, column, error))
    if wrong:
        return None, wrong
    row = CapacityRow(
        municipality=code,
        provider=provider,
        place=str(cells["place"]),
        languages=tuple(cells["languages"]),
        channels=tuple(cells["channels"]),
        certainty=str(cells["certainty"]),
        **values,
    )
    row = services.tidy(services.with_paid(row, str(cells["paid"])))
    # what says the same as when it was opened is still of the same origin
    same = line.row is not None and replace(row, estimated=line.row.estimated) == line.row
    return (line.row if same else row), []


_PARSERS: Final[Mapping[str, Callable[[str], object]]] = {
    "hours": services.hours_of,
    "first": services.week_of,
    "last": services.week_of,
    "people": services.people_of,
}


def hours_cell(value: float, lang: Language) -> str:
    """Hours without thousands' separators, which would be read in two ways."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text if lang == "en" else text.replace(".", ",")


def _day(day: dt.date | None) -> str:
    return "" if day is None else f"{day.day}.{day.month}.{day.year}"
