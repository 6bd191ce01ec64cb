"""Rows of the assumptions page: numbers as the language writes them, equal neighbours joined."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from planner.assumptions import load_assumptions
from planner.texts import LANGUAGES, Language, catalogue
from planner.ui.assumption_rows import Entry, Table, markup, number, runs, tables
from planner.ui.format import formats

SHIPPED = load_assumptions()


def shown(lang: Language) -> dict[str, Table]:
    """The tables of a language by their code."""
    return {table.code: table for table in tables(SHIPPED, catalogue(lang), formats(lang))}


def entry(lang: Language, group: str, assumption_id: str) -> Entry:
    """The entry of one assumption."""
    label = catalogue(lang)(f"assumption.{assumption_id}.label")
    return next(found for found in shown(lang)[group].entries if found.label == label)


@pytest.mark.parametrize(
    ("value", "unit", "fi", "en"),
    [
        (0.125, "share", "12,5\xa0%", "12.5%"),
        (0.29, "share", "29\xa0%", "29%"),
        (0.0021, "share", "0,21\xa0%", "0.21%"),
        (0, "share", "0\xa0%", "0%"),
        (0.7, "share_per_week", "70\xa0%", "70%"),
        (12.5, "minutes", "12,5", "12.5"),
        (2_800_000, "persons", "2\xa0800\xa0000", "2,800,000"),
        (40.0, "euros_per_hour", "40", "40"),
        (dt.date(2026, 1, 12), "date", "12.1.2026", "12 January 2026"),
    ],
)
def test_numbers(value: float | dt.date, unit: str, fi: str, en: str) -> None:
    assert number(value, unit, formats("fi")) == fi
    assert number(value, unit, formats("en")) == en


def test_runs_of_equal_neighbours() -> None:
    assert runs([]) == []
    assert runs([1, 1, 2, 1]) == [(0, 1), (2, 2), (3, 3)]


def test_no_shown_number_is_rounded() -> None:
    for item in SHIPPED.items.values():
        for value in (*item.low, *item.central, *item.high):
            text = number(value, item.unit, formats("en")).replace(",", "")
            read = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
            assert read == pytest.approx(value, rel=1e-12), item.id


def test_equal_ages_become_one_line() -> None:
    need = entry("fi", "demand", "need")
    assert [line.label for line in need.lines] == [
        "18–54 v.",
        "55–64 v.",
        "65–74 v.",
        "75–84 v.",
        "85+ v.",
    ]
    assert need.lines[0].figures == ("1\xa0%", "3\xa0%", "6\xa0%")
    assert [line.label for line in entry("sv", "adoption", "opt_out").lines][-1] == "75+ år"


def test_equal_months_become_one_line_but_topics_never() -> None:
    season = [line.label for line in entry("fi", "adoption", "season").lines]
    assert season[:2] == ["tammikuu–helmikuu", "maaliskuu"]
    assert len(entry("fi", "topics", "topics_before").lines) == 8


def test_a_number_without_a_range_has_dashes() -> None:
    assert entry("sv", "service", "group_minutes").figures == ("–", "90", "–")
    # Where nothing in a group has a range, one column does.
    assert len(shown("sv")["channels"].figure_heads) == 1
    assert len(shown("sv")["capacity"].figure_heads) == 3


def test_a_goal_is_not_called_measured() -> None:
    texts = catalogue("fi")
    start = shown("fi")["settings"].entries[0]
    assert start.figures == ("12.1.2026",)
    assert start.notes[1] == texts("grade.stated")
    assert entry("fi", "cost", "cost").notes[1] == texts("grade.derived")


def test_waves_say_when_how_long_and_whom() -> None:
    wave = shown("fi")["waves"].entries[0]
    assert wave.figures == ("15.1.2026 (viikko 3)", "8", "0,21–0,6\xa0%")
    assert "85+ v." in wave.why
    assert "35–54 v." in wave.why


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_markup_is_a_table_with_a_row_group_an_entry(lang: Language) -> None:
    for table in shown(lang).values():
        page = markup(table, "A & B")
        columns = 2 + len(table.figure_heads) + len(table.note_heads)
        assert page.count('scope="col"') == columns
        assert page.count("<tbody") == len(table.entries)
        assert 'aria-label="A &amp; B"' in page
        spans = [1 + len(e.lines) for e in table.entries if e.lines]
        assert [int(n) for n in re.findall(r'rowspan="(\d+)"', page)] == [
            span for span in spans for _ in range(len(table.note_heads) + 1)
        ]
