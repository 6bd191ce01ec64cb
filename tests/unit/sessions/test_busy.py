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


WEEKLY = (
    "UID:meeting",
    "DTSTART;TZID=Europe/Helsinki:20260302T090000",
    "DTEND;TZID=Europe/Helsinki:20260302T100000",
    "RRULE:FREQ=WEEKLY",
)
MONDAYS = [(dt.date(2026, 3, 23), 540, 600), (dt.date(2026, 3, 30), 540, 600)]


def events(*each: tuple[str, ...]) -> list[tuple[dt.date, int, int]]:
    """What is busy in a calendar of these events."""
    parts = [line for one in each for line in ("BEGIN:VEVENT", *one, "END:VEVENT")]
    content = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *parts, "END:VCALENDAR", ""]).encode()
    return [(busy.day, busy.start, busy.end) for busy in read_busy(content, FIRST, LAST)]


@pytest.mark.parametrize(
    "named",
    [
        "RECURRENCE-ID;TZID=Europe/Helsinki:20260330T090000",
        "RECURRENCE-ID:20260330T060000Z",
        "RECURRENCE-ID;VALUE=DATE:20260330",
    ],
)
def test_one_repeat_that_is_moved_frees_its_old_time(named: str) -> None:
    alone = ("UID:meeting", named, "DTSTART:20260331T120000", "DTEND:20260331T130000")

    found = events(WEEKLY, alone)

    assert found == [MONDAYS[0], (dt.date(2026, 3, 31), 720, 780)]
    assert events(alone, WEEKLY) == found
    assert events(WEEKLY, ("UID:other", *alone[1:]))[:2] == MONDAYS  # another event's


def test_one_repeat_that_is_cancelled_frees_its_time() -> None:
    moment = "20260323T090000"
    alone = ("UID:meeting", f"RECURRENCE-ID:{moment}", f"DTSTART:{moment}", "STATUS:Cancelled")

    assert events(WEEKLY, alone) == MONDAYS[1:]


def test_a_repeat_left_out_by_its_day() -> None:
    assert events((*WEEKLY, "EXDATE;VALUE=DATE:20260330")) == MONDAYS[:1]


@pytest.mark.parametrize("line", ["STATUS:cancelled", "STATUS: Cancelled", "TRANSP:transparent"])
def test_words_of_a_calendar_count_in_any_letters(line: str) -> None:
    assert read("DTSTART:20260401T100000", "DTEND:20260401T110000", line) == []


ZONES = ("Nowhere/City", "Europe", "Customized Time Zone", "x" * 300)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("rules", ["", "BEGIN:VTIMEZONE\r\nTZID:{}\r\nEND:VTIMEZONE\r\n"])
def test_a_zone_that_nobody_knows_is_finnish(zone: str, rules: str) -> None:
    lines = [f'DTSTART;TZID="{zone}":20260401T100000', f"DTEND;TZID={zone}:20260401T110000"]
    content = calendar(*lines).replace(
        b"BEGIN:VEVENT", rules.format(zone).encode() + b"BEGIN:VEVENT"
    )

    found = read_busy(content, FIRST, LAST)

    assert [(busy.day, busy.start, busy.end) for busy in found] == [(dt.date(2026, 4, 1), 600, 660)]


def test_a_zone_that_is_known_counts_beside_one_that_is_not() -> None:
    found = events(
        ("UID:1", "DTSTART;TZID=Europe:20260401T100000", "DURATION:PT1H"),
        ("UID:2", "DTSTART;TZID=Europe/Stockholm:20260401T100000", "DURATION:PT1H"),
    )

    assert found == [(dt.date(2026, 4, 1), 600, 660), (dt.date(2026, 4, 1), 660, 720)]


def test_a_repeat_that_began_before_the_first_day_and_reaches_it_counts() -> None:
    found = read("DTSTART:20260320T220000", "DURATION:PT72H", "RRULE:FREQ=YEARLY")

    assert found == [(FIRST, 0, 1320)]
