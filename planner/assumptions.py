"""The model's assumptions: low, central and high with unit, grade and source, read from data/.

A parameter is described in `data/assumptions.toml` and nowhere else. The model receives a
`Parameters` mapping: for every id a float64 array [draw, row]. The central path is one draw in
which every assumption sits at its central value.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from planner.errors import PlannerError
from planner.handwritten import (
    ASSUMPTIONS,
    FILE,
    fault,
    folder_problems,
    is_sound,
    lacks,
    read_content,
    read_text,
    sound_entries,
)
from planner.snapshot.problems import Problem, SnapshotError
from planner.waves import GRADES as GRADES
from planner.waves import WAVES_FILE, read_waves
from planner.waves import Wave as Wave

Floats = NDArray[np.float64]
Parameters = Mapping[str, Floats]

DATA = Path(__file__).resolve().parent.parent / "data"
LONGEST_NAME = 40  # of somebody else's names, in a message
ROWS = {"": 1, "age": 8, "month": 12, "topic": 8}
TOPICS = (
    "what_changes",
    "account",
    "identification",
    "message",
    "paper",
    "on_behalf",
    "scams",
    "device",
)
CHANNELS = ("walk_in", "booked", "group", "outreach")
PHASES = ("before", "opening", "settling", "after")


@dataclass(frozen=True)
class Source:
    """A citation in three languages."""

    id: str
    fi: str
    sv: str
    en: str

    def cite(self, lang: str) -> str:
        """The citation in `lang` ("fi", "sv" or "en")."""
        return str(getattr(self, lang))


@dataclass(frozen=True)
class Assumption:
    """One assumption: its range, bounds, unit, grade and sources; one value a row."""

    id: str
    group: str
    rows: str
    unit: str
    low: tuple[float, ...]
    central: tuple[float, ...]
    high: tuple[float, ...]
    bounds: tuple[float, float]
    grade: str
    derived: bool
    sources: tuple[str, ...]
    correlated_with: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Setting:
    """What a scenario states when a user has not: a value with unit, bounds, grade, sources."""

    id: str
    value: float | dt.date
    unit: str
    bounds: tuple[float | dt.date, float | dt.date]
    grade: str
    sources: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Assumptions:
    """Everything `data/assumptions.toml` and `data/waves.csv` say, checked."""

    hash: str
    settings: Mapping[str, Setting]
    items: Mapping[str, Assumption]
    sources: Mapping[str, Source]
    waves: tuple[Wave, ...]

    def number(self, setting: str) -> float:
        """A scenario default as a number (persons or days)."""
        return float(cast(float, self.settings[setting].value))

    def day(self, setting: str) -> dt.date:
        """A scenario default as a date."""
        return cast(dt.date, self.settings[setting].value)

    def central(self, overrides: Mapping[str, Sequence[float]] | None = None) -> Parameters:
        """Central values as one draw: for every id float64 [1, row]; `overrides` replace some."""
        changed = dict(overrides or {})
        return {
            item.id: np.array([changed.get(item.id, item.central)], dtype=np.float64)
            for item in self.items.values()
        }

    def check_override(self, name: str, values: Sequence[float]) -> None:
        """Raise PlannerError where `values` can't stand for assumption `name`."""
        if name not in self.items:
            raise PlannerError("error.unknown_assumption", value=shown(name))
        item = self.items[name]
        low, high = item.bounds
        if len(values) != ROWS[item.rows]:
            raise PlannerError(
                "error.assumption_rows", name=name, rows=ROWS[item.rows], given=len(values)
            )
        if not all(low <= value <= high for value in values):
            raise PlannerError("error.assumption_bounds", name=name, low=low, high=high)


def shown(name: str) -> str:
    """A name that somebody else wrote, short and printable."""
    return "".join(sign if sign.isprintable() else "?" for sign in name[:LONGEST_NAME])


def _fault(what: str, mend: str) -> Problem:
    return fault(FILE, None, what, mend)


def check_for_sources(
    entries: Sequence[Assumption | Setting], sources: Collection[str]
) -> list[Problem]:
    """What is wrong with grades and sources."""
    found: list[Problem] = []
    for entry in entries:
        if entry.grade not in GRADES:
            what = f'{entry.id}: grade must be one of {", ".join(GRADES)}, not "{entry.grade}"'
            found.append(_fault(what, "write the grade of its weakest source"))
        if not entry.sources:
            what = f"{entry.id}: sources is empty, and every source must stand in [sources]"
            found.append(_fault(what, "name a source"))
        for source in entry.sources:
            if source not in sources:
                what = f'{entry.id}: every source must stand in [sources], and "{source}" does not'
                found.append(_fault(what, "correct its id, or add the source"))
    return found


def check_for_settings(settings: Sequence[Setting]) -> list[Problem]:
    """What is wrong with the scenario's defaults."""
    found: list[Problem] = []
    for setting in settings:
        low, high = setting.bounds
        kinds = {isinstance(value, dt.date) for value in (setting.value, low, high)}
        if len(kinds) > 1 or not low <= setting.value <= high:  # type: ignore[operator]
            what = f"{setting.id}: value is {setting.value}, not inside the bounds {low} to {high}"
            found.append(_fault(what, "correct the value or the bounds"))
    return found


def check_for_ranges(item: Assumption) -> list[Problem]:
    """What is wrong with an assumption's rows, range and bounds."""
    rows = ROWS.get(item.rows)
    if rows is None:
        known = ", ".join(filter(None, ROWS))
        what = f'{item.id}: rows must be one of {known}, not "{item.rows}"'
        return [_fault(what, "correct it, or remove it where the assumption is one number")]
    found: list[Problem] = []
    for key in ("low", "central", "high"):
        given = len(getattr(item, key))
        if given != rows:
            what = (
                f"{item.id}: low, central and high need {rows} values each, and {key} has {given}"
            )
            found.append(_fault(what, f"give it {rows}"))
    if found:
        return found
    first, last = item.bounds
    for row, (low, central, high) in enumerate(zip(item.low, item.central, item.high, strict=True)):
        at = f"{item.id}: " if rows == 1 else f"{item.id}: value {row + 1}: "
        if not (low == central == high or low < central < high):
            what = (
                f"{at}central {central:g} must lie strictly between low {low:g} and high {high:g}"
            )
            found.append(_fault(what, "correct one of the three; a constant has all three equal"))
        if not first <= low <= high <= last:
            what = f"{at}the range {low:g} to {high:g} must lie inside the bounds "
            found.append(_fault(f"{what}{first:g} to {last:g}", "correct the range or the bounds"))
    return found


def check_for_correlations(items: Sequence[Assumption]) -> list[Problem]:
    """Correlations with what is no assumption, or that are no correlations."""
    ids = {item.id for item in items}
    return [
        _fault(
            f"{item.id}: correlated_with has {other} = {value:g}",
            "name another assumption, and a number between -1 and 1",
        )
        for item in items
        for other, value in item.correlated_with
        if other not in ids - {item.id} or not -1 < value < 1
    ]


def _row(value: float | list[float]) -> tuple[float, ...]:
    return tuple(map(float, value)) if isinstance(value, list) else (float(value),)


def _assumption(entry: Mapping[str, Any]) -> Assumption:
    return Assumption(
        id=entry["id"],
        group=entry["group"],
        rows=entry.get("rows", ""),
        unit=entry["unit"],
        low=_row(entry["low"]),
        central=_row(entry["central"]),
        high=_row(entry["high"]),
        bounds=(float(entry["bounds"][0]), float(entry["bounds"][1])),
        grade=entry["grade"],
        derived=entry.get("derived", False),
        sources=tuple(entry["sources"]),
        correlated_with=tuple((k, float(v)) for k, v in entry.get("correlated_with", {}).items()),
    )


def _setting(entry: Mapping[str, Any]) -> Setting:
    return Setting(
        id=entry["id"],
        value=entry["value"],
        unit=entry["unit"],
        bounds=(entry["bounds"][0], entry["bounds"][1]),
        grade=entry["grade"],
        sources=tuple(entry["sources"]),
    )


@dataclass
class Reading:
    """What could be read of a data folder's two files, with every problem met."""

    problems: list[Problem] = field(default_factory=list)
    raw: bytes = b""
    settings: list[Setting] = field(default_factory=list)
    items: list[Assumption] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    waves: tuple[Wave, ...] = ()

    def read(self, folder: Path) -> None:
        """Read both files."""
        raw, text = read_text(folder / FILE, self.problems)
        content = None if text is None else read_content(text, ASSUMPTIONS, self.problems)
        if content is not None:
            self._entries(content)
        raw_waves, text = read_text(folder / WAVES_FILE, self.problems)
        if text is not None:
            known = None if content is None else content.get("sources")
            self.waves, found = read_waves(text, known if isinstance(known, dict) else None)
            self.problems += found
        self.raw = raw + raw_waves

    def _entries(self, content: Mapping[str, object]) -> None:
        sources = content.get("sources")
        named = sources if isinstance(sources, dict) else {}
        if not named:
            self.problems.append(lacks("sources", "[sources.ID]", ASSUMPTIONS))
        self.sources = {
            name: Source(id=name, **entry)
            for name, entry in named.items()
            if is_sound("sources", f"source {name}", entry, ASSUMPTIONS, self.problems)
        }
        settings, items = (
            sound_entries(content, section, ASSUMPTIONS, self.problems)
            for section in ("scenario", "assumption")
        )
        self.settings = [_setting(entry) for entry in settings]
        self.items = [_assumption(entry) for entry in items]
        for item in self.items:
            self.problems += check_for_ranges(item)
        self.problems += check_for_sources([*self.items, *self.settings], named)
        self.problems += check_for_settings(self.settings)
        self.problems += check_for_correlations(self.items)


def _read(folder: Path) -> Reading:
    reading = Reading(folder_problems(folder))
    if not reading.problems:
        reading.read(folder)
    return reading


def check_assumptions(folder: Path) -> list[Problem]:
    """Everything wrong with a folder's assumptions and waves; empty when all is well."""
    return _read(folder).problems


@functools.lru_cache(maxsize=4)
def load_assumptions(folder: Path = DATA) -> Assumptions:
    """The assumptions and waves kept in `folder`; PlannerError("error.data") where they are off."""
    reading = _read(folder)
    if reading.problems:
        raise SnapshotError(reading.problems[0])
    return Assumptions(
        hash=hashlib.sha256(reading.raw).hexdigest()[:16],
        settings={setting.id: setting for setting in reading.settings},
        items={item.id: item for item in reading.items},
        sources=reading.sources,
        waves=reading.waves,
    )
