"""What a check of a plan finds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Village:
    """A postal area far from support.

    people: persons, 2022; km: by an estimated road to the nearest point of support, None where
    there is none; other: municipality code of a library elsewhere that is nearer, other_km: to it.
    """

    postal_code: str
    people: float
    km: float | None
    other: str | None = None
    other_km: float | None = None


Value = str | float | dt.date | tuple[str, ...] | tuple[Village, ...]

SEVERITIES = ("serious", "attention", "note", "unknown")
"""The worst first; unknown: nobody has entered what the check needs."""

KINDS = (
    "no_support",
    "ends",
    "one_person",
    "uncertain",
    "identification",
    "language",
    "sami",
    "far",
    "volunteers",
    "campaign",
    "learning",
    "islands",
)
"""What is checked, in the order in which equally severe risks are told."""


@dataclass(frozen=True)
class Risk:
    """Something that can go wrong with a plan.

    kind: of KINDS; severity: of SEVERITIES; week: Monday of the week in which it bites, None where
    it does so all along or nobody knows; values: figures and codes that its words need, unrounded:
    hours are hours a week, short_* hours short (P50), coping_* shares of draws.
    """

    kind: str
    severity: str
    week: dt.date | None = None
    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def rank(self) -> tuple[int, int, dt.date]:
        """Sorts the worst first, then by kind and week."""
        order = SEVERITIES.index(self.severity), KINDS.index(self.kind)
        return (*order, self.week or dt.date.min)

    def record(self) -> dict[str, str | float]:
        """Kind, severity, week and values by name as plain text and numbers."""
        return {
            "kind": self.kind,
            "severity": self.severity,
            "week": "" if self.week is None else self.week.isoformat(),
            **{name: _plain(value) for name, value in self.values.items()},
        }


def _plain(value: Value) -> str | float:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return " ".join(v.postal_code if isinstance(v, Village) else v for v in value)
    return value
