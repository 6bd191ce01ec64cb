"""What happened beside what was forecast: joins logs of visits and user counts with the engine."""

from planner.learned.after import after_frame, updated
from planner.learned.backtest import METHODS, backtest
from planner.learned.demonstration import demonstration
from planner.learned.lesson import Lesson, PlaceFactor, learn

__all__ = [
    "METHODS",
    "Lesson",
    "PlaceFactor",
    "after_frame",
    "backtest",
    "demonstration",
    "learn",
    "updated",
]
