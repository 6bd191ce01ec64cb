"""Show the sum: the chain of numbers behind every figure of a municipality's page.

Only the central path is explained: the chains take the forecast's own accounts, flows and needers
apart and multiply them anew. What the page shows beside them is the middle of the draws.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from planner.answer import Answer
from planner.engine import Engine, settings
from planner.explain import demand, support
from planner.explain.chains import Chain as Chain
from planner.explain.chains import Column as Column
from planner.explain.chains import Factor as Factor
from planner.explain.chains import Grid as Grid
from planner.explain.chains import Term as Term
from planner.explain.demand import Place
from planner.model.waterfall import needers


@dataclass(frozen=True, eq=False)
class Sums:
    """The chains of one municipality: id → Chain, in the order of the page's figures.

    Those of one week (week_visits, needed, short, absorbable) speak of `week`, its Monday. shown:
    chain id → the middle of the draws (P50), as the page shows it.
    """

    week: dt.date
    chains: Mapping[str, Chain]
    shown: Mapping[str, float]


def sums(engine: Engine, found: Answer) -> Sums:
    """The Sums behind an answer's figures."""
    scenario, code = found.scenario, found.place.code
    result = engine.forecast(scenario, found.today, found.seen_from)
    p = engine.parameters(scenario)
    stated = settings(engine, scenario, result.span)
    index = engine.snapshot.index(code)
    entered, before = support.entered(stated, index)
    place = Place(
        p=p,
        facts=engine.facts,
        result=result,
        needers=needers(p, engine.facts, stated, result, result.need),
        index=index,
        answer=None if found.answers is None else found.answers.hours,
        tally=dict(scenario.baselines).get(code),
        entered=entered,
        before=before,
    )
    view, week = found.view, worst_week(found)
    chains = (
        demand.new_users(place),
        demand.visits(place, view),
        demand.people(place, view),
        support.hours(place, view),
        support.capacity(place, view.start),
        support.baseline(place, view.start),
        demand.visits(place, slice(week, week + 1), "week_visits"),
        support.needed(place, week),
        support.short(place, week),
        support.absorbable(place, week),
        support.short_total(place, view),
    )
    by_id = {chain.id: chain for chain in chains}
    return Sums(found.mondays[week], by_id, _shown(found, week))


def worst_week(found: Answer) -> int:
    """The week that the page calls the worst: the one with most hours missing.

    Where none are missing, or so few people come that the page speaks of half years, the week in
    which the central path needs most hours.
    """
    if found.weeks_short and not found.small:
        return found.most_short
    return int(np.argmax(found.central.needed[found.view])) + int(found.view.start)


def _shown(found: Answer, week: int) -> dict[str, float]:
    totals, start = found.totals, found.view.start
    return {
        "new_users": totals.new_by_target.middle,
        "visits": totals.contacts.middle,
        "hours": totals.hours.middle,
        "capacity": float(found.capacity.middle[start]),
        "baseline": float(found.baseline[start]),
        "week_visits": float(found.contacts.middle[week]),
        "needed": float(found.needed.middle[week]),
        "short": float(found.short.middle[week]),
        "absorbable": float(found.absorbable[week]),
        "short_total": totals.short_hours.middle,
    }


def record(found: Sums) -> dict[str, object]:
    """The chains with codes, unrounded, ready for JSON: id → value, unit, weeks, terms, numbers."""
    return {
        chain.id: {
            "value": chain.value,
            "shown_p50": found.shown.get(chain.id),
            "unit": chain.unit,
            "first_week": chain.first.isoformat(),
            "last_week": chain.last.isoformat(),
            "terms": [_term(term) for term in chain.terms],
        }
        for chain in found.chains.values()
    }


def _term(term: Term) -> dict[str, object]:
    entry: dict[str, object] = {
        "id": term.id,
        "value": -term.value if term.taken else term.value,
        "factors": {f.id: 1 / f.value if f.divides else f.value for f in term.factors},
    }
    if term.grid is not None:
        grid = term.grid
        entry["by"] = grid.axis
        entry["rows"] = list(grid.rows)
        entry["columns"] = {column.id: column.values.tolist() for column in grid.columns}
        entry[grid.result] = grid.products.tolist()
    return entry
