"""Allocations and hubs as tidy frames with codes. Rounding is stated with every frame."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from planner.national.allocation import Allocation
from planner.national.hubs import HubPlan

ALLOCATED = ("area_code", "week", "extra_hours", "short_hours_before", "short_hours_after")
HUBBED = ("area_code", "hub_code", "minutes", "share_served")


def allocation_frame(found: Allocation) -> pd.DataFrame:
    """ALLOCATED, a row for each municipality and week (a Monday).

    extra_hours in hundredths of an hour, a week's sum is the plan's; the hours short are means over
    the draws, in thousandths.
    """
    weeks = [day.isoformat() for day in found.mondays]
    return pd.DataFrame(
        {
            "area_code": np.repeat(found.codes, len(weeks)),
            "week": np.tile(weeks, len(found.codes)),
            "extra_hours": found.hours.ravel().round(2),
            "short_hours_before": found.before.ravel().round(3),
            "short_hours_after": found.after.ravel().round(3),
        }
    )


def comparison_frame(found: Mapping[str, Allocation]) -> pd.DataFrame:
    """A row for each rule: rule, hours (in all), helped (persons), worst (hours short per 1,000
    adults), uneven (0–1); how far it falls behind the best of the rules in each (helped_lost,
    worst_added, uneven_added); last_helped, last_worst, municipalities that get hours, reason.
    """
    rows = [
        {
            "rule": plan.rule,
            "hours": float(plan.hours.sum()),
            "helped": plan.helped,
            "worst": plan.worst,
            "worst_code": plan.worst_code,
            "uneven": plan.uneven,
            "last_helped": plan.last_helped,
            "last_worst": plan.last_worst,
            "municipalities": int((plan.hours.sum(axis=1) > 0).sum()),
            "reason": plan.reason,
        }
        for plan in found.values()
    ]
    frame = pd.DataFrame(rows)
    frame["helped_lost"] = frame["helped"].max() - frame["helped"]
    frame["worst_added"] = frame["worst"] - frame["worst"].min()
    frame["uneven_added"] = frame["uneven"] - frame["uneven"].min()
    return frame


def place_frame(found: Allocation) -> pd.DataFrame:
    """A row for each municipality, all weeks: area_code, extra_hours, short_hours_before, _after,
    chosen, used (see Allocation).
    """
    return pd.DataFrame(
        {
            "area_code": found.codes,
            "extra_hours": found.hours.sum(axis=1).round(2),
            "short_hours_before": found.before.sum(axis=1).round(3),
            "short_hours_after": found.after.sum(axis=1).round(3),
            "chosen": found.chosen.round(3),
            "used": found.used.round(3),
        }
    )


def hub_frame(found: HubPlan) -> pd.DataFrame:
    """HUBBED, a row for each municipality; hub_code and minutes are empty where no hub is near.

    minutes: whole minutes, estimates unless a table was given; share_served: in thousandths.
    """
    reached = found.hub >= 0
    codes = np.array([*found.codes, ""])[found.hub]
    return pd.DataFrame(
        {
            "area_code": found.codes,
            "hub_code": np.where(reached, codes, ""),
            "minutes": pd.array(np.round(found.minutes), dtype="Float64").astype("Int64"),
            "share_served": found.served.round(3),
        }
    )
