"""Divisions of the country for national figures: those of the snapshot and classes of places.

Åland is an area of its own in every division, since its own law applies there: the classes hold
mainland municipalities only, and `aland` parts the country in two.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

import numpy as np

from planner.engine import AREA_LEVELS
from planner.snapshot import Snapshot
from planner.snapshot.types import Grouping

ALAND = "aland"
SIZES = (
    ("under_5000", 0),
    ("5000_14999", 5_000),
    ("15000_39999", 15_000),
    ("40000_99999", 40_000),
    ("100000_over", 100_000),
)
"""Size classes of the survey: code, and the people (of all ages) from which it begins."""
URBAN_RURAL = ("urban", "semi_urban", "rural")
LANGUAGES = ("fi", "fi-sv", "sv-fi", "sv")
"""Finnish, bilingual with a Finnish or a Swedish majority, Swedish."""

CLASS_LEVELS = ("aland", "size_class", "urban_rural", "language")
LEVELS = ("municipality", *AREA_LEVELS, *CLASS_LEVELS)


@functools.lru_cache(maxsize=4)
def class_groups(snapshot: Snapshot) -> Mapping[str, Grouping]:
    """CLASS_LEVELS → its Grouping, of classes that have a municipality; areas carry no names."""
    people = snapshot.people.sum(axis=1) + snapshot.minors
    limits = np.array([least for _, least in SIZES])
    sizes = [SIZES[at - 1][0] for at in np.searchsorted(limits, people, side="right")]
    places = snapshot.municipalities
    mainland = ["mainland"] * len(places)
    found = {
        "aland": (mainland, ("mainland",)),
        "size_class": (sizes, tuple(code for code, _ in SIZES)),
        "urban_rural": ([place.urban_rural for place in places], URBAN_RURAL),
        "language": ([place.language_status for place in places], LANGUAGES),
    }
    return {level: _grouping(snapshot, level, *parts) for level, parts in found.items()}


def group(snapshot: Snapshot, level: str) -> Grouping:
    """The Grouping of a level above the municipalities."""
    return class_groups(snapshot)[level] if level in CLASS_LEVELS else snapshot.groups[level]


def _grouping(
    snapshot: Snapshot, level: str, classes: list[str], order: tuple[str, ...]
) -> Grouping:
    own = [
        ALAND if place.is_aland else code
        for place, code in zip(snapshot.municipalities, classes, strict=True)
    ]
    codes = tuple(code for code in (*order, ALAND) if code in set(own))
    index = np.array([codes.index(code) for code in own], dtype=np.intp)
    index.setflags(write=False)
    return Grouping(level, codes, (), index)
