"""The central path taken apart: contacts by source, age, channel and topic."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.assumptions import PHASES, Parameters
from planner.model.demand import SOURCES, channel_shares, topic_phases
from planner.model.forecast import Forecast

Floats = NDArray[np.float64]


def by_source(result: Forecast, places: NDArray[np.intp]) -> Floats:
    """Contacts of the places together, persons: float64 [source, week] (SOURCES in order)."""
    shown = result.span.count
    table = np.zeros((len(SOURCES), shown))
    for row, source in enumerate(SOURCES):
        for part in result.demand.parts.get(source, ()):
            people = part.people[0, places].sum(axis=0)
            table[row] += (people @ part.rate[0])[:shown]
    return table


def needed_by_source(p: Parameters, result: Forecast, places: NDArray[np.intp]) -> Floats:
    """Staff hours needed by source, utilisation margin included: float64 [source, week].

    The sum over sources, plus the baseline, is `Forecast.needed` of the places together.
    """
    shown = result.span.count
    wanted = result.demand
    margin = 1 / p["utilisation"][0] - 1
    table = np.zeros((len(SOURCES), shown))
    for row, source in enumerate(SOURCES):
        hours, desk = wanted.hours_of(source)
        per_contact = hours[0] + desk[0] * margin
        for part in wanted.parts.get(source, ()):
            people = part.people[0, places].sum(axis=0) * per_contact
            table[row] += (people @ part.rate[0])[:shown]
    return table


def by_age(result: Forecast, places: NDArray[np.intp]) -> Floats:
    """Contacts of the places together, persons: float64 [age, week]."""
    shown = result.span.count
    ages = result.accounts.new.shape[-1]
    table = np.zeros((ages, shown))
    for parts in result.demand.parts.values():
        for part in parts:
            people = part.people[0, places].sum(axis=0)
            table += (people[:, None] * part.rate[0])[:, :shown]
    return table


def by_channel(p: Parameters, ages: Floats) -> Floats:
    """Contacts by channel from contacts by age [age, week]: float64 [channel, week]."""
    return np.asarray(channel_shares(p)[0].T @ ages)


def topic_shares(p: Parameters) -> Floats:
    """Share of each topic in each phase: float64 [phase, topic], rows sum to 1."""
    shares = np.stack([p[f"topics_{phase}"][0] for phase in PHASES])
    total = shares.sum(axis=-1, keepdims=True)
    return np.where(total > 0, shares / np.where(total > 0, total, 1.0), 1 / shares.shape[1])


def by_topic(p: Parameters, result: Forecast, contacts: Floats) -> Floats:
    """Contacts by topic from contacts by week [week]: float64 [topic, week]."""
    phase = topic_phases(result.span)[: result.span.count]
    return np.asarray(topic_shares(p)[phase].T * contacts)
