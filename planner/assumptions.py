"""The model's assumptions: low, central and high with unit, grade and source, read from data/.

A parameter is described in `data/assumptions.toml` and nowhere else. The model receives a
`Parameters` mapping: for every id a float64 array [draw, row]. The central path is one draw in
which every assumption sits at its central value.
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
import hashlib
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from planner.errors import PlannerError

Floats = NDArray[np.float64]
Parameters = Mapping[str, Floats]

DATA = Path(__file__).resolve().parent.parent / "data"
SCHEMA = 1
GRADES = ("M", "A", "E")
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
Entry = TypeVar("Entry")
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


@dataclass(frozen=True)
class Wave:
    """A dated wave of letters: `share` × `weights[age]` of a band's users need help in `weeks`."""

    id: str
    date: dt.date
    weeks: int
    name_fi: str
    name_sv: str
    name_en: str
    share: float
    weights: tuple[float, ...]
    grade: str
    source: str

    def name(self, lang: str) -> str:
        """The wave's name in `lang`."""
        return str(getattr(self, f"name_{lang}"))


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
            raise PlannerError("error.unknown_assumption", value=name)
        item = self.items[name]
        low, high = item.bounds
        if len(values) != ROWS[item.rows]:
            raise PlannerError(
                "error.assumption_rows", name=name, rows=ROWS[item.rows], given=len(values)
            )
        if not all(low <= value <= high for value in values):
            raise PlannerError("error.assumption_bounds", name=name, low=low, high=high)


def _row(value: object) -> tuple[float, ...]:
    return tuple(float(v) for v in value) if isinstance(value, list) else (float(str(value)),)


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
        derived=bool(entry.get("derived", False)),
        sources=tuple(entry["sources"]),
        correlated_with=tuple((k, float(v)) for k, v in entry.get("correlated_with", {}).items()),
    )


def check_for_sources(
    entries: Sequence[Assumption | Setting], sources: Mapping[str, Source]
) -> list[str]:
    """English sentences, one a fault, about grades and sources."""
    found: list[str] = []
    for entry in entries:
        if entry.grade not in GRADES:
            found.append(f"{entry.id}: grade must be one of {GRADES}")
        if not entry.sources or any(source not in sources for source in entry.sources):
            found.append(f"{entry.id}: every source must stand in [sources]")
    return found


def check_for_settings(settings: Sequence[Setting]) -> list[str]:
    """English sentences, one a fault, about the scenario's defaults."""
    found: list[str] = []
    for setting in settings:
        low, high = setting.bounds
        kinds = {isinstance(value, dt.date) for value in (setting.value, low, high)}
        if len(kinds) > 1 or not low <= setting.value <= high:  # type: ignore[operator]
            found.append(f"{setting.id}: the value must lie inside the bounds")
    return found


def check_for_problems(items: Sequence[Assumption]) -> list[str]:
    """English sentences, one a fault, that say which assumption is wrong and how to mend it."""
    found: list[str] = []
    for item in items:
        rows = ROWS.get(item.rows)
        if rows is None:
            found.append(f"{item.id}: rows must be one of {sorted(ROWS)}, not {item.rows!r}")
            continue
        if not len(item.low) == len(item.central) == len(item.high) == rows:
            found.append(f"{item.id}: low, central and high need {rows} values each")
            continue
        for low, central, high in zip(item.low, item.central, item.high, strict=True):
            if not (low == central == high or low < central < high):
                found.append(f"{item.id}: central must lie strictly between low and high")
            if not item.bounds[0] <= low <= high <= item.bounds[1]:
                found.append(f"{item.id}: the range must lie inside the bounds")
    if len({item.id for item in items}) != len(items):
        found.append("ids must be unique")
    return found


def read_waves(path: Path, sources: Mapping[str, Source]) -> tuple[Wave, ...]:
    """The waves of letters in a CSV file; PlannerError("error.data") names the row at fault."""
    waves: list[Wave] = []
    with path.open(encoding="utf-8", newline="") as handle:
        for row_number, row in enumerate(csv.DictReader(handle), start=2):
            try:
                wave = Wave(
                    id=row["id"],
                    date=dt.date.fromisoformat(row["date"]),
                    weeks=int(row["weeks"]),
                    name_fi=row["name_fi"],
                    name_sv=row["name_sv"],
                    name_en=row["name_en"],
                    share=float(row["share"]),
                    weights=tuple(float(v) for k, v in row.items() if k.startswith("weight_")),
                    grade=row["grade"],
                    source=row["source"],
                )
            except (KeyError, TypeError, ValueError) as error:
                raise _data_error(path, row_number, f"the row can't be read ({error})") from error
            sound = wave.weeks >= 1 and 0 <= wave.share <= 1 and len(wave.weights) == ROWS["age"]
            if not wave.grade or wave.source not in sources:
                raise _data_error(path, row_number, "grade is empty or the source is not known")
            if not sound or not all(0 <= weight <= 1000 for weight in wave.weights):
                raise _data_error(path, row_number, "weeks, share or the age weights are off")
            waves.append(wave)
    return tuple(waves)


def _data_error(path: Path, row: int, what: str) -> PlannerError:
    mend = "compare the row with data/README.md, or restore the file from the repository"
    where = f"{path.name}, row {row}" if row else path.name
    return PlannerError("error.data", file=path.name, row=row, where=where, what=what, mend=mend)


@functools.lru_cache(maxsize=4)
def load_assumptions(folder: Path = DATA) -> Assumptions:
    """The assumptions and waves kept in `folder`; PlannerError("error.data") where they are off."""
    path = folder / "assumptions.toml"
    try:
        raw = path.read_bytes()
        content = tomllib.loads(raw.decode("utf-8"))
        sources = {key: Source(id=key, **value) for key, value in content["sources"].items()}
        items = [_named(entry, _assumption) for entry in content["assumption"]]
        settings = [_named(entry, _setting) for entry in content["scenario"]]
        schema = content["schema"]
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise _data_error(path, 0, f"the file can't be read ({error})") from error
    if schema != SCHEMA:
        raise _data_error(path, 0, f"schema {schema} is not the one this version reads ({SCHEMA})")
    problems = [
        *check_for_problems(items),
        *check_for_sources([*items, *settings], sources),
        *check_for_settings(settings),
    ]
    if problems:
        raise _data_error(path, 0, problems[0])
    waves_path = folder / "waves.csv"
    if not waves_path.is_file():
        raise _data_error(waves_path, 0, "the file is missing")
    digest = hashlib.sha256(raw + waves_path.read_bytes()).hexdigest()[:16]
    return Assumptions(
        hash=digest,
        settings={setting.id: setting for setting in settings},
        items={item.id: item for item in items},
        sources=sources,
        waves=read_waves(waves_path, sources),
    )


def _named(entry: Mapping[str, Any], build: Callable[[Mapping[str, Any]], Entry]) -> Entry:
    """The entry built; what is missing from it is said with its id."""
    try:
        return build(entry)
    except KeyError as error:
        raise ValueError(f"{entry.get('id', 'an entry without id')} lacks {error}") from error


def _setting(entry: Mapping[str, Any]) -> Setting:
    return Setting(
        id=entry["id"],
        value=entry["value"],
        unit=entry["unit"],
        bounds=(entry["bounds"][0], entry["bounds"][1]),
        grade=entry["grade"],
        sources=tuple(entry["sources"]),
    )
