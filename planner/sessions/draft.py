"""A draft: the calendar that a director works on, what was asked, changes and their numbers."""

from __future__ import annotations

import datetime as dt
import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from planner.engine import Engine
from planner.errors import PlannerError
from planner.plans.sessions.counting import SECONDS, WITHIN, helped
from planner.plans.sessions.windows import Busy
from planner.scenario import Scenario
from planner.sessions import edit
from planner.sessions.ask import (
    checked,
    first_day,
    known_sessions,
    notices,
    plan_sessions,
    problem_of,
)
from planner.sessions.assemble import Held, assembled, new_name
from planner.sessions.by_hand import written
from planner.sessions.doubts import DOUBTS, doubts_about
from planner.sessions.draft_json import check_codes, check_request, decoded, encoded
from planner.sessions.edit import Difference
from planner.sessions.problem import facts_of
from planner.sessions.replan import plan_again
from planner.sessions.types import KINDS, Request, Session, SessionPlan

__all__ = [
    "DOUBTS",
    "Difference",
    "Draft",
    "added",
    "cancelled",
    "doubts",
    "evaluated",
    "forbidden",
    "from_json",
    "locked",
    "moved",
    "of_plan",
    "planned",
    "replanned",
    "taken_back",
    "to_json",
    "worded",
]

DAY = 24 * 60


@dataclass(frozen=True)
class Draft:
    """What a director works on, and what is stored.

    request: what was asked, its first day fixed, its locks those of `sessions`; sessions: the
    calendar as it stands; words: (uid, language, title, description) edited by hand; gone: sessions
    taken out, whose names nobody else gets and which a calendar file tells as cancelled; settled:
    what `replanned` knows its own plan by, empty where a better one may still be found.
    """

    request: Request
    sessions: tuple[Session, ...]
    words: tuple[tuple[str, str, str, str], ...] = ()
    gone: tuple[Session, ...] = ()
    settled: str = ""

    def session(self, uid: str) -> Session:
        """The session of a name; PlannerError where there is none."""
        for one in self.sessions:
            if one.uid == uid:
                return one
        raise PlannerError("error.sessions_draft_uid", value=uid)


def planned(
    engine: Engine,
    scenario: Scenario,
    request: Request,
    today: dt.date,
    seconds: float = SECONDS,
) -> tuple[Draft, SessionPlan]:
    """A first plan and its draft; see plan_sessions for the errors."""
    plan = plan_sessions(engine, scenario, request, today, seconds)
    return of_plan(scenario, plan), plan


def of_plan(scenario: Scenario, plan: SessionPlan) -> Draft:
    """The draft of a plan as it was found; settled only where that is proven good enough."""
    request = replace(plan.request, first=plan.first)
    return settled(scenario, Draft(request, plan.sessions), plan.gap)


def settled(scenario: Scenario, draft: Draft, gap: float) -> Draft:
    """The draft that knows that it is what the planner makes of its request.

    gap: proven of its plan. Beyond WITHIN (the search was stopped or out of time) the draft is left
    open, so that planning again goes on looking.
    """
    return replace(draft, settled=mark(scenario, draft) if gap <= WITHIN else "")


def mark(scenario: Scenario, draft: Draft) -> str:
    """What a plan follows from, and the plan: the same text as long as neither changes."""
    bare = replace(
        draft,
        sessions=tuple(replace(one, expected_contacts=0.0, sequence=0) for one in draft.sessions),
        request=replace(draft.request, locked=()),
        words=(),
        gone=(),
        settled="",
    )
    return hashlib.sha256((encoded(bare) + scenario.to_json()).encode()).hexdigest()


def evaluated(engine: Engine, scenario: Scenario, draft: Draft, today: dt.date) -> SessionPlan:
    """The SessionPlan of the sessions as they stand: nothing is searched for, its gap is 0.

    Sessions at unknown venues or outside the plan's weeks are left out, with a notice for the
    former. Errors are those of plan_sessions.
    """
    request = checked(engine, draft.request)
    first = first_day(engine, scenario, request.first, today)
    facts = facts_of(engine, scenario, request, first)
    known, strange = known_sessions(facts, draft.sessions)
    locks = {one.uid: one.locked for one in draft.sessions}
    held = [
        Held(one.placed, one.known and replace(one.known, locked=locks[one.known.uid]))
        for one in known
    ]
    counts = helped(problem_of(facts, held))
    plan = assembled(engine, scenario, facts, request, held, counts)
    told = (*notices(today, facts, plan, first), *strange)
    return replace(plan, first=first, notices=told)


def moved(draft: Draft, uid: str, day: dt.date, start: int, venue: str | None = None) -> Draft:
    """The draft with one session elsewhere, locked there, its name kept and its sequence raised."""
    return _with(draft, edit.moved(draft.session(uid), day, start, venue))


def locked(draft: Draft, uid: str, on: bool) -> Draft:
    """The draft with one session that must stay as it is, or that may change again."""
    return _with(draft, replace(draft.session(uid), locked=on))


def cancelled(draft: Draft, uid: str) -> Draft:
    """The draft without a session, the time at its venue kept free, its name never used again."""
    one = draft.session(uid)
    return replace(
        draft,
        request=edit.cancelled(draft.request, one),
        sessions=tuple(other for other in draft.sessions if other.uid != uid),
        words=tuple(said for said in draft.words if said[0] != uid),
        gone=(*draft.gone, one),
    )


def added(draft: Draft, session: Session) -> Draft:
    """The draft with a session more, locked; a name is given where it has none.

    PlannerError where its name is taken or its times make no sense.
    """
    taken = {one.uid for one in draft.sessions} | {one.uid for one in draft.gone}
    name = session.uid or new_name(session.venue, session.kind, session.day, taken)
    if name in taken:
        raise PlannerError("error.sessions_draft_twice", value=name)
    one = replace(session, uid=name, locked=True)
    _check(one)
    return replace(
        draft,
        request=edit.with_lock(draft.request, one),
        sessions=_ordered((*draft.sessions, one)),
    )


def forbidden(draft: Draft, venue: str | None, day: dt.date, start: int, end: int) -> Draft:
    """The draft whose next plan keeps a time free, at one venue or (None) at all of them.

    PlannerError where the time doesn't start before it ends, within one day.
    """
    _check_times(start, end)
    slot = Busy(day, start, end, venue)
    if slot in draft.request.busy:
        return draft
    return replace(draft, request=replace(draft.request, busy=(*draft.request.busy, slot)))


def worded(draft: Draft, uid: str, lang: str, title: str, description: str) -> Draft:
    """The draft with a session's words in one language; both empty: those of the catalogue."""
    draft.session(uid)
    others = [said for said in draft.words if said[:2] != (uid, lang)]
    own = [(uid, lang, title, description)] if title.strip() or description.strip() else []
    return replace(draft, words=tuple(sorted(others + own)))


def doubts(
    engine: Engine, scenario: Scenario, draft: Draft, session: Session, today: dt.date
) -> tuple[str, ...]:
    """What speaks against a session (of the draft, or one to be put in): ids of DOUBTS."""
    request = checked(engine, draft.request)
    first = first_day(engine, scenario, request.first, today)
    return doubts_about(engine, scenario, request, first, draft.sessions, session)


def replanned(
    engine: Engine,
    scenario: Scenario,
    draft: Draft,
    today: dt.date,
    seconds: float = SECONDS,
) -> tuple[Draft, SessionPlan, Difference]:
    """The draft planned again: locked sessions stay, of the others as few as possible change.

    Where nothing has changed since it was planned (request, scenario, sessions), the very same
    draft comes back. Its plan has the gap nan then: nothing was searched for, and what was proven
    when it was planned is known to whoever planned it. Sessions that are moved keep their names and
    raise their sequence.
    """
    if draft.settled == mark(scenario, draft):
        same = replace(evaluated(engine, scenario, draft, today), gap=math.nan)
        return draft, same, Difference((), (), ())
    plan = plan_again(
        engine, scenario, checked(engine, draft.request), draft.sessions, draft.gone, today, seconds
    )
    request = replace(plan.request, first=plan.first)
    held = {one.uid for one in plan.sessions}
    # a lock at a venue that is gone stays in the calendar until somebody takes it out
    lost = tuple(one for one in draft.sessions if one.locked and one.uid not in held)
    left = held | {one.uid for one in lost}
    out = tuple(one for one in draft.sessions if one.uid not in left)
    later = replace(
        draft,
        request=request,
        sessions=_ordered((*plan.sessions, *lost)),
        words=tuple(said for said in draft.words if said[0] in left),
        gone=(*draft.gone, *out),
    )
    found = settled(scenario, later, plan.gap)
    return found, plan, edit.difference(draft.sessions, later.sessions)


def taken_back(now: Draft, before: Draft, base: Draft | None) -> Draft:
    """The content of `before` in place of `now`, under sequences that no calendar has seen.

    base: the draft that is saved, None where none is. A calendar takes over only what has a higher
    SEQUENCE than what it holds. So a session that isn't as `now` and `base` last tell it gets the
    number after the highest known, and one that a calendar file tells as cancelled (under the
    number after its own) the one after that. Sessions that `before` doesn't hold are gone.
    """
    told = _told(now, base)
    sessions = tuple(_renumbered(one, told.get(one.uid, [])) for one in before.sessions)
    number = {one.uid: one.sequence for one in sessions}
    last: dict[str, Session] = {}
    for each in (before, now, *(() if base is None else (base,))):
        for one in (*each.gone, *each.sessions):
            if one.uid not in last or one.sequence > last[one.uid].sequence:
                last[one.uid] = one
    locked = tuple(
        replace(one, sequence=number.get(one.uid, one.sequence)) for one in before.request.locked
    )
    return replace(
        before,
        request=replace(before.request, locked=locked),
        sessions=sessions,
        gone=tuple(one for uid, one in last.items() if uid not in number),
    )


def _told(now: Draft, base: Draft | None) -> dict[str, list[tuple[int, Session | None]]]:
    """By name, what calendars may hold of a session: (sequence, session or None for cancelled).

    A file tells those as cancelled that are gone and were saved once.
    """
    drafts = (now,) if base is None else (now, base)
    saved = set() if base is None else {one.uid for one in (*base.sessions, *base.gone)}
    told: dict[str, list[tuple[int, Session | None]]] = {}
    for each in drafts:
        for one in (*each.sessions, *each.gone):
            told.setdefault(one.uid, []).append((one.sequence, one))
        for one in each.gone:
            if one.uid in saved:
                told[one.uid].append((one.sequence + 1, None))
    return told


def _renumbered(one: Session, told: list[tuple[int, Session | None]]) -> Session:
    """The session under the highest number it is told by, or the next where it differs there."""
    if not told:
        return one
    highest = max(number for number, _ in told)
    latest = [other for number, other in told if number == highest]
    same = all(other is not None and edit.place(other) == edit.place(one) for other in latest)
    return replace(one, sequence=max(highest if same else highest + 1, one.sequence))


def to_json(draft: Draft) -> str:
    """Canonical JSON; equal drafts give equal text."""
    return encoded(draft)


def from_json(text: str) -> Draft:
    """The draft that `to_json` wrote; PlannerError where it doesn't fit, saying where."""
    draft: Draft = decoded(text, Draft)
    check_request(draft.request)
    for path, one in _with_paths(draft):
        check_codes(one, path)
    names = [one.uid for one in draft.sessions]
    if len(set(names)) < len(names):
        twice = next(name for at, name in enumerate(names) if name in names[:at])
        raise PlannerError("error.sessions_draft_twice", value=twice)
    for one in (*draft.sessions, *draft.request.locked, *draft.gone):
        _check(one)
    return draft


def _with_paths(draft: Draft) -> Iterator[tuple[str, Session]]:
    """Every session of a draft, and where it stands in its JSON."""
    parts = {
        "sessions": draft.sessions,
        "request.locked": draft.request.locked,
        "gone": draft.gone,
    }
    for name, sessions in parts.items():
        for at, one in enumerate(sessions):
            yield f"draft.{name}[{at}]", one


def _with(draft: Draft, session: Session) -> Draft:
    """The draft with a session in place of the one of the same name, its lock in the request."""
    _check(session)
    lock = edit.with_lock if session.locked else _free
    return replace(
        draft,
        request=lock(draft.request, session),
        sessions=_ordered(
            tuple(session if one.uid == session.uid else one for one in draft.sessions)
        ),
    )


def _free(request: Request, session: Session) -> Request:
    return edit.without_lock(request, session.uid)


def _ordered(sessions: tuple[Session, ...]) -> tuple[Session, ...]:
    return tuple(sorted(sessions, key=lambda one: (one.day, one.start, one.venue, one.uid)))


def _check(one: Session) -> None:
    """PlannerError where a session could not be held whatever the place."""
    if not (one.uid and one.venue and one.kind in KINDS):
        raise PlannerError("error.sessions_draft", where=one.uid or "uid")
    _check_times(one.start, one.end)
    if not (1 <= one.staff <= 1000 and 0 <= one.staff_hours <= 10_000 and one.trainer >= 0):
        raise PlannerError("error.sessions_draft_staff", value=one.staff)


def _check_times(start: int, end: int) -> None:
    """PlannerError where times (minutes since midnight) make no part of one day."""
    if not 0 <= start < end <= DAY:
        raise PlannerError("error.sessions_draft_times", start=_clock(start), end=_clock(end))


def _clock(minutes: int) -> str:
    return f"−{written(-minutes)}" if minutes < 0 else written(minutes)
