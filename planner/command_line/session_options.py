"""What the options of `sessions` say of venues, closures, regions and second persons."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Collection, Sequence
from pathlib import Path

from planner.command_line.logs import MOST_TOLD, tell
from planner.command_line.scenarios import read_file
from planner.command_line.values import day
from planner.errors import PlannerError
from planner.sessions import Venue
from planner.sessions.venue_files import venue_reading
from planner.sessions.venue_words import answer_of
from planner.sessions.venues import VISITS
from planner.snapshot import Snapshot
from planner.texts import Texts

LONGEST_CLOSURE = 366  # days
MOST_NAMED = 30  # venues in a message
Closures = tuple[tuple[str | None, dt.date], ...]


def add_venue_options(parser: argparse.ArgumentParser) -> None:
    """The options that this module reads."""
    add = parser.add_argument
    text = "code or name of a region: all its municipalities in one plan, sharing trainers"
    add("--region", action="append", default=[], metavar="CODE", help=text)
    add("--venues", type=Path, metavar="FILE", help="venues of one's own, CSV or XLSX")
    text = "write a file of venues to fill in, and nothing else"
    add("--venues-template", action="store_true", help=text)
    text = "ids of venues to leave out, with commas between"
    add("--without", action="append", default=[], metavar="IDS", help=text)
    text = "no sessions on these days, everywhere or at one venue; may be repeated"
    add("--closed", action="append", default=[], metavar="DATE[..DATE][@VENUE]", help=text)
    text = "the same for school holidays, whose dates each municipality sets"
    where = "DATE[..DATE][@VENUE]"
    add("--school-holidays", action="append", default=[], metavar=where, help=text)
    text = "whether sessions there need a second person; may be repeated"
    add("--second-person", action="append", default=[], metavar="VENUE=yes|no", help=text)


def codes_of(options: argparse.Namespace, snapshot: Snapshot) -> tuple[str, ...]:
    """Codes of the municipalities asked for, by name, code or region, each once."""
    said = [part.strip() for part in (options.municipality or "").split(",") if part.strip()]
    codes = [snapshot.codes[snapshot.index(part)] for part in said]
    regions = snapshot.groups["region"]
    for wanted in (part for text in options.region for part in text.split(",")):
        at = _region(wanted, snapshot)
        codes += [
            code
            for code, region in zip(snapshot.codes, regions.index, strict=True)
            if int(region) == at
        ]
    return tuple(dict.fromkeys(codes))


def _region(wanted: str, snapshot: Snapshot) -> int:
    """The position of a region by its code or its name in any of the languages."""
    key = wanted.strip().casefold()
    key = key.zfill(2) if key.isascii() and key.isdigit() else key
    areas = snapshot.groups["region"].areas
    for at, area in enumerate(areas):
        names = (area.code, area.name_fi, area.name_sv, area.name_en)
        if key in (name.casefold() for name in names):
            return at
    told = [f"{area.code} {area.name_fi}" for area in areas]
    raise PlannerError("error.sessions_region", value=wanted.strip(), regions=told)


def own_venues(
    file: Path | None, codes: Collection[str], snapshot: Snapshot, texts: Texts
) -> tuple[Venue, ...]:
    """The venues of a file that lie in the plan's municipalities; others are told of.

    PlannerError, after a line for each bad row, where there are any.
    """
    if file is None:
        return ()
    reading = venue_reading(file.name, read_file(file), snapshot)
    elsewhere = [venue.id for venue in reading.rows if venue.municipality not in codes]
    notes = [*reading.notes]
    if elsewhere:
        notes.append(PlannerError("venues.note.elsewhere", venues=elsewhere[:MOST_NAMED]))
    for note in notes:
        tell(f"{file.name}: {texts.error(note)}")
    for problem in reading.problems[:MOST_TOLD]:
        # those of a venue's cells name the row themselves
        named = problem.row is None or "row" in problem.error.values
        where = "" if named else texts("learn.row", row=problem.row)
        tell(f"{file.name}: {where}{texts.error(problem.error)}")
    if reading.problems:
        raise PlannerError("error.venues_rows", file=file.name)
    return tuple(venue for venue in reading.rows if venue.municipality in codes)


def venue_ids(codes: Sequence[str], own: Sequence[Venue], snapshot: Snapshot) -> tuple[str, ...]:
    """Ids of all venues that a plan of these municipalities may have."""
    libraries = [library.id for library in snapshot.libraries if library.municipality in codes]
    planned = [f"{code}-{VISITS}" for code in codes]
    return (*libraries, *(venue.id for venue in own), *planned)


def left_out(options: argparse.Namespace, known: Sequence[str]) -> tuple[str, ...]:
    """Ids of venues to leave out."""
    parts = [part.strip() for text in options.without for part in text.split(",")]
    ids = tuple(dict.fromkeys(part for part in parts if part))
    for one in ids:
        _check_known("--without", one, known)
    return ids


def closures_of(options: argparse.Namespace, known: Sequence[str]) -> Closures:
    """The days without sessions: (venue, or None for all; date)."""
    told = [("--closed", text) for text in options.closed]
    told += [("--school-holidays", text) for text in options.school_holidays]
    return tuple(dict.fromkeys(one for each in told for one in _closed(*each, known)))


def _closed(option: str, said: str, known: Sequence[str]) -> list[tuple[str | None, dt.date]]:
    days, at, venue = said.partition("@")
    first, dots, last = days.partition("..")
    fault = PlannerError(
        "error.sessions_closed_option", option=option, value=said, limit=LONGEST_CLOSURE
    )
    try:
        start = day(first)
        count = ((day(last) if dots else start) - start).days + 1
    except PlannerError as error:
        raise fault from error
    venue = venue.strip()
    if not 1 <= count <= LONGEST_CLOSURE or (at and not venue):
        raise fault
    if venue:
        _check_known(option, venue, known)
    return [(venue or None, start + dt.timedelta(days=number)) for number in range(count)]


def second_persons(
    options: argparse.Namespace, known: Sequence[str]
) -> tuple[tuple[str, bool], ...]:
    """By venue, whether a session there needs a second person."""
    found: dict[str, bool] = {}
    for said in options.second_person:
        venue, _, word = said.rpartition("=")
        answer = answer_of(word)
        if not venue.strip() or answer is None:
            raise PlannerError("error.sessions_second_person", value=said)
        _check_known("--second-person", venue.strip(), known)
        found[venue.strip()] = answer
    return tuple(found.items())


def _check_known(option: str, venue: str, known: Sequence[str]) -> None:
    if venue not in known:
        more = ["…"] if len(known) > MOST_NAMED else []
        venues = [*known[:MOST_NAMED], *more]
        raise PlannerError(
            "error.sessions_unknown_venue", option=option, value=venue, venues=venues
        )
