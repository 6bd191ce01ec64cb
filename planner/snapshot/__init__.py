"""Snapshot: the facts in `data/`, read and checked once, then immutable."""

from planner.snapshot.checks import check_data
from planner.snapshot.load import DATA_FOLDER, load_snapshot
from planner.snapshot.problems import Problem, SnapshotError
from planner.snapshot.schema import ADULT_BANDS as AGE_BANDS
from planner.snapshot.seasons import SUMMER, is_summer_week
from planner.snapshot.types import (
    Area,
    Grouping,
    Library,
    Municipality,
    PostalAreas,
    Snapshot,
)

__all__ = [
    "AGE_BANDS",
    "DATA_FOLDER",
    "SUMMER",
    "Area",
    "Grouping",
    "Library",
    "Municipality",
    "PostalAreas",
    "Problem",
    "Snapshot",
    "SnapshotError",
    "check_data",
    "is_summer_week",
    "load_snapshot",
]
