"""In which weeks of a block the sessions of a series are held."""

from __future__ import annotations

from collections.abc import Sequence


def patterns(weeks: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """The patterns of a block's weeks: every week, every second one (two ways), once.

    Each is a tuple of weeks; those that coincide in a short block stand once.
    """
    found = (tuple(weeks), tuple(weeks[::2]), tuple(weeks[1::2]), tuple(weeks[1:2]))
    return tuple(dict.fromkeys(pattern for pattern in found if pattern))
