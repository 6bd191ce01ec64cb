"""A first suggestion in whole sessions: how many, how often, from when to when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from planner.model.gap import COPES_SHARE, waiting

Floats = NDArray[np.float64]
Reals = NDArray[np.floating[Any]]  # draws come in single precision and stay in it

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


@dataclass(frozen=True, eq=False)
class Service:
    """One municipality's weekly hours in the draws, [draw, week].

    rollout: demand of the rollout, contacts: persons, both in the weeks shown; capacity, baseline:
    with the two weeks of lookahead; stay: share of those waiting who stay, [draw].
    """

    rollout: Reals
    contacts: Reals
    capacity: Reals
    baseline: Reals
    stay: Reals

    @property
    def weeks(self) -> int:
        """Number of weeks shown."""
        return int(self.rollout.shape[-1])


def extra_hours(weeks: int, first: int, last: int, sessions: int, every: int) -> Floats:
    """Client hours by week that a cadence adds from week `first` to `last`: float64 [week]."""
    week = np.arange(weeks)
    due = (week >= first) & (week <= last) & ((week - first) % every == 0)
    return np.asarray(SESSION_HOURS * sessions * due)


def share_coping(service: Service, extra: Floats, patient_from: int | None = None) -> Floats:
    """Share of draws in which each week copes with `extra` hours [week + 2]: float64 [week].

    patient_from: from this week on everybody waits: a plan must not rest on people giving up.
    """
    stay = np.repeat(service.stay[:, None], service.weeks, axis=1)
    if patient_from is not None:
        stay[:, patient_from:] = 1.0
    ahead = service.capacity.shape[-1] - service.weeks
    rollout = np.pad(service.rollout, ((0, 0), (0, ahead)))  # who comes then is not judged
    capacity = service.capacity + extra.astype(service.capacity.dtype)
    arrays = [cast(Floats, part[:, None]) for part in (rollout, capacity, service.baseline)]
    copes = waiting(arrays[0], arrays[1], arrays[2], cast(Floats, stay))[2]
    return np.asarray(copes[:, 0].mean(axis=0))


def suggest(service: Service, view: slice, share: float = COPES_SHARE) -> Suggestion:
    """The rarest cadence with which every week of the view copes in that share of the draws.

    Sessions begin in the first week of the view that does not cope without them and go on as short
    as the cadence found allows. More sessions never make a week cope less, so both are found by
    bisection.
    """
    alone = share_coping(service, np.zeros(service.capacity.shape[-1]))
    failing = np.flatnonzero(alone[view] < share) + view.start
    if failing.size == 0:
        return Suggestion("none")
    first, end = int(failing[0]), service.capacity.shape[-1] - 1
    later = slice(first, view.stop)

    def enough(sessions: int, every: int, last: int) -> bool:
        extra = extra_hours(service.capacity.shape[-1], first, last, sessions, every)
        return bool((share_coping(service, extra, first)[later] >= share).all())

    at = _first_true(len(CADENCES), lambda index: enough(*CADENCES[index], end))
    if at is None:
        return Suggestion("beyond", first=first, last=view.stop - 1)
    sessions, every = CADENCES[at]
    weeks = _first_true(end + 1 - first, lambda count: enough(sessions, every, first + count))
    last = min(first + (weeks or 0), view.stop - 1)
    kind = _kind(service, slice(first, last + 1), sessions * ((last - first) // every + 1))
    return Suggestion(kind, sessions, every, first, last, SESSION_HOURS * sessions / every)


def _kind(service: Service, period: slice, held: int) -> str:
    """Sessions, or appointments where fewer people than sessions come."""
    contacts = service.contacts[:, period]
    few = np.median(contacts, axis=0).max() < FEW_CONTACTS
    few &= np.median(contacts.sum(axis=1)) < held
    # where the service itself has gone, sessions are for its old clients too
    capacity, baseline = (
        np.median(part[:, period], axis=0) for part in (service.capacity, service.baseline)
    )
    lost = bool((capacity < baseline).any())
    return "appointments" if few and not lost else "sessions"


def _first_true(count: int, holds: Callable[[int], bool]) -> int | None:
    """The first of 0 … count − 1 for which `holds`, where it then holds for all after it."""
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low if low < count else None
