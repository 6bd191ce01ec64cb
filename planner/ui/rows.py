"""Rows for the charts and tables of a page: an Answer's arrays with the words of a language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from planner.answer import HOURS_NOTICED, Answer, TargetCheck
from planner.snapshot import AGE_BANDS
from planner.texts import Texts
from planner.ui.charts import PAST_OPACITY, SERIES
from planner.ui.format import Formats

Floats = NDArray[np.float64]
WEEK = dt.timedelta(days=7)


def week_number(day: dt.date) -> str:
    """The ISO week and its year: "4/2026"."""
    iso = day.isocalendar()
    return f"{iso.week}/{iso.year}"


def _opacity(answer: Answer, index: int) -> float:
    return PAST_OPACITY if answer.mondays[index] + WEEK <= answer.today else 1.0


def _weeks(answer: Answer) -> range:
    return range(answer.view.start, answer.view.stop)


def need(answer: Answer, texts: Texts, fmt: Formats) -> pd.DataFrame:
    """Hours needed by week and series, in the order they are stacked."""
    stacked = np.vstack([answer.baseline[None, :], answer.hours_by_source])
    top = stacked.cumsum(axis=0)
    return pd.DataFrame(
        {
            "week": answer.mondays[index].isoformat(),
            "end": (answer.mondays[index] + WEEK).isoformat(),
            "when": fmt.week(answer.mondays[index], year=True),
            "series": name,
            "label": texts(f"series.{name}"),
            "bottom": float(top[order, index] - stacked[order, index]),
            "top": float(top[order, index]),
            "spoken": fmt.hours(float(stacked[order, index])),
            "opacity": _opacity(answer, index),
        }
        for index in _weeks(answer)
        for order, name in enumerate(SERIES)
    )


def capacity(answer: Answer) -> pd.DataFrame:
    """The capacity line, carried to the end of its last week."""
    points = [(answer.mondays[index], answer.capacity[index]) for index in _weeks(answer)]
    points.append((points[-1][0] + WEEK, points[-1][1]))
    return pd.DataFrame([{"week": day.isoformat(), "hours": float(value)} for day, value in points])


def short(answer: Answer, fmt: Formats) -> pd.DataFrame:
    """A mark above every week in which hours are short."""
    rows = [
        {
            "middle": (answer.mondays[index] + WEEK / 2).isoformat(),
            "hours": float(answer.needed[index]),
            "when": fmt.week(answer.mondays[index], year=True),
            "spoken": fmt.hours(float(answer.short[index])),
        }
        for index in _weeks(answer)
        if answer.short[index] > HOURS_NOTICED
    ]
    return pd.DataFrame(rows, columns=["middle", "hours", "when", "spoken"])


def today(answer: Answer, texts: Texts, fmt: Formats) -> pd.DataFrame:
    """Today, where it lies within the weeks shown."""
    first, last = answer.mondays[answer.view.start], answer.mondays[answer.view.stop - 1] + WEEK
    label = texts("chart.today", date=fmt.day_month(answer.today))
    shown = (
        [{"week": answer.today.isoformat(), "label": label}] if first <= answer.today < last else []
    )
    return pd.DataFrame(shown, columns=["week", "label"])


def new_users(answer: Answer, fmt: Formats) -> pd.DataFrame:
    """New users by week."""
    return pd.DataFrame(
        {
            "week": answer.mondays[index].isoformat(),
            "end": (answer.mondays[index] + WEEK).isoformat(),
            "when": fmt.week(answer.mondays[index], year=True),
            "users": float(answer.new_users[index]),
            "bottom": 0.0,
            "spoken": fmt.people(float(answer.new_users[index])),
            "opacity": _opacity(answer, index),
        }
        for index in _weeks(answer)
    )


def ranked(
    values: Floats, labels: Sequence[str], fmt: Formats, sort: bool = True
) -> list[tuple[str, float, str]]:
    """Label, share of the largest, figure in words; sorted unless the order has a meaning."""
    order = np.argsort(-values, kind="stable") if sort else np.arange(values.size)
    most = max(float(values.max()), 1e-9)
    return [(labels[i], float(values[i]) / most, fmt.about(float(values[i]))) for i in order]


def target(check: TargetCheck, texts: Texts, fmt: Formats) -> pd.DataFrame:
    """Users at the target date and today's reach by age band."""
    return pd.DataFrame(
        {
            "age": texts("age.band", band=band.replace("-", "–")),
            "share": float(check.share[i]),
            "reach": float(check.reach[i]),
            "spoken": fmt.percent(float(check.share[i])),
            "reach_spoken": fmt.percent(float(check.reach[i])),
        }
        for i, band in enumerate(AGE_BANDS)
    )


def seasons(answer: Answer, texts: Texts, fmt: Formats) -> pd.DataFrame:
    """Hours by half year: support before the rollout, and the rollout's."""
    rows = []
    for season in answer.seasons:
        name = f"{fmt.date(season.first)}–{fmt.date(season.last)}"
        for order, (series, value) in enumerate(
            (
                ("baseline", season.needed - season.rollout_needed),
                ("rollout", season.rollout_needed),
            )
        ):
            rows.append(
                {
                    "season": name,
                    "series": series,
                    "order": order,
                    "label": texts(f"series.{series}"),
                    "hours": value,
                    "spoken": fmt.hours(value),
                }
            )
    return pd.DataFrame(rows)


def season_capacity(answer: Answer, fmt: Formats) -> pd.DataFrame:
    """Capacity by half year."""
    return pd.DataFrame(
        {"season": f"{fmt.date(s.first)}–{fmt.date(s.last)}", "hours": s.capacity}
        for s in answer.seasons
    )


def week_table(answer: Answer, texts: Texts, fmt: Formats) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of the weekly table that stands beside the hours chart."""
    heads = [texts("chart.week"), texts("table.monday"), texts("table.contacts")]
    heads += [texts("table.needed"), texts("table.capacity"), texts("table.short")]
    rows = [
        [
            week_number(answer.mondays[i]),
            fmt.date(answer.mondays[i]),
            fmt.whole(answer.contacts[i]),
            fmt.decimal(answer.needed[i]),
            fmt.decimal(answer.capacity[i]),
            fmt.decimal(answer.short[i]) if answer.short[i] > HOURS_NOTICED else "–",
        ]
        for i in _weeks(answer)
    ]
    return heads, rows


def season_table(answer: Answer, texts: Texts, fmt: Formats) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of the table beside the half-year chart."""
    heads = [texts("chart.season"), texts("table.people"), texts("table.new_users")]
    heads.append(texts("table.needed"))
    heads.append(texts("table.capacity"))
    rows = [
        [
            f"{fmt.date(season.first)}–{fmt.date(season.last)}",
            f"{season.people_low}–{season.people_high}",
            fmt.about(season.new_users),
            fmt.hours(season.needed),
            fmt.hours(season.capacity),
        ]
        for season in answer.seasons
    ]
    return heads, rows


def users_table(answer: Answer, texts: Texts, fmt: Formats) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of the table beside the chart of new users."""
    heads = [texts("chart.week"), texts("table.monday"), texts("table.new_users")]
    heads.append(texts("table.users"))
    rows = [
        [
            week_number(answer.mondays[i]),
            fmt.date(answer.mondays[i]),
            fmt.whole(answer.new_users[i]),
            fmt.whole(answer.users[i]),
        ]
        for i in _weeks(answer)
    ]
    return heads, rows


def axis_label(axis: str, code: str, texts: Texts) -> str:
    """The word for one age band, topic, channel or source."""
    if axis == "age":
        return texts("age.band", band=code.replace("-", "–"))
    return texts(f"{'series' if axis == 'source' else axis}.{code}")
