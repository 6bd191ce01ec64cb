"""Charts of what drives a result: ranked bars and a waterfall, labels above their bars.

Labels stand above the bars and not beside them, so that long ones leave a narrow screen its room.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from planner.texts import Language, catalogue
from planner.ui import charts
from planner.ui.charts import BLUE, DEEP_BLUE, LINE, QUIET, TEAL, TEXT, Spec

BELOW = 10  # pixels between the last bar and the axis
ENDS: Mapping[str, str] = {"low": TEAL, "high": DEEP_BLUE}
KINDS: Mapping[str, str] = {
    "baseline": LINE,
    "more": BLUE,
    "less": TEAL,
    "needed": DEEP_BLUE,
    "capacity": QUIET,
}


def _down(field: str) -> alt.Y:
    """Pixels from the top, without an axis: the labels say what a bar is."""
    return alt.Y(f"{field}:Q", axis=None, scale=None)


def _labels() -> Any:
    """The labels above the bars."""
    return (
        alt.Chart(alt.NamedData("labels"))
        .mark_text(align="left", baseline="top", lineBreak="\n", lineHeight=17, aria=False)
        .encode(alt.X("left:Q"), _down("top"), text="text:N")
    )


def _bars(scale: Mapping[str, str], field: str, title: str, tooltips: list[alt.Tooltip]) -> Any:
    return (
        alt.Chart(alt.NamedData("bars"))
        .mark_rect(aria=False)
        .encode(
            alt.X("from:Q", title=title, axis=alt.Axis(tickCount=4)),
            alt.X2("to:Q"),
            _down("top"),
            alt.Y2("bottom:Q"),
            alt.Color(
                f"{field}:N",
                scale=alt.Scale(domain=list(scale), range=list(scale.values())),
                legend=None,
            ),
            tooltip=tooltips,
        )
    )


def _tall(spec: Spec, rows: Mapping[str, pd.DataFrame]) -> Spec:
    """The specification with its rows, as high as they need; the axis comes below."""
    tall = charts._with(spec, rows)
    tall["autosize"] = {"type": "fit-x", "contains": "padding"}
    tall["height"] = float(rows["bars"]["bottom"].max()) + BELOW
    return tall


@functools.cache
def _ranked_spec(lang: Language, measure: str) -> Spec:
    texts = catalogue(lang)
    tooltips = [
        alt.Tooltip("label:N", title=texts("drivers.head.name")),
        alt.Tooltip("which:N", title=texts("drivers.end")),
        alt.Tooltip("spoken:N", title=texts(f"drivers.axis.{measure}")),
    ]
    bars = _bars(ENDS, "end", texts(f"drivers.axis.{measure}"), tooltips)
    central = (
        alt.Chart(alt.NamedData("central"))
        .mark_rule(color=TEXT, strokeWidth=2.5, aria=False)
        .encode(alt.X("to:Q"), _down("top"), alt.Y2("bottom:Q"))
    )
    return charts._finished(alt.layer(bars, central, _labels()), lang)


def ranked(lang: Language, measure: str, rows: Mapping[str, pd.DataFrame]) -> Spec:
    """The assumptions that move a measure, most important first; rows: bars, labels, central."""
    return _tall(_ranked_spec(lang, measure), rows)


@functools.cache
def _waterfall_spec(lang: Language) -> Spec:
    texts = catalogue(lang)
    tooltips = [alt.Tooltip("label:N", title=texts("waterfall.axis"))]
    bars = _bars(KINDS, "kind", texts("waterfall.axis"), tooltips)
    return charts._finished(alt.layer(bars, _labels()), lang)


def waterfall(lang: Language, rows: Mapping[str, pd.DataFrame]) -> Spec:
    """From the support given already to the hours needed; rows: bars, labels."""
    return _tall(_waterfall_spec(lang), rows)
