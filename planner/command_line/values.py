"""Numbers and dates as people type them on a command line."""

from __future__ import annotations

import datetime as dt
import math
import re

from planner.errors import PlannerError

LARGEST_NUMBER = 1e12


def number(text: str) -> float:
    """A finite number; decimal comma and point both count, but 2,800 could be either."""
    if re.fullmatch(r"-?[1-9][0-9]{0,2}([,.][0-9]{3})+", text.strip()):
        raise PlannerError("error.number_ambiguous", value=text)
    try:
        value = float(text.replace(",", ".").replace(" ", "").replace("\u00a0", ""))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise PlannerError("error.not_a_number", value=text)
    if abs(value) > LARGEST_NUMBER:
        raise PlannerError("error.number_too_large", value=text)
    return value


def whole_number(text: str) -> int:
    """A whole number of people."""
    value = number(text)
    if value != int(value):
        raise PlannerError("error.not_whole", value=text)
    return int(value)


def day(text: str) -> dt.date:
    """A date written 2026-01-19 or 19.1.2026."""
    try:
        if "." in text:
            first, month, year = text.strip().split(".")
            if len(year) != len("2026"):
                raise ValueError("a year has four digits")
            return dt.date(int(year), int(month), int(first))
        return dt.date.fromisoformat(text.strip())
    except (ValueError, OverflowError) as error:
        raise PlannerError("error.not_a_date", value=text) from error
