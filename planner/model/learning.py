"""What a log of visits teaches about the draws: weights, the national level, factors of places.

Of draw d, municipality m and week w the model says

    count[m, w] ~ Poisson(expected[d, m, w] · level[d, w] · factor[m] · weekly[m, w]),
    factor[m] with mean 1 and variance exp(σ²) − 1,  weekly ~ Gamma(shape, 1/shape).

Three steps undo it, each from the step before:

1. The log is added up over the places week by week (`pool`). A place counts with the weight that
   makes the sum tell most about what all share: 1/(1 + v·information in its log), v being the
   variance of a factor and of how logs are kept. A log may also tell nothing of the country: one
   far from the others, or alone and far from what the draws hold possible, gets a wide v of its
   own (`_ordinary`). So neither the capital nor a village can rule the country.
2. Each draw's evidence is that of the pooled log under a negative binomial's variance, with the
   level, unknown outages and campaigns, and the finite number of factors integrated out
   (planner.model.level). The weights are tempered so that the effective number of draws stays at
   100 or more (with fewer than 200 draws: half of them), and the draws resampled systematically.
   What tempering leaves undone, and what no draw can explain, the level's path of each draw makes
   good.
3. A place's factor, given the draw and its level, is Gamma with shape 1/(exp(σ²) − 1) before the
   log and conjugate to Poisson counts. A count whose weekly dispersion matters tells less, so
   counts and expected contacts are discounted by 1/(1 + expected/shape), which gives the negative
   binomial's information. A few places may be anything from some week on (a second, wide Gamma);
   the mixture is matched by one Gamma with its mean and variance. Places without a log keep the
   prior.

References: Kong, Liu and Wong 1994 (effective number); Del Moral, Doucet and Jasra 2006
(tempering); Kitagawa 1996 (systematic resampling); Robbins 1956, Clayton and Kaldor 1987
(Gamma–Poisson shrinkage); McCullagh and Nelder 1989, ch. 9 (quasi-likelihood of pooled counts);
Tukey 1960, Box and Tiao 1968 (samples a part of which is contaminated).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, gammaln, logsumexp, softmax, xlogy

from planner.assumptions import Parameters
from planner.model import level
from planner.model.forecast import Settings
from planner.model.kernels import contact_kernel, spread
from planner.model.rates import rates
from planner.model.weeks import Horizon
from planner.model.worlds import Learned

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

LEAST_EFFECTIVE = 100.0
ODD_PLACES = 0.01  # share of the places whose factor may be anything
ODD_SHAPE = 1.5
# Before any log is seen: the standard deviation, on the log scale, of what one keeper counts as a
# visit against another; the share of logs that tell nothing of the country, and the width, on the
# log scale, over which those may lie (e^6: from a twentieth of the forecast to twenty times it).
KEEPING = 0.3
ODD_LOGS, ODD_WIDTH = 0.1, 6.0
LEAST_ORDINARY = 1e-5
LEAST_SPREAD = 0.2  # of the country's level, log scale, where the draws hardly differ
LEVELS = np.arange(-8.0, 8.0, 0.02)  # tried around the draws' mean, log scale
NOBODY = 1e-6  # contacts; where fewer are expected no count can be learned from
HALF = 0.5  # contacts added to both sides of a ratio, so that an empty week has a logarithm
TOGETHER = 100  # draws
SHARED = 0.5  # part of the error of user counts that all dates share


@dataclass(frozen=True)
class Log:
    """What was logged, beside what the draws expected.

    expected: contacts before the place's factor, float32 [draw, place, week]; counts: float64
    [place, week], NaN where nothing was logged; places: index of each among all municipalities;
    weeks: index of each among all weeks, ascending. Every place and week has at least one count.
    """

    expected: Singles
    counts: Floats
    places: NDArray[np.intp]
    weeks: NDArray[np.intp]

    @cached_property
    def usual(self) -> Floats:
        """Mean of what the draws expect, 0 where not `known`: float64 [place, week]."""
        mean = self.expected.mean(axis=0, dtype=np.float64)
        return np.where(np.isfinite(self.counts) & (mean > NOBODY), mean, 0.0)

    @property
    def known(self) -> NDArray[np.bool_]:
        """Where something was logged and somebody expected: bool [place, week]."""
        return self.usual > 0

    @property
    def total(self) -> Floats:
        """Counts with 0 where not `known`: float64 [place, week]."""
        return np.where(self.known, self.counts, 0.0)


@dataclass(frozen=True)
class Users:
    """Users in service (net) on some days, persons.

    predicted: float64 [draw, day]; counted: [day]; error: relative standard deviation, [day].
    """

    predicted: Floats
    counted: Floats
    error: Floats


@dataclass(frozen=True)
class Update:
    """What came of it: what the ensemble needs, and figures to judge it by.

    weight: of the prior draws, float64 [draw], sum 1; effective: their effective number; power:
    what the likelihood was tempered to (1: not at all); unusual: probability that something out of
    the ordinary went on in a logged week, [week].
    """

    learned: Learned
    weight: Floats
    effective: float
    power: float
    unusual: Floats


def factor_shape(sigma: Floats) -> Floats:
    """Shape of the Gamma with mean 1 and the variance of a LogNormal(−σ²/2, σ)."""
    return np.asarray(1 / np.expm1(np.maximum(sigma, 1e-3) ** 2))


def pool(log: Log, variance: float, shape: float) -> level.Pool:
    """The log added up over its places with the weights that tell most about what all share.

    variance: of what an ordinary place logs around what all share; shape: of the weekly dispersion.
    Weighted counts are scaled so that they vary as much as plain ones of the same size.
    """
    informing = (log.usual / (1 + log.usual / shape)).sum(axis=1)
    own = variance / np.maximum(_ordinary(log, variance, shape), LEAST_ORDINARY)
    weight = log.known * (1 / (1 + own * informing))[:, None]
    whole = np.maximum((weight * log.usual).sum(axis=0), 1e-9)
    scale = (weight**2 * log.usual).sum(axis=0) / whole
    scale = np.where(scale > 0, scale, 1.0)
    counted = (weight * log.total).sum(axis=0) / scale
    expected = np.einsum("dmw,mw->dw", log.expected, weight) / scale
    share = weight * log.usual / whole
    # counting errors are those of the expected size, so that chance lows don't count for less
    overall = (counted.sum() + HALF) / (expected.sum(axis=1, keepdims=True) + HALF)
    noise = 1 / (overall * expected + HALF) + (1 + variance) / shape * (share**2).sum(axis=0)
    ratio = np.log((counted + HALF) / (expected + HALF))
    return level.Pool(ratio, noise, share.T @ (own[:, None] * share), log.weeks)


def _ordinary(log: Log, variance: float, shape: float) -> Floats:
    """Probability that a place's log tells of what all share, given all the logs: [place].

    At a level of the country a log is negative binomial around it, or it may be anything: then it
    is as likely as at its own best level, spread over ODD_WIDTH. Levels have the draws' mean and
    variance before the log, so that a lone log is judged by what the draws hold possible.
    """
    informing = 1 / (1 + log.usual / shape)
    total, size = (np.maximum((informing * x).sum(axis=1), 1e-9) for x in (log.total, log.usual))
    draws = np.log(np.einsum("dmw,mw->d", log.expected, log.known.astype(np.float32)) + 1e-9)
    levels = draws.mean() - np.log(log.usual.sum() + 1e-9) + LEVELS
    spread = max(float(draws.var()), LEAST_SPREAD**2)
    prior = 1 / variance
    best = xlogy(total, total / size) - (prior + total) * np.log(prior + total)
    likely = total * levels[:, None] - best
    likely -= (prior + total) * np.log(prior + np.exp(levels)[:, None] * size)
    odd = np.log(ODD_LOGS / (1 - ODD_LOGS) / ODD_WIDTH)
    odd = odd + 0.5 * np.log(2 * np.pi * (variance + 1 / (size + HALF)))
    each = np.logaddexp(likely, odd).sum(axis=1) - 0.5 * LEVELS**2 / spread
    return np.asarray(softmax(each) @ expit(likely - odd))


def users_evidence(users: Users) -> Floats:
    """Log likelihood of each draw given the user counts: float64 [draw].

    Errors are normal on the log scale; half of their variance is shared by all dates, being a
    matter of what is counted.
    """
    gap = np.log(users.counted + HALF) - np.log(users.predicted + HALF)
    covariance = np.outer(users.error, users.error) * SHARED
    covariance += np.diag(users.error**2 * (1 - SHARED))
    return np.asarray(-0.5 * (gap * np.linalg.solve(covariance, gap.T).T).sum(axis=1))


def tempered(log_weight: Floats, least: float = LEAST_EFFECTIVE) -> tuple[Floats, float]:
    """Weights with an effective number of at least `least`, and the power (0 to 1) that gives it.

    The effective number 1/Σ weight² falls steadily with the power, so it is found by bisection.
    With fewer draws than twice `least` half of them stay effective, so that they learn too.
    """
    away = log_weight - log_weight.max()
    wanted = min(least, away.size / 2)

    def at(power: float) -> Floats:
        weight = np.exp(power * away)
        return np.asarray(weight / weight.sum())

    def enough(power: float) -> bool:
        return bool(1 / (at(power) ** 2).sum() >= wanted)

    if enough(1.0):
        return at(1.0), 1.0
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if enough(middle) else (low, middle)
    return at(low), low


def resampled(weight: Floats, rng: np.random.Generator) -> NDArray[np.intp]:
    """As many draws as there are weights, by weight, systematically: intp [draw], ascending."""
    marks = (rng.random() + np.arange(weight.size)) / weight.size
    found = np.searchsorted(np.cumsum(weight), marks)
    return np.minimum(found, weight.size - 1).astype(np.intp)


def factors(
    log: Log, chosen: NDArray[np.intp], path: Floats, prior: Floats, shape: float
) -> tuple[Singles, Singles]:
    """Shape and rate of the logged places' factors: float32 [draw, place].

    path: level of the chosen draws in the logged weeks, [draw, week]; prior: shape before the log,
    [draw]; shape: of the weekly dispersion.
    """
    total, usual = log.total, np.where(log.known, _expected_now(log, chosen, path), 0.0)
    typical = float(np.median(prior))
    informing = np.ones_like(usual)
    for _ in range(4):  # the discount follows the factor, the factor the discount
        found = (typical + (informing * total).sum(axis=1)) / (
            typical + (informing * usual).sum(axis=1)
        )
        informing = 1 / (1 + usual * found[:, None] / shape)
    counts, expectation = informing * total, informing * usual
    since, odd = _changed(counts, expectation, typical)
    exposure, late = (
        _exposure(log, chosen, path, informing * mask) for mask in (log.known, log.known & since)
    )
    usually = prior[:, None] + counts.sum(axis=1), prior[:, None] + exposure
    changed = ODD_SHAPE + (counts * since).sum(axis=1), ODD_SHAPE + late
    return _mixed(usually, changed, odd)


def _parts(draws: int) -> list[slice]:
    """Draws some at a time, so that a long log of all places needs little memory."""
    return [slice(first, first + TOGETHER) for first in range(0, draws, TOGETHER)]


def _expected_now(log: Log, chosen: NDArray[np.intp], path: Floats) -> Floats:
    """Mean of what the chosen draws expect at their levels: float64 [place, week]."""
    total = np.zeros(log.counts.shape)
    for part in _parts(chosen.size):
        paths = path[part].astype(np.float32)
        total += np.einsum("dmw,dw->mw", log.expected[chosen[part]], paths)
    return total / chosen.size


def _exposure(log: Log, chosen: NDArray[np.intp], path: Floats, weight: Floats) -> Floats:
    """Weighted sum over weeks of what each draw expects at its level: float64 [draw, place]."""
    weights = weight.astype(np.float32)
    found = np.empty((chosen.size, log.places.size))
    for part in _parts(chosen.size):
        paths = path[part].astype(np.float32)
        found[part] = np.matmul(log.expected[chosen[part]] * weights, paths[:, :, None])[:, :, 0]
    return found


def _evidence(first: float, counts: Floats, exposure: Floats) -> Floats:
    """Log evidence of counts whose factor is Gamma(first, 1/first), up to the counts' own terms."""
    after = first + counts
    value = first * np.log(first) - gammaln(first) + gammaln(after)
    return np.asarray(value - after * np.log(first + exposure))


def _changed(counts: Floats, exposure: Floats, prior: float) -> tuple[NDArray[np.bool_], Floats]:
    """Since when a place may go its own way, bool [place, week], and how likely that is, [place].

    Before the change the factor is as usual, from it on it may be anything; any logged week may be
    the first. counts, exposure: [place, week].
    """
    before, up_to = (np.cumsum(part, axis=1) - part for part in (counts, exposure))
    rest, since = (
        part.sum(axis=1, keepdims=True) - part.cumsum(axis=1) + part for part in (counts, exposure)
    )
    each = _evidence(prior, before, up_to) + _evidence(ODD_SHAPE, rest, since)
    each -= np.log(counts.shape[1])
    never = _evidence(prior, counts.sum(axis=1), exposure.sum(axis=1))
    odds = logsumexp(each, axis=1) - never + np.log(ODD_PLACES / (1 - ODD_PLACES))
    first = each.argmax(axis=1)
    return np.arange(counts.shape[1]) >= first[:, None], np.asarray(expit(odds))


def _mixed(
    usual: tuple[Floats, Floats], other: tuple[Floats, Floats], share: Floats
) -> tuple[Singles, Singles]:
    """Shape and rate of the Gamma with mean and variance of two mixed; share: of the second."""
    means = [shape / rate for shape, rate in (usual, other)]
    mean = means[0] + share * (means[1] - means[0])
    variance = (1 - share) * means[0] / usual[1] + share * means[1] / other[1]
    variance += share * (1 - share) * (means[1] - means[0]) ** 2
    return (mean**2 / variance).astype(np.float32), (mean / variance).astype(np.float32)


def other_delay(p: Parameters, span: Horizon, people: Floats, settings: Settings) -> Floats:
    """What another shape of the delay would do to the contacts: log ratio, float64 [week].

    The other shape has the same mean: people wait twice, half as long each time, so that few come
    at once. p: a few draws are enough, the mean over them is taken.
    """
    fading = contact_kernel(p["half_life"], np.zeros_like(p["tail"]))
    step = contact_kernel(p["half_life"] / 2, np.zeros_like(p["tail"]))
    twice = spread(step[:, None, :], step)[:, 0]
    usual = contact_kernel(p["half_life"], p["tail"])
    other = usual + (1 - p["tail"]) * (twice / twice.sum(axis=1, keepdims=True) - fading)
    found = []
    for kernel in (usual, other):
        rate = rates(p, span, people, settings, kernel)
        total = rate.information + rate.plain + rate.by_need * p["need"][:, :, None]
        found.append((people.sum(axis=0)[:, None] * total).sum(axis=1))
    some = (found[0] > 0) & (found[1] > 0)
    ratio = np.log(np.where(some, found[1], 1.0)) - np.log(np.where(some, found[0], 1.0))
    return np.asarray(ratio.mean(axis=0))


def update(
    log: Log | None,
    users: Users | None,
    sigma: Floats,
    shape: float,
    national: Floats,
    delay: Floats,
    places: int,
    seed: int,
) -> Update | None:
    """The Update that a log of visits, user counts or both give; None where there is neither.

    sigma: of the places' factors, [draw]; shape: of the weekly dispersion; national: the country's
    expected contacts, [draw, week]; delay: see `other_delay`, [week]; places: number of all
    municipalities. Those without a log learn from the others through draws and level alone. The
    same seed gives the same numbers; the order of the log's places doesn't matter.
    """
    if log is None and users is None:
        return None
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(2,)))
    draws, weeks = national.shape
    evidence = np.zeros(draws) if users is None else users_evidence(users)
    if log is not None:
        series = pool(log, float(np.expm1((sigma**2).mean())) + KEEPING**2, shape)
        covariance = level.prior(weeks, delay)
        possible = level.spells(log.weeks)
        found = level.fit(series, covariance, possible)
        evidence = evidence + found.log_weight
    weight, power = tempered(evidence)
    chosen = resampled(weight, rng)
    prior = factor_shape(sigma[chosen])
    first = np.repeat(prior[:, None], places, axis=1).astype(np.float32)
    second, path = first.copy(), np.ones((draws, weeks))
    unusual = np.zeros(0)
    if log is not None:
        size = np.log(national + HALF)
        after = level.paths(series, covariance, possible, found, chosen, size, power, rng)
        path, unusual = after.factor, after.unusual
        now = path[:, log.weeks]
        first[:, log.places], second[:, log.places] = factors(log, chosen, now, prior, shape)
    learned = Learned(chosen, path.astype(np.float32), first, second)
    return Update(learned, weight, float(1 / (weight**2).sum()), power, unusual)
