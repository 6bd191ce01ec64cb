"""A draft takes changes by hand and tells their numbers."""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import replace

import numpy as np
import pytest

from planner.engine import Engine, load_engine
from planner.errors import PlannerError
from planner.scenario import Scenario, default_scenario
from planner.sessions import Draft, Request, Session, SessionPlan, plan_sessions
from planner.sessions import draft as drafts
from planner.sessions.types import KINDS
from planner.texts import LANGUAGES, catalogue

FIRST = dt.date(2026, 2, 2)
DAY = dt.timedelta(days=1)


@functools.cache
def world() -> tuple[Engine, Scenario]:
    engine = load_engine()
    return engine, default_scenario(engine.assumptions)


@functools.cache
def planned(code: str = "249", weeks: int = 8) -> tuple[Draft, SessionPlan]:
    return drafts.planned(*world(), Request((code,), FIRST, weeks), FIRST)


@pytest.mark.parametrize("code", ["249", "005", "434", "295"])
def test_a_plan_as_it_stands_has_the_plan_s_numbers(code: str) -> None:
    draft, plan = planned(code, 12)

    found = drafts.evaluated(*world(), draft, FIRST)

    assert found.sessions == plan.sessions == draft.sessions
    assert found.served == pytest.approx(plan.served)
    assert found.unserved == pytest.approx(plan.unserved)
    assert found.notices == plan.notices
    assert found.gap == 0


def test_the_numbers_of_locked_sessions_are_those_of_a_plan_with_them() -> None:
    draft, _ = planned()
    request = replace(draft.request, locked=draft.sessions, people=0)  # nobody for another one
    kept = plan_sessions(*world(), request, FIRST)

    found = drafts.evaluated(*world(), replace(draft, request=request), FIRST)

    assert kept.served == pytest.approx(found.served)
    assert kept.unserved == pytest.approx(found.unserved)


def test_fewer_sessions_help_fewer_people() -> None:
    draft, plan = planned()
    half = replace(draft, sessions=draft.sessions[::2])

    found = drafts.evaluated(*world(), half, FIRST)

    assert found.served.sum() < plan.served.sum()
    assert found.served.sum() + found.unserved.sum() == pytest.approx(found.contacts.sum())
    assert len(found.sessions) == len(half.sessions)


def test_a_longer_session_helps_more_people() -> None:
    draft, _ = planned("091", 1)
    one = max(draft.sessions, key=lambda one: one.expected_contacts)
    alone = replace(draft, sessions=(one,))
    longer = replace(draft, sessions=(replace(one, end=one.end + 60),))

    more, less = (drafts.evaluated(*world(), each, FIRST) for each in (longer, alone))

    assert more.served.sum() > less.served.sum() > 0


def test_a_moved_session_keeps_its_name_and_is_locked_others_stay() -> None:
    draft, _ = planned()
    one = draft.sessions[3]

    later = drafts.moved(draft, one.uid, one.day + DAY, 13 * 60)

    now = later.session(one.uid)
    assert (now.day, now.start, now.end - now.start) == (one.day + DAY, 780, one.end - one.start)
    assert (now.sequence, now.locked) == (one.sequence + 1, True)
    assert later.request.locked == (now,)
    assert set(later.sessions) - {now} == set(draft.sessions) - {one}
    assert list(later.sessions) == sorted(later.sessions, key=lambda s: (s.day, s.start, s.venue))


def test_moving_to_another_venue_and_unlocking() -> None:
    draft, _ = planned()
    one = draft.sessions[0]

    there = drafts.moved(draft, one.uid, one.day, one.start, "elsewhere")
    free = drafts.locked(there, one.uid, False)

    assert there.session(one.uid).venue == "elsewhere"
    assert not free.session(one.uid).locked
    assert free.request.locked == ()


def test_a_cancelled_session_is_gone_with_its_words_and_its_name_is_kept_free() -> None:
    draft, _ = planned()
    one = draft.sessions[0]
    said = drafts.worded(draft, one.uid, "fi", "Otsikko", "Kuvaus")

    later = drafts.cancelled(drafts.locked(said, one.uid, True), one.uid)

    assert one.uid not in {other.uid for other in later.sessions}
    assert later.words == ()
    assert later.request.locked == ()
    assert later.gone == (replace(one, locked=True),)
    assert (later.request.busy[0].day, later.request.busy[0].venue) == (one.day, one.venue)
    with pytest.raises(PlannerError, match="sessions_draft_twice"):
        drafts.added(later, one)


def test_an_added_session_gets_a_name_and_stays() -> None:
    draft, _ = planned()
    new = replace(draft.sessions[0], uid="", start=15 * 60, end=16 * 60)

    later = drafts.added(drafts.added(draft, new), replace(new, uid="mine@x"))

    assert len({one.uid for one in later.sessions}) == len(draft.sessions) + 2
    assert [one.locked for one in later.request.locked] == [True, True]
    found = drafts.evaluated(*world(), later, FIRST)
    assert {one.uid for one in found.sessions} == {one.uid for one in later.sessions}


def test_words_are_set_changed_and_taken_away() -> None:
    draft, _ = planned()
    uid = draft.sessions[0].uid

    once = drafts.worded(draft, uid, "sv", "Rubrik", "Text")
    again = drafts.worded(once, uid, "sv", "Annan rubrik", "Text")
    none = drafts.worded(again, uid, "sv", " ", "")

    assert once.words == ((uid, "sv", "Rubrik", "Text"),)
    assert again.words == ((uid, "sv", "Annan rubrik", "Text"),)
    assert none.words == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda d: drafts.moved(d, "nobody", FIRST, 600), "error.sessions_draft_uid"),
        (lambda d: drafts.moved(d, d.sessions[0].uid, FIRST, 1400), "error.sessions_draft_times"),
        (lambda d: drafts.moved(d, d.sessions[0].uid, FIRST, -5), "error.sessions_draft_times"),
        (lambda d: drafts.forbidden(d, None, FIRST, 600, 600), "error.sessions_draft_times"),
        (lambda d: drafts.forbidden(d, None, FIRST, 700, 600), "error.sessions_draft_times"),
        (lambda d: drafts.forbidden(d, "85126", FIRST, 600, 1441), "error.sessions_draft_times"),
        (lambda d: drafts.forbidden(d, "85126", FIRST, -1, 600), "error.sessions_draft_times"),
        (lambda d: drafts.locked(d, "nobody", True), "error.sessions_draft_uid"),
        (lambda d: drafts.cancelled(d, "nobody"), "error.sessions_draft_uid"),
        (lambda d: drafts.worded(d, "nobody", "fi", "a", "b"), "error.sessions_draft_uid"),
        (lambda d: drafts.added(d, d.sessions[0]), "error.sessions_draft_twice"),
        (
            lambda d: drafts.added(d, replace(d.sessions[0], uid="", start=720, end=600)),
            "error.sessions_draft_times",
        ),
        (
            lambda d: drafts.added(d, replace(d.sessions[0], uid="", staff=0)),
            "error.sessions_draft_staff",
        ),
        (
            lambda d: drafts.added(d, replace(d.sessions[0], uid="", kind="party")),
            "error.sessions_draft",
        ),
    ],
)
def test_a_change_that_makes_no_sense_is_explained(change, code: str) -> None:  # type: ignore[no-untyped-def]
    draft, _ = planned()

    with pytest.raises(PlannerError) as caught:
        change(draft)

    assert caught.value.code == code


@pytest.mark.parametrize(("start", "told"), [(1400, ("23.20", "25.20")), (-5, ("−0.05", "1.55"))])
def test_times_are_told_by_the_clock(start: int, told: tuple[str, str]) -> None:
    draft, _ = planned()
    one = next(one for one in draft.sessions if one.end - one.start == 120)

    with pytest.raises(PlannerError) as caught:
        drafts.moved(draft, one.uid, FIRST, start)

    assert (caught.value.values["start"], caught.value.values["end"]) == told
    for lang in LANGUAGES:
        assert told[1] in catalogue(lang).error(caught.value)


def around(**changes: object) -> tuple[str, ...]:
    """Doubts about the first session of a plan, changed."""
    draft, _ = planned()
    one = replace(draft.sessions[0], **changes)  # type: ignore[arg-type]
    return drafts.doubts(*world(), draft, one, FIRST)


def test_a_plan_s_own_sessions_raise_no_doubt() -> None:
    draft, _ = planned()

    assert {drafts.doubts(*world(), draft, one, FIRST) for one in draft.sessions} == {()}


@pytest.mark.parametrize(
    ("changes", "doubt"),
    [
        ({"start": 300, "end": 420}, "outside_hours"),
        ({"venue": "nowhere"}, "outside_hours"),
        ({"day": FIRST - 7 * DAY}, "outside_hours"),
        ({"day": dt.date(2026, 4, 3)}, "holiday"),
        ({"staff_hours": 1000.0}, "over_limit"),
    ],
)
def test_what_speaks_against_a_session_is_told(changes: dict[str, object], doubt: str) -> None:
    assert doubt in around(**changes)


def test_closures_busy_times_overlaps_and_a_second_person_are_told() -> None:
    draft, _ = planned()
    one = draft.sessions[0]
    request = replace(
        draft.request,
        closures=((one.venue, one.day),),
        single_staffed=((one.venue, True),),
    )
    shut = drafts.forbidden(replace(draft, request=request), None, one.day, one.start, one.end)
    twin = replace(one, uid="twin", trainer=one.trainer + 1)

    found = drafts.doubts(*world(), shut, replace(twin, staff=1), FIRST)

    assert {"closed", "busy", "overlap", "second_person"} <= set(found)
    assert "travel" not in found
    assert list(found) == [doubt for doubt in drafts.DOUBTS if doubt in found]


def test_a_trainer_who_cannot_get_there_in_time_is_told() -> None:
    draft, plan = planned("508", 4)
    one = draft.sessions[0]
    other = next(venue for venue in plan.venues if venue.id != one.venue)
    next_door = replace(one, uid="new", venue=other.id, start=one.end, end=one.end + 60)

    assert "travel" in drafts.doubts(*world(), draft, next_door, FIRST)
    assert "travel" not in drafts.doubts(
        *world(), draft, replace(next_door, trainer=one.trainer + 5), FIRST
    )


def test_sessions_the_plan_does_not_know_are_left_out_with_a_notice() -> None:
    draft, _ = planned()
    lost = Session("lost@x", FIRST, 600, 720, "nowhere", KINDS[0], "account", "fi", 1, 2.5)

    found = drafts.evaluated(*world(), drafts.added(draft, lost), FIRST)

    assert "locked_unknown" in found.notices
    assert np.isfinite(found.used).all()
    assert "lost@x" not in {one.uid for one in found.sessions}
