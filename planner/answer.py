"""One municipality's answer, and the country's: every figure a page, a brief or a printout shows.

All arithmetic of the pages lives here, so that each figure can be had without a browser.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.assumptions import CHANNELS, TOPICS
from planner.engine import Engine
from planner.model import splits
from planner.model.demand import SOURCES
from planner.model.forecast import Forecast
from planner.model.gap import VERDICTS
from planner.model.weeks import Horizon
from planner.plans.suggestion import FEW_CONTACTS, Suggestion, suggest
from planner.scenario import Answers, Scenario
from planner.snapshot import AGE_BANDS, Municipality

Floats = NDArray[np.float64]

SHORTEST_SEASON = 4  # weeks
SPREAD = 0.3  # range around the central path until there are draws
HOURS_NOTICED = 0.05  # hours: less than three minutes a week is not called missing


@dataclass(frozen=True)
class Span:
    """A run of weeks: its first and last Monday, the most and the sum of hours short in it."""

    first: dt.date
    last: dt.date
    most: float
    total: float


@dataclass(frozen=True)
class Season:
    """Half a year within the view: days covered, and sums with ±30 %.

    contacts: visits; people_low, people_high: whole persons, each with several visits; hours:
    rollout staff hours; needed: all hours; rollout_needed: the rollout's with the utilisation
    margin; capacity: hours there are.
    """

    first: dt.date
    last: dt.date
    contacts: float
    people_low: int
    people_high: int
    new_users: float
    hours: float
    rollout_needed: float
    needed: float
    capacity: float


@dataclass(frozen=True)
class TargetCheck:
    """What the target asks of each adult age band.

    share: users at the target date over people [age]; reach: today's reach [age]; people: [age];
    assisted: accounts beyond today's reach, persons.
    """

    share: Floats
    reach: Floats
    people: Floats
    assisted: float


@dataclass(frozen=True)
class Breakdown:
    """Contacts over the view, persons, central path."""

    source: Floats
    age: Floats
    channel: Floats
    topic: Floats


@dataclass(frozen=True)
class Answer:
    """What the planner tells one municipality over the weeks of a view.

    Weekly series are float64 [week] over the whole horizon; `view` says which weeks sums and the
    verdict speak of. hours_by_source: [source, week], utilisation margin included, so that baseline
    plus its sum is `needed`.
    """

    place: Municipality
    scenario: Scenario
    span: Horizon
    view: slice
    today: dt.date
    seen_from: dt.date | None
    verdict: str
    estimated: bool
    answers: Answers | None
    small: bool
    adults: float
    libraries: int
    staffed_hours_known: bool
    mondays: tuple[dt.date, ...]
    new_users: Floats
    users: Floats
    contacts: Floats
    hours: Floats
    needed: Floats
    capacity: Floats
    baseline: Floats
    absorbable: Floats
    short: Floats
    backlog: Floats
    hours_by_source: Floats
    breakdown: Breakdown
    short_spans: tuple[Span, ...]
    seasons: tuple[Season, ...]
    suggestion: Suggestion
    target: TargetCheck
    gave_up: float
    funding_ends: dt.date | None

    def total(self, series: Floats) -> float:
        """Sum of a weekly series over the view."""
        return float(series[self.view].sum())

    @property
    def peak(self) -> int:
        """Index of the week with the most contacts in the view."""
        return int(np.argmax(self.contacts[self.view])) + int(self.view.start)

    @property
    def most_short(self) -> int:
        """Index of the week of the view with the most hours short."""
        return int(np.argmax(self.short[self.view])) + int(self.view.start)

    @property
    def weeks_short(self) -> int:
        """Number of weeks of the view in which hours are short."""
        return int((self.short[self.view] > HOURS_NOTICED).sum())

    @property
    def new_by_target(self) -> float:
        """Accounts opened by the end of the target week, persons."""
        return float(self.new_users[: self.span.target_index + 1].sum())

    @property
    def one_person(self) -> bool:
        """Whether the support given rests on one person."""
        return self.answers is not None and self.answers.people == 1

    @property
    def no_support(self) -> bool:
        """Whether no support at all is known in the view."""
        return bool((self.capacity[self.view] <= 0).all())


def answer(
    engine: Engine,
    scenario: Scenario,
    code: str,
    today: dt.date,
    seen_from: dt.date | None = None,
) -> Answer:
    """The Answer of one municipality; PlannerError where scenario or code don't hold."""
    index = engine.snapshot.index(code)
    place = engine.snapshot.municipalities[index]
    result = engine.forecast(scenario, today, seen_from)
    view = result.span.view(seen_from)
    answers = dict(scenario.answers).get(place.code)
    contacts = result.contacts[0, index]
    only = np.array([index], dtype=np.intp)
    p = engine.parameters(scenario)
    plan = suggest(
        result.rollout_hours[0, index],
        contacts,
        result.supply.hours[0, index],
        result.supply.baseline[0, index],
        float(p["stay"][0, 0]),
        view,
    )
    return Answer(
        place=place,
        scenario=scenario,
        span=result.span,
        view=view,
        today=today,
        seen_from=seen_from,
        verdict=VERDICTS[int(result.verdicts(view)[index])],
        estimated=answers is None,
        answers=answers,
        small=bool(contacts[view].max() < FEW_CONTACTS),
        adults=float(engine.facts.people[index].sum()),
        libraries=sum(
            library.municipality == place.code
            and (library.staffed_hours_week > 0 or library.hours_source == "unknown")
            for library in engine.snapshot.libraries
        ),
        staffed_hours_known=bool(engine.facts.staffed_winter[index] > 0),
        mondays=tuple(result.span.mondays()),
        new_users=result.new_users[0, index],
        users=result.users[0, index],
        contacts=contacts,
        hours=result.hours[0, index],
        needed=result.needed[0, index],
        capacity=result.capacity.hours[0, index],
        baseline=result.capacity.baseline[0, index],
        absorbable=result.capacity.absorbable[0, index],
        short=result.short_hours[0, index],
        backlog=result.backlog_contacts[0, index],
        hours_by_source=splits.needed_by_source(p, result, only),
        breakdown=breakdown(engine, scenario, result, only, view),
        short_spans=_short_spans(result, index, view),
        seasons=_seasons(result, index, view, float(p["contacts_per_helped"][0, 0])),
        suggestion=plan,
        target=target_check(engine, scenario, result, only),
        gave_up=float(result.gave_up_contacts[0, index, view].sum()),
        funding_ends=_funding_ends(answers, result.span),
    )


def breakdown(
    engine: Engine, scenario: Scenario, result: Forecast, places: NDArray[np.intp], view: slice
) -> Breakdown:
    """Contacts of the places over the view by source, age, channel and topic."""
    p = engine.parameters(scenario)
    ages = splits.by_age(result, places)
    topics = splits.by_topic(p, result, ages.sum(axis=0))
    return Breakdown(
        source=splits.by_source(result, places)[:, view].sum(axis=1),
        age=ages[:, view].sum(axis=1),
        channel=splits.by_channel(p, ages)[:, view].sum(axis=1),
        topic=topics[:, view].sum(axis=1),
    )


def target_check(
    engine: Engine, scenario: Scenario, result: Forecast, places: NDArray[np.intp]
) -> TargetCheck:
    """What the target asks of each band in the places together."""
    people = engine.facts.people[places].sum(axis=0)
    accounts = result.accounts
    users = (accounts.existing + accounts.new)[0, places].sum(axis=0)
    return TargetCheck(
        share=users / np.maximum(people, 1e-9),
        reach=engine.parameters(scenario)["reach"][0],
        people=people,
        assisted=float(accounts.new_assisted[0, places].sum()),
    )


def _funding_ends(answers: Answers | None, span: Horizon) -> dt.date | None:
    """The day the funding ends, where that lies within the horizon."""
    if answers is None or answers.until is None:
        return None
    return answers.until if span.index(answers.until) < span.count - 1 else None


def _short_spans(result: Forecast, index: int, view: slice) -> tuple[Span, ...]:
    """Runs of weeks of the view in which hours are short."""
    short = result.short_hours[0, index]
    weeks = np.arange(view.start, view.stop)
    flagged = weeks[short[weeks] > HOURS_NOTICED]
    runs = np.split(flagged, np.flatnonzero(np.diff(flagged) > 1) + 1) if flagged.size else []
    day = result.span.day
    return tuple(
        Span(day(int(run[0])), day(int(run[-1])), float(short[run].max()), float(short[run].sum()))
        for run in runs
    )


def _half_year(day: dt.date) -> tuple[int, int]:
    return day.year, 0 if day.month <= 6 else 1


def _seasons(result: Forecast, index: int, view: slice, each: float) -> tuple[Season, ...]:
    """The view cut into half years; a week belongs to the half year of its Thursday.

    Less than a month at either end is counted with its neighbour. each: visits of one person.
    """
    span = result.span
    weeks = np.arange(view.start, view.stop)
    thursdays = [span.day(int(week)) + dt.timedelta(days=3) for week in weeks]
    keys = [_half_year(day) for day in thursdays]
    runs = [weeks[[key == half for key in keys]] for half in sorted(set(keys))]
    if len(runs) > 1 and runs[-1].size < SHORTEST_SEASON:
        runs[-2:] = [np.concatenate(runs[-2:])]
    if len(runs) > 1 and runs[0].size < SHORTEST_SEASON:
        runs[:2] = [np.concatenate(runs[:2])]
    seasons = []
    for run in runs:
        people = float(result.contacts[0, index, run].sum())
        needed = float(result.needed[0, index, run].sum())
        seasons.append(
            Season(
                first=span.day(int(run[0])),
                last=span.day(int(run[-1])) + dt.timedelta(days=6),
                contacts=people,
                people_low=int(np.floor(people / each * (1 - SPREAD))),
                people_high=int(np.ceil(people / each * (1 + SPREAD))),
                new_users=float(result.new_users[0, index, run].sum()),
                hours=float(result.hours[0, index, run].sum()),
                rollout_needed=needed - float(result.capacity.baseline[0, index, run].sum()),
                needed=needed,
                capacity=float(result.capacity.hours[0, index, run].sum()),
            )
        )
    return tuple(seasons)


def record(found: Answer) -> dict[str, object]:
    """Every figure of an answer, unrounded, with codes and ISO dates, ready for JSON."""
    plan = found.suggestion
    planned = plan.kind in ("sessions", "appointments")
    return {
        "municipality": found.place.code,
        "name": found.place.name_fi,
        "scenario": found.scenario.id,
        "from": found.mondays[found.view.start].isoformat(),
        "to": found.mondays[found.view.stop - 1].isoformat(),
        "verdict": found.verdict,
        "estimated": found.estimated,
        "new_users_by_target": found.new_by_target,
        "contacts": found.total(found.contacts),
        "peak_contacts": float(found.contacts[found.peak]),
        "peak_week": found.mondays[found.peak].isoformat(),
        "hours": found.total(found.hours),
        "short_hours": found.total(found.short),
        "most_short_hours": float(found.short[found.most_short]),
        "most_short_week": found.mondays[found.most_short].isoformat(),
        "weeks_short": found.weeks_short,
        "gave_up_contacts": found.gave_up,
        "capacity_hours": float(found.capacity[found.view.start]),
        "baseline_hours": float(found.baseline[found.view.start]),
        "assisted_accounts": found.target.assisted,
        "target_share_by_age": dict(zip(AGE_BANDS, found.target.share.tolist(), strict=True)),
        "suggestion": {
            "kind": plan.kind,
            "sessions": plan.sessions,
            "every_weeks": plan.every,
            "first": found.mondays[plan.first].isoformat() if planned else None,
            "last": found.mondays[plan.last].isoformat() if planned else None,
            "hours_per_week": plan.hours,
        },
        "contacts_by": {
            axis: dict(zip(codes, getattr(found.breakdown, axis).tolist(), strict=True))
            for axis, codes in AXES.items()
        },
        "seasons": [
            {
                "first": season.first.isoformat(),
                "last": season.last.isoformat(),
                "people_low": season.people_low,
                "people_high": season.people_high,
                "needed_hours": season.needed,
                "capacity_hours": season.capacity,
            }
            for season in found.seasons
        ],
    }


AXES = {"source": SOURCES, "age": AGE_BANDS, "channel": CHANNELS, "topic": TOPICS}
