"""What makes a scenario one that can be computed; the first thing that doesn't hold is told."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Collection
from itertools import pairwise

from planner.assumptions import Assumptions, shown
from planner.errors import PlannerError
from planner.scenario.value import LEVERS, SOURCES, Scenario

HOURS_IN_WEEK = 168.0
MOST_HOURS = 100_000
MOST_PEOPLE = 10_000
EARLIEST_FUNDING = dt.date(2000, 1, 1)
MOST_CAMPAIGNS = 20
LONGEST_CAMPAIGN = 260  # weeks
CAMPAIGN_REACH = dt.timedelta(days=6 * 366)  # how far from the start's bounds one may lie
LONGEST_REASON = 200  # characters
_CODE = re.compile("[0-9]{3}")
MOST_BYTES = 32_000  # of canonical JSON: a link must still fit into an address


def check_for_sound_dates(scenario: Scenario, assumptions: Assumptions) -> None:
    """Raise PlannerError where start and target date don't make a rollout."""
    low, high = _start_bounds(assumptions)
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
    """Raise PlannerError where an answer or a baseline is out of bounds."""
    for code in (*dict(scenario.answers), *dict(scenario.baselines)):
        if not _CODE.fullmatch(code):
            raise PlannerError("error.municipality_code")
    for _, answers in scenario.answers:
        if not math.isfinite(answers.hours) or not 0 <= answers.hours <= MOST_HOURS:
            raise PlannerError("error.hours_range", value=answers.hours)
        if answers.people is not None and not 0 <= answers.people <= MOST_PEOPLE:
            raise PlannerError("error.people_range", value=answers.people)
        if answers.until is not None and answers.until < EARLIEST_FUNDING:
            raise PlannerError("error.until_range", value=answers.until, low=EARLIEST_FUNDING)
        people = answers.people
        if people is not None and answers.hours > HOURS_IN_WEEK * max(people, 0):
            raise PlannerError("error.hours_for_people", hours=answers.hours, people=people)
    for _, hours in scenario.baselines:
        if not math.isfinite(hours) or not 0 <= hours <= MOST_HOURS:
            raise PlannerError("error.hours_range", value=hours)


def check_for_sound_campaign(scenario: Scenario, assumptions: Assumptions) -> None:
    """Raise PlannerError where the campaign lever is out of bounds or two overlap."""
    if len(scenario.campaign) > MOST_CAMPAIGNS:
        raise PlannerError("error.campaign_many", most=MOST_CAMPAIGNS)
    first, last = _start_bounds(assumptions)
    low, high = first - CAMPAIGN_REACH, last + CAMPAIGN_REACH
    for day, weeks, factor in scenario.campaign:
        sound = math.isfinite(factor) and 0 <= factor <= 100
        if not sound or not 1 <= weeks <= LONGEST_CAMPAIGN:
            raise PlannerError(
                "error.campaign_range", value=factor, weeks=weeks, longest=LONGEST_CAMPAIGN
            )
        if not low <= day <= high:
            raise PlannerError("error.campaign_date", value=day, low=low, high=high)
    for (day, weeks, _), (following, _, _) in pairwise(scenario.campaign):
        if following < day + dt.timedelta(weeks=weeks):
            raise PlannerError("error.campaign_overlap", first=day, second=following)


def check_for_sound_reasons(scenario: Scenario, assumptions: Assumptions) -> None:
    """Raise PlannerError where a reason stands for nothing, is too long or can't be printed."""
    for key, text in scenario.reasons:
        if key not in LEVERS and key not in assumptions.items:
            raise PlannerError("error.reason_key", value=shown(key))
        if len(text) > LONGEST_REASON:
            raise PlannerError("error.reason_long", value=key, most=LONGEST_REASON)
        if not text.isprintable() or text != text.strip():
            raise PlannerError("error.reason_signs", value=key)


def check(scenario: Scenario, assumptions: Assumptions, adults: float) -> None:
    """Raise PlannerError at the first thing in `scenario` that can't be computed."""
    check_for_sound_dates(scenario, assumptions)
    check_for_possible_users(scenario, adults)
    check_for_sound_answers(scenario)
    check_for_sound_campaign(scenario, assumptions)
    for name, values in scenario.overrides:
        assumptions.check_override(name, values)
    for source in scenario.sources:
        if source not in SOURCES:
            raise PlannerError("error.unknown_source", value=shown(source))
    check_for_sound_reasons(scenario, assumptions)
    size = len(scenario.to_json().encode())
    if size > MOST_BYTES:
        raise PlannerError("error.scenario_long", size=size, most=MOST_BYTES)


def check_municipalities(scenario: Scenario, codes: Collection[str]) -> None:
    """Raise PlannerError where answers or baselines stand for no municipality of the snapshot."""
    for code in (*dict(scenario.answers), *dict(scenario.baselines)):
        if code not in codes:
            raise PlannerError("error.unknown_municipality", value=code)


def _start_bounds(assumptions: Assumptions) -> tuple[dt.date, dt.date]:
    low, high = assumptions.settings["start"].bounds
    if not isinstance(low, dt.date) or not isinstance(high, dt.date):
        raise TypeError("bounds of the start are dates")
    return low, high
