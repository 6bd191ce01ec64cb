"""Page: every assumption with its range, unit, grade and sources."""

import html

import streamlit as st

from planner import tables
from planner.assumption_tables import assumption_frame, wave_frame
from planner.assumptions import Assumptions, load_assumptions
from planner.ui import assumption_rows, blocks, shell
from planner.ui.assumption_rows import Table

GRADES = ("M", "A", "E")


def lead(page: shell.Frame) -> None:
    """What the figures are, what their range means, and what the grades say."""
    texts = page.texts
    st.markdown(texts("assumption.lead"))
    st.markdown(texts("assumption.lead.range"))
    grades = "\n".join(f"- {texts(f'grade.{code}.what')}" for code in GRADES)
    st.markdown(f"{texts('assumption.lead.grade')}\n\n{grades}")
    page.link("scenario", texts("assumption.change"))


def contents(page: shell.Frame, shown: list[Table]) -> None:
    """Links to the tables of the page."""
    texts = page.texts
    items = "".join(
        f'<li><a href="#{table.code}">'
        f"{html.escape(texts(f'assumption.group.{table.code}'))}</a></li>"
        for table in shown
    )
    label = html.escape(texts("assumption.contents"))
    st.html(f'<nav class="planner-contents" aria-label="{label}"><ul>{items}</ul></nav>')


def downloads(page: shell.Frame, assumptions: Assumptions) -> None:
    """The same figures as files, with codes instead of words."""
    texts = page.texts
    frames = {"assumptions": assumption_frame(assumptions), "waves": wave_frame(assumptions)}
    for name, frame in frames.items():
        label = texts(f"download.{name}")
        st.download_button(label, tables.as_csv(frame), file_name=f"{name}.csv", mime="text/csv")


def group(page: shell.Frame, table: Table) -> None:
    """One group: its name, what it is about, and its table."""
    title = page.texts(f"assumption.group.{table.code}")
    st.header(title, anchor=table.code)
    blocks.note(page.texts(f"assumption.group.{table.code}.lead"))
    st.html(assumption_rows.markup(table, title))


page = shell.open("assumptions")
with shell.guard(page):
    st.title(page.texts("page.assumptions"))
    assumptions = load_assumptions()
    shown = assumption_rows.tables(assumptions, page.texts, page.fmt)
    lead(page)
    with shell.guard(page), st.container(horizontal=True):
        downloads(page, assumptions)
    contents(page, shown)
    for table in shown:
        with shell.guard(page):
            group(page, table)
shell.close(page)
