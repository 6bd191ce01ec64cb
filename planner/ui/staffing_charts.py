"""The chart of the staffing page: need by week at its P50 and P80 against what there is."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import altair as alt
import pandas as pd

from planner.texts import Language, catalogue
from planner.ui import charts
from planner.ui.charts import BAND, DEEP_BLUE, TEXT, Spec

UPPER = "#5b8fc7"


@functools.cache
def _need_spec(lang: Language) -> Spec:
    texts = catalogue(lang)
    band = charts._weekly("band", "low", "high", color=BAND).encode(
        alt.Y(
            "low:Q",
            title=texts("chart.hours.axis"),
            scale=alt.Scale(zero=True),
            axis=alt.Axis(tickMinStep=1),
        ),
        tooltip=[
            alt.Tooltip("when:N", title=texts("chart.week")),
            alt.Tooltip("spoken:N", title=texts("staff.series.p50")),
            alt.Tooltip("likely:N", title=texts("staff.series.p80")),
            alt.Tooltip("there:N", title=texts("series.capacity")),
        ],
    )
    marks = charts.short_marks(lang)
    layers = (
        band,
        charts._steps("upper", color=UPPER, strokeWidth=1.5),
        charts._steps("middle", color=DEEP_BLUE),
        charts._past(),
        charts._steps("capacity", color=TEXT, strokeDash=[7, 4]),
        marks,
        *charts._today(lang),
    )
    return charts._finished(alt.layer(*layers).properties(height=charts.HEIGHT), lang)


def need(lang: Language, rows: Mapping[str, pd.DataFrame]) -> Spec:
    """Need by week; rows: band, middle, upper, capacity, short, past, today."""
    return charts._with(_need_spec(lang), rows)
