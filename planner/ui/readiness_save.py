"""Saving the answers of the self-assessment: signed, and never over somebody else's."""

from __future__ import annotations

import datetime as dt
import html
from dataclasses import replace

import streamlit as st

from planner import readiness
from planner.readiness import Given, Questionnaire, as_given, as_record
from planner.records import Readiness
from planner.snapshot import Municipality
from planner.store import Conflict, ConflictError, Content, Stored, from_content, to_content
from planner.ui import (
    blocks,
    conflict,
    kept,
    readiness_draft,
    readiness_form,
    readiness_profile,
    readiness_rows,
)
from planner.ui.readiness_draft import Draft
from planner.ui.shell import Frame

_SAID = "planner_readiness_saved"
ANCHOR = "save"


def status(page: Frame, code: str) -> None:
    """One line: whether the answers are saved, by whom, or where to save them."""
    held, texts = readiness_draft.draft(code), page.texts
    if held.changed:
        said, go, anchor = texts("readiness.unsaved"), texts("readiness.unsaved.go"), ANCHOR
    else:
        said, go, anchor = _saved(page, held), texts("readiness.change"), readiness_form.ANCHOR
    link = f'<a href="#{anchor}">{html.escape(go)}</a>'
    st.html(f'<p class="planner-paragraph">{html.escape(said)} {link}</p>')


def _saved(page: Frame, held: Draft) -> str:
    if held.seen is None:
        return page.texts("readiness.saved.none")
    return page.texts("readiness.saved.by", time=held.seen.time, author=held.seen.author)


def draw(page: Frame, questions: Questionnaire, place: Municipality, today: dt.date) -> None:
    """The name, the button, what became of it; both versions where somebody else was faster.

    PlannerError where the store can't do its part: the answers stay where they are.
    """
    texts, code = page.texts, place.code
    st.header(texts("readiness.save.title"), anchor=ANCHOR)
    held = readiness_draft.draft(code)
    if held.conflict is None:
        blocks.note(_saved(page, held))
    name, button = st.columns([3, 2], vertical_alignment="bottom")
    with name:
        author = kept.author_field(page)
    with button:
        pressed = st.button(
            texts("readiness.save"),
            key="readiness-save",
            type="primary",
            disabled=not held.given,
        )
    if st.session_state.pop(_SAID, None) == code:
        go = f"[{texts('readiness.saved.go')}](#{readiness_profile.ANCHOR})"
        st.success(f"{texts('readiness.saved')} {go}")
    elif held.changed:
        blocks.note(texts("readiness.unsaved"))
    record = as_record(questions, held.given, today)
    if pressed:
        _save(code, record, author, held.seen)
    if held.conflict is not None:
        _resolve(page, questions, place, record, author, held.conflict)


def _save(code: str, record: Readiness, author: str, seen: Stored | None) -> None:
    """Saves, or keeps the conflict for the reader to settle, and shows the page anew."""
    held = readiness_draft.draft(code)
    try:
        # what has not been changed keeps the day on which it was answered
        if held.changed or seen is None:
            seen = readiness.save(kept.store(), code, record, author, seen).item
    except ConflictError as error:
        readiness_draft.put(code, replace(held, conflict=error))
    else:
        readiness_draft.put(code, Draft(held.given, held.given, seen))
        st.session_state[_SAID] = code
    st.rerun()


def _resolve(
    page: Frame,
    questions: Questionnaire,
    place: Municipality,
    record: Readiness,
    author: str,
    error: ConflictError,
) -> None:
    """Shows both versions and carries out what the reader wants."""
    theirs = error.theirs
    both = as_given(record), _given(None if theirs.deleted else theirs.content)
    asked = [q for q in questions.asked_in(place) if _differ(q.id, *both)]

    def describe(content: Content | None) -> list[tuple[str, str]]:
        return readiness_rows.answers(asked, _given(content), page.texts)

    # what is picked meanwhile belongs to the reader's version
    now = ConflictError(error.code, [Conflict(to_content(record), theirs)])
    wanted = conflict.show(page, now, describe, key="readiness")
    if wanted == "mine":
        _save(place.code, record, author, theirs)
    elif wanted == "theirs":
        taken = None if theirs.deleted else theirs
        readiness_draft.replace_by(place.code, _given(taken.content if taken else None), taken)
        st.rerun()


def _differ(question: str, mine: Given, theirs: Given) -> bool:
    return set(mine.get(question, ())) != set(theirs.get(question, ()))


def _given(content: Content | None) -> Given:
    return as_given(None if content is None else from_content(Readiness, content))
