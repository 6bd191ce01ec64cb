"""What drives a result and what it is made of, for a municipality's page and the country's."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from planner.engine import PAGE_DRAWS, Engine
from planner.influence import (
    Influence,
    Waterfall,
    country_influence,
    country_waterfall,
    place_influence,
    place_waterfall,
)
from planner.model.worlds import Learned
from planner.scenario import Scenario
from planner.ui import blocks, charts, driver_charts, driver_rows, folds
from planner.ui.shell import Frame


def draw(
    page: Frame,
    engine: Engine,
    scenario: Scenario,
    code: str | None,
    today: dt.date,
    seen_from: dt.date | None = None,
    draws: int = PAGE_DRAWS,
    seed: int = 1,
    learned: Learned | None = None,
    estimate: float | None = None,
) -> None:
    """The ranked assumptions of a municipality, or of the country where `code` is None.

    estimate: the hours short the page tells.
    """
    asked = (today, seen_from, draws, seed, learned)
    if code is None:
        found = country_influence(engine, scenario, *asked)
    else:
        found = place_influence(engine, scenario, code, *asked)
    _ranked(page, engine, found, estimate)


def draw_waterfall(
    page: Frame,
    engine: Engine,
    scenario: Scenario,
    code: str | None,
    today: dt.date,
    seen_from: dt.date | None = None,
    week: dt.date | None = None,
) -> None:
    """From today's support to the hours of a week: the one with the greatest need unless given."""
    if code is None:
        found = country_waterfall(engine, scenario, today, seen_from, week)
    else:
        found = place_waterfall(engine, scenario, code, today, seen_from, week)
    _steps(page, found, code is None)


def _ranked(page: Frame, engine: Engine, found: Influence, estimate: float | None) -> None:
    texts, fmt, assumptions = page.texts, page.fmt, engine.assumptions
    title = driver_rows.title(found, texts)
    st.header(title)
    sentence = driver_rows.sentence(found, texts, fmt, estimate)
    blocks.paragraph(sentence)
    if not found.drivers:
        return
    blocks.key(
        [
            *(
                (colour, "box", texts(f"drivers.end.{end}"))
                for end, colour in driver_charts.ENDS.items()
            ),
            (charts.TEXT, "tick", texts("drivers.end.central")),
        ]
    )
    rows = driver_rows.bars(found, assumptions, texts, fmt)
    spec = driver_charts.ranked(page.lang, found.measure, rows)
    charts.draw(spec, f"{title}. {sentence}", "chart-drivers")
    with folds.fold(texts("table.show"), "drivers") as opened:
        if opened:
            heads, lines = driver_rows.table(found, assumptions, texts, fmt)
            blocks.table(heads, lines, caption=texts(f"drivers.table.{found.measure}"), texts=2)
            if found.idle:
                blocks.note(driver_rows.idle(found, texts))
    blocks.note(texts("drivers.note", draws=found.draws))


def _steps(page: Frame, found: Waterfall, country: bool) -> None:
    texts, fmt = page.texts, page.fmt
    title = driver_rows.steps_title(found, texts, fmt)
    st.header(title)
    sentence = driver_rows.steps_sentence(found, country, texts, fmt)
    blocks.paragraph(sentence)
    blocks.key(
        [
            (colour, "box", texts(f"waterfall.kind.{kind}"))
            for kind, colour in driver_charts.KINDS.items()
        ]
    )
    rows = driver_rows.waterfall(found, texts, fmt)
    charts.draw(driver_charts.waterfall(page.lang, rows), f"{title}. {sentence}", "chart-waterfall")
    with folds.fold(texts("table.show"), "waterfall") as opened:
        if opened:
            heads, lines = driver_rows.steps_table(found, country, texts, fmt)
            blocks.table(heads, lines, caption=title, texts=2, whole=True)
    blocks.note(texts("waterfall.note"))
