"""Who becomes a user, and when: accounts opened, returned to paper, opened again.

Symbols: draw d, municipality m, adult age band a, week w. `P[m, a]` people, `T` the target week.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from planner.assumptions import Parameters
from planner.model.kernels import spread, uniform_kernel
from planner.model.weeks import Horizon, days_by_month

Floats = NDArray[np.float64]

ECHO_WEEKS = 8.0  # the returning wave is spread over this many weeks
FAR = 700.0  # log odds beyond which a share is 0 or 1 in float64


@dataclass(frozen=True)
class Profile:
    """Accounts by place and age, all float64 [draw, municipality, age], persons.

    existing: users at the start; new: opened by the end of the target week; late: opened after it
    if the curve runs on for ever; new_assisted, late_assisted: the part beyond today's reach.
    """

    existing: Floats
    new: Floats
    late: Floats
    new_assisted: Floats
    late_assisted: Floats


@dataclass(frozen=True)
class Timing:
    """Shares of `Profile.new` and `Profile.late` by week, all float64 [draw, age, week].

    opened_*: accounts opened in the week; returned_*: of those, back to paper in the week; echo_*:
    of those, switched on again in the week.
    """

    opened_new: Floats
    opened_late: Floats
    returned_new: Floats
    returned_late: Floats
    echo_new: Floats
    echo_late: Floats

    def in_service(self) -> tuple[Floats, Floats]:
        """Share of new and of late accounts in service (net) at each week's end."""
        new = np.cumsum(self.opened_new - self.returned_new + self.echo_new, axis=-1)
        late = np.cumsum(self.opened_late - self.returned_late + self.echo_late, axis=-1)
        return np.maximum(new, 0.0), np.maximum(late, 0.0)


def solve_shift(log_odds: Floats, people: Floats, total: Floats) -> Floats:
    """The delta with Σ people·expit(log_odds + delta) = total: float64 [draw, 1, 1], log odds.

    log_odds: [draw, 1 or municipality, age]; people: [municipality, age] or broadcastable;
    total: [draw, 1, 1], between 0 and Σ people. Newton's method on the log odds of the mean share,
    kept inside a shrinking bracket.
    """
    log_odds, people = np.broadcast_arrays(log_odds, people)
    everyone = people.sum(axis=(-2, -1), keepdims=True)
    low = np.full(total.shape, -2 * FAR)
    high = np.full(total.shape, 2 * FAR)
    share = np.clip(total / everyone, 0.0, 1.0)
    delta = np.clip(logit(share), -FAR, FAR)
    for _ in range(200):
        value = expit(log_odds + delta)
        error = (people * value).sum(axis=(-2, -1), keepdims=True) - total
        low = np.where(error <= 0, delta, low)
        high = np.where(error >= 0, delta, high)
        slope = (people * value * (1 - value)).sum(axis=(-2, -1), keepdims=True)
        with np.errstate(divide="ignore", invalid="ignore"):
            step = delta - error / slope
        inside = np.isfinite(step) & (step > low) & (step < high)
        following = np.where(inside, step, (low + high) / 2)
        done = (np.abs(error) <= 4e-16 * everyone) | (np.abs(following - delta) <= 1e-15)
        if done.all():
            break
        delta = np.where(done, delta, following)
    return np.asarray(delta)


def profile(
    people: Floats, p: Parameters, existing_total: float, new_total: float, open_by_target: Floats
) -> Profile:
    """Existing, new and late accounts by place and age; see Profile.

    people: [municipality, age]; totals in persons; open_by_target: share 1 − S[T] of those who
    will ever open an account that has done so by the target week, [draw, age].

    existing = P·expit(logit(base) + delta). New accounts, up to the potential Σ P·(reach − share),
    follow the potential scaled down; above it P·expit(logit(reach) + delta) − existing. Where
    existing users exceed today's reach the larger of the two counts as reach, so that no cell turns
    negative and both branches meet without clipping.
    """
    grid = people[None, :, :]
    draws = p["reach"].shape[0]
    total = np.full((draws, 1, 1), float(existing_total))
    base = logit(p["existing_profile"])[:, None, :]
    have = base + solve_shift(base, grid, total)
    reach = np.maximum(logit(p["reach"])[:, None, :], have)
    target = np.full((draws, 1, 1), float(new_total))

    potential = grid * _between(have, reach)
    carried = potential.sum(axis=(-2, -1), keepdims=True)
    beyond = np.maximum(target - carried, 0.0)
    delta = np.maximum(solve_shift(reach, grid, total + carried + beyond), 0.0)
    scale = np.where(
        carried > 0, np.minimum(target / np.where(carried > 0, carried, 1.0), 1.0), 0.0
    )
    new = np.where(target <= carried, potential * scale, grid * _between(have, reach + delta))
    new = new * _correction(new, target)

    existing = grid * expit(have)
    share = open_by_target[:, None, :]
    ever = np.minimum(
        np.where(new > 0, new / np.where(share > 0, share, 1.0), 0.0), grid * expit(-have)
    )
    late = np.maximum(ever - new, 0.0)
    new_assisted = np.maximum(new - potential, 0.0)
    beyond_reach = np.maximum(new + late - potential, 0.0) - new_assisted
    late_assisted = np.clip(beyond_reach, 0.0, late)
    return Profile(existing, new, late, new_assisted, late_assisted)


def _between(low: Floats, high: Floats) -> Floats:
    """expit(high) − expit(low) without cancellation, for high ≥ low."""
    return np.asarray(expit(high) * expit(-low) * -np.expm1(low - high))


def _correction(new: Floats, target: Floats) -> Floats:
    """The last rounding error of the solved total, as a factor next to 1."""
    reached = new.sum(axis=(-2, -1), keepdims=True)
    return np.asarray(np.where(reached > 0, target / np.where(reached > 0, reached, 1.0), 1.0))


def season_sum(p: Parameters, span: Horizon) -> Floats:
    """L[w], the running sum of the season index since the start: float64 [draw, week], weeks.

    Counted by days, so that a start in the middle of a week and weeks across months are exact.
    """
    index = p["season"] / p["season"].mean(axis=-1, keepdims=True)
    # not a matrix product: its last digit would depend on how many draws stand beside each other
    weekly = (index[:, None, :] * days_by_month(span, since=span.start)).sum(axis=-1) / 7
    return np.asarray(np.cumsum(weekly, axis=-1))


def not_yet(p: Parameters, season: Floats) -> tuple[Floats, Floats]:
    """Share S[d, a, w] that has not logged in yet, and 1 − S without cancellation.

    Log-ins of a person are Poisson with a Gamma rate of shape k and mean mu·rate[a] a week, so the
    first one is later than L with probability (1 + mu·rate[a]·L/k)^(−k).
    """
    shape = p["log_in_shape"][:, :, None]
    mean = (p["log_ins"] * p["log_in_rate"])[:, :, None]
    exponent = -shape * np.log1p(mean * season[:, None, :] / shape)
    return np.exp(exponent), -np.expm1(exponent)


def timing(p: Parameters, span: Horizon, echo: bool = True) -> tuple[Timing, Floats]:
    """Weekly shares of new and late accounts (see Timing), and 1 − S[T] as [draw, age]."""
    waiting, opened = not_yet(p, season_sum(p, span))
    step = np.maximum(np.diff(opened, axis=-1, prepend=0.0), 0.0)
    rest = np.maximum(-np.diff(waiting, axis=-1, prepend=1.0), 0.0)
    target = span.target_index
    by_target = opened[:, :, target]
    on_time = np.arange(span.computed) <= target
    with np.errstate(divide="ignore", invalid="ignore"):
        new = np.where(on_time, step / by_target[:, :, None], 0.0)
        late = np.where(on_time, 0.0, rest / waiting[:, :, target, None])
    new = np.nan_to_num(new)
    flows = (new, np.nan_to_num(late))
    back = uniform_kernel(np.zeros_like(p["opt_out_weeks"]), p["opt_out_weeks"], span.computed)
    again = uniform_kernel(p["echo_delay"], ECHO_WEEKS, span.computed)
    returned = [spread(flow, back) * p["opt_out"][:, :, None] for flow in flows]
    strength = p["echo_share"][:, :, None] * (1.0 if echo else 0.0)
    echoes = [spread(flow, again) * strength for flow in returned]
    return Timing(*flows, *returned, *echoes), by_target


def largest_target(people: Floats, existing_total: float) -> float:
    """The most new users there can be: adults − existing, persons."""
    return float(people.sum() - existing_total)


def reach_target(people: Floats, p: Parameters, existing_total: float) -> Floats:
    """New users that today's reach carries, Σ P·max(reach − existing share, 0): [draw], persons."""
    grid = people[None, :, :]
    base = logit(p["existing_profile"])[:, None, :]
    total = np.full((p["reach"].shape[0], 1, 1), float(existing_total))
    have = base + solve_shift(base, grid, total)
    reach = np.maximum(logit(p["reach"])[:, None, :], have)
    return np.asarray((grid * _between(have, reach)).sum(axis=(-2, -1)))
