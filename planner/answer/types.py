"""What an answer consists of: values alone, no arithmetic beyond picking a week."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.model.intervals import Band, Interval
from planner.model.weeks import Horizon
from planner.plans.suggestion import Suggestion
from planner.scenario import Answers, Scenario, Supply
from planner.snapshot import Municipality

Floats = NDArray[np.float64]

HOURS_NOTICED = 0.05  # hours: less than three minutes a week is not called missing


@dataclass(frozen=True)
class Span:
    """A run of weeks: first and last Monday, the most and the sum of hours short (P50) in it."""

    first: dt.date
    last: dt.date
    most: float
    total: float


@dataclass(frozen=True)
class StepDown:
    """Rows of an entered service that end: `after` hours a week from the Monday on, as entered."""

    week: dt.date
    before: float
    after: float


@dataclass(frozen=True)
class Season:
    """Half a year within the view: days covered, and intervals of sums over its weeks.

    contacts: visits; people: persons, each with several visits; hours: rollout staff hours; needed:
    all hours; short_hours: missing ones; baseline, capacity: P50 of the hours there are.
    """

    first: dt.date
    last: dt.date
    contacts: Interval
    people: Interval
    new_users: Interval
    hours: Interval
    needed: Interval
    short_hours: Interval
    baseline: float
    capacity: float

    @property
    def people_low(self) -> int:
        """Whole persons that come in nine draws of ten at least."""
        return math.floor(self.people.low)

    @property
    def people_high(self) -> int:
        """Whole persons that come in nine draws of ten at most."""
        return math.ceil(self.people.high)


@dataclass(frozen=True, eq=False)
class TargetCheck:
    """What the target asks of each adult age band, on the central path.

    share: users at the target date over people [age]; reach: today's reach [age]; people: [age];
    assisted: accounts beyond today's reach, persons.
    """

    share: Floats
    reach: Floats
    people: Floats
    assisted: float


@dataclass(frozen=True, eq=False)
class Breakdown:
    """Contacts over the view, persons, central path."""

    source: Floats
    age: Floats
    channel: Floats
    topic: Floats


@dataclass(frozen=True, eq=False)
class Central:
    """The central path: float64 [week]; contacts_by_source: [source, week]."""

    new_users: Floats
    users: Floats
    contacts: Floats
    hours: Floats
    needed: Floats
    capacity: Floats
    baseline: Floats
    short: Floats
    gave_up: Floats
    contacts_by_source: Floats


@dataclass(frozen=True)
class Totals:
    """Sums over the weeks of the view in the draws.

    new_by_target: accounts opened by the end of the target week, whatever the view; gave_up:
    visits not made because of the wait.
    """

    new_by_target: Interval
    contacts: Interval
    hours: Interval
    short_hours: Interval
    gave_up: Interval


@dataclass(frozen=True)
class OneMore:
    """What one more two-hour session a week buys in the weeks of the view from today's on.

    first: index of the first of these weeks; short_before, short_after: P50 of the hours short in
    them; coping_before, coping_after: share of draws that cope in the worst of them.
    """

    first: int
    short_before: float
    short_after: float
    coping_before: float
    coping_after: float


@dataclass(frozen=True, eq=False)
class Answer:
    """What the planner tells one municipality over the weeks of a view.

    Bands and series run over the whole horizon, [week]; `view` says which weeks sums and the
    verdict speak of. baseline, absorbable: P50, hours a week; p_copes: share of draws in which
    nobody who comes in a week waits longer than two weeks; suggestion: what copes in eight draws of
    ten; likely: what copes in five; staffing: figures of planner.model.staffing by name.
    """

    place: Municipality
    scenario: Scenario
    span: Horizon
    view: slice
    today: dt.date
    seen_from: dt.date | None
    draws: int
    seed: int
    verdict: str
    estimated: bool
    answers: Answers | None
    supply: Supply | None
    small: bool
    adults: float
    libraries: int
    staffed_hours_known: bool
    mondays: tuple[dt.date, ...]
    central: Central
    new_users: Band
    contacts: Band
    hours: Band
    needed: Band
    short: Band
    capacity: Band
    baseline: Floats
    absorbable: Floats
    p_copes: Floats
    totals: Totals
    staffing: Mapping[str, Interval]
    breakdown: Breakdown
    short_spans: tuple[Span, ...]
    seasons: tuple[Season, ...]
    suggestion: Suggestion
    likely: Suggestion
    one_more: OneMore
    target: TargetCheck
    funding_ends: dt.date | None
    steps_down: tuple[StepDown, ...]

    def _most(self, series: Floats) -> int:
        return int(np.argmax(series[self.view])) + int(self.view.start)

    @property
    def peak(self) -> int:
        """Index of the week of the view with the most contacts (P50)."""
        return self._most(self.contacts.middle)

    @property
    def most_short(self) -> int:
        """Index of the week of the view with the most hours short (P50)."""
        return self._most(self.short.middle)

    @property
    def worst(self) -> int:
        """Index of the week of the view that copes in the fewest draws."""
        return self._most(-self.p_copes)

    @property
    def weeks_short(self) -> int:
        """Number of weeks of the view in which hours are short (P50)."""
        return int((self.short.middle[self.view] > HOURS_NOTICED).sum())

    @property
    def one_person(self) -> bool:
        """Whether the support given rests on one person."""
        return self.answers is not None and self.answers.people == 1

    @property
    def no_support(self) -> bool:
        """Whether no support at all is known in the view."""
        return bool((self.capacity.high[self.view] <= 0).all())
