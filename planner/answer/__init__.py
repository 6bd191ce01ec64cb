"""One municipality's answer: every figure a page, a brief or a printout shows.

All arithmetic of the page lives here, so that each figure can be had without a browser.
"""

from planner.answer.ask import answer, breakdown, target_check
from planner.answer.plain import AXES, record
from planner.answer.types import (
    HOURS_NOTICED,
    Answer,
    Breakdown,
    Central,
    OneMore,
    Season,
    Span,
    TargetCheck,
    Totals,
)

__all__ = [
    "AXES",
    "HOURS_NOTICED",
    "Answer",
    "Breakdown",
    "Central",
    "OneMore",
    "Season",
    "Span",
    "TargetCheck",
    "Totals",
    "answer",
    "breakdown",
    "record",
    "target_check",
]
