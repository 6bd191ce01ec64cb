"""Worlds to try learning on: true means and counts of visits, drawn from one draw of assumptions.

A world follows the model or has a structure the model doesn't know (KINDS). Learning never imports
this module.

Symbols: municipality m, week w.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.stats import gamma

from planner.assumptions import Parameters
from planner.model.forecast import Facts, Settings
from planner.model.kernels import CONTACT_LAGS
from planner.model.weeks import Horizon
from planner.model.worlds import expected_contacts, worlds

Floats = NDArray[np.float64]

# well: as the model has it; delay: contacts come in a hump later on, or with a long tail; campaign:
# some weeks of more contacts that nobody planned for; outage: a week almost without; triple: a few
# municipalities with three times the contacts from some week on; forty: only 40 keep a log.
KINDS = ("well", "delay", "campaign", "outage", "triple", "forty")
KEEPERS = 40


@dataclass(frozen=True)
class Structure:
    """What a world has that the model doesn't know; nothing by default.

    kernel: weights of the contacts' lags, [1, lag]; lift: week → factor on everybody's contacts;
    tripled: municipalities with three times the contacts from week `since` on; keepers: the only
    ones that keep a log.
    """

    kernel: Floats | None = None
    lift: tuple[tuple[int, float], ...] = ()
    tripled: NDArray[np.intp] = field(default_factory=lambda: np.zeros(0, dtype=np.intp))
    since: int = 0
    keepers: NDArray[np.intp] | None = None


@dataclass(frozen=True)
class World:
    """What happens in a world: every week of the horizon, lookahead included.

    mean: contacts an oracle would expect, float64 [municipality, week]; counts: those that come,
    float64 [municipality, week], whole numbers; kept: where a log is kept, bool [municipality].
    """

    mean: Floats
    counts: Floats
    kept: NDArray[np.bool_]

    def log(self, weeks: slice) -> Floats:
        """Logged counts of some weeks, NaN where none is kept: float64 [municipality, week]."""
        return np.where(self.kept[:, None], self.counts[:, weeks], np.nan)


def structure(
    kind: str, first: int, weeks: int, places: int, rng: np.random.Generator
) -> Structure:
    """A Structure of one of KINDS; its events fall in the `weeks` weeks from `first` on.

    A campaign may go on beyond them.
    """
    if kind == "delay":
        return Structure(kernel=other_kernel(rng))
    if kind == "campaign":
        start = first + int(rng.integers(1, weeks))
        strength = float(rng.uniform(1.5, 2.5))
        length = int(rng.integers(2, 5))
        return Structure(lift=tuple((start + week, strength) for week in range(length)))
    if kind == "outage":
        return Structure(lift=((first + int(rng.integers(weeks)), float(rng.uniform(0.0, 0.2))),))
    if kind == "triple":
        tripled = rng.choice(places, min(int(rng.integers(5, 13)), places), replace=False)
        return Structure(tripled=tripled, since=first + int(rng.integers(weeks - 1)))
    if kind == "forty":
        return Structure(keepers=rng.choice(places, min(KEEPERS, places), replace=False))
    if kind != "well":
        raise ValueError(f"no kind {kind}; there are {', '.join(KINDS)}")
    return Structure()


def other_kernel(rng: np.random.Generator) -> Floats:
    """Another shape of the delay: a Gamma's hump or a power's long tail, [1, lag], sum 1."""
    if rng.random() < 0.5:
        shape, mean = rng.uniform(2, 4), rng.uniform(4, 9)
        edges = np.arange(CONTACT_LAGS + 1)
        weights = np.diff(gamma.cdf(edges, shape, scale=mean / shape))
    else:
        weights = (1 + np.arange(CONTACT_LAGS) / rng.uniform(1, 3)) ** -rng.uniform(1.3, 2)
    return np.asarray(weights / weights.sum())[None]


def simulate(
    p: Parameters,
    span: Horizon,
    facts: Facts,
    settings: Settings,
    unknown: Structure,
    rng: np.random.Generator,
) -> World:
    """The World of one draw, p: id → [1, row]. Counts are the model's: Poisson around the mean
    times a weekly Gamma dispersion; the mean holds the place's own factor and what is unknown.
    """
    places = facts.people.shape[0]
    world = worlds(p, span, facts, settings, seed=0, kernel=unknown.kernel)
    everywhere = np.arange(places, dtype=np.intp)
    mean = expected_contacts(world, everywhere, slice(None))[0].astype(np.float64)
    sigma, shape = float(p["sigma"][0, 0]), float(p["dispersion"][0, 0])
    mean *= np.exp(sigma * rng.standard_normal((places, 1)) - sigma**2 / 2)
    for week, factor in unknown.lift:
        mean[:, week : week + 1] *= factor
    mean[unknown.tripled, unknown.since :] *= 3
    weekly = rng.standard_gamma(shape, mean.shape) / shape
    counts = rng.poisson(mean * weekly).astype(np.float64)
    kept = np.ones(places, dtype=np.bool_)
    if unknown.keepers is not None:
        kept[:] = False
        kept[unknown.keepers] = True
    return World(mean, counts, kept)
