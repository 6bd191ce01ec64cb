"""The scenario that an address describes, as far as it holds."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from planner.engine import Engine
from planner.errors import PlannerError
from planner.scenario import PRESETS, Answers, Scenario, default_scenario
from planner.ui import blocks, shell
from planner.ui.shell import Frame
from planner.ui.state import State

DRAWER = ("preset", "target", "existing", "start", "target_date", "from")
MOST_HOURS, MOST_PEOPLE = 100_000, 10_000


@dataclass(frozen=True)
class Choice:
    """What the address asks for, as far as it holds: scenario, date to look from, faults."""

    scenario: Scenario
    seen_from: dt.date | None
    faults: tuple[PlannerError, ...]


def choice(page: Frame, engine: Engine, code: str | None) -> Choice:
    """The scenario that the address describes; each part that doesn't hold is left out and told."""
    state = page.state
    faults = [error for name, error in state.problems.items() if name in DRAWER]
    scenario = _dated(state, engine, faults)
    scenario = _targeted(state, engine, scenario, faults)
    answers = answers_of(state)
    if code is not None and answers is not None:
        scenario = _answered(engine, scenario, code, answers, faults)
    seen_from = state.date("from")
    try:
        engine.check_view(scenario, seen_from)
    except PlannerError as error:
        faults.append(error)
        seen_from = None
    return Choice(scenario, seen_from, tuple(faults))


def _dated(state: State, engine: Engine, faults: list[PlannerError]) -> Scenario:
    """Start, target date and users at the start, each taken only where it holds."""
    scenario = default_scenario(engine.assumptions)
    start, target, existing = (
        state.date("start"),
        state.date("target_date"),
        state.number("existing"),
    )
    changes: list[Callable[[Scenario], Scenario]] = []
    if start is not None:
        changes.append(
            lambda old: default_scenario(engine.assumptions, start, None, old.existing, 0)
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
    return scenario


def _targeted(
    state: State, engine: Engine, scenario: Scenario, faults: list[PlannerError]
) -> Scenario:
    """The scenario with its new users; where they don't hold, the national target or what fits."""
    largest = math.floor(engine.largest_target(scenario.existing))
    national = engine.preset(PRESETS[0], scenario)
    given = state.number("target")
    try:
        preset = engine.preset(state.code("preset") or PRESETS[0], scenario)
        asked = replace(scenario, new_users=preset if given is None else given)
        engine.check(asked)
        return asked
    except PlannerError as error:
        faults.append(error)
        return replace(scenario, new_users=min(national, largest))


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


def answers_of(state: State) -> Answers | None:
    """The three answers, once the hours are given; what its own field refuses is left out."""
    hours, people = state.number("hours"), state.whole("people")
    if hours is None or not 0 <= hours <= MOST_HOURS:
        return None
    if people is not None and not 0 <= people <= MOST_PEOPLE:
        people = None
    return Answers(hours, people, state.date("until"))


def tell_faults(page: Frame, wanted: Choice) -> None:
    """Says what of the address doesn't hold, and that the figures stand without it."""
    for fault in wanted.faults:
        shell.tell(fault, page.texts)
    if wanted.faults:
        blocks.note(page.texts("control.fallback"))
    if page.state.date("start") is not None and page.state.raw("existing") is None:
        blocks.note(page.texts("control.existing.redate"))
