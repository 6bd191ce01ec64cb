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
    """Users in service (net) on a day: of the country, a municipality, an adult age band or both."""

    date: dt.date
    users: int
    municipality: str | None = None
    age_band: str | None = None


@dataclass(frozen=True)
class TallyRow:
    """One contact of a tally week, whatever it was about.

    point: where; topic, language, outcome: codes; minutes: of staff time; within_other: given
    within another service (at the lending desk, on a social worker's visit); day: None where the
    sheet doesn't say.
    """

    point: str
    topic: str
    minutes: float
    language: str
    outcome: str
    within_other: bool = False
    day: dt.date | None = None


OUTCOMES = ("solved", "referred", "turned_away")
