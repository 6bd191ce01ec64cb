"""Venues of one's own as a table, CSV or XLSX: read, every fault told with its row and column.

Any place can be a venue: a town hall, a service point, an institute, an association's house, a
service home, a market, a shopping centre, a stop of the mobile library, a branch the data lacks.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, Literal, TypeVar

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from planner.errors import PlannerError
from planner.plans.sessions.windows import Intervals, Timetable, Week
from planner.sessions import venue_cells as cells
from planner.sessions.types import SINGLE_STAFFED, Venue
from planner.sessions.venue_words import (
    COLUMNS,
    DAYS,
    FORM,
    SORTS,
    SUMMER_DAYS,
    heading,
    word,
)
from planner.sessions.venues import LIBRARY_KINDS, VISITS
from planner.snapshot import Snapshot
from planner.uploads import Problem, Reading
from planner.uploads.content import decoded, recognised
from planner.uploads.headings import find_layout, is_complete, named
from planner.uploads.places import Places
from planner.uploads.rows import Memo, RowReader
from planner.uploads.table import open_table
from planner.uploads.text import read_text
from planner.uploads.types import Cell
from planner.uploads.words import EXAMPLE, LANGUAGES
from planner.uploads.workbook import read_workbook
from planner.uploads.writing import timeless

T = TypeVar("T")

__all__ = ["SORTS", "read_venues", "venue_reading", "venue_template", "write_venues"]

MOST_VENUES: Final = 200
SORT_KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "service_home": ("visit",),
    "market": ("visit",),
    "shopping_centre": ("visit",),
    "stop": ("mobile",),
}
"""What is held at a venue of that sort unless the file says; elsewhere as in a library."""

_HALF: Final = ("lat", "lon")
_PLACES: Final = {
    "fi": ("Keuruu", "62,2555", "24,7075"),
    "sv": ("Raseborg", "59,9740", "23,4360"),
    "en": ("Keuruu", "62,2555", "24,7075"),
}


def read_venues(name: str, content: bytes, snapshot: Snapshot) -> tuple[Venue, ...]:
    """The venues of a file; PlannerError at the first thing that can't be read, by row and column.

    name: the file's, which may be missing its ending.
    """
    reading = venue_reading(name, content, snapshot)
    for problem in reading.problems:
        if "row" in problem.error.values:
            raise problem.error
        raise PlannerError("error.venue_row", row=problem.row or 0)
    return reading.rows


def venue_reading(name: str, content: bytes, snapshot: Snapshot) -> Reading[Venue]:
    """The venues of a file, every row that can't be read, and remarks.

    Municipality, name and opening hours are needed. A venue without an id gets one from its name,
    one without a point that of its municipality, one without hours of the summer those of the
    winter. PlannerError where the file as a whole can't be read.
    """
    places = Places(snapshot)
    table = open_table(content, name, FORM, places.knows)
    if len(table.records) > MOST_VENUES:
        raise PlannerError("error.venues_many", count=len(table.records), limit=MOST_VENUES)
    columns = _columns(content)
    memo: Memo = {}
    found: list[tuple[int, Venue]] = []
    pointless: list[int] = []
    for record in table.records:
        reader = RowReader(record, memo)
        row = _Row(reader, snapshot, places, columns)
        venue = row.venue()
        if venue is not None:
            found.append((record.row, venue))
            pointless += [] if row.has_point else [record.row]
        table.problems += [Problem(record.row, fault) for fault in row.faults]
    venues = _with_own_ids(found, snapshot, columns.get("id", "id"), table.problems)
    if pointless:
        table.notes.append(PlannerError("venues.note.no_point", rows=named(pointless)))
    problems = sorted(table.problems, key=lambda problem: problem.row or 0)
    return Reading(venues, tuple(problems), tuple(table.notes))


class _Row:
    """One row of the file; `faults` name the row and the column as the file calls it."""

    def __init__(
        self, reader: RowReader, snapshot: Snapshot, places: Places, columns: Mapping[str, str]
    ) -> None:
        self.faults: list[PlannerError] = []
        self.has_point = False
        self._reader = reader
        self._snapshot = snapshot
        self._places = places
        self._columns = columns

    def venue(self) -> Venue | None:
        """The venue, None where anything in the row can't be read."""
        code = self._read("municipality", self._municipality, needed=True)
        name = self._read("name", cells.text_of, needed=True)
        own = self._read("id", cells.id_of)
        sort = self._read("sort", cells.sort_of) or "other"
        address = self._read("address", cells.text_of)
        room = self._read("room", cells.answer)
        second = self._read("second_person", cells.answer)
        accessible = self._read("accessible", cells.answer)
        kinds = self._read("kinds", cells.kinds_of)
        winter, summer = self._week(DAYS), self._week(SUMMER_DAYS)
        lon, lat = self._point(code)
        if winter is None and summer is None and not self.faults:
            self._fault("monday", PlannerError("error.venue_no_hours"))
        if name is not None and own is None and code is not None:
            own = cells.made_id(code, name)
            if own is None:
                self._fault("id", PlannerError("error.venue_no_id"))
        if self.faults or code is None or name is None or own is None:
            return None
        first = winter if winter is not None else summer
        assert first is not None
        hours = sum(closes - opens for day in first for opens, closes in day) / 60
        small = sort == "library" and 0 < hours <= SINGLE_STAFFED
        return Venue(
            id=own,
            municipality=code,
            name=f"{name}, {address}" if address else name,
            sort=sort,
            lon=lon,
            lat=lat,
            hours=hours,
            timetable=Timetable(first, summer if summer is not None else first),
            single_staffed=small if second is None else second,
            roomy=room is not False,
            accessible=accessible,
            kinds=kinds or _usual_kinds(sort, room is not False),
        )

    def _read(self, field: str, parse: Callable[[Cell], T], needed: bool = False) -> T | None:
        value = self._reader.read(field, parse, "error.venue_empty" if needed else "")
        for fault in self._reader.faults:
            self._fault(field, fault)
        self._reader.faults.clear()
        return value

    def _fault(self, field: str, fault: PlannerError) -> None:
        code = "error.venue_formula" if fault.code == "error.upload.formula" else fault.code
        where = {"row": self._reader.record.row, "column": self._columns.get(field, field)}
        self.faults.append(PlannerError(code, **{**fault.values, **where}))

    def _municipality(self, cell: Cell) -> str:
        try:
            return self._places.code(cell)
        except PlannerError as error:
            value = error.values.get("value", "")
            raise PlannerError("error.venue_municipality", value=value) from error

    def _week(self, days: Sequence[str]) -> Week | None:
        """The week's hours, None where the row says nothing of any of its days."""
        told = [self._read(day, cells.hours_of) for day in days]
        return None if all(day is None for day in told) else tuple(day or () for day in told)

    def _point(self, code: str | None) -> tuple[float, float]:
        """Longitude and latitude; where none is given, the municipality's."""
        said = {field: self._read(field, cells.degrees_of) for field in _HALF}
        lat, lon = said["lat"], said["lon"]
        if lat is not None and lon is not None:
            self.has_point = True
            try:
                cells.check_point(lat, lon)
            except PlannerError as error:
                self._fault("lat", error)
            return lon, lat
        given = [field for field in _HALF if self._reader.has(field)]
        if len(given) == 1:
            missing = "lon" if given == ["lat"] else "lat"
            self._fault(missing, PlannerError("error.venue_point_half"))
        if code is None:
            return 0.0, 0.0
        place = self._snapshot.municipalities[self._snapshot.index(code)]
        return place.lon, place.lat


def _usual_kinds(sort: str, roomy: bool) -> tuple[str, ...]:
    usual = SORT_KINDS.get(sort, LIBRARY_KINDS)
    return usual if roomy or sort in SORT_KINDS else LIBRARY_KINDS[:2]


def _with_own_ids(
    found: Sequence[tuple[int, Venue]], snapshot: Snapshot, column: str, problems: list[Problem]
) -> tuple[Venue, ...]:
    """The venues whose id is theirs alone; the others become problems."""
    libraries = {library.id for library in snapshot.libraries}
    planned = {f"{code}-{VISITS}" for code in snapshot.codes}
    firsts: dict[str, int] = {}
    kept = []
    for row, venue in found:
        first = firsts.setdefault(venue.id, row)
        where = {"row": row, "column": column, "value": venue.id}
        if venue.id in libraries | planned:
            problems.append(Problem(row, PlannerError("error.venue_id_taken", **where)))
        elif first != row:
            fault = PlannerError("error.venue_id_twice", first=first, **where)
            problems.append(Problem(row, fault))
        else:
            kept.append(venue)
    return tuple(kept)


def _columns(content: bytes) -> dict[str, str]:
    """The headings of the file by field; none where they can't be told."""
    try:
        if recognised(content) == "workbook":
            sheet, _ = read_workbook(content, lambda rows: is_complete(rows, FORM))
        else:
            sheet, _ = read_text(decoded(content), FORM)
        layout = find_layout(sheet.rows, FORM, lambda _: False)
    except PlannerError:  # whole lines in one cell each
        return {}
    return {field: str(layout.headings[at]) for field, at in layout.columns.items()}


def write_venues(venues: Iterable[Venue], form: Literal["csv", "xlsx"] = "csv") -> bytes:
    """A file that `read_venues` reads into the same venues, and that Excel opens in Finland."""
    rows = [COLUMNS, *(_cells(venue) for venue in venues)]
    return _as_csv(rows).encode("utf-8-sig") if form == "csv" else _as_workbook(rows)


def venue_template(lang: str = "fi") -> str:
    """CSV with headings and two example rows, which are refused when read, in "fi", "sv" or "en".

    The text begins with a byte order mark, so that a spreadsheet shows its letters right.
    """
    mark = f" ({EXAMPLE[LANGUAGES.index(lang)]})"
    place, lat, lon = _PLACES[lang]
    yes, no = {"fi": ("kyllä", "ei"), "sv": ("ja", "nej"), "en": ("yes", "no")}[lang]
    office, lunch = "9-16", "9-12, 13-16"
    hall = word("sort", "town_hall", lang)
    home = word("sort", "service_home", lang)
    group = ", ".join(word("kind", kind, lang) for kind in ("clinic", "group"))
    visit = word("kind", "visit", lang)
    example = (
        *("1", place, f"{hall}{mark}", hall, "", lat, lon, yes, yes, no, group),
        *(office, office, office, lunch, "9-15", "", ""),
    )
    other = (
        *("2", place, f"{home}{mark}", home, "", "", "", yes, no, no, visit),
        *("", "13-15", "", "13-15", "", "", ""),
    )
    rows = [tuple(heading(field, lang) for field in COLUMNS)]
    rows += [(*row, *("",) * (len(COLUMNS) - len(row))) for row in (example, other)]
    return "\ufeff" + _as_csv(rows)


def _cells(venue: Venue) -> tuple[str, ...]:
    def told(answer: bool | None) -> str:
        return "" if answer is None else "yes" if answer else "no"

    def days(week: Sequence[Intervals]) -> list[str]:
        return [cells.spoken(day) for day in week]

    return (
        *(venue.id, venue.municipality, venue.name or "", venue.sort, ""),
        *(str(value).replace(".", ",") for value in (venue.lat, venue.lon)),
        *(told(venue.accessible), told(venue.roomy), told(venue.single_staffed)),
        ", ".join(venue.kinds),
        *days(venue.timetable.winter),
        *days(venue.timetable.summer),
    )


def _as_csv(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([cells.guarded(cell) for cell in row])
    return text.getvalue()


def _as_workbook(rows: Iterable[Sequence[str]]) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    for cell in (cell for row in sheet.iter_rows() for cell in row):
        cell.number_format = "@"  # else 9-12 becomes a day when it is edited
        if cell.data_type == "f":
            cell.data_type = "s"
    for column, head in enumerate(sheet[1], 1):
        head.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = 18
    sheet.freeze_panes = "A2"
    saved = io.BytesIO()
    book.save(saved)
    return timeless(saved.getvalue())
