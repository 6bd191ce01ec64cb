"""Rows and words of what drives a result and of what it is made of."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import numpy as np
import pandas as pd

from planner.assumptions import Assumption, Assumptions
from planner.influence import Influence, Waterfall
from planner.model.drivers import Driver
from planner.model.waterfall import STEPS
from planner.texts import Texts
from planner.ui.assumption_rows import number
from planner.ui.format import Formats
from planner.ui.rows import week_number

SHOWN = 8  # bars; the table has all of them
LINE_LENGTH = 44  # characters that fit above a bar on a narrow screen
LINE, BAR, GAP = 17, 14, 12  # pixels: a line of a label, a bar, the room below it
MINUS = "\u2212"
_UNITLESS = frozenset(
    {"share", "share_per_week", "number", "log_sd", "log_odds", "contacts_per_person"}
)


def hours(value: float, fmt: Formats, places: int = 1) -> str:
    """Hours to check a sum by, with at most so many decimals."""
    return fmt.decimal(round(value, places) + 0.0, places)


def signed(value: float, fmt: Formats, places: int = 1) -> str:
    """A change in hours with its sign: "+0,8", "−12"."""
    written = hours(abs(value), fmt, places)
    if written == hours(0.0, fmt, places):
        return written
    return f"{MINUS if value < 0 else '+'}{written}"


def decimals(most: float) -> int:
    """Decimals with which parts of a sum can be told: none in hundreds, two below one."""
    return 0 if abs(most) >= 100 else 1 if abs(most) >= 1 else 2


def spoken(value: float, texts: Texts, fmt: Formats) -> str:
    """Hours as people speak of them, with a decimal below one: "0,4 tuntia", "350 tuntia"."""
    if abs(value) >= 1:
        return fmt.hours(value)
    return texts.count("format.hours", round(value, 1) + 0.0)


def label(driver: Driver, assumptions: Assumptions, texts: Texts, fmt: Formats) -> str:
    """An assumption with its range: "Virallista tukea hakevat (10–35 %)"."""
    item = assumptions.items[driver.id]
    name = texts(f"assumption.{item.id}.label")
    return f"{name} ({span(item, texts, fmt)})"


def span(item: Assumption, texts: Texts, fmt: Formats) -> str:
    """An assumption's range with its unit, or that it goes by age."""
    if item.rows:
        return texts("drivers.by_age")
    low, high = (number(values[0], item.unit, fmt) for values in (item.low, item.high))
    sign = low[-1] if low.endswith("%") else ""
    start = low.removesuffix("%").rstrip("\u00a0") if sign else low
    unit = "" if item.unit in _UNITLESS else f" {texts(f'unit.{item.unit}')}"
    return f"{start}–{high}{unit}"


def title(found: Influence, texts: Texts) -> str:
    """The finding: which assumption matters most."""
    if not found.drivers:
        return texts("drivers.none")
    return texts("drivers.title", what=texts(f"assumption.{found.drivers[0].id}.label"))


def sentence(found: Influence, texts: Texts, fmt: Formats, estimate: float | None = None) -> str:
    """What the result is with the most important assumption at its low and at its high.

    estimate: hours short that the page tells (P50), which differ from the central result.
    """
    if not found.drivers:
        return texts("drivers.none.why")
    first = found.drivers[0]
    central = _told(found.measure, first.central, texts, fmt)
    told = texts(f"drivers.sentence.{found.measure}", central=central, **_ends(found, texts, fmt))
    if estimate is None or found.measure != "short":
        return told
    shown = fmt.hours(estimate)
    return told if shown == central else f"{told} {texts('drivers.estimate', shown=shown)}"


def key_sentence(found: Influence, texts: Texts, fmt: Formats) -> str:
    """The same for a municipality's verdict: with the assumption's name, which no heading gives."""
    if not found.drivers:
        return texts("drivers.none.why")
    what = texts(f"assumption.{found.drivers[0].id}.label")
    return texts(f"drivers.key.{found.measure}", what=what, **_ends(found, texts, fmt))


def _ends(found: Influence, texts: Texts, fmt: Formats) -> dict[str, str]:
    values = {"low": found.drivers[0].low, "high": found.drivers[0].high}
    return {name: _told(found.measure, value, texts, fmt) for name, value in values.items()}


def _told(measure: str, value: float, texts: Texts, fmt: Formats) -> str:
    if measure == "tightest":
        side = "missing" if value > 0 else "left"
        return texts(f"drivers.{side}", hours=spoken(abs(value), texts, fmt))
    return spoken(value, texts, fmt)


def bars(
    found: Influence, assumptions: Assumptions, texts: Texts, fmt: Formats
) -> dict[str, pd.DataFrame]:
    """Rows of the ranked bars: two ends of each assumption, its label, and the central result."""
    shown = found.drivers[:SHOWN]
    labels = [label(driver, assumptions, texts, fmt) for driver in shown]
    left = min(0.0, *(value for driver in shown for value in (driver.low, driver.high)))
    places = layout(labels, left)
    rows = [
        {
            "top": top,
            "bottom": top + BAR,
            "end": end,
            "from": driver.central,
            "to": value,
            "label": text,
            "which": texts(f"drivers.end.{end}"),
            "spoken": _told(found.measure, value, texts, fmt),
        }
        for driver, text, top in zip(shown, labels, places["bar"], strict=True)
        for end, value in (("low", driver.low), ("high", driver.high))
    ]
    ticks = [{"top": top - 3, "bottom": top + BAR + 3} for top in places["bar"]]
    central = pd.DataFrame(ticks).assign(to=shown[0].central)
    return {"bars": pd.DataFrame(rows), "labels": places, "central": central}


def layout(labels: Sequence[str], left: float) -> pd.DataFrame:
    """Where labels and their bars stand, pixels from the top: top, bar; text in lines that fit a
    narrow screen; left: where all labels begin, in the unit of the bars.
    """
    rows, top = [], 0.0
    for text in labels:
        lines = textwrap.wrap(text, LINE_LENGTH, break_long_words=False)
        bar = top + LINE * len(lines) + 3
        rows.append({"top": top, "bar": bar, "left": left, "text": "\n".join(lines)})
        top = bar + BAR + GAP
    return pd.DataFrame(rows)


def table(
    found: Influence, assumptions: Assumptions, texts: Texts, fmt: Formats
) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of every assumption that moves the result."""
    heads = [texts(f"drivers.head.{name}") for name in ("name", "range", "low", "high", "rank")]
    places = decimals(max((each.swing for each in found.drivers), default=0.0))
    rows = [
        [
            texts(f"assumption.{driver.id}.label"),
            span(assumptions.items[driver.id], texts, fmt),
            hours(driver.low, fmt, places),
            hours(driver.high, fmt, places),
            _correlation(driver.correlation, fmt),
        ]
        for driver in found.drivers
    ]
    return heads, rows


def _correlation(value: float, fmt: Formats) -> str:
    written = fmt.decimal(abs(value), 2)
    return f"{MINUS}{written}" if value <= -0.005 else written


def idle(found: Influence, texts: Texts) -> str:
    """The assumptions that move nothing here, in one sentence."""
    names = [f"”{texts(f'assumption.{name}.label')}”" for name in found.idle]
    return texts("drivers.idle", names=names)


def steps_title(found: Waterfall, texts: Texts, fmt: Formats) -> str:
    """The finding: how many hours a week needs, and how many of them the rollout brings."""
    rollout = found.needed - found.steps[0][1]
    return texts(
        "waterfall.title",
        week=week_number(found.week),
        hours=spoken(found.needed, texts, fmt),
        rollout=spoken(rollout, texts, fmt),
    )


def steps_sentence(found: Waterfall, country: bool, texts: Texts, fmt: Formats) -> str:
    """The week's need beside what there is."""
    values = {"capacity": spoken(found.capacity, texts, fmt)}
    if round(found.short, 1) <= 0:
        return texts("waterfall.enough", **values)
    kind = "country" if country else "place"
    return texts(f"waterfall.short.{kind}", short=spoken(found.short, texts, fmt), **values)


def waterfall(found: Waterfall, texts: Texts, fmt: Formats) -> dict[str, pd.DataFrame]:
    """Rows of the waterfall: what is added and taken, the sum, and the capacity beside it."""
    names = step_names(texts)
    told, rows, end, places = [], [], 0.0, decimals(found.needed)
    for code, value in found.steps:
        first = code == "baseline"
        kind = code if first else "less" if value < 0 else "more"
        rows.append({"kind": kind, "from": end, "to": end + value})
        written = hours(value, fmt, places) if first else signed(value, fmt, places)
        told.append((code, written))
        end += value
    for code, value in (("needed", found.needed), ("capacity", found.capacity)):
        rows.append({"kind": code, "from": 0.0, "to": value})
        told.append((code, hours(value, fmt, places)))
    labels = [texts("waterfall.label", name=names[code], hours=value) for code, value in told]
    above = layout(labels, 0.0)
    bars = pd.DataFrame(rows).assign(label=labels, top=above["bar"], bottom=above["bar"] + BAR)
    return {"bars": bars, "labels": above}


def step_names(texts: Texts) -> dict[str, str]:
    """The name of every step, and of the sum and the capacity beside it."""
    codes = (*STEPS, "needed", "capacity")
    return {code: texts(f"waterfall.step.{code}") for code in codes}


def steps_table(
    found: Waterfall, country: bool, texts: Texts, fmt: Formats
) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of the steps: name, what is taken into account, change, sum so far."""
    names = step_names(texts)
    heads = [texts(f"waterfall.head.{name}") for name in ("step", "why", "change", "sum")]
    ends = np.cumsum([value for _, value in found.steps])
    place, places = "country" if country else "place", decimals(found.needed)
    rows = [
        [
            names[code],
            texts(f"waterfall.why.{code}.{place}")
            if code in ("people", "age", "background")
            else texts(f"waterfall.why.{code}"),
            signed(value, fmt, places),
            hours(float(end), fmt, places),
        ]
        for (code, value), end in zip(found.steps, ends, strict=True)
    ]
    return heads, rows
