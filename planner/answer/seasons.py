"""The view cut into half years and into runs of short weeks."""

from __future__ import annotations

import datetime as dt

import numpy as np
from numpy.typing import NDArray

from planner.answer.types import HOURS_NOTICED, Season, Span
from planner.model.intervals import Floats, Interval, Singles, interval
from planner.model.weeks import Horizon
from planner.model.worlds import PlaceDraws, Worlds

SHORTEST_SEASON = 4  # weeks


def short_spans(span: Horizon, short: Floats, view: slice) -> tuple[Span, ...]:
    """Runs of weeks of the view in which hours are short; short: [week], hours."""
    weeks = np.arange(view.start, view.stop)
    flagged = weeks[short[weeks] > HOURS_NOTICED]
    runs = np.split(flagged, np.flatnonzero(np.diff(flagged) > 1) + 1) if flagged.size else []
    day = span.day
    return tuple(
        Span(day(int(run[0])), day(int(run[-1])), float(short[run].max()), float(short[run].sum()))
        for run in runs
    )


def _half_year(day: dt.date) -> tuple[int, int]:
    return day.year, 0 if day.month <= 6 else 1


def half_years(span: Horizon, view: slice) -> list[NDArray[np.intp]]:
    """The view's weeks by half year; a week belongs to the half year of its Thursday.

    Less than a month at either end is counted with its neighbour.
    """
    weeks = np.arange(view.start, view.stop, dtype=np.intp)
    keys = [_half_year(span.day(int(week)) + dt.timedelta(days=3)) for week in weeks]
    runs = [weeks[[key == half for key in keys]] for half in sorted(set(keys))]
    if len(runs) > 1 and runs[-1].size < SHORTEST_SEASON:
        runs[-2:] = [np.concatenate(runs[-2:])]
    if len(runs) > 1 and runs[0].size < SHORTEST_SEASON:
        runs[:2] = [np.concatenate(runs[:2])]
    return runs


def seasons(world: Worlds, drawn: PlaceDraws, view: slice) -> tuple[Season, ...]:
    """The Season of every half year of the view, from the sums of each draw."""
    each = world.p["contacts_per_helped"][:, 0]  # visits of one person
    return tuple(_season(world.span, drawn, run, each) for run in half_years(world.span, view))


def _season(span: Horizon, drawn: PlaceDraws, run: NDArray[np.intp], each: Floats) -> Season:
    def total(draws: Singles) -> Floats:
        return np.asarray(draws[:, run].sum(axis=1, dtype=np.float64))

    def of(draws: Singles) -> Interval:
        return interval(total(draws))

    return Season(
        first=span.day(int(run[0])),
        last=span.day(int(run[-1])) + dt.timedelta(days=6),
        contacts=of(drawn.contacts),
        people=interval(total(drawn.contacts) / each),
        new_users=of(drawn.new_users),
        hours=of(drawn.hours),
        needed=of(drawn.needed),
        short_hours=of(drawn.short_hours),
        baseline=of(drawn.baseline).middle,
        capacity=of(drawn.capacity).middle,
    )
