"""Calendars of busy times that don't parse: the message names what is wrong and where."""

from __future__ import annotations

import datetime as dt

import pytest

from planner.errors import PlannerError
from planner.sessions import read_busy
from planner.texts import LANGUAGES, catalogue

FIRST, LAST = dt.date(2026, 3, 23), dt.date(2026, 4, 5)
SOUND = ("UID:0", "SUMMARY:Sound", "DTSTART:20260401T080000", "DTEND:20260401T090000")
START = "DTSTART:20260401T100000"


def calendar(*lines: str) -> bytes:
    """A calendar with a sound event and one of these lines."""
    events = [part for each in (SOUND, lines) for part in ("BEGIN:VEVENT", *each, "END:VEVENT")]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *events, "END:VCALENDAR", ""]).encode()


def fault(content: bytes) -> PlannerError:
    """The fault of a file, which can be said in every language."""
    with pytest.raises(PlannerError) as caught:
        read_busy(content, FIRST, LAST)
    for lang in LANGUAGES:
        assert "{" not in catalogue(lang).error(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        (b"", "error.sessions_busy_empty", None),
        (b"\xef\xbb\xbf \r\n", "error.sessions_busy_empty", None),
        (b"nonsense", "error.sessions_busy_other", None),
        (b"<html></html>", "error.sessions_busy_other", None),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "error.sessions_busy_cut", 2),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n", "error.sessions_busy_pairs", 3),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nEND:VEVENT\r\n", "error.sessions_busy_pairs", 3),
    ],
)
def test_a_file_that_is_no_calendar_or_only_half_of_one(
    content: bytes, code: str, row: int | None
) -> None:
    error = fault(content)

    assert (error.code, error.values.get("row")) == (code, row)


@pytest.mark.parametrize(
    ("lines", "field", "value"),
    [
        (("SUMMARY:Bad", "DTSTART:yesterday"), "DTSTART", "yesterday"),
        (("SUMMARY:Bad", START, "DTEND:later"), "DTEND", "later"),
        (("SUMMARY:Bad", START, "DURATION:long"), "DURATION", "long"),
        (("SUMMARY:Bad", START, "RRULE:FREQ=SOMETIMES"), "RRULE", "FREQ=SOMETIMES"),
        (("SUMMARY:Bad", START, "EXDATE:never"), "EXDATE", "never"),
    ],
)
def test_a_field_is_named_with_its_event(lines: tuple[str, ...], field: str, value: str) -> None:
    error = fault(calendar(*lines))

    assert error.code == "error.sessions_busy_field"
    told = (error.values["number"], error.values["name"])
    assert (*told, error.values["field"], error.values["value"]) == (2, "Bad", field, value)


def test_an_event_without_a_start_is_named() -> None:
    error = fault(calendar("SUMMARY:Bad"))

    assert (error.code, error.values["name"]) == ("error.sessions_busy_start", "Bad")


def test_mistakes_that_say_nothing_of_times_do_no_harm() -> None:
    content = calendar(
        "SUMMARY:Odd", START, "DTEND:20260401T110000", "GEO:nowhere", "no line at all",
        "DESCRIPTION:a text whose folded line looks like an end\r\n END:VEVENT",
    )  # fmt: skip

    found = read_busy(content, FIRST, LAST)

    assert [(busy.start, busy.end) for busy in found] == [(480, 540), (600, 660)]
