"""Which row holds the headings, and which field stands in which column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from planner.errors import PlannerError
from planner.uploads.cells import looks_like_week
from planner.uploads.content import clipped
from planner.uploads.types import Cell, Row
from planner.uploads.words import USER_LOG, VISIT_LOG, Form, heading_keys

HEAD: Final = 40  # rows among which the headings are looked for
_NAMED_AT_MOST: Final = 12
_MISSING: Final = {
    "municipality": "error.upload.no_municipality_column",
    "week": "error.upload.no_week_column",
    "contacts": "error.upload.no_contacts_column",
    "date": "error.upload.no_date_column",
    "users": "error.upload.no_users_column",
}
# Two columns of these kinds say the same in two ways (code and name, week and Monday).
_EITHER: Final = ("municipality", "week", "date")


@dataclass(frozen=True)
class Layout:
    """Where the headings are (`at` in the sheet's rows) and the column of each field there is.

    seconds: the other columns of a field, which say the same in another way.
    """

    at: int
    headings: tuple[Cell, ...]
    columns: Mapping[str, int]
    seconds: Mapping[str, Sequence[int]]

    @property
    def unread(self) -> list[str]:
        """Headings of columns that are not read."""
        used = {*self.columns.values(), *self._second}
        return named(cell for at, cell in enumerate(self.headings) if at not in used)

    @property
    def compared(self) -> list[str]:
        """Headings of columns that are compared with another one."""
        return named(self.headings[at] for at in self._second)

    @property
    def _second(self) -> list[int]:
        return sorted(at for columns in self.seconds.values() for at in columns)


def known_headings(cells: Sequence[object], form: Form) -> dict[str, list[int]]:
    """Columns by the field their heading names, the better heading first."""
    found: dict[str, list[tuple[int, int]]] = {}
    for column, cell in enumerate(cells):
        spellings = heading_keys(cell) if isinstance(cell, str) else []
        for field, known in form.headings.items():
            ranks = [known.index(spelling) for spelling in spellings if spelling in known]
            if ranks:
                found.setdefault(field, []).append((min(ranks), column))
    return {field: [column for _, column in sorted(places)] for field, places in found.items()}


def is_complete(rows: Sequence[Row], form: Form) -> bool:
    """Whether some row has all headings the log needs."""
    return any(known_headings(row.cells, form).keys() >= set(form.required) for row in rows[:HEAD])


def find_layout(rows: Sequence[Row], form: Form, is_place: Callable[[Cell], bool]) -> Layout:
    """The layout by the row with most headings; PlannerError tells why there is none.

    is_place: whether a cell names a municipality.
    """
    head = [known_headings(row.cells, form) for row in rows[:HEAD]]
    needed = set(form.required)
    at = max(range(len(head)), key=lambda at: (head[at].keys() >= needed, len(head[at])))
    row, known = rows[at], head[at]
    if not known.keys() >= needed:
        raise _why_not(row, known, form, is_place)
    for field, columns in known.items():
        if len(columns) > 1 and (field not in _EITHER or _alike(row, columns)):
            first, second = (clipped(row.cells[column], 40) for column in columns[:2])
            raise PlannerError("error.upload.two_columns", first=first, second=second)
    return Layout(
        at,
        row.cells,
        {field: columns[0] for field, columns in known.items()},
        {field: columns[1:] for field, columns in known.items() if len(columns) > 1},
    )


def _alike(row: Row, columns: Sequence[int]) -> bool:
    first, second = (heading_keys(str(row.cells[column])) for column in columns[:2])
    return first == second


def _why_not(
    row: Row, known: Mapping[str, object], form: Form, is_place: Callable[[Cell], bool]
) -> PlannerError:
    if form not in (log for log, _ in _SWAPPED):
        return PlannerError(form.unfit, row=row.number, found=named(row.cells))
    weeks = sum(looks_like_week(cell, bare=bool(known)) for cell in row.cells)
    found = named(row.cells)
    if weeks > 1 or sum(map(is_place, row.cells)) > 1:
        return PlannerError("error.upload.wide", found=found)
    if weeks and not known:
        return PlannerError("error.upload.no_heading_row", row=row.number, found=found)
    for other, code in _SWAPPED:
        if other is not form and is_complete([row], other):
            return PlannerError(code, found=found)
    missing = [field for field in form.required if field not in known]
    if len(missing) == 1:
        return PlannerError(_MISSING[missing[0]], row=row.number, found=found)
    return PlannerError(form.unfit, row=row.number, found=found)


_SWAPPED: Final = (
    (VISIT_LOG, "error.upload.visits_given"),
    (USER_LOG, "error.upload.users_given"),
)


def named(cells: Iterable[Cell]) -> list[str]:
    """The first of some headings, short enough to be listed in a sentence."""
    said = [clipped(cell, 40) for cell in cells if cell is not None]
    return [*said[:_NAMED_AT_MOST], *(["…"] if len(said) > _NAMED_AT_MOST else [])]
