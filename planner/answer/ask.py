"""Asks the engine for one municipality's central path and draws, and makes the answer of them."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.answer.seasons import seasons, short_spans
from planner.answer.supply import steps_down
from planner.answer.types import (
    Answer,
    Breakdown,
    Central,
    OneMore,
    StepDown,
    TargetCheck,
    Totals,
)
from planner.engine import REPORT_DRAWS, Engine
from planner.model import splits
from planner.model.forecast import Forecast
from planner.model.gap import VERDICTS, verdict
from planner.model.intervals import Floats, band, interval
from planner.model.staffing import staffing
from planner.model.weeks import Horizon
from planner.model.worlds import Learned, PlaceDraws, Worlds, supplied
from planner.plans.one_more import one_more
from planner.plans.suggestion import FEW_CONTACTS, Service, suggest
from planner.scenario import Answers, Scenario

CACHED = 64  # answers, each about 0.1 MB
LIKELY = 0.5  # share of draws that the smaller of the two suggestions copes in


@functools.lru_cache(maxsize=CACHED)
def answer(
    engine: Engine,
    scenario: Scenario,
    code: str,
    today: dt.date,
    seen_from: dt.date | None = None,
    draws: int = REPORT_DRAWS,
    seed: int = 1,
    learned: Learned | None = None,
) -> Answer:
    """The Answer of one municipality; PlannerError where scenario, code or draws don't hold."""
    index = engine.snapshot.index(code)
    place = engine.snapshot.municipalities[index]
    result = engine.forecast(scenario, today, seen_from)
    asked: tuple[Any, ...] = (today, seen_from, draws, seed, learned)
    world = engine.worlds(scenario, *asked)
    drawn = engine.place_draws(scenario, index, *asked)
    view = result.span.view(seen_from)
    supply = dict(scenario.capacity).get(place.code)
    # what has been entered row by row stands in place of the three answers too
    answers = None if supply is not None else dict(scenario.answers).get(place.code)
    steps = () if supply is None else steps_down(supply, result.span, view)
    only = np.array([index], dtype=np.intp)
    short_total = drawn.short_hours[:, view].sum(axis=1, dtype=np.float64)
    staff = staffing(short_total, world.p).items()
    service = _service(world, drawn, index)
    return Answer(
        place=place,
        scenario=scenario,
        span=result.span,
        view=view,
        today=today,
        seen_from=seen_from,
        draws=world.draws,
        seed=seed,
        verdict=verdict_of(drawn, view),
        estimated=answers is None and supply is None,
        answers=answers,
        supply=supply,
        small=bool(result.contacts[0, index, view].max() < FEW_CONTACTS),
        adults=float(engine.facts.people[index].sum()),
        libraries=sum(
            library.municipality == place.code
            and (library.staffed_hours_week > 0 or library.hours_source == "unknown")
            for library in engine.snapshot.libraries
        ),
        staffed_hours_known=bool(engine.facts.staffed_winter[index] > 0),
        mondays=tuple(result.span.mondays()),
        central=_central(result, index),
        new_users=band(drawn.new_users),
        contacts=band(drawn.contacts),
        hours=band(drawn.hours),
        needed=band(drawn.needed),
        short=band(drawn.short_hours),
        capacity=band(drawn.capacity),
        baseline=band(drawn.baseline).middle,
        absorbable=band(drawn.absorbable).middle,
        p_copes=_share_coping(drawn),
        totals=_totals(world, drawn, view),
        staffing={name: interval(values) for name, values in staff.items()},
        breakdown=breakdown(engine, scenario, result, only, view),
        short_spans=short_spans(result.span, band(drawn.short_hours).middle, view),
        seasons=seasons(world, drawn, view),
        suggestion=suggest(service, view),
        likely=suggest(service, view, LIKELY),
        one_more=_one_more(service, drawn, slice(_first(result.span, today, view), view.stop)),
        target=target_check(engine, scenario, result, only),
        funding_ends=_funding_ends(answers, steps, result.span),
        steps_down=steps,
    )


def _share_coping(drawn: PlaceDraws) -> Floats:
    """Share of draws that cope: float64 [week]."""
    return np.asarray(drawn.copes.mean(axis=0))


def verdict_of(drawn: PlaceDraws, view: slice) -> str:
    """The verdict by the rule and the figures that the country's map rests on."""
    middle = (band(part).middle for part in (drawn.short_hours, drawn.absorbable))
    found = (_share_coping(drawn), *middle)
    return VERDICTS[int(verdict(*(part[None, view] for part in found))[0])]


def _central(result: Forecast, index: int) -> Central:
    return Central(
        new_users=result.new_users[0, index],
        users=result.users[0, index],
        contacts=result.contacts[0, index],
        hours=result.hours[0, index],
        needed=result.needed[0, index],
        capacity=result.capacity.hours[0, index],
        baseline=result.capacity.baseline[0, index],
        short=result.short_hours[0, index],
        gave_up=result.gave_up_contacts[0, index],
        contacts_by_source=splits.by_source(result, np.array([index], dtype=np.intp)),
    )


def _service(world: Worlds, drawn: PlaceDraws, index: int) -> Service:
    """The municipality's hours as plans want them, lookahead weeks included."""
    supply = supplied(world, np.array([index], dtype=np.intp))
    capacity, baseline = (part[0].T for part in (supply.hours, supply.baseline))
    stay = world.p["stay"][:, 0].astype(np.float32)
    return Service(drawn.hours, drawn.contacts, capacity, baseline, stay)


def _totals(world: Worlds, drawn: PlaceDraws, view: slice) -> Totals:
    """Intervals of sums over the view; work given up is told at the hours that a contact takes."""
    until = slice(0, world.span.target_index + 1)
    contacts, hours, short, gave_up = (
        part[:, view].sum(axis=1, dtype=np.float64)
        for part in (drawn.contacts, drawn.hours, drawn.short_hours, drawn.gave_up_hours)
    )
    all_hours = drawn.hours.sum(axis=1, dtype=np.float64)
    all_contacts = drawn.contacts.sum(axis=1, dtype=np.float64)
    each = np.where(all_hours > 0, all_contacts / np.where(all_hours > 0, all_hours, 1.0), 0.0)
    return Totals(
        new_by_target=interval(drawn.new_users[:, until].sum(axis=1, dtype=np.float64)),
        contacts=interval(contacts),
        hours=interval(hours),
        short_hours=interval(short),
        gave_up=interval(gave_up * each),
    )


def _first(span: Horizon, today: dt.date, view: slice) -> int:
    """The first week of the view that is not over yet; its last where all are."""
    return min(max(int(view.start), span.index(today)), int(view.stop) - 1)


def _one_more(service: Service, drawn: PlaceDraws, weeks: slice) -> OneMore:
    gain = one_more(service, drawn.needed, weeks)
    return OneMore(
        first=int(weeks.start),
        short_before=float(np.median(gain.short_before)),
        short_after=float(np.median(gain.short_after)),
        coping_before=float(gain.copes_before.min()),
        coping_after=float(gain.copes_after.min()),
    )


def breakdown(
    engine: Engine, scenario: Scenario, result: Forecast, places: NDArray[np.intp], view: slice
) -> Breakdown:
    """Contacts of the places over the view by source, age, channel and topic."""
    p = engine.parameters(scenario)
    ages = splits.by_age(result, places)
    topics = splits.by_topic(p, result, ages.sum(axis=0))
    return Breakdown(
        source=splits.by_source(result, places)[:, view].sum(axis=1),
        age=ages[:, view].sum(axis=1),
        channel=splits.by_channel(p, ages)[:, view].sum(axis=1),
        topic=topics[:, view].sum(axis=1),
    )


def target_check(
    engine: Engine, scenario: Scenario, result: Forecast, places: NDArray[np.intp]
) -> TargetCheck:
    """What the target asks of each band in the places together."""
    people = engine.facts.people[places].sum(axis=0)
    accounts = result.accounts
    users = (accounts.existing + accounts.new)[0, places].sum(axis=0)
    return TargetCheck(
        share=users / np.maximum(people, 1e-9),
        reach=engine.parameters(scenario)["reach"][0],
        people=people,
        assisted=float(accounts.new_assisted[0, places].sum()),
    )


def _funding_ends(
    answers: Answers | None, steps: tuple[StepDown, ...], span: Horizon
) -> dt.date | None:
    """The day the funding ends, or the first of the rows entered, where the horizon reaches it."""
    if steps:
        return steps[0].week - dt.timedelta(days=1)
    if answers is None or answers.until is None:
        return None
    return answers.until if span.index(answers.until) < span.count - 1 else None
