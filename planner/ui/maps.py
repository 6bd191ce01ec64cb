"""The map of 308 municipalities: boundaries by address, colours and words put in at every rerun."""

from __future__ import annotations

import copy
import functools
from typing import Any

import altair as alt
import pandas as pd

from planner.texts import Language
from planner.ui.charts import Spec, locale

MAP_URL = "map/municipalities.topo.json"
HEIGHT = 640
SEQUENCE = ("#eaf2fa", "#b9d3ec", "#74a5d6", "#2a6ebb", "#00357a")
UNKNOWN = "#f0f0f0"
VERDICT_COLOURS = {"ready": "#d7ebe4", "tight": "#e9b94e", "short": "#ae332d"}
EDGE = "#ffffff"


@functools.cache
def _spec(lang: Language) -> Spec:
    # Boundaries come by address and colours by look-up: 20 KB a change instead of 175 KB.
    chosen = alt.selection_point(name="place", fields=["id"], on="click", clear=False, empty=False)
    shapes = (
        alt.Chart(
            alt.UrlData(
                MAP_URL, format=alt.TopoDataFormat(type="topojson", feature="municipalities")
            )
        )
        .mark_geoshape(stroke=EDGE, strokeWidth=0.6, cursor="pointer")
        .transform_lookup(
            lookup="id",
            from_=alt.LookupData(
                alt.NamedData("places"), key="id", fields=["colour", "name", "spoken", "aria"]
            ),
        )
        .encode(
            color=alt.Color("colour:N", scale=None),
            tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("spoken:N", title=" ")],
            description=alt.Description("aria:N"),
            strokeWidth=alt.condition(chosen, alt.value(2.5), alt.value(0.6)),
        )
        .add_params(chosen)
    )
    signs = (
        alt.Chart(alt.NamedData("signs"))
        .mark_text(text="✕", fontSize=9, fontWeight="bold", color="#ffffff")
        .encode(longitude="east:Q", latitude="north:Q")
    )
    chart = (
        alt.layer(shapes, signs)
        .project(type="identity", reflectY=True)
        .properties(height=HEIGHT)
        .configure(locale=locale(lang), font="Source Sans, Source Sans 3, sans-serif")
        .configure_view(stroke=None)
    )
    spec: Spec = chart.to_dict(validate=True)
    spec["width"] = "container"
    return spec


def choropleth(lang: Language, places: pd.DataFrame, signs: pd.DataFrame) -> Spec:
    """The map; places: id, colour, name, spoken, aria; signs: east, north of the short ones."""
    filled: dict[str, Any] = copy.deepcopy(_spec(lang))
    filled["datasets"] = {"places": places, "signs": signs}
    return filled


def clicked(event: Any) -> str | None:
    """The code of the municipality that was clicked, or None."""
    picked = (event or {}).get("selection", {}).get("place", [])
    return str(picked[0]["id"]) if picked and "id" in picked[0] else None
