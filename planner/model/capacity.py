"""What today's service carries: hours of support by week, estimated or entered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.assumptions import Parameters
from planner.model.weeks import Horizon

Floats = NDArray[np.float64]

NOBODY: NDArray[np.intp] = np.zeros(0, dtype=np.intp)
NO_HOURS: Floats = np.zeros(0)


@dataclass(frozen=True)
class Capacity:
    """Hours a week, all float64 [draw, municipality, week] (one municipality axis for all).

    hours: support that can be given; baseline: support given before the rollout, which goes on;
    absorbable: staffed library hours that could be turned to support for some weeks.
    """

    hours: Floats
    baseline: Floats
    absorbable: Floats

    def cut(self, weeks: int) -> Capacity:
        """The first `weeks` weeks."""
        return Capacity(
            self.hours[..., :weeks], self.baseline[..., :weeks], self.absorbable[..., :weeks]
        )


def estimated_hours(
    p: Parameters, winter: Floats, summer: Floats, places: Floats, in_summer: NDArray[np.bool_]
) -> Floats:
    """Hours of support estimated from what is known: float64 [draw, municipality, week].

    A share `desk_share` of the libraries' staffed hours in the week's season (net already, no
    shrinkage), and `association_hours` for every place where associations guide.
    winter, summer: staffed library hours a week [municipality]; in_summer: [week].
    """
    staffed = np.where(in_summer[None, :], summer[:, None], winter[:, None])
    return np.asarray(
        p["desk_share"][:, :, None] * staffed
        + p["association_hours"][:, :, None] * places[None, :, None]
    )


def capacity(
    p: Parameters,
    span: Horizon,
    estimated: Floats,
    staffed: Floats,
    answered: NDArray[np.intp],
    answered_hours: Floats,
    answered_last: NDArray[np.intp],
    tallied: NDArray[np.intp] = NOBODY,
    tallied_hours: Floats = NO_HOURS,
    weeks: NDArray[np.intp] | None = None,
) -> Capacity:
    """Capacity, baseline and absorbable hours; see Capacity.

    estimated: [draw, municipality, week]; staffed: library hours [municipality, week]; answered:
    indices of the municipalities that answered the three questions, their hours a week and the
    index of the last week that is funded; tallied: those that counted a week, and the hours of
    support they gave in it; weeks: indices of the only weeks wanted, which the arrays follow.

    Baseline = use × the service of the week before the start, kept through the seasons: an
    estimated service follows the libraries' winter and summer hours, so that a summer timetable
    alone never counts as a shortage. An answer is use × the hours given, whatever becomes of its
    funding: the people stay. A tally week's hours are taken as they are; having been given, they
    show that at least so many can be, whatever the estimate says. Before the start nobody is served
    beyond what there is.
    """
    hours = np.broadcast_to(estimated, (estimated.shape[0], *staffed.shape)).copy()
    baseline = p["use"][:, :, None] * hours
    week = np.arange(span.computed) if weeks is None else weeks
    funded = week[None, :] <= answered_last[:, None]
    hours[:, tallied, :] = np.maximum(hours[:, tallied, :], tallied_hours[:, None])
    hours[:, answered, :] = answered_hours[:, None] * funded
    baseline[:, answered, :] = p["use"][:, :, None] * answered_hours[:, None]
    baseline[:, tallied, :] = tallied_hours[:, None]
    before = week < span.start_index
    baseline = np.where(before, np.minimum(baseline, hours), baseline)
    return Capacity(hours, baseline, np.asarray(p["flex"][:, :, None] * staffed[None]))
