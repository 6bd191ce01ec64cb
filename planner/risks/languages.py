"""Languages of support: the municipality's official ones, and Sámi in its homeland."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from planner.records import CapacityRow
from planner.risks.plan import ENTERED, Phase, Plan
from planner.risks.types import Risk, Value
from planner.snapshot import Municipality

SAMI: Final[Mapping[str, tuple[str, ...]]] = {"148": ("se", "smn", "sms")}
"""Sámi languages of the homeland's municipalities where there is more than Northern Sámi: Inari."""
NORTHERN: Final = ("se",)


def official(place: Municipality) -> tuple[str, ...]:
    """The official languages of a municipality, that of the majority first."""
    return tuple(place.language_status.split("-"))


def sami_languages(place: Municipality) -> tuple[str, ...]:
    """The Sámi languages at home in a municipality; none outside the homeland."""
    return () if place.sami_homeland == "no" else SAMI.get(place.code, NORTHERN)


def language(plan: Plan) -> Iterator[Risk]:
    """Official languages in which no row gives support, in either direction."""
    wanted = official(plan.place)
    if plan.basis != ENTERED:
        if len(wanted) > 1 and plan.rows:
            yield Risk("language", "unknown", None, {"languages": wanted})
        return
    for phase in _served(plan):
        for code in missing(phase.rows, wanted):
            share = speakers(plan, code)
            values: dict[str, Value] = {"languages": (code,)}
            values |= {} if share is None else {"share": share}
            yield Risk("language", "serious", plan.week_of(phase), values)
        guessed = _guessed(phase.rows, wanted)
        if guessed and len(wanted) > 1:
            yield Risk("language", "unknown", None, {"languages": guessed})


def sami(plan: Plan) -> Iterator[Risk]:
    """Sámi languages of the homeland in which no row gives support."""
    wanted = sami_languages(plan.place)
    if not wanted:
        return
    if plan.basis != ENTERED:
        if plan.rows:
            yield Risk("sami", "unknown", None, {"languages": wanted})
        return
    for phase in _served(plan):
        without = missing(phase.rows, wanted)
        if without and any(row.estimated for row in phase.rows):
            yield Risk("sami", "unknown", None, {"languages": without})
        elif without:
            # the homeland reaches into a part of one municipality only
            whole = plan.place.sami_homeland == "whole"
            severity = "serious" if whole and without == wanted else "attention"
            values: dict[str, Value] = {
                "languages": without,
                "reach": plan.place.sami_homeland,
            }
            yield Risk("sami", severity, plan.week_of(phase), values)


def missing(rows: Sequence[CapacityRow], wanted: Sequence[str]) -> tuple[str, ...]:
    """Those of the languages that no row has."""
    spoken = {code for row in rows for code in row.languages}
    return tuple(code for code in wanted if code not in spoken)


def speakers(plan: Plan, code: str) -> float | None:
    """Share of residents who speak an official language; None where it isn't known.

    Swedish from the snapshot; Finnish is what is left beside Swedish and foreign languages.
    """
    table = plan.engine.snapshot.background
    swedish = float(table["swedish_pct"][plan.index]) / 100
    foreign = float(table["foreign_language_pct"][plan.index]) / 100
    share = swedish if code == "sv" else 1 - swedish - foreign
    return share if 0 <= share <= 1 else None  # never so where a figure is missing


def _served(plan: Plan) -> list[Phase]:
    """The phases in which there is any support."""
    return [phase for phase in plan.phases() if phase.rows]


def _guessed(rows: Sequence[CapacityRow], wanted: Sequence[str]) -> tuple[str, ...]:
    """Languages that only rows have which were taken over from the estimate."""
    sure = [row for row in rows if not row.estimated]
    return tuple(c for c in missing(sure, wanted) if c not in missing(rows, wanted))
