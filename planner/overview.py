"""The country's answer: headline figures, the scale check, and rows for map and tables."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from planner import tables
from planner.answer import TargetCheck, target_check
from planner.engine import Engine
from planner.model.gap import READY, SHORT, TIGHT, VERDICTS
from planner.model.weeks import Horizon
from planner.scenario import Scenario

Floats = NDArray[np.float64]

MEASURES = ("verdict", "short_per_1000", "contacts_per_1000", "new_users", "share_of_staffed")
CLASSES = 5


@dataclass(frozen=True)
class ScaleCheck:
    """The result beside national totals: a result far off these would be a mistake.

    contacts, hours: over the whole horizon; person_years: hours over hours of a full-time year;
    library_person_years: paid ones in public libraries; association_sessions: individual guidance
    sessions of associations in 2023.
    """

    contacts: float
    hours: float
    person_years: float
    library_person_years: float
    association_sessions: float


@dataclass(frozen=True, eq=False)
class Overview:
    """The country over the weeks of a view; municipalities: a row each (tables.summaries)."""

    scenario: Scenario
    span: Horizon
    view: slice
    today: dt.date
    seen_from: dt.date | None
    municipalities: pd.DataFrame
    verdicts: tuple[str, ...]
    ready: int
    tight: int
    short: int
    new_by_target: float
    contacts: float
    hours: float
    short_hours: float
    person_years: float
    peak_contacts: float
    peak: dt.date
    scale: ScaleCheck
    target: TargetCheck


def overview(
    engine: Engine, scenario: Scenario, today: dt.date, seen_from: dt.date | None = None
) -> Overview:
    """The Overview of a scenario; PlannerError where it doesn't hold."""
    result = engine.forecast(scenario, today, seen_from)
    view = result.span.view(seen_from)
    frame = tables.summaries(engine.snapshot, result, "municipality", view)
    verdicts = result.verdicts(view)
    counts = np.bincount(verdicts, minlength=len(VERDICTS))
    weekly = result.contacts[0].sum(axis=0)
    peak = int(np.argmax(weekly[view])) + int(view.start)
    national = engine.snapshot.national
    hours = float(result.hours[0].sum())
    everywhere = np.arange(len(engine.snapshot.codes), dtype=np.intp)
    year = float(engine.parameters(scenario)["fte_hours"][0, 0])
    return Overview(
        scenario=scenario,
        span=result.span,
        view=view,
        today=today,
        seen_from=seen_from,
        municipalities=frame,
        verdicts=tuple(VERDICTS[index] for index in verdicts),
        ready=int(counts[READY]),
        tight=int(counts[TIGHT]),
        short=int(counts[SHORT]),
        new_by_target=float(result.new_users[0, :, : result.span.target_index + 1].sum()),
        contacts=float(frame["contacts"].sum()),
        hours=float(frame["hours"].sum()),
        short_hours=float(frame["short_hours"].sum()),
        person_years=float(frame["hours"].sum()) / year,
        peak_contacts=float(weekly[peak]),
        peak=result.span.day(peak),
        scale=ScaleCheck(
            contacts=float(weekly.sum()),
            hours=hours,
            person_years=hours / year,
            library_person_years=national["library_person_years"],
            association_sessions=national["association_sessions_2023"],
        ),
        target=target_check(engine, scenario, result, everywhere),
    )


def class_limits(values: Floats) -> Floats:
    """Upper limits of all classes but the last, about as many places in each: [class − 1].

    Quintiles rounded to two significant digits, so that a legend can be read aloud; equal limits
    fall together.
    """
    known = values[np.isfinite(values)]
    limits = np.quantile(known, np.arange(1, CLASSES) / CLASSES) if known.size else np.zeros(0)
    size = np.where(limits > 0, limits, 1.0)
    step = 10.0 ** (np.floor(np.log10(size)) - 1)
    return np.unique(np.round(limits / step) * step)


def classes(values: Floats, limits: Floats) -> NDArray[np.intp]:
    """Class of each value, −1 where it is unknown: intp."""
    found = np.searchsorted(limits, np.nan_to_num(values), side="right")
    return np.where(np.isfinite(values), found, -1).astype(np.intp)
