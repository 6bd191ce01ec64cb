"""Charts of what a plan of sessions covers: bars by week, with a tick for what they stand against.

Weeks are labels, not a time axis: a plan may have a single week.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

import altair as alt
import pandas as pd

from planner.texts import Language, catalogue
from planner.ui import charts
from planner.ui.charts import BAD, BLUE, TEXT, Spec
from planner.ui.sessions_cover_rows import HOURS, SERIES

COLOURS: Mapping[str, tuple[tuple[str, ...], list[str]]] = {
    "visitors": (SERIES, [BLUE, BAD]),
    "hours": (HOURS, [BLUE, BAD]),
}
HEIGHT = 240


@functools.cache
def _spec(lang: Language, measure: str) -> Spec:
    texts = catalogue(lang)
    order, colours = COLOURS[measure]
    axis = texts(f"cover.axis.{measure}")
    week = alt.X(
        "label:N",
        sort=None,
        title=texts("cover.head.weeks"),
        axis=alt.Axis(labelAngle=0, labelOverlap="greedy", ticks=False),
    )
    says = [
        alt.Tooltip("label:N", title=texts("cover.head.weeks")),
        alt.Tooltip("name:N", title=texts("chart.series")),
        alt.Tooltip("spoken:N", title=axis),
    ]
    bars = (
        alt.Chart(alt.NamedData("bars"))
        .mark_bar(aria=False, stroke="white", strokeWidth=0.5)
        .encode(
            week,
            alt.Y("value:Q", stack="zero", title=axis, axis=alt.Axis(tickMinStep=1)),
            alt.Color("series:N", scale=alt.Scale(domain=list(order), range=colours), legend=None),
            order=alt.Order("order:Q"),
            tooltip=says,
        )
    )
    ticks = (
        alt.Chart(alt.NamedData("ticks"))
        .mark_tick(color=TEXT, thickness=3, orient="horizontal", opacity=1, aria=False)
        .encode(week, alt.Y("value:Q"), tooltip=says)
    )
    return charts._finished(alt.layer(bars, ticks).properties(height=HEIGHT), lang)


def served(lang: Language, rows: Mapping[str, pd.DataFrame]) -> Spec:
    """Visits helped and left by week against those that come; rows: bars, ticks."""
    return charts._with(_spec(lang, "visitors"), rows)


def hours(lang: Language, rows: Mapping[str, pd.DataFrame]) -> Spec:
    """Staff hours by week against the limit; rows: bars, ticks."""
    return charts._with(_spec(lang, "hours"), rows)
