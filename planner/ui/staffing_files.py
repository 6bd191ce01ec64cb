"""Downloads of the staffing page: the weekly table and the options as CSV and XLSX."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from planner.export.workbook import Sheet, workbook
from planner.staffing import OPTIONS, WEEKLY, Staffing, options_frame, weekly_frame
from planner.tables import as_csv
from planner.texts import Language, Texts, catalogue
from planner.ui import staffing_words
from planner.ui.shell import Frame
from planner.ui.staffing_rows import file_heads

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DAYS = ("week", "first_week", "last_week")


def draw(page: Frame, found: Staffing) -> None:
    """The download buttons."""
    texts, place = page.texts, found.answer.place.code
    st.header(texts("staff.title.files"))
    files = {
        "weeks": as_csv(weekly_frame(found)),
        "options": as_csv(options_frame(found)),
    }
    with st.container(horizontal=True):
        for name, content in files.items():
            st.download_button(
                texts(f"staff.download.{name}"),
                content,
                file_name=f"{place}-{name}.csv",
                mime="text/csv",
                key=f"staffing-{name}",
            )
        st.download_button(
            texts("staff.download.book"),
            book(found, page.lang),
            file_name=f"{place}.xlsx",
            mime=XLSX,
            key="staffing-book",
        )


@functools.lru_cache(maxsize=8)  # of about 20 kB; a page drawn again asks for the same one
def book(found: Staffing, lang: Language) -> bytes:
    """The workbook: weeks, options, and what they were calculated for, in words of a language."""
    texts = catalogue(lang)
    weeks, options = weekly_frame(found), options_frame(found)
    names = {option.id: staffing_words.title(found, option, texts) for option in found.options}
    names |= {row: texts(f"staff.row.{row}") for row in ("none", "mix")}
    options["option"] = options["option"].map(names)
    words = {code: texts(f"staff.unit.{code}") for code in ("week", "hour")}
    words |= {code: texts(f"staff.enough.{code}") for code in ("yes", "no")}
    options["unit"] = options["unit"].map(words)
    options["enough"] = options["enough"].map(words)
    return workbook(
        [
            Sheet(texts("staff.sheet.weeks"), file_heads(WEEKLY, texts), _rows(weeks)),
            Sheet(texts("staff.sheet.options"), file_heads(OPTIONS, texts), _rows(options)),
            Sheet(texts("staff.sheet.about"), *_about(found, texts, lang)),
        ]
    )


def _rows(frame: pd.DataFrame) -> list[list[object]]:
    """A frame's rows with its days as days and its gaps as None."""
    columns: list[list[object]] = []
    for name in frame.columns:
        values = [None if pd.isna(value) else value for value in frame[name]]
        if name in _DAYS:
            values = [None if day is None else dt.date.fromisoformat(day) for day in values]
        columns.append(values)
    return [list(row) for row in zip(*columns, strict=True)]


def _about(found: Staffing, texts: Texts, lang: str) -> tuple[Sequence[str], list[list[object]]]:
    """What the figures were calculated for."""
    answer = found.answer
    lines: list[tuple[str, object]] = [
        ("place", answer.place.name(lang)),
        ("today", answer.today),
        ("level", found.level),
        ("draws", answer.draws),
        ("seed", answer.seed),
        ("scenario", answer.scenario.id),
    ]
    heads = [texts("staff.about.what"), texts("staff.about.value")]
    return heads, [[texts(f"staff.about.{name}"), value] for name, value in lines]
