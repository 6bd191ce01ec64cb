"""Random scenarios inside all bounds: every field, every kind of number, texts of any alphabet."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from planner.assumptions import ROWS, Assumption
from planner.engine import Engine
from planner.scenario import LEVERS, SOURCES, Answers, Scenario

WORDS = (
    "puolet",
    "apua",
    "läheisiltä",
    "både",
    "Åland",
    "12,5 %",
    '"näin"',
    "\\",
    "日本",
    "ß",
    "👵",
    "{x}",
)


def scenarios(engine: Engine, count: int, seed: int) -> Iterator[Scenario]:
    """So many sound scenarios; the same ones for the same seed."""
    rng = random.Random(seed)
    for _ in range(count):
        yield _scenario(engine, rng)


def _scenario(engine: Engine, rng: random.Random) -> Scenario:
    low, high = engine.assumptions.settings["start"].bounds
    assert isinstance(low, dt.date)
    assert isinstance(high, dt.date)
    start = low + dt.timedelta(days=rng.randint(0, (high - low).days))
    existing = _number(rng, 0, engine.adults - 1)
    places = rng.sample(engine.snapshot.codes, rng.choice((0, 0, 1, 3, 30)))
    items = rng.sample(list(engine.assumptions.items.values()), rng.choice((0, 1, 5, 47)))
    keys = rng.sample([*LEVERS, *engine.assumptions.items], rng.choice((0, 1, 6)))
    return Scenario(
        start=start,
        target_date=start + dt.timedelta(days=rng.randint(0, 1826)),
        existing=existing,
        new_users=_number(rng, 0, engine.adults - existing),
        answers=tuple((code, _answers(rng)) for code in places),
        sources=tuple(rng.sample(SOURCES, rng.randint(0, len(SOURCES)))),
        campaign=_campaigns(rng, start),
        overrides=tuple((item.id, _values(rng, item)) for item in items),
        baselines=tuple((code, _number(rng, 0, 500)) for code in places[::2]),
        reasons=tuple((key, " ".join(rng.choices(WORDS, k=rng.randint(1, 9)))) for key in keys),
    )


def _number(rng: random.Random, low: float, high: float) -> float:
    """A number inside bounds: any digits, few digits, whole, or a bound itself."""
    value = rng.uniform(low, high)
    few, whole = float(f"{value:.2g}"), float(round(value))
    kind = rng.choice((value, value, few, whole, low, high, low + (high - low) * 2.0**-40))
    return min(max(kind, low), high)


def _values(rng: random.Random, item: Assumption) -> tuple[float, ...]:
    return tuple(_number(rng, *item.bounds) for _ in range(ROWS[item.rows]))


def _answers(rng: random.Random) -> Answers:
    people = rng.choice((None, rng.randint(1, 60)))
    hours = _number(rng, 0, 168.0 * (people or 1))
    until = rng.choice((None, dt.date(2025, 1, 1) + dt.timedelta(days=rng.randint(0, 4000))))
    return Answers(hours, people, until)


def _campaigns(rng: random.Random, start: dt.date) -> tuple[tuple[dt.date, int, float], ...]:
    found, day = [], start - dt.timedelta(days=rng.randint(0, 60))
    for _ in range(rng.choice((0, 0, 1, 4))):
        weeks = rng.randint(1, 30)
        found.append((day, weeks, _number(rng, 0, 100)))
        day += dt.timedelta(weeks=weeks + rng.randint(0, 3))
    rng.shuffle(found)
    return tuple(found)
