"""Where every assumption and lever can be changed: one group of them at a time."""

from __future__ import annotations

import functools

import streamlit as st

from planner.assumptions import ROWS, Assumption
from planner.engine import Engine
from planner.errors import PlannerError
from planner.scenario import Scenario
from planner.ui import blocks, scenario_levers, scenario_state
from planner.ui.assumption_rows import number, row_label
from planner.ui.format import parse_number
from planner.ui.scenario_fields import (
    entry,
    reason_field,
    scaled,
    set_values,
    value_field,
)
from planner.ui.scenario_place import place_fields
from planner.ui.shell import Frame

# The assumptions that planners ask about first, each behind a question of its own.
ASKED = (
    "official_share",
    "need",
    "minutes_individual",
    "contacts_per_helped",
    "half_life",
    "desk_share",
    "use",
)
RANGES_ONLY = ("sigma", "dispersion")
COLUMNS = 4
_GROUP = "planner_scenario_group"
DIGITS = 12  # kept where all rows are multiplied: 0.1 · 1.5 stays 0.15
LEVERS = {
    "timetable": scenario_levers.timetable,
    "sources": scenario_levers.sources,
    "campaign": scenario_levers.campaigns,
}


def groups(engine: Engine) -> list[str]:
    """Codes of the groups in order: asked first, levers, then those of the assumptions page."""
    return [
        "asked",
        *LEVERS,
        "place",
        *dict.fromkeys(i.group for i in engine.assumptions.items.values()),
    ]


def editor(page: Frame, engine: Engine, place: str | None, scenario: Scenario) -> None:
    """The choice of a group, and its fields. place: code of the municipality chosen, if any."""
    texts = page.texts
    code = _group(page, engine, scenario)
    if code == "place":
        place_fields(page, engine, place, scenario)
        return
    if code in LEVERS:
        LEVERS[code](page, engine, scenario)
        return
    lead = "scenario.group.asked.lead" if code == "asked" else f"assumption.group.{code}.lead"
    blocks.note(texts(lead))
    if code in ("channels", "topics", "cost"):
        blocks.note(texts(f"scenario.acts.{code}"))
    for item in members(engine, code):
        _item(page, engine, scenario, item, code == "asked")


def _group(page: Frame, engine: Engine, scenario: Scenario) -> str:
    def picked() -> None:
        scenario_state.hold()
        st.session_state[_GROUP] = st.session_state["scenario-group"]

    # its options say how much is changed: a box whose words change would forget what was chosen
    st.session_state["scenario-group"] = st.session_state.get(_GROUP, "asked")
    return str(
        st.selectbox(
            page.texts("scenario.group"),
            groups(engine),
            format_func=lambda group: _group_name(page, engine, scenario, group),
            key="scenario-group",
            on_change=picked,
        )
    )


def members(engine: Engine, group: str) -> list[Assumption]:
    """The assumptions of a group."""
    items = engine.assumptions.items
    if group == "asked":
        return [items[name] for name in ASKED]
    return [item for item in items.values() if item.group == group]


def _group_name(page: Frame, engine: Engine, scenario: Scenario, code: str) -> str:
    texts = page.texts
    if code in (*LEVERS, "asked", "place"):
        return texts(f"scenario.group.{code}")
    name = texts(f"assumption.group.{code}")
    changed = dict(scenario.overrides)
    count = sum(item.id in changed for item in members(engine, code))
    return texts("scenario.group.changed", group=name, number=count) if count else name


def _item(
    page: Frame, engine: Engine, scenario: Scenario, item: Assumption, question: bool
) -> None:
    """One assumption: its field or fields, what is usual, and the reason once it is changed."""
    texts = page.texts
    name, changed = texts(f"assumption.{item.id}.label"), item.id in dict(scenario.overrides)
    with st.container(key=f"assumption-{item.id}"):
        if question:
            st.markdown(f"**{texts(f'scenario.ask.{item.id}')}**")
        if not item.rows:
            label = texts("scenario.field", name=name, unit=_unit(page, item))
            value_field(page, engine, scenario, item, 0, label)
        blocks.note(_usual(page, item))
        if item.id in RANGES_ONLY:
            blocks.note(texts("scenario.acts.ranges"))
        if item.rows:
            _rows(page, engine, scenario, item, name)
        if changed:
            reason_field(page, engine, scenario, item.id, name)
            st.button(
                texts("scenario.reset.one", what=name),
                key=f"reset-{item.id}",
                on_click=functools.partial(set_values, engine, item, item.central),
            )


def _rows(page: Frame, engine: Engine, scenario: Scenario, item: Assumption, name: str) -> None:
    """The rows of an assumption, drawn only while they are open."""
    texts = page.texts
    label = texts(f"scenario.rows.{item.rows}", name=name, unit=_unit(page, item))
    box = st.expander(label, key=f"rows-{item.id}", on_change=scenario_state.hold)
    if not box.open:
        return
    with box:
        _multiplied(page, engine, item)
        columns = st.columns(COLUMNS if item.rows != "topic" else COLUMNS // 2)
        for row in range(ROWS[item.rows]):
            with columns[row % len(columns)]:
                value_field(
                    page, engine, scenario, item, row, row_label(item.rows, row, row, texts)
                )


def _multiplied(page: Frame, engine: Engine, item: Assumption) -> None:
    """A field that multiplies the default of every row."""

    def commit(text: str) -> None:
        if text:
            factor = parse_number(text, 0)
            values = tuple(round(value * factor, DIGITS) for value in item.central)
            low, high = item.bounds
            if not all(low <= value <= high for value in values):
                told = (number(bound, item.unit, page.fmt) for bound in item.bounds)
                raise PlannerError("error.scenario_rows_bounds", low=next(told), high=next(told))
            set_values(engine, item, values)

    entry(page, f"all-{item.id}", page.texts("scenario.rows.all"), "", commit)


def _unit(page: Frame, item: Assumption) -> str:
    own = item.unit in ("share", "share_per_week", "contacts_per_person")
    return page.texts(f"scenario.unit.{item.unit}" if own else f"unit.{item.unit}")


def _usual(page: Frame, item: Assumption) -> str:
    """What the assumption means, its default with its range, and how the number is known."""
    texts, fmt = page.texts, page.fmt
    why = texts(f"assumption.{item.id}.why")
    grade = texts(f"grade.{'derived' if item.derived else item.grade}")
    if item.rows:
        return f"{why} {texts('scenario.usual.rows', grade=grade)}"
    central, high = (number(value[0], item.unit, fmt) for value in (item.central, item.high))
    low = fmt.decimal(scaled(item.low[0], item.unit), 3)
    if item.low == item.high:
        return f"{why} {texts('scenario.usual', value=central, grade=grade)}"
    told = texts("scenario.usual.range", value=central, low=low, high=high, grade=grade)
    return f"{why} {told}"
