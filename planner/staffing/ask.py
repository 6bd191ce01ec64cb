"""Asks the engine for one municipality's draws and makes its staffing plan of them."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.answer import Answer, answer
from planner.assumptions import CHANNELS, Parameters
from planner.engine import REPORT_DRAWS, Engine
from planner.errors import PlannerError
from planner.model.ensemble import QUANTILES, quantiles
from planner.model.staffing import staffing as staffing_of
from planner.model.worlds import PlaceDraws, supplied
from planner.plans.one_more import one_more
from planner.plans.suggestion import SESSION_HOURS, Service
from planner.scenario import Scenario
from planner.staffing.case import case_of, visit_hours
from planner.staffing.menu import Menu, load_menu
from planner.staffing.planning import planned
from planner.staffing.types import (
    LEAST_LEVEL,
    LEVEL,
    MOST_LEVEL,
    Floats,
    MoreSessions,
    Staffing,
    Weeks,
)

CACHED = 32  # plans, each a few kB beside the answer, which is cached by itself
WEEKS_A_YEAR = 52
MOST_SESSIONS = 5
P50, P80 = QUANTILES.index(0.5), QUANTILES.index(0.8)


def staffing(
    engine: Engine,
    scenario: Scenario,
    code: str,
    today: dt.date,
    seen_from: dt.date | None = None,
    draws: int = REPORT_DRAWS,
    seed: int = 1,
    level: float = LEVEL,
    left_out: tuple[str, ...] = (),
) -> Staffing:
    """The Staffing of one municipality; PlannerError where something asked for doesn't hold.

    level: share of the draws that every week is to cope in; left_out: ids of options ruled out.
    """
    if not LEAST_LEVEL <= level <= MOST_LEVEL:
        raise PlannerError("error.copes_range", value=level, low=LEAST_LEVEL, high=MOST_LEVEL)
    menu = load_menu()
    for name in left_out:
        if name not in menu.ids:
            raise PlannerError("error.unknown_option", value=name, known=", ".join(menu.ids))
    asked = (engine, scenario, code, today, seen_from, draws, seed)
    return _staffing(*asked, level, menu, tuple(sorted(set(left_out))))


@functools.lru_cache(maxsize=CACHED)
def _staffing(
    engine: Engine,
    scenario: Scenario,
    code: str,
    today: dt.date,
    seen_from: dt.date | None,
    draws: int,
    seed: int,
    level: float,
    menu: Menu,
    left_out: tuple[str, ...],
) -> Staffing:
    found = answer(engine, scenario, code, today, seen_from, draws, seed)
    index = engine.snapshot.index(code)
    asked: tuple[Any, ...] = (today, seen_from, draws, seed)
    world = engine.worlds(scenario, *asked)
    drawn = engine.place_draws(scenario, index, *asked)
    supply = supplied(world, np.array([index], dtype=np.intp))
    capacity, baseline = (part[0].T for part in (supply.hours, supply.baseline))
    stay = world.p["stay"][:, 0].astype(np.float32)
    service = Service(drawn.hours, drawn.contacts, capacity, baseline, stay)
    central = engine.parameters(scenario)
    case = case_of(service, drawn, found, central, menu, left_out, level)
    # what is told as if it had been planned in time begins where the view does
    weeks = slice(found.view.start if case.hindsight else found.one_more.first, found.view.stop)
    return Staffing(
        answer=found,
        level=level,
        weeks=weekly(drawn, found, central),
        more=_more(service, drawn, weeks),
        more_from=found.mondays[weeks.start],
        fte_week=float(central["fte_hours"][0, 0]) / WEEKS_A_YEAR,
        desk_visits=_desk_visits(drawn, found, central),
        desk_minutes=60 * visit_hours(central),
        **vars(planned(case)),
    )


def weekly(drawn: PlaceDraws, found: Answer, central: Parameters) -> Weeks:
    """The Weeks of the view.

    Staff and euros follow from the P50 of the hours missing (planner.model.staffing) with central
    assumptions: a full-time employee works fte_hours / 52 hours in a week, an hour costs `cost`.
    """
    view = found.view

    def at(series: NDArray[np.float32], rank: int) -> Floats:
        return np.asarray(quantiles(series)[rank, view], dtype=np.float64)

    short = at(drawn.short_hours, P50)
    staff = staffing_of(short, central)
    return Weeks(
        mondays=found.mondays[view],
        needed_p50=at(drawn.needed, P50),
        needed_p80=at(drawn.needed, P80),
        capacity=at(drawn.capacity, P50),
        short=short,
        p_copes=found.p_copes[view],
        fte_short=staff.person_years * WEEKS_A_YEAR,
        euros=staff.euros,
    )


def _more(service: Service, drawn: PlaceDraws, weeks: slice) -> tuple[MoreSessions, ...]:
    """What none, one and more sessions a week buy in some weeks."""
    gains = [
        (count, one_more(service, drawn.needed, weeks, count * SESSION_HOURS))
        for count in range(MOST_SESSIONS + 1)
    ]
    return tuple(
        MoreSessions(
            sessions=count,
            hours=count * SESSION_HOURS,
            short_hours=float(np.median(gain.short_after)),
            p_copes=float(gain.copes_after.min()),
        )
        for count, gain in gains
    )


def _desk_visits(drawn: PlaceDraws, found: Answer, central: Parameters) -> float:
    """Visits without appointment in the busiest week: what the desk should be staffed for.

    P80 of the rollout's visits, of which the walk-in share comes to the desk, and the visits of
    those who were helped before.
    """
    channels = found.breakdown.channel
    walk_in = float(channels[CHANNELS.index("walk_in")] / max(float(channels.sum()), 1e-9))
    visits = quantiles(drawn.contacts)[P80, found.view].astype(np.float64)
    before = found.baseline[found.view] / visit_hours(central)
    return float((walk_in * visits + before).max())
