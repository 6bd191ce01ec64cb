"""The store as pages use it: opened once, read at every run, and never in the way of a figure."""

from __future__ import annotations

import threading
from typing import Final

import streamlit as st

from planner import services
from planner.errors import PlannerError
from planner.scenario import Scenario
from planner.store import Store, open_store
from planner.ui.shell import Frame

_AUTHOR: Final = "planner_author"
_lock = threading.Lock()


@st.cache_resource(show_spinner=False)
def _opened() -> Store:
    return open_store()


def store() -> Store:
    """The store of this process; PlannerError where it can't be opened, tried anew every time."""
    with _lock:  # two first readers must not open it twice
        return _opened()


def with_services(scenario: Scenario) -> tuple[Scenario, PlannerError | None]:
    """The scenario with what the store holds of municipalities' services.

    Where the store can't be read, the scenario as it is, and why.
    """
    try:
        return scenario.with_capacity(services.supplies(store(), scenario.start)), None
    except PlannerError as error:
        return scenario, error


def unreadable(code: str | None) -> list[PlannerError]:
    """Why what the store holds of a municipality, or of any, doesn't count; nothing where it does.

    The estimate counts there instead.
    """
    faults = services.unreadable(store())
    if code is not None:
        return [faults[code]] if code in faults else []
    return [PlannerError("error.kept_unreadable", codes=sorted(faults))] if faults else []


def author() -> str:
    """The name under which this reader's changes are kept, "" until one is given."""
    return str(st.session_state.get(_AUTHOR, ""))


def sign(name: str) -> None:
    """Keeps the reader's name for this session."""
    st.session_state[_AUTHOR] = name.strip()


def author_field(page: Frame, key: str = "author") -> str:
    """The field for the reader's name, the same on every page, and what stands in it.

    key: tells several fields of a page apart; each takes what was typed into another.
    """
    texts = page.texts
    if key not in st.session_state:
        st.session_state[key] = author()
    name = st.text_input(texts("author.label"), key=key, max_chars=100, help=texts("author.help"))
    sign(name or "")
    return author()
