"""The capacity table of a municipality as somebody is filling it in, kept for the session.

What was typed stays whatever happens to the store, the page or the language, until it is saved or
given up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import streamlit as st

from planner import services
from planner.engine import Engine
from planner.errors import PlannerError
from planner.records import CapacityRow
from planner.scenario import Scenario
from planner.services import Held
from planner.texts import Language
from planner.ui import kept
from planner.ui.capacity_lines import Line, edited, line_of

_DRAFTS: Final = "planner_capacity"
_FORMS: Final = "planner_capacity_forms"
_VERSIONS: Final = "planner_capacity_versions"
NOTHING_HELD: Final = Held((), (), None, None, None, None)


@dataclass(frozen=True)
class Draft:
    """A table and where it came from.

    seen: what the store held when it was opened, but for service before and scope, which are as the
    store holds them now; start: the lines then; base: those that the table on the screen began
    with; typed: as they stand; version: tells one table on the screen from the next.
    """

    seen: Held
    start: tuple[Line, ...]
    base: tuple[Line, ...]
    typed: tuple[Line, ...]
    version: int

    @property
    def changed(self) -> bool:
        """Whether the table says something else than when it was opened."""
        return _said(self.typed) != _said(self.start)


def current(engine: Engine, code: str, scenario: Scenario, lang: Language) -> Draft:
    """The municipality's table as it stands, what has just been typed included.

    As long as nothing is changed it follows the store and the estimate. scenario: says what is
    supposed where nothing has been entered.
    """
    draft = _followed(_drafts().get(code), code, lang)
    try:
        seen = services.held(kept.store(), code)
    except PlannerError:
        # whoever reads the scenario has told it; the table goes on with what was seen last
        seen = draft.seen if draft is not None else NOTHING_HELD
    if draft is None or not draft.changed:
        start = opened(engine, code, scenario, seen, lang)
        if draft is None or (draft.seen.items, draft.start) != (seen.items, start):
            draft = Draft(seen, start, start, start, _next())
    draft = replace(draft, seen=replace(seen, rows=draft.seen.rows, items=draft.seen.items))
    put(code, draft)
    return draft


def opened(
    engine: Engine, code: str, scenario: Scenario, seen: Held, lang: Language
) -> tuple[Line, ...]:
    """The lines to start from: the rows entered, or else those behind estimate or answers."""
    if seen.rows:
        pairs = zip(seen.rows, seen.items, strict=True)
        return tuple(line_of(row, lang, item.key) for row, item in pairs)
    return tuple(line_of(row, lang) for row in services.estimated_rows(engine, scenario, code))


def table_key(code: str, lang: Language, version: int) -> str:
    """The key of the table on the screen."""
    return f"capacity-{code}-{lang}-{version}"


def put(code: str, draft: Draft) -> None:
    """Keeps a table."""
    st.session_state[_DRAFTS] = {**_drafts(), code: draft}


def drop(code: str) -> None:
    """Gives up what was typed: the table is opened anew from the store or the estimate."""
    st.session_state[_DRAFTS] = {name: held for name, held in _drafts().items() if name != code}


def fill(code: str, draft: Draft, rows: Sequence[CapacityRow], lang: Language) -> None:
    """Puts rows, of a file, into the table in place of what stands there; nothing is saved."""
    lines = []
    for key, row in services.keyed(rows, draft.seen):
        before = next((line.row for line in draft.start if line.key == key and key), None)
        lines.append(replace(line_of(row, lang, key), row=before or row))
    put(code, replace(draft, base=tuple(lines), typed=tuple(lines), version=_next()))


def _followed(draft: Draft | None, code: str, lang: Language) -> Draft | None:
    """The table with what has been done on the screen since.

    Where it is not on the screen (another language, another page before), one that starts with all
    that had been typed.
    """
    if draft is None:
        return None
    state = st.session_state.get(table_key(code, lang, draft.version))
    if state is None:
        return replace(draft, base=draft.typed, version=_next())
    return replace(draft, typed=edited(draft.base, state))


def _said(lines: Sequence[Line]) -> list[object]:
    return [(line.key, dict(line.cells)) for line in lines if not line.blank]


def _drafts() -> dict[str, Draft]:
    drafts: dict[str, Draft] = st.session_state.get(_DRAFTS, {})
    return drafts


def _next() -> int:
    st.session_state[_VERSIONS] = int(st.session_state.get(_VERSIONS, 0)) + 1
    return int(st.session_state[_VERSIONS])


@dataclass(frozen=True)
class Form:
    """A small form beside the table. seen: what the store held when it was opened; value: as it
    stands in its fields."""

    seen: Held
    value: Any


def form(code: str, name: str, fresh: Held, of: Callable[[Held], Any], typed: Any | None) -> Form:
    """A form as it stands; as long as nothing is changed it follows the store.

    of: what the form shows of what is held; typed: what stands in its fields, None where they are
    not on the screen.
    """
    held = _forms().get((code, name))
    if held is not None:
        held = Form(held.seen, held.value if typed is None else typed)
    if held is None or held.value == of(held.seen):
        held = Form(fresh, of(fresh))
    st.session_state[_FORMS] = {**_forms(), (code, name): held}
    return held


def drop_form(code: str, name: str) -> None:
    """Gives up what was typed into a form, in any language: it is opened anew from the store."""
    st.session_state[_FORMS] = {
        key: form
        for key, form in _forms().items()
        if key[0] != code or key[1].partition("-")[0] != name
    }


def _forms() -> dict[Any, Form]:
    forms: dict[Any, Form] = st.session_state.get(_FORMS, {})
    return forms
