"""Rows of a tally from a file: what was found, what is odd about it, the reader's word."""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import replace

import streamlit as st

from planner import tally
from planner.errors import PlannerError
from planner.tally import Period
from planner.ui import learning_found, shelf, shell, tally_rows
from planner.ui.learning_found import Found
from planner.ui.shelf import Pending, TallyFile
from planner.ui.shell import Frame
from planner.uploads import Problem

_UPLOADS = "planner_tally_uploads"


def upload(page: Frame, code: str, period: Period, week: dt.date) -> None:
    """Rows from a file, checked and confirmed before they are added to the sheet.

    week: the Monday of the week that rows without a day or week are put into.
    """
    texts, kind = page.texts, f"tally-{code}"
    key = f"{kind}-file-{st.session_state.get(_UPLOADS, 0)}"
    st.file_uploader(
        texts("tally.upload"),
        key=key,
        help=texts("tally.upload.help"),
        on_change=_read,
        args=(page, kind, key, period),
    )
    pending = shelf.shelf().pending.get(kind)
    if pending is None or not isinstance(pending.log, TallyFile):
        return
    file, held = pending.log, shelf.sheet(code)
    dated = replace(file, rows=tally.in_week(file.rows, week))
    repeated = tally.repeated(dated.rows, held)
    if repeated:
        st.warning(texts.count("tally.upload.repeated", repeated))
    said = tally_rows.found(file, held, week, texts) if file.rows else None
    decide = functools.partial(_decide, kind, dated), functools.partial(_decide, kind, None)
    learning_found.found(page, kind, Found(file.name, len(file.rows), said, pending), decide)


def _read(page: Frame, kind: str, key: str, period: Period) -> None:
    file = st.session_state.get(key)
    if file is None:
        shelf.put_pending(kind, None)
        return
    with shell.guard(page):
        try:
            found = tally.read_tally(file.getvalue(), file.name, period)
            pending = Pending(TallyFile(file.name, found.rows), found.problems, found.notes)
        except PlannerError as error:
            pending = Pending(TallyFile(file.name, ()), (Problem(None, error),))
        shelf.put_pending(kind, pending)


def _decide(kind: str, use: TallyFile | None) -> None:
    """Adds the rows of a file to the sheet, or none; the upload is empty again."""
    if use is not None:
        shelf.put_pending(kind, Pending(use))
        shelf.confirm(kind)
    shelf.put_pending(kind, None)
    st.session_state[_UPLOADS] = st.session_state.get(_UPLOADS, 0) + 1
