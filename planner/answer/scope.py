"""Visits about what a municipality's support does not do: they come all the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

import numpy as np

from planner.answer.ask import breakdown
from planner.assumptions import TOPICS
from planner.engine import Engine
from planner.scenario import Scenario

TOPIC_OF: Final = {
    "on_behalf": "on_behalf",
    "identification": "identification",
    "device_repair": "device",
}
"""The topic that stands for what is left out; the contents of applications and other authorities'
services have none of their own."""


def referred(
    engine: Engine,
    scenario: Scenario,
    code: str,
    today: dt.date,
    seen_from: dt.date | None = None,
) -> Mapping[str, float]:
    """Visits over the view that are referred if it is left out, by code; central path, persons.

    A topic is wider than what is left out of it, so this is the most that can be.
    """
    plain = scenario.demand()
    result = engine.forecast(plain, today, seen_from)
    places = np.array([engine.snapshot.index(code)], dtype=np.intp)
    view = result.span.view(seen_from)
    topics = breakdown(engine, plain, result, places, view).topic
    return {left: float(topics[TOPICS.index(topic)]) for left, topic in TOPIC_OF.items()}
