"""The chart of what happened: forecast before and after a log as bands, the log as points."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import altair as alt
import pandas as pd

from planner.texts import Language, catalogue
from planner.ui import charts
from planner.ui.charts import BLUE, QUIET, Spec
from planner.ui.learning_points import actual_layer

BEFORE, AFTER = QUIET, BLUE


@functools.cache
def _track_spec(lang: Language) -> Spec:
    texts = catalogue(lang)
    base = alt.Chart(alt.NamedData("bands"))
    colour = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=["before", "after"], range=[BEFORE, AFTER]),
        legend=None,
    )
    title = texts("learning.axis")
    area = base.mark_area(opacity=0.25, aria=False).encode(
        charts._week_axis(),
        alt.Y("low:Q", title=title, scale=alt.Scale(zero=True), axis=alt.Axis(tickMinStep=1)),
        alt.Y2("high:Q"),
        colour,
    )
    line = base.mark_line(strokeWidth=2, aria=False).encode(
        alt.X("week:T"),
        alt.Y("middle:Q"),
        colour,
        strokeDash=alt.StrokeDash(
            "kind:N",
            scale=alt.Scale(domain=["before", "after"], range=[[5, 4], [1, 0]]),
            legend=None,
        ),
        tooltip=[
            alt.Tooltip("when:N", title=texts("chart.week")),
            alt.Tooltip("label:N", title=texts("chart.series")),
            alt.Tooltip("spoken:N", title=title),
        ],
    )
    layers = alt.layer(area, line, actual_layer(lang), *charts._today(lang))
    return charts._finished(layers.properties(height=charts.HEIGHT), lang)


def track(lang: Language, rows: Mapping[str, pd.DataFrame]) -> Spec:
    """Contacts by week, forecast before and after, and logged; rows: bands, actual, today."""
    return charts._with(_track_spec(lang), rows)
