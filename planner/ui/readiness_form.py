"""The questions of the self-assessment, by area, two beside each other where there is room."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from planner.readiness import UNKNOWN, Question
from planner.ui import readiness_draft
from planner.ui.shell import Frame

ANCHOR = "questions"
BESIDE = 2  # questions in one row


def draw(page: Frame, code: str, asked: Sequence[Question]) -> None:
    """All questions of a municipality; what is picked is taken over by the next run."""
    st.header(page.texts("readiness.form.title"), anchor=ANCHOR)
    readiness_draft.fill(code, asked)
    for area, questions in groupby(asked, key=lambda question: question.area):
        st.subheader(page.texts(f"readiness.area.{area}"))
        _rows(page, code, list(questions))


def _rows(page: Frame, code: str, questions: Sequence[Question]) -> None:
    for first in range(0, len(questions), BESIDE):
        columns = st.columns(BESIDE, gap="large")
        for column, question in zip(columns, questions[first : first + BESIDE], strict=False):
            with column:
                if question.choices:
                    _boxes(page, code, question)
                else:
                    _radio(page, code, question)


def _radio(page: Frame, code: str, question: Question) -> None:
    """One answer to pick, by the arrow keys as well."""
    texts = page.texts
    words = {each: texts(f"readiness.q.{question.id}.{each}") for each in question.codes}
    words[UNKNOWN] = texts("readiness.unknown")
    st.radio(
        texts(f"readiness.q.{question.id}"),
        list(words),
        index=None,
        format_func=words.__getitem__,
        key=readiness_draft.field_key(code, question.id),
    )


def _boxes(page: Frame, code: str, question: Question) -> None:
    """A box for each choice."""
    texts = page.texts
    st.markdown(f"**{texts(f'readiness.q.{question.id}')}**")
    with st.container(gap=None):
        for choice in question.codes:
            st.checkbox(
                texts(f"readiness.q.{question.id}.{choice}"),
                key=readiness_draft.choice_key(code, question.id, choice),
                on_change=readiness_draft.ticked,
                args=(code, question, choice),
            )
