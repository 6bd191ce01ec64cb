"""Page: what is missing in people, hours, euros and dates, and the cheapest way to mend it."""

import streamlit as st

from planner.clock import today_in_finland
from planner.engine import Engine, load_engine
from planner.staffing import Staffing, staffing
from planner.ui import (
    blocks,
    choices,
    controls,
    fields,
    shell,
    staffing_desk,
    staffing_files,
    staffing_parts,
    wording,
)


def asked(
    page: shell.Frame, engine: Engine, code: str, level: float, left_out: tuple[str, ...]
) -> Staffing:
    """The plan that the address asks for."""
    wanted = choices.choice(page, engine, code)
    choices.tell_faults(page, wanted)
    seen, draws = (today_in_finland(), wanted.seen_from), controls.chosen_draws(page)
    with st.spinner(page.texts("staff.working")):
        return staffing(engine, wanted.scenario, code, *seen, draws, level=level, left_out=left_out)


def above(page: shell.Frame, found: Staffing) -> None:
    """The first screen: what is missing, the chart, and from when on it is looked at."""
    for part in (staffing_parts.headline, staffing_parts.need):
        with shell.guard(page):
            part(page, found)
    if wording.is_late(found.answer):
        controls.offer_later_view(page, found.answer.today)
    if found.answer.estimated:
        blocks.note(wording.estimate_note(found.answer, page.texts), wide=True)
    page.link("capacity", page.texts("staff.correct"))
    view, many = st.columns(2)
    with view:
        controls.view_switch(page, found.answer.today)
    with many:
        controls.draws_switch(page)
    with shell.guard(page):
        staffing_parts.figures(page, found)


page = shell.open("staffing")
with shell.guard(page):
    engine = load_engine()
    fields.begin(page)
    place = controls.chosen_place(page, engine)
    name, box, basis = st.columns([3, 3, 4], vertical_alignment="bottom")
    with name:
        title = page.texts("page.staffing")
        said = page.texts("staff.title", place=place.name(page.lang)) if place else title
        st.title(said)
    with box:
        controls.municipality_box(page, engine, place)
    with basis:
        controls.drawer(page, engine)
    if place is None:
        st.markdown(page.texts("staff.welcome"))
    else:
        # what is set stands below what it changes: its fields are drawn first, in their own place
        top, chosen = st.container(), st.container()
        with chosen:
            level, left_out = staffing_parts.settings(page)
        with top:
            found = asked(page, engine, place.code, level, left_out)
            above(page, found)
        with chosen, shell.guard(page):
            staffing_parts.mix(page, found)
        for part in (
            staffing_parts.options,
            staffing_parts.more,
            staffing_desk.draw,
            staffing_files.draw,
        ):
            with shell.guard(page):
                part(page, found)
        with shell.guard(page):
            staffing_parts.basis(page)
shell.close(page)
