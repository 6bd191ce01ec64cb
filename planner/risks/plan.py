"""What the checks look at: a municipality's rows, the weeks ahead, and its hours in the draws.

Symbols: capacity row r, draw d, week w. Hours a week.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from planner import services
from planner.answer import HOURS_NOTICED
from planner.assumptions import Parameters
from planner.engine import Engine
from planner.model.entered import CERTAINTY, Entered, luck
from planner.model.gap import COPES_SHARE
from planner.model.weeks import Horizon
from planner.model.worlds import PlaceDraws, supplied
from planner.plans.suggestion import Service, share_coping
from planner.records import CERTAINTIES, CapacityRow, ServiceScope
from planner.scenario import Scenario
from planner.services.supply import gives_in
from planner.snapshot import Municipality

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

ENTERED, ANSWERED, ESTIMATED = "entered", "answered", "estimated"


@dataclass(frozen=True)
class Phase:
    """Weeks ahead, from index `first` to before `stop`, in which the same rows give support."""

    first: int
    stop: int
    rows: tuple[CapacityRow, ...]


@dataclass(frozen=True, eq=False)
class Plan:
    """A municipality's service as it is entered, answered or estimated (`basis`).

    rows: those with hours; view: the weeks looked at; ahead: the ones of them that are not over
    yet (its last where all are); p: the draws' assumptions; drawn, service: hours in the draws;
    net: hours of each row in which clients are served, leave and luck counted, float32 [row, draw].
    """

    engine: Engine
    scenario: Scenario
    place: Municipality
    basis: str
    rows: tuple[CapacityRow, ...]
    scope: ServiceScope | None
    today: dt.date
    seen_from: dt.date | None
    span: Horizon
    view: slice
    ahead: slice
    p: Parameters
    drawn: PlaceDraws
    service: Service
    net: Singles

    @property
    def index(self) -> int:
        """The municipality's position in the snapshot."""
        return self.engine.snapshot.index(self.place.code)

    def phases(self) -> tuple[Phase, ...]:
        """The weeks ahead, cut where rows begin or end."""
        return phases(self.rows, self.span, self.ahead)

    def week_of(self, phase: Phase) -> dt.date | None:
        """The Monday on which a phase begins, None where it is what there is now."""
        return None if phase.first == self.ahead.start else self.span.day(phase.first)

    def without(self, rows: Iterable[CapacityRow], weeks: slice) -> Service:
        """The service if rows gave no support in some weeks."""
        capacity = self.service.capacity.copy()
        for row in rows:
            hours = self.net[self.rows.index(row)]
            capacity -= np.outer(hours, self.gives(row, weeks)).astype(capacity.dtype)
        return replace(self.service, capacity=np.maximum(capacity, 0))

    def gives(self, row: CapacityRow, weeks: slice) -> NDArray[np.bool_]:
        """In which of the weeks a row gives support: bool [week], lookahead included."""
        found = np.zeros(self.span.computed, dtype=np.bool_)
        found[weeks] = True
        first = 0 if row.first is None else max(self.span.index(row.first), 0)
        stop = self.span.computed if row.last is None else max(self.span.index(row.last) + 1, 0)
        found[:first] = False
        found[stop:] = False
        return found

    def short(self, service: Service, weeks: slice) -> float:
        """P50 of the hours short over some weeks, of a service with other capacity."""
        missing = self.drawn.needed[:, weeks] - service.capacity[:, weeks]
        return total_short(missing)

    def coping(self, weeks: slice, service: Service | None = None) -> Floats:
        """Share of draws that cope: float64 [week] of some weeks, lookahead left out."""
        if service is None:
            return np.asarray(self.drawn.copes[:, weeks].mean(axis=0))
        return share_coping(service, np.zeros(self.span.computed))[weeks]


def total_short(missing: Singles | Floats) -> float:
    """P50 of the sums of positive hours: needed − capacity, [draw, week]."""
    short = np.where(missing > HOURS_NOTICED, missing, 0.0)
    return float(np.median(short.sum(axis=1, dtype=np.float64)))


def copes(shares: Floats) -> bool:
    """Whether all weeks cope in as many draws as the verdict asks for."""
    return bool((shares >= COPES_SHARE).all())


def phases(rows: Sequence[CapacityRow], span: Horizon, ahead: slice) -> tuple[Phase, ...]:
    """The weeks of `ahead`, cut where rows begin or end; see Phase."""
    cuts = {int(ahead.start), int(ahead.stop)}
    cuts |= {span.index(row.first) for row in rows if row.first is not None}
    cuts |= {span.index(row.last) + 1 for row in rows if row.last is not None}
    edges = sorted(cut for cut in cuts if ahead.start <= cut <= ahead.stop)
    return tuple(
        Phase(first, stop, tuple(row for row in rows if gives_in(row, span.day(first))))
        for first, stop in itertools.pairwise(edges)
    )


def plan_of(
    engine: Engine,
    scenario: Scenario,
    code: str,
    rows: tuple[CapacityRow, ...],
    scope: ServiceScope | None,
    today: dt.date,
    seen_from: dt.date | None,
    draws: int,
    seed: int,
) -> Plan:
    """The Plan of a municipality; rows: those entered, none where nobody has entered any.

    `scenario` must carry the same rows already; see planner.risks.ask.
    """
    index = engine.snapshot.index(code)
    place = engine.snapshot.municipalities[index]
    basis = ENTERED if rows else ANSWERED if code in dict(scenario.answers) else ESTIMATED
    given = rows or services.estimated_rows(engine, scenario, code)
    if basis == ANSWERED:
        given = tuple(replace(row, estimated=False) for row in given)
    world = engine.worlds(scenario, today, seen_from, draws, seed)
    drawn = engine.place_draws(scenario, index, today, seen_from, draws, seed)
    view = world.span.view(seen_from)
    first = min(max(int(view.start), world.span.index(today)), int(view.stop) - 1)
    supply = supplied(world, np.array([index], dtype=np.intp))
    capacity, baseline = (part[0].T for part in (supply.hours, supply.baseline))
    stay = world.p["stay"][:, 0].astype(np.float32)
    with_hours = tuple(row for row in given if row.hours > 0)
    return Plan(
        engine=engine,
        scenario=scenario,
        place=place,
        basis=basis,
        rows=with_hours,
        scope=scope,
        today=today,
        seen_from=seen_from,
        span=world.span,
        view=view,
        ahead=slice(first, int(view.stop)),
        p=world.p,
        drawn=drawn,
        service=Service(drawn.hours, drawn.contacts, capacity, baseline, stay),
        net=_net(with_hours, basis, index, world.p["shrinkage"][:, 0], seed),
    )


def _net(
    rows: Sequence[CapacityRow], basis: str, index: int, shrinkage: Floats, seed: int
) -> Singles:
    """Hours of each row in which clients are served: float32 [row, draw]; see Plan.

    The draws decide over rows that are not certain as in planner.model.entered; what is estimated
    or answered is there in all of them.
    """
    only = Entered(np.array([index], dtype=np.intp), np.zeros((1, 3, 2, 0)), np.zeros((1, 2)))
    chance = luck(only, shrinkage.size, seed)[:, 0]
    found = np.zeros((len(rows), shrinkage.size), dtype=np.float32)
    for at, row in enumerate(rows):
        present = chance < CERTAINTY[CERTAINTIES.index(row.certainty)]
        there = present if basis == ENTERED else np.ones_like(present)
        found[at] = row.hours * there * (1 - shrinkage if row.contract else 1.0)
    return found
