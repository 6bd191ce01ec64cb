"""Numbers, dates and weeks as readers of each language write them, and the way back from text."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from planner.errors import PlannerError
from planner.texts import DATE_PATTERNS, Language, Texts, catalogue, locale_of

LARGEST: Final = 1_000_000_000_000
_DAY_MONTH: Final = {"fi": "d.M.", "sv": "d.M.", "en": "d MMMM"}
_ENDLESS: Final = re.compile(r"[+-]?(nan|inf(inity)?|∞)", re.IGNORECASE)
_SPACES: Final = "\u00a0\u202f\u2009 "
_GROUPED: Final = re.compile(rf"[0-9]{{1,3}}([{_SPACES}][0-9]{{3}})+(?=[.,]|$)")
_AMBIGUOUS: Final = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_THOUSANDS: Final = re.compile(r"[0-9]{1,3}(,[0-9]{3}){2,}|[0-9]{1,3}(\.[0-9]{3}){2,}")
_DATE: Final = re.compile(r"(?P<d>[0-9]{1,2})\. ?(?P<m>[0-9]{1,2})\. ?(?P<y>[0-9]{4})")
_CLOCK: Final = re.compile(r"(?P<h>[0-9]{1,2})(?:[.:](?P<m>[0-9]{2}))?")
_ISO_DATE: Final = re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})")


@dataclass(frozen=True)
class Formats:
    """Writes numbers and dates in one language."""

    lang: Language

    @property
    def _texts(self) -> Texts:
        return catalogue(self.lang)

    def whole(self, value: float) -> str:
        """A number without decimals: "1 200" or "1,200"."""
        return _written(round(value), "#,##0", self.lang)

    def decimal(self, value: float, places: int = 1) -> str:
        """A number with at most so many decimals: "12,5" or "12.5"."""
        pattern = "#,##0." + "#" * places if places else "#,##0"
        return _written(round(float(value), places), pattern, self.lang)

    def percent(self, share: float, places: int = 0) -> str:
        """A share between 0 and 1 in per cent: "92 %" or "92%"."""
        pattern = "#,##0" + ("." + "0" * places if places else "")
        ending = "%" if self.lang == "en" else "\u00a0%"
        return _percent(round(float(share), places + 2), pattern + ending, self.lang)

    def date(self, day: dt.date) -> str:
        """A date with its year: "19.1.2026" or "19 January 2026"."""
        return _dated(day, DATE_PATTERNS[self.lang], self.lang)

    def day_month(self, day: dt.date) -> str:
        """A date without its year: "19.1." or "19 January"."""
        return _dated(day, _DAY_MONTH[self.lang], self.lang)

    def weekday(self, day: dt.date) -> str:
        """A date with its day of the week, without the year: "ma 19.1.", "Mon 19 January"."""
        return _dated(day, f"ccc {_DAY_MONTH[self.lang]}", self.lang)

    def month(self, day: dt.date) -> str:
        """A month with its year: "tammikuu 2026", "januari 2026", "January 2026"."""
        return _dated(day, "LLLL yyyy", self.lang)

    def clock(self, minutes: int) -> str:
        """A time of day from its minutes since midnight: "13.00", "13:00"."""
        mark = ":" if self.lang == "en" else "."
        return f"{minutes // 60}{mark}{minutes % 60:02d}"

    def week(self, day: dt.date, year: bool = False) -> str:
        """The ISO week a day lies in: "viikko 4", with `year` "viikko 4/2026"."""
        iso = day.isocalendar()
        number = f"{iso.week}/{iso.year}" if year else str(iso.week)
        return self._texts("format.week", number=number)

    def weeks(self, first: dt.date, last: dt.date) -> str:
        """The ISO weeks from one day to another: "viikot 4–17"."""
        a, b = first.isocalendar(), last.isocalendar()
        if (a.year, a.week) == (b.year, b.week):
            return self.week(first)
        if a.year == b.year:
            return self._texts("format.weeks", first=str(a.week), last=str(b.week))
        return self._texts("format.weeks", first=f"{a.week}/{a.year}", last=f"{b.week}/{b.year}")

    def about(self, value: float) -> str:
        """A quantity as people speak of it: "noin 40", "about 1,200"; never a decimal."""
        number = rounded(value)
        if number == 0 and value > 0:
            return self._texts("format.below_one")
        if number < 10 and number == value:
            return self.whole(number)
        return self._texts("format.about", number=self.whole(number))

    def between(self, low: float, high: float) -> str:
        """A range of a quantity in spoken roundness: "4–9", "between 4 and 9"."""
        first, last = rounded(low), rounded(high)
        if first == last:
            return self.about((low + high) / 2)
        return self._texts("format.between", low=self.whole(first), high=self.whole(last))

    def people(self, value: float) -> str:
        """A number of people with its noun: "1 ihminen", "noin 40 ihmistä"."""
        number = rounded(value)
        if number == 1:
            return self._texts.count("format.people", 1)
        return self._texts("format.people_many", number=self.about(value))

    def hours(self, value: float) -> str:
        """A number of hours with its noun, in half hours below ten: "2,5 tuntia"."""
        number = float(rounded(value)) if abs(value) >= 10 else round(value * 2) / 2
        return self._texts.count("format.hours", number)


# A page writes some thousands of numbers and dates at every run, most of them again and again:
# they come here already rounded to what is shown.
@lru_cache(maxsize=1 << 15)
def _written(value: float, pattern: str, lang: Language) -> str:
    return str(format_decimal(value, pattern, locale=locale_of(lang)))


@lru_cache(maxsize=1 << 15)
def _percent(share: float, pattern: str, lang: Language) -> str:
    return str(format_percent(share, pattern, locale=locale_of(lang)))


@lru_cache(maxsize=1 << 13)
def _dated(day: dt.date, pattern: str, lang: Language) -> str:
    return str(format_date(day, pattern, locale=locale_of(lang)))


@cache
def formats(lang: Language) -> Formats:
    """The formats of a language."""
    return Formats(lang)


def rounded(value: float) -> int:
    """A quantity rounded as people speak: 38 is 40, 347 is 350, 1 234 is 1 200."""
    if not math.isfinite(value):
        raise ValueError(f"{value} cannot be spoken of as a number")
    size = abs(value)
    if size < 20:
        return round(value)
    if size < 100:
        return 5 * round(value / 5)
    # Two digits carry as much as a planner can use; the hundreds keep a half step.
    step = 10 if size < 1000 else 10 ** (math.floor(math.log10(size)) - 1)
    return int(step * round(value / step))


def parse_number(text: str, minimum: float | None = None, maximum: float | None = None) -> float:
    """The number a reader typed, with decimal comma or point and spaces between thousands."""
    plain = text.strip().replace("\u2212", "-")
    if not plain or _ENDLESS.fullmatch(plain):
        raise PlannerError("error.number", value=text)
    sign, digits = (-1.0, plain[1:]) if plain.startswith("-") else (1.0, plain.removeprefix("+"))
    value = sign * float(_without_grouping(digits, text))
    # A long row of digits overflows to infinity.
    if not math.isfinite(value):
        raise PlannerError("error.number", value=text)
    if abs(value) > LARGEST:
        raise PlannerError("error.number_above", value=text, maximum=LARGEST)
    if minimum is not None and value < minimum:
        raise PlannerError("error.number_below", value=text, minimum=minimum)
    if maximum is not None and value > maximum:
        raise PlannerError("error.number_above", value=text, maximum=maximum)
    return value


def parse_whole(text: str, minimum: float | None = None, maximum: float | None = None) -> int:
    """The whole number a reader typed; decimals are refused, not cut off."""
    value = parse_number(text, minimum, maximum)
    if not value.is_integer():
        raise PlannerError("error.whole_number", value=text)
    return int(value)


def parse_date(text: str) -> dt.date:
    """The date a reader typed: 19.1.2026 or 2026-01-19; a date without its year is refused."""
    plain = text.strip()
    found = _DATE.fullmatch(plain) or _ISO_DATE.fullmatch(plain)
    if found is None:
        raise PlannerError("error.date", value=text)
    try:
        return dt.date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        raise PlannerError("error.date", value=text) from None


def parse_clock(text: str) -> int:
    """The time of day a reader typed, in minutes since midnight: 13, 13.00 or 13:00; 24 at most."""
    found = _CLOCK.fullmatch(text.strip())
    hour, minute = (int(found["h"]), int(found["m"] or 0)) if found else (24, 60)
    if (hour > 23 or minute > 59) and (hour, minute) != (24, 0):
        raise PlannerError("error.clock", value=text)
    return hour * 60 + minute


def _without_grouping(digits: str, typed: str) -> str:
    if _AMBIGUOUS.fullmatch(digits):
        # "1,200" is 1.2 to one reader and 1200 to another: guessing could be wrong by a thousand.
        raise PlannerError("error.number_ambiguous", value=typed)
    if _THOUSANDS.fullmatch(digits):
        return re.sub("[.,]", "", digits)
    if _GROUPED.match(digits):
        digits = re.sub(f"[{_SPACES}]", "", digits)
    whole, mark, decimals = digits.rpartition(max(",.", key=digits.rfind))
    if not mark:
        whole, decimals = digits, ""
    if mark not in whole and re.fullmatch(r"[0-9]{1,3}([.,])[0-9]{3}(\1[0-9]{3})*", whole):
        whole = re.sub("[.,]", "", whole)
    number = f"{whole}.{decimals}" if mark else whole
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", number):
        raise PlannerError("error.number", value=typed)
    return number
