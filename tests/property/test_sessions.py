"""Whatever a director does to a small plan: locks stay, and more hours help no fewer people."""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.engine import Engine, load_engine
from planner.scenario import Scenario, default_scenario
from planner.sessions import Draft, Request, plan_sessions
from planner.sessions import draft as drafts

FIRST = dt.date(2026, 2, 2)
WEEKS = 4
PLACES = ("249", "005", "295", "072")
LITTLE = 0.2  # contacts that a preset may give up for steadier weeks
FEW = settings(max_examples=15, deadline=None)


@functools.cache
def world() -> tuple[Engine, Scenario]:
    engine = load_engine()
    return engine, default_scenario(engine.assumptions)


@functools.cache
def drafted(code: str) -> Draft:
    return drafts.planned(*world(), Request((code,), FIRST, WEEKS), FIRST)[0]


@st.composite
def changed_drafts(draw: st.DrawFn) -> Draft:
    """A draft after a few changes by hand, sensible or not."""
    draft = drafted(draw(st.sampled_from(PLACES)))
    for _ in range(draw(st.integers(1, 4))):
        if not draft.sessions:
            break
        one = draw(st.sampled_from(draft.sessions))
        change = draw(st.sampled_from(["move", "lock", "cancel", "forbid", "hours"]))
        if change == "move":
            day = FIRST + dt.timedelta(days=draw(st.integers(0, 7 * WEEKS - 1)))
            draft = drafts.moved(draft, one.uid, day, draw(st.integers(16, 40)) * 30)
        elif change == "lock":
            draft = drafts.locked(draft, one.uid, draw(st.booleans()))
        elif change == "cancel":
            draft = drafts.cancelled(draft, one.uid)
        elif change == "forbid":
            draft = drafts.forbidden(draft, None, one.day, 0, 1440)
        else:
            hours = draw(st.sampled_from([0.0, 2.5, 5.0, 10.0]))
            draft = replace(draft, request=replace(draft.request, staff_hours=hours))
    return draft


@FEW
@given(changed_drafts())
def test_locked_sessions_always_stay(draft: Draft) -> None:
    later, plan, differs = drafts.replanned(*world(), draft, FIRST)

    now = {one.uid: replace(one, expected_contacts=0.0) for one in later.sessions}
    for one in draft.sessions:
        if one.locked:
            assert now[one.uid] == replace(one, expected_contacts=0.0)
    assert drafts.replanned(*world(), later, FIRST)[0] is later
    assert drafts.from_json(drafts.to_json(later)) == later
    assert {new.uid for _, new in differs.changed}.isdisjoint(
        one.uid for one in draft.sessions if one.locked
    )
    assert abs(plan.served.sum() + plan.unserved.sum() - plan.contacts.sum()) < 1e-6


@FEW
@given(
    st.sampled_from(PLACES),
    st.floats(0.0, 20.0),
    st.floats(0.0, 10.0),
    st.sampled_from(["steady", "wide", "lean"]),
)
def test_more_staff_hours_never_help_fewer_beyond_the_gap(
    code: str, hours: float, more: float, preset: str
) -> None:
    few, many = (
        plan_sessions(
            *world(), Request((code,), FIRST, WEEKS, staff_hours=given, preset=preset), FIRST
        )
        for given in (hours, hours + more)
    )

    assert many.served.sum() >= few.served.sum() * (1 - many.gap) - LITTLE
