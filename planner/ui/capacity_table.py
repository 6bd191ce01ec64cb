"""The capacity table on the screen, and what it says of itself: what counts, what to mend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from planner import services
from planner.records import CERTAINTIES, LANGUAGES, PROVIDERS
from planner.ui import blocks, capacity_words
from planner.ui.capacity_draft import Draft, table_key
from planner.ui.capacity_lines import LISTS, ORIGIN, Fault, Line, Read
from planner.ui.shell import Frame

_OPTIONS: Final = {
    "provider": PROVIDERS,
    "paid": services.PAID,
    "certainty": CERTAINTIES,
    "languages": LANGUAGES,
    "channels": services.ROW_CHANNELS,
}
_WIDTHS: Final = {
    "provider": 150,
    "place": 105,
    "hours": 104,
    "first": 88,
    "last": 96,
    "people": 104,
    "paid": 120,
    "certainty": 122,
    ORIGIN: 92,
    "languages": 105,
    "channels": 150,
}
"""Columns in their order on the screen, in pixels: on a wide one all but the last are seen."""

_NEW: Final = {"paid": "paid", "certainty": "certain"}  # what a new line begins with
_HELP: Final = ("hours", "first", "last", "people", "paid", "certainty")


def draw(page: Frame, code: str, draft: Draft, spoken: Sequence[str]) -> None:
    """The table. spoken: the languages that a new line begins with."""
    st.data_editor(
        frame(page, draft.base),
        key=table_key(code, page.lang, draft.version),
        num_rows="dynamic",
        hide_index=True,
        column_config=_columns(page, spoken),
        placeholder="",
        alt=page.texts("capacity.table.alt"),
    )


def frame(page: Frame, lines: Sequence[Line]) -> pd.DataFrame:
    """The lines as the table takes them: what was typed, words for codes, lists of words.

    Words, not codes: what a screen reader says of a cell is what the cell holds.
    """
    found = {
        column: pd.Series(
            [_shown(page, column, line) for line in lines],
            dtype="object" if column in LISTS else "str",
        )
        for column in _WIDTHS
    }
    return pd.DataFrame(found)


def _shown(page: Frame, column: str, line: Line) -> str | list[str]:
    if column == ORIGIN:
        return origin(page, line)
    cell = line.cells[column]
    if column not in _OPTIONS:
        return str(cell)
    if column in LISTS:
        return [_word(page, column, code) for code in cell]
    return _word(page, column, str(cell)) if cell else ""


def origin(page: Frame, line: Line) -> str:
    """Where a line of the table comes from."""
    kind = "new" if line.row is None else "estimated" if line.row.estimated else "entered"
    return page.texts(f"capacity.origin.{kind}")


def _columns(page: Frame, spoken: Sequence[str]) -> dict[str, Any]:
    return {column: _column(page, column, spoken) for column in _WIDTHS}


def _column(page: Frame, column: str, spoken: Sequence[str]) -> Any:
    texts, made = page.texts, st.column_config
    said: dict[str, Any] = {
        "label": texts(f"capacity.column.{column}"),
        "width": _WIDTHS[column],
        "help": texts(f"capacity.help.{column}") if column in _HELP else None,
    }
    if column == ORIGIN:
        return made.TextColumn(disabled=True, default=texts("capacity.origin.new"), **said)
    if column not in _OPTIONS:
        return made.TextColumn(max_chars=100, **said)
    options = [_word(page, column, code) for code in _OPTIONS[column]]
    if column in LISTS:
        usual = spoken if column == "languages" else ()
        words = [_word(page, column, code) for code in usual]
        return made.MultiselectColumn(options=options, default=words or None, **said)
    word = _word(page, column, _NEW[column]) if column in _NEW else None
    return made.SelectboxColumn(options=options, default=word, **said)


def _word(page: Frame, column: str, code: str) -> str:
    if code not in _OPTIONS[column]:
        return code  # whatever it is, its line says that it won't do
    kind = column.removesuffix("s")
    return page.texts(f"capacity.{kind}.{code}")


def remarks(page: Frame, draft: Draft, read: Read, answered: bool) -> None:
    """What keeps lines from counting, what is doubtful, and what is still the estimate's.

    answered: whether the table began with the three questions' answer.
    """
    texts = page.texts
    wrong = [fault for fault in read.faults if not fault.missing]
    unfilled = [fault for fault in read.faults if fault.missing]
    if wrong:
        st.error(_list(page, texts("capacity.wrong"), wrong))
    if unfilled:
        st.warning(_list(page, texts("capacity.unfilled"), unfilled))
    if read.doubts:
        st.info(_list(page, texts("capacity.doubts"), read.doubts))
    if not read.rows and not read.faults:
        st.warning(texts("capacity.empty"))
    for line in _notes(page, draft, read, answered):
        blocks.note(line, wide=True)


def _list(page: Frame, lead: str, faults: Sequence[Fault]) -> str:
    told = [capacity_words.fault(fault, page.texts) for fault in faults]
    return "\n".join([lead, "", *(f"- {line}" for line in told)])


def _notes(page: Frame, draft: Draft, read: Read, answered: bool) -> list[str]:
    if not draft.seen.rows and not draft.changed:
        return [page.texts("capacity.all_answered" if answered else "capacity.all_estimated")]
    corrected = [
        number
        for number, line, row in read.rows
        if not row.estimated and line.row is not None and line.row.estimated
    ]
    told = {
        "capacity.corrected": corrected,
        "capacity.still_estimated": read.estimated,
    }
    return [_counted(page, text_id, numbers) for text_id, numbers in told.items() if numbers]


def _counted(page: Frame, text_id: str, numbers: Sequence[int]) -> str:
    return page.texts.count(text_id, len(numbers), lines=capacity_words.listed(numbers))
