"""Parts that several pages share."""

from __future__ import annotations

import streamlit as st

from planner.answer import TargetCheck
from planner.ui import blocks, charts, rows, wording
from planner.ui.shell import Frame


def draw_target(page: Frame, check: TargetCheck) -> None:
    """What the target asks of each age band: sentence, chart and table."""
    texts, fmt = page.texts, page.fmt
    title = texts("title.target")
    st.header(title)
    sentence = wording.target_sentence(check, texts, fmt)
    st.markdown(sentence)
    blocks.key(
        [
            (charts.BLUE, "box", texts("chart.target.share")),
            (charts.TEXT, "tick", texts("chart.target.reach")),
        ]
    )
    data = rows.target(check, texts, fmt)
    charts.draw(charts.target(page.lang, data), sentence, "chart-target")
    with st.expander(texts("table.show")):
        heads = [texts("axis.age"), texts("chart.target.share"), texts("chart.target.reach")]
        shown = data[["age", "spoken", "reach_spoken"]].to_numpy().tolist()
        blocks.table(heads, shown, caption=title)
