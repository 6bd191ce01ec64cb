"""A tally week: what its rows add up to, and the rows as a file and back."""

from planner.tally.files import read_tally, write_tally
from planner.tally.sums import (
    LONGEST_POINT,
    MOST_MINUTES,
    OTHER_TOPIC,
    TALLY_LANGUAGES,
    TALLY_TOPICS,
    Part,
    TallySummary,
    before_start,
    check,
    summarise,
    weeks_of,
)

__all__ = [
    "LONGEST_POINT",
    "MOST_MINUTES",
    "OTHER_TOPIC",
    "TALLY_LANGUAGES",
    "TALLY_TOPICS",
    "Part",
    "TallySummary",
    "before_start",
    "check",
    "read_tally",
    "summarise",
    "weeks_of",
    "write_tally",
]
