"""What can be wrong with a data file, said so that whoever edits it knows what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.errors import PlannerError

# code: (what is wrong, how to mend it). Placeholders are filled from the problem's values.
SENTENCES: Mapping[str, tuple[str, str]] = {
    "data.missing_file": (
        "the file is missing",
        "put the file back; `git checkout data` restores the shipped one",
    ),
    "data.not_utf8": (
        "byte {position} is not UTF-8 text",
        "save the file in the encoding UTF-8",
    ),
    "data.empty_file": (
        "the file is empty",
        "put the file back; `git checkout data` restores the shipped one",
    ),
    "data.no_rows": ("the table has a header and no rows", "add the rows"),
    "data.missing_column": (
        'the column "{column}" is missing; the header reads "{header}"',
        'add the column, or spell its name exactly "{column}"; columns are parted by commas',
    ),
    "data.unknown_column": (
        'the column "{column}" is not known',
        "remove it, or spell it like one of: {expected}",
    ),
    "data.cell_count": (
        "the row has {found} cells where the header has {expected}",
        "part the cells by commas; put a text that holds a comma in double quotes",
    ),
    "data.bad_quotes": (
        "the row cannot be read: {reason}",
        "close every double quote that was opened",
    ),
    "data.empty_cell": ('"{column}" is empty', "fill in the value"),
    "data.not_a_number": (
        '"{column}" is "{value}", which is not a number',
        "write digits with a decimal point, without spaces or units",
    ),
    "data.out_of_range": (
        '"{column}" is {value}, outside {low:g} to {high:g}',
        "look the figure up in the source that data/README.md names",
    ),
    "data.below": (
        '"{column}" is {value}, below {low:g}',
        "look the figure up in the source that data/README.md names",
    ),
    "data.not_whole": ('"{column}" is {value}, not a whole number', "write a whole number"),
    "data.bad_choice": (
        '"{column}" is "{value}", which is not known',
        "use one of: {allowed}",
    ),
    "data.bad_pattern": (
        '"{column}" is "{value}", which does not have the form {form}',
        "write it in the form {form}, leading zeros included",
    ),
    "data.duplicate": (
        "{key} stands in row {first} already",
        "keep one of the two rows",
    ),
    "data.missing_key": ("{key} has no row", "add a row for {key}"),
    "data.unknown_municipality": (
        'there is no municipality "{value}" in municipalities.csv',
        "use the three-digit code of one of the {expected} municipalities",
    ),
    "data.municipality_count": (
        "there are {found} municipalities where Finland has {expected}",
        "compare the codes with the official list of 1 January 2026",
    ),
    "data.unknown_area": (
        'areas.csv has no {kind} with the code "{value}"',
        "add the area to areas.csv, or correct the code here",
    ),
    "data.unused_area": (
        "no municipality belongs to the {kind} {value}",
        "remove the area, or correct the codes in municipalities.csv",
    ),
    "data.aland_apart": (
        "{name} is in Åland by its {kind_in} and outside it by its {kind_out}",
        "give Åland's municipalities region 21, wellbeing county 91 and development centre aland",
    ),
    "data.sum_differs": (
        "{what} comes to {found:,.1f} where the official figure is {official:,.1f} "
        "({difference:+.2f} %)",
        "compare the rows with the official total in {official_file}",
    ),
    "data.share_differs": (
        "the share of people aged 65 or more in {name} comes to {found:.2f} % where the official "
        "figure is {official} %",
        "compare the age bands with the official share in {official_file}",
    ),
    "data.outside_finland": (
        "the point {lon}, {lat} (longitude, latitude) lies outside Finland",
        "give WGS84 degrees: longitude 19 to 32, latitude 59 to 71",
    ),
    "data.swapped_coordinates": (
        "the point {lon}, {lat} lies outside Finland; swapped, it would not",
        "put the longitude (19 to 32) under lon and the latitude (59 to 71) under lat",
    ),
    "data.far_away": (
        "the point lies {kilometres:.0f} km from the middle of {name}",
        "correct the coordinates, or the municipality's code",
    ),
    "data.interval_backwards": (
        "opens at {opens} and closes at {closes}",
        "a staffed interval must close after it opens, on the same day",
    ),
    "data.interval_overlap": (
        "{opens}-{closes} overlaps the interval in row {first} of the same day",
        "join the two intervals, or correct their times",
    ),
    "data.unknown_library": (
        "libraries.csv has no library {value}",
        "add the library, or remove its hours",
    ),
    "data.hours_differ": (
        "the winter intervals of library {library} come to {found:.2f} hours, its week to {week}",
        "correct staffed_hours_week here, or the intervals in library_hours.csv",
    ),
    "data.hours_without_source": (
        'staffed_hours_week is {week} although hours_source says "{source}"',
        'a unit has no staffed hours exactly when hours_source is "none" or "unknown"',
    ),
    "data.missing_figure": ('the figure "{value}" is missing', "add a row for it"),
    "data.not_json": ("the file is not JSON: {reason}", "make the map anew from its source"),
    "data.bad_map": ("the map cannot be drawn: {reason}", "make the map anew from its source"),
    "data.map_lacks": (
        "the map has no area for municipality {value}",
        "make the map anew from its source, with all municipalities",
    ),
    "data.map_has_more": (
        'the map has an area "{value}" that is no municipality',
        "use the three-digit codes as the features' id",
    ),
}


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a data file; `code` and `values` let an interface say it anew.

    `row` counts lines as a text editor does, the header being row 1; None means the whole file.
    """

    file: str
    row: int | None
    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def where(self) -> str:
        """The file, and the row where there is one."""
        return self.file if self.row is None else f"{self.file}, row {self.row}"

    @property
    def what(self) -> str:
        """What is wrong, in English."""
        return SENTENCES[self.code][0].format(**self.values)

    @property
    def mend(self) -> str:
        """How to mend it, in English."""
        return SENTENCES[self.code][1].format(**self.values)

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. To mend it: {self.mend}."


class SnapshotError(PlannerError):
    """The data folder cannot be used; carries the first problem found."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(
            "error.data",
            file=problem.file,
            row=problem.row,
            where=problem.where,
            what=problem.what,
            mend=problem.mend,
        )
        self.problem = problem

    def __str__(self) -> str:
        return str(self.problem)
