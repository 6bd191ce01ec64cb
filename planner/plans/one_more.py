"""What one more weekly session buys: hours short and weeks that cope, with it and without."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.model.gap import ROUNDING
from planner.plans.suggestion import SESSION_HOURS, Reals, Service, share_coping

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Gain:
    """Hours short over a view, [draw], and share of draws that cope, [week], float64 each."""

    short_before: Floats
    short_after: Floats
    copes_before: Floats
    copes_after: Floats


def one_more(service: Service, needed: Reals, view: slice, hours: float = SESSION_HOURS) -> Gain:
    """The Gain of `hours` more client hours in every week of the view.

    needed: all hours needed, [draw, week].
    """
    weeks, computed = service.weeks, service.capacity.shape[-1]
    extra = np.zeros(computed)
    extra[view.start :] = hours
    missing = np.asarray(needed - service.capacity[:, :weeks], dtype=np.float64)

    def short(added: Floats) -> Floats:
        left = missing - added[:weeks]
        return np.asarray(np.where(left > ROUNDING, left, 0.0)[:, view].sum(axis=1))

    none = np.zeros(computed)
    return Gain(
        short(none),
        short(extra),
        share_coping(service, none)[view],
        share_coping(service, extra)[view],
    )
