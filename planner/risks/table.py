"""Risks as a tidy frame with codes, for the command line."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from planner.risks.types import Risk

FIGURES = (
    "hours",
    "left",
    "share",
    "weeks",
    "factor",
    "visits",
    "short_before",
    "short_after",
    "coping_before",
    "coping_after",
    "people",
    "areas",
    "km",
    "distance_km",
    "nearer",
)
CODES = ("providers", "languages", "municipalities", "reach", "basis", "villages")
COLUMNS = ("municipality", "kind", "severity", "week", "until", *FIGURES, *CODES)


def frame(code: str, found: Iterable[Risk]) -> pd.DataFrame:
    """A row for each risk: COLUMNS, unrounded, empty where a risk has no such figure.

    week, until: ISO Mondays; several codes are parted by spaces; villages are postal codes.
    See Risk for the units.
    """
    rows = [{"municipality": code, **risk.record()} for risk in found]
    return pd.DataFrame(rows, columns=list(COLUMNS))
