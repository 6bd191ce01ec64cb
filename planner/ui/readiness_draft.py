"""Answers that are being given: kept for the session, whatever becomes of the store.

What stands in the fields is taken over at the start of every run, so that a change of page or of
language, or a save that fails, loses nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import streamlit as st

from planner.readiness import NONE, UNKNOWN, Given, Held, Question, as_given
from planner.store import ConflictError, Stored

_KEY: Final = "planner_readiness"


@dataclass(frozen=True)
class Draft:
    """A municipality's answers in this session.

    base: those that were read or saved last, and seen: the item behind them, None where there was
    none; conflict: that the last attempt to save met.
    """

    given: Given = field(default_factory=dict)
    base: Given = field(default_factory=dict)
    seen: Stored | None = None
    conflict: ConflictError | None = None

    @property
    def changed(self) -> bool:
        """Whether there is anything that has not been saved."""
        return _alike(self.given) != _alike(self.base)


def _alike(given: Given) -> dict[str, frozenset[str]]:
    return {question: frozenset(codes) for question, codes in given.items() if codes}


def draft(code: str) -> Draft:
    """What this session holds of a municipality."""
    return _drafts().get(code, Draft())


def put(code: str, changed: Draft) -> None:
    """Keeps a municipality's answers."""
    _drafts()[code] = changed


def take_over(code: str, asked: Sequence[Question]) -> None:
    """Takes what stands in the fields into the draft."""
    held = draft(code)
    given = dict(held.given)
    for question in asked:
        codes = _typed(code, question)
        if codes is not None:
            given[question.id] = codes
    put(code, replace(held, given={name: codes for name, codes in given.items() if codes}))


def follow(code: str, stored: Held | None) -> None:
    """Shows what the store holds, unless something has been changed here and not been saved."""
    held = draft(code)
    item = None if stored is None else stored.item
    if held.seen == item or held.changed:
        return
    replace_by(code, as_given(None if stored is None else stored.record), item)


def replace_by(code: str, given: Given, seen: Stored | None) -> None:
    """Puts other answers in place of those in the fields."""
    for key in [key for key in st.session_state if str(key).startswith(_prefix(code))]:
        del st.session_state[key]
    put(code, Draft(given, given, seen))


def fill(code: str, asked: Sequence[Question]) -> None:
    """Puts the draft into fields that are new, or that a change of page has emptied."""
    given = draft(code).given
    for question in asked:
        codes = given.get(question.id, ())
        if question.choices:
            for choice in question.codes:
                _default(choice_key(code, question.id, choice), choice in codes)
        else:
            known = [each for each in codes if each in (*question.codes, UNKNOWN)]
            _default(field_key(code, question.id), known[0] if known else None)


def ticked(code: str, question: Question, choice: str) -> None:
    """Lets "none of these" and the others exclude each other."""
    if not st.session_state[choice_key(code, question.id, choice)]:
        return
    for other in question.codes:
        if (other == NONE) != (choice == NONE):
            st.session_state[choice_key(code, question.id, other)] = False


def field_key(code: str, question: str) -> str:
    """The key of the field of a question."""
    return f"{_prefix(code)}{question}"


def choice_key(code: str, question: str, choice: str) -> str:
    """The key of the box of one of a question's choices."""
    return f"{_prefix(code)}{question}-{choice}"


def _prefix(code: str) -> str:
    return f"readiness-{code}-"


def _typed(code: str, question: Question) -> tuple[str, ...] | None:
    """What stands in a question's fields; None where they aren't there."""
    if not question.choices:
        key = field_key(code, question.id)
        if key not in st.session_state:
            return None
        picked = st.session_state[key]
        return (picked,) if picked else ()
    keys = {choice: choice_key(code, question.id, choice) for choice in question.codes}
    if any(key not in st.session_state for key in keys.values()):
        return None
    return tuple(choice for choice, key in keys.items() if st.session_state[key])


def _default(key: str, value: str | bool | None) -> None:
    if key not in st.session_state:
        st.session_state[key] = value


def _drafts() -> dict[str, Draft]:
    drafts: dict[str, Draft] = st.session_state.setdefault(_KEY, {})
    return drafts
