"""Taking a change back: no calendar is told less than it has been told already."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from planner.sessions import Draft, Request, Session
from planner.sessions import draft as drafts

FIRST = dt.date(2026, 2, 2)
DAY = dt.timedelta(days=1)
ONE, OTHER = "one@x", "other@x"


def draft() -> Draft:
    """Two sessions that nobody has touched."""
    one = Session(ONE, FIRST, 600, 720, "85126", "clinic", "account", "fi", 1, 2.5)
    return Draft(Request(("249",), FIRST, 4), (one, replace(one, uid=OTHER, day=FIRST + DAY)))


def at(draft: Draft, uid: str = ONE) -> tuple[dt.date, int, int]:
    """Day, start and sequence of a session."""
    one = draft.session(uid)
    return one.day, one.start, one.sequence


def test_a_move_taken_back_has_a_number_of_its_own() -> None:
    first = draft()
    moved = drafts.moved(first, ONE, FIRST + 2 * DAY, 600)

    back = drafts.taken_back(moved, first, None)

    assert at(back) == (FIRST, 600, 2)
    assert at(back, OTHER) == (FIRST + DAY, 600, 0)
    assert (back.request, back.gone) == (first.request, ())


def test_a_move_that_was_saved_and_taken_back() -> None:
    first = draft()
    saved = drafts.moved(first, ONE, FIRST + 2 * DAY, 600)

    back = drafts.taken_back(saved, first, saved)

    assert at(back) == (FIRST, 600, 2)


def test_another_move_after_one_taken_back_gets_a_new_number() -> None:
    first = draft()
    once = drafts.moved(first, ONE, FIRST + 2 * DAY, 600)
    back = drafts.taken_back(once, first, first)

    again = drafts.moved(back, ONE, FIRST + 3 * DAY, 600)
    back_again = drafts.taken_back(again, back, first)

    assert at(again) == (FIRST + 3 * DAY, 600, 3)
    assert at(back_again) == (FIRST, 600, 4)


def test_what_a_later_change_has_not_touched_keeps_its_number() -> None:
    first = draft()
    moved = drafts.moved(first, ONE, FIRST + 2 * DAY, 600)
    worded = drafts.worded(drafts.locked(moved, OTHER, True), ONE, "fi", "Otsikko", "")

    back = drafts.taken_back(worded, moved, first)

    assert back == moved


def test_a_cancelled_session_that_was_saved_comes_back_above_its_cancellation() -> None:
    first = draft()
    saved = drafts.cancelled(first, ONE)  # a file tells it as cancelled under the number 1

    back = drafts.taken_back(saved, first, saved)

    assert at(back) == (FIRST, 600, 2)
    assert back.gone == ()
    assert back.request.busy == ()


def test_a_cancellation_of_a_saved_session_may_have_been_sent_before_it_is_saved() -> None:
    first = draft()
    gone = drafts.cancelled(first, ONE)

    assert at(drafts.taken_back(gone, first, first)) == (FIRST, 600, 2)
    assert drafts.taken_back(gone, first, None) == first  # nobody ever had it in a calendar


def test_a_session_that_was_cancelled_twice_rises_each_time() -> None:
    first = draft()
    gone = drafts.cancelled(first, ONE)
    back = drafts.taken_back(gone, first, gone)
    gone_again = drafts.cancelled(back, ONE)

    back_again = drafts.taken_back(gone_again, back, gone_again)

    assert [one.sequence for one in gone_again.gone] == [2]
    assert at(back_again) == (FIRST, 600, 4)


def test_an_added_session_taken_back_is_gone_and_its_name_stays_taken() -> None:
    first = draft()
    new = replace(first.session(ONE), uid="", start=800, end=860)
    more = drafts.added(first, new)
    name = ({one.uid for one in more.sessions} - {ONE, OTHER}).pop()

    back = drafts.taken_back(more, first, more)

    assert [one.uid for one in back.gone] == [name]
    assert name not in {one.uid for one in drafts.added(back, new).sessions}


def test_what_is_gone_keeps_the_number_that_it_was_last_told_by() -> None:
    first = drafts.cancelled(draft(), OTHER)
    more = drafts.added(first, replace(first.session(ONE), uid="new@x", start=800, end=860))
    moved = drafts.moved(more, "new@x", FIRST + DAY, 800)

    back = drafts.taken_back(moved, first, more)

    assert {one.uid: one.sequence for one in back.gone} == {OTHER: 0, "new@x": 1}


def test_the_lock_in_the_request_has_the_number_of_its_session() -> None:
    first = drafts.locked(draft(), ONE, True)
    moved = drafts.moved(first, ONE, FIRST + 2 * DAY, 600)

    back = drafts.taken_back(moved, first, None)

    assert back.request.locked == (back.session(ONE),)
    assert drafts.from_json(drafts.to_json(back)) == back


@pytest.mark.parametrize("changes", [{"theme": "relatives"}, {"language": "sv"}, {"end": 700}])
def test_whatever_people_read_in_a_calendar_counts(changes: dict[str, object]) -> None:
    first = draft()
    one = replace(first.session(ONE), sequence=5, **changes)  # type: ignore[arg-type]
    now = replace(first, sessions=(one, first.session(OTHER)))

    assert at(drafts.taken_back(now, first, None)) == (FIRST, 600, 6)
