"""Page: what has been entered for a municipality, by whom and when, and the way back."""

import streamlit as st

from planner.engine import load_engine
from planner.records import COUNTRY
from planner.store import Change, ConflictError
from planner.ui import blocks, controls, fields, history_rows, kept, shell

SHOWN = 50
_OLDER = "history_more"
_SAID = "history_said"


def changes(page: shell.Frame, code: str, name: str) -> None:
    """The table of changes and what can be undone."""
    texts = page.texts
    limit = SHOWN * (1 + int(st.session_state.get(_OLDER, 0)))
    found = kept.store().history(code, limit=limit + 1)
    shown = found[:limit]
    if not shown:
        none = texts("history.none.country")
        blocks.paragraph(none if code == COUNTRY else texts("history.none", place=name))
        return
    undo(page, code, shown)
    rows = [history_rows.row(change, texts, page.fmt) for change in shown]
    caption = texts("history.caption", place=name)
    blocks.table(history_rows.heads(texts), rows, caption=caption, texts=4, whole=True)
    if len(found) > limit:
        st.button(texts("history.older"), on_click=_older)


def undo(page: shell.Frame, code: str, shown: list[Change]) -> None:
    """The form that takes a change back."""
    texts = page.texts
    said = st.session_state.pop(_SAID, None)
    if said is not None:
        st.success(said)
    st.header(texts("history.undo.title"))
    blocks.note(texts("history.undo.help"))
    by_number = {change.number: change for change in shown}
    which, who, do = st.columns([5, 3, 2], vertical_alignment="bottom")
    with which:
        number = st.selectbox(
            texts("history.undo.which"),
            list(by_number),
            format_func=lambda n: (
                f"{n}. {history_rows.told(by_number[n], texts, page.fmt)}"
                if n in by_number
                else str(n)
            ),
            key=f"undo-{code}",
        )
    with who:
        author = kept.author_field(page)
    with do:
        pressed = st.button(texts("history.undo.button", number=number), key="undo-do")
    if pressed and number is not None:
        _undone(page, code, number, author)


def _undone(page: shell.Frame, code: str, number: int, author: str) -> None:
    try:
        change = kept.store().undo(code, number, author)
    except ConflictError as error:
        shell.tell(error, page.texts)
        return
    done = "history.undo.done" if change else "history.undo.nothing"
    st.session_state[_SAID] = page.texts(done, number=number)
    st.rerun()


def _older() -> None:
    st.session_state[_OLDER] = int(st.session_state.get(_OLDER, 0)) + 1


page = shell.open("history")
with shell.guard(page):
    engine = load_engine()
    fields.begin(page)
    place = controls.chosen_place(page, engine)
    name, box = st.columns([3, 3], vertical_alignment="bottom")
    with name:
        st.title(page.texts("history.title"))
    with box:
        controls.municipality_box(page, engine, place)
    with shell.guard(page):
        if place is None:
            blocks.note(page.texts("history.choose"))
            changes(page, COUNTRY, page.texts("history.country"))
        else:
            changes(page, place.code, place.name(page.lang))
    blocks.note(page.texts("history.place", place=kept.store().place), wide=True)
shell.close(page)
