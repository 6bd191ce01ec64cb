"""What is missing: hours short, people waiting, and the verdict.

Symbols: draw d, municipality m, week w. Hours a week throughout.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

READY, TIGHT, SHORT = 0, 1, 2
VERDICTS = ("ready", "tight", "short")
COPES_SHARE = 0.8
ROUNDING = 1e-5  # hours: below this (36 ms) a remainder is arithmetic, not somebody waiting


@dataclass(frozen=True)
class Gap:
    """float64 [draw, municipality, week] each, the lookahead weeks left out.

    needed_hours: hours needed in all; short_hours: this week's missing staff hours (a flow);
    waiting_hours: work still waiting when the week ends, after some have given up; gave_up_hours:
    work of those who gave up; copes: nobody who comes in the week waits longer than two weeks.
    """

    needed_hours: Floats
    short_hours: Floats
    waiting_hours: Floats
    gave_up_hours: Floats
    copes: NDArray[np.bool_]


def short_hours(
    rollout: Floats, desk: Floats, capacity: Floats, baseline: Floats, utilisation: Floats
) -> Floats:
    """max(0, baseline + rollout/utilisation − capacity), utilisation on the desk's part only.

    rollout, desk: rollout hours and the part of the desk channels in them; utilisation: [draw, 1].
    """
    return _short(required_hours(rollout, desk, baseline, utilisation), capacity)


def _short(needed: Floats, capacity: Floats, out: Floats | None = None) -> Floats:
    short = np.subtract(needed, capacity, out=out)
    np.maximum(short, 0.0, out=short)
    short *= short > ROUNDING
    return short


def required_hours(rollout: Floats, desk: Floats, baseline: Floats, utilisation: Floats) -> Floats:
    """Staff hours needed in a week: baseline, scheduled hours, and desk hours / utilisation."""
    return np.asarray(baseline + rollout + desk * (1 / utilisation[:, :, None] - 1))


def waiting(
    rollout: Floats, capacity: Floats, baseline: Floats, stay: Floats
) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Work waiting at each week's end, given up in it, and whether the week copes.

    stay: [draw, 1], or [draw, week] where it changes. Arrays: [draw, municipality, week + 2];
    results: [.., week]. See left_over; of what is left, `stay` waits on and the rest gives up.
    """
    left, copes = left_over(rollout, np.maximum(capacity - baseline, 0.0), stay)
    waits = np.asarray(stay[:, None, :] * left)
    return waits, left - waits, copes


def left_over(
    rollout: Floats, spare: Floats, stay: Floats, out: tuple[Floats, Floats] | None = None
) -> tuple[Floats, NDArray[np.bool_]]:
    """Work left when each week ends, before some give up, and whether the week copes: [.., week].

    left[w] = max(0, stay · left[w−1] + rollout[w] − spare[w]), spare: capacity − baseline, at least
    0. The week copes when what is left after it fits into the spare hours of the two weeks that
    follow. Arrays: [draw, municipality, week + 2]; stay: see waiting; out: two arrays shaped like
    the result, the first of which becomes it.
    """
    left, ahead = out or (None, None)
    left = np.subtract(rollout[..., :-2], spare[..., :-2], out=left)  # then week by week
    stays = np.broadcast_to(stay[:, None, :], (stay.shape[0], 1, left.shape[-1]))
    backlog = np.zeros_like(left[..., 0])
    for week in range(left.shape[-1]):
        now = left[..., week]
        now += backlog
        np.maximum(now, 0.0, out=now)
        np.multiply(now, stays[..., week], out=backlog)
    left *= left > ROUNDING
    ahead = np.add(spare[..., 1:-1], spare[..., 2:], out=ahead)
    ahead += ROUNDING
    return left, left <= ahead


def missing(
    rollout: Floats,
    extra: Floats,
    room: Floats,
    stay: Floats,
    out: tuple[Floats, Floats, Floats],
) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """short_hours, and what left_over says, for many draws at once; `room` is overwritten.

    extra: hours beyond the rollout's that desks must be staffed; room: capacity − baseline; out:
    three arrays shaped like the results, the first two of which become them. The same formulas as
    in `gap`, which adds and subtracts in another order: equal but for rounding.
    """
    first, *rest = out
    weeks = slice(0, first.shape[-1])
    np.add(rollout[..., weeks], extra[..., weeks], out=first)
    short = _short(first, room[..., weeks], out=first)
    np.maximum(room, 0.0, out=room)
    left, copes = left_over(rollout, room, stay, (rest[0], rest[1]))
    return short, left, copes


def gap(
    rollout: Floats,
    desk: Floats,
    capacity: Floats,
    baseline: Floats,
    utilisation: Floats,
    stay: Floats,
) -> Gap:
    """All of Gap from hours [draw, municipality, week + 2] and parameters [draw, 1]."""
    needed = required_hours(rollout, desk, baseline, utilisation)[..., :-2]
    short = _short(needed, capacity[..., :-2])
    return Gap(needed, short, *waiting(rollout, capacity, baseline, stay))


def verdict(p_copes: Floats, short_p50: Floats, absorbable_p50: Floats) -> NDArray[np.intp]:
    """READY, TIGHT or SHORT for each municipality over the weeks given: intp [municipality].

    ready: p_copes ≥ 0.8 in every week; tight: not ready, but in every week the hours short stay
    within the absorbable hours; short: beyond them. Where nothing can be absorbed, a week that half
    of the draws don't cope with is short: a village without any support, in which nobody comes in
    most weeks, must not be told that it manages. Arrays: [municipality, week].
    """
    ready = (p_copes >= COPES_SHARE).all(axis=-1)
    absorbed = (absorbable_p50 > 0) | (p_copes >= 0.5)
    tight = (absorbed & (short_p50 <= absorbable_p50 + ROUNDING)).all(axis=-1)
    return np.where(ready, READY, np.where(tight, TIGHT, SHORT)).astype(np.intp)
