"""What missing hours mean in staff: hours to hire, person-years, euros."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.assumptions import Parameters

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Staffing:
    """What it takes to work some missing hours, float64 [draw] each.

    worked: the missing hours themselves; contract: hours of contract to hire for them, leave and
    training included; person_years: years of a full-time employee; euros: what the hours cost.
    """

    worked: Floats
    contract: Floats
    person_years: Floats
    euros: Floats

    def items(self) -> Mapping[str, Floats]:
        """The four figures by name."""
        return dict(vars(self))


def staffing(missing: Floats, p: Parameters) -> Staffing:
    """The Staffing of missing hours [draw], with the draws' own shrinkage, year and price.

    The hours of a full-time year (`fte_hours`) and the price of an hour (`cost`) are those of hours
    worked: leave and training are in both already, so shrinkage counts in `contract` alone.
    """
    worked = np.asarray(missing, dtype=np.float64)
    return Staffing(
        worked=worked,
        contract=worked / (1 - p["shrinkage"][:, 0]),
        person_years=worked / p["fte_hours"][:, 0],
        euros=worked * p["cost"][:, 0],
    )
