"""The part of a page where a week is tallied: the sheet to print, its form, what it adds up to."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from planner import tally
from planner.records import TallyRow
from planner.snapshot import Municipality
from planner.ui import blocks, shelf, tally_form, tally_rows, tally_sheet
from planner.ui.fields import set_address
from planner.ui.shell import Frame


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
    first = tally_form.fields(page, code, today)
    rows = shelf.sheet(code)
    if rows:
        totals(page, code, rows, first, start)
    tally_form.upload(page, code)
    if shelf.shelf().sheets_before is not None:
        st.button(texts("tally.undo"), key="tally-undo", on_click=shelf.undo_sheets)


def totals(
    page: Frame, code: str, rows: tuple[TallyRow, ...], first: dt.date, start: dt.date
) -> None:
    """What the sheet adds up to, the baseline it gives, and its rows."""
    texts, fmt = page.texts, page.fmt
    found = tally.summarise(rows)
    st.subheader(texts("tally.totals"))
    blocks.figures(tally_rows.figures(found, texts, fmt))
    baseline(page, found, tally.before_start(rows, first, start))
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


def baseline(page: Frame, found: tally.TallySummary, before: bool) -> None:
    """The button that makes the sheet the municipality's baseline, or says that it is."""
    texts = page.texts
    value = found.baseline(before)
    hours = tally_rows.hours(value, texts)
    about = "tally.baseline.before" if before else "tally.baseline.after"
    messages = tally_rows.hours(found.hours_messages, texts)
    st.markdown(texts(about, hours=hours, messages=messages))
    now = page.state.number("baseline")
    if now == value:
        st.success(texts("tally.baseline.set", hours=hours))
        page.link("municipality", texts("tally.baseline.see"))
    elif st.button(texts("tally.baseline.use", hours=hours), key="tally-baseline", type="primary"):
        set_address(baseline=value)
        st.rerun()
    if now is not None and st.button(texts("tally.baseline.drop"), key="tally-baseline-drop"):
        set_address(baseline=None)
        st.rerun()
