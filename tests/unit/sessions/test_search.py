"""A search runs beside its page, can be stopped, and tells whatever ends it."""

from __future__ import annotations

import datetime as dt
import functools
import gc
import math
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from planner.engine import Engine, load_engine
from planner.errors import PlannerError
from planner.scenario import Scenario, default_scenario
from planner.sessions import Draft, Request, Search, SessionPlan, search
from planner.sessions import draft as drafts

FIRST = dt.date(2026, 2, 2)
REQUEST = Request(("249",), FIRST, 4)
LONG = 60.0  # seconds after which a test gives up


@functools.cache
def world() -> tuple[Engine, Scenario]:
    engine = load_engine()
    return engine, default_scenario(engine.assumptions)


class Slow:
    """Stands in for the planner: each slice waits until it may end, with the gap it is given."""

    def __init__(self, *gaps: float) -> None:
        self.gaps = list(gaps)
        self.limits: list[float] = []
        self.begun = threading.Semaphore(0)
        self.may_end = threading.Semaphore(0)
        self.draft, self.plan = drafts.planned(*world(), REQUEST, FIRST)

    def __call__(self, *given: object) -> tuple[Draft, SessionPlan]:
        self.limits.append(float(given[-1]))  # type: ignore[arg-type]
        self.begun.release()
        assert self.may_end.acquire(timeout=LONG)
        gap = self.gaps.pop(0)
        return replace(self.draft, settled=str(gap)), replace(self.plan, gap=gap)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Slow]:
    def put(*gaps: float) -> Slow:
        planner = Slow(*gaps)
        monkeypatch.setattr(search, "planned", planner)
        return planner

    return put


def test_a_search_finds_what_planning_finds() -> None:
    found = Search(*world(), REQUEST, FIRST).start()

    assert found.wait(LONG)
    state = found.state
    draft, plan = drafts.planned(*world(), REQUEST, FIRST)
    assert state.draft == draft
    assert state.plan is not None
    assert state.plan.sessions == plan.sessions
    assert state.gap == plan.gap
    assert (state.done, state.stopped, state.error) == (True, False, None)
    assert state.elapsed > 0


def test_before_its_start_nothing_is_found_and_nothing_runs() -> None:
    found = Search(*world(), REQUEST, FIRST)

    assert not found.wait(0)
    assert (found.state.draft, found.state.done, found.state.elapsed) == (None, False, 0.0)


def test_slices_grow_and_the_best_plan_stays(slow: Callable[..., Slow]) -> None:
    planner = slow(0.2, 0.05, 0.08, 0.004)
    found = Search(*world(), REQUEST, FIRST, 100.0).start()

    gaps = []
    for _ in range(3):
        planner.may_end.release()
        assert planner.begun.acquire(timeout=LONG)
    assert planner.begun.acquire(timeout=LONG)
    gaps.append(found.state.gap)
    assert not found.state.done
    planner.may_end.release()

    assert found.wait(LONG)
    assert gaps == [0.05]  # the third was worse than the second
    assert found.state.gap == 0.004
    assert planner.limits == [1.0, 2.0, 4.0, 8.0]


def test_the_time_is_shared_out_and_not_exceeded(slow: Callable[..., Slow]) -> None:
    planner = slow(*[0.2] * 9)
    found = Search(*world(), REQUEST, FIRST, 20.0).start()
    for _ in range(9):
        planner.may_end.release()

    assert found.wait(LONG)
    assert planner.limits == [1.0, 2.0, 4.0, 8.0, 5.0]
    assert not found.state.stopped
    assert found.state.gap == 0.2


def test_a_stop_takes_effect_after_the_slice_and_keeps_what_was_found(
    slow: Callable[..., Slow],
) -> None:
    planner = slow(0.2, 0.1)
    found = Search(*world(), REQUEST, FIRST).start()
    planner.may_end.release()
    for _ in range(2):
        assert planner.begun.acquire(timeout=LONG)

    found.stop()
    assert found.state.stopped
    planner.may_end.release()

    assert found.wait(LONG)
    assert (found.state.gap, found.state.stopped, found.state.error) == (0.1, True, None)
    assert planner.gaps == []


def test_a_second_start_does_not_search_twice(slow: Callable[..., Slow]) -> None:
    planner = slow(0.005)
    found = Search(*world(), REQUEST, FIRST).start().start()
    planner.may_end.release()

    assert found.wait(LONG)
    assert planner.limits == [1.0]


def test_the_thread_of_a_search_nobody_holds_ends(slow: Callable[..., Slow]) -> None:
    planner = slow(0.2, 0.2, 0.2)
    found = Search(*world(), REQUEST, FIRST).start()
    assert planner.begun.acquire(timeout=LONG)
    thread = next(t for t in threading.enumerate() if t.name == "sessions-search")

    del found
    gc.collect()
    planner.may_end.release()

    thread.join(LONG)
    assert not thread.is_alive()
    assert len(planner.limits) == 1


def test_an_error_of_the_request_reaches_whoever_waits() -> None:
    found = Search(*world(), replace(REQUEST, weeks=99), FIRST).start()

    assert found.wait(LONG)
    assert isinstance(found.state.error, PlannerError)
    assert found.state.error.code == "error.sessions_weeks"
    assert found.state.draft is None


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_any_other_error_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> tuple[Draft, SessionPlan]:
        raise ZeroDivisionError

    monkeypatch.setattr(search, "planned", failing)
    found = Search(*world(), REQUEST, FIRST).start()

    assert found.wait(LONG)
    for thread in threading.enumerate():
        if thread.name == "sessions-search":
            thread.join(LONG)  # its way out writes the log
    assert found.state.error is not None
    assert found.state.error.code == "error.sessions_search"
    assert found.state.done


def test_a_search_near_a_draft_keeps_what_it_can() -> None:
    draft, _ = drafts.planned(*world(), REQUEST, FIRST)
    one = draft.sessions[2]
    changed = drafts.moved(draft, one.uid, one.day, 14 * 60)

    found = Search(*world(), changed.request, FIRST, near=changed).start()

    assert found.wait(LONG)
    assert found.state.draft == drafts.replanned(*world(), changed, FIRST, 1.0)[0]
    assert found.state.draft is not None
    assert found.state.draft.session(one.uid).start == 14 * 60


def test_a_search_near_a_draft_that_nothing_has_changed_in_ends_at_once() -> None:
    draft, _ = drafts.planned(*world(), REQUEST, FIRST)

    found = Search(*world(), draft.request, FIRST, near=draft).start()

    assert found.wait(LONG)
    assert found.state.draft == draft
    assert found.state.gap is not None
    assert math.isnan(found.state.gap)
    assert found.state.error is None


def test_a_plan_of_a_search_that_was_stopped_is_looked_for_further() -> None:
    _, plan = drafts.planned(*world(), REQUEST, FIRST)
    stopped = drafts.of_plan(world()[1], replace(plan, gap=0.3))

    found = Search(*world(), REQUEST, FIRST, near=stopped).start()

    assert found.wait(LONG)
    assert found.state.gap is not None
    assert found.state.gap <= 0.01
    assert found.state.draft is not None
    assert found.state.draft.settled
