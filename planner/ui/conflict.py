"""Two people changed the same entry: both versions side by side, and a button for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

from planner.store import Conflict, ConflictError, Content
from planner.ui import blocks, shell
from planner.ui.shell import Frame

Choice = Literal["mine", "theirs"]
Describe = Callable[[Content | None], list[tuple[str, str]]]


def show(page: Frame, error: ConflictError, describe: Describe, key: str = "") -> Choice | None:
    """Says who was faster and shows both versions; which of them the reader wants, None so far.

    describe: an entry's content as label and value, of None what stands for a deleted one. key:
    tells several conflicts of a page apart.
    """
    shell.tell(error, page.texts)
    for number, conflict in enumerate(error.conflicts, 1):
        _versions(page, conflict, describe, number if len(error.conflicts) > 1 else None)
    mine, theirs = st.columns(2)
    with mine:
        keep = st.button(page.texts("conflict.keep_mine"), key=f"conflict-mine-{key}")
    with theirs:
        take = st.button(page.texts("conflict.take_theirs"), key=f"conflict-theirs-{key}")
    return "mine" if keep else "theirs" if take else None


def _versions(page: Frame, conflict: Conflict, describe: Describe, number: int | None) -> None:
    """One entry in both versions, label by label; what differs is said in words."""
    texts, theirs = page.texts, conflict.theirs
    mine = dict(describe(conflict.mine))
    other = dict(describe(None if theirs.deleted else theirs.content))
    heads = [
        texts("conflict.what"),
        texts("conflict.mine"),
        texts("conflict.theirs", author=theirs.author, time=theirs.time),
    ]
    rows = [[label, mine.get(label, "–"), other.get(label, "–")] for label in {**mine, **other}]
    differing = [row[0] for row in rows if row[1] != row[2]]
    caption = texts("conflict.caption", fields=differing)
    if number is not None:
        caption = f"{number}. {caption}"
    blocks.table(heads, rows, caption=caption, texts=3, whole=True)
