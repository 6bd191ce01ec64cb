"""The scenario that an address describes, as far as it holds.

An address may carry a whole scenario (`scenario`, see planner.scenario.link). What else it says
(start, target, hours, …) lies on top of that one, or of the shipped one.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from planner.engine import Engine
from planner.errors import PlannerError
from planner.scenario import (
    Answers,
    Scenario,
    check_municipalities,
    default_scenario,
    following_target,
    from_link,
)
from planner.ui import blocks, kept, scenario_faults
from planner.ui.shell import Frame
from planner.ui.state import State

# What lies on top of a scenario for every municipality, and the date to look from.
ON_TOP = ("preset", "target", "existing", "start", "target_date")
DRAWER = (*ON_TOP, "from")
# What lies on top for the municipality of the address: the three answers, and a tally week's hours.
OF_ONE_PLACE = ("hours", "people", "until", "baseline")
# What the desk calculator knows of the municipality of the address; no part of a scenario.
OF_ONE_DESK = ("visits", "points", "open", "staff")
# What a calendar of sessions of the municipality of the address is asked for.
OF_ONE_CALENDAR = (
    "plan_from",
    "weeks",
    "plan_hours",
    "trainers",
    "plan",
    "day",
    "venue",
    "practice_days",
    "practice_time",
    "practice_every",
    "practice_kind",
    "practice_venue",
)
MOST_HOURS, MOST_PEOPLE = 100_000, 10_000
ANSWERS_FIELDS = "municipality"  # the page whose fields tell what is wrong with an answer


@dataclass(frozen=True)
class Choice:
    """What the address asks for, as far as it holds: scenario, date to look from, faults.

    refused: the one of the faults for which the link's scenario as a whole was not taken.
    """

    scenario: Scenario
    seen_from: dt.date | None
    faults: tuple[PlannerError, ...]
    refused: PlannerError | None = None


def choice(page: Frame, engine: Engine, code: str | None) -> Choice:
    """The scenario that the address describes; each part that doesn't hold is left out and told."""
    found = chosen(page.state, engine, code)
    scenario, fault = kept.with_services(found.scenario)
    faults = [] if fault is None else [fault]
    if gone := sorted(dict(scenario.capacity).keys() - set(engine.snapshot.codes)):
        faults.append(PlannerError("error.kept_unknown", codes=gone))
    faults += [] if fault else kept.unreadable(code)
    found = replace(found, scenario=scenario, faults=(*found.faults, *faults))
    if page.key == ANSWERS_FIELDS:
        return found
    return replace(found, faults=(*found.faults, *answer_faults(page.state)))


def chosen(state: State, engine: Engine, code: str | None) -> Choice:
    """The scenario that a page's parameters describe for a municipality, or for none."""
    faults = [error for name, error in state.problems.items() if name in DRAWER]
    scenario, refused = _base(state, engine)
    faults += [refused] if refused else []
    scenario = _targeted(state, engine, _dated(state, engine, scenario, faults), faults)
    answers = answers_of(state, None if code is None else dict(scenario.answers).get(code))
    if code is not None and answers is not None:
        scenario = _answered(engine, scenario, code, answers, faults)
    if code is not None and state.raw("baseline") is not None:
        scenario = _tallied(state, engine, scenario, code, faults)
    seen_from = state.date("from")
    try:
        engine.check_view(scenario, seen_from)
    except PlannerError as error:
        faults.append(error)
        seen_from = None
    return Choice(scenario, seen_from, tuple(faults), refused)


def opened(link: str, engine: Engine) -> Scenario:
    """The scenario behind a link's parameter, checked; PlannerError where it doesn't hold."""
    scenario = from_link(link)
    check_municipalities(scenario, engine.snapshot.codes)
    engine.check(scenario)
    return scenario


def base(state: State, engine: Engine) -> Scenario:
    """The scenario of the address without what lies on top of it; the shipped one where none is."""
    return _base(state, engine)[0]


def following(engine: Engine, scenario: Scenario, start: dt.date) -> dt.date | None:
    """The target date that follows another start, None where no calendar holds that day."""
    try:
        return following_target(engine.assumptions, start, like=scenario)
    except PlannerError:
        return None


def _base(state: State, engine: Engine) -> tuple[Scenario, PlannerError | None]:
    """The scenario of the link; where it was not taken, the shipped one and why."""
    link, shipped = state.raw("scenario"), default_scenario(engine.assumptions)
    if link is None:
        return shipped, None
    try:
        return opened(link, engine), None
    except PlannerError as error:
        return shipped, error


def _dated(
    state: State, engine: Engine, scenario: Scenario, faults: list[PlannerError]
) -> Scenario:
    """Start, target date and users at the start, each taken only where it holds."""
    stated = scenario.new_users
    start, target, existing = (
        state.date("start"),
        state.date("target_date"),
        state.number("existing"),
    )
    changes: list[Callable[[Scenario], Scenario]] = []
    if start is not None:
        changes.append(
            lambda old: replace(
                old, start=start, target_date=following_target(engine.assumptions, start, old)
            )
        )
    if target is not None:
        changes.append(lambda old: replace(old, target_date=target))
    if existing is not None:
        changes.append(lambda old: replace(old, existing=existing))
    for change in changes:
        try:
            changed = change(replace(scenario, new_users=0))
            engine.check(changed)
            scenario = changed
        except PlannerError as error:
            faults.append(error)
    return replace(scenario, new_users=stated)


def _targeted(
    state: State, engine: Engine, scenario: Scenario, faults: list[PlannerError]
) -> Scenario:
    """The scenario with the new users asked for; where they don't hold, its own or what fits."""
    largest = math.floor(engine.largest_target(scenario.existing))
    usual = min(scenario.new_users, largest)
    given, preset = state.number("target"), state.code("preset")
    try:
        users = scenario.new_users if preset is None else engine.preset(preset, scenario)
        asked = replace(scenario, new_users=users if given is None else given)
        engine.check(asked)
        return asked
    except PlannerError as error:
        faults.append(error)
        return replace(scenario, new_users=usual)


def _answered(
    engine: Engine, scenario: Scenario, code: str, answers: Answers, faults: list[PlannerError]
) -> Scenario:
    """The scenario with the answers; people or date are left out where they don't fit the hours."""
    tries = (answers, replace(answers, people=None), Answers(answers.hours))
    for asked in tries:
        try:
            engine.check(scenario.with_answers(code, asked))
            return scenario.with_answers(code, asked)
        except PlannerError as error:
            if error.code not in {fault.code for fault in faults}:
                faults.append(error)
    return scenario


def _tallied(
    state: State, engine: Engine, scenario: Scenario, code: str, faults: list[PlannerError]
) -> Scenario:
    """The scenario with the baseline that a tally week gave; without it where it doesn't hold."""
    hours = state.number("baseline")
    try:
        if hours is None:
            raise state.problems["baseline"]
        asked = scenario.with_baseline(code, hours)
        engine.check(asked)
        return asked
    except PlannerError as error:
        faults.append(error)
        return scenario


def answers_of(state: State, given: Answers | None = None) -> Answers | None:
    """The three answers, once the hours are known; what its own field refuses is left out.

    given: the answers of the scenario, which count where the address has none.
    """
    hours, people, until = state.number("hours"), state.whole("people"), state.date("until")
    if hours is None or not 0 <= hours <= MOST_HOURS:
        hours = None if given is None else given.hours
    if hours is None:
        return None
    if people is None or not 0 <= people <= MOST_PEOPLE:
        people = None if given is None else given.people
    return Answers(hours, people, until or (None if given is None else given.until))


def answer_faults(state: State) -> list[PlannerError]:
    """What is wrong with the three answers of an address, each by itself."""
    faults = [
        state.problems[name] for name in ("hours", "people", "until") if name in state.problems
    ]
    hours, people = state.number("hours"), state.whole("people")
    if hours is not None and not 0 <= hours <= MOST_HOURS:
        faults.append(PlannerError("error.hours_range", value=hours))
    if people is not None and not 0 <= people <= MOST_PEOPLE:
        faults.append(PlannerError("error.people_range", value=people))
    return faults


def tell_faults(page: Frame, wanted: Choice) -> None:
    """Says what of the address doesn't hold, and that the figures stand without it."""
    for fault in wanted.faults:
        scenario_faults.tell(page, fault, of_link=fault is wanted.refused)
    if any(fault is not wanted.refused for fault in wanted.faults):
        blocks.note(page.texts("control.fallback"))
    if page.state.date("start") is not None and page.state.raw("existing") is None:
        blocks.note(page.texts("control.existing.redate"))
