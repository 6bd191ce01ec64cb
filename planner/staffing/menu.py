"""The options there are, read from data/options.toml: every figure with bounds, grade and sources.

A figure is described there and nowhere else; labels come from the text catalogues by its id.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from planner.assumptions import DATA, GRADES, load_assumptions
from planner.errors import PlannerError
from planner.handwritten import (
    TEXT,
    TEXTS,
    Form,
    fault,
    folder_problems,
    is_sound,
    lacks,
    read_content,
    read_text,
    sound_entries,
)
from planner.snapshot.problems import Problem, SnapshotError

FILE = "options.toml"
BASES = ("individual", "group")
OPTIONAL = ("agreed", "most")
FIGURES = ("hours", "price", "share", "work", "lead", "setup", *OPTIONAL)
SHARES = ("share", "work", "agreed")
POSITIVE = ("hours", *SHARES)


def _is_number(value: object) -> bool:
    return type(value) in (int, float)


_TABLE = (lambda value: isinstance(value, dict), "a table { central = 1, bounds = [0, 2], … }")
_NUMBER = (lambda value: _is_number(value), "a number")
_PAIR = (
    lambda value: isinstance(value, list) and len(value) == 2 and all(map(_is_number, value)),
    "a list of two numbers [lowest, highest]",
)
_BASE = (lambda value: value in BASES, f"one of {', '.join(BASES)}")
_GRADE = (lambda value: value in GRADES, f"one of {', '.join(GRADES)}")
FORM = Form(
    FILE,
    schema=1,
    keys={
        "option": {"id": TEXT, "base": _BASE, **dict.fromkeys(FIGURES[: -len(OPTIONAL)], _TABLE)},
        "figure": {"central": _NUMBER, "bounds": _PAIR, "grade": _GRADE, "sources": TEXTS},
        "units": dict.fromkeys(FIGURES, TEXT),
    },
    optional={"option": dict.fromkeys(OPTIONAL, _TABLE)},
)


@dataclass(frozen=True)
class Figure:
    """A figure of an option: its value, what one could defend, and what it rests on."""

    central: float
    bounds: tuple[float, float]
    grade: str
    sources: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class MenuItem:
    """An option as described: figures by name (FIGURES), OPTIONAL ones only where they stand."""

    id: str
    base: str
    figures: Mapping[str, Figure]

    def __getitem__(self, name: str) -> float:
        """The central value of a figure."""
        return self.figures[name].central


@dataclass(frozen=True, eq=False)
class Menu:
    """All options in the order of the file, and the unit of every figure."""

    items: tuple[MenuItem, ...]
    units: Mapping[str, str]

    @property
    def ids(self) -> tuple[str, ...]:
        """The options' ids."""
        return tuple(item.id for item in self.items)


def _fault(what: str, mend: str) -> Problem:
    return fault(FILE, None, what, mend)


def check_for_range(name: str, figure: str, found: Figure) -> Iterator[Problem]:
    """A value outside its bounds, or bounds that no such figure can have."""
    low, high = found.bounds
    if not low <= found.central <= high:
        what = f"{name}: {figure}: central {found.central:g} lies outside {low:g} to {high:g}"
        yield _fault(what, "correct the value or the bounds")
    if low < 0 or (figure in POSITIVE and found.central <= 0):
        sign = "above 0" if figure in POSITIVE else "0 or above"
        yield _fault(f"{name}: {figure}: it must be {sign}", "correct it")
    if figure in SHARES and high > 1:
        yield _fault(f"{name}: {figure}: a share can't be above 1", "write 0.5 for a half")


def check_for_sources(
    name: str, figure: str, found: Figure, known: Collection[str]
) -> Iterator[Problem]:
    """No source, or one that is not in assumptions.toml."""
    if not found.sources:
        yield _fault(f"{name}: {figure}: sources is empty", "name a source")
    for source in found.sources:
        if source not in known:
            what = f'{name}: {figure}: "{source}" is not in the [sources] of assumptions.toml'
            yield _fault(what, "correct its id, or add the source there")


def check_for_all_served(items: Collection[MenuItem]) -> Iterator[Problem]:
    """That there is work which suits no option: then no mix could ever be enough."""
    if items and all(item["share"] < 1 for item in items):
        mend = "let one of them serve all, share = { central = 1, … }"
        yield _fault("no option serves everybody", mend)


class _Reading:
    """What could be read of the file, with every problem met."""

    def __init__(self, folder: Path) -> None:
        self.problems: list[Problem] = folder_problems(folder)
        self.items: list[MenuItem] = []
        self.units: Mapping[str, str] = {}
        if self.problems:
            return
        _, text = read_text(folder / FILE, self.problems)
        content = None if text is None else read_content(text, FORM, self.problems)
        if content is not None:
            self._read(content)
        if not self.problems:
            self._check(_known_sources(folder))

    def _read(self, content: Mapping[str, object]) -> None:
        units = content.get("units")
        if units is None:
            self.problems.append(lacks("units", "[units]", FORM))
        elif is_sound("units", "units", units, FORM, self.problems):
            self.units = cast(Mapping[str, str], units)
        for entry in sound_entries(content, "option", FORM, self.problems):
            item = self._item(entry)
            if item is not None:
                self.items.append(item)

    def _item(self, entry: Mapping[str, Any]) -> MenuItem | None:
        given = {name: entry[name] for name in FIGURES if name in entry}
        sound = [
            is_sound("figure", f"{entry['id']}: {name}", figure, FORM, self.problems)
            for name, figure in given.items()
        ]
        if not all(sound):
            return None
        figures = {
            name: Figure(
                central=float(figure["central"]),
                bounds=(float(figure["bounds"][0]), float(figure["bounds"][1])),
                grade=figure["grade"],
                sources=tuple(figure["sources"]),
            )
            for name, figure in given.items()
        }
        return MenuItem(entry["id"], entry["base"], MappingProxyType(figures))

    def _check(self, sources: Collection[str] | None) -> None:
        for item in self.items:
            for name, figure in item.figures.items():
                self.problems += check_for_range(item.id, name, figure)
                if sources is not None:
                    self.problems += check_for_sources(item.id, name, figure, sources)
        self.problems += check_for_all_served(self.items)


def _known_sources(folder: Path) -> Collection[str] | None:
    """Ids of the sources in assumptions.toml; None where it can't be read, which is told there."""
    try:
        return load_assumptions(folder).sources.keys()
    except PlannerError:
        return None


def check_options(folder: Path) -> list[Problem]:
    """Everything wrong with a folder's options; empty when all is well."""
    return _Reading(folder).problems


@functools.lru_cache(maxsize=4)
def load_menu(folder: Path = DATA) -> Menu:
    """The options kept in `folder`; PlannerError("error.data") where they are off."""
    reading = _Reading(folder)
    if reading.problems:
        raise SnapshotError(reading.problems[0])
    return Menu(tuple(reading.items), MappingProxyType(dict(reading.units)))
