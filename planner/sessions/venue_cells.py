"""What a single cell of a file of venues says, or why it doesn't; a fault names no row yet."""

from __future__ import annotations

import datetime as dt
import itertools
import math
import re
import unicodedata
from typing import Final

from planner.errors import PlannerError
from planner.plans.sessions.windows import Intervals
from planner.sessions.types import KINDS
from planner.sessions.venue_words import CLOSED, answer_of, code_of
from planner.uploads.content import clipped
from planner.uploads.types import Cell
from planner.uploads.words import key

LATITUDES: Final = (59.3, 70.2)  # of Finland, degrees
LONGITUDES: Final = (19.0, 31.7)
LONGEST_ID: Final = 40  # characters
LAST_MINUTE: Final = 24 * 60 - 1  # 24.00 is read as this: no calendar has an hour 24

_FORMULA: Final = ("=", "+", "-", "@")
_ID: Final = re.compile(rf"[A-Za-z0-9][A-Za-z0-9_.-]{{0,{LONGEST_ID - 1}}}")
_CLOCK: Final = r"(\d{1,2})(?:[:.](\d{2}))?"
_HOURS: Final = re.compile(rf"(?:klo|kl)?\.? ?{_CLOCK} ?- ?(?:klo|kl)?\.? ?{_CLOCK}", re.ASCII)
_PARTS: Final = re.compile(r"[,;/&+]| ja | och | and ")
_DEGREES: Final = re.compile(r"-?\d{1,3}(?:[.,]\d{1,15})?", re.ASCII)


def text_of(cell: Cell) -> str:
    """A cell's text; the apostrophe before what would be a formula is no part of it."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip().removeprefix("'")


def guarded(text: str) -> str:
    """A text for a cell of a CSV file: a spreadsheet would run what begins like a formula.

    It gets an apostrophe before it, and so does what begins with a control character, behind which
    a formula may hide. `text_of` takes the apostrophe away.
    """
    unsafe = text.startswith(_FORMULA) or unicodedata.category(text[:1] or " ") == "Cc"
    return f"'{text}" if unsafe else text


def id_of(cell: Cell) -> str:
    """An id: letters, digits, points, hyphens and underscores."""
    found = text_of(cell)
    if not _ID.fullmatch(found):
        raise PlannerError("error.venue_id", value=clipped(found))
    return found


def made_id(municipality: str, name: str) -> str | None:
    """An id that follows from the name alone, so that it stays when rows are sorted anew."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return f"{municipality}-{slug}"[:LONGEST_ID].rstrip("-") if slug else None


def sort_of(cell: Cell) -> str:
    """One of SORTS."""
    found = code_of("sort", str(cell))
    if found is None:
        raise PlannerError("error.venue_sort", value=clipped(cell))
    return found


def kinds_of(cell: Cell) -> tuple[str, ...]:
    """Kinds of session, parted by commas, in the order of KINDS."""
    parts = [part for part in re.split(r"[,;/&+]", str(cell)) if part.strip()]
    said = {part: code_of("kind", part) for part in parts}
    for part, code in said.items():
        if code is None:
            raise PlannerError("error.venue_kind", value=clipped(part))
    return tuple(kind for kind in KINDS if kind in said.values())


def answer(cell: Cell) -> bool:
    """Yes or no."""
    found = answer_of(cell)
    if found is None:
        raise PlannerError("error.venue_answer", value=clipped(cell))
    return found


def degrees_of(cell: Cell) -> float:
    """Degrees with a decimal comma or point."""
    text = key(cell).replace("°", "").strip()
    if isinstance(cell, dt.date) or not _DEGREES.fullmatch(text):
        raise PlannerError("error.venue_number", value=clipped(cell))
    found = float(text.replace(",", "."))
    if not math.isfinite(found):
        raise PlannerError("error.venue_number", value=clipped(cell))
    return found


def check_point(lat: float, lon: float) -> None:
    """PlannerError where a point doesn't lie in Finland, or its two numbers have changed places."""
    if _within(lat, LATITUDES) and _within(lon, LONGITUDES):
        return
    turned = _within(lon, LATITUDES) and _within(lat, LONGITUDES)
    code = "error.venue_point_turned" if turned else "error.venue_point"
    raise PlannerError(code, lat=lat, lon=lon)


def hours_of(cell: Cell) -> Intervals:
    """Opening hours of a day as intervals in minutes: "9–12, 13–16", "klo 9.30–16", "closed"."""
    if isinstance(cell, dt.date):  # a spreadsheet takes 9-12 for a day of December
        raise PlannerError("error.venue_hours_date", value=cell)
    text = key(cell)
    if text in CLOSED:
        return ()
    found = sorted(_interval(part.strip(), cell) for part in _PARTS.split(text) if part.strip())
    if not found or any(one[1] > later[0] for one, later in itertools.pairwise(found)):
        raise PlannerError("error.venue_hours", value=clipped(cell))
    return tuple(found)


def _interval(part: str, cell: Cell) -> tuple[int, int]:
    found = _HOURS.fullmatch(part)
    if found is None:
        raise PlannerError("error.venue_hours", value=clipped(cell))
    numbers = [int(number or 0) for number in found.groups()]
    (opens, opens_min), (closes, closes_min) = numbers[:2], numbers[2:]
    start, end = opens * 60 + opens_min, closes * 60 + closes_min
    if max(opens_min, closes_min) > 59 or not start < end <= LAST_MINUTE + 1:
        raise PlannerError("error.venue_hours", value=clipped(cell))
    return start, min(end, LAST_MINUTE)


def spoken(intervals: Intervals) -> str:
    """Opening hours as `hours_of` reads them."""
    if not intervals:
        return "closed"
    return ", ".join(f"{_clock(opens)}-{_clock(closes)}" for opens, closes in intervals)


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]
