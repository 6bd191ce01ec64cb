"""How something spreads over the following weeks: lag weights, and their application."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

CONTACT_LAGS = 104
TAIL_LAGS = 52
SPREAD_BLOCK = 16  # draws


def contact_kernel(half_life: Floats, tail: Floats) -> Floats:
    """Weights of the lags 0–103 of a helped person's contacts: float64 [draw, lag], sum 1.

    A share 1 − tail falls off geometrically, halving every `half_life` weeks (renormalised to the
    104 lags); a share `tail` is spread evenly over the lags 0–51. Arguments: [draw, 1].
    """
    lags = np.arange(CONTACT_LAGS)
    fading = np.exp2(-lags / half_life)
    fading /= fading.sum(axis=-1, keepdims=True)
    even = np.where(lags < TAIL_LAGS, 1 / TAIL_LAGS, 0.0)
    return np.asarray((1 - tail) * fading + tail * even)


def uniform_kernel(start: Floats, length: Floats | float, lags: int) -> Floats:
    """Weights of an even spread over the time [start, start + length) weeks: float64 [draw, lag].

    Fractions of a week are shared between neighbouring lags; sum 1 where the span fits `lags`.
    """
    lag = np.arange(lags)
    end = start + length
    overlap = np.minimum(lag + 1, end) - np.maximum(lag, start)
    return np.asarray(np.maximum(overlap, 0.0) / length)


def carried_over(earlier: Floats, kernel: Floats, weeks: int) -> Floats:
    """What a flow of the weeks before the first still brings: float64 [draw, row, week].

    earlier: [row, week], the last column being the week before the first; kernel: [draw, lag].
    """
    rows, before = earlier.shape
    padded = np.concatenate([np.zeros((rows, kernel.shape[1])), earlier], axis=-1)
    padded = np.concatenate([padded, np.zeros((rows, weeks))], axis=-1)
    # windows[row, week, lag] = the flow `lag` weeks before `week`
    at = (kernel.shape[1] + before + np.arange(weeks))[:, None] - np.arange(kernel.shape[1])
    windows = padded[:, at].reshape(rows * weeks, kernel.shape[1])
    found = np.matmul(kernel[:, None, :], windows.T)  # draw by draw, so that none moves another
    return np.asarray(found.reshape(kernel.shape[0], rows, weeks))


def spread(flow: Floats, kernel: Floats) -> Floats:
    """`flow` delayed by `kernel`: float64 [draw, row, week], the part inside the weeks given.

    flow: [draw, row, week]; kernel: [draw, lag]. A lower-triangular matrix product, so that zeros
    stay exact zeros and nothing turns negative; some draws at a time, so that the matrices stay in
    the processor's cache.
    """
    draws, weeks = kernel.shape[0], flow.shape[-1]
    weights = np.zeros((draws, 2 * weeks - 1))
    used = min(weeks, kernel.shape[1])
    weights[:, weeks - 1 : weeks - 1 + used] = kernel[:, :used]
    windows = np.lib.stride_tricks.sliding_window_view(weights, weeks, axis=-1)
    # windows[d, i, j] = weights[d, i + j]; row weeks-1-u holds kernel[w - u] at column w
    matrix = windows[:, ::-1, :]
    result = np.empty((draws, *flow.shape[1:]))
    for first in range(0, draws, SPREAD_BLOCK):
        some = slice(first, first + SPREAD_BLOCK)
        np.matmul(flow[some], np.ascontiguousarray(matrix[some]), out=result[some])
    return result
