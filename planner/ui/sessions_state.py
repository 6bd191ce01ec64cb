"""The calendar that a session works on: begun from the store or planned anew, and changed by hand.

What the address says of the plan (first day, weeks, hours, trainers, preset) leads: where it asks
for something else than the calendar was planned for, the calendar is planned again around what is
locked.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Final

import streamlit as st

from planner.engine import Engine
from planner.records import SavedPlan
from planner.scenario import Scenario
from planner.sessions import (
    Difference,
    Draft,
    Request,
    Session,
    SessionPlan,
    evaluated,
    explained,
)
from planner.sessions.ask import checked
from planner.sessions.draft import doubts, from_json, taken_back
from planner.sessions.edit import difference
from planner.sessions.search import Search
from planner.sessions.types import LEAD_WEEKS
from planner.store import Stored, from_content
from planner.ui import kept
from planner.ui.state import State, Value
from planner.ui.turns import page_runs

KIND: Final = "sessions"  # of plan, as the store keeps it
SECONDS: Final = 30.0  # a search ends then, whatever it has
SETTINGS: Final = ("plan_from", "weeks", "plan_hours", "trainers", "plan")  # of the address
_HELD: Final = "planner_sessions"
_SEARCH: Final = "planner_sessions_search"
_MOST_UNDONE: Final = 20
_pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sessions-explained")


@dataclass(frozen=True)
class Asked:
    """For whom a calendar is: the engine, the municipality, its scenario, today."""

    engine: Engine
    code: str
    scenario: Scenario
    today: dt.date


@dataclass(frozen=True)
class Held:
    """A municipality's calendar in this session.

    scenario: whose forecast the plan's figures belong to; seen: the stored plan that it began from,
    and base: the draft that is stored; before: earlier drafts, the latest last; gap: proven by
    the search whose plan this is, None once it was changed by hand; difference: what planning again
    has changed; doubts: (session, ids) of the last change by hand.
    """

    draft: Draft
    plan: SessionPlan
    scenario: Scenario
    seen: Stored | None = None
    base: Draft | None = None
    before: tuple[Draft, ...] = ()
    gap: float | None = None
    difference: Difference | None = None
    doubts: tuple[Session, tuple[str, ...]] | None = None

    @property
    def changed(self) -> bool:
        """Whether there is anything that has not been saved."""
        return self.draft != self.base

    @property
    def gone(self) -> tuple[Session, ...]:
        """Sessions taken out that were saved once: somebody may have them in a calendar."""
        known = () if self.base is None else (*self.base.sessions, *self.base.gone)
        names = {one.uid for one in known}
        return tuple(one for one in self.draft.gone if one.uid in names)

    @property
    def cancelled(self) -> tuple[Session, ...]:
        """Those of them that a calendar file tells as cancelled.

        What lies outside the weeks of a shorter calendar is not cancelled by that.
        """
        first, last = days_of_plan(self.plan)
        return tuple(one for one in self.gone if first <= one.day <= last)


def days_of_plan(plan: SessionPlan) -> tuple[dt.date, dt.date]:
    """The first and the last day on which the plan may hold sessions."""
    return plan.first, plan.mondays[-1] + dt.timedelta(days=6)


def held(code: str) -> Held | None:
    """What this session holds of a municipality."""
    found: Held | None = _all().get(code)
    return found


def put(code: str, changed: Held) -> None:
    """Keeps a municipality's calendar."""
    _all()[code] = changed


def drop(code: str) -> None:
    """Lets a municipality's calendar go: the next run begins from the store again."""
    _all().pop(code, None)
    _pending().pop(code, None)
    _unread().pop(code, None)
    stop(code)


def _all() -> dict[str, Held]:
    found: dict[str, Held] = st.session_state.setdefault(_HELD, {})
    return found


def first_day(today: dt.date) -> dt.date:
    """The first day unless one is given: the Monday after the lead time."""
    day = today + dt.timedelta(weeks=LEAD_WEEKS)
    return day + dt.timedelta(days=-day.weekday() % 7)


def usual(asked: Asked) -> Request:
    """What is asked for where the address says nothing else: the stored calendar's, or the bare."""
    now = held(asked.code)
    if now is not None and now.base is not None:
        return now.base.request
    return Request((asked.code,), first_day(asked.today))


def wanted(asked: Asked, state: State) -> Request:
    """The request: settings of the address, or the usual ones; the rest as it was changed here.

    PlannerError where it doesn't hold.
    """
    now, like = held(asked.code), usual(asked)
    rest = _pending().get(asked.code) or (like if now is None else now.draft.request)
    preset, hours, people = state.code("plan"), state.number("plan_hours"), state.whole("trainers")
    weeks, first = state.whole("weeks"), state.date("plan_from")
    request = replace(
        rest,
        first=like.first if first is None else first,
        weeks=like.weeks if weeks is None else weeks,
        staff_hours=like.staff_hours if hours is None else hours,
        people=like.people if people is None else people,
        preset=like.preset if preset is None else preset,
    )
    return checked(asked.engine, request)


def otherwise(asked: Asked) -> Request:
    """The request where the address asks for what doesn't hold: that of the calendar at hand."""
    now = held(asked.code)
    return usual(asked) if now is None else now.draft.request


def said(asked: Asked) -> dict[str, Value | None]:
    """What the address says of the calendar at hand: only what differs from the usual."""
    now, like = held(asked.code), usual(asked)
    request = like if now is None else now.draft.request
    pairs: dict[str, tuple[Value | None, Value | None]] = {
        "plan_from": (request.first, like.first),
        "weeks": (request.weeks, like.weeks),
        "plan_hours": (request.staff_hours, like.staff_hours),
        "trainers": (request.people, like.people),
        "plan": (request.preset, like.preset),
    }
    return {name: None if given == norm else given for name, (given, norm) in pairs.items()}


def ask(asked: Asked, make: Callable[[Request], Request]) -> None:
    """Asks for something else that no address says: venues, neighbours, closures, busy times."""
    now = held(asked.code)
    if now is not None:
        _pending()[asked.code] = make(_pending().get(asked.code) or now.draft.request)


def begin(asked: Asked) -> None:
    """Takes the stored calendar up where this session has none, and new figures where they moved.

    PlannerError where the store or what it holds can't be read; a calendar planned anew then takes
    the place of what it holds once it is saved.
    """
    now = held(asked.code)
    if now is None and asked.code not in _unread():
        item = stored_item(asked.code)
        if item is None:
            return
        _unread()[asked.code] = item  # until it has been read
        draft = from_json(from_content(SavedPlan, item.content).plan)
        plan = evaluated(asked.engine, asked.scenario, draft, asked.today)
        now = Held(draft, plan, asked.scenario, item, draft)
    if now is None:
        return
    if now.scenario != asked.scenario:
        plan = evaluated(asked.engine, asked.scenario, now.draft, asked.today)
        now = replace(now, plan=plan, scenario=asked.scenario)
    put(asked.code, now)


def stored_item(code: str) -> Stored | None:
    """The stored plan of sessions of a municipality."""
    items = kept.store().items("plan", code)
    return next((item for item in items if item.content.get("kind") == KIND), None)


def change(asked: Asked, make: Callable[[Draft], Draft], uid: str | None = None) -> None:
    """Changes the calendar by hand; doubts about the session `uid`, or a new one, are kept."""
    now = held(asked.code)
    if now is None:
        return
    draft = make(now.draft)
    if draft == now.draft:
        return
    plan = evaluated(asked.engine, asked.scenario, draft, asked.today)
    names = {one.uid for one in now.draft.sessions}
    one = next(
        (one for one in draft.sessions if one.uid == uid or (uid == "" and one.uid not in names)),
        None,
    )
    told = None
    if one is not None:
        told = one, doubts(asked.engine, asked.scenario, draft, one, asked.today)
    put(asked.code, _stepped(now, draft, plan, None, told))


def undo(asked: Asked) -> None:
    """Takes the last change back."""
    now = held(asked.code)
    if now is None or not now.before:
        return
    stop(asked.code)
    draft = taken_back(now.draft, now.before[-1], now.base)
    plan = evaluated(asked.engine, asked.scenario, draft, asked.today)
    back = replace(now, draft=draft, plan=plan, gap=None, before=now.before[:-1])
    put(asked.code, replace(back, difference=None, doubts=None))


def _stepped(
    now: Held,
    draft: Draft,
    plan: SessionPlan,
    differs: Difference | None,
    told: tuple[Session, tuple[str, ...]] | None,
) -> Held:
    before = (*now.before, now.draft)[-_MOST_UNDONE:]
    changed = replace(now, draft=draft, plan=plan, gap=None, before=before)
    return replace(changed, difference=differs, doubts=told)


def _pending() -> dict[str, Request]:
    """What was asked for here and is not planned yet, by municipality."""
    found: dict[str, Request] = st.session_state.setdefault("planner_sessions_asked", {})
    return found


def _unread() -> dict[str, Stored]:
    """Stored calendars that this session has met, by municipality."""
    found: dict[str, Stored] = st.session_state.setdefault("planner_sessions_met", {})
    return found


def plan_again(asked: Asked) -> None:
    """Begins a search for a better calendar near the one at hand."""
    now = held(asked.code)
    if now is not None:
        _start(asked, now.draft.request, now.draft)


def looked_for(asked: Asked, request: Request, seconds: float) -> tuple[Held | None, Search | None]:
    """The calendar to show, and the search for it while that goes on.

    It is looked for at most `seconds` before the page goes on. PlannerError where the search went
    wrong: the calendar at hand stands.
    """
    now, run = held(asked.code), st.session_state.get(_SEARCH)
    if run is None or run[0] != (asked.code, request, asked.scenario):
        if now is not None and now.draft.request == request:
            return now, None
        search = _start(asked, request, _near(now))
    else:
        search = run[1]
    with page_runs.aside():
        search.wait(seconds)
    return _concluded(asked, now, search)


def _near(now: Held | None) -> Draft | None:
    """The calendar that a new one stays near to: one that somebody saved or worked on."""
    if now is None:
        return None
    draft = now.draft
    worked_on = any(one.locked for one in draft.sessions) or draft.gone or draft.words
    return draft if now.base is not None or worked_on else None


def _start(asked: Asked, request: Request, near: Draft | None) -> Search:
    stop(None)
    search = Search(asked.engine, asked.scenario, request, asked.today, SECONDS, near)
    st.session_state[_SEARCH] = ((asked.code, request, asked.scenario), search)
    return search.start()


def _concluded(asked: Asked, now: Held | None, search: Search) -> tuple[Held | None, Search | None]:
    state = search.state
    if state.done:
        st.session_state.pop(_SEARCH, None)
        _pending().pop(asked.code, None)
    if state.error is not None:
        raise state.error
    if state.draft is None or state.plan is None:
        return now, None if state.done else search
    if now is None:
        seen = _unread().get(asked.code)
        found = Held(state.draft, state.plan, asked.scenario, seen, gap=state.gap)
    elif state.draft == now.draft:
        found = replace(now, difference=Difference((), (), ()), doubts=None)
    else:
        differs = difference(now.draft.sessions, state.draft.sessions)
        found = replace(_stepped(now, state.draft, state.plan, differs, None), gap=state.gap)
    if state.done:
        put(asked.code, found)
    return found, None if state.done else search


def running(code: str) -> Search | None:
    """The search that looks for the municipality's calendar."""
    run = st.session_state.get(_SEARCH)
    return run[1] if run is not None and run[0][0] == code else None


@functools.lru_cache(maxsize=64)
def explaining(engine: Engine, scenario: Scenario, plan: SessionPlan) -> Future[SessionPlan]:
    """The plan with what binds it and what would help, worked out beside the page."""
    return _pool.submit(explained, engine, scenario, plan)


def stop(code: str | None) -> None:
    """Ends a search for the municipality's calendar, or any."""
    run = st.session_state.get(_SEARCH)
    if run is not None and code in (None, run[0][0]):
        run[1].stop()
        st.session_state.pop(_SEARCH, None)
