"""On the municipality page: what has been entered in one sentence, or else three questions."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from planner import services
from planner.scenario import Answers, Scenario
from planner.ui import blocks, capacity_words, controls, kept, shell
from planner.ui.shell import Frame


def support(
    page: Frame, code: str, scenario: Scenario, today: dt.date, given: Answers | None
) -> None:
    """Today's support as entered, or the three questions, and the way to the table.

    scenario: that of the address; given: its answers for the municipality.
    """
    if code in dict(kept.with_services(scenario)[0].capacity):
        with shell.guard(page):
            _entered(page, code, today)
        return
    questions, more = st.columns([10, 3], vertical_alignment="bottom")
    with questions:
        controls.three_questions(page, given)
    with more:
        page.link("capacity", page.texts("capacity.support.detail"))


def _entered(page: Frame, code: str, today: dt.date) -> None:
    texts, rows = page.texts, services.held(kept.store(), code).rows
    said, more = st.columns([9, 3], vertical_alignment="bottom")
    with said:
        blocks.paragraph(capacity_words.support(rows, today, texts))
        if page.state.raw("hours") is not None:
            blocks.note(texts("capacity.support.unused"))
    with more:
        page.link("capacity", texts("capacity.support.change"))
