"""One municipality's answer: every figure a page, a brief or a printout shows.

All arithmetic of the page lives here, so that each figure can be had without a browser.
"""

from planner.answer.ask import answer, breakdown, target_check
from planner.answer.effect import Effect, effect
from planner.answer.plain import AXES, record
from planner.answer.scope import referred
from planner.answer.supply import hours_in
from planner.answer.types import (
    HOURS_NOTICED,
    Answer,
    Breakdown,
    Central,
    OneMore,
    Season,
    Span,
    StepDown,
    TargetCheck,
    Totals,
)

__all__ = [
    "AXES",
    "HOURS_NOTICED",
    "Answer",
    "Breakdown",
    "Central",
    "Effect",
    "OneMore",
    "Season",
    "Span",
    "StepDown",
    "TargetCheck",
    "Totals",
    "answer",
    "breakdown",
    "effect",
    "hours_in",
    "record",
    "referred",
    "target_check",
]
