"""Fields for what a scenario states beside the assumptions: target, dates, sources, campaigns."""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import replace

import streamlit as st

from planner.engine import Engine
from planner.errors import PlannerError
from planner.scenario import (
    PRESETS,
    SOURCES,
    Campaign,
    Scenario,
    default_scenario,
    following_target,
)
from planner.ui import blocks, scenario_state, shell
from planner.ui.controls import OWN
from planner.ui.format import parse_date, parse_number, parse_whole
from planner.ui.scenario_fields import entry, reason_field, typed_number
from planner.ui.shell import Frame

ADDED_WEEKS, ADDED_FACTOR = 4, 2.0
WEEK = dt.timedelta(weeks=1)
_FAULT = "planner_campaign_fault"


def timetable(page: Frame, engine: Engine, scenario: Scenario) -> None:
    """Target, users at the start, start and target date."""
    texts, shipped = page.texts, default_scenario(engine.assumptions)
    _preset(page, engine, scenario)
    for name in ("new_users", "existing"):
        label = texts("control.target" if name == "new_users" else "control.existing")
        commit = functools.partial(_persons, engine, name)
        entry(page, name, label, typed_number(page, getattr(scenario, name)), commit)
        _reason(page, engine, scenario, name, shipped)
    for name in ("start", "target_date"):
        commit = functools.partial(_start if name == "start" else _target_date, engine)
        entry(page, name, texts(f"control.{name}"), _day(getattr(scenario, name)), commit)
        _reason(page, engine, scenario, name, shipped)
    told = page.state.raw("start") is not None  # above, with the faults of the address
    if not told and scenario.start != shipped.start and scenario.existing == shipped.existing:
        blocks.note(texts("control.existing.redate"))


def sources(page: Frame, engine: Engine, scenario: Scenario) -> None:
    """The four sources of demand, each on or off."""
    texts = page.texts
    blocks.note(texts("scenario.sources"))
    for source in SOURCES:
        key = f"source-{source}"

        def switched(source: str = source, key: str = key) -> None:
            old = scenario_state.edited(engine)
            kept = tuple(name for name in old.sources if name != source)
            given = (*kept, source) if st.session_state[key] else kept
            scenario_state.save(engine, replace(old, sources=given))

        st.session_state[key] = source in scenario.sources
        st.checkbox(texts(f"series.{source}"), key=key, on_change=switched)
    _reason(page, engine, scenario, "sources", default_scenario(engine.assumptions))


def campaigns(page: Frame, engine: Engine, scenario: Scenario) -> None:
    """Campaigns: first week, weeks, factor; one can be added and each removed."""
    texts = page.texts
    blocks.note(texts("scenario.campaign"))
    for number, (day, weeks, factor) in enumerate(scenario.campaign):
        shown = (_day(day), str(weeks), typed_number(page, factor))
        with st.container(border=True):
            for part, value in zip(("date", "weeks", "factor"), shown, strict=True):
                commit = functools.partial(_campaign, engine, number, part)
                label = texts(f"scenario.campaign.{part}", number=number + 1)
                entry(page, f"campaign-{number}-{part}", label, value, commit)
            st.button(
                texts("scenario.campaign.remove", number=number + 1),
                key=f"campaign-{number}-remove",
                on_click=functools.partial(_remove, engine, number),
            )
    st.button(
        texts("scenario.campaign.add"),
        key="campaign-add",
        on_click=functools.partial(_add, engine),
    )
    if fault := st.session_state.pop(_FAULT, None):
        shell.tell(fault, texts)
    _reason(page, engine, scenario, "campaign", default_scenario(engine.assumptions))


def _reason(page: Frame, engine: Engine, scenario: Scenario, name: str, shipped: Scenario) -> None:
    # a block of its own, empty or not, so that nothing below it moves
    with st.container():
        if getattr(scenario, name) == getattr(shipped, name):
            return
        reason_field(page, engine, scenario, name, page.texts(f"scenario.lever.{name}"))


def _preset(page: Frame, engine: Engine, scenario: Scenario) -> None:
    found = [code for code in PRESETS if engine.preset(code, scenario) == scenario.new_users]
    options = [*PRESETS] if found else [*PRESETS, OWN]

    def picked() -> None:
        code = st.session_state["scenario-preset"]
        if code == OWN:
            return
        old = scenario_state.edited(engine)
        scenario_state.save(engine, replace(old, new_users=engine.preset(code, old)))

    st.session_state["scenario-preset"] = found[0] if found else OWN
    st.radio(
        page.texts("control.preset"),
        options,
        format_func=lambda code: page.texts(f"preset.{code}"),
        key="scenario-preset",
        on_change=picked,
    )


def _persons(engine: Engine, name: str, text: str) -> None:
    old, shipped = scenario_state.edited(engine), default_scenario(engine.assumptions)
    value = float(parse_whole(text, 0)) if text else float(getattr(shipped, name))
    if name == "existing":
        scenario_state.save(engine, replace(old, existing=value))
    else:
        scenario_state.save(engine, replace(old, new_users=value))


def _start(engine: Engine, text: str) -> None:
    """The start; the target date moves with it."""
    old = scenario_state.edited(engine)
    start = parse_date(text) if text else default_scenario(engine.assumptions).start
    target = following_target(engine.assumptions, start, like=old)
    scenario_state.save(engine, replace(old, start=start, target_date=target))


def _target_date(engine: Engine, text: str) -> None:
    """The target date; emptied, it follows the start as in the original plan."""
    old = scenario_state.edited(engine)
    target = parse_date(text) if text else following_target(engine.assumptions, old.start)
    scenario_state.save(engine, replace(old, target_date=target))


def _campaign(engine: Engine, number: int, part: str, text: str) -> None:
    old = scenario_state.edited(engine)
    if number >= len(old.campaign):
        return
    day, weeks, factor = old.campaign[number]
    if part == "date":
        day = parse_date(text)
    elif part == "weeks":
        weeks = parse_whole(text, 1)
    else:
        factor = parse_number(text, 0)
    changed = (*old.campaign[:number], (day, weeks, factor), *old.campaign[number + 1 :])
    scenario_state.save(engine, replace(old, campaign=changed))


def _add(engine: Engine) -> None:
    old = scenario_state.edited(engine)
    ends = [day + weeks * WEEK for day, weeks, _ in old.campaign]
    added: Campaign = (max([old.start, *ends]), ADDED_WEEKS, ADDED_FACTOR)
    try:
        scenario_state.save(engine, replace(old, campaign=(*old.campaign, added)))
    except PlannerError as error:
        st.session_state[_FAULT] = error


def _remove(engine: Engine, number: int) -> None:
    old = scenario_state.edited(engine)
    kept = tuple(each for index, each in enumerate(old.campaign) if index != number)
    scenario_state.save(engine, replace(old, campaign=kept))


def _day(day: dt.date) -> str:
    return f"{day.day}.{day.month}.{day.year:04d}"
