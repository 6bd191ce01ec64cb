"""Rows and words of the country page."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from planner import tables
from planner.engine import Engine
from planner.model.intervals import Interval
from planner.overview import Overview, areas, class_limits, classes
from planner.texts import Texts
from planner.ui import maps
from planner.ui.blocks import SIGNS
from planner.ui.choices import OF_ONE_PLACE
from planner.ui.format import Formats
from planner.ui.state import State
from planner.ui.table_rows import whole_range, with_range

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Map:
    """What the map needs: rows, signs, and the key (colour, shape, label)."""

    places: pd.DataFrame
    signs: pd.DataFrame
    key: list[tuple[str, str, str]]


def spoken(measure: str, value: float, texts: Texts, fmt: Formats) -> str:
    """A measure's value with its unit, as a reader says it."""
    if not np.isfinite(value):
        return texts("measure.unknown")
    if measure == "share_of_staffed":
        return fmt.percent(value, 1)
    if measure == "new_users":
        return fmt.people(value)
    return texts(f"measure.{measure}.value", number=fmt.decimal(value))


def country_map(engine: Engine, found: Overview, measure: str, texts: Texts, fmt: Formats) -> Map:
    """Rows of the map for a measure."""
    frame = found.municipalities
    names = [place.name(fmt.lang) for place in engine.snapshot.municipalities]
    if measure == "verdict":
        colours = [maps.VERDICT_COLOURS[code] for code in found.verdicts]
        words = [texts(f"verdict.{code}") for code in found.verdicts]
        key = [
            (maps.VERDICT_COLOURS[code], "box", f"{SIGNS[code]} {texts(f'verdict.{code}')}")
            for code in ("ready", "tight", "short")
        ]
        marked = zip(engine.snapshot.municipalities, found.verdicts, strict=True)
        signs = [place for place, code in marked if code == "short"]
    else:
        values = frame[measure].to_numpy(dtype=np.float64)
        limits = class_limits(values)
        colours = [
            maps.UNKNOWN if index < 0 else _shades(limits.size + 1)[index]
            for index in classes(values, limits)
        ]
        words = [spoken(measure, float(value), texts, fmt) for value in values]
        key = _class_key(measure, values, limits, texts, fmt)
        signs = []
    places = pd.DataFrame(
        {
            "id": list(engine.snapshot.codes),
            "colour": colours,
            "name": names,
            "spoken": words,
            "aria": [f"{name}: {word}" for name, word in zip(names, words, strict=True)],
        }
    )
    marks = pd.DataFrame(
        [{"east": place.east, "north": place.north} for place in signs], columns=["east", "north"]
    )
    return Map(places, marks, key)


def _shades(count: int) -> tuple[str, ...]:
    """So many shades of the sequence, palest and darkest among them."""
    if count == 1:
        return maps.SEQUENCE[2:3]
    steps = np.linspace(0, len(maps.SEQUENCE) - 1, count).round().astype(int)
    return tuple(maps.SEQUENCE[step] for step in steps)


def _class_key(
    measure: str, values: Floats, limits: Floats, texts: Texts, fmt: Formats
) -> list[tuple[str, str, str]]:
    def write(value: float) -> str:
        if measure == "share_of_staffed":
            return fmt.percent(value, 1)
        return fmt.whole(value) if measure == "new_users" else fmt.decimal(value)

    shades = _shades(limits.size + 1)
    edges = [write(float(limit)) for limit in limits]
    labels = [texts("key.below", high=edges[0])] if edges else [texts("key.all")]
    labels += [texts("key.between", low=a, high=b) for a, b in itertools.pairwise(edges)]
    if edges:
        labels.append(texts("key.above", low=edges[-1]))
    key = [(shade, "box", label) for shade, label in zip(shades, labels, strict=True)]
    if not np.isfinite(values).all():
        key.append((maps.UNKNOWN, "box", texts("measure.unknown")))
    return key


def municipality_table(
    engine: Engine, found: Overview, measure: str, state: State, texts: Texts, fmt: Formats
) -> tuple[list[str], list[list[str]], list[str]]:
    """Heads, rows and links of all municipalities, those that need most by the measure first."""
    frame = found.municipalities
    if measure == "verdict":
        rank = {"short": 2, "tight": 1, "ready": 0}
        order = np.lexsort(
            (-frame["short_per_1000"].to_numpy(), np.array([-rank[v] for v in found.verdicts]))
        )
    else:
        order = np.argsort(-np.nan_to_num(frame[measure].to_numpy(), nan=-1.0), kind="stable")
    heads = [texts("control.municipality"), texts("measure.verdict")]
    heads += [texts(f"measure.{name}.head") for name in COLUMNS]
    heads.append(with_range("table.short", texts)[1])
    rows, links = [], []
    for index in order:
        place, row = engine.snapshot.municipalities[index], frame.iloc[index]
        code = found.verdicts[index]
        rows.append(
            [
                place.name(fmt.lang),
                f"{SIGNS[code]} {texts(f'verdict.{code}')}",
                *(_short(name, float(row[name]), fmt) for name in COLUMNS),
                f"{fmt.whole(row['short_hours_p10'])}–{fmt.whole(row['short_hours_p90'])}",
            ]
        )
        links.append(state.link("./", kunta=place.code, **dict.fromkeys(OF_ONE_PLACE)))
    return heads, rows, links


COLUMNS = ("short_per_1000", "contacts_per_1000", "new_users", "share_of_staffed")


def _short(measure: str, value: float, fmt: Formats) -> str:
    if not np.isfinite(value):
        return "–"
    if measure == "share_of_staffed":
        return fmt.percent(value, 1)
    return fmt.whole(value) if measure == "new_users" else fmt.decimal(value)


def area_table(
    engine: Engine, found: Overview, level: str, texts: Texts, fmt: Formats
) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of sums by area with their ranges, the country first."""
    rows = []
    for kind in ("country", level):
        frame = areas(engine, found, kind)
        for (_, name), row in zip(
            tables.area_names(engine.snapshot, kind, fmt.lang),
            frame.to_dict("records"),
            strict=True,
        ):
            numbers = [fmt.whole(float(row["new_users"]))]
            for total in tables.TOTALS:
                low, middle, high = (float(row[f"{total}_p{p}"]) for p in (10, 50, 90))
                figure = Interval(low, middle, high)
                numbers += [fmt.whole(middle), whole_range(figure, fmt)]
            counts = [str(row[column]) for column in ("short", "tight", "ready")]
            rows.append([name, *numbers, *counts])
    heads = [texts(f"level.{level}"), texts("table.new_users")]
    for text_id in ("table.contacts", "table.hours", "table.short"):
        heads += with_range(text_id, texts)
    heads += [texts(f"verdict.{code}") for code in ("short", "tight", "ready")]
    return heads, rows
