"""Parts that several pages share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from planner.answer import TargetCheck
from planner.model.intervals import Interval
from planner.ui import blocks, charts, folds, rows, table_rows, wording
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
    with folds.fold(texts("table.show"), "target") as opened:
        if opened:
            heads = [texts("axis.age"), texts("chart.target.share"), texts("chart.target.reach")]
            shown = data[["age", "spoken", "reach_spoken"]].to_numpy().tolist()
            blocks.table(heads, shown, caption=title)


def band_key(page: Frame, more: Sequence[tuple[str, str, str]] = ()) -> None:
    """The key of a chart of one weekly figure: estimate, range, and what else is on it."""
    texts = page.texts
    blocks.key(
        [
            (charts.DEEP_BLUE, "line", texts("series.middle")),
            (charts.BAND, "box", texts("series.band")),
            *more,
        ]
    )


def draw_staffing(page: Frame, figures: Mapping[str, Interval]) -> None:
    """What covering the missing hours takes in staff and money."""
    texts = page.texts
    title = texts("title.staffing")
    heads, body = table_rows.staffing_table(figures, texts, page.fmt)
    st.header(title)
    if not body:
        blocks.note(texts("staffing.little"))
        return
    blocks.table(heads, body, caption=texts("staffing.caption"), whole=True)
    blocks.note(texts("range.meaning"), wide=True)
