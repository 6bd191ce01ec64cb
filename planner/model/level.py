"""How far the country's contacts lie from what the draws expect, week by week: a Gaussian process.

On the log scale, with one draw's expected contacts as zero, the pooled log of week w reads

    ratio[d, w] = level[w] + spell[w] + place[w] + noise[d, w]

level    what the model gets wrong for good or for long: a constant, a slow wander that reverts to
         zero (Matérn 3/2), and one direction: what another shape of the delay would do;
spell    something out of the ordinary in a few neighbouring weeks: an outage or a peak of one week,
         or a campaign nobody told the model of; the hypotheses are enumerated, not assumed;
place    the places' own factors, of which a log holds a finite number, so they don't average out;
noise    counting and dispersion (the negative binomial's variance), and a national disturbance of
         each week.

Everything is linear and Gaussian, so the evidence of each draw and hypothesis is exact and a
posterior path is drawn by conditioning a prior one (Matheron's rule).

References: Kennedy and O'Hagan 2001 (discrepancy of a model); Rasmussen and Williams 2006, ch. 2
and 4; Harrison and Stevens 1976 (steady, transient and changed states side by side); Wilson et al.
2020 (pathwise conditioning); Frei and Künsch 2013 (weights first, a Kalman update for the rest).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

Floats = NDArray[np.float64]

# Standard deviations on the log scale: 0.03 is about 3 %. The draws hold what is uncertain in the
# model; these are for what it leaves out.
CONSTANT, WANDER, DISTURBANCE = 0.03, 0.03, 0.02
WANDER_WEEKS = 6.0
OTHER_DELAY = 0.5  # 1 would be the delay in two steps
LONGEST_SPELL = 4  # weeks
MOST_SPELLS = 3
SPELL_ODDS = 0.01  # of each start and length against an ordinary log: 4 % a week
# One week may be anything, up to a closed service; several weeks in a row are rather a campaign
# that lifts contacts by about 1.8 (1.0 to 3.3 in nine cases of ten).
ONE_WEEK = (0.0, 1.5)
CAMPAIGN = (0.6, 0.35)
# That a spell seen in the last week goes on for another one: a first week of more contacts, later
# weeks, and less contacts.
GOES_ON_FIRST, GOES_ON, GOES_ON_DOWN = 0.6, 0.5, 0.1
JITTER = 1e-10


@dataclass(frozen=True)
class Pool:
    """A log added up over places with weights; see `learning.pool`.

    ratio: log of pooled counts over pooled expected contacts, float64 [draw, week]; noise: variance
    from counting and dispersion, [draw, week]; place: covariance from the places' own factors,
    [week, week]; weeks: index of each logged week, ascending.
    """

    ratio: Floats
    noise: Floats
    place: Floats
    weeks: NDArray[np.intp]


@dataclass(frozen=True)
class Spells:
    """Things out of the ordinary that may have happened.

    weeks: 1 in the logged weeks of a spell, float64 [spell, week]; mean, sd: of its height, log
    scale, [spell].
    """

    weeks: Floats
    mean: Floats
    sd: Floats


@dataclass(frozen=True)
class Paths:
    """What multiplies every municipality's expected contacts after a log.

    factor: float64 [draw, week], in logged weeks with their spells and disturbances; unusual:
    probability that a logged week belongs to a spell, [week].
    """

    factor: Floats
    unusual: Floats


@dataclass(frozen=True)
class Fit:
    """What the pooled log says to each draw and hypothesis.

    log_evidence: float64 [draw, hypothesis]; hypotheses: the spells of each, the first has none;
    covariance: of the ratio without spells, [draw, week, week].
    """

    log_evidence: Floats
    hypotheses: tuple[tuple[int, ...], ...]
    covariance: Floats

    @property
    def log_weight(self) -> Floats:
        """Log evidence of each draw over all hypotheses: float64 [draw]."""
        return np.asarray(logsumexp(self.log_evidence, axis=1))


def prior(weeks: int, other_delay: Floats) -> Floats:
    """Covariance of the level before any log: float64 [week, week].

    other_delay: log of the contacts with another shape of the delay over those expected, [week].
    """
    gap = np.abs(np.subtract.outer(np.arange(weeks), np.arange(weeks))) / WANDER_WEEKS
    wander = (1 + np.sqrt(3) * gap) * np.exp(-np.sqrt(3) * gap)
    direction = OTHER_DELAY * other_delay
    return np.asarray(CONSTANT**2 + WANDER**2 * wander + np.outer(direction, direction))


def spells(weeks: NDArray[np.intp]) -> Spells:
    """Every run of one to LONGEST_SPELL weeks that shows in the log; weeks: see Pool."""
    found: dict[tuple[bool, ...], int] = {}
    for length in range(1, LONGEST_SPELL + 1):
        for first in weeks:
            covered = (weeks >= first) & (weeks < first + length)
            found.setdefault(tuple(covered.tolist()), length)
    single = np.array(list(found.values())) == 1
    mean, sd = (np.where(single, *pair) for pair in zip(ONE_WEEK, CAMPAIGN, strict=True))
    return Spells(np.array(list(found), dtype=np.float64), mean, sd)


def fit(pool: Pool, covariance: Floats, possible: Spells) -> Fit:
    """Evidence of each draw without a spell, with each one, and with up to MOST_SPELLS of them.

    covariance: of the level in all weeks, from `prior`. Further spells are tried beside the best
    ones found so far, as long as that explains the log better: a greedy search whose hypotheses
    stay beside each other with their evidence.
    """
    at = np.ix_(pool.weeks, pool.weeks)
    spread = pool.noise + DISTURBANCE**2
    whole = covariance[at] + pool.place + spread[:, :, None] * np.eye(pool.weeks.size)
    inverse = np.asarray(np.linalg.inv(whole), dtype=np.float64)
    rest = pool.ratio
    base = -0.5 * np.linalg.slogdet(whole)[1]
    base -= 0.5 * np.einsum("di,dij,dj->d", rest, inverse, rest)
    known: tuple[int, ...] = ()
    evidence, hypotheses = [base[:, None]], [known]
    for _ in range(MOST_SPELLS):
        gain, scale = _gain(inverse, rest, possible)
        evidence.append(base[:, None] + gain + np.log(SPELL_ODDS))
        hypotheses += [(*known, spell) for spell in range(gain.shape[1])]
        newest = logsumexp(evidence[-1], axis=0)
        if logsumexp(newest) < logsumexp(np.concatenate(evidence[:-1], axis=1)):
            break
        best = int(newest.argmax())
        known = (*known, best)
        base = evidence[-1][:, best]
        # the best spell becomes part of the covariance (Sherman–Morrison) and of the mean
        column = inverse @ possible.weeks[best]
        shrink = possible.sd[best] ** 2 / scale[:, best]
        inverse = inverse - np.einsum("d,dv,dw->dvw", shrink, column, column)
        rest = rest - possible.mean[best] * possible.weeks[best]
    return Fit(np.concatenate(evidence, axis=1), tuple(hypotheses), whole)


def _gain(inverse: Floats, rest: Floats, possible: Spells) -> tuple[Floats, Floats]:
    """Log evidence won by each spell, and its scale: float64 [draw, spell] each.

    Height of a spell ~ Normal(mean, sd²), integrated out. A spell being a run of logged weeks, its
    sums over `inverse` are differences of running sums.
    """
    first = possible.weeks.argmax(axis=1)
    last = first + possible.weeks.sum(axis=1).astype(np.intp)
    running = np.pad(inverse.cumsum(axis=1).cumsum(axis=2), ((0, 0), (1, 0), (1, 0)))
    length = running[:, last, last] - 2 * running[:, first, last] + running[:, first, first]
    solved = np.pad(np.einsum("dij,dj->di", inverse, rest).cumsum(axis=1), ((0, 0), (1, 0)))
    along = solved[:, last] - solved[:, first]
    scale = 1 + possible.sd**2 * length
    beyond = along - possible.mean * length
    gain = possible.mean * along - 0.5 * possible.mean**2 * length
    gain += 0.5 * possible.sd**2 * beyond**2 / scale - 0.5 * np.log(scale)
    return gain, scale


def paths(
    pool: Pool,
    covariance: Floats,
    possible: Spells,
    found: Fit,
    chosen: NDArray[np.intp],
    expected: Floats,
    power: float,
    rng: np.random.Generator,
) -> Paths:
    """Posterior Paths of the chosen draws, one each.

    After the log a spell of its last week may go on; a log says nothing about disturbances to come.
    expected: log of the country's expected contacts, [draw, week]; power: of the likelihood that
    the weights have used. Where that isn't all of it, the rest moves the draws (`_shift`), and the
    spells are those that explain the log beside moving draws.
    """
    draws, weeks = chosen.size, pool.weeks.size
    moving = np.zeros_like(covariance)
    explained, evidence = found, found.log_evidence[chosen]
    if power < 1:
        moving = np.cov(expected[chosen], rowvar=False, bias=True)
        explained = fit(_together(pool, chosen, moving), covariance, possible)
        evidence = np.repeat(explained.log_evidence, draws, axis=0)
    which = _one_each(evidence, rng)
    table = _table(explained.hypotheses, possible)
    shape, mean, sd = (part[which] for part in table)
    whole = found.covariance[chosen] + np.einsum("dsv,ds,dsw->dvw", shape, sd**2, shape)
    rest = pool.ratio[chosen] - np.einsum("ds,dsw->dw", mean, shape)
    shift = _shift(moving, rest, whole, pool.weeks, power, rng)

    def normal(covariance: Floats) -> Floats:
        jitter = JITTER * max(1.0, float(covariance.max()))
        root = np.linalg.cholesky(covariance + jitter * np.eye(covariance.shape[0]))
        return np.asarray(rng.standard_normal((draws, root.shape[0])) @ root.T)

    level = normal(covariance)
    disturbance = DISTURBANCE * rng.standard_normal((draws, weeks))
    height = mean + sd * rng.standard_normal(sd.shape)
    other = normal(pool.place)
    other += np.sqrt(pool.noise[chosen]) * rng.standard_normal((draws, weeks))
    rest = pool.ratio[chosen] - (shift + level)[:, pool.weeks] - disturbance - other
    rest -= np.einsum("ds,dsw->dw", height, shape)
    pull = np.linalg.solve(whole, rest[:, :, None])[:, :, 0]
    level += pull @ covariance[pool.weeks]
    height += sd**2 * np.einsum("dsw,dw->ds", shape, pull)
    happened = np.einsum("ds,dsw->dw", height, shape)
    level[:, pool.weeks] += disturbance + DISTURBANCE**2 * pull + happened
    last = int(pool.weeks[-1])
    level[:, last + 1 :] += _carried_on(height, shape, level.shape[1] - last - 1, rng)
    return Paths(np.exp(shift + level), shape.max(axis=1).mean(axis=0))


def _together(pool: Pool, chosen: NDArray[np.intp], moving: Floats) -> Pool:
    """The pooled log as one draw would see it that moves as the chosen ones do, [week, week]."""
    place = pool.place + moving[np.ix_(pool.weeks, pool.weeks)]
    ratio, noise = (part[chosen].mean(axis=0, keepdims=True) for part in (pool.ratio, pool.noise))
    return Pool(ratio, noise, place, pool.weeks)


def _shift(
    moving: Floats,
    rest: Floats,
    whole: Floats,
    weeks: NDArray[np.intp],
    power: float,
    rng: np.random.Generator,
) -> Floats:
    """How far draws move, all weeks together, for the part of the likelihood not in their weights.

    Where weights must be tempered, the rest of the likelihood moves the draws by an ensemble Kalman
    update: other weeks follow as they do over the draws (Frei and Künsch 2013). moving: covariance
    of the draws, [week, week].
    """
    if power >= 1:
        return np.zeros((rest.shape[0], moving.shape[0]))
    error = whole / (1 - power)
    root = np.linalg.cholesky(error)
    noise = np.einsum("dvw,dw->dv", root, rng.standard_normal(rest.shape))
    inside = moving[np.ix_(weeks, weeks)] + error
    pull = np.linalg.solve(inside, (rest + noise)[:, :, None])[:, :, 0]
    return np.asarray(pull @ moving[weeks])


def _one_each(log_evidence: Floats, rng: np.random.Generator) -> NDArray[np.intp]:
    """One hypothesis a draw, by its evidence: intp [draw]."""
    share = np.exp(log_evidence - logsumexp(log_evidence, axis=1, keepdims=True))
    mark = rng.random((log_evidence.shape[0], 1))
    passed = (mark > np.cumsum(share, axis=1)).sum(axis=1)
    return np.asarray(np.minimum(passed, share.shape[1] - 1), dtype=np.intp)


def _table(
    hypotheses: tuple[tuple[int, ...], ...], possible: Spells
) -> tuple[Floats, Floats, Floats]:
    """Weeks [hypothesis, slot, week], mean and sd [hypothesis, slot] of spells; unused slots 0."""
    most = max(map(len, hypotheses))
    shape = np.zeros((len(hypotheses), most, possible.weeks.shape[1]))
    mean, sd = np.zeros(shape.shape[:2]), np.zeros(shape.shape[:2])
    for row, chosen in enumerate(hypotheses):
        for slot, spell in enumerate(chosen):
            shape[row, slot] = possible.weeks[spell]
            mean[row, slot], sd[row, slot] = possible.mean[spell], possible.sd[spell]
    return shape, mean, sd


def _carried_on(height: Floats, shape: Floats, weeks: int, rng: np.random.Generator) -> Floats:
    """What a spell of the last logged week adds to the weeks after it: float64 [draw, week]."""
    draws = height.shape[0]
    now = height * shape[:, :, -1]
    lasted = (shape * shape[:, :, -1:]).sum(axis=(1, 2))
    total = now.sum(axis=1)
    first = np.where(total < 0, GOES_ON_DOWN, np.where(lasted == 1, GOES_ON_FIRST, GOES_ON))
    longer = np.where(rng.random(draws) < first, rng.geometric(1 - GOES_ON, draws), 0)
    return np.asarray(total[:, None] * (np.arange(weeks) < longer[:, None]))
