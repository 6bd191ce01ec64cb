"""Rows of what a plan of sessions covers: its two charts and its tables."""

from __future__ import annotations

import pandas as pd

from planner.sessions import SessionPlan
from planner.sessions.cover import Part, cover
from planner.snapshot import Snapshot
from planner.texts import Texts
from planner.ui.format import Formats
from planner.ui.sessions_words import venue_names
from planner.ui.table_rows import Table

DASH = "–"
SERIES = ("helped", "left")
HOURS = ("within", "over")


def label(part: Part) -> str:
    """The ISO weeks of a part: "8", "8–11"."""
    first, last = part.first.isocalendar().week, part.last.isocalendar().week
    return str(first) if part.first == part.last else f"{first}–{last}"


def number(value: float, texts: Texts, fmt: Formats) -> str:
    """Visits in a table: whole ones, "alle 1" where there may be one, a dash where none."""
    if value <= 0:
        return DASH
    return texts("cover.cell.below_one") if value < 0.5 else fmt.whole(value)


def served(plan: SessionPlan, texts: Texts, fmt: Formats) -> dict[str, pd.DataFrame]:
    """Visits helped and left in each part, stacked, and those that come."""
    parts = cover(plan).parts
    bars, coming = [], []
    for at, part in enumerate(parts):
        for order, (series, value) in enumerate(zip(SERIES, (part.helped, part.left), strict=True)):
            bars.append(
                {
                    "order": order,
                    "at": at,
                    "label": label(part),
                    "series": series,
                    "value": value,
                    "name": texts(f"cover.series.{series}"),
                    "spoken": number(value, texts, fmt),
                }
            )
        spoken = number(part.coming, texts, fmt)
        coming.append(
            {
                "at": at,
                "label": label(part),
                "value": part.coming,
                "name": texts("cover.series.coming"),
                "spoken": spoken,
            }
        )
    return {"bars": pd.DataFrame(bars), "ticks": pd.DataFrame(coming)}


def hours(plan: SessionPlan, texts: Texts, fmt: Formats) -> dict[str, pd.DataFrame]:
    """Staff hours of each week, those above the limit apart, and the limit."""
    bars, limits = [], []
    for at, part in enumerate(cover(plan).single):
        base = {"at": at, "label": label(part), "spoken": fmt.hours(part.used)}
        values = (part.within, part.over)
        for order, (series, value) in enumerate(zip(HOURS, values, strict=True)):
            name = texts(f"cover.series.{series}")
            bars.append({**base, "order": order, "series": series, "value": value, "name": name})
        name = texts("cover.series.limit")
        spoken = fmt.hours(part.limit)
        limits.append({**base, "value": part.limit, "name": name, "spoken": spoken})
    return {"bars": pd.DataFrame(bars), "ticks": pd.DataFrame(limits)}


def served_table(plan: SessionPlan, texts: Texts, fmt: Formats) -> Table:
    """Weeks with visits that come, are helped and are left."""
    heads = [texts("cover.head.weeks"), texts("cover.head.from")]
    heads += [texts(f"cover.head.{name}") for name in ("coming", "helped", "left")]
    body = [
        [
            label(part),
            fmt.date(part.first),
            *(number(value, texts, fmt) for value in (part.coming, part.helped, part.left)),
        ]
        for part in cover(plan).parts
    ]
    return heads, body


def hours_table(plan: SessionPlan, texts: Texts, fmt: Formats) -> Table:
    """Weeks with staff hours planned, the limit, and what is above it."""
    heads = [texts("cover.head.weeks"), texts("cover.head.from")]
    heads += [texts(f"cover.head.{name}") for name in ("used", "limit", "over")]
    body = [
        [
            label(part),
            fmt.date(part.first),
            fmt.decimal(part.used),
            fmt.decimal(part.limit),
            fmt.decimal(part.over) if part.over > 0 else DASH,
        ]
        for part in cover(plan).single
    ]
    return heads, body


def village_table(plan: SessionPlan, snapshot: Snapshot, texts: Texts, fmt: Formats) -> Table:
    """Postal areas with their venue, people, visits and visits left, most left first.

    Names of postal areas are not in the data. The municipality is told where there are several.
    """
    several = len(plan.request.codes) > 1
    names = venue_names(plan, snapshot, texts)
    heads = [texts("cover.head.village")]
    heads += [texts("cover.head.municipality")] if several else []
    heads += [texts(f"cover.head.{name}") for name in ("venue", "people", "coming", "left")]
    body = []
    for one in cover(plan).villages:
        village = one.village
        place = snapshot.municipalities[snapshot.index(village.municipality)]
        body.append(
            [
                village.postal_code,
                *([place.name(texts.lang)] if several else []),
                names.get(village.venue, texts("cover.venue.none")),
                fmt.whole(village.people),
                number(float(village.contacts.sum()), texts, fmt),
                number(one.visits, texts, fmt),
            ]
        )
    return heads, body
