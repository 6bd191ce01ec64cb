"""A tally week: what its rows add up to, and the rows as a file and back."""

from planner.tally.files import read_tally, write_tally
from planner.tally.sums import (
    LONGEST_POINT,
    MOST_MINUTES,
    OTHER_TOPIC,
    TALLY_LANGUAGES,
    TALLY_TOPICS,
    Part,
    Period,
    TallySummary,
    check,
    in_week,
    period,
    repeated,
    summarise,
    thin_weeks,
    weeks_of,
)

__all__ = [
    "LONGEST_POINT",
    "MOST_MINUTES",
    "OTHER_TOPIC",
    "TALLY_LANGUAGES",
    "TALLY_TOPICS",
    "Part",
    "Period",
    "TallySummary",
    "check",
    "in_week",
    "period",
    "read_tally",
    "repeated",
    "summarise",
    "thin_weeks",
    "weeks_of",
    "write_tally",
]
