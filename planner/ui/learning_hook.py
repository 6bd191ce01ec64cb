"""Logged contacts on the charts of other pages: rows, their entry in the key, what to say of them.

Charts name the data "actual" (planner.ui.learning_points.actual_layer); without a log it is empty.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from planner import outcome
from planner.answer import Answer
from planner.engine import Engine
from planner.overview import Overview
from planner.ui import blocks, learning_points, shelf
from planner.ui.shell import Frame


@dataclass(frozen=True)
class Points:
    """What a chart needs of a log.

    rows: of the data "actual"; key: entries for the chart's key; note: a sentence below the chart,
    empty where there is nothing to say.
    """

    rows: pd.DataFrame
    key: list[tuple[str, str, str]]
    note: str = ""


def on_visits(page: Frame, found: Answer) -> Points:
    """A municipality's logged contacts, for a chart of visits by week."""
    return _points(page, found, shelf.actual_visits(found.place.code))


def on_hours(page: Frame, found: Answer) -> Points:
    """The same as staff hours, for a chart of hours; the note says how they came about."""
    hours = outcome.in_hours(shelf.actual_visits(found.place.code), found)
    return _points(page, found, hours, "hours", page.texts("learning.hook.hours"))


def on_country(page: Frame, engine: Engine, found: Overview) -> Points:
    """Logged contacts raised to the whole country; the note says by how many municipalities."""
    log = shelf.logs().visits
    raised = [] if log is None else outcome.raised(engine, found.scenario, found.today, log.rows)
    logged = len(shelf.logged())
    whole = logged == len(engine.snapshot.codes)
    note = "" if whole else page.texts.count("learning.hook.country", logged)
    return _points(page, found, raised, "visits", note)


def tell(page: Frame, points: Points) -> None:
    """The note below the chart, and the way to the page on what happened."""
    if points.key:
        if points.note:
            blocks.note(points.note)
        page.link("learning", page.texts("learning.hook.see"))


def _points(
    page: Frame,
    found: Answer | Overview,
    points: Sequence[tuple[dt.date, float]],
    unit: str = "visits",
    note: str = "",
) -> Points:
    shown = set(found.mondays[found.view])
    simulated = shelf.logs().simulated
    kept = [(monday, value) for monday, value in points if monday in shown]
    rows = learning_points.actual(kept, page.texts, page.fmt, simulated, unit=unit)
    if not kept:
        return Points(rows, [])
    key = learning_points.actual_key(simulated, page.texts)
    if simulated:
        note = f"{page.texts('learning.simulated.log')} {note}".strip()
    return Points(rows, [key], note)
