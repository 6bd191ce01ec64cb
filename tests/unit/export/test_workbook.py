"""Tables as a workbook: what goes in comes out, and the same bytes every time."""

from __future__ import annotations

import datetime as dt
import io

import numpy as np
import pytest
from openpyxl import load_workbook

from planner.export.workbook import Sheet, cell, workbook

SHEETS = [
    Sheet("One", ["name", "day", "hours"], [["a", dt.date(2026, 1, 12), 1.5], ["b", None, 2.0]]),
    Sheet("Two", ["share"], []),
]


def test_numbers_days_and_gaps() -> None:
    book = load_workbook(io.BytesIO(workbook(SHEETS)))

    assert book.sheetnames == ["One", "Two"]
    rows = [[each.value for each in row] for row in book["One"].iter_rows()]
    assert rows[0] == ["name", "day", "hours"]
    assert rows[1][1].date() == dt.date(2026, 1, 12)
    assert rows[2] == ["b", None, 2]
    assert book["One"]["B2"].number_format == "d.m.yyyy"
    assert book["One"].freeze_panes == "B2"


def test_the_same_tables_are_the_same_bytes() -> None:
    assert workbook(SHEETS) == workbook(SHEETS)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.float64(1 / 3), 0.333333333333),
        (np.float32(0.5), 0.5),
        (float("nan"), None),
        (np.int64(3), 3),
        (3.0, 3),
        (None, None),
        ("text", "text"),
    ],
)
def test_cells(value: object, expected: object) -> None:
    assert cell(value) == expected
