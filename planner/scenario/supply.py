"""What has been entered of a municipality's service, as the model needs it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Shift:
    """Hours of support a week between two Mondays, None where open.

    contract: hours of employment, from which leave, training and learning time are still to be
    taken; certainty: code of records.CERTAINTIES.
    """

    hours: float
    first: dt.date | None = None
    last: dt.date | None = None
    contract: bool = False
    certainty: str = "certain"


@dataclass(frozen=True)
class Supply:
    """A municipality's shifts, and the service it had before the rollout.

    before, before_contract: hours a week in the week before the start, as entered at first; later
    changes of the shifts don't move them, so that more capacity never makes a larger baseline.
    """

    shifts: tuple[Shift, ...]
    before: float = 0.0
    before_contract: float = 0.0
