"""What a single cell says: a day, a week, a count, a channel, an age band; else why it doesn't."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from planner.errors import PlannerError
from planner.snapshot import AGE_BANDS
from planner.uploads.content import clipped
from planner.uploads.types import Cell
from planner.uploads.words import CHANNEL_WORDS, TOTALS, WEEK, heading_keys, key


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


# Looked for in keys: in lower case, with plain hyphens and single spaces.
_CLOCK: Final = r"(?:[t ] ?\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?z?)?"
_YEAR_FIRST: Final = (
    _form(rf"(?P<y>\d{{4}})(?P<mark>[-/.])(?P<m>\d{{1,2}})(?P=mark)(?P<d>\d{{1,2}}){_CLOCK}"),
    _form(r"(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)"),
)
_DAY_FIRST: Final = _form(
    rf"(?:[a-zåäö]{{2,11}}\.? )?(?P<d>\d{{1,2}})\. ?(?P<m>\d{{1,2}})\. ?(?P<y>\d\d|\d{{4}}){_CLOCK}"
)
_EITHER_FIRST: Final = _form(rf"(\d{{1,2}})([-/])(\d{{1,2}})\2(\d{{4}}){_CLOCK}")
_WORD: Final = r"(?:viikko|viikolla|vko|vk|vecka|week|wk|v|w)\.? ?"
_WEEKS: Final = (
    _form(rf"(?P<year>\d{{4}})[- /]?{_WORD}(?P<week>\d{{1,2}})(?:-?(?P<day>[1-7]))?"),
    _form(rf"(?:{_WORD})?(?P<week>\d{{1,2}}) ?/ ?(?P<year>\d{{4}})"),
    _form(rf"{_WORD}(?P<week>\d{{1,2}})[ ,-]+(?P<year>\d{{4}})"),
    _form(r"(?P<year>\d{4}) ?/ ?(?P<week>\d{1,2})"),
)
_BARE_WEEK: Final = _form(rf"(?:{_WORD})?(\d{{1,2}})\.?")
_YEAR: Final = _form(r"(\d{4}|\d\d)(?:[.,]0+)?")
_SERIALS: Final = range(36_526, 73_051)  # Excel's numbers of the days of 2000 to 2099
_EPOCH: Final = dt.date(1899, 12, 30)

_UNIT: Final = _form(r" ?(?:kpl|st|pcs|hlö|henkilöä|käyntiä|käynti|besök|visits|contacts)\.?$")
_SPACE: Final = _form(r"(?<=\d)[ '’](?=\d{3}(?!\d))")
_AMBIGUOUS: Final = _form(r"[1-9]\d{0,2}[.,]\d{3}")
_NUMBER: Final = _form(
    r"(?P<whole>\d+|\d{1,3}(?:(?P<mark>[.,])\d{3})+)(?:(?!(?P=mark))[.,](?P<rest>\d+))?"
)
_MOST_DIGITS: Final = 15

_BAND: Final = _form(r"(\d\d) ?- ?(\d\d)(?: ?[a-zåäö.-]+)*")
_OLDEST: Final = _form(r"(?:yli|över|over|≥|>=|>)? ?85 ?[+-]?(?: ?[a-zåäö.-]+)*")
_CHANNELS: Final = {key(word): code for code, words in CHANNEL_WORDS.items() for word in words} | {
    key(code): code for code in CHANNEL_WORDS
}


def refuse_cell_error(cell: Cell) -> None:
    """PlannerError for what a spreadsheet shows in place of a value: #N/A, ####."""
    if isinstance(cell, str) and cell.startswith("#"):
        raise PlannerError("error.upload.cell_error", value=clipped(cell))


def bare_week(cell: Cell) -> str | None:
    """The digits of a week number that stands without its year; None for any other cell."""
    found = _BARE_WEEK.fullmatch(key(cell))
    return found[1] if found else None


def year(cell: Cell) -> int:
    """The year a cell names; of two digits, one of this century."""
    if isinstance(cell, dt.date):
        return cell.year
    found = _YEAR.fullmatch(key(cell))
    if found is None:
        raise PlannerError("error.upload.not_a_year", value=clipped(cell))
    return int(found[1]) + (2000 if len(found[1]) == 2 else 0)


def week(cell: Cell) -> dt.date:
    """The Monday a cell names by its date or as an ISO week."""
    text = key(cell)
    if _BARE_WEEK.fullmatch(text):
        raise PlannerError("error.upload.week_without_year", value=clipped(cell))
    day = _day_or_week(cell)
    if day is None:
        raise PlannerError("error.upload.not_a_week", value=clipped(cell))
    if day.weekday():
        monday = day - dt.timedelta(days=day.weekday())
        raise PlannerError("error.upload.not_monday", value=day, monday=monday)
    return day


def _day_or_week(cell: Cell) -> dt.date | None:
    found = next(filter(None, (form.fullmatch(key(cell)) for form in _WEEKS)), None)
    return _iso_day(**found.groupdict()) if found else _day(cell)


def week_claim(heading: str, cell: Cell) -> tuple[int | None, int] | None:
    """ISO year, None where it isn't said, and week of a second column; None where it has none."""
    if number := bare_week(cell):
        # In a column of days it is a day of the month or of the week.
        of_weeks = not set(WEEK).isdisjoint(heading_keys(heading))
        return (None, int(number)) if of_weeks else None
    try:
        day = _day_or_week(cell)
    except PlannerError:  # one of two days
        return None
    return day.isocalendar()[:2] if day else None


def day_claim(cell: Cell) -> dt.date | None:
    """The day that a second column names; None where it names none."""
    try:
        return _day(cell)
    except PlannerError:  # one of two days
        return None


def day(cell: Cell) -> dt.date:
    """The day a cell names."""
    found = _day(cell)
    if found is None:
        raise PlannerError("error.upload.not_a_date", value=clipped(cell))
    return found


def _iso_day(year: str, week: str, day: str | None = None) -> dt.date | None:
    try:
        return dt.date.fromisocalendar(int(year), int(week), int(day or 1))
    except ValueError:
        return None


def _day(cell: Cell) -> dt.date | None:
    if isinstance(cell, dt.date):
        return cell
    if isinstance(cell, float):
        cell = int(cell) if 0 < cell < _SERIALS.stop else None
    text = key(cell)
    if re.fullmatch(r"\d{5}", text, re.ASCII) and int(text) in _SERIALS:
        return _EPOCH + dt.timedelta(days=int(text))
    for form in (*_YEAR_FIRST, _DAY_FIRST):
        if found := form.fullmatch(text):
            year = int(found["y"]) + (2000 if len(found["y"]) == 2 else 0)
            return _date(year, found["m"], found["d"])
    if found := _EITHER_FIRST.fullmatch(text):
        first, _, second, year_said = found.groups()
        days = {_date(int(year_said), m, d) for d, m in ((first, second), (second, first))}
        days.discard(None)
        if len(days) > 1:
            raise PlannerError("error.upload.date_ambiguous", value=clipped(cell))
        return days.pop() if days else None
    return None


def _date(year: int, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(year, int(month), int(day))
    except ValueError:
        return None


def looks_like_week(cell: Cell, bare: bool) -> bool:
    """Whether a heading names a week or a day; a mere number only where `bare`."""
    if cell is None or (not bare and _NUMBER.fullmatch(key(cell))):
        return False
    try:
        week(cell)
    except PlannerError as error:
        return error.code != "error.upload.not_a_week"
    return True


def count(cell: Cell) -> int:
    """The whole number, at least 0, that a cell holds; from 16 digits on, 10 to the 15th."""
    text = _UNIT.sub("", key(cell))
    negative, text = text.startswith("-"), _SPACE.sub("", text.lstrip("+-"))
    if isinstance(cell, str) and _AMBIGUOUS.fullmatch(text):
        raise PlannerError("error.upload.count_ambiguous", value=clipped(cell))
    found = _NUMBER.fullmatch(text)
    if found is None or isinstance(cell, dt.date):
        said = cell if isinstance(cell, dt.date) else clipped(cell)
        raise PlannerError("error.upload.count_not_number", value=said)
    whole, rest = re.sub(r"[.,]", "", found["whole"]), found["rest"] or ""
    if negative and (whole + rest).strip("0"):
        raise PlannerError("error.upload.count_negative", value=clipped(cell))
    if rest.strip("0"):
        raise PlannerError("error.upload.count_fraction", value=clipped(cell))
    whole = whole.lstrip("0") or "0"
    return int(whole) if len(whole) <= _MOST_DIGITS else 10**_MOST_DIGITS


def channel(cell: Cell) -> str | None:
    """The code of a channel; None for all channels together."""
    text = key(cell)
    if text in TOTALS:
        return None
    if text not in _CHANNELS:
        raise PlannerError("error.upload.unknown_channel", value=clipped(cell))
    return _CHANNELS[text]


def age_band(cell: Cell) -> str | None:
    """One of AGE_BANDS; None for all ages together."""
    text = key(cell)
    if text in TOTALS:
        return None
    found = _BAND.fullmatch(text)
    band = "-".join(found.groups()) if found else "85+" if _OLDEST.fullmatch(text) else ""
    if band not in AGE_BANDS:
        bands = [name.replace("-", "–") for name in AGE_BANDS]
        raise PlannerError("error.upload.unknown_age_band", value=clipped(cell), bands=bands)
    return band
