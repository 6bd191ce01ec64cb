"""Changes made by hand: move, lock, cancel, reword, add a session; keep a time free; plan again."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from planner.export.session_words import described, titled
from planner.sessions import KINDS, Difference, Draft, Session
from planner.sessions.by_hand import made, within
from planner.sessions.draft import added, cancelled, forbidden, locked, moved, worded
from planner.sessions.labels import LANGUAGES, THEMES
from planner.ui import blocks, folds, sessions_state, sessions_words, shell
from planner.ui.fields import set_address, typed
from planner.ui.format import parse_clock, parse_date
from planner.ui.sessions_request import ALL, venue_names
from planner.ui.sessions_state import SETTINGS, Asked, Held
from planner.ui.shell import Frame

NONE: Final = ""
LONGEST: Final = 400  # letters of a description
TIMES: Final = (("day", "day", 10), ("start", "from", 5), ("end", "to", 5))  # text, key, letters

Change = Callable[[Draft], Draft]


def draw(page: Frame, asked: Asked, held: Held, shown: Sequence[Session]) -> None:
    """The session to change, picked from those shown, and what can be done with it."""
    texts = page.texts
    st.header(texts("sessions.edit.title"), anchor="edit")
    names = venue_names(page, asked, held.plan)
    choices = {one.uid: _label(page, held, one, names) for one in shown}
    uid = st.selectbox(
        texts("sessions.edit.which"),
        [NONE, *choices],
        format_func=lambda code: choices.get(code, texts("sessions.edit.choose")),
        key=f"session-{asked.code}",
    )
    one = next((one for one in held.draft.sessions if one.uid == uid), None)
    _told(page, held)
    if one is not None:
        _move(page, asked, held, one)
        _buttons(page, asked, one)
        _words(page, asked, held, one)
    again(page, asked, held)


def again(page: Frame, asked: Asked, held: Held) -> None:
    """Planning anew around what is locked, and the way back."""
    texts = page.texts
    with st.container(horizontal=True):
        if st.button(texts("sessions.edit.again"), key="sessions-again"):
            sessions_state.plan_again(asked)
            st.rerun()
        if held.before:
            st.button(
                texts("sessions.edit.undo"), key="sessions-undo", on_click=_undo, args=(page, asked)
            )
    if held.difference is not None:
        blocks.paragraph(_differs(page, held.difference))


def _undo(page: Frame, asked: Asked) -> None:
    with shell.guard(page):
        sessions_state.undo(asked)
        say(asked)


def say(asked: Asked) -> None:
    """Lets the address say what the calendar at hand was planned for."""
    set_address(*SETTINGS, **sessions_state.said(asked))


def _differs(page: Frame, found: Difference) -> str:
    """What planning again has changed, in one sentence."""
    texts = page.texts
    if not found:
        return texts("sessions.edit.same")
    counts = {"added": found.added, "removed": found.removed, "changed": found.changed}
    parts = [
        texts.count(f"sessions.edit.differs.{name}", len(sessions))
        for name, sessions in counts.items()
        if sessions
    ]
    return texts("sessions.edit.differs", parts=parts)


def _label(page: Frame, held: Held, one: Session, names: dict[str, str]) -> str:
    return page.texts(
        "sessions.edit.one",
        day=page.fmt.weekday(one.day),
        time=page.fmt.clock(one.start),
        place=names.get(one.venue, one.venue),
        title=titled(one, held.draft.words, page.texts),
    )


def _told(page: Frame, held: Held) -> None:
    """What is doubtful about the last change."""
    if held.doubts is None:
        return
    one, doubts = held.doubts
    when = page.texts(
        "sessions.edit.when", day=page.fmt.weekday(one.day), time=page.fmt.clock(one.start)
    )
    for told in sessions_words.doubts(doubts, page.texts):
        st.warning(f"{when}: {told}")


def _change(asked: Asked, make: Change, uid: str | None = None) -> None:
    sessions_state.change(asked, make, uid)
    st.rerun()


def _move(page: Frame, asked: Asked, held: Held, one: Session) -> None:
    """Another day, time or venue."""
    texts, names = page.texts, venue_names(page, asked, held.plan)
    with st.form(f"move-{one.uid}-{one.sequence}", border=False):
        columns = st.columns([2, 2, 4, 2], vertical_alignment="bottom")
        with columns[0]:
            day = st.text_input(texts("sessions.edit.day"), typed(page, one.day), max_chars=10)
        with columns[1]:
            start = st.text_input(
                texts("sessions.edit.start"), page.fmt.clock(one.start), max_chars=5
            )
        with columns[2]:
            venue = st.selectbox(
                texts("sessions.edit.venue"),
                list(names),
                index=list(names).index(one.venue) if one.venue in names else None,
                format_func=lambda code: names.get(code, code),
            )
        with columns[3]:
            pressed = st.form_submit_button(texts("sessions.edit.move"), type="primary")
    if pressed:
        with shell.guard(page):
            where = within(held.plan, parse_date(day)), parse_clock(start)
            _change(asked, lambda old: moved(old, one.uid, *where, venue or one.venue), one.uid)


def _buttons(page: Frame, asked: Asked, one: Session) -> None:
    """Lock or unlock, cancel."""
    texts = page.texts
    with st.container(horizontal=True):
        lock = texts("sessions.edit.unlock" if one.locked else "sessions.edit.lock")
        if st.button(lock, key="session-lock"):
            _change(asked, lambda old: locked(old, one.uid, not one.locked))
        if st.button(texts("sessions.edit.cancel"), key="session-cancel"):
            _change(asked, lambda old: cancelled(old, one.uid))
    blocks.note(texts("sessions.edit.lock.note"))


def _words(page: Frame, asked: Asked, held: Held, one: Session) -> None:
    """Title and description as they are published in the page's language."""
    texts, words = page.texts, held.draft.words
    now = titled(one, words, texts), described(one, words, texts)
    with st.form(f"words-{one.uid}-{page.lang}", border=False):
        title = st.text_input(texts("sessions.edit.words.title"), now[0], max_chars=120)
        said = st.text_area(
            texts("sessions.edit.words.text"),
            now[1],
            max_chars=LONGEST,
            height=80,
        )
        pressed = st.form_submit_button(texts("sessions.edit.words.save"))
    if pressed and (title.strip(), said.strip()) != now:
        with shell.guard(page):
            put = functools.partial(
                worded, uid=one.uid, lang=page.lang, title=title.strip(), description=said.strip()
            )
            _change(asked, put)


def more(page: Frame, asked: Asked, held: Held) -> None:
    """A session of one's own, and a time to keep free."""
    with folds.fold(page.texts("sessions.edit.own"), "sessions-own") as opened:
        if opened:
            _add(page, asked, held)
            _forbid(page, asked, held)


def _add(page: Frame, asked: Asked, held: Held) -> None:
    texts, names = page.texts, venue_names(page, asked, held.plan)
    st.subheader(texts("sessions.edit.add"), anchor=False)
    with st.form("session-add", border=False):
        first, second = st.columns(4), st.columns(4, vertical_alignment="bottom")
        with first[0]:
            venue = _select(page, "venue", list(names), names.get)
        with first[1]:
            kind = _select(page, "kind", KINDS, lambda code: texts(f"sessions.kind.{code}"))
        with first[2]:
            theme = _select(
                page, "theme", THEMES, lambda code: texts(f"sessions.theme.{code}.title")
            )
        with first[3]:
            language = _select(
                page, "language", LANGUAGES, lambda code: texts(f"sessions.language.{code}")
            )
        day, start, end = _time_fields(page, "session-add", second)
        with second[3]:
            pressed = st.form_submit_button(texts("sessions.edit.add.send"))
    if pressed:
        with shell.guard(page):
            times = within(held.plan, parse_date(day)), parse_clock(start), parse_clock(end)
            one = made(
                asked.engine, asked.scenario, held.plan, venue, kind, theme, language, *times
            )
            _change(asked, lambda old: added(old, one), one.uid)


def _time_fields(page: Frame, key: str, columns: Sequence[DeltaGenerator]) -> tuple[str, str, str]:
    """The fields of a day, a start and an end, each in its column, and what stands in them."""
    typed = [
        column.text_input(
            page.texts(f"sessions.edit.{name}"), key=f"{key}-{part}", max_chars=longest
        )
        for column, (name, part, longest) in zip(columns, TIMES, strict=False)
    ]
    day, start, end = (text or "" for text in typed)
    return day, start, end


def _select(page: Frame, name: str, codes: Sequence[str], word: Callable[[str], str | None]) -> str:
    picked = st.selectbox(
        page.texts(f"sessions.edit.{name}"),
        list(codes),
        format_func=lambda code: word(code) or code,
        key=f"session-add-{name}",
    )
    return picked or codes[0]


def _forbid(page: Frame, asked: Asked, held: Held) -> None:
    texts = page.texts
    names = {ALL: texts("sessions.page.everywhere"), **venue_names(page, asked, held.plan)}
    st.subheader(texts("sessions.edit.forbid"), anchor=False)
    with st.form("session-forbid", border=False):
        columns = st.columns([4, 2, 2, 2, 2], vertical_alignment="bottom")
        with columns[0]:
            venue = st.selectbox(
                texts("sessions.edit.venue"),
                list(names),
                format_func=lambda code: names.get(code, code),
                key="forbid-venue",
            )
        day, start, end = _time_fields(page, "forbid", columns[1:])
        with columns[4]:
            pressed = st.form_submit_button(texts("sessions.edit.forbid.send"))
    if pressed:
        with shell.guard(page):
            times = within(held.plan, parse_date(day)), parse_clock(start), parse_clock(end)
            _change(asked, lambda old: forbidden(old, venue or None, *times))
