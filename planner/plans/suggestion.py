"""A first suggestion in whole sessions: how many, how often, from when to when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.model.gap import waiting

Floats = NDArray[np.float64]

SESSION_HOURS = 2.0
MOST_PER_WEEK = 400
FEW_CONTACTS = 5.0  # a peak week below this is spoken of by seasons, not by weeks
# (sessions, weeks between them): the cadences people keep in mind, from seldom to often
CADENCES = ((1, 2), *((count, 1) for count in range(1, MOST_PER_WEEK + 1)))


@dataclass(frozen=True)
class Suggestion:
    """`sessions` two-hour sessions every `every` weeks, from week index `first` to `last`.

    kind: "none" (nothing is needed), "sessions", "appointments" (so few people that times are
    better agreed one by one) or "beyond" (more than MOST_PER_WEEK sessions a week).
    hours: client hours an average week of the period.
    """

    kind: str
    sessions: int = 0
    every: int = 1
    first: int = 0
    last: int = 0
    hours: float = 0.0


def extra_hours(weeks: int, first: int, last: Floats, cadences: Floats) -> Floats:
    """Client hours that cadences add by week: float64 [cadence, 1, week], hours.

    cadences: [cadence, 2], sessions and the weeks between them, from week `first` to the week
    `last` ([cadence, 1] or a number).
    """
    week = np.arange(weeks)
    due = (week >= first) & (week <= last) & ((week - first) % cadences[:, 1:2] == 0)
    return np.asarray((SESSION_HOURS * cadences[:, :1] * due)[:, None, :])


def suggest(
    rollout: Floats, contacts: Floats, capacity: Floats, baseline: Floats, stay: float, view: slice
) -> Suggestion:
    """The rarest cadence with which nobody in the view waits longer than two weeks or gives up.

    rollout, capacity, baseline: one municipality's central path, [week + 2], hours; contacts:
    [week], persons. Sessions begin in the first week of the view that does not cope without them
    and go on as short as the cadence found allows. From then on they are judged as if everybody
    waited: a plan must not rest on people giving up.
    """
    shown = rollout.size - 2
    alone = _copes(rollout, capacity[None, None], baseline, np.full(shown, stay))[0]
    failing = np.flatnonzero(~alone[view]) + view.start
    if failing.size == 0:
        return Suggestion("none")
    first, end = int(failing[0]), rollout.size - 1
    patient = np.where(np.arange(shown) < first, stay, 1.0)
    cadences = np.array(CADENCES, dtype=np.float64)
    extra = extra_hours(rollout.size, first, np.array([[end]], dtype=np.float64), cadences)
    later = slice(first, view.stop)
    enough = np.flatnonzero(
        _copes(rollout, capacity + extra, baseline, patient)[:, later].all(axis=-1)
    )
    if enough.size == 0:
        return Suggestion("beyond", first=first, last=view.stop - 1)
    chosen = cadences[enough[:1]]
    lasts = np.arange(first, end + 1, dtype=np.float64)[:, None]
    repeated = np.repeat(chosen, lasts.size, axis=0)
    extra = extra_hours(rollout.size, first, lasts, repeated)
    long_enough = _copes(rollout, capacity + extra, baseline, patient)[:, later].all(axis=-1)
    last = min(int(lasts[np.flatnonzero(long_enough)[0], 0]), view.stop - 1)
    period = slice(first, last + 1)
    # where the service itself has gone, sessions are for its old clients too
    lost = bool((capacity[period] < baseline[period]).any())
    sessions, every = CADENCES[int(enough[0])]
    held = sessions * ((last - first) // every + 1)
    few = contacts[period].max() < FEW_CONTACTS and contacts[period].sum() < held
    kind = "appointments" if few and not lost else "sessions"
    return Suggestion(kind, sessions, every, first, last, SESSION_HOURS * sessions / every)


def _copes(rollout: Floats, capacity: Floats, baseline: Floats, stay: Floats) -> NDArray[np.bool_]:
    """Whether each week copes, for each capacity [case, 1, week + 2]: bool [case, week]."""
    keep = np.broadcast_to(stay, (capacity.shape[0], stay.size))
    return np.asarray(waiting(rollout[None, None], capacity, baseline[None, None], keep)[2][:, 0])
