"""Saving what the capacity page holds: who saves, what came in between, the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from planner import services
from planner.errors import PlannerError
from planner.scenario import Scenario
from planner.services import Held
from planner.store import ConflictError
from planner.ui import capacity_draft, capacity_words, conflict, kept, shell
from planner.ui.capacity_draft import Draft
from planner.ui.capacity_lines import Read
from planner.ui.shell import Frame

_CONFLICTS: Final = "planner_capacity_conflicts"
_SAID: Final = "planner_capacity_said"

Act = Callable[[Held], object]  # a change of what the store held when somebody looked


@dataclass(frozen=True)
class Clash:
    """A change that somebody else was faster with. seen: what the store held when it was told."""

    error: ConflictError
    seen: Held


@dataclass(frozen=True)
class Table:
    """A municipality's table: what was typed, what it says, and the scenario it belongs to."""

    code: str
    draft: Draft
    read: Read
    scenario: Scenario


def bar(page: Frame, table: Table) -> None:
    """The name of who saves, the button to save, the button to give the changes up."""
    texts = page.texts
    who, save, undo = st.columns([4, 3, 3], vertical_alignment="bottom")
    with who:
        kept.author_field(page)
    with save:
        pressed = st.button(texts("capacity.save"), key="capacity-save", type="primary")
    with undo:
        if table.draft.changed:
            st.button(
                texts("capacity.discard"),
                key="capacity-discard",
                on_click=_give_up,
                args=(table.code,),
            )
    if pressed and table.read.faults:
        lines = capacity_words.listed(table.read.left_out)
        st.error(texts.count("capacity.not_saved", len(table.read.left_out), lines=lines))
        pressed = False
    attempt(page, table.code, "saved", table.draft.seen, _saving(table), pressed)


def _saving(table: Table) -> Act:
    """What keeps the table's lines: as changes of those that are still there, as new ones else."""

    def save(seen: Held) -> None:
        if table.read.faults:  # a line may have gone wrong since both versions were shown
            raise table.read.faults[0].error
        there = {item.key for item in seen.items}
        rows = [(line.key if line.key in there else None, row) for _, line, row in table.read.rows]
        start = table.scenario.start
        services.save(kept.store(), table.code, rows, seen, kept.author(), start)

    return save


def back(page: Frame, table: Table) -> None:
    """The way back to the estimate, asked for once more before it is gone."""
    texts, code = page.texts, table.code
    if not table.draft.seen.rows:
        return
    with st.popover(texts("capacity.back"), key="capacity-back"):
        st.markdown(texts.count("capacity.back.text", len(table.draft.seen.rows)))
        pressed = st.button(texts("capacity.back.confirm"), key="capacity-back-confirm")

    def clear(seen: Held) -> None:
        services.clear(kept.store(), code, seen, kept.author())

    attempt(page, code, "back", table.draft.seen, clear, pressed)


def attempt(page: Frame, code: str, what: str, seen: Held, act: Act, pressed: bool) -> None:
    """Carries a change out once its button is pressed, and says how it went.

    Where somebody was faster, both versions stand here until the reader has chosen one. what: names
    the change, as in the texts "capacity.done.…".
    """
    clash = _conflicts().get((code, what))
    if pressed:
        _carry_out(page, code, what, act, seen)
    elif clash is not None:
        _tell_only_mine(page, clash.error)
        wanted = conflict.show(page, clash.error, _describer(page, clash.error), key=what)
        if wanted == "theirs":
            _finish(code, what, "theirs")
        elif wanted == "mine":
            with shell.guard(page):
                # not what is there by now: a third one's change must be seen first
                _carry_out(page, code, what, act, clash.seen)


def _tell_only_mine(page: Frame, error: ConflictError) -> None:
    """New rows that stand against nothing of the other's version."""
    if isinstance(error, services.RowsConflictError) and error.only_mine:
        rows = [capacity_words.summary(row, page.texts) for row in error.only_mine]
        st.info(page.texts.count("capacity.only_mine", len(rows), rows="; ".join(rows)))


def _carry_out(page: Frame, code: str, what: str, act: Act, seen: Held) -> None:
    try:
        # before the change is tried: what comes in between is a conflict of its own
        fresh = services.held(kept.store(), code)
        with st.spinner(page.texts("capacity.saving")):  # a locked database makes it wait
            act(seen)
    except ConflictError as error:
        _put_conflict(code, what, Clash(error, fresh))
        st.rerun()
    except PlannerError as error:
        shell.tell(error, page.texts)
        return
    _finish(code, what, what)


def _finish(code: str, what: str, done: str) -> None:
    """Opens what was saved anew from the store and says what was done."""
    _put_conflict(code, what, None)
    if what in ("saved", "back"):
        capacity_draft.drop(code)
    else:
        capacity_draft.drop_form(code, what)
    st.session_state[_SAID] = f"capacity.done.{done}"
    st.rerun()


def said(page: Frame) -> None:
    """What has just been done, once."""
    text_id = st.session_state.pop(_SAID, None)
    if text_id is not None:
        st.success(page.texts(text_id))


def _describer(page: Frame, error: ConflictError) -> conflict.Describe:
    kind = error.theirs.kind
    return lambda content: capacity_words.describe(content, kind, page.texts, page.fmt)


def _give_up(code: str) -> None:
    _put_conflict(code, "saved", None)
    capacity_draft.drop(code)


def _conflicts() -> dict[Any, Clash]:
    found: dict[Any, Clash] = st.session_state.get(_CONFLICTS, {})
    return found


def _put_conflict(code: str, what: str, clash: Clash | None) -> None:
    rest = {key: other for key, other in _conflicts().items() if key != (code, what)}
    st.session_state[_CONFLICTS] = rest if clash is None else {**rest, (code, what): clash}
