"""Small random needs, and their best plans by other ways than the planner's."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from planner.plans.allocation import Limits, Need, ordered

Floats = NDArray[np.float64]


def random_case(seed: int) -> tuple[NDArray[np.float32], Need, float, Limits]:
    """Hours short [place, week, draw] in whole hours, their Need, a budget and limits that hold."""
    rng = np.random.default_rng(seed)
    places, weeks, draws = rng.integers(2, 5), rng.integers(1, 3), rng.integers(1, 6)
    short = rng.integers(0, 6, (places, weeks, draws)) * rng.integers(0, 2, (places, weeks, 1))
    rate = rng.choice([1.0, 1.2, 1.5, 2.0], places)
    adults = rng.choice([100.0, 250.0, 1000.0, 3000.0], places)
    budget = float(rng.integers(0, 9))
    limits = Limits.none(int(places))
    if seed % 2:
        low = np.zeros(places)
        low[rng.integers(places)] = rng.integers(0, int(budget) + 1)
        high = np.where(rng.random(places) < 0.5, low + rng.integers(0, 4, places), np.inf)
        limits = Limits(low, high)
    values = short.astype(np.float32)
    return values, Need(ordered(values.copy()), rate, adults), budget, limits


def helped(short: NDArray[Any], rate: Floats, hours: Floats) -> float:
    """Persons helped on average: Σ rate · mean min(hours, short), hours [place, week]."""
    return float((np.minimum(short, hours[:, :, None]).mean(axis=2) * rate[:, None]).sum())


def worst(short: NDArray[Any], adults: Floats, hours: Floats) -> float:
    """Hours still short per 1,000 adults where they are most."""
    left = np.maximum(short - hours[:, :, None], 0).mean(axis=2).sum(axis=1)
    return float((left * 1000 / adults).max())


def most_by_trying(short: NDArray[Any], rate: Floats, budget: float, limits: Limits) -> float:
    """Persons helped at most, by trying every plan in whole hours: where draws are whole hours, a
    best plan is among them.
    """
    weeks = short.shape[1]
    total = 0.0
    for week in range(weeks):
        ranges = [
            range(int(low), int(min(high, max(budget, low))) + 1)
            for low, high in zip(limits.low, limits.high, strict=True)
        ]
        total += max(
            helped(short[:, week : week + 1], rate, np.array(plan, dtype=float)[:, None])
            for plan in itertools.product(*ranges)
            if sum(plan) <= budget
        )
    return total


def worst_by_programme(
    short: NDArray[Any], need: Need, budget: float, limits: Limits
) -> tuple[float, float]:
    """The smallest worst and the persons helped at most beside it, by a programme with a variable
    for the hours used in every single draw.
    """
    places, weeks, draws = short.shape
    x, u = places * weeks, places * weeks * draws
    size = x + u + 1
    rows, least = [], []
    for m, w, d in itertools.product(range(places), range(weeks), range(draws)):
        row = np.zeros(size)
        row[x + (m * weeks + w) * draws + d], row[m * weeks + w] = 1, -1
        rows.append(row)
        least.append(0.0)
    for w in range(weeks):
        row = np.zeros(size)
        row[w:x:weeks] = 1
        rows.append(row)
        least.append(budget)
    for m in range(places):
        row = np.zeros(size)
        row[x + m * weeks * draws : x + (m + 1) * weeks * draws] = -1 / draws
        row[-1] = -need.adults[m] / 1000
        rows.append(row)
        least.append(-float(short[m].sum()) / draws)
    hours = np.stack([np.repeat(limits.low, weeks), np.repeat(limits.high, weeks)], axis=1)
    used = np.stack([np.zeros(u), short.reshape(-1)], axis=1)
    bounds = np.concatenate([hours, used, [[0, np.inf]]])
    goal = np.zeros(size)
    goal[-1] = 1
    first = linprog(goal, np.array(rows), least, bounds=bounds)
    bounds[-1, 1] = first.fun + 1e-9
    people = np.zeros(size)
    people[x:-1] = -np.repeat(need.rate, weeks * draws) / draws
    then = linprog(people, np.array(rows), least, bounds=bounds)
    return float(first.fun), -float(then.fun)
