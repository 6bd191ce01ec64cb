"""The assumptions as frames: every number once, with codes, through CSV and back."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pytest

from planner.assumption_tables import COLUMNS, assumption_frame, row_codes, wave_frame
from planner.assumptions import ROWS, load_assumptions
from planner.snapshot import AGE_BANDS
from planner.tables import as_csv

SHIPPED = load_assumptions()
FRAME = assumption_frame(SHIPPED)


def test_codes_fit_the_rows() -> None:
    assert {rows: len(row_codes(rows)) for rows in ROWS} == ROWS
    assert row_codes("month")[0] == "1"
    assert row_codes("age")[-1] == "85+"


def test_every_number_stands_once() -> None:
    assert tuple(FRAME.columns) == COLUMNS
    assert not FRAME.duplicated(["id", "row"]).any()
    # The start is a date and has no row.
    expected = sum(ROWS[item.rows] for item in SHIPPED.items.values()) + len(SHIPPED.settings) - 1
    assert len(FRAME) == expected
    assert FRAME[["low", "central", "high"]].dtypes.eq(np.float64).all()


def test_the_settings_come_first_and_have_no_range() -> None:
    first = FRAME.head(len(SHIPPED.settings) - 1)
    assert list(first["id"]) == ["target_days", "existing", "new_users", "press_estimate"]
    assert (first["low"] == first["high"]).all()
    assert first["central"].tolist() == [353, 1_500_000, 2_800_000, 2_000_000]


def test_a_row_says_what_the_file_says() -> None:
    oldest = FRAME[(FRAME["id"] == "need") & (FRAME["row"] == "85+")]
    assert oldest.to_numpy().tolist() == [
        ["need", "85+", 0.12, 0.25, 0.45, "share", "A", "denmark_2014;thl_2021"]
    ]


def test_the_numbers_survive_csv() -> None:
    back = pd.read_csv(io.StringIO(as_csv(FRAME)), dtype={"row": str}, keep_default_na=False)
    for name in COLUMNS:
        assert back[name].tolist() == FRAME[name].tolist()


def test_waves_by_age() -> None:
    frame = wave_frame(SHIPPED)
    assert len(frame) == len(SHIPPED.waves) * len(AGE_BANDS)
    wave = SHIPPED.waves[0]
    own = frame[frame["id"] == wave.id]
    assert own["row"].tolist() == list(AGE_BANDS)
    assert own["share"].tolist() == pytest.approx([wave.share * w for w in wave.weights])
    assert set(own["date"]) == {"2026-01-15"}
