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
    replanned,
)
from planner.sessions.ask import checked
from planner.sessions.draft import doubts, from_json
from planner.sessions.search import Search
from planner.sessions.types import LEAD_WEEKS
from planner.store import Stored, from_content
from planner.ui import kept
from planner.ui.state import State
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
    has changed; doubts: (session's name, ids) of the last change by hand.
    """

    draft: Draft
    plan: SessionPlan
    scenario: Scenario
    seen: Stored | None = None
    base: Draft | None = None
    before: tuple[Draft, ...] = ()
    gap: float | None = None
    difference: Difference | None = None
    doubts: tuple[str, tuple[str, ...]] | None = None

    @property
    def changed(self) -> bool:
        """Whether there is anything that has not been saved."""
        return self.draft != self.base

    @property
    def cancelled(self) -> tuple[Session, ...]:
        """Sessions taken out that somebody may have in a calendar: those that were saved once."""
        known = () if self.base is None else (*self.base.sessions, *self.base.gone)
        names = {one.uid for one in known}
        return tuple(one for one in self.draft.gone if one.uid in names)


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
    stop(code)


def _all() -> dict[str, Held]:
    found: dict[str, Held] = st.session_state.setdefault(_HELD, {})
    return found


def first_day(today: dt.date) -> dt.date:
    """The first day unless one is given: the Monday after the lead time."""
    day = today + dt.timedelta(weeks=LEAD_WEEKS)
    return day + dt.timedelta(days=-day.weekday() % 7)


def usual(asked: Asked) -> Request:
    """What is asked for where neither the address nor a calendar says anything else."""
    found = held(asked.code)
    if found is not None:
        return found.draft.request
    return Request((asked.code,), first_day(asked.today))


def wanted(asked: Asked, state: State, like: Request) -> Request:
    """The request of a calendar with what the address says; PlannerError where it doesn't hold."""
    preset, hours, people = state.code("plan"), state.number("plan_hours"), state.whole("trainers")
    weeks, first = state.whole("weeks"), state.date("plan_from")
    request = replace(
        like,
        first=like.first if first is None else first,
        weeks=like.weeks if weeks is None else weeks,
        staff_hours=like.staff_hours if hours is None else hours,
        people=like.people if people is None else people,
        preset=like.preset if preset is None else preset,
    )
    return checked(asked.engine, request)


def begin(asked: Asked) -> None:
    """Takes the stored calendar up where this session has none, and new figures where they moved.

    PlannerError where the store can't be read.
    """
    found = held(asked.code)
    if found is None:
        found = stored(asked)
        if found is None:
            return
    if found.scenario != asked.scenario:
        plan = evaluated(asked.engine, asked.scenario, found.draft, asked.today)
        found = replace(found, plan=plan, scenario=asked.scenario)
    put(asked.code, found)


def stored(asked: Asked) -> Held | None:
    """The calendar that the store keeps, None where there is none."""
    item = stored_item(asked.code)
    if item is None:
        return None
    draft = from_json(from_content(SavedPlan, item.content).plan)
    plan = evaluated(asked.engine, asked.scenario, draft, asked.today)
    return Held(draft, plan, asked.scenario, item, draft)


def stored_item(code: str) -> Stored | None:
    """The stored plan of sessions of a municipality."""
    items = kept.store().items("plan", code)
    return next((item for item in items if item.content.get("kind") == KIND), None)


def change(asked: Asked, make: Callable[[Draft], Draft], uid: str | None = None) -> None:
    """Changes the calendar by hand; uid: the session whose doubts are to be told afterwards."""
    found = held(asked.code)
    if found is None:
        return
    draft = make(found.draft)
    if draft == found.draft:
        return
    plan = evaluated(asked.engine, asked.scenario, draft, asked.today)
    one = next((one for one in draft.sessions if one.uid == uid), None)
    told = None
    if one is not None:
        told = one.uid, doubts(asked.engine, asked.scenario, draft, one, asked.today)
    put(asked.code, _stepped(found, draft, plan, None, told))


def plan_again(asked: Asked, request: Request | None = None) -> None:
    """Plans the calendar again around what is locked, changing as little as possible else."""
    found = held(asked.code)
    if found is None:
        return
    start = found.draft if request is None else replace(found.draft, request=request)
    with page_runs.aside():
        draft, plan, difference = replanned(
            asked.engine, asked.scenario, start, asked.today, SECONDS / 2
        )
    put(asked.code, _stepped(found, draft, plan, difference, None))


def undo(asked: Asked) -> None:
    """Takes the last change back."""
    found = held(asked.code)
    if found is None or not found.before:
        return
    draft = found.before[-1]
    plan = evaluated(asked.engine, asked.scenario, draft, asked.today)
    back = replace(found, draft=draft, plan=plan, gap=None, before=found.before[:-1])
    put(asked.code, replace(back, difference=None, doubts=None))


def _stepped(
    found: Held,
    draft: Draft,
    plan: SessionPlan,
    difference: Difference | None,
    told: tuple[str, tuple[str, ...]] | None,
) -> Held:
    before = (*found.before, found.draft)[-_MOST_UNDONE:]
    gap = None if difference is None else plan.gap
    changed = replace(found, draft=draft, plan=plan, gap=gap, before=before)
    return replace(changed, difference=difference, doubts=told)


def search(asked: Asked, request: Request) -> Search:
    """The search for a first calendar: the running one where it looks for the same."""
    running = st.session_state.get(_SEARCH)
    key = (asked.code, request, asked.scenario)
    if running is not None and running[0] == key:
        found: Search = running[1]
        return found
    if running is not None:
        running[1].stop()
    found = Search(asked.engine, asked.scenario, request, asked.today, SECONDS)
    found.start()
    st.session_state[_SEARCH] = (key, found)
    return found


def running(asked: Asked) -> Search | None:
    """The search that looks for the municipality's calendar."""
    now = st.session_state.get(_SEARCH)
    return now[1] if now is not None and now[0][0] == asked.code else None


@functools.lru_cache(maxsize=64)
def explaining(engine: Engine, scenario: Scenario, plan: SessionPlan) -> Future[SessionPlan]:
    """The plan with what binds it and what would help, worked out beside the page."""
    return _pool.submit(explained, engine, scenario, plan)


def stop(code: str) -> None:
    """Ends a search for the municipality's calendar."""
    running = st.session_state.get(_SEARCH)
    if running is not None and running[0][0] == code:
        running[1].stop()
        st.session_state.pop(_SEARCH, None)


def found(asked: Asked, searched: Search) -> Held | None:
    """Keeps what a search has found, None so far; PlannerError where it went wrong."""
    state = searched.state
    if state.error is not None:
        raise state.error
    if state.draft is None or state.plan is None:
        return None
    now = Held(state.draft, state.plan, asked.scenario, gap=state.gap)
    if state.done:
        put(asked.code, now)
        st.session_state.pop(_SEARCH, None)
    return now
