"""The assumptions and the waves of letters as tidy frames with codes, as exports need them."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from planner.assumptions import ROWS, TOPICS, Assumptions
from planner.snapshot import AGE_BANDS

COLUMNS = ("id", "row", "low", "central", "high", "unit", "grade", "sources")

_CODES = {
    "": ("",),
    "age": AGE_BANDS,
    "month": tuple(str(month) for month in range(1, ROWS["month"] + 1)),
    "topic": TOPICS,
}


def row_codes(rows: str) -> tuple[str, ...]:
    """Codes of an assumption's rows: age bands, months 1–12, topics, or "" for a single number."""
    return _CODES[rows]


def assumption_frame(assumptions: Assumptions) -> pd.DataFrame:
    """A row per number: COLUMNS, with low, central and high as float64 in the row's unit.

    The scenario's numbers come first, each with low = central = high; its start is a date and has
    no row. Several sources are parted by semicolons.
    """
    found: list[tuple[object, ...]] = []
    for setting in assumptions.settings.values():
        if isinstance(setting.value, dt.date):
            continue
        value = float(setting.value)
        tail = (setting.unit, setting.grade, ";".join(setting.sources))
        found.append((setting.id, "", value, value, value, *tail))
    for item in assumptions.items.values():
        tail = (item.unit, item.grade, ";".join(item.sources))
        numbers = zip(row_codes(item.rows), item.low, item.central, item.high, strict=True)
        found += [(item.id, *row, *tail) for row in numbers]
    return pd.DataFrame(found, columns=list(COLUMNS))


def wave_frame(assumptions: Assumptions) -> pd.DataFrame:
    """A row per wave and age band: id, date (ISO), weeks, row, share, grade, source.

    share: share of the band's users who need help because of the wave, float64.
    """
    columns = ["id", "date", "weeks", "row", "share", "grade", "source"]
    found = [
        (
            wave.id,
            wave.date.isoformat(),
            wave.weeks,
            band,
            wave.share * weight,
            wave.grade,
            wave.source,
        )
        for wave in assumptions.waves
        for band, weight in zip(AGE_BANDS, wave.weights, strict=True)
    ]
    return pd.DataFrame(found, columns=columns)
