"""What happened beside what was forecast: logged contacts, the forecast before and after them.

Joins a lesson (planner.learned) with the draws that it leads to. All arithmetic of the page on what
happened lives here, so that each figure can be had without a browser.
"""

from planner.outcome.ask import last_day, outcome
from planner.outcome.files import after_csv, backtest, pooled
from planner.outcome.points import in_hours, raised
from planner.outcome.types import Change, Counted, Outcome, Track, Verdicts

__all__ = [
    "Change",
    "Counted",
    "Outcome",
    "Track",
    "Verdicts",
    "after_csv",
    "backtest",
    "in_hours",
    "last_day",
    "outcome",
    "pooled",
    "raised",
]
