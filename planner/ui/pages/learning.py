"""Page: what happened, whether the forecast still holds, and a week's tally."""

import datetime as dt
from functools import partial

import streamlit as st

from planner.clock import today_in_finland
from planner.engine import load_engine
from planner.snapshot import Municipality
from planner.ui import (
    blocks,
    choices,
    controls,
    fields,
    learning_parts,
    learning_upload,
    shelf,
    shell,
    tally_page,
)


def tally(page: shell.Frame, place: Municipality | None, start: dt.date, today: dt.date) -> None:
    """The tally sheet and its form."""
    tally_page.intro(page, place)
    if place is None:
        blocks.note(page.texts("tally.choose"))
    else:
        tally_page.form(page, place, start, today)


page = shell.open("learning", title=None)
with shell.guard(page):
    engine = load_engine()
    fields.begin(page)
    today = today_in_finland()
    name, box, day = st.columns([3, 3, 3], vertical_alignment="bottom")
    with name:
        st.title(page.texts("learning.title"))
    place = controls.chosen_place(page, engine)
    with box:
        controls.municipality_box(page, engine, place)
    wanted = choices.choice(page, engine, place.code if place else None)
    choices.tell_faults(page, wanted)
    span = engine.forecast(wanted.scenario, today).span
    held = shelf.logs()
    learning_parts.contents(page)
    if held.visits is None and held.users is None:
        learning_parts.welcome(page, engine, wanted.scenario, today)
    else:
        with day:
            as_of = learning_parts.as_of_field(page, span, held, today)
        with shell.guard(page):
            learning_parts.result(page, engine, wanted.scenario, today, as_of, place)
    bounds = learning_upload.Bounds(span.first, span.day(span.count - 1), today)
    for part in (
        partial(learning_upload.section, page, engine, bounds),
        partial(tally, page, place, wanted.scenario.start, today),
    ):
        with shell.guard(page):
            part()
shell.close(page)
