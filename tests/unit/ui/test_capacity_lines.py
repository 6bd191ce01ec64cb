"""Lines of the capacity table: what is read of their cells, and what is said of the others."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from planner import services
from planner.errors import PlannerError
from planner.records import CERTAINTIES, LANGUAGES, PROVIDERS, CapacityRow
from planner.texts import LANGUAGES as PAGE_LANGUAGES
from planner.texts import catalogue
from planner.ui import capacity_words
from planner.ui.capacity_lines import COLUMNS, Line, Read, edited, line_of, read

ROW = CapacityRow("249", "library", "pääkirjasto", 3.1, estimated=True, certainty="likely")
PROJECT = CapacityRow(
    "249",
    "project",
    "",
    20.25,
    dt.date(2026, 1, 19),
    dt.date(2026, 5, 25),
    2,
    languages=("fi", "sv"),
    channels=("walk_in", "remote"),
    contract=True,
)
TEXTS = catalogue("fi")


def filled(**cells: Any) -> Line:
    """The line of ROW with some cells typed over."""
    line = line_of(ROW, "fi", "a")
    return replace(line, cells={**line.cells, **cells})


def of(*lines: Line) -> Read:
    return read(lines, "249")


def codes(found: Read) -> list[tuple[int, str | None, str]]:
    """Line, column and code of each fault."""
    return [(fault.number, fault.column, fault.error.code) for fault in found.faults]


def told(found: Read) -> list[tuple[str, PlannerError]]:
    """Code and error of each fault."""
    return [(fault.error.code, fault.error) for fault in found.faults]


@pytest.mark.parametrize("lang", PAGE_LANGUAGES)
@pytest.mark.parametrize("row", [ROW, PROJECT, replace(ROW, hours=1234.5, people=40)])
def test_a_row_comes_back_from_its_line(row: CapacityRow, lang: Any) -> None:
    found = of(line_of(row, lang))

    assert found.sound == [row]
    assert (found.faults, found.doubts) == ((), ())


def test_cells_say_what_readers_write() -> None:
    finnish, english = line_of(PROJECT, "fi").cells, line_of(PROJECT, "en").cells

    assert (finnish["hours"], english["hours"]) == ("20,25", "20.25")
    assert (finnish["first"], finnish["last"]) == ("19.1.2026", "25.5.2026")
    assert finnish["paid"] == "contract"
    assert line_of(ROW, "fi").cells["people"] == ""


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"hours": "12,5"}, {"hours": 12.5}),
        ({"hours": " 12.5 "}, {"hours": 12.5}),
        ({"first": "21.1.2026"}, {"first": dt.date(2026, 1, 19)}),
        ({"last": "4/2026"}, {"last": dt.date(2026, 1, 19)}),
        ({"people": "3"}, {"people": 3}),
        ({"paid": "volunteer"}, {"paid": False}),
        ({"paid": "contract"}, {"contract": True}),
        ({"certainty": "certain"}, {"certainty": "certain"}),
        ({"languages": ("fi", "se")}, {"languages": ("fi", "se")}),
        ({"place": "  Haapamäki "}, {"place": "Haapamäki"}),
    ],
)
def test_a_cell_typed_over_is_entered(cells: dict[str, Any], expected: dict[str, Any]) -> None:
    (row,) = of(filled(**cells)).sound

    assert row == replace(ROW, estimated=False, **expected)


def test_a_cell_typed_back_is_the_estimate_again() -> None:
    assert of(filled(hours="3.10")).sound == [ROW]


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"hours": "kuusi"}, "hours", "error.services.hours_number"),
        ({"first": "kesä"}, "first", "error.services.not_a_week"),
        ({"people": "1,5"}, "people", "error.services.people_number"),
        ({"hours": "-1"}, None, "error.hours_range"),
        ({"hours": "169"}, None, "error.services.hours_of_one"),
        ({"first": "2.3.2026", "last": "2.2.2026"}, None, "error.services.end_before_start"),
        ({"hours": ""}, "hours", "capacity.missing.hours"),
        ({"languages": ()}, "languages", "capacity.missing.languages"),
        ({"provider": ""}, "provider", "capacity.missing.provider"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_cell(
    cells: dict[str, Any], column: str | None, code: str
) -> None:
    found = of(filled(**cells), line_of(PROJECT, "fi"))

    assert codes(found) == [(1, column, code)]
    assert found.sound == [PROJECT]
    assert found.left_out == [1]


@pytest.mark.parametrize("lang", PAGE_LANGUAGES)
def test_every_fault_has_words_in_every_language(lang: str) -> None:
    texts = catalogue(lang)
    empty = Line({**dict.fromkeys(COLUMNS, ""), "languages": (), "channels": (), "place": "x"})
    bad = filled(hours="kuusi", first="kesä", last="x", people="y")

    told = [capacity_words.fault(fault, texts) for fault in of(empty, bad).faults]

    assert len(told) == 9
    assert texts("error.unexpected") not in " ".join(told)
    assert texts("capacity.line", number=1) in told[0]


def test_the_same_hours_twice_are_told_of_the_later_line() -> None:
    found = of(line_of(PROJECT, "fi"), Line(line_of(PROJECT, "fi").cells))

    assert codes(found) == [(2, None, "error.services.overlap")]
    assert found.faults[0].error.values == {"other": 1}


def test_a_line_that_says_nothing_is_passed_over() -> None:
    blank = edited([], {"added_rows": [{"paid": "Palkattu", "certainty": "Varma"}]})

    found = read([*blank, line_of(ROW, "fi")], "249")

    assert found.sound == [ROW]
    assert found.estimated == [2]


def test_doubts_don_t_keep_a_row_out() -> None:
    found = of(filled(hours="50", people="1"))

    assert [doubt.error.code for doubt in found.doubts] == ["services.doubt.long_week"]
    assert len(found.rows) == 1


def test_edits_of_the_table_are_cells_taken_over_added_and_taken_out() -> None:
    base = (line_of(ROW, "fi", "a"), line_of(PROJECT, "fi", "b"))
    state = {
        "edited_rows": {0: {"hours": "9", "people": None, "languages": ["suomi", "ruotsi"]}},
        "deleted_rows": [1],
        "added_rows": [{"provider": "Pankki", "hours": "1", "origin": "Uusi"}],
    }

    first, new = edited(base, state)

    assert (first.key, first.row, first.cells["hours"]) == ("a", ROW, "9")
    assert first.cells["languages"] == ("fi", "sv")
    assert (new.key, new.row, new.cells["provider"]) == (None, None, "bank")
    assert set(new.cells) == set(COLUMNS)


def test_a_word_that_nobody_knows_stays_and_is_told() -> None:
    state = {"edited_rows": {0: {"provider": "Torikahvila", "languages": ["klingon", "suomi"]}}}

    found = read(edited((line_of(ROW, "fi"),), state), "249")

    assert [(code, fault.values["value"]) for code, fault in told(found)] == [
        ("error.services.provider", "Torikahvila"),
        ("error.services.language", "klingon"),
    ]


@pytest.mark.parametrize("lang", PAGE_LANGUAGES)
def test_the_words_to_choose_from_are_understood_in_files_too(lang: str) -> None:
    texts = catalogue(lang)
    for column, known in (
        ("provider", PROVIDERS),
        ("paid", services.PAID),
        ("certainty", CERTAINTIES),
        ("origin", ("estimated", "entered")),
    ):
        words = [texts(f"capacity.{column}.{code}") for code in known]
        assert [services.code_of(column, word) for word in words] == list(known)
    for column, known in (("language", LANGUAGES), ("channel", services.ROW_CHANNELS)):
        words = [texts(f"capacity.{column}.{code}") for code in known]
        found = [services.codes_of(f"{column}s", word) for word in words]
        assert found == [(code,) for code in known]


def test_the_service_of_today_in_a_sentence() -> None:
    volunteers = CapacityRow("249", "association", "", 2.0, people=3, paid=False)
    rows = [PROJECT, volunteers, replace(volunteers, last=dt.date(2026, 1, 5), hours=7.0)]

    said = capacity_words.support(rows, dt.date(2026, 2, 4), TEXTS)

    assert said == (
        "Digitukea annetaan nyt 22,25 tuntia viikossa, antajia on 5 henkilöä: hanke, järjestö."
    )
    unknown = capacity_words.support([replace(ROW, people=None)], dt.date(2026, 2, 4), TEXTS)
    assert unknown == "Digitukea annetaan nyt 3,1 tuntia viikossa: kirjasto."
    ended = capacity_words.support([PROJECT], dt.date(2027, 2, 4), TEXTS)
    assert ended == TEXTS("capacity.support.none")
