"""What the answers say: the level, areas, the most useful next steps, the list of tasks."""

from __future__ import annotations

import html

import streamlit as st

from planner.assumptions import load_assumptions
from planner.readiness import LEVELS, answer_frame
from planner.tables import as_csv
from planner.ui import blocks, readiness_rows, readiness_sheet
from planner.ui.readiness_rows import Assessment
from planner.ui.shell import Frame

ANCHOR = "profile"


def intro(page: Frame, found: Assessment) -> None:
    """What the questions are for."""
    st.markdown(page.texts("readiness.lead", n=found.profile.asked))


def draw(page: Frame, found: Assessment) -> None:
    """The profile, once there is an answer."""
    texts, level = page.texts, found.profile.level
    if level is None:
        return
    st.header(readiness_rows.overall(level, texts), anchor=ANCHOR)
    blocks.paragraph(texts(f"readiness.level.{level}.about"))
    for note in readiness_rows.notes(found.profile, texts):
        blocks.note(note, wide=True)
    areas, steps = st.columns(2, gap="large")
    with areas:
        blocks.bars(
            texts("readiness.areas.caption"),
            texts("readiness.area.head"),
            texts("readiness.level.head"),
            readiness_rows.bars(found.profile, texts),
        )
    with steps:
        _next(page, found)
    _levels(page)
    _tasks(page, found)


def _next(page: Frame, found: Assessment) -> None:
    """The most useful next steps with their days."""
    texts = page.texts
    st.subheader(texts("readiness.next.title"))
    if not found.first:
        blocks.note(texts("readiness.next.none"))
        return
    items = "".join(
        f"<li>{html.escape(readiness_rows.step(each.task, found.given, texts))}"
        f"<span{_late(each.overdue)}>{html.escape(readiness_rows.when(each, texts, page.fmt))}"
        "</span></li>"
        for each in found.first
    )
    st.html(f'<ol class="planner-steps">{items}</ol>')


def _late(overdue: bool) -> str:
    return ' class="planner-late"' if overdue else ""


def _levels(page: Frame) -> None:
    """What the levels mean and how they are found."""
    texts = page.texts
    with st.expander(texts("readiness.levels.show")):
        for level in LEVELS:
            name = texts(f"readiness.level.{level}")
            line = texts("readiness.level.line", level=level, name=name)
            st.markdown(f"**{line}**  \n{texts(f'readiness.level.{level}.about')}")
        st.markdown(texts("readiness.levels.rule"))
        st.markdown(texts("readiness.levels.next"))
        source = load_assumptions().sources["survey_2025"].cite(page.lang)
        blocks.note(texts("readiness.levels.source", source=source))


def _tasks(page: Frame, found: Assessment) -> None:
    """The whole list by day, and the sheet to print."""
    texts = page.texts
    if not found.tasks:
        return
    with st.expander(texts.count("readiness.tasks.show", len(found.tasks))):
        heads, rows = readiness_rows.task_table(found, texts, page.fmt)
        if found.overdue:
            blocks.paragraph(texts.count("readiness.tasks.overdue", found.overdue))
        blocks.table(heads, rows, texts("readiness.tasks.caption"), texts=3, whole=True)
        blocks.note(readiness_rows.days(found, texts, page.fmt), wide=True)
    st.download_button(
        texts("readiness.sheet.download"),
        readiness_sheet.document(found, texts, page.fmt),
        file_name=f"{texts('readiness.sheet.file')}-{found.place.code}.html",
        mime="text/html",
        key="readiness-sheet",
        icon=":material/print:",
        help=texts("readiness.sheet.help"),
    )


def download(page: Frame, found: Assessment, author: str) -> None:
    """The answers as they stand on the page, with their levels."""
    if found.profile.level is None:
        return
    answers = (found.place, found.given, found.today.isoformat(), author)
    st.download_button(
        page.texts("readiness.download"),
        as_csv(answer_frame(found.questions, [answers], page.lang)),
        file_name=f"{page.texts('readiness.download.file')}-{found.place.code}.csv",
        mime="text/csv",
        key="readiness-download",
    )
