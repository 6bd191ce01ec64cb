"""Page: a municipality's service row by row, and what each change of it does to the verdict."""

from dataclasses import replace

import streamlit as st

from planner.answer import referred
from planner.clock import today_in_finland
from planner.engine import load_engine
from planner.errors import PlannerError
from planner.services.estimate import spoken
from planner.ui import (
    blocks,
    capacity_draft,
    capacity_effect,
    capacity_files,
    capacity_keep,
    capacity_lines,
    capacity_more,
    capacity_table,
    choices,
    controls,
    fields,
    kept,
    risks_part,
    shell,
)
from planner.ui.capacity_effect import Asked
from planner.ui.capacity_keep import Table


def service(page: shell.Frame, asked: Asked) -> None:
    """Verdict, table, and what belongs to them."""
    texts, code = page.texts, asked.code
    draft = capacity_draft.current(asked.engine, code, asked.scenario, page.lang)
    read = capacity_lines.read(draft.typed, code)
    table = Table(code, draft, read, asked.scenario)
    with shell.guard(page):
        found = capacity_effect.effects(asked, draft, read)
        capacity_effect.draw(page, found, read, asked.today)
    st.header(texts("capacity.table.title"))
    blocks.note(texts("capacity.table.lead"), wide=True)
    capacity_table.draw(page, code, draft, spoken(asked.engine, code))
    answered = code in dict(asked.scenario.answers)
    capacity_table.remarks(page, draft, read, answered)
    capacity_keep.bar(page, table)
    capacity_keep.back(page, table)
    with shell.guard(page):
        capacity_more.before(page, table, dict(asked.scenario.baselines).get(code))
    with shell.guard(page):
        visits = referred(asked.engine, asked.scenario, code, asked.today, asked.seen_from)
        capacity_more.scope(page, table, visits)
    with shell.guard(page):
        rows = tuple(read.sound) if draft.changed and read.rows else draft.seen.rows
        given = replace(draft.seen, rows=rows)
        when = asked.today, asked.seen_from
        risks_part.draw(page, asked.engine, asked.scenario, code, given, *when)
    with shell.guard(page):
        capacity_files.section(page, asked.engine, table)


def whereabouts(page: shell.Frame) -> None:
    """Where the store is, and where its changes can be seen and taken back."""
    try:
        blocks.note(page.texts("capacity.place", place=kept.store().place), wide=True)
    except PlannerError:
        return  # told at the top of the page
    page.link("history", page.texts("capacity.history"))


page = shell.open("capacity")
with shell.guard(page):
    engine = load_engine()
    fields.begin(page)
    place = controls.chosen_place(page, engine)
    name, box = st.columns([6, 4], vertical_alignment="bottom")
    with name:
        title = page.texts("capacity.title")
        if place is not None:
            title = page.texts("capacity.title.place", place=place.name(page.lang))
        st.title(title)
    with box:
        controls.municipality_box(page, engine, place)
    if place is None:
        st.markdown(page.texts("capacity.welcome"))
    else:
        capacity_keep.said(page)
        wanted = choices.choice(page, engine, place.code)
        choices.tell_faults(page, wanted)
        asked = Asked(engine, wanted.scenario, place.code, today_in_finland(), wanted.seen_from)
        service(page, asked)
        page.link("municipality", page.texts("capacity.see"))
        whereabouts(page)
shell.close(page)
