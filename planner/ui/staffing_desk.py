"""The desk calculator of the staffing page: staff for a wait, and the wait with some staff."""

from __future__ import annotations

import math
from collections.abc import Callable

import streamlit as st

from planner.answer import Answer
from planner.plans.suggestion import FEW_CONTACTS
from planner.staffing import Staffing
from planner.staffing.desk import SERVED, WAIT, Desk, desk
from planner.ui import blocks, staffing_rows
from planner.ui.fields import Parser, field
from planner.ui.format import parse_number, parse_whole
from planner.ui.shell import Frame
from planner.ui.state import Value

# What the fields take, in the order of the page.
BOUNDS = {
    "visits": (1, 100_000),
    "points": (1, 1_000),
    "open": (0.5, 168),
    "wait": (1, 240),
    "staff": (1, 500),
}


def draw(page: Frame, found: Staffing) -> None:
    """The fields, the answer both ways, and the table around it."""
    texts, fmt = page.texts, page.fmt
    st.header(texts("staff.title.desk"))
    blocks.note(texts("staff.desk.lead", minutes=round(found.desk_minutes)), wide=True)
    usual = _usual(found)
    _fields(page, usual)
    given = {name: _given(page, name, value) for name, value in usual.items()}
    staff = round(_given(page, "staff", 0.0)) or None
    points = round(given["points"])
    result = desk(given["visits"], points, given["open"], found.desk_minutes, given["wait"], staff)
    if _is_few(found, result):
        visits, hours = math.ceil(result.visits), result.visits * found.desk_minutes / 60
        blocks.paragraph(texts.count("staff.desk.few", visits, hours=fmt.hours(hours)))
        return
    values = {
        "visits": fmt.about(result.visits),
        "open": texts.count("format.hours", round(given["open"], 1)),
        "wait": fmt.whole(given["wait"]),
        "served": fmt.percent(SERVED),
    }
    blocks.paragraph(texts.count("staff.desk.needed", result.needed, **values))
    if staff is not None:
        _with_staff(page, result, staff, values)
    table = staffing_rows.desk_table(result, texts, fmt)
    blocks.table(*table, texts("staff.desk.caption", wait=values["wait"]), whole=True)


def _given(page: Frame, name: str, usual: float) -> float:
    """A value of the address where its field takes it, else the usual one."""
    value, (low, high) = page.state.number(name), BOUNDS[name]
    return value if value is not None and low <= value <= high else usual


def _is_few(found: Staffing, result: Desk) -> bool:
    """Whether so few come that a line, which the formula is about, hardly ever forms."""
    return result.visits < (2 * FEW_CONTACTS if found.answer.small else FEW_CONTACTS)


def _usual(found: Staffing) -> dict[str, float]:
    """What the calculator starts from: the busiest week, today's points and hours."""
    points = max(found.answer.libraries, 1)
    return {
        "visits": float(max(math.ceil(found.desk_visits), 1)),
        "points": float(points),
        "open": _hours(found.answer, points),
        "wait": WAIT,
    }


def _hours(answer: Answer, points: int) -> float:
    """Hours of support that one point gives in a week now, in half hours; two at least."""
    hours = float(answer.capacity.middle[answer.view.start]) / points
    return max(2.0, round(2 * hours) / 2)


def _fields(page: Frame, usual: dict[str, float]) -> None:
    columns = [*st.columns(3, vertical_alignment="bottom"), *st.columns(3)]
    for column, (name, bounds) in zip(columns, BOUNDS.items(), strict=False):
        value = usual.get(name)
        with column:
            if name == "open":
                field(
                    page, name, page.texts("staff.desk.open"), _reader(parse_number, *bounds), value
                )
                continue
            default = None if value is None else int(value)
            label = page.texts(f"staff.desk.{name}")
            field(page, name, label, _reader(parse_whole, *bounds), default)


def _reader(parse: Callable[[str, float, float], Value], low: float, high: float) -> Parser:
    """A parser that refuses what lies outside some bounds."""
    return lambda text: parse(text, low, high)


def _with_staff(page: Frame, result: Desk, staff: int, values: dict[str, str]) -> None:
    """What the wait is with the staff given."""
    row = result.row(staff)
    if row is None:
        return
    texts, fmt = page.texts, page.fmt
    if row.mean is None:
        blocks.paragraph(texts.count("staff.desk.overrun", staff, **values))
        return
    served = {**values, "served": fmt.percent(row.served), "mean": fmt.about(row.mean)}
    blocks.paragraph(texts.count("staff.desk.wait_with", staff, **served))
