"""Repeated events within a window: the same as counted from their start, and in no time."""

from __future__ import annotations

import datetime as dt
import time

import icalendar
import pytest
from dateutil.rrule import rrulestr

from planner.sessions.repeats import MOST_TIMES, repeats

START = dt.datetime.combine(dt.date(2019, 1, 7), dt.time(9))
BEGIN = dt.datetime.combine(dt.date(2026, 3, 23), dt.time())
END = dt.datetime.combine(dt.date(2026, 5, 5), dt.time.max)
SECONDS = 1.5  # far more than a rule needs, far less than one that is read to its end


def found(text: str, end: dt.datetime = END) -> set[dt.datetime]:
    return repeats(icalendar.vRecur.from_ical(text), START, BEGIN, end)


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=HOURLY",
        "FREQ=HOURLY;INTERVAL=7",
        "FREQ=HOURLY;INTERVAL=5;BYDAY=MO,WE;BYMINUTE=0,30",
        "FREQ=MINUTELY;INTERVAL=45",
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=DAILY;BYHOUR=8,15;BYMONTH=4",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU",
        "FREQ=MONTHLY;BYDAY=-1FR,1MO",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=YEARLY;BYWEEKNO=14;BYDAY=TU",
        "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=-1",
        "FREQ=DAILY;COUNT=2640",
        "FREQ=HOURLY;COUNT=63300",
        "FREQ=WEEKLY;BYDAY=MO,TH;COUNT=757",
        "FREQ=MONTHLY;COUNT=88",
    ],
)
def test_the_times_are_those_counted_from_the_start(text: str) -> None:
    slowly = set(rrulestr(text, dtstart=START).between(BEGIN, END, inc=True))

    assert found(text) == slowly
    assert slowly


@pytest.mark.parametrize(
    "text",
    [
        *(
            f"FREQ={often};BYMONTH=2;BYMONTHDAY=30"
            for often in ("SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY")
        ),
        "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
        "FREQ=HOURLY;BYMONTH=1;COUNT=99999999",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=10",
    ],
)
def test_a_rule_that_never_comes_true_takes_no_time(text: str) -> None:
    since = time.monotonic()

    assert found(text) == set()
    assert time.monotonic() - since < SECONDS


def test_a_rule_of_every_second_is_read_so_far() -> None:
    since = time.monotonic()

    assert len(found("FREQ=SECONDLY")) == MOST_TIMES
    assert min(found("FREQ=SECONDLY")) == BEGIN
    assert time.monotonic() - since < 2 * SECONDS


def test_an_event_that_begins_after_the_window_has_no_time_in_it() -> None:
    assert found("FREQ=DAILY", START - dt.timedelta(days=1)) == set()


@pytest.mark.parametrize("text", ["FREQ=DAILY;INTERVAL=0", "FREQ=SECONDLY;INTERVAL=2;BYSECOND=1"])
def test_a_rule_that_makes_no_sense_is_no_rule(text: str) -> None:
    with pytest.raises(ValueError, match=r"INTERVAL|empty set"):
        found(text)
