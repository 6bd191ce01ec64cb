"""The forecast that has learned: central path and quantiles, with the columns of `forecast`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from planner import tables
from planner.engine import Engine
from planner.learned.lesson import Lesson
from planner.model import gap
from planner.model.forecast import Forecast
from planner.model.worlds import Worlds
from planner.scenario import Scenario

Floats = NDArray[np.float64]


def after_frame(
    engine: Engine,
    scenario: Scenario,
    today: dt.date,
    lesson: Lesson,
    level: str = "municipality",
    lang: str = "fi",
    places: Sequence[int] | None = None,
    seen_from: dt.date | None = None,
) -> pd.DataFrame:
    """`tables.weekly` of the forecast that has learned, with the quantiles of its draws.

    today, seen_from: those the lesson was learned with. Where nothing was learned it is the
    forecast with draws, unchanged.
    """
    path = updated(engine, scenario, today, lesson, seen_from)
    drawn = engine.ensemble(scenario, today, seen_from, lesson.draws, lesson.seed, lesson.learned)
    return tables.weekly(engine.snapshot, path, level, lang, places, seen_from, drawn)


def updated(
    engine: Engine,
    scenario: Scenario,
    today: dt.date,
    lesson: Lesson,
    seen_from: dt.date | None = None,
) -> Forecast:
    """The central path after a lesson: [1, municipality, week] like the one before.

    Once there is a log, "every assumption at its central value" is no longer the best guess, so
    contacts are the mean of the draws that have learned (before counts), and hours those of the
    central path for as many contacts; hours short and people waiting follow from these hours with
    the central path's service. Accounts opened are the mean of the draws, which meets the target
    too. Users in service, demand by source and capacity stay the central path's.
    """
    before = engine.forecast(scenario, today, seen_from)
    if lesson.learned is None:
        return before
    world = engine.worlds(scenario, today, seen_from, lesson.draws, lesson.seed, lesson.learned)
    contacts = mean_contacts(world)[None]
    usual, hours, desk = before.demand.totals()
    ratio = np.where(usual > 0, contacts / np.where(usual > 0, usual, 1.0), 0.0)
    p = engine.parameters(scenario)
    supply, margins = before.supply, (p["utilisation"], p["stay"])
    hours, desk = hours * ratio, desk * ratio
    result = gap.gap(hours, desk, supply.hours, supply.baseline, *margins)
    needed = gap.required_hours(hours, desk, supply.baseline, p["utilisation"])
    total = hours.sum(axis=-1, keepdims=True)
    each = contacts.sum(axis=-1, keepdims=True) / np.where(total > 0, total, 1.0)
    shown = before.span.count
    opened = world.facts.people @ world.users.mean(axis=0, dtype=np.float64)
    return replace(
        before,
        new_users=opened[None, :, :shown],
        contacts=contacts[..., :shown],
        rollout_hours=hours,
        needed=needed[..., :shown],
        short_hours=result.short_hours,
        backlog_contacts=result.waiting_hours * each,
        gave_up_contacts=result.gave_up_hours * each,
        copes=result.copes,
    )


def mean_contacts(world: Worlds) -> Floats:
    """Mean of the draws' expected contacts after a log: float64 [municipality, week].

    The places' factors count with their means.
    """
    learned = world.learned
    if learned is None:
        raise ValueError("these draws have not learned anything")
    people = world.facts.people.astype(np.float32)
    who = np.concatenate([np.broadcast_to(people, world.need.shape), people * world.need], -1)
    who *= (learned.shape / learned.rate)[:, :, None]
    table = world.table[:, :, : world.span.computed] * learned.level[:, None, :]
    places = people.shape[0]
    flat = np.ascontiguousarray(who.transpose(1, 0, 2)).reshape(places, -1)
    total = flat @ table.reshape(-1, table.shape[-1])
    return np.asarray(total, dtype=np.float64) / world.draws
