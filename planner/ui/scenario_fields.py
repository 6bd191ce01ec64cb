"""Text fields of the scenario page: what is typed stays, what holds goes into the scenario."""

from __future__ import annotations

import functools
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import streamlit as st

from planner.assumptions import Assumption
from planner.engine import Engine
from planner.errors import PlannerError
from planner.scenario import Scenario
from planner.ui import blocks, scenario_state, shell
from planner.ui.format import parse_number
from planner.ui.shell import Frame

# Takes what was typed into the scenario; PlannerError where it can't be. Empty means the default.
Commit = Callable[[str], None]
SHARES = frozenset({"share", "share_per_week"})
LONGEST = 40
_MEMORY = "planner_scenario_entries"


def entry(
    page: Frame,
    key: str,
    label: str,
    shown: str,
    commit: Commit,
    longest: int = LONGEST,
) -> None:
    """A text field for one value of the scenario; shown: how that value is typed.

    The field takes its text from the scenario whenever that changes elsewhere. What can't be taken
    stays in the field with its message, also where the field was out of sight meanwhile, and is
    tried again whenever the scenario has changed.
    """
    kept, widget = _entry(key), f"entry-{key}"
    if kept.get("value") != shown and not kept.get("own"):
        st.session_state[widget] = shown
        kept.update(text=shown, error=None)
    elif widget not in st.session_state:
        # out of sight meanwhile: what could not be taken is there again
        kept["text"] = kept["text"] if kept["error"] else shown
        st.session_state[widget] = kept["text"]
    kept.update(value=shown, own=False)
    if kept["error"] and _taken(key, kept["text"], commit):
        st.rerun()
    # in a block of its own: a message that comes or goes must not move what is typed in next
    with st.container():
        text = st.text_input(
            label,
            key=widget,
            max_chars=longest,
            on_change=functools.partial(_typed, key, commit),
        )
        if text != kept["text"]:
            # typed so fast after another field that nobody was called, or was not heard out
            _typed(key, commit)
            st.rerun()
        if kept["error"] is not None:
            shell.tell(kept["error"], page.texts)
            if shown:
                blocks.note(page.texts("control.still_counts", value=shown))


def forget() -> None:
    """Lets all fields take their text from the scenario again: whatever was typed is dropped."""
    st.session_state.pop(_MEMORY, None)


def _entry(key: str) -> dict[str, Any]:
    memory: dict[str, dict[str, Any]] = st.session_state.setdefault(_MEMORY, {})
    return memory.setdefault(key, {})


def _typed(key: str, commit: Commit) -> None:
    text = st.session_state[f"entry-{key}"] or ""
    if not _taken(key, text, commit):
        return
    # An emptied field shows the default again; any other text stays as it was typed.
    _entry(key)["own"] = bool(text.strip())
    if not text.strip():
        _entry(key)["value"] = None


def _taken(key: str, text: str, commit: Commit) -> bool:
    try:
        commit(text.strip())
    except PlannerError as error:
        _entry(key).update(text=text, error=error)
        return False
    # Only now: what the platform breaks off, since something else was typed, is not yet taken.
    _entry(key).update(text=text, error=None)
    return True


# --- numbers as they are typed ---


def scaled(value: float, unit: str) -> float:
    """A value as a reader speaks of it: shares in per cent, moved by digits and not multiplied."""
    return float(Decimal(repr(value)) * 100) if unit in SHARES else value


def unscaled(value: float, unit: str) -> float:
    """The value behind a number that was typed."""
    return float(Decimal(repr(value)) / 100) if unit in SHARES else value


def typed_number(page: Frame, value: float) -> str:
    """A number as a reader of the page's language types it, all its digits included."""
    if value.is_integer():
        # in English 1,500 could be read as one and a half
        plain = page.lang == "en" and abs(value) < 1_000_000
        return str(int(value)) if plain else page.fmt.whole(value)
    text = format(Decimal(repr(value)), "f")
    # three decimals alone would read like thousands
    text += "0" if len(text.partition(".")[2]) == 3 else ""
    return text if page.lang == "en" else text.replace(".", ",")


def parse_value(text: str, item: Assumption) -> float:
    """The value of one row of an assumption that somebody typed; PlannerError out of bounds."""
    low, high = (scaled(bound, item.unit) for bound in item.bounds)
    share = item.unit in SHARES
    return unscaled(parse_number(text.rstrip("% ") if share else text, low, high), item.unit)


# --- values and reasons ---


def values_of(scenario: Scenario, item: Assumption) -> tuple[float, ...]:
    """The values of an assumption that count in a scenario."""
    return dict(scenario.overrides).get(item.id, item.central)


def set_values(engine: Engine, item: Assumption, values: tuple[float, ...]) -> None:
    """Puts an assumption's values into the scenario; the shipped ones take it out."""
    changed = None if values == item.central else values
    scenario_state.save(engine, scenario_state.edited(engine).with_override(item.id, changed))


def value_field(
    page: Frame, engine: Engine, scenario: Scenario, item: Assumption, row: int, label: str
) -> None:
    """The field for one row of an assumption."""

    def commit(text: str) -> None:
        values = list(values_of(scenario_state.edited(engine), item))
        values[row] = parse_value(text, item) if text else item.central[row]
        set_values(engine, item, tuple(values))

    shown = typed_number(page, scaled(values_of(scenario, item)[row], item.unit))
    entry(page, f"{item.id}-{row}", label, shown, commit)


def reason_field(page: Frame, engine: Engine, scenario: Scenario, key: str, what: str) -> None:
    """The field for the reason of one change; what: the name of what was changed."""

    def commit(text: str) -> None:
        plain = " ".join(text.split())
        scenario_state.save(engine, scenario_state.edited(engine).with_reason(key, plain))

    shown = dict(scenario.reasons).get(key, "")
    label = page.texts("scenario.reason", what=what)
    entry(page, f"reason-{key}", label, shown, commit, longest=200)
