"""Charts: specifications built once with Altair and cached; the rows are put in at every rerun.

A chart function takes a page's language and frames of rows and returns a Vega-Lite dict. Titles
and findings stand in the page's text, where they wrap; the chart itself names axes and units.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from planner.model.demand import SOURCES
from planner.texts import Language, catalogue, locale_of
from planner.ui.learning_points import actual_layer

TEXT, QUIET, LINE = "#212121", "#595959", "#c8cdd0"
DEEP_BLUE, BLUE, PURPLE, TEAL = "#00357a", "#2a6ebb", "#86499c", "#3f9c8c"
GOOD, BAD = "#078364", "#ae332d"
SERIES_COLOURS: Mapping[str, str] = {
    "information": PURPLE,
    "activation": BLUE,
    "waves": DEEP_BLUE,
    "echo": TEAL,
}
BASELINE, BAND = "#9aa5ab", "#b9d3ec"
EDGE = "#6b757b"
PAST_VEIL = 0.45
PERCENT: Mapping[str, str] = {
    "fi": "format(100 * datum.value, '.0f') + '\u00a0%'",
    "sv": "format(100 * datum.value, '.0f') + '\u00a0%'",
    "en": "format(100 * datum.value, '.0f') + '%'",
}
HEIGHT = 300

Spec = dict[str, Any]


@functools.cache
def locale(lang: Language) -> Spec:
    """Number and time words of a language in the form Vega wants."""
    words = locale_of(lang)
    months, days = words.months["stand-alone"], words.days["stand-alone"]
    sunday_first = (6, 0, 1, 2, 3, 4, 5)
    english = lang == "en"
    return {
        "number": {
            "decimal": "." if english else ",",
            "thousands": "," if english else "\u00a0",
            "grouping": [3],
            "currency": ["€", ""] if english else ["", "\u00a0€"],
        },
        "time": {
            "dateTime": "%A %-d %B %Y %X",
            "date": "%-d %B %Y" if english else "%-d.%-m.%Y",
            "time": "%H:%M:%S" if english else "%-H.%M.%S",
            "periods": ["AM", "PM"],
            "days": [days["wide"][day] for day in sunday_first],
            "shortDays": [days["abbreviated"][day] for day in sunday_first],
            "months": [months["wide"][month] for month in range(1, 13)],
            "shortMonths": [months["abbreviated"][month].rstrip(".") for month in range(1, 13)],
        },
    }


def _finished(chart: Any, lang: Language) -> Spec:
    """The chart's dict with the house's type, colours and locale."""
    configured = (
        chart.configure(locale=locale(lang), font="Source Sans, Source Sans 3, sans-serif")
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=TEXT,
            titleColor=TEXT,
            labelFontSize=14,
            titleFontSize=14,
            titleFontWeight="normal",
            gridColor="#e3e6e8",
            domainColor=QUIET,
            tickColor=QUIET,
        )
        .configure_axisY(titleAlign="left", titleAngle=0, titleAnchor="end", titleY=-14, titleX=0)
        .configure_legend(labelColor=TEXT, titleColor=TEXT, labelFontSize=14, titleFontSize=14)
        .configure_text(fontSize=14, color=TEXT)
    )
    spec: Spec = configured.to_dict(validate=True)
    spec["width"] = "container"
    spec["autosize"] = {"type": "fit", "contains": "padding"}
    return spec


def _week_axis() -> alt.X:
    """Weeks along a time axis with month names, the year under January and the first label."""
    year = "month(datum.value) == 0 || datum.index == 0 ? utcFormat(datum.value, '%Y') : ''"
    return alt.X(
        "week:T",
        scale=alt.Scale(type="utc"),
        axis=alt.Axis(
            title=None,
            grid=False,
            labelExpr=f"[utcFormat(datum.value, '%b'), {year}]",
            tickCount={"interval": "month", "step": 1},
            labelOverlap="greedy",
            labelFlush=True,
        ),
    )


def _today(lang: Language) -> list[Any]:
    """Layers that mark today: a dashed line and its word."""
    base = alt.Chart(alt.NamedData("today"))
    line = base.mark_rule(strokeDash=[4, 3], color=TEXT, aria=False).encode(
        alt.X("week:T", scale=alt.Scale(type="utc"))
    )
    return [line, _word(base, stroke="white", strokeWidth=5, strokeJoin="round"), _word(base)]


def _word(base: Any, **mark: Any) -> Any:
    """The word for today at the top; a white stroke below it keeps it legible on bars and marks."""
    return base.mark_text(align="left", dx=4, baseline="top", dy=2, aria=False, **mark).encode(
        alt.X("week:T"), y=alt.value(0), text="label:N"
    )


def _weekly(name: str, low: str, high: str, **mark: Any) -> Any:
    """A rectangle for every week, from one edge to the other, with what it says when pointed at."""
    return (
        alt.Chart(alt.NamedData(name))
        .mark_rect(aria=False, **mark)
        .encode(_week_axis(), alt.X2("end:T"), alt.Y(f"{low}:Q"), alt.Y2(f"{high}:Q"))
    )


def _steps(name: str, **mark: Any) -> Any:
    """A line in steps of a week."""
    return (
        alt.Chart(alt.NamedData(name))
        .mark_line(**{"interpolate": "step-after", "strokeWidth": 2.5, "aria": False, **mark})
        .encode(alt.X("week:T"), alt.Y("value:Q"))
    )


def _past() -> Any:
    """A pale veil over the weeks that have passed."""
    return (
        alt.Chart(alt.NamedData("past"))
        .mark_rect(color="white", opacity=PAST_VEIL, aria=False)
        .encode(alt.X("week:T"), alt.X2("end:T"))
    )


def _band(lang: Language, axis: str) -> list[Any]:
    """The layers of a weekly figure: its P10–P90 band and the line of its P50."""
    texts = catalogue(lang)
    band = _weekly("band", "low", "high", color=BAND).encode(
        alt.Y("low:Q", title=texts(axis), axis=alt.Axis(tickMinStep=1)),
        tooltip=[
            alt.Tooltip("when:N", title=texts("chart.week")),
            alt.Tooltip("spoken:N", title=texts(axis)),
            alt.Tooltip("range:N", title=texts("series.band")),
        ],
    )
    return [band, _steps("middle", color=DEEP_BLUE)]


def short_marks(lang: Language, *more: Any) -> Any:
    """A mark above every week in which hours are short; more: what else it says."""
    texts = catalogue(lang)
    return (
        alt.Chart(alt.NamedData("short"))
        .mark_point(
            shape="triangle-down",
            filled=True,
            size=45,
            color=BAD,
            opacity=1,
            yOffset=-7,
            aria=False,
        )
        .encode(
            alt.X("middle:T"),
            alt.Y("hours:Q"),
            tooltip=[
                alt.Tooltip("when:N", title=texts("chart.week")),
                alt.Tooltip("spoken:N", title=texts("chart.short.axis")),
                *more,
            ],
        )
    )


@functools.cache
def _hours_spec(lang: Language) -> Spec:
    texts = catalogue(lang)
    band, middle = _band(lang, "chart.hours.axis")
    baseline = _weekly("baseline", "bottom", "value", color=BASELINE)
    # the band may reach below what was given before: its own draws differ as well
    edge = _steps("edge", color=EDGE, strokeWidth=1)
    marks = short_marks(lang, alt.Tooltip("range:N", title=texts("series.band")))
    capacity = _steps("capacity", color=TEXT, strokeDash=[7, 4])
    layers = (baseline, band, edge, middle, _past(), capacity, marks)
    layers = (*layers, actual_layer(lang), *_today(lang))
    return _finished(alt.layer(*layers).properties(height=HEIGHT), lang)


def hours(lang: Language, rows: Mapping[str, pd.DataFrame]) -> Spec:
    """Weekly hours needed, with their band, against capacity.

    rows: baseline, edge, band, middle, capacity, short, past, today.
    """
    return _with(_hours_spec(lang), rows)


@functools.cache
def _figure_spec(lang: Language, axis: str) -> Spec:
    layers = (*_band(lang, axis), _past(), actual_layer(lang), *_today(lang))
    return _finished(alt.layer(*layers).properties(height=220), lang)


def figure(lang: Language, axis: str, rows: Mapping[str, pd.DataFrame]) -> Spec:
    """A weekly figure with its band; axis: id of its words; rows: band, middle, past, today."""
    return _with(_figure_spec(lang, axis), rows)


@functools.cache
def _causes_spec(lang: Language) -> Spec:
    texts = catalogue(lang)
    colours = [SERIES_COLOURS[name] for name in SOURCES]
    bars = _weekly("causes", "bottom", "top", stroke="white", strokeWidth=0.3).encode(
        alt.Y("bottom:Q", title=texts("chart.visits.axis"), axis=alt.Axis(tickMinStep=1)),
        alt.Color("series:N", scale=alt.Scale(domain=list(SOURCES), range=colours), legend=None),
        tooltip=[
            alt.Tooltip("when:N", title=texts("chart.week")),
            alt.Tooltip("label:N", title=texts("axis.source")),
            alt.Tooltip("spoken:N", title=texts("chart.visits.axis")),
        ],
    )
    layers = (bars, _past(), actual_layer(lang), *_today(lang))
    return _finished(alt.layer(*layers).properties(height=220), lang)


def causes(lang: Language, rows: Mapping[str, pd.DataFrame]) -> Spec:
    """Weekly visits by cause, central path; rows: causes, past, today."""
    return _with(_causes_spec(lang), rows)


@functools.cache
def _target_spec(lang: Language) -> Spec:
    texts = catalogue(lang)
    base = alt.Chart(alt.NamedData("rows")).encode(
        alt.Y("age:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False))
    )
    bars = base.mark_bar(color=BLUE, height=18, aria=False).encode(
        alt.X(
            "share:Q",
            title=texts("chart.target.axis"),
            scale=alt.Scale(domain=[0, 1]),
            axis=alt.Axis(labelExpr=PERCENT[lang], tickCount=5),
        ),
        tooltip=[
            alt.Tooltip("age:N", title=texts("axis.age")),
            alt.Tooltip("spoken:N", title=texts("chart.target.share")),
            alt.Tooltip("reach_spoken:N", title=texts("chart.target.reach")),
        ],
    )
    reach = base.mark_tick(color=TEXT, thickness=3, height=24, aria=False).encode(alt.X("reach:Q"))
    return _finished(alt.layer(bars, reach).properties(height=alt.Step(30)), lang)


def target(lang: Language, rows: pd.DataFrame) -> Spec:
    """What the target asks of each age band, and today's reach; rows: age, share, reach."""
    return _with(_target_spec(lang), {"rows": rows})


@functools.cache
def _seasons_spec(lang: Language) -> Spec:
    texts = catalogue(lang)
    # first and last day on lines of their own: whole dates, and room for the bars beside them
    days = "[split(datum.label, '\u2013')[0] + '\u2013', split(datum.label, '\u2013')[1]]"
    axis = alt.Axis(ticks=False, labelLimit=220, labelExpr=days)
    season = alt.Y("season:N", sort=None, title=None, axis=axis)
    bars = (
        alt.Chart(alt.NamedData("rows"))
        .mark_bar(height=22, aria=False)
        .encode(
            season,
            alt.X(
                "hours:Q",
                stack="zero",
                title=texts("chart.seasons.axis"),
                axis=alt.Axis(tickCount=5),
            ),
            alt.Color(
                "series:N",
                scale=alt.Scale(domain=["baseline", "rollout"], range=[BASELINE, BLUE]),
                legend=None,
            ),
            order=alt.Order("order:Q"),
            tooltip=[
                alt.Tooltip("season:N", title=texts("chart.season")),
                alt.Tooltip("label:N", title=texts("chart.series")),
                alt.Tooltip("spoken:N", title=texts("chart.seasons.axis")),
            ],
        )
    )
    whiskers = (
        alt.Chart(alt.NamedData("range"))
        .mark_rule(color=TEXT, strokeWidth=2, aria=False)
        .encode(season, alt.X("low:Q"), alt.X2("high:Q"))
    )
    ticks = (
        alt.Chart(alt.NamedData("capacity"))
        .mark_tick(color=TEXT, thickness=4, height=30, aria=False)
        .encode(alt.X("hours:Q"), season)
    )
    layers = alt.layer(bars, whiskers, ticks).properties(height=alt.Step(40))
    return _finished(layers, lang)


def seasons(lang: Language, rows: Mapping[str, pd.DataFrame]) -> Spec:
    """Hours by half year against capacity, for places with few people.

    rows: rows, range (P10 to P90), capacity.
    """
    return _with(_seasons_spec(lang), rows)


def _with(spec: Spec, rows: Mapping[str, pd.DataFrame]) -> Spec:
    filled = copy.deepcopy(spec)
    filled["datasets"] = dict(rows)
    return filled


def draw(spec: Spec, alt_text: str, key: str) -> None:
    """Shows a chart with the text alternative that states its finding."""
    st.vega_lite_chart(spec=spec, width="stretch", theme=None, alt=alt_text, key=key)
