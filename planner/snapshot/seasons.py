"""The library year: the same summer weeks every year, winter for the rest."""

from __future__ import annotations

from datetime import date, timedelta

# First and last day (month, day) of the summer timetable.
SUMMER = ((6, 8), (8, 9))


def is_summer_week(monday: date) -> bool:
    """Whether most days of the week that begins on `monday` lie in the summer timetable.

    They do exactly when its Thursday does.
    """
    thursday = monday + timedelta(days=3)
    return SUMMER[0] <= (thursday.month, thursday.day) <= SUMMER[1]
