"""Changes by hand keep names, and plans can be compared."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from planner.engine import load_engine
from planner.scenario import default_scenario
from planner.sessions import Request, Session, SessionPlan, plan_sessions
from planner.sessions.edit import cancelled, difference, moved, with_lock, without_lock

FIRST = dt.date(2026, 2, 2)
REQUEST = Request(("249",), FIRST, 4, staff_hours=6.0)
ONE = Session("a@x", FIRST, 600, 720, "85126", "clinic", "account", "fi", 1, 2.5)


def planned(request: Request) -> SessionPlan:
    engine = load_engine()
    return plan_sessions(engine, default_scenario(engine.assumptions), request, FIRST)


def test_a_move_keeps_name_and_length_and_grows_the_sequence() -> None:
    later = moved(ONE, FIRST + dt.timedelta(days=1), 900)

    assert (later.uid, later.start, later.end, later.sequence) == ("a@x", 900, 1020, 1)
    assert later.locked
    assert moved(ONE, FIRST, 600).sequence == 0


def test_locks_by_name() -> None:
    once = with_lock(REQUEST, ONE)
    again = with_lock(once, replace(ONE, start=660, end=780))

    assert len(again.locked) == 1
    assert again.locked[0].start == 660
    assert without_lock(again, "a@x").locked == ()


def test_a_cancelled_session_leaves_its_time_free() -> None:
    before = planned(REQUEST)
    gone = before.sessions[0]

    after = planned(cancelled(REQUEST, gone))

    assert all(
        (one.venue, one.day) != (gone.venue, gone.day)
        or one.end <= gone.start
        or gone.end <= one.start
        for one in after.sessions
    )
    assert difference(before.sessions, after.sessions)


def test_the_same_plan_has_no_difference_and_others_tell_theirs() -> None:
    other = replace(ONE, uid="b@x")

    found = difference([ONE, other], [moved(ONE, FIRST, 660), replace(ONE, uid="c@x")])

    assert not difference([ONE], [replace(ONE, expected_contacts=9.0)])
    assert [one.uid for one in found.added] == ["c@x"]
    assert [one.uid for one in found.removed] == ["b@x"]
    assert [(old.start, new.start) for old, new in found.changed] == [(600, 660)]


def test_planning_again_after_a_move_changes_little_else() -> None:
    before = planned(REQUEST)
    later = moved(before.sessions[0], before.sessions[0].day, 15 * 60)

    after = planned(with_lock(REQUEST, later))

    found = difference(before.sessions, after.sessions)
    assert (before.sessions[0], later) in [
        (old, replace(new, expected_contacts=later.expected_contacts)) for old, new in found.changed
    ]
    assert len(found.added) + len(found.removed) <= 2
