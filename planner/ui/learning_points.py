"""Logged contacts as points for any chart by week.

`actual_layer` is the layer, `actual` the rows of its data, which is named "actual". The points are
contacts: on a chart of hours they go through planner.outcome.in_hours first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from planner.texts import Language, Texts, catalogue
from planner.ui.format import Formats

POINT = "#86499c"
WEEK = dt.timedelta(days=7)
ACTUAL = ("middle", "value", "when", "spoken", "fill", "shape")


def actual(
    points: Sequence[tuple[dt.date, float]],
    texts: Texts,
    fmt: Formats,
    simulated: bool = False,
    until: dt.date | None = None,
    unit: str = "visits",
) -> pd.DataFrame:
    """Rows of the points, one a week; those of weeks that end after `until` are hollow.

    The simulator's points are diamonds and say what they are. unit: "visits", or "hours" once they
    went through planner.outcome.in_hours.
    """
    said = f"learning.point.{unit}{'.simulated' if simulated else ''}"
    rows = [
        {
            "middle": (monday + WEEK / 2).isoformat(),
            "value": float(value),
            "when": fmt.week(monday, year=True),
            "spoken": texts(said, number=fmt.decimal(value)),
            "fill": POINT if until is None or monday + WEEK <= until else "white",
            "shape": "diamond" if simulated else "circle",
        }
        for monday, value in points
    ]
    return pd.DataFrame(rows, columns=list(ACTUAL))


def actual_layer(lang: Language) -> Any:
    """The layer of logged points for a chart by week; its data is named "actual"."""
    texts = catalogue(lang)
    return (
        alt.Chart(alt.NamedData("actual"))
        .mark_point(size=60, strokeWidth=1.5, color=POINT, opacity=1, aria=False)
        .encode(
            alt.X("middle:T"),
            alt.Y("value:Q"),
            fill=alt.Fill("fill:N", scale=None),
            shape=alt.Shape("shape:N", scale=None),
            tooltip=[
                alt.Tooltip("when:N", title=texts("chart.week")),
                alt.Tooltip("spoken:N", title=texts("learning.logged")),
            ],
        )
    )


def actual_key(simulated: bool, texts: Texts) -> tuple[str, str, str]:
    """The points' entry in a chart's key: colour, shape, label."""
    if simulated:
        return POINT, "diamond", texts("learning.key.simulated")
    return POINT, "dot", texts("learning.key.actual")
