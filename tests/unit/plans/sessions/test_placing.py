"""Stage 2: steady places in the week that keep every hard rule."""

from __future__ import annotations

import datetime as dt

import numpy as np

from planner.plans.sessions.placing import Calendar, place
from planner.plans.sessions.types import Placed, Series

FIRST = dt.date(2026, 2, 2)
OPEN = ((600, 1080),)


def calendar(venues: int = 1, weeks: int = 4, trainers: int = 1, **changes: object) -> Calendar:
    """Venues open Monday to Friday 10-18, an hour apart; sessions of two hours."""
    days = [FIRST + dt.timedelta(days=day) for day in range(7 * weeks)]
    week = (OPEN,) * 5 + ((), ())
    given = {
        "days": days,
        "windows": [list(week * weeks) for _ in range(venues)],
        "minutes": np.full((venues, 1), 120),
        "travel": 60.0 * (1 - np.eye(venues)),
        "trainers": trainers,
    }
    return Calendar(**(given | changes))  # type: ignore[arg-type]


def weekly(venue: int = 0, block: int = 0) -> Series:
    return Series(venue, 0, block, tuple(range(4 * block, 4 * block + 4)))


def test_one_weekday_and_start_through_block_after_block() -> None:
    found = place([weekly(block=0), weekly(block=1), weekly(block=2)], calendar(weeks=12))

    assert found.left == ()
    assert len(found.placed) == 12
    assert len({(one.day.weekday(), one.start) for one in found.placed}) == 1


def test_a_holiday_moves_one_session_alone() -> None:
    shut = calendar()
    usual = place([weekly()], shut).placed[0]
    at = 7 + usual.day.weekday()
    shut.windows[0][at] = ()  # type: ignore[index]

    found = place([weekly()], shut)

    slots = [(one.day.weekday(), one.start) for one in found.placed]
    assert len(slots) == 4
    assert len(set(slots)) in (1, 2)
    assert all(one.day != shut.days[at] for one in found.placed)


def test_one_session_at_a_venue_at_a_time_and_trainers_travel() -> None:
    many = [weekly(venue) for venue in (0, 0, 1, 1)]

    found = place(many, calendar(venues=2))

    assert found.left == ()
    for one in found.placed:
        for other in found.placed:
            if one is not other and one.day == other.day:
                gap = 60 if one.venue != other.venue else 0
                assert one.end + gap <= other.start or other.end + gap <= one.start


def test_what_finds_no_time_is_told() -> None:
    tight = calendar(weeks=1)
    for day in range(1, 7):
        tight.windows[0][day] = ()  # type: ignore[index]
    tight.windows[0][0] = ((600, 720),)  # type: ignore[index]
    one = Series(0, 0, 0, (0,))

    found = place([one, one], tight)

    assert len(found.placed) == 1
    assert found.left == ((0, 0, 0),)


def test_without_trainers_nothing_is_placed() -> None:
    found = place([weekly()], calendar(trainers=0))

    assert found.placed == ()
    assert len(found.left) == 4


def test_locked_sessions_keep_their_time() -> None:
    usual = place([weekly()], calendar()).placed[0]
    locked = Placed(0, 0, usual.day, usual.start, usual.end, 0)

    found = place([weekly()], calendar(locked=[locked]))

    assert len(found.placed) == 4
    assert all(
        one.day != locked.day or one.end <= locked.start or locked.end <= one.start
        for one in found.placed
    )


def test_every_third_series_is_for_those_at_work() -> None:
    found = place([weekly()] * 3, calendar())

    starts = sorted({one.start for one in found.placed})
    assert starts[0] < 12 * 60
    assert starts[-1] >= 15 * 60
