"""Results as tidy frames with codes: shared by pages, exports and the command line.

Sums over areas are sums of the municipalities' figures, draw by draw.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from planner.engine import AREA_LEVELS
from planner.errors import PlannerError
from planner.model.ensemble import QUANTILES, Ensemble, quantiles
from planner.model.forecast import Forecast
from planner.model.gap import VERDICTS
from planner.model.worlds import PlaceDraws
from planner.snapshot import Snapshot

Floats = NDArray[np.float64]

LEVELS = ("municipality", *AREA_LEVELS)
QUANTILE_COLUMNS = {
    "new_users": (10, 50, 90),
    "contacts": (10, 50, 90),
    "hours": (10, 50, 90),
    "short_hours": (50, 80),
}
TOTALS = ("contacts", "hours", "short_hours")  # sums over a view that come with P10, P50 and P90
SHARES = (0.1, 0.5, 0.9)
MEASURES = (
    "new_users",
    "contacts",
    "hours",
    "capacity_hours",
    "short_hours",
    "backlog_contacts",
)


def measures(result: Forecast, draw: int = 0) -> dict[str, Floats]:
    """The six measures of one draw: name → float64 [municipality, week]."""
    return {
        "new_users": result.new_users[draw],
        "contacts": result.contacts[draw],
        "hours": result.hours[draw],
        "capacity_hours": result.capacity.hours[draw],
        "short_hours": result.short_hours[draw],
        "backlog_contacts": result.backlog_contacts[draw],
    }


def check_level(level: str) -> None:
    """Raise PlannerError where there are no areas of that level."""
    if level not in LEVELS:
        raise PlannerError("error.unknown_level", value=level, known=", ".join(LEVELS))


def area_names(snapshot: Snapshot, level: str, lang: str) -> list[tuple[str, str]]:
    """Code and name of every area of a level, in the order of `by_area`."""
    check_level(level)
    if level == "municipality":
        return [(place.code, place.name(lang)) for place in snapshot.municipalities]
    return [(area.code, area.name(lang)) for area in snapshot.groups[level].areas]


def by_area(snapshot: Snapshot, level: str, values: Floats, axis: int = 0) -> Floats:
    """`values` summed from municipalities (along `axis`) to the areas of a level."""
    check_level(level)
    if level == "municipality":
        return values
    return snapshot.groups[level].sum(values, axis)


def weekly(
    snapshot: Snapshot,
    result: Forecast,
    level: str,
    lang: str,
    places: Sequence[int] | None = None,
    since: dt.date | None = None,
    drawn: Ensemble | PlaceDraws | None = None,
) -> pd.DataFrame:
    """A row per area and week: area_code, area_name, week (Monday, ISO date) and MEASURES.

    places: indices of the only municipalities wanted (level municipality); since: first week;
    drawn: draws whose QUANTILE_COLUMNS and p_copes (NaN above municipalities) are added; one
    municipality's own where it alone is wanted.
    """
    names = area_names(snapshot, level, lang)
    chosen = list(range(len(names)) if places is None or level != "municipality" else places)
    weeks = result.span.view(since)
    mondays = [day.isoformat() for day in result.span.mondays()[weeks]]
    frame = {
        "area_code": np.repeat([names[i][0] for i in chosen], len(mondays)),
        "area_name": np.repeat([names[i][1] for i in chosen], len(mondays)),
        "week": np.tile(mondays, len(chosen)),
    }
    for name, values in measures(result).items():
        frame[name] = by_area(snapshot, level, values)[chosen][:, weeks].ravel()
    if drawn is not None:
        frame |= _drawn_columns(drawn, level, chosen, weeks)
    return pd.DataFrame(frame)


def _drawn_columns(
    drawn: Ensemble | PlaceDraws, level: str, chosen: Sequence[int], weeks: slice
) -> dict[str, Floats]:
    """QUANTILE_COLUMNS and p_copes of the areas chosen, a value per area and week."""
    if isinstance(drawn, PlaceDraws):
        found = {name: quantiles(getattr(drawn, name))[:, None] for name in QUANTILE_COLUMNS}
        copes = drawn.copes.mean(axis=0)[None]
        rows: Sequence[int] = [0]
    else:
        found = dict(drawn.places if level == "municipality" else drawn.areas[level])
        unknown = np.full_like(found["hours"][0], np.nan)
        copes = drawn.p_copes if level == "municipality" else unknown
        rows = chosen
    columns = {
        f"{name}_p{percent}": found[name][QUANTILES.index(percent / 100)]
        for name, percents in QUANTILE_COLUMNS.items()
        for percent in percents
    }
    columns["p_copes"] = copes
    return {
        name: table[rows][:, weeks].astype(np.float64).ravel() for name, table in columns.items()
    }


def summaries(
    snapshot: Snapshot,
    result: Forecast,
    level: str,
    view: slice,
    drawn: Ensemble | None = None,
    verdicts: NDArray[np.intp] | None = None,
) -> pd.DataFrame:
    """A row per area over the weeks of `view`: code, sums, rates per 1,000 adults, verdicts.

    Columns: code, adults, new_users (by the end of the target week), contacts, hours, short_hours,
    share_of_staffed (rollout hours over staffed library hours, NaN where there are none),
    contacts_per_1000, short_per_1000, and the number of municipalities by verdict (ready, tight,
    short).
    drawn: draws, whose totals are of the same view; they add TOTALS with _p10, _p50 and _p90, and
    shares and rates are those of the P50. verdicts: of each municipality, the central path's
    unless given.
    """
    adults = by_area(snapshot, level, snapshot.people.sum(axis=1))
    sums = {name: values[:, view].sum(axis=1) for name, values in measures(result).items()}
    # as the headline says: by the target date, whatever the view
    sums["new_users"] = result.new_users[0, :, : result.span.target_index + 1].sum(axis=1)
    columns = {name: by_area(snapshot, level, sums[name]) for name in ("new_users", *TOTALS)}
    if drawn is not None:
        columns |= _total_quantiles(snapshot, level, drawn)
    said = "_p50" if drawn is not None else ""
    contacts, hours, short = (columns[f"{name}{said}"] for name in TOTALS)
    staffed = by_area(snapshot, level, result.staffed[:, view].sum(axis=1))
    known = np.where(staffed > 0, staffed, 1.0)
    columns["share_of_staffed"] = np.where(staffed > 0, hours / known, np.nan)
    columns["contacts_per_1000"] = 1000 * contacts / adults
    columns["short_per_1000"] = 1000 * short / adults
    found = result.verdicts(view) if verdicts is None else verdicts
    counts = {
        name: by_area(snapshot, level, (found == index).astype(np.float64)).astype(int)
        for index, name in enumerate(VERDICTS)
    }
    codes = [code for code, _ in area_names(snapshot, level, "fi")]
    return pd.DataFrame({"code": codes, "adults": adults, **columns, **counts})


def _total_quantiles(snapshot: Snapshot, level: str, drawn: Ensemble) -> dict[str, Floats]:
    """P10, P50 and P90 of the areas' TOTALS: those of summed draws."""
    columns: dict[str, Floats] = {}
    for name in TOTALS:
        total = by_area(snapshot, level, drawn.totals[name].astype(np.float64), axis=1)
        for percent, values in zip((10, 50, 90), np.quantile(total, SHARES, axis=0), strict=True):
            columns[f"{name}_p{percent}"] = values
    return columns


def as_csv(frame: pd.DataFrame) -> str:
    """A frame as CSV text: points as decimal marks, 12 significant digits."""
    return str(frame.to_csv(index=False, float_format="%.12g", lineterminator="\n"))
