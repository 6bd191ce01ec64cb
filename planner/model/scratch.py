"""Arrays used again block after block, so that the system needn't hand out memory anew."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Singles = NDArray[np.float32]


class Scratch:
    """One thread's named arrays. What it hands out holds until the same name is asked for again.

    Fresh memory costs as much as a computation that passes over it once: the system clears every
    page. So whoever takes many blocks of the same size keeps one Scratch for each thread, and is
    done with a block before taking the next.
    """

    def __init__(self) -> None:
        self._kept: dict[str, NDArray[np.uint8]] = {}

    def singles(self, name: str, shape: tuple[int, ...]) -> Singles:
        """An array float32 of a shape, its content undefined."""
        size = int(np.prod(shape))
        return self.bytes(name, (4 * size,)).view(np.float32).reshape(shape)

    def bytes(self, name: str, shape: tuple[int, ...]) -> NDArray[np.uint8]:
        """An array uint8 of a shape, its content undefined."""
        size = int(np.prod(shape))
        kept = self._kept.get(name)
        if kept is None or kept.size < size:
            kept = self._kept[name] = np.empty(size, dtype=np.uint8)
        return kept[:size].reshape(shape)
