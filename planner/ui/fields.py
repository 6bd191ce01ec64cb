"""Text fields for parameters of the address: what is typed stays, and the address follows."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from typing import Any

import streamlit as st

from planner.errors import PlannerError
from planner.ui import blocks, shell
from planner.ui.shell import Frame
from planner.ui.state import State, Value

Parser = Callable[[str], Value]

_MEMORY = "planner_fields"
_CHANGED = "planner_fields_changed"
SETTLED = 3.0


def begin(page: Frame) -> None:
    """Lets the address lead again where it changed and no field did: Back, Forward, a link.

    Otherwise a field leads: somebody who types fast is ahead of the address bar. A browser may go
    on sending the address of a moment ago, so within SETTLED seconds of a change nothing is taken
    back.
    """
    if time.monotonic() - st.session_state.get(_CHANGED, 0.0) < SETTLED:
        return
    memory = _memory()
    shown = {key: entry for key, entry in memory.items() if key in st.session_state}
    if any(st.session_state[key] != entry["text"] for key, entry in shown.items()):
        return
    for key, entry in shown.items():
        if entry["address"] != page.state.raw(entry["name"]):
            del st.session_state[key]


def field(
    page: Frame, name: str, label: str, parse: Parser, default: Value | None = None, help_: str = ""
) -> None:
    """A text field for one parameter of the address, with its own message when it can't be read.

    It starts with what the address says, or the default, and follows a default that moves while
    nothing else was typed. Clearing it or typing the default takes the parameter out. What can't be
    read stays in the field, leaves the address as it was, and the page says which value counts.
    """
    key = f"{name}-{page.state.code('kunta') or ''}-{page.key}"
    raw, value = page.state.raw(name), page.state.get(name)
    usual = "" if default is None else typed(page, default)
    before = _memory().get(key)
    if key not in st.session_state:
        st.session_state[key] = (
            usual if raw is None else raw if value is None else typed(page, value)
        )
    # only where the default moved: a value that is set overwrites what is being typed
    elif before and raw is None and st.session_state[key] == before["usual"] != usual:
        st.session_state[key] = usual
    text = st.text_input(label, key=key, help=help_ or None, max_chars=40) or ""
    try:
        parsed = parse(text) if text.strip() else None
    except PlannerError as error:
        shell.tell(error, page.texts)
        if value is not None or default is not None:
            counts = typed(page, value if value is not None else default)
            blocks.note(page.texts("control.still_counts", value=counts))
    else:
        wanted = None if parsed == default else parsed
        if wanted != value or (wanted is None and raw is not None):
            page.state.update(**{parameter(name): wanted})
            st.session_state[_CHANGED] = time.monotonic()
    _memory()[key] = {
        "name": name,
        "text": text,
        "usual": usual,
        "address": page.state.raw(name),
    }


def set_address(*names: str, **values: Value | None) -> None:
    """Changes the address from a callback; the fields `names` take their text from it anew."""
    State(st.query_params).update(**values)
    for key, entry in _memory().items():
        if entry["name"] in names and key in st.session_state:
            del st.session_state[key]


def parameter(name: str) -> str:
    """The name as a keyword: `from` is Python's own."""
    return "from_" if name == "from" else name


def typed(page: Frame, value: Value | None) -> str:
    """A value as a reader of the page's language types it."""
    if isinstance(value, dt.date):
        return f"{value.day}.{value.month}.{value.year:04d}"
    if isinstance(value, float) and not value.is_integer():
        # three decimals alone would read like thousands
        text = repr(value) + ("0" if len(repr(value).partition(".")[2]) == 3 else "")
        return text.replace(".", "." if page.lang == "en" else ",")
    if isinstance(value, (int, float)):
        return page.fmt.whole(value)
    return value or ""


def _memory() -> dict[str, dict[str, Any]]:
    memory: dict[str, dict[str, Any]] = st.session_state.setdefault(_MEMORY, {})
    return memory
