"""Arrays used again: the same memory under the same name, of whatever shape."""

from __future__ import annotations

import numpy as np

from planner.model.scratch import Scratch


def test_the_same_name_gives_the_same_memory_again() -> None:
    scratch = Scratch()

    first = scratch.singles("a", (3, 4))
    again, other = scratch.singles("a", (2, 5)), scratch.singles("b", (3, 4))

    assert np.shares_memory(first, again)
    assert not np.shares_memory(first, other)
    assert (again.shape, again.dtype) == ((2, 5), np.float32)


def test_what_does_not_fit_gets_more_room() -> None:
    scratch = Scratch()

    small = scratch.bytes("a", (2,))
    large = scratch.bytes("a", (7, 9))

    assert large.shape == (7, 9)
    assert not np.shares_memory(small, large)
