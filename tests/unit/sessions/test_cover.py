"""What a plan covers and leaves open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pytest

from planner.sessions import Request, SessionPlan, Village
from planner.sessions.cover import cover

FIRST = dt.date(2026, 2, 2)


def plan_of(
    unserved: Sequence[float],
    contacts: float = 10.0,
    used: float = 4.0,
    villages: Sequence[Sequence[float]] = (),
) -> SessionPlan:
    """A plan of as many weeks as there are figures; villages: what each leaves by week."""
    weeks = len(unserved)
    left = np.array(unserved)
    return SessionPlan(
        request=Request(("249",), FIRST, weeks),
        first=FIRST,
        mondays=tuple(FIRST + dt.timedelta(weeks=week) for week in range(weeks)),
        venues=(),
        sessions=(),
        villages=tuple(
            Village(f"4270{number}", "249", 100.0, "a", np.full(weeks, contacts), np.array(own))
            for number, own in enumerate(villages)
        ),
        limit=np.full(weeks, 5.0),
        used=np.full(weeks, used),
        contacts=np.full(weeks, contacts),
        served=contacts - left,
        unserved=left,
        gap=0.0,
        people=1,
    )


def test_weeks_that_hold_most_of_what_is_left_are_found() -> None:
    found = cover(plan_of([0, 0, 1, 4, 5, 0, 0, 0]))

    assert found.span == (FIRST + dt.timedelta(weeks=3), FIRST + dt.timedelta(weeks=4))
    assert found.left == pytest.approx(10)


@pytest.mark.parametrize("unserved", [[2.0] * 8, [0, 0, 0.5, 1, 1, 0, 0, 0], [8.0]])
def test_weeks_are_not_named_where_that_would_mean_little(unserved: list[float]) -> None:
    assert cover(plan_of(unserved)).span is None


def test_a_village_stands_out_only_clearly() -> None:
    clear = cover(plan_of([4.0], villages=[[1.0], [3.0]]))
    close = cover(plan_of([4.0], villages=[[2.1], [1.9]]))
    alone = cover(plan_of([4.0], villages=[[4.0]]))
    tiny = cover(plan_of([0.9], villages=[[0.1], [0.8]]))

    assert clear.worst is not None
    assert clear.worst.village.postal_code == "42701"
    assert [one.visits for one in clear.villages] == [3.0, 1.0]
    assert (close.worst, alone.worst, tiny.worst) == (None, None, None)


def test_small_places_are_shown_four_weeks_at_a_time() -> None:
    found = cover(plan_of([0.1] * 10, contacts=0.8))

    assert found.small
    assert [part.first.isocalendar().week for part in found.parts] == [6, 10, 14]
    assert [part.last.isocalendar().week for part in found.parts] == [9, 13, 15]
    assert sum(part.coming for part in found.parts) == pytest.approx(8)
    assert len(found.single) == 10
    assert found.drawn
    assert not cover(plan_of([0.1] * 10, contacts=0.2)).drawn


def test_hours_above_the_limit_are_told_apart() -> None:
    found = cover(plan_of([0.0, 0.0], used=7.0))

    assert len(found.over) == 2
    assert (found.single[0].within, found.single[0].over) == (5.0, 2.0)
    assert found.fullest == 7.0


def test_next_to_nothing_left_is_nobody() -> None:
    assert cover(plan_of([0.01, 0.01])).left == 0
    assert cover(plan_of([0.04, 0.04])).left == pytest.approx(0.08)
