"""Rows for the charts of a page: an answer's arrays with the words of a language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from planner.answer import HOURS_NOTICED, Answer, TargetCheck
from planner.model.demand import SOURCES
from planner.model.intervals import Band, Interval
from planner.snapshot import AGE_BANDS
from planner.texts import Texts
from planner.ui.format import Formats, rounded

Floats = NDArray[np.float64]
WEEK = dt.timedelta(days=7)


class Weeks(Protocol):
    """What has weeks to show: a municipality's answer or the country's."""

    @property
    def mondays(self) -> tuple[dt.date, ...]:
        """The Mondays of the horizon."""

    @property
    def view(self) -> slice:
        """The weeks shown."""

    @property
    def today(self) -> dt.date:
        """The day it is."""


def week_number(day: dt.date) -> str:
    """The ISO week and its year: "4/2026"."""
    iso = day.isocalendar()
    return f"{iso.week}/{iso.year}"


def spread(figure: Interval, texts: Texts, fmt: Formats) -> str:
    """A range as people speak of it: "4–9", "between 4 and 9"; "at most 9" from zero on."""
    low, high = rounded(figure.low), rounded(figure.high)
    if low == high or high == 0:
        return fmt.about(figure.middle)
    if low == 0:
        return texts("range.at_most", high=high)
    return fmt.between(figure.low, figure.high)


def likely_tenths(starts_at_zero: bool) -> int:
    """Cases of ten in which a spoken range holds: "at most 9" leaves out but the highest tenth."""
    return 9 if starts_at_zero else 8


def holds(figure: Interval, texts: Texts) -> str:
    """In how many cases of ten the range that `spread` speaks of holds."""
    return texts(f"cases.{likely_tenths(rounded(figure.low) == 0)}")


def weeks_of(found: Weeks) -> range:
    """Indices of the weeks shown."""
    return range(found.view.start, found.view.stop)


def band(found: Weeks, figure: Band, texts: Texts, fmt: Formats) -> pd.DataFrame:
    """A weekly figure from its P10 to its P90."""
    return pd.DataFrame(
        {
            "week": found.mondays[index].isoformat(),
            "end": (found.mondays[index] + WEEK).isoformat(),
            "when": fmt.week(found.mondays[index], year=True),
            "low": float(figure.low[index]),
            "high": float(figure.high[index]),
            "spoken": fmt.about(float(figure.middle[index])),
            "range": spread(figure.at(index), texts, fmt),
        }
        for index in weeks_of(found)
    )


def steps(found: Weeks, series: Floats) -> pd.DataFrame:
    """A line in weekly steps, carried to the end of its last week."""
    points = [(found.mondays[index], series[index]) for index in weeks_of(found)]
    points.append((points[-1][0] + WEEK, points[-1][1]))
    return pd.DataFrame([{"week": day.isoformat(), "value": float(value)} for day, value in points])


def past(found: Weeks) -> pd.DataFrame:
    """The weeks shown that are over, as one span."""
    first = found.mondays[found.view.start]
    end = found.today - dt.timedelta(days=found.today.weekday())
    end = min(end, found.mondays[found.view.stop - 1] + WEEK)
    spans = [{"week": first.isoformat(), "end": end.isoformat()}] if end > first else []
    return pd.DataFrame(spans, columns=["week", "end"])


def today(found: Weeks, texts: Texts, fmt: Formats) -> pd.DataFrame:
    """Today, where it lies within the weeks shown."""
    first, last = found.mondays[found.view.start], found.mondays[found.view.stop - 1] + WEEK
    label = texts("chart.today", date=fmt.day_month(found.today))
    shown = (
        [{"week": found.today.isoformat(), "label": label}] if first <= found.today < last else []
    )
    return pd.DataFrame(shown, columns=["week", "label"])


def figure(found: Weeks, weekly: Band, texts: Texts, fmt: Formats) -> dict[str, pd.DataFrame]:
    """All that a chart of one weekly figure needs."""
    return {
        "band": band(found, weekly, texts, fmt),
        "middle": steps(found, weekly.middle),
        "past": past(found),
        "today": today(found, texts, fmt),
    }


def hours(answer: Answer, texts: Texts, fmt: Formats) -> dict[str, pd.DataFrame]:
    """All that the chart of hours against capacity needs."""
    return {
        **figure(answer, answer.needed, texts, fmt),
        "baseline": baseline(answer),
        "edge": steps(answer, answer.baseline),
        "capacity": steps(answer, answer.capacity.middle),
        "short": short(answer, texts, fmt),
    }


def baseline(answer: Answer) -> pd.DataFrame:
    """Hours of the support that was given before the rollout."""
    return pd.DataFrame(
        {
            "week": answer.mondays[index].isoformat(),
            "end": (answer.mondays[index] + WEEK).isoformat(),
            "bottom": 0.0,
            "value": float(answer.baseline[index]),
        }
        for index in weeks_of(answer)
    )


def short(answer: Answer, texts: Texts, fmt: Formats) -> pd.DataFrame:
    """A mark above every week in which hours are short."""
    rows = [
        {
            "middle": (answer.mondays[index] + WEEK / 2).isoformat(),
            "hours": float(answer.needed.high[index]),
            "when": fmt.week(answer.mondays[index], year=True),
            "spoken": fmt.hours(float(answer.short.middle[index])),
            "range": spread(answer.short.at(index), texts, fmt),
        }
        for index in weeks_of(answer)
        if answer.short.middle[index] > HOURS_NOTICED
    ]
    return pd.DataFrame(rows, columns=["middle", "hours", "when", "spoken", "range"])


def causes(answer: Answer, texts: Texts, fmt: Formats) -> dict[str, pd.DataFrame]:
    """Visits by week and cause, in the order they are stacked."""
    stacked = answer.central.contacts_by_source
    top = stacked.cumsum(axis=0)
    bars = pd.DataFrame(
        {
            "week": answer.mondays[index].isoformat(),
            "end": (answer.mondays[index] + WEEK).isoformat(),
            "when": fmt.week(answer.mondays[index], year=True),
            "series": name,
            "label": texts(f"series.{name}"),
            "bottom": float(top[order, index] - stacked[order, index]),
            "top": float(top[order, index]),
            "spoken": fmt.about(float(stacked[order, index])),
        }
        for index in weeks_of(answer)
        for order, name in enumerate(SOURCES)
    )
    return {"causes": bars, "past": past(answer), "today": today(answer, texts, fmt)}


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


def seasons(answer: Answer, texts: Texts, fmt: Formats) -> dict[str, pd.DataFrame]:
    """Hours by half year: support before the rollout, the rollout's, their range, capacity."""
    rows, ranges, capacity = [], [], []
    for season in answer.seasons:
        name = f"{fmt.date(season.first)}–{fmt.date(season.last)}"
        rollout = max(season.needed.middle - season.baseline, 0.0)
        parts = (("baseline", season.baseline), ("rollout", rollout))
        for order, (series, value) in enumerate(parts):
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
        ranges.append({"season": name, "low": season.needed.low, "high": season.needed.high})
        capacity.append({"season": name, "hours": season.capacity})
    return {
        "rows": pd.DataFrame(rows),
        "range": pd.DataFrame(ranges),
        "capacity": pd.DataFrame(capacity),
    }


def axis_label(axis: str, code: str, texts: Texts) -> str:
    """The word for one age band, topic, channel or source."""
    if axis == "age":
        return texts("age.band", band=code.replace("-", "–"))
    return texts(f"{'series' if axis == 'source' else axis}.{code}")
