"""Busy times from calendar files."""

from __future__ import annotations

import datetime as dt

import pytest

from planner.errors import PlannerError
from planner.plans.sessions.windows import Busy
from planner.sessions import read_busy

FIRST, LAST = dt.date(2026, 3, 23), dt.date(2026, 4, 5)


def calendar(*lines: str) -> bytes:
    """A calendar with one event of these lines."""
    event = ["BEGIN:VEVENT", "UID:1", "DTSTAMP:20260101T000000Z", *lines, "END:VEVENT"]
    whole = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *event, "END:VCALENDAR", ""]
    return "\r\n".join(whole).encode()


def read(*lines: str) -> list[tuple[dt.date, int, int]]:
    return [(busy.day, busy.start, busy.end) for busy in read_busy(calendar(*lines), FIRST, LAST)]


def test_a_moment_in_utc_is_read_by_the_finnish_clock() -> None:
    found = read("DTSTART:20260330T060000Z", "DTEND:20260330T073000Z")

    assert found == [(dt.date(2026, 3, 30), 9 * 60, 10 * 60 + 30)]  # summer time since the 29th


def test_repeats_keep_their_hour_across_the_clock_change_and_exceptions_are_left_out() -> None:
    found = read(
        "DTSTART;TZID=Europe/Helsinki:20260302T090000",
        "DTEND;TZID=Europe/Helsinki:20260302T100000",
        "RRULE:FREQ=WEEKLY;UNTIL=20260430T000000Z",
        "EXDATE;TZID=Europe/Helsinki:20260323T090000",
    )

    assert found == [(dt.date(2026, 3, 30), 540, 600)]


def test_whole_days_and_nights_are_told_day_by_day() -> None:
    days = read("DTSTART;VALUE=DATE:20260401", "DTEND;VALUE=DATE:20260403")
    night = read("DTSTART:20260401T220000", "DURATION:PT4H")

    assert days == [(dt.date(2026, 4, day), 0, 1440) for day in (1, 2)]
    assert night == [(dt.date(2026, 4, 1), 1320, 1440), (dt.date(2026, 4, 2), 0, 120)]


@pytest.mark.parametrize("line", ["STATUS:CANCELLED", "TRANSP:TRANSPARENT"])
def test_free_and_cancelled_times_do_not_count(line: str) -> None:
    assert read("DTSTART:20260401T100000", "DTEND:20260401T110000", line) == []


def test_a_venue_of_its_own() -> None:
    content = calendar("DTSTART:20260401T100000", "DTEND:20260401T110000")

    assert read_busy(content, FIRST, LAST, "85126") == (
        Busy(dt.date(2026, 4, 1), 600, 660, "85126"),
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nonsense",
        b"\xff\xfe\x00",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n",
        calendar("DTSTART:yesterday"),
        calendar("DTSTART:20260401T100000", "RRULE:FREQ=SOMETIMES"),
        calendar("SUMMARY:without a start"),
    ],
)
def test_what_does_not_parse_is_explained(content: bytes) -> None:
    with pytest.raises(PlannerError) as caught:
        read_busy(content, FIRST, LAST)

    assert caught.value.code.startswith("error.sessions_busy")
