"""Saving a calendar for everybody: who saves, and both versions where somebody was faster."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from planner.errors import PlannerError
from planner.records import SavedPlan
from planner.sessions import Draft
from planner.sessions.draft import from_json, to_json
from planner.store import ConflictError, Content, Stored, from_content, to_content
from planner.ui import blocks, conflict, kept, sessions_edit, sessions_state
from planner.ui.sessions_state import KIND, Asked, Held
from planner.ui.shell import Frame

KEY: Final = "sessions"
_CONFLICT: Final = "planner_sessions_conflict"
_SAID: Final = "planner_sessions_saved"


def draw(page: Frame, asked: Asked, held: Held) -> None:
    """The name, the button, what became of it.

    PlannerError where the store can't do its part: the calendar stays as it is.
    """
    texts = page.texts
    name, button = st.columns([3, 3], vertical_alignment="bottom")
    with name:
        author = kept.author_field(page)
    with button:
        pressed = st.button(
            texts("sessions.keep.save"), key="sessions-save", disabled=not held.changed
        )
    if st.session_state.pop(_SAID, None) == asked.code:
        st.success(texts("sessions.keep.saved"))
    elif held.changed:
        blocks.note(texts("sessions.keep.unsaved"))
    elif held.seen is not None:
        blocks.note(texts("sessions.keep.by", author=held.seen.author, time=held.seen.time))
    if pressed:
        _save(page, asked, held, author, held.seen)
    clash = st.session_state.get(_CONFLICT)
    if clash is not None and clash[0] == asked.code:
        _resolve(page, asked, held, author, clash[1])


def _save(page: Frame, asked: Asked, held: Held, author: str, seen: Stored | None) -> None:
    place = asked.engine.snapshot.municipalities[asked.engine.snapshot.index(asked.code)]
    draft = replace(held.draft, gone=held.gone)
    content = to_content(SavedPlan(place.name(page.lang), KIND, to_json(draft)))
    revision = 0 if seen is None else seen.revision
    try:
        item = kept.store().save("plan", asked.code, content, author, KEY, revision)
    except ConflictError as error:
        st.session_state[_CONFLICT] = asked.code, error
    else:
        sessions_state.put(asked.code, replace(held, draft=draft, seen=item, base=draft))
        st.session_state[_SAID] = asked.code
        st.session_state.pop(_CONFLICT, None)
    st.rerun()


def _resolve(page: Frame, asked: Asked, held: Held, author: str, error: ConflictError) -> None:
    """Shows both versions and carries out what the reader wants."""
    theirs = error.theirs

    def describe(content: Content | None) -> list[tuple[str, str]]:
        if content is None:
            return []
        draft = _draft(content)
        if draft is None:
            return [(page.texts("sessions.keep.state"), page.texts("sessions.keep.unreadable"))]
        return _described(page, draft)

    wanted = conflict.show(page, error, describe, key="sessions")
    if wanted == "mine":
        _save(page, asked, held, author, theirs)
    elif wanted == "theirs":
        st.session_state.pop(_CONFLICT, None)
        sessions_state.drop(asked.code)
        sessions_edit.say(asked)
        st.rerun()


def _draft(content: Content) -> Draft | None:
    """The draft of a stored plan, None where it can't be read."""
    try:
        return from_json(from_content(SavedPlan, content).plan)
    except PlannerError:
        return None


def _described(page: Frame, draft: Draft) -> list[tuple[str, str]]:
    """A calendar in a few lines, for who must choose between two."""
    texts, fmt = page.texts, page.fmt
    request, sessions = draft.request, draft.sessions
    told = {
        "first": "–" if request.first is None else fmt.date(request.first),
        "weeks": fmt.whole(request.weeks),
        "hours": "–" if request.staff_hours is None else fmt.decimal(request.staff_hours),
        "preset": texts(f"sessions.page.preset.{request.preset}"),
        "sessions": fmt.whole(len(sessions)),
        "locked": fmt.whole(sum(one.locked for one in sessions)),
        "next": "–" if not sessions else fmt.date(sessions[0].day),
        "last": "–" if not sessions else fmt.date(sessions[-1].day),
    }
    return [(texts(f"sessions.keep.{name}"), value) for name, value in told.items()]
