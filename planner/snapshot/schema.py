"""The columns of every table in the data folder, and what a cell of each may hold."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

ADULT_BANDS = ("18-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75-84", "85+")
MINOR_BAND = "0-17"
AREA_KINDS = ("country", "region", "wellbeing_county", "subregion", "development_centre")
HOURS_SOURCES = ("typical", "may_june", "year", "summer", "none", "unknown")
SEASONS = ("winter", "summer")
URBAN_RURAL = {"urban": 0.0, "semi_urban": 0.5, "rural": 1.0}
LANGUAGE_STATUSES = ("fi", "fi-sv", "sv-fi", "sv")
MAP_FILE = "municipalities.topo.json"

# Python's own grammar takes more than a table should hold: nan, inf, 1_000.
PLAIN_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,2})?")

Value = str | float


class CellError(ValueError):
    """A cell that does not hold what its column must; `code` is a problem's."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Kind(Protocol):
    """How the cells of a column are read."""

    def read(self, text: str) -> Value:
        """The cell's value; raises CellError."""
        ...


@dataclass(frozen=True)
class Text:
    """Any text; empty only where `optional`."""

    optional: bool = False

    def read(self, text: str) -> Value:
        if not text.strip() and not self.optional:
            raise CellError("data.empty_cell")
        return text


@dataclass(frozen=True)
class Number:
    """A finite number from `low` to `high`; an empty cell is NaN where `optional`."""

    low: float = 0.0
    high: float = math.inf
    optional: bool = False
    whole: bool = False

    def read(self, text: str) -> Value:
        if not text.strip():
            if self.optional:
                return math.nan
            raise CellError("data.empty_cell")
        if not PLAIN_NUMBER.fullmatch(text):
            raise CellError("data.not_a_number", value=text)
        value = float(text)
        if value < self.low and math.isinf(self.high):
            raise CellError("data.below", value=text, low=self.low)
        if not self.low <= value <= self.high:
            raise CellError("data.out_of_range", value=text, low=self.low, high=self.high)
        if self.whole and value != int(value):
            raise CellError("data.not_whole", value=text)
        return value


@dataclass(frozen=True)
class Choice:
    """One of a few words."""

    allowed: tuple[str, ...]

    def read(self, text: str) -> Value:
        if text not in self.allowed:
            raise CellError("data.bad_choice", value=text, allowed=", ".join(self.allowed))
        return text


@dataclass(frozen=True)
class Form:
    """A text of one form, such as a code with leading zeros."""

    pattern: str
    form: str

    def read(self, text: str) -> Value:
        if not re.fullmatch(self.pattern, text):
            raise CellError("data.bad_pattern", value=text, form=self.form)
        return text


@dataclass(frozen=True)
class Clock:
    """A time of day HH:MM, read as minutes since midnight; 24:00 is the day's end."""

    def read(self, text: str) -> Value:
        match = re.fullmatch(r"(\d\d):([0-5]\d)", text)
        minutes = int(match[1]) * 60 + int(match[2]) if match else math.inf
        if minutes > 24 * 60:
            raise CellError("data.bad_pattern", value=text, form="HH:MM")
        return minutes


CODE = Form(r"[0-9]{3}", "of three digits")
POSTAL_CODE = Form(r"[0-9]{5}", "of five digits")
FLAG = Choice(("yes", "no"))
PERCENT = Number(high=100.0)
MAYBE_PERCENT = Number(high=100.0, optional=True)
DEGREES = Number(low=-180.0, high=180.0)
COUNT = Number(whole=True)
WEEK_HOURS = Number(high=168.0)
TEXT = Text()

SCHEMA: Mapping[str, Mapping[str, Kind]] = {
    "municipalities.csv": {
        "code": CODE,
        "name_fi": TEXT,
        "name_sv": TEXT,
        "region": TEXT,
        "wellbeing_county": TEXT,
        "subregion": TEXT,
        "development_centre": TEXT,
        "urban_rural": Choice(tuple(URBAN_RURAL)),
        "language_status": Choice(LANGUAGE_STATUSES),
        "sami_homeland": Choice(("no", "part", "whole")),
        "land_km2": Number(low=1.0, high=20_000.0),
        "lon": DEGREES,
        "lat": DEGREES,
        "east": Number(low=50_000.0, high=760_000.0),
        "north": Number(low=6_600_000.0, high=7_800_000.0),
        "island_without_road": FLAG,
        "outer_islands_without_road": FLAG,
    },
    "areas.csv": {
        "kind": Choice(AREA_KINDS),
        "code": TEXT,
        "name_fi": TEXT,
        "name_sv": TEXT,
        "name_en": TEXT,
    },
    "population.csv": {
        "code": CODE,
        "age_band": Choice((MINOR_BAND, *ADULT_BANDS)),
        "people": Number(),
    },
    "population_official.csv": {
        "code": CODE,
        "men": COUNT,
        "women": COUNT,
        "total": COUNT,
        "under_15_pct": PERCENT,
        "over_64_pct": PERCENT,
        "mean_age": Number(low=20.0, high=80.0),
    },
    "background.csv": {
        "code": CODE,
        "basic_only_pct": MAYBE_PERCENT,
        "tertiary_pct": MAYBE_PERCENT,
        "median_income_eur": Number(low=5_000.0, high=200_000.0, optional=True),
        "at_risk_of_poverty_pct": MAYBE_PERCENT,
        "unemployment_pct": MAYBE_PERCENT,
        "swedish_pct": MAYBE_PERCENT,
        "foreign_language_pct": MAYBE_PERCENT,
    },
    "guidance_places.csv": {"code": CODE, "places": COUNT},
    "libraries.csv": {
        "library_id": Form(r"[0-9]+", "of digits"),
        "municipality": CODE,
        "name": TEXT,
        "lon": DEGREES,
        "lat": DEGREES,
        "staffed_hours_week": WEEK_HOURS,
        "hours_source": Choice(HOURS_SOURCES),
        "self_service_hours_week": Number(high=168.0, optional=True),
        "staffed_hours_year": Number(high=8784.0, optional=True),
        "support_tags": Text(optional=True),
        "room_tags": Text(optional=True),
        "public_computers": FLAG,
        "catchment_people": COUNT,
    },
    "library_hours.csv": {
        "library_id": Form(r"[0-9]+", "of digits"),
        "season": Choice(SEASONS),
        "weekday": Choice(tuple("1234567")),
        "opens": Clock(),
        "closes": Clock(),
    },
    "postal_areas.csv": {
        "postal_code": POSTAL_CODE,
        "municipality": CODE,
        "people": COUNT,
        "lon": DEGREES,
        "lat": DEGREES,
    },
    "ict_use.csv": {
        "year": Number(low=2000.0, high=2100.0, whole=True),
        "age_group": TEXT,
        "indicator": TEXT,
        "value_pct": PERCENT,
    },
    "national.csv": {
        "id": TEXT,
        "value": Number(),
        "unit": TEXT,
        "year": TEXT,
        "source": TEXT,
    },
}
BACKGROUND_MEASURES = tuple(name for name in SCHEMA["background.csv"] if name != "code")
