"""What a plan of sessions covers and what it leaves open, drawn: charts, villages, answers."""

from __future__ import annotations

import streamlit as st

from planner.sessions import SessionPlan
from planner.sessions.cover import cover
from planner.snapshot import Snapshot
from planner.ui import (
    blocks,
    charts,
    folds,
    sessions_cover_charts,
    sessions_cover_rows,
    sessions_words,
)
from planner.ui.shell import Frame


def draw(page: Frame, plan: SessionPlan, snapshot: Snapshot) -> None:
    """Visitors by week, staff hours by week, and villages."""
    _served(page, plan)
    _hours(page, plan)
    _villages(page, plan, snapshot)


def answers(page: Frame, plan: SessionPlan, snapshot: Snapshot, known: bool = True) -> None:
    """What is left, which rule binds and what would help; plan: from planner.sessions.explained.

    known: False while that isn't worked out yet, so that nothing is said about what would help.
    """
    texts, fmt = page.texts, page.fmt
    st.header(texts("cover.answers"))
    for line in sessions_words.left(plan, texts, fmt):
        blocks.paragraph(line)
    more = [sessions_words.unplaced(plan, snapshot, texts)]
    if known:
        more.append(sessions_words.binding(plan, texts))
        more += sessions_words.change(plan, snapshot, texts, fmt)
    for line in more:
        if line:
            blocks.paragraph(line)


def _served(page: Frame, plan: SessionPlan) -> None:
    texts, fmt = page.texts, page.fmt
    title = sessions_words.served_title(plan, texts, fmt)
    st.header(title)
    blocks.note(texts("cover.visitor"))
    found = cover(plan)
    if not found.drawn:
        blocks.note(texts("cover.chart.few"))
    else:
        blocks.key(
            [
                (charts.BLUE, "box", texts("cover.series.helped")),
                (charts.BAD, "box", texts("cover.series.left")),
                (charts.TEXT, "line", texts("cover.series.coming")),
            ]
        )
        data = sessions_cover_rows.served(plan, texts, fmt)
        finding = f"{title}. {sessions_words.headline(plan, texts, fmt)}"
        charts.draw(sessions_cover_charts.served(page.lang, data), finding, "chart-cover-served")
        blocks.note(texts("cover.chart.small" if found.small else "cover.chart.later"))
    with folds.fold(texts("table.show"), "cover-served") as opened:
        if opened:
            table = sessions_cover_rows.served_table(plan, texts, fmt)
            blocks.table(*table, caption=texts("cover.table.served"), texts=2)


def _hours(page: Frame, plan: SessionPlan) -> None:
    texts, fmt = page.texts, page.fmt
    title = sessions_words.hours_title(plan, texts, fmt)
    st.header(title)
    found = cover(plan)
    if found.used or found.limit:
        over = [(charts.BAD, "box", texts("cover.series.over"))] if found.over else []
        blocks.key(
            [
                (charts.BLUE, "box", texts("cover.series.within")),
                *over,
                (charts.TEXT, "line", texts("cover.series.limit")),
            ]
        )
        data = sessions_cover_rows.hours(plan, texts, fmt)
        charts.draw(
            sessions_cover_charts.hours(page.lang, data),
            f"{title}. {texts('cover.hours.meaning')}",
            "chart-cover-hours",
        )
    blocks.note(texts("cover.hours.meaning"))
    with folds.fold(texts("table.show"), "cover-hours") as opened:
        if opened:
            table = sessions_cover_rows.hours_table(plan, texts, fmt)
            blocks.table(*table, caption=texts("cover.table.hours"), texts=2)


def _villages(page: Frame, plan: SessionPlan, snapshot: Snapshot) -> None:
    texts, fmt = page.texts, page.fmt
    st.header(sessions_words.village_title(plan, texts))
    heads, body = sessions_cover_rows.village_table(plan, snapshot, texts, fmt)
    words = 3 if len(plan.request.codes) > 1 else 2
    with folds.fold(texts("cover.villages.show"), "cover-villages") as opened:
        if opened:
            blocks.table(heads, body, caption=texts("cover.table.villages"), texts=words)
            blocks.note(texts("cover.villages.note"))
