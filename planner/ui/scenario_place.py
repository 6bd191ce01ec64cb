"""Fields for one municipality's own figures: today's support, and the support before the start."""

from __future__ import annotations

import functools
from dataclasses import replace

import streamlit as st

from planner.engine import Engine
from planner.scenario import Answers, Scenario
from planner.ui import blocks, scenario_state
from planner.ui.choices import MOST_HOURS, MOST_PEOPLE
from planner.ui.fields import typed
from planner.ui.format import parse_date, parse_number, parse_whole
from planner.ui.scenario_fields import entry, reason_field, typed_number
from planner.ui.shell import Frame


def place_fields(page: Frame, engine: Engine, code: str | None, scenario: Scenario) -> None:
    """The three answers and the baseline of the chosen municipality, and who else has any.

    scenario: with the answers that the address gives for the municipality.
    """
    texts = page.texts
    if code is None:
        blocks.note(texts("scenario.place"))
    else:
        _answers(page, engine, code, dict(scenario.answers).get(code))
        baseline = dict(scenario.baselines).get(code)
        shown = "" if baseline is None else typed_number(page, baseline)
        commit = functools.partial(_baseline, engine, code)
        entry(page, f"baseline-{code}", texts("scenario.baseline"), shown, commit)
    for name in ("answers", "baselines"):
        if getattr(scenario, name):
            reason_field(page, engine, scenario, name, texts(f"scenario.lever.{name}"))
    others = {*dict(scenario.answers), *dict(scenario.baselines)} - {code}
    if others:
        places = [engine.snapshot.municipalities[engine.snapshot.index(c)] for c in sorted(others)]
        listed = ", ".join(place.name(page.lang) for place in places)
        blocks.note(texts("scenario.places.others", places=listed))


def _answers(page: Frame, engine: Engine, code: str, given: Answers | None) -> None:
    shown = {
        "hours": "" if given is None else typed_number(page, given.hours),
        "people": "" if given is None or given.people is None else str(given.people),
        "until": "" if given is None else typed(page, given.until),
    }
    for part, text in shown.items():
        with st.container():
            if part != "hours" and given is None:
                continue
            commit = functools.partial(_answer, engine, code, part)
            entry(page, f"{part}-{code}", page.texts(f"question.{part}"), text, commit)


def _answer(engine: Engine, code: str, part: str, text: str) -> None:
    """One of the three answers; without hours there are none."""
    old = scenario_state.edited(engine, code)
    given = dict(old.answers).get(code, Answers(0.0))
    if part == "hours":
        changed = replace(given, hours=parse_number(text, 0, MOST_HOURS)) if text else None
    elif part == "people":
        changed = replace(given, people=parse_whole(text, 0, MOST_PEOPLE) if text else None)
    else:
        changed = replace(given, until=parse_date(text) if text else None)
    _save(engine, old.with_answers(code, changed))


def _baseline(engine: Engine, code: str, text: str) -> None:
    hours = parse_number(text, 0, MOST_HOURS) if text else None
    _save(engine, scenario_state.edited(engine, code).with_baseline(code, hours))


def _save(engine: Engine, scenario: Scenario) -> None:
    scenario_state.save(engine, scenario)
    # what lay on top for the municipality is in the scenario now
    scenario_state.drop_answers()
