"""The waves of letters: a sound table is read, and every fault is told with its row and column."""

from __future__ import annotations

import datetime as dt

import pytest

from planner.assumptions import DATA, load_assumptions
from planner.waves import COLUMNS, WAVES_FILE, read_waves

TEXT = (DATA / WAVES_FILE).read_text(encoding="utf-8")
HEADER, FIRST, *_ = TEXT.splitlines()
KELA = "kela_letters_2026,2026-01-15,8,"


def told(text: str) -> list[str]:
    """What is said of a text, one line a problem; each says how to mend it."""
    _, problems = read_waves(text, load_assumptions().sources)
    assert all("git checkout data" in problem.mend for problem in problems)
    return [f"{problem.where}: {problem.what} / {problem.mend}" for problem in problems]


def changed(old: str, new: str) -> str:
    """The shipped table with the first occurrence of a text replaced."""
    assert old in TEXT
    return TEXT.replace(old, new, 1)


def test_the_shipped_waves_are_read() -> None:
    waves, problems = read_waves(TEXT, load_assumptions().sources)
    assert problems == []
    assert len(waves) == len(TEXT.splitlines()) - 1
    assert (waves[0].id, waves[0].date, waves[0].weeks) == (
        "kela_letters_2026",
        dt.date(2026, 1, 15),
        8,
    )
    assert waves[0].weights == (1.0, 0.8, 0.7, 0.7, 0.9, 1.3, 1.8, 2.0)
    assert waves[0].name("sv") == "FPA:s papperslösa brev"


def test_columns_may_stand_in_any_order() -> None:
    turned = "\n".join(",".join(reversed(line.split(","))) for line in (HEADER, FIRST))
    assert read_waves(turned) == read_waves(f"{HEADER}\n{FIRST}\n")


@pytest.mark.parametrize(
    ("old", "new", "row", "said"),
    [
        (KELA, "kela_letters_2026,15.1.2026,8,", 2, '"date" is "15.1.2026"'),
        (KELA, "kela_letters_2026,20260115,8,", 2, '"date" is "20260115"'),
        (KELA, "kela_letters_2026,0001-01-15,8,", 2, '"date" is "0001-01-15"'),
        (KELA, "kela_letters_2026,0001-01-15,8,", 2, "from 2020-01-01 to 2040-12-31"),
        (KELA, "kela_letters_2026,2026-01-15,0,", 2, '"weeks" is 0, outside 1 to 104'),
        (KELA, "kela_letters_2026,2026-01-15,1.5,", 2, '"weeks" is 1.5, not a whole number'),
        ("2026-03-02,10,", "2026-03-02,ten,", 4, '"weeks" is "ten"'),
        ("2026-03-02,10,", "2026-03-02,ten,", 4, "a whole number from 1 to 104"),
        ("returns 2026,0.006", "returns 2026,1.006", 4, '"share" is 1.006, outside 0 to 1'),
        ("returns 2026,0.006", "returns 2026,nan", 4, '"share" is "nan"'),
        ("returns 2026,0.006", "returns 2026,nan", 4, "a number from 0 to 1"),
        ("0.001,0.8,", "0.001,-0.8,", 12, '"weight_18_24" is -0.8, outside 0 to 1000'),
        ("2.0,E,kela_2025", "2.0,B,kela_2025", 2, '"grade" is "B"'),
        ("2.0,E,kela_2025", "2.0,E,hearsay", 2, '"source" is "hearsay"'),
        ("2.0,E,kela_2025", "2.0,E,", 2, '"source" is empty'),
        (",Kela's paperless letters", ",", 2, '"name_en" is empty'),
        (KELA, "Kela letters,2026-01-15,8,", 2, '"id" is "Kela letters"'),
        (",1.8,2.0,E,kela_2025", "", 2, "cut short: it has 13 cells where the header has 17"),
        ("E,kela_2025", "E,kela_2025,more", 2, "too long: it has 18 cells"),
        ("tax_returns_2026,", "tax_returns_2025,", 4, "stands in row 3 already"),
        (KELA, '"' + KELA, 2, "every double quote"),
    ],
)
def test_a_broken_row_is_told(old: str, new: str, row: int, said: str) -> None:
    (line,) = told(changed(old, new))
    assert line.startswith(f"waves.csv, row {row}: ")
    assert said in line


def test_all_that_is_wrong_is_told() -> None:
    text = changed(KELA, "kela_letters_2026,soon,0,").replace("returns 2026,0.006", "returns,7")
    assert [line.partition(": ")[2].split()[0] for line in told(text)] == [
        '"date"',
        '"weeks"',
        '"share"',
    ]


@pytest.mark.parametrize("column", COLUMNS)
def test_a_missing_column_is_named(column: str) -> None:
    lines = told(changed(column, "something"))
    assert f'the column "{column}" is missing' in lines[0]
    assert 'the column "something" is not known' in lines[1]


@pytest.mark.parametrize(("mark", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_another_mark_between_columns_is_told(mark: str, name: str) -> None:
    (line,) = told(TEXT.replace(",", mark))
    assert f"the columns are parted by {name} and must be parted by commas" in line


def test_a_header_without_rows_is_told() -> None:
    (line,) = told(HEADER + "\n\n")
    assert "a header and no rows" in line


def test_any_source_will_do_where_none_is_known() -> None:
    assert read_waves(changed("kela_2025", "hearsay"))[1] == []
