"""The whole country on the central path, beside the least work that its arrays can take."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np

from planner.engine import load_engine, settings
from planner.model.forecast import forecast
from planner.model.weeks import horizon
from planner.scenario import default_scenario
from tests.bench.harness import Result, bench, seconds


@bench
def country() -> Iterator[Result]:
    """308 municipalities, 8 age bands, all weeks and sources, after loading, nothing cached."""
    engine = load_engine()
    scenario = default_scenario(engine.assumptions)
    span = horizon(scenario.start, scenario.target_date, dt.date(2026, 5, 1))
    p = engine.parameters(scenario)
    stated = settings(engine, scenario, span)
    first = forecast(p, span, engine.facts, stated)  # warms NumPy and the memory up

    ours = seconds(lambda: forecast(p, span, engine.facts, stated), times=25)

    # the least there is to do: the products of places by (parts, ages) with (parts, ages) by weeks
    # for contacts, hours and the desk's part, one delay for each part, a copy of every series
    places, ages = engine.facts.people.shape
    parts = sum(len(products) for products in first.demand.parts.values())
    people, rate = np.ones((places, parts * ages)), np.ones((parts * ages, span.computed))
    flow, delay = np.ones((ages, span.computed)), np.ones((span.computed, span.computed))
    series = [value for value in vars(first).values() if isinstance(value, np.ndarray)]

    def floor() -> object:
        products = [people @ rate for _ in range(3)] + [flow @ delay for _ in range(parts)]
        return products, [value.copy() for value in series]

    least = seconds(floor, times=25)

    yield Result(f"country, {places} x {span.count} weeks", ours * 1000.0, 50.0, "ms")
    yield Result("country, times the floor of products and copies", ours / least, 40.0, "x")
