"""Contacts that sessions are for, from the forecast: by week and channel of one municipality."""

from __future__ import annotations

import datetime as dt

import numpy as np

from planner.engine import PAGE_DRAWS, Engine
from planner.model.splits import by_age, by_channel, by_source
from planner.scenario import Scenario
from planner.sessions.types import CHANNELS, Floats


def session_demand(
    engine: Engine, scenario: Scenario, index: int, first: dt.date, weeks: int
) -> tuple[Floats, Floats]:
    """Contacts [channel, week] (persons, CHANNELS in order) and staff hours to spare [week].

    Contacts are the mean of the draws (which adds up over villages, where a median of small counts
    would not), split by the central path's channels; outreach is left to home care and visits.
    Before the start, groups are information events. Hours to spare: P50 of capacity − baseline +
    what staffed library hours can be turned to support.
    """
    result = engine.forecast(scenario, first, first)
    drawn = engine.place_draws(scenario, index, first, first, PAGE_DRAWS)
    at = slice(result.span.index(first), result.span.index(first) + weeks)
    p, only = engine.parameters(scenario), np.array([index], dtype=np.intp)
    walk_in, booked, group, outreach = by_channel(p, by_age(result, only))[:, at]
    sources = by_source(result, only)[:, at]
    told = sources[0] / np.maximum(sources.sum(axis=0), 1e-12)  # information need, before the start
    parts = np.stack([walk_in, booked, group * (1 - told), group * told])
    whole = (walk_in + booked + group + outreach)[None]
    share = parts / np.where(whole > 0, whole, 1.0)
    assert len(share) == len(CHANNELS)
    contacts = np.asarray(share * drawn.contacts[:, at].mean(axis=0, dtype=np.float64))
    room = drawn.capacity[:, at] - drawn.baseline[:, at]
    spare = np.median(np.maximum(room, 0) + drawn.absorbable[:, at], axis=0)
    return contacts, np.asarray(spare, dtype=np.float64)
