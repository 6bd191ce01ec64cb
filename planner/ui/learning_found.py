"""What was found in a file: what is read, what is left out and why, and the reader's word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from planner import tables
from planner.ui import blocks, learning_rows, shell
from planner.ui.shelf import Pending
from planner.ui.shell import Frame

MOST_SHOWN = 100  # problems in the table; the file has them all


@dataclass(frozen=True)
class Found:
    """A file by its name, its number of sound rows, a sentence on them, and what was wrong."""

    name: str
    rows: int
    said: str | None
    pending: Pending


def found(
    page: Frame, key: str, file: Found, decide: tuple[Callable[[], None], Callable[[], None]]
) -> None:
    """What was read and what is left out, with two buttons; decide: to use the file, or not to."""
    texts, mistakes = page.texts, file.pending.mistakes
    for note in file.pending.notes:
        st.info(shell.sentence(note, texts))
    blocks.paragraph(file.said or texts("learning.nothing_read", name=file.name))
    left_out = learning_rows.left_out(mistakes)
    if mistakes:
        problems(page, key, file, left_out)
    yes, no = st.columns(2)
    with yes:
        if file.rows:
            label = learning_rows.confirm_label(file.rows, len(left_out), texts)
            st.button(label, key=f"{key}-confirm", type="primary", on_click=decide[0])
    with no:
        st.button(texts("learning.cancel"), key=f"{key}-cancel", on_click=decide[1])


def problems(page: Frame, key: str, file: Found, left_out: list[int]) -> None:
    """The rows left out with what is wrong, as a table and as a file."""
    texts, mistakes = page.texts, file.pending.mistakes
    numbers = learning_rows.row_numbers(left_out)
    said = texts.count("learning.left_out", len(left_out), rows=numbers)
    st.warning(said if left_out else texts("learning.file_problem"))
    heads, shown = learning_rows.problem_table(mistakes[:MOST_SHOWN], texts)
    blocks.table(heads, shown, texts("learning.problems"), texts=2)
    if len(mistakes) > MOST_SHOWN:
        blocks.note(texts("learning.problems.more", number=page.fmt.whole(MOST_SHOWN)))
    st.download_button(
        texts("learning.problems.download"),
        tables.as_csv(learning_rows.problem_frame(mistakes, texts)),
        file_name=f"{texts('learning.problems.file')}.csv",
        mime="text/csv",
        key=f"{key}-problems",
    )
