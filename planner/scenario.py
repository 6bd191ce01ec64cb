"""Everything a user may change, in one immutable value with canonical JSON and an id."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
import math
from dataclasses import dataclass, field, replace

from planner.assumptions import Assumptions
from planner.errors import PlannerError

SCHEMA = 1
SOURCES = ("information", "activation", "waves", "echo")
HOURS_IN_WEEK = 168.0
EARLIEST_FUNDING = dt.date(2000, 1, 1)
PRESETS = ("national_target", "press_estimate", "todays_reach")


@dataclass(frozen=True)
class Answers:
    """The three answers: hours of support a week now, by how many people, funded until when."""

    hours: float
    people: int | None = None
    until: dt.date | None = None


@dataclass(frozen=True)
class Scenario:
    """What is assumed about the rollout; defaults come from data/assumptions.toml.

    existing, new_users: persons; answers: by municipality code; overrides: central values by
    assumption id; sources: the sources of demand that count; campaign: (first Monday, weeks,
    factor on the official share).
    """

    start: dt.date
    target_date: dt.date
    existing: float
    new_users: float
    answers: tuple[tuple[str, Answers], ...] = ()
    sources: tuple[str, ...] = SOURCES
    campaign: tuple[tuple[dt.date, int, float], ...] = ()
    overrides: tuple[tuple[str, tuple[float, ...]], ...] = ()
    schema: int = field(default=SCHEMA)

    @functools.cached_property
    def id(self) -> str:
        """Twelve hex digits that follow from the content alone."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()[:12]

    def to_json(self) -> str:
        """Canonical JSON: sorted keys, ISO dates, no spaces; equal scenarios give equal text."""
        content = {
            "schema": self.schema,
            "start": self.start.isoformat(),
            "target_date": self.target_date.isoformat(),
            "existing": _plain(self.existing),
            "new_users": _plain(self.new_users),
            "answers": {code: _answers(value) for code, value in sorted(self.answers)},
            "sources": sorted(self.sources),
            "campaign": [[day.isoformat(), weeks, _plain(f)] for day, weeks, f in self.campaign],
            "overrides": {k: [_plain(v) for v in values] for k, values in sorted(self.overrides)},
        }
        return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    def with_answers(self, code: str, answers: Answers | None) -> Scenario:
        """This scenario with one municipality's answers set, or taken away where None."""
        rest = tuple(pair for pair in self.answers if pair[0] != code)
        added = () if answers is None else ((code, answers),)
        return replace(self, answers=rest + added)


def _plain(value: float) -> float | int:
    return int(value) if float(value).is_integer() else float(value)


def _answers(value: Answers) -> list[object]:
    return [_plain(value.hours), value.people, value.until and value.until.isoformat()]


def default_scenario(
    assumptions: Assumptions,
    start: dt.date | None = None,
    target_date: dt.date | None = None,
    existing: float | None = None,
    new_users: float | None = None,
) -> Scenario:
    """The shipped scenario with what is given instead; the target date follows the start."""
    begin = assumptions.day("start") if start is None else start
    end = following_target(assumptions, begin)
    return Scenario(
        start=begin,
        target_date=end if target_date is None else target_date,
        existing=assumptions.number("existing") if existing is None else existing,
        new_users=assumptions.number("new_users") if new_users is None else new_users,
    )


def following_target(assumptions: Assumptions, start: dt.date) -> dt.date:
    """The target date that follows a start: as many days later as in the original plan."""
    try:
        return start + dt.timedelta(days=assumptions.number("target_days"))
    except OverflowError as error:
        raise PlannerError("error.start_range", **_range(assumptions, "start")) from error


def _range(assumptions: Assumptions, setting: str) -> dict[str, object]:
    low, high = assumptions.settings[setting].bounds
    return {"low": low, "high": high}


def check_for_sound_dates(scenario: Scenario, assumptions: Assumptions) -> None:
    """Raise PlannerError where start and target date don't make a rollout."""
    low, high = assumptions.settings["start"].bounds
    if not isinstance(low, dt.date) or not isinstance(high, dt.date):
        raise TypeError("bounds of the start are dates")
    if not low <= scenario.start <= high:
        raise PlannerError("error.start_range", low=low, high=high)
    if scenario.target_date < scenario.start:
        raise PlannerError(
            "error.target_before_start", target=scenario.target_date, start=scenario.start
        )
    longest = float(str(assumptions.settings["target_days"].bounds[1]))
    if (scenario.target_date - scenario.start).days > longest:
        raise PlannerError("error.target_too_late", years=round(longest / 365.25))


def check_for_possible_users(scenario: Scenario, adults: float) -> None:
    """Raise PlannerError where users at the start and new users exceed what adults allow."""
    for name in ("existing", "new_users"):
        value = getattr(scenario, name)
        if not math.isfinite(value):
            raise PlannerError("error.not_a_number", value=value)
        if value < 0:
            raise PlannerError(f"error.{name}_negative", value=value)
    if scenario.existing >= adults:
        raise PlannerError(
            "error.existing_too_large", value=scenario.existing, adults=math.floor(adults)
        )
    largest = adults - scenario.existing
    if scenario.new_users > largest:
        raise PlannerError(
            "error.target_too_large", value=scenario.new_users, largest=math.floor(largest)
        )


def check_for_sound_answers(scenario: Scenario) -> None:
    """Raise PlannerError where an answer is out of bounds."""
    for _, answers in scenario.answers:
        if not math.isfinite(answers.hours) or not 0 <= answers.hours <= 100_000:
            raise PlannerError("error.hours_range", value=answers.hours)
        if answers.people is not None and not 0 <= answers.people <= 10_000:
            raise PlannerError("error.people_range", value=answers.people)
        if answers.until is not None and answers.until < EARLIEST_FUNDING:
            raise PlannerError("error.until_range", value=answers.until, low=EARLIEST_FUNDING)
        people = answers.people
        if people is not None and answers.hours > HOURS_IN_WEEK * max(people, 0):
            raise PlannerError("error.hours_for_people", hours=answers.hours, people=people)


def check_for_sound_campaign(scenario: Scenario) -> None:
    """Raise PlannerError where the campaign lever is out of bounds."""
    for _, weeks, factor in scenario.campaign:
        if not math.isfinite(factor) or not 0 <= factor <= 100 or weeks < 1:
            raise PlannerError("error.campaign_range", value=factor, weeks=weeks)


def check(scenario: Scenario, assumptions: Assumptions, adults: float) -> None:
    """Raise PlannerError at the first thing in `scenario` that can't be computed."""
    check_for_sound_dates(scenario, assumptions)
    check_for_possible_users(scenario, adults)
    check_for_sound_answers(scenario)
    check_for_sound_campaign(scenario)
    for name, values in scenario.overrides:
        assumptions.check_override(name, values)
    for source in scenario.sources:
        if source not in SOURCES:
            raise PlannerError("error.unknown_source", value=source)
