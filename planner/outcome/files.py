"""What can be taken away: the forecast that has learned, and how good updates would have been."""

from __future__ import annotations

import datetime as dt
import functools

import numpy as np
import pandas as pd

from planner import learned, tables
from planner.engine import PAGE_DRAWS, Engine
from planner.outcome.types import Outcome
from planner.records import UserCount, Visit
from planner.scenario import Scenario

CACHED = 8


def after_csv(engine: Engine, scenario: Scenario, today: dt.date, found: Outcome, lang: str) -> str:
    """The forecast that has learned, as CSV: municipalities by week, with quantiles."""
    return tables.as_csv(
        learned.after_frame(engine, scenario, today, found.lesson, "municipality", lang)
    )


@functools.lru_cache(maxsize=CACHED)
def backtest(
    engine: Engine,
    scenario: Scenario,
    today: dt.date,
    visits: tuple[Visit, ...],
    users: tuple[UserCount, ...],
    as_of: dt.date,
    draws: int = PAGE_DRAWS,
) -> pd.DataFrame:
    """planner.learned.backtest, kept; not to be changed by whoever gets it."""
    return learned.backtest(engine, scenario, today, visits, users, as_of, draws)


def pooled(backtest: pd.DataFrame) -> pd.DataFrame:
    """A backtest over all origins and horizons, a row per method: wape, pinball, coverage, n.

    wape: Σ|logged − forecast| over Σ logged; pinball and coverage: means over the counts compared.
    """
    rows = []
    for method, group in backtest.groupby("method", sort=False):
        contacts, number = group["contacts"].sum(), group["n"].sum()
        errors = (group["wape"].fillna(0.0) * group["contacts"]).sum()
        row = {"method": method, "wape": errors / contacts if contacts > 0 else np.nan}
        for name in ("pinball", "coverage"):
            row[name] = (group[name] * group["n"]).sum() / number
        rows.append({**row, "n": int(number)})
    columns = ["method", "wape", "pinball", "coverage", "n"]
    return pd.DataFrame(rows, columns=columns).set_index("method")
