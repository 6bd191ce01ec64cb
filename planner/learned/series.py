"""Rows of logs as arrays along the model's axes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.assumptions import Parameters
from planner.engine import Engine
from planner.model import adoption
from planner.model.forecast import Settings
from planner.model.learning import Log, Users
from planner.model.weeks import Horizon
from planner.model.worlds import Worlds
from planner.records import UserCount, Visit
from planner.snapshot import AGE_BANDS, Snapshot

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

WEEK = dt.timedelta(weeks=1)
# Relative errors of user counts: of the count itself; and of what the model knows about one place
# (Norway's municipalities had 17 to 45 % users) or one age band.
COUNT_ERROR, PLACE_ERROR, AGE_ERROR = 0.02, 0.25, 0.10


@dataclass(frozen=True)
class Cells:
    """Logged contacts, channels added up.

    counts: float64 [place, week], NaN where nothing was logged; places: positions in the snapshot,
    ascending; weeks: indices of the horizon's weeks, ascending.
    """

    counts: Floats
    places: NDArray[np.intp]
    weeks: NDArray[np.intp]

    def cut(self, before: int) -> Cells | None:
        """The cells of the weeks before one, None where there are none."""
        inside = self.weeks < before
        kept = np.isfinite(self.counts[:, inside]).any(axis=1)
        if not kept.any():
            return None
        return Cells(self.counts[np.ix_(kept, inside)], self.places[kept], self.weeks[inside])

    def log(self, world: Worlds) -> Log:
        """The Log of these cells beside the draws' expectations."""
        return Log(contacts(world, self.places, self.weeks), self.counts, self.places, self.weeks)


def cells(
    snapshot: Snapshot, span: Horizon, visits: Sequence[Visit], as_of: dt.date
) -> Cells | None:
    """Cells of the weeks of the horizon that have ended by `as_of`; None where there are none.

    PlannerError where a municipality is unknown.
    """
    logged: dict[tuple[int, int], int] = {}
    at = {code: position for position, code in enumerate(snapshot.codes)}
    for row in visits:
        week = span.index(row.week)
        if span.day(week) + WEEK <= as_of and 0 <= week < span.count:
            place = at.get(row.municipality)
            key = (snapshot.index(row.municipality) if place is None else place, week)
            logged[key] = logged.get(key, 0) + row.contacts
    if not logged:
        return None
    places, weeks = (np.unique([key[axis] for key in logged]) for axis in (0, 1))
    counts = np.full((places.size, weeks.size), np.nan)
    for (place, week), number in logged.items():
        counts[np.searchsorted(places, place), np.searchsorted(weeks, week)] = number
    return Cells(counts, places.astype(np.intp), weeks.astype(np.intp))


def contacts(world: Worlds, places: NDArray[np.intp], weeks: NDArray[np.intp]) -> Singles:
    """Expected contacts of some places and weeks, before factors: float32 [draw, place, week]."""
    people = world.facts.people[places].astype(np.float32)
    chance = world.need[:, places]
    who = np.concatenate([np.broadcast_to(people, chance.shape), people * chance], axis=-1)
    # contacts stand first in the table, hours behind them
    return np.asarray(np.matmul(who, np.ascontiguousarray(world.table[:, :, weeks])))


def national(world: Worlds) -> Floats:
    """Expected contacts of the country, before factors: float64 [draw, week]."""
    people = world.facts.people.astype(np.float32)
    needers = np.einsum("ma,dma->da", people, world.need)
    who = np.concatenate([np.broadcast_to(people.sum(axis=0), needers.shape), needers], axis=-1)
    table = world.table[:, :, : world.span.computed]
    return np.asarray(np.matmul(who[:, None, :], table)[:, 0], dtype=np.float64)


def users(
    engine: Engine, world: Worlds, counts: Sequence[UserCount], as_of: dt.date
) -> Users | None:
    """User counts of the horizon's days up to `as_of`, one figure a day; None where there are none.

    A day's figure is that of the country where there is one, else the sum over age bands, else over
    municipalities.
    """
    by_day: dict[dt.date, list[UserCount]] = {}
    for row in counts:
        if row.date <= as_of and 0 <= world.span.index(row.date) < world.span.count:
            by_day.setdefault(row.date, []).append(row)
    if not by_day:
        return None
    share = in_service(world.p, world.span, world.facts.people, world.settings)
    found = [
        _one_day(engine.snapshot, world, share, day, rows) for day, rows in sorted(by_day.items())
    ]
    predicted, counted, error = zip(*found, strict=True)
    return Users(np.stack(predicted, axis=1), np.array(counted), np.array(error))


def _one_day(
    snapshot: Snapshot, world: Worlds, share: Floats, day: dt.date, rows: Sequence[UserCount]
) -> tuple[Floats, float, float]:
    """Predicted users [draw], those counted, and the relative error."""
    people = world.facts.people
    whole = [row for row in rows if row.municipality is None and row.age_band is None]
    ages = [row for row in rows if row.municipality is None and row.age_band is not None]
    chosen = whole[:1] or ages or rows
    parts = np.zeros((len(chosen), *people.shape[1:]))
    for part, row in zip(parts, chosen, strict=True):
        bands = slice(None) if row.age_band is None else [AGE_BANDS.index(row.age_band)]
        everywhere = row.municipality is None
        here = people if everywhere else people[[snapshot.index(str(row.municipality))]]
        part[bands] = here[:, bands].sum(axis=0)
    each = on_day(share, world.span, day) @ parts.T
    total = each.sum(axis=1)
    weight = each.mean(axis=0) / total.mean()
    own = 0.0 if whole else AGE_ERROR if ages else PLACE_ERROR
    error = np.sqrt(COUNT_ERROR**2 + own**2 * (weight**2).sum())
    return total, float(sum(row.users for row in chosen)), float(error)


def in_service(p: Parameters, span: Horizon, people: Floats, settings: Settings) -> Floats:
    """Share of people in service (net) at each week's end: float64 [draw, age, 1 + week].

    The first column is the share before the horizon's first week.
    """
    whole = people.sum(axis=0, keepdims=True)
    flow, by_target = adoption.timing(p, span, "echo" in settings.sources)
    accounts = adoption.profile(whole, p, settings.existing, settings.new_users, by_target)
    new, late = flow.in_service()
    added = accounts.new[:, 0, :, None] * new + accounts.late[:, 0, :, None] * late
    start = accounts.existing[:, 0, :, None]
    users = np.concatenate([start, start + added], axis=-1)
    return np.asarray(users / whole[0, :, None])


def on_day(share: Floats, span: Horizon, day: dt.date) -> Floats:
    """`in_service` at the end of a day, between the ends of weeks: float64 [draw, age]."""
    week = span.index(day)
    passed = ((day - span.day(week)).days + 1) / 7
    return np.asarray((1 - passed) * share[..., week] + passed * share[..., week + 1])
