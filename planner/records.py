"""What people enter and upload: plain frozen values, checked by whoever reads them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Visit:
    """Contacts about Messages that one municipality's official support had in one week.

    municipality: code; week: its Monday; channel: a code of CHANNELS, or None where the log doesn't
    tell channels apart.
    """

    municipality: str
    week: dt.date
    contacts: int
    channel: str | None = None


@dataclass(frozen=True)
class UserCount:
    """Users in service (net) on a day: of the country, a municipality, an age band or both."""

    date: dt.date
    users: int
    municipality: str | None = None
    age_band: str | None = None


@dataclass(frozen=True)
class TallyRow:
    """One contact of a tally week, whatever it was about.

    point: where; topic, language, outcome: codes; minutes: of staff time; within_other: given
    within another service (at the lending desk, on a social worker's visit); day: None where the
    sheet doesn't say; week: where it doesn't, the Monday of the sheet's week, None if not known.
    """

    point: str
    topic: str
    minutes: float
    language: str
    outcome: str
    within_other: bool = False
    day: dt.date | None = None
    week: dt.date | None = None


OUTCOMES = ("solved", "referred", "turned_away")

COUNTRY = "FI"
"""Whose a record is that belongs to no single municipality; the code of the country's area."""

PROVIDERS = (
    "library",
    "service_point",
    "adult_education",
    "employment",
    "youth",
    "integration",
    "association",
    "project",
    "parish",
    "bank",
    "authority",
    "remote",
)
"""Who gives support: as the survey of municipalities has them, and remote service."""

LANGUAGES = ("fi", "sv", "se", "smn", "sms", "other")
"""Languages of support: Finnish, Swedish, Northern, Inari and Skolt Sámi, any other."""


CERTAINTIES = ("certain", "likely", "uncertain")
"""How sure it is that support goes on as its row says."""


@dataclass(frozen=True)
class CapacityRow:
    """Support that one provider gives at one place in a municipality.

    hours: a week; first, last: Mondays of the first and last week, None where open; people: who
    share the hours, None where unknown; paid: or volunteers; languages, channels: codes, the
    channels of assumptions.CHANNELS and "remote"; contract: hours of paid employment, leave and
    training not yet taken off, instead of hours in which clients are served; certainty: of
    CERTAINTIES; estimated: taken over from the planner's estimate, not entered.
    """

    municipality: str
    provider: str
    place: str
    hours: float
    first: dt.date | None = None
    last: dt.date | None = None
    people: int | None = None
    paid: bool = True
    languages: tuple[str, ...] = ("fi",)
    channels: tuple[str, ...] = ()
    estimated: bool = False
    contract: bool = False
    certainty: str = "certain"


@dataclass(frozen=True)
class ServiceBefore:
    """The service that a municipality had in the week before the start, hours a week.

    Kept when capacity rows are entered for the first time; later rows don't move it, somebody who
    knows better may. contract: the part that is hours of employment, as in CapacityRow.
    """

    hours: float
    contract: float = 0.0


@dataclass(frozen=True)
class ServiceScope:
    """What a municipality's support does not do, as codes."""

    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class VisitFile:
    """A visit log as it was taken into use, with the name of its file."""

    name: str
    rows: tuple[Visit, ...]


@dataclass(frozen=True)
class UserCountFile:
    """User counts as they were taken into use, with the name of their file."""

    name: str
    rows: tuple[UserCount, ...]


@dataclass(frozen=True)
class TallySheet:
    """The contacts of a municipality's tally week. week: its Monday."""

    week: dt.date
    rows: tuple[TallyRow, ...]


@dataclass(frozen=True)
class SavedScenario:
    """A scenario under a name. scenario: its canonical JSON, which checks itself when read."""

    name: str
    scenario: str


@dataclass(frozen=True)
class SavedPlan:
    """A plan under a name. kind: what it plans; plan: its JSON, read by whoever made it."""

    name: str
    kind: str
    plan: str


@dataclass(frozen=True)
class Readiness:
    """A municipality's self-assessment. answers: (question, answer) as codes; day: given on."""

    answers: tuple[tuple[str, str], ...]
    day: dt.date
