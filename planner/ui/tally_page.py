"""The part of a page where a week is tallied: the sheet to print, its form, what it adds up to."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from planner import tally
from planner.records import TallyRow
from planner.snapshot import Municipality
from planner.store import ConflictError, Content, Stored
from planner.ui import (
    blocks,
    conflict,
    kept,
    kept_logs,
    shelf,
    shell,
    tally_form,
    tally_rows,
    tally_sheet,
    tally_upload,
)
from planner.ui.fields import set_address
from planner.ui.shell import Frame

_CONFLICT = "planner_tally_conflict"


def intro(page: Frame, place: Municipality | None) -> None:
    """What the tally is for, and the sheet to print."""
    texts = page.texts
    st.header(texts("tally.title"), anchor="tally")
    st.markdown(texts("tally.lead"))
    st.download_button(
        texts("tally.sheet.download"),
        tally_sheet.document(texts, place.name(page.lang) if place else ""),
        file_name=f"{texts('tally.sheet.file')}.html",
        mime="text/html",
        key="tally-sheet",
        icon=":material/print:",
        help=texts("tally.sheet.download.help"),
    )


@st.fragment
def form(page: Frame, place: Municipality, start: dt.date, today: dt.date) -> None:
    """The entry form of a municipality's sheet, its totals, and the button of the baseline.

    A fragment: adding a row draws this part anew, not the page.
    """
    texts, code = page.texts, place.code
    st.subheader(texts("tally.form.title", place=place.name(page.lang)))
    blocks.note(texts("tally.kept"))
    period = tally.period(start, today)
    week = tally_form.fields(page, code, period)
    rows = shelf.sheet(code)
    with shell.guard(page):
        keep(page, code, rows, week)
    if rows:
        totals(page, code, rows)
    elif page.state.number("baseline") is not None:
        drop(page)
    tally_upload.upload(page, code, period, week)
    if code in shelf.shelf().sheets_before:
        st.button(texts("tally.undo"), key="tally-undo", on_click=shelf.undo_sheet, args=(code,))


def keep(page: Frame, code: str, rows: tuple[TallyRow, ...], week: dt.date) -> None:
    """The button that keeps the sheet for everybody, where it is not in the store as it stands."""
    texts = page.texts
    if rows == kept_logs.sheet(code):
        if rows:
            blocks.note(texts("keep.kept"))
        return
    blocks.note(texts("keep.not_yet"))
    who, button = st.columns(2, vertical_alignment="bottom")
    with who:
        kept.author_field(page, "author-tally")
    with button:
        pressed = st.button(texts("keep.button"), key="tally-keep")
    held = st.session_state.get(_CONFLICT)
    if pressed:
        _save(code, rows, week, shelf.shelf().begun_from.get(code))
    elif held is not None and held[0] == code:
        _settle(page, code, rows, week, *held[1:])


def _save(
    code: str, rows: tuple[TallyRow, ...], week: dt.date, seen: tuple[Stored, ...] | None
) -> None:
    """Saves the sheet, or keeps the conflict with what stands there for the reader to settle."""
    try:
        kept_logs.save_sheet(code, rows, week, seen)
    except ConflictError as error:
        st.session_state[_CONFLICT] = (code, error, kept_logs.sheet_items(code))
    else:
        st.session_state.pop(_CONFLICT, None)
        shelf.follow_store(code)
    st.rerun()


def _settle(
    page: Frame,
    code: str,
    rows: tuple[TallyRow, ...],
    week: dt.date,
    error: ConflictError,
    theirs: tuple[Stored, ...],
) -> None:
    """Both sheets, and the reader's word which of them is to stand."""
    other = kept_logs.sheet_rows(theirs)

    def described(content: Content | None) -> list[tuple[str, str]]:
        mine = content is not None and content == error.mine
        return tally_rows.described(rows if mine else other, page.texts, page.fmt)

    wanted = conflict.show(page, error, described, key="tally")
    if wanted == "mine":
        _save(code, rows, week, theirs)
    elif wanted == "theirs":
        st.session_state.pop(_CONFLICT, None)
        shelf.follow_store(code)
        st.rerun()


def totals(page: Frame, code: str, rows: tuple[TallyRow, ...]) -> None:
    """What the sheet adds up to, the baseline it gives, and its rows."""
    texts, fmt = page.texts, page.fmt
    found = tally.summarise(rows)
    st.subheader(texts("tally.totals"))
    blocks.figures(tally_rows.figures(found, texts, fmt))
    if found.weeks > 1:
        blocks.note(texts("tally.weeks.note"))
    for remark in tally_rows.remarks(rows):
        st.warning(shell.sentence(remark, texts))
    baseline(page, found)
    parts = [
        ("topic", found.by_topic),
        ("outcome", found.by_outcome),
        ("language", found.by_language),
    ]
    if len(found.by_point) > 1:
        parts.append(("point", found.by_point))
    columns = [*st.columns(2), *st.columns(2)]
    for column, (kind, by) in zip(columns, parts, strict=False):
        with column:
            blocks.bars(
                texts(f"tally.by.{kind}"),
                texts(f"tally.field.{kind}"),
                texts("table.contacts"),
                tally_rows.bars(by, kind, texts, fmt),
            )
    with st.expander(texts.count("tally.rows", len(rows))):
        heads, shown = tally_rows.table(rows, texts, fmt)
        blocks.table(heads, shown, texts("tally.rows.caption"), texts=len(heads) - 1)
        tally_form.remover(page, code, rows)
    st.download_button(
        texts("tally.download"),
        tally.write_tally(rows),
        file_name=f"{texts('tally.download.file')}-{code}.csv",
        mime="text/csv",
        key="tally-download",
    )


def baseline(page: Frame, found: tally.TallySummary) -> None:
    """The button that makes the sheet the municipality's baseline, or says that it is."""
    texts, value = page.texts, found.baseline
    hours = tally_rows.hours(value, texts)
    messages = tally_rows.hours(found.hours_messages, texts)
    st.markdown(texts("tally.baseline.about", hours=hours, messages=messages))
    now = page.state.number("baseline")
    if now == value:
        st.success(texts("tally.baseline.set", hours=hours))
        page.link("municipality", texts("tally.baseline.see"))
    elif st.button(texts("tally.baseline.use", hours=hours), key="tally-baseline", type="primary"):
        set_address(baseline=value)
        st.rerun()
    if now is not None:
        drop(page)


def drop(page: Frame) -> None:
    """The button that takes the baseline out of the municipality's forecast."""
    if st.button(page.texts("tally.baseline.drop"), key="tally-baseline-drop"):
        set_address(baseline=None)
        st.rerun()
