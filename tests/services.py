"""What the tests of capacity rows share: the engine, rows, and what was told."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from planner import services
from planner.records import CapacityRow
from planner.scenario import default_scenario
from planner.texts import LANGUAGES, catalogue
from planner.uploads import Reading
from tests import worlds
from tests.uploads import said

ENGINE = worlds.engine()
SNAPSHOT = ENGINE.snapshot
SCENARIO = default_scenario(ENGINE.assumptions)
KEURUU, KUMLINGE, RASEBORG = "249", "295", "710"
HEAD = "municipality;provider;place;hours;first week;last week;people;paid;languages;certainty\n"
LINE = CapacityRow(KEURUU, "library", "pääkirjasto", 12.5, people=2)
FIRST, LAST = dt.date(2026, 1, 12), dt.date(2026, 8, 31)


def line(**changes: Any) -> CapacityRow:
    """A sound row of Keuruu with some fields changed."""
    return replace(LINE, **changes)


def read(content: str | bytes, name: str = "rows.csv") -> Reading[CapacityRow]:
    """What a file of capacity rows gives."""
    data = content.encode() if isinstance(content, str) else content
    return services.read_rows(data, name, SNAPSHOT)


def told(reading: Reading[CapacityRow]) -> list[tuple[int | None, str]]:
    """Row and message of every problem, each of which can be said in every language."""
    return [(problem.row, said(problem.error)) for problem in reading.problems]


def noted(reading: Reading[CapacityRow]) -> list[str]:
    """The messages of the remarks, each of which can be said in every language."""
    return [said(note) for note in reading.notes]


def offered(text_id: str, lang: str) -> list[str]:
    """The words that a message offers in place of one that isn't known."""
    assert lang in LANGUAGES
    return catalogue(lang)(text_id, value="x").rpartition(": ")[2].rstrip(".").split(", ")
