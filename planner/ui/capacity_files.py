"""The capacity rows as files: out as they stand in the table, in after a look at what changes."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st

from planner import services
from planner.engine import Engine
from planner.errors import PlannerError
from planner.records import CapacityRow
from planner.services import Held, PartlyImportedError
from planner.services.preview import preview
from planner.ui import blocks, capacity_draft, capacity_words, kept, shell
from planner.ui.capacity_keep import Table
from planner.ui.shell import Frame
from planner.uploads import Problem, Reading

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FOUND: Final = "planner_capacity_file"
_COUNT: Final = "planner_capacity_files"
_LOOKED_AT: Final = "planner_capacity_looked_at"
MOST_SHOWN: Final = 50


@dataclass(frozen=True)
class Found:
    """A file that has been read and waits for the reader's word; nothing of it is stored yet."""

    name: str
    reading: Reading[CapacityRow]


def section(page: Frame, engine: Engine, table: Table) -> None:
    """Downloads of the table, the template, the upload."""
    texts = page.texts
    st.header(texts("capacity.files"), anchor="files")
    rows = tuple(table.read.sound)
    downloads(page, engine, table, rows)
    key = f"capacity-file-{st.session_state.get(_COUNT, 0)}"
    st.file_uploader(
        texts("capacity.upload"),
        key=key,
        type=["xlsx", "csv"],
        help=texts("capacity.upload.help"),
        on_change=_read,
        args=(page, engine, key),
    )
    found = st.session_state.get(_FOUND)
    if isinstance(found, Found):
        look(page, engine, table, found)


def downloads(page: Frame, engine: Engine, table: Table, rows: tuple[CapacityRow, ...]) -> None:
    """Buttons for the table's sound lines as XLSX and CSV, and for the template."""
    texts, lang, snapshot, code = page.texts, page.lang, engine.snapshot, table.code
    name = f"{texts('capacity.file.name')}-{code}"
    blank = texts("capacity.file.template")
    # made only when asked for: a workbook takes longer than the rest of the page
    files: list[tuple[str, Callable[[], bytes], str, str]] = [
        ("xlsx", lambda: services.write_xlsx(rows, snapshot, lang), f"{name}.xlsx", XLSX),
        ("csv", lambda: services.write_csv(rows, snapshot), f"{name}.csv", "text/csv"),
        ("template", lambda: services.template(snapshot, code, lang), f"{blank}.xlsx", XLSX),
    ]
    for column, (kind, make, file, mime) in zip(st.columns(3), files, strict=True):
        with column:
            st.download_button(
                texts(f"capacity.download.{kind}"),
                make,
                file_name=file,
                mime=mime,
                key=f"capacity-{kind}",
                on_click="ignore",
            )
    if table.draft.changed:
        blocks.note(texts("capacity.download.unsaved"))


def _read(page: Frame, engine: Engine, key: str) -> None:
    """Reads a file once, when it comes."""
    file = st.session_state.get(key)
    if file is None:
        st.session_state.pop(_FOUND, None)
        return
    with shell.guard(page):
        try:
            reading = services.read_rows(file.getvalue(), file.name, engine.snapshot)
        except PlannerError as error:
            reading = Reading((), (Problem(None, error),), ())
        st.session_state[_FOUND] = Found(file.name, reading)


def look(page: Frame, engine: Engine, table: Table, found: Found) -> None:
    """What a file holds and what it would change, with the reader's word on it."""
    texts, reading = page.texts, found.reading
    for note in reading.notes:
        st.info(shell.sentence(note, texts))
    if reading.problems:
        told = [_problem(problem, page) for problem in reading.problems[:MOST_SHOWN]]
        lead = texts.count("capacity.upload.problems", len(reading.problems))
        st.error("\n".join([lead, "", *(f"- {line}" for line in told)]))
    if not reading.rows or reading.problems:
        # a municipality would lose what the faulty rows say
        blocks.paragraph(texts("capacity.upload.nothing", name=found.name))
        st.button(texts("capacity.upload.cancel"), key="capacity-upload-cancel", on_click=_forget)
        return
    changes(page, engine, table, found)


def _problem(problem: Problem, page: Frame) -> str:
    what = shell.sentence(problem.error, page.texts)
    if problem.row is None:
        return what
    return page.texts("capacity.upload.problem", row=problem.row, what=what)


def changes(page: Frame, engine: Engine, table: Table, found: Found) -> None:
    """What the rows of a sound file would change, municipality by municipality."""
    texts, rows = page.texts, found.reading.rows
    codes = list(dict.fromkeys(row.municipality for row in rows))
    looked_at = services.held_of_all(kept.store(), codes)  # first: what comes later is a conflict
    changed = preview(kept.store(), engine, table.scenario, rows)
    heads = [texts(f"capacity.upload.{name}") for name in ("municipality", "before", "after")]
    shown = []
    for code in codes:
        place = _place(engine, code, page)
        said = changed.get(code)
        if said is None:
            shown.append([place, texts("capacity.upload.same"), texts("capacity.upload.same")])
        else:
            shown.append([place, *(_told(part, page) for part in said)])
    caption = texts("capacity.upload.caption", name=found.name)
    blocks.table(heads, shown[:MOST_SHOWN], caption=caption, texts=3)
    if len(shown) > MOST_SHOWN:
        blocks.note(texts("capacity.upload.more", number=len(shown) - MOST_SHOWN))
    only = codes == [table.code]
    yes, no = st.columns(2)
    with yes:
        if not changed:
            blocks.paragraph(texts("capacity.upload.no_change"))
        elif only:
            act = functools.partial(_take, table, rows, page)
            st.button(
                texts("capacity.upload.take"), key="capacity-take", type="primary", on_click=act
            )
        else:
            pressed = st.button(
                texts.count("capacity.upload.save", len(changed)),
                key="capacity-import",
                type="primary",
                on_click=_look,
                args=(looked_at,),
            )
            if pressed:
                _import(page, engine, table, rows)
    with no:
        st.button(texts("capacity.upload.cancel"), key="capacity-upload-cancel", on_click=_forget)


def _told(rows: Sequence[CapacityRow], page: Frame) -> str:
    return "; ".join(capacity_words.summary(row, page.texts) for row in rows)


def _look(looked_at: Mapping[str, Held]) -> None:
    """Keeps what the store held when the preview was shown that somebody has agreed to."""
    st.session_state[_LOOKED_AT] = looked_at


def _take(table: Table, rows: Sequence[CapacityRow], page: Frame) -> None:
    """Puts the rows into the table, where their effect shows; saving is another step."""
    capacity_draft.fill(table.code, table.draft, rows, page.lang)
    _forget()


def _import(page: Frame, engine: Engine, table: Table, rows: Sequence[CapacityRow]) -> None:
    """Stores the rows of several municipalities."""
    texts, store = page.texts, kept.store()
    seen = st.session_state.pop(_LOOKED_AT, None)
    try:
        done = services.import_rows(store, engine, table.scenario, rows, kept.author(), seen)
    except PartlyImportedError as error:
        shell.tell(error, texts)
        names = [_place(engine, code, page) for code in error.changed]
        left = [_place(engine, code, page) for code in error.left]
        st.warning(texts("capacity.upload.partly", done=names, left=left))
        return
    except PlannerError as error:
        shell.tell(error, texts)
        return
    _forget()
    st.success(texts.count("capacity.upload.done", len(done.changed)))


def _place(engine: Engine, code: str, page: Frame) -> str:
    return engine.snapshot.municipalities[engine.snapshot.index(code)].name(page.lang)


def _forget() -> None:
    """Lets the file go and empties the upload."""
    st.session_state.pop(_FOUND, None)
    st.session_state[_COUNT] = int(st.session_state.get(_COUNT, 0)) + 1
