"""A plan looked for in a thread of its own, so that a page can show how far it is and stop it.

The solver can't be interrupted, so it is asked again and again with growing limits: first for a
quick plan, then for better ones, until one is proven to within a hundredth or the time is up. A
stop takes effect between two of them, after LONGEST_SLICE seconds and some at most. What was found
until then stays.
"""

from __future__ import annotations

import datetime as dt
import math
import threading
import weakref
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Self

from planner.engine import Engine
from planner.errors import PlannerError
from planner.plans.sessions.counting import WITHIN
from planner.scenario import Scenario
from planner.sessions.draft import Draft, planned, replanned
from planner.sessions.types import Request, SessionPlan

SECONDS = 30.0
QUICK = 1.0  # seconds that the first plan may take
LONGEST_SLICE = 8.0  # seconds; a stop is not to wait longer


@dataclass(frozen=True, eq=False)
class Found:
    """How far a search is.

    draft, plan, gap: the best found so far, None before the first (gap nan: nothing has changed
    since the near draft was planned, see replanned); elapsed: seconds since the start; done:
    nothing more will be found (proven, stopped, out of time or an error); stopped: somebody asked
    for the end; error: why there is none.
    """

    draft: Draft | None = None
    plan: SessionPlan | None = None
    gap: float | None = None
    elapsed: float = 0.0
    done: bool = False
    stopped: bool = False
    error: PlannerError | None = None


@dataclass(eq=False)
class _Run:
    """What a search and its thread share; the thread doesn't hold the search, so that it can end
    when nobody waits for it any longer."""

    engine: Engine
    scenario: Scenario
    request: Request
    today: dt.date
    seconds: float
    near: Draft | None
    stop: threading.Event = field(default_factory=threading.Event)
    end: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    found: Found = field(default_factory=Found)
    since: float = 0.0

    def tell(self, **changes: object) -> None:
        with self.lock:
            self.found = replace(self.found, **changes)  # type: ignore[arg-type]

    def work(self) -> None:
        """Look until the end; whatever happens, whoever waits is told."""
        try:
            for seconds in _slices(self.seconds):
                if self.stop.is_set() or self.better(seconds):
                    break
        except PlannerError as error:
            self.tell(error=error)
        finally:
            if self.found.draft is None and self.found.error is None and not self.stop.is_set():
                # whatever else went wrong is in the log, by the thread's own way out
                self.tell(error=PlannerError("error.sessions_search"))
            self.tell(done=True, stopped=self.stop.is_set(), elapsed=monotonic() - self.since)
            self.end.set()

    def better(self, seconds: float) -> bool:
        """One slice; whether its plan is good enough."""
        if self.near is None:
            draft, plan = planned(self.engine, self.scenario, self.request, self.today, seconds)
        else:
            near = replace(self.near, request=self.request)
            draft, plan, _ = replanned(self.engine, self.scenario, near, self.today, seconds)
        if self.found.gap is None or plan.gap < self.found.gap:
            self.tell(draft=draft, plan=plan, gap=plan.gap)
        # without a gap it is the near draft itself, which was good enough when it was planned
        return math.isnan(plan.gap) or plan.gap <= WITHIN


def _slices(seconds: float) -> Iterator[float]:
    """Limits of the solver, one after the other: twice as long each time, `seconds` in all."""
    left, slice_ = seconds, QUICK
    while left > 0:
        yield min(slice_, left)
        left -= slice_
        slice_ = min(2 * slice_, LONGEST_SLICE)


class Search:
    """A search for a plan; `start` it, look at its `state`, `wait` for its end or `stop` it.

    near: the draft to stay near to (see replanned) with `request` in place of its own. What is
    found is the same each time, as long as the plan is proven before the time is up.
    """

    def __init__(
        self,
        engine: Engine,
        scenario: Scenario,
        request: Request,
        today: dt.date,
        seconds: float = SECONDS,
        near: Draft | None = None,
    ) -> None:
        self._run = _Run(engine, scenario, request, today, seconds, near)
        self._started = False
        # a search that nobody holds any longer is nobody's wish
        self._over = weakref.finalize(self, self._run.stop.set)

    def start(self) -> Self:
        """Begin; a second call does nothing."""
        if not self._started:
            self._started = True
            self._run.since = monotonic()
            threading.Thread(target=self._run.work, name="sessions-search", daemon=True).start()
        return self

    def wait(self, seconds: float | None = None) -> bool:
        """Whether the search is done, after waiting for it for so long at most."""
        return self._run.end.wait(seconds)

    def stop(self) -> None:
        """Ask for the end; what was found stays. Done when `state` says so."""
        self._run.stop.set()

    @property
    def state(self) -> Found:
        """How far the search is now."""
        with self._run.lock:
            found = self._run.found
        if found.done or not self._started:
            return found
        elapsed = monotonic() - self._run.since
        return replace(found, elapsed=elapsed, stopped=self._run.stop.is_set())
