"""Rows for the tables of the scenario page: what differs, and what comes of it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planner.assumptions import Assumption
from planner.comparison import COUNTS, Change, Figure, Headlines, changes
from planner.engine import Engine
from planner.scenario import SOURCES, Answers, Campaign, Difference, Scenario, difference
from planner.ui.assumption_rows import number, row_label, runs
from planner.ui.format import Formats
from planner.ui.scenario_fields import SHARES
from planner.ui.shell import Frame

WEEK = dt.timedelta(weeks=1)
EXACT = frozenset({"new_users", *COUNTS})  # stated, or counted one by one
DIGITS = 3  # that a large figure is told with: fewer would hide what a small change does
WAITING = "…"
SMALL = 10  # below that, hours and person-years are told with a decimal


@dataclass(frozen=True)
class Line:
    """One line of what differs: its name, the two values, and the reason given for it."""

    label: str
    before: str
    after: str
    reason: str


def names(page: Frame, engine: Engine, found: Difference) -> str:
    """What a difference is about, in words."""
    texts = page.texts
    if found.lever == "overrides":
        return texts(f"assumption.{found.key}.label")
    if found.lever in ("answers", "baselines"):
        place = engine.snapshot.municipalities[engine.snapshot.index(found.key)]
        return texts(f"scenario.lever.{found.lever}.of", place=place.name(page.lang))
    return texts(f"scenario.lever.{found.lever}")


def differences(page: Frame, engine: Engine, before: Scenario, after: Scenario) -> list[Line]:
    """A line for everything in which two scenarios differ; of rows, for each run of equal changes.

    Reasons are those of `after`.
    """
    reasons = dict(after.reasons)
    lines: list[Line] = []
    for found in difference(before, after):
        reason = reasons.get(found.reason_key, "")
        if found.lever == "overrides":
            item = engine.assumptions.items[found.key]
            lines += _rows(page, item, found, reason)
            continue
        label = names(page, engine, found)
        old, new = (_stated(page, found.lever, value) for value in (found.before, found.after))
        lines.append(Line(label, old, new, reason))
    return lines


def _rows(page: Frame, item: Assumption, found: Difference, reason: str) -> Iterator[Line]:
    texts, fmt = page.texts, page.fmt
    old, new = found.before or item.central, found.after or item.central
    pairs = list(zip(old, new, strict=True))
    for first, last in runs(pairs) if item.rows != "topic" else [(i, i) for i in range(len(pairs))]:
        if old[first] == new[first]:
            continue
        label = texts(f"assumption.{item.id}.label")
        if item.rows:
            label = f"{label}, {row_label(item.rows, first, last, texts)}"
        if item.unit not in SHARES:
            label = f"{label} ({texts(f'unit.{item.unit}')})"
        before, after = (number(value[first], item.unit, fmt) for value in (old, new))
        yield Line(label, before, after, reason)


def _stated(page: Frame, lever: str, value: object) -> str:
    """A lever's value in words."""
    texts, fmt = page.texts, page.fmt
    if value is None:
        return texts("scenario.value.estimate")
    if isinstance(value, dt.date):
        return fmt.date(value)
    if isinstance(value, Answers):
        return _answers(page, value)
    if isinstance(value, float):
        if lever == "baselines":
            return texts("figure.per_week", hours=texts.count("format.hours", round(value, 2)))
        return fmt.whole(value)
    if lever == "sources" and isinstance(value, tuple):
        shown = [texts(f"series.{name}") for name in SOURCES if name in value]
        if len(shown) == len(SOURCES):
            return texts("scenario.value.all")
        return ", ".join(shown) or texts("scenario.value.none")
    if lever == "campaign" and isinstance(value, tuple):
        return "; ".join(_campaign(page, each) for each in value) or texts("scenario.value.none")
    raise TypeError(f"{lever} has no words for {value!r}")


def _campaign(page: Frame, each: Campaign) -> str:
    day, weeks, factor = each
    return page.texts(
        "scenario.value.campaign",
        weeks=page.fmt.weeks(day, day + (weeks - 1) * WEEK),
        year=str(day.isocalendar().year),
        factor=page.fmt.decimal(factor, 3),
    )


def _answers(page: Frame, value: Answers) -> str:
    texts = page.texts
    parts = [texts("figure.per_week", hours=texts.count("format.hours", round(value.hours, 2)))]
    if value.people is not None:
        parts.append(texts.count("format.people", value.people))
    if value.until is not None:
        parts.append(texts("scenario.value.until", date=value.until))
    return ", ".join(parts)


def line_table(
    page: Frame, lines: Sequence[Line], before: str
) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of what differs; before: name of the first scenario's column.

    Reasons have a column where there are any.
    """
    names = ("what", before, "own", "reason")
    shown = len(names) if any(line.reason for line in lines) else len(names) - 1
    rows = [[line.label, line.before, line.after, line.reason][:shown] for line in lines]
    return [page.texts(f"scenario.head.{name}") for name in names[:shown]], rows


# --- what comes of it ---


def effect_table(
    page: Frame, before: Headlines, after: Headlines | None, heads: Sequence[str], place: bool
) -> tuple[list[str], list[list[str]]]:
    """Heads and rows: figure, before, after and change; without the last two where after is None.

    heads: the names of the two scenarios; place: the municipality's figures, not the country's.
    What only draws can tell waits as "…" until there are any.
    """
    texts, fmt = page.texts, page.fmt
    compared = before if after is None else after
    pairs = (before.place, compared.place) if place else (before.country, compared.country)
    rows = [
        [
            texts(f"scenario.figure.{each.name}"),
            figure(each.name, each.before.value, fmt),
            *([] if after is None else _changed(page, each)),
        ]
        for each in changes(*pairs)
    ]
    width = 1 if after is None else 3
    if place:
        rows.insert(0, [texts("measure.verdict"), *_verdicts(page, before, compared)[:width]])
    elif not before.country.keys() & set(COUNTS):
        rows += [[texts(f"scenario.figure.{name}"), *[WAITING] * width] for name in COUNTS]
    columns = [texts("scenario.head.figure"), heads[0]]
    return columns if after is None else [*columns, heads[1], texts("scenario.head.change")], rows


def _verdicts(page: Frame, before: Headlines, after: Headlines) -> list[str]:
    """A municipality's two verdicts, and whether they differ."""
    if before.verdict is None or after.verdict is None:
        return [WAITING] * 3
    words = [page.texts(f"verdict.{found.verdict}") for found in (before, after)]
    return [*words, page.texts("scenario.change.none") if words[0] == words[1] else "–"]


def figure(name: str, value: float, fmt: Formats) -> str:
    """One figure as its kind is told: large ones rounded, small amounts with a decimal."""
    return fmt.decimal(_told(name, value), 2)


def _told(name: str, value: float) -> float:
    """A figure rounded as it is told: 28 358 is 28 400, 38.4 is 38, 3.84 hours are 3.8."""
    size = abs(value)
    if size >= 10**DIGITS and name not in EXACT:
        return float(round(value, DIGITS - 1 - math.floor(math.log10(size))))
    if size >= SMALL or name in EXACT or name == "contacts":
        return float(round(value))
    return round(value, 2 if name == "person_years" else 1)


def _changed(page: Frame, each: Change) -> list[str]:
    """The figure after, and its change: of the two as they are told, so that a reader can check."""
    texts, fmt = page.texts, page.fmt
    after = figure(each.name, each.after.value, fmt)
    if math.isclose(each.after.value, each.before.value, rel_tol=1e-9, abs_tol=1e-9):
        return [after, texts("scenario.change.none")]
    told = _told(each.name, each.after.value) - _told(each.name, each.before.value)
    if not told:
        return [after, texts("scenario.change.small")]
    sign = "+" if told > 0 else "−"
    change = f"{sign}{figure(each.name, abs(told), fmt)}"
    if each.share is None or each.name in COUNTS:
        return [after, change]
    return [after, f"{change} ({sign}{fmt.percent(abs(each.share))})"]


def range_sentence(page: Frame, found: Headlines, place: bool) -> str:
    """The scenario's visits and missing hours with the assumptions' spread, rounded as spoken.

    The middle of the draws, as on the other pages, with what holds in eight cases out of ten. While
    there are no draws yet, that they are being made.
    """
    figures = found.place if place else found.country
    if figures["contacts"].middle is None:
        return page.texts("scenario.range.wait")
    contacts, short = figures["contacts"], figures["short_hours"]
    return page.texts(
        "scenario.range",
        visits=page.fmt.about(contacts.middle or 0.0),
        visits_between=_between(page, contacts),
        hours=page.fmt.about(short.middle or 0.0),
        hours_between=_between(page, short),
    )


def _between(page: Frame, found: Figure) -> str:
    return page.fmt.between(found.low or 0.0, found.high or 0.0)
