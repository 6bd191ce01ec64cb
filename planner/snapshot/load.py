"""From the data folder to a checked, immutable Snapshot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from planner.snapshot.checks import ALAND, check_folder
from planner.snapshot.problems import SnapshotError
from planner.snapshot.schema import (
    ADULT_BANDS,
    AREA_KINDS,
    BACKGROUND_MEASURES,
    MINOR_BAND,
    SEASONS,
    URBAN_RURAL,
)
from planner.snapshot.tables import DataFolder, Table, read_folder
from planner.snapshot.types import (
    Area,
    FloatArray,
    Grouping,
    IndexArray,
    Library,
    Municipality,
    PostalAreas,
    Snapshot,
    Week,
)

DATA_FOLDER = Path(__file__).resolve().parents[2] / "data"

Positions = Mapping[str, int]


def load_snapshot(folder: Path | None = None) -> Snapshot:
    """The checked snapshot of a data folder, the shipped one unless said.

    Loaded once a folder and process. Raises SnapshotError with the first problem found.
    """
    return _load((folder or DATA_FOLDER).resolve())


@cache
def _load(folder: Path) -> Snapshot:
    data = read_folder(folder)
    problems = check_folder(data)
    if problems:
        raise SnapshotError(problems[0])
    return build(data)


def build(data: DataFolder) -> Snapshot:
    """The snapshot of tables that passed every check."""
    municipalities = tuple(sorted(_municipalities(data["municipalities"]), key=lambda m: m.code))
    codes = tuple(place.code for place in municipalities)
    at = {code: position for position, code in enumerate(codes)}
    people = _people(data["population"], at)
    libraries = _libraries(data)
    background = data["background"]
    national = data["national"]
    winter = _hours(libraries, at, "winter")
    return Snapshot(
        hash=data.hash,
        codes=codes,
        municipalities=municipalities,
        people=_frozen(people[:, 1:]),
        minors=_frozen(people[:, 0]),
        background=MappingProxyType(
            {name: _aligned(background, name, at) for name in BACKGROUND_MEASURES}
        ),
        rural=_frozen([URBAN_RURAL[place.urban_rural] for place in municipalities]),
        staffed_hours_winter=_frozen(winter),
        staffed_hours_summer=_frozen(_plausible_summer(winter, _hours(libraries, at, "summer"))),
        staffed_hours_known=_hours_known(libraries, at),
        guidance_places=_aligned(data["guidance_places"], "places", at),
        groups=MappingProxyType(
            {kind: _grouping(kind, data, at) for kind in AREA_KINDS},
        ),
        libraries=libraries,
        postal_areas=_postal_areas(data["postal_areas"], at),
        national=MappingProxyType(
            dict(zip(national.texts("id"), national.numbers("value").tolist(), strict=True))
        ),
    )


def _frozen(values: ArrayLike) -> FloatArray:
    array = np.array(values, dtype=np.float64, order="C")
    array.setflags(write=False)
    return array


def _frozen_index(values: Sequence[int]) -> IndexArray:
    array = np.array(values, dtype=np.intp)
    array.setflags(write=False)
    return array


def _aligned(table: Table, column: str, at: Positions) -> FloatArray:
    values = np.empty(len(at))
    values[[at[code] for code in table.texts("code")]] = table.numbers(column)
    return _frozen(values)


def _municipalities(table: Table) -> list[Municipality]:
    land, lon, lat, east, north = (
        table.numbers(name).tolist() for name in ("land_km2", "lon", "lat", "east", "north")
    )
    islands = table.flags("island_without_road")
    outer_islands = table.flags("outer_islands_without_road")
    return [
        Municipality(
            code=code,
            name_fi=table.texts("name_fi")[row],
            name_sv=table.texts("name_sv")[row],
            language_status=table.texts("language_status")[row],
            urban_rural=table.texts("urban_rural")[row],
            sami_homeland=table.texts("sami_homeland")[row],
            land_km2=land[row],
            lon=lon[row],
            lat=lat[row],
            east=east[row],
            north=north[row],
            island_without_road=islands[row],
            outer_islands_without_road=outer_islands[row],
            is_aland=table.texts("region")[row] == ALAND["region"],
        )
        for row, code in enumerate(table.texts("code"))
    ]


def _people(table: Table, at: Positions) -> FloatArray:
    bands = {band: column for column, band in enumerate((MINOR_BAND, *ADULT_BANDS))}
    people = np.empty((len(at), len(bands)))
    rows = [at[code] for code in table.texts("code")]
    columns = [bands[band] for band in table.texts("age_band")]
    people[rows, columns] = table.numbers("people")
    return people


def _grouping(kind: str, data: DataFolder, at: Positions) -> Grouping:
    listed, table = data["areas"], data["municipalities"]
    columns = ("code", "name_fi", "name_sv", "name_en")
    rows = zip(listed.texts("kind"), *map(listed.texts, columns), strict=True)
    areas = tuple(
        sorted((Area(*names) for level, *names in rows if level == kind), key=lambda a: a.code)
    )
    codes = tuple(area.code for area in areas)
    index = [0] * len(at)
    if kind != "country":
        for code, group in zip(table.texts("code"), table.texts(kind), strict=True):
            index[at[code]] = codes.index(group)
    return Grouping(kind, codes, areas, _frozen_index(index))


def _weeks(table: Table) -> dict[tuple[str, str], Week]:
    days: dict[tuple[str, str], list[list[tuple[int, int]]]] = {}
    columns = (table.texts("library_id"), table.texts("season"), table.texts("weekday"))
    opens, closes = (table.numbers(name).astype(int).tolist() for name in ("opens", "closes"))
    for library, season, weekday, begin, end in zip(*columns, opens, closes, strict=True):
        week = days.setdefault((library, season), [[] for _ in range(7)])
        week[int(weekday) - 1].append((begin, end))
    return {key: tuple(tuple(sorted(day)) for day in week) for key, week in days.items()}


def _libraries(data: DataFolder) -> tuple[Library, ...]:
    table, weeks = data["libraries"], _weeks(data["library_hours"])
    closed: Week = ((),) * 7
    numbers = {
        name: table.numbers(name).tolist()
        for name in ("lon", "lat", "staffed_hours_week", "catchment_people")
    }
    computers = table.flags("public_computers")
    return tuple(
        Library(
            id=library,
            municipality=table.texts("municipality")[row],
            name=table.texts("name")[row],
            lon=numbers["lon"][row],
            lat=numbers["lat"][row],
            staffed_hours_week=numbers["staffed_hours_week"][row],
            hours_source=table.texts("hours_source")[row],
            winter=weeks.get((library, SEASONS[0]), closed),
            summer=weeks.get((library, SEASONS[1]), closed),
            support_tags=_tags(table.texts("support_tags")[row]),
            room_tags=_tags(table.texts("room_tags")[row]),
            public_computers=computers[row],
            catchment_people=int(numbers["catchment_people"][row]),
        )
        for row, library in enumerate(table.texts("library_id"))
    )


def _tags(text: str) -> tuple[str, ...]:
    return tuple(tag.strip() for tag in text.split("|") if tag.strip())


def _hours(libraries: Sequence[Library], at: Positions, season: str) -> FloatArray:
    hours = np.zeros(len(at))
    for library in libraries:
        winter = season == "winter"
        hours[at[library.municipality]] += (
            library.staffed_hours_week if winter else library.staffed_hours_summer_week
        )
    return hours


def _plausible_summer(winter: FloatArray, summer: FloatArray) -> FloatArray:
    """Summer hours, with the country's usual summer share where a municipality publishes none.

    That no library of a municipality has staff for nine weeks is an unpublished timetable or a
    renovation of one year, not a habit; zero would make every such place short in summer.
    """
    both = (winter > 0) & (summer > 0)
    usual = summer[both].sum() / winter[both].sum()
    return np.where((winter > 0) & (summer <= 0), winter * usual, summer)


def _hours_known(libraries: Sequence[Library], at: Positions) -> NDArray[np.bool_]:
    # Without a unit the hours are known: there are none. With units that all keep silent, not.
    silent = {library.municipality for library in libraries}
    silent -= {lib.municipality for lib in libraries if lib.hours_source != "unknown"}
    known = np.ones(len(at), dtype=np.bool_)
    known[[at[code] for code in silent]] = False
    known.setflags(write=False)
    return known


def _postal_areas(table: Table, at: Positions) -> PostalAreas:
    return PostalAreas(
        postal_code=tuple(table.texts("postal_code")),
        municipality=_frozen_index([at[code] for code in table.texts("municipality")]),
        people=_frozen(table.numbers("people")),
        lon=_frozen(table.numbers("lon")),
        lat=_frozen(table.numbers("lat")),
    )
