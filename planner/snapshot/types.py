"""The snapshot's shapes: plain frozen values and read-only arrays on one axis `municipality`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from planner.errors import PlannerError

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]
Intervals = tuple[tuple[int, int], ...]
Week = tuple[Intervals, ...]


@dataclass(frozen=True)
class Municipality:
    """One municipality of 1.1.2026; its point is where its people live.

    lon, lat: WGS84 degrees; east, north: the same point in ETRS-TM35FIN, metres, for the map.
    """

    code: str
    name_fi: str
    name_sv: str
    language_status: str
    urban_rural: str
    sami_homeland: str
    land_km2: float
    lon: float
    lat: float
    east: float
    north: float
    island_without_road: bool
    outer_islands_without_road: bool
    is_aland: bool

    def name(self, language: str) -> str:
        """The name in "fi" or "sv"; in English, that of the local majority's language."""
        if language == "en":
            language = "sv" if self.language_status in ("sv", "sv-fi") else "fi"
        return self.name_sv if language == "sv" else self.name_fi

    @property
    def is_bilingual(self) -> bool:
        """Whether both Finnish and Swedish are official languages here."""
        return "-" in self.language_status


@dataclass(frozen=True)
class Area:
    """One area above the municipalities, with its names."""

    code: str
    name_fi: str
    name_sv: str
    name_en: str

    def name(self, language: str) -> str:
        """The name in "fi", "sv" or "en"."""
        return {"fi": self.name_fi, "sv": self.name_sv, "en": self.name_en}[language]


@dataclass(frozen=True, eq=False)
class Grouping:
    """A division of the country: `index` [municipality] is each one's position in `codes`."""

    level: str
    codes: tuple[str, ...]
    areas: tuple[Area, ...]
    index: IndexArray

    def sum(self, array: NDArray[np.floating] | NDArray[np.integer], axis: int = -1) -> FloatArray:
        """Sums over each group's municipalities, float64 [.., group, ..] in the array's unit.

        `axis` is the array's municipality axis and becomes the group axis.
        """
        ordered = np.take(array, self._order, axis=axis)
        summed = np.add.reduceat(ordered, self._starts, axis=axis, dtype=np.float64)
        return np.asarray(summed, dtype=np.float64)

    @cached_property
    def _order(self) -> IndexArray:
        return np.argsort(self.index, kind="stable")

    @cached_property
    def _starts(self) -> IndexArray:
        return np.searchsorted(self.index[self._order], np.arange(len(self.codes)))


@dataclass(frozen=True)
class Library:
    """One public library unit; `winter` and `summer` hold Monday to Sunday's staffed intervals.

    Intervals are (opens, closes) in minutes since midnight. `staffed_hours_week` is the winter's,
    from `hours_source`: with "unknown" the unit has published no hours.
    """

    id: str
    municipality: str
    name: str
    lon: float
    lat: float
    staffed_hours_week: float
    hours_source: str
    winter: Week
    summer: Week
    support_tags: tuple[str, ...]
    room_tags: tuple[str, ...]
    public_computers: bool
    catchment_people: int

    @property
    def staffed_hours_summer_week(self) -> float:
        """Staffed hours a week in summer."""
        return sum(closes - opens for day in self.summer for opens, closes in day) / 60


@dataclass(frozen=True, eq=False)
class PostalAreas:
    """Postal areas on one axis [area]: people (persons, 2022) and a point inside (degrees)."""

    postal_code: tuple[str, ...]
    municipality: IndexArray
    people: FloatArray
    lon: FloatArray
    lat: FloatArray


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The facts in the data folder: 308 municipalities in the order of `codes`.

    people: float64 [municipality, age], adults by AGE_BANDS, persons, 31.12.2025
    minors: float64 [municipality], persons under 18
    background: float64 [municipality] by measure, per cent (euros for income), NaN where missing
    rural: float64 [municipality], 0 urban, 0.5 semi-urban, 1 rural
    staffed_hours_winter, staffed_hours_summer: float64 [municipality], library hours a week; where
        no summer hours are published the country's usual summer share of the winter's
    staffed_hours_known: bool [municipality], False where no library unit has published its hours
    guidance_places: float64 [municipality], places where associations guide seniors
    national: figures for the whole country by id
    """

    hash: str
    codes: tuple[str, ...]
    municipalities: tuple[Municipality, ...]
    people: FloatArray
    minors: FloatArray
    background: Mapping[str, FloatArray]
    rural: FloatArray
    staffed_hours_winter: FloatArray
    staffed_hours_summer: FloatArray
    staffed_hours_known: NDArray[np.bool_]
    guidance_places: FloatArray
    groups: Mapping[str, Grouping]
    libraries: tuple[Library, ...]
    postal_areas: PostalAreas
    national: Mapping[str, float]

    def index(self, code_or_name: str) -> int:
        """The position of a municipality, by code or by Finnish or Swedish name in any case."""
        wanted = code_or_name.strip().casefold()
        if wanted.isascii() and wanted.isdigit():
            wanted = wanted.zfill(3)
        if wanted in self._positions:
            return self._positions[wanted]
        close = get_close_matches(wanted, self._positions, n=5, cutoff=0.6)
        near = list(dict.fromkeys(self._spelling(found) for found in close))
        if not near:
            raise PlannerError("error.unknown_municipality", value=code_or_name)
        raise PlannerError("error.unknown_municipality_near", value=code_or_name, near=near[:3])

    @cached_property
    def _positions(self) -> dict[str, int]:
        positions: dict[str, int] = {}
        for position, place in enumerate(self.municipalities):
            for key in (place.code, place.name_fi, place.name_sv):
                positions[key.casefold()] = position
        return positions

    def _spelling(self, key: str) -> str:
        place = self.municipalities[self._positions[key]]
        names = (place.name_fi, place.name_sv)
        return next((name for name in names if name.casefold() == key), place.name_fi)
