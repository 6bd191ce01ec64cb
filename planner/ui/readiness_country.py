"""How many municipalities have assessed themselves, and how they stand."""

from __future__ import annotations

import streamlit as st

from planner import readiness
from planner.engine import Engine
from planner.ui import blocks, kept
from planner.ui.shell import Frame


def draw(page: Frame, engine: Engine) -> None:
    """The distribution over the levels; PlannerError where the store can't be read."""
    texts, fmt = page.texts, page.fmt
    questions = readiness.load_questionnaire()
    found = readiness.distribution(questions, engine.snapshot, kept.store())
    if not found.answered:
        st.header(texts("readiness.country.none"))
        page.link("readiness", texts("readiness.country.go"))
        return
    st.header(texts.count("readiness.country.title", found.answered))
    everybody = fmt.whole(len(engine.snapshot.codes))
    blocks.note(texts.count("readiness.country.complete", found.complete, all=everybody))
    most = max(found.levels.values())
    rows = [
        (
            texts("readiness.level.line", level=level, name=texts(f"readiness.level.{level}")),
            number / most,
            fmt.whole(number),
        )
        for level, number in found.levels.items()
    ]
    blocks.bars(
        texts("readiness.country.caption"),
        texts("readiness.level.head"),
        texts("readiness.country.places"),
        rows,
    )
    page.link("readiness", texts("readiness.country.go"))
