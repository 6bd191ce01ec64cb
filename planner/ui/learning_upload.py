"""Bringing logs along: upload, what was found in the file, the reader's word, what is in use."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from planner import uploads
from planner.engine import Engine
from planner.errors import PlannerError
from planner.ui import blocks, kept, kept_logs, learning_found, learning_rows, shelf, shell
from planner.ui.learning_found import Found
from planner.ui.shelf import Logs, Pending, TallyFile, UserLog, VisitLog
from planner.ui.shell import Frame
from planner.uploads import Problem
from planner.uploads.writing import Form, Kind

KINDS: tuple[Kind, ...] = ("visits", "users")
FORMS: dict[Form, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}


@dataclass(frozen=True)
class Bounds:
    """What a log may speak of: the weeks of the forecast, and nothing after today."""

    first: dt.date
    last: dt.date
    today: dt.date


def section(page: Frame, engine: Engine, bounds: Bounds) -> None:
    """Both kinds of logs side by side: upload, check, confirm, take out of use."""
    texts = page.texts
    st.header(texts("learning.logs"), anchor="logs")
    blocks.note(texts("learning.kept"))
    if shelf.logs() != Logs() and not shelf.logs().simulated:
        kept.author_field(page, "author-logs")
    for column, kind in zip(st.columns(2), KINDS, strict=True):
        with column, shell.guard(page):
            st.subheader(texts(f"learning.{kind}.title"))
            in_use(page, engine, kind)
            upload(page, engine, kind, bounds)
    if shelf.shelf().logs_before is not None:
        st.button(texts("learning.undo"), key="logs-undo", on_click=shelf.undo_logs)


def in_use(page: Frame, engine: Engine, kind: Kind) -> None:
    """What is in use, with its file and a button that takes it out again."""
    texts = page.texts
    log = getattr(shelf.logs(), kind)
    if log is None:
        blocks.note(texts(f"learning.{kind}.none"))
        return
    if log.simulated:
        st.warning(texts("learning.simulated.log"), icon=":material/science:")
    blocks.paragraph(learning_rows.in_use(log, texts, page.fmt))
    if keepable(kind):
        keep(page, kind)
    elif not log.simulated:
        blocks.note(texts("keep.kept"))
        take_out(page, engine, kind)
    download, remove = st.columns(2)
    with download:
        st.download_button(
            texts("learning.log.download"),
            learning_rows.log_file(log),
            file_name=learning_rows.file_name(f"learning.{kind}.file", log.simulated, texts),
            mime="text/csv",
            key=f"{kind}-download",
        )
    with remove:
        st.button(
            texts("learning.remove"),
            key=f"{kind}-remove",
            on_click=functools.partial(_remove, kind),
        )


def keepable(kind: Kind) -> bool:
    """Whether the log in use is real and not in the store yet."""
    log = getattr(shelf.logs(), kind)
    return log is not None and not log.simulated and not kept_logs.same(kind, log.rows)


def keep(page: Frame, kind: Kind) -> None:
    """The button that keeps a log for everybody, and the one that goes back to what is kept."""
    texts, log = page.texts, getattr(shelf.logs(), kind)
    blocks.note(texts("keep.not_yet"))
    if others := kept_logs.replaced(kind, log.rows):
        st.warning(texts.count("keep.replaces", others))
    with st.container(horizontal=True):
        if st.button(texts("keep.button"), key=f"{kind}-keep"):
            kept_logs.save_log(kind, log.name, log.rows)
            st.rerun()
        if kept_logs.log(kind) is not None:
            st.button(texts("keep.back"), key=f"{kind}-back", on_click=shelf.use_stored)


def take_out(page: Frame, engine: Engine, kind: Kind) -> None:
    """The button that takes the chosen municipality's part of a log out of the store."""
    raw, log = page.state.raw("kunta"), kept_logs.log(kind)
    if raw is None or log is None:
        return
    place = engine.snapshot.municipalities[engine.snapshot.index(raw)]
    if not any(row.municipality == place.code for row in log.rows):
        return
    label = page.texts("keep.take_out", place=place.name(page.lang))
    if st.button(label, key=f"{kind}-take-out"):
        if not kept.author():
            raise PlannerError("error.store.no_author")
        kept_logs.remove_log(kind, place.code)
        st.rerun()


def upload(page: Frame, engine: Engine, kind: Kind, bounds: Bounds) -> None:
    """The upload, what the file must contain, its template; below, what was found in a file."""
    texts = page.texts
    key = f"{kind}-file-{st.session_state.get(_counter(kind), 0)}"
    st.file_uploader(
        texts(f"learning.{kind}.upload"),
        key=key,
        on_change=_read,
        args=(page, engine, kind, bounds, key),
    )
    pending = shelf.shelf().pending.get(kind)
    decide = functools.partial(_confirm, kind), functools.partial(_cancel, kind)
    if pending is not None and not isinstance(pending.log, TallyFile):
        log = pending.log
        said = learning_rows.read(log, texts, page.fmt) if log.rows else None
        learning_found.found(page, kind, Found(log.name, len(log.rows), said, pending), decide)
    with st.expander(texts(f"learning.{kind}.columns")):
        st.markdown(texts(f"learning.{kind}.columns.text"))
        for form, mime in FORMS.items():
            st.download_button(
                texts(f"learning.template.{form}"),
                uploads.template(kind, form, page.lang),
                file_name=f"{texts(f'learning.{kind}.file')}.{form}",
                mime=mime,
                key=f"{kind}-template-{form}",
            )


def _counter(kind: Kind) -> str:
    return f"planner_{kind}_uploads"


def _empty(kind: Kind) -> None:
    """Gives the upload a new key, which empties it."""
    st.session_state[_counter(kind)] = st.session_state.get(_counter(kind), 0) + 1


def _read(page: Frame, engine: Engine, kind: Kind, bounds: Bounds, key: str) -> None:
    """Reads a file once, when it comes; nothing of it counts before the reader confirms."""
    file = st.session_state.get(key)
    if file is None:
        shelf.put_pending(kind, None)
        return
    with shell.guard(page):
        shelf.put_pending(kind, reading(kind, file.getvalue(), file.name, engine, bounds))


def reading(kind: Kind, data: bytes, name: str, engine: Engine, bounds: Bounds) -> Pending:
    """What a file holds, ready to be confirmed; a file that can't be read has one mistake."""
    simulated = learning_rows.is_simulated(name)
    given = (data, name, engine.snapshot, bounds.first, bounds.last, bounds.today)
    log: VisitLog | UserLog
    try:
        if kind == "visits":
            visits = uploads.read_visits(*given)
            log = VisitLog(name, visits.rows, _left_out(visits.problems), simulated)
            return Pending(log, visits.problems, visits.notes)
        users = uploads.read_users(*given)
        log = UserLog(name, users.rows, _left_out(users.problems), simulated)
        return Pending(log, users.problems, users.notes)
    except PlannerError as error:
        log = VisitLog(name, ()) if kind == "visits" else UserLog(name, ())
        return Pending(log, (Problem(None, error),))


def _left_out(problems: Sequence[Problem]) -> int:
    return len(learning_rows.left_out(problems))


def _confirm(kind: Kind) -> None:
    shelf.confirm(kind)
    _empty(kind)


def _cancel(kind: Kind) -> None:
    shelf.put_pending(kind, None)
    _empty(kind)


def _remove(kind: Kind) -> None:
    held = shelf.logs()
    shelf.put_logs(Logs(None, held.users) if kind == "visits" else Logs(held.visits, None))
