"""Themes and languages: whole sessions shared out so that their mix follows wanted shares."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def shared_out(
    shares: Floats, keys: Sequence[object], given: Sequence[int | None] | None = None
) -> list[int]:
    """A choice for each session in turn, whose mix follows the shares: one index a session.

    shares: wanted shares of each choice, [session, choice], rows summing to 1; keys: sessions of
    one key (a venue) are counted together. Each takes the choice that has fallen furthest behind
    its share so far, so at no time is one further than one session from it. given: choices that are
    made already, None where one is to be made.
    """
    wanted: dict[object, Floats] = {}
    chosen = []
    made = given if given is not None else [None] * len(shares)
    for row, key, already in zip(shares, keys, made, strict=True):
        behind = wanted.setdefault(key, np.zeros(shares.shape[1]))
        behind += row
        choice = int(np.argmax(np.round(behind, 9))) if already is None else already
        behind[choice] -= 1.0
        chosen.append(choice)
    return chosen
