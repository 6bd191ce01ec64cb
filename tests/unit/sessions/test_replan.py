"""Planning again keeps what is locked, and changes as little else as it can."""

from __future__ import annotations

import datetime as dt
import functools
import math
from dataclasses import replace

import pytest

from planner.engine import Engine, load_engine
from planner.plans.sessions.windows import Busy
from planner.scenario import Scenario, default_scenario
from planner.sessions import Difference, Draft, Request, SessionPlan, plan_sessions
from planner.sessions import draft as drafts
from tests.unit.sessions.test_ask import broken

FIRST = dt.date(2026, 2, 2)
DAY = dt.timedelta(days=1)


@functools.cache
def world() -> tuple[Engine, Scenario]:
    engine = load_engine()
    return engine, default_scenario(engine.assumptions)


@functools.cache
def drafted(codes: tuple[str, ...] = ("249",), hours: float | None = None) -> Draft:
    return drafts.planned(*world(), Request(codes, FIRST, 12, hours), FIRST)[0]


def again(draft: Draft, today: dt.date = FIRST) -> tuple[Draft, SessionPlan, Difference]:
    return drafts.replanned(*world(), draft, today)


def with_hours(draft: Draft, hours: float) -> Draft:
    return replace(draft, request=replace(draft.request, staff_hours=hours))


CASES = [("249", None), ("249", 6.0), ("508", 8.0), ("434", None), ("295", None)]


@pytest.mark.parametrize(("code", "hours"), CASES)
def test_with_nothing_changed_the_very_same_draft_comes_back(
    code: str, hours: float | None
) -> None:
    draft = drafted((code,), hours)

    same, plan, differs = again(draft)

    assert same is draft
    assert plan.sessions == draft.sessions
    assert not differs


def test_planning_twice_is_planning_once() -> None:
    draft = drafted()
    one = draft.sessions[5]
    once, _, _ = again(drafts.moved(draft, one.uid, one.day + DAY, one.start))

    twice, _, differs = again(once)

    assert twice is once
    assert not differs


@pytest.mark.parametrize(("code", "hours"), CASES)
def test_without_its_mark_a_plan_is_still_found_again(code: str, hours: float | None) -> None:
    draft = replace(drafted((code,), hours), settled="")

    later, _, differs = again(draft)

    assert len(differs.removed) + len(differs.changed) == 0
    assert len(differs.added) <= 1
    assert len(later.sessions) >= len(draft.sessions)


@pytest.mark.parametrize(("code", "hours"), CASES)
def test_a_cancelled_slot_moves_few_others(code: str, hours: float | None) -> None:
    draft = drafted((code,), hours)
    gone = draft.sessions[len(draft.sessions) // 2]

    later, plan, differs = again(drafts.cancelled(draft, gone.uid))

    assert gone.uid not in {one.uid for one in later.sessions}
    assert len(differs.changed) + len(differs.removed) <= 1
    assert len(differs.added) <= 2
    assert not [one for one in broken(plan) if "time" in one]
    assert all(
        (one.venue, one.day) != (gone.venue, gone.day) or one.start >= gone.end
        for one in later.sessions
        if one.start < gone.end
    )


def test_a_forbidden_time_moves_the_session_under_its_name() -> None:
    draft = drafted(("249",), 6.0)
    one = draft.sessions[10]

    later, plan, differs = again(drafts.forbidden(draft, None, one.day, one.start, one.end))

    assert [(old.uid, new.sequence) for old, new in differs.changed] == [(one.uid, 1)]
    now = later.session(one.uid)
    assert (now.day, now.start) != (one.day, one.start)
    assert abs((now.day - one.day).days) < 7
    assert (now.theme, now.language, now.locked) == (one.theme, one.language, False)
    assert (differs.added, differs.removed) == ((), ())
    assert broken(plan) == []


def test_locked_sessions_stay_and_only_changed_ones_raise_their_sequence() -> None:
    draft = drafted()
    one, other = draft.sessions[4], draft.sessions[9]
    changed = drafts.locked(drafts.moved(draft, one.uid, one.day, 12 * 60), other.uid, True)
    less = with_hours(changed, 2.5)

    later, _, differs = again(less)

    by_name = {each.uid: each for each in later.sessions}
    for uid in (one.uid, other.uid):
        was, now = changed.session(uid), by_name[uid]
        assert replace(now, expected_contacts=0) == replace(was, expected_contacts=0)
    moved = {new.uid for _, new in differs.changed}
    for each in later.sessions:
        before = {s.uid: s.sequence for s in changed.sessions}.get(each.uid, 0)
        assert each.sequence == before + (each.uid in moved)
    assert later.request.locked == tuple(changed.session(o.uid) for o in later.request.locked)


def test_fewer_hours_take_sessions_away_and_more_bring_new_ones() -> None:
    draft = drafted()

    less, less_plan, fewer = again(with_hours(draft, 5.0))
    more, more_plan, greater = again(with_hours(less, 10.0))

    assert fewer.removed
    assert (less_plan.used <= 5.0 + 1e-6).all()
    assert greater.added
    assert not greater.removed
    assert more_plan.served.sum() > less_plan.served.sum()
    assert broken(less_plan) == broken(more_plan) == []
    # names of sessions that were taken out are not given to others
    assert not {one.uid for one in less.gone} & {one.uid for one in greater.added}
    assert len({one.uid for one in more.sessions}) == len(more.sessions)


def test_words_stay_with_their_session_and_go_with_it() -> None:
    draft = drafted()
    said = functools.reduce(
        lambda d, one: drafts.worded(d, one.uid, "fi", "Oma", "Teksti"), draft.sessions, draft
    )

    later, _, differs = again(with_hours(said, 5.0))

    assert differs.removed
    assert {uid for uid, *_ in later.words} == {
        one.uid for one in later.sessions if one.uid in {s.uid for s in draft.sessions}
    }


def test_days_that_are_over_stay_as_they_were() -> None:
    draft = drafted()
    today = FIRST + 28 * DAY

    later, plan, _ = again(with_hours(draft, 2.5), today)

    def before(one: Draft) -> list[tuple[object, ...]]:
        return [(s.uid, s.day, s.start) for s in one.sessions if s.day < today]

    assert before(later) == before(draft)
    assert not any(one.locked for one in later.sessions)
    assert len(later.sessions) < len(draft.sessions)
    assert plan.request.closures == draft.request.closures


def test_a_second_person_asked_for_afterwards_is_counted() -> None:
    draft = drafted()
    venue = draft.sessions[0].venue
    request = replace(draft.request, single_staffed=((venue, True),), people=4)

    later, plan, differs = again(replace(draft, request=request))

    assert {one.staff for one in later.sessions if one.venue == venue} == {2}
    assert all(new.sequence == old.sequence + 1 for old, new in differs.changed)
    assert broken(plan) == []


def test_a_busy_week_is_left_and_the_rest_stays() -> None:
    draft = drafted()
    busy = tuple(Busy(FIRST + (14 + n) * DAY, 0, 1440) for n in range(7))

    later, plan, differs = again(replace(draft, request=replace(draft.request, busy=busy)))

    week = [one for one in later.sessions if 14 <= (one.day - FIRST).days < 21]
    was = [one for one in draft.sessions if 14 <= (one.day - FIRST).days < 21]
    assert was
    assert week == []
    assert len(differs.changed) + len(differs.removed) <= len(was) + 1
    assert broken(plan) == []


def test_a_lock_in_the_last_week_outlives_a_shorter_plan() -> None:
    draft = drafted()
    one = next(one for one in draft.sessions if (one.day - FIRST).days >= 77)
    locked = drafts.locked(draft, one.uid, True)

    short, short_plan, _ = again(replace(locked, request=replace(locked.request, weeks=4)))
    long, long_plan, differs = again(replace(short, request=replace(short.request, weeks=12)))

    assert one.uid not in {each.uid for each in short_plan.sessions}
    assert short.session(one.uid).locked
    assert one.uid not in {each.uid for each in short.gone}
    assert drafts.from_json(drafts.to_json(short)) == short
    now = next(each for each in long_plan.sessions if each.uid == one.uid)
    assert replace(now, expected_contacts=0) == replace(
        locked.session(one.uid), expected_contacts=0
    )
    assert long.session(one.uid).sequence == one.sequence
    assert one.uid not in {each.uid for each in (*differs.added, *differs.removed)}
    assert broken(long_plan) == []


def test_an_unchanged_draft_says_that_nothing_was_searched_for() -> None:
    _, plan, _ = again(drafted())

    assert math.isnan(plan.gap)


@pytest.mark.parametrize(
    ("gap", "open_"), [(0.0, False), (0.01, False), (0.011, True), (1.0, True)]
)
def test_a_plan_that_is_not_proven_good_is_looked_for_again(gap: float, open_: bool) -> None:
    plan = plan_sessions(*world(), Request(("249",), FIRST, 4), FIRST)

    draft = drafts.of_plan(world()[1], replace(plan, gap=gap))
    later, found, _ = again(draft)

    assert (draft.settled == "") is open_
    assert math.isnan(found.gap) is not open_
    assert later.settled


def test_planning_again_without_time_leaves_the_draft_open(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = drafted()
    one = draft.sessions[0]
    poor = replace(plan_sessions(*world(), draft.request, FIRST), gap=0.2)
    monkeypatch.setattr(drafts, "plan_again", lambda *_: poor)

    later, _, _ = again(drafts.locked(draft, one.uid, True))

    assert draft.settled
    assert later.settled == ""


def test_a_change_taken_back_needs_no_new_plan() -> None:
    draft = drafted()
    one = draft.sessions[0]
    back = drafts.taken_back(drafts.moved(draft, one.uid, one.day + DAY, 600), draft, draft)

    same, _, _ = again(back)

    assert back.session(one.uid).sequence == one.sequence + 2
    assert same is back
