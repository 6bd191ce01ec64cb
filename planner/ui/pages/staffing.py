"""Page: what is missing in people, hours, euros and dates, and the cheapest way to mend it."""

import streamlit as st

from planner.clock import today_in_finland
from planner.engine import Engine, load_engine
from planner.errors import PlannerError
from planner.snapshot import Municipality
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


def chosen_place(page: shell.Frame, engine: Engine) -> Municipality | None:
    """The municipality of the address; a message and None where there is no such place."""
    raw = page.state.raw("kunta")
    if raw is None:
        return None
    try:
        return engine.snapshot.municipalities[engine.snapshot.index(raw)]
    except PlannerError as error:
        shell.tell(error, page.texts)
        return None


def asked(page: shell.Frame, engine: Engine, code: str) -> Staffing:
    """The plan that the address asks for."""
    wanted = choices.choice(page, engine, code)
    choices.tell_faults(page, wanted)
    draws = controls.chosen_draws(page)
    level, left_out = staffing_parts.level(page), staffing_parts.left_out(page)
    seen = (today_in_finland(), wanted.seen_from)
    with st.spinner(page.texts("staff.working")):
        return staffing(engine, wanted.scenario, code, *seen, draws, level=level, left_out=left_out)


page = shell.open("staffing")
with shell.guard(page):
    engine = load_engine()
    fields.begin(page)
    place = chosen_place(page, engine)
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
        found = asked(page, engine, place.code)
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
        parts = (
            staffing_parts.figures,
            staffing_parts.mix,
            staffing_parts.options,
            staffing_parts.more,
            staffing_desk.draw,
            staffing_files.draw,
        )
        for part in parts:
            with shell.guard(page):
                part(page, found)
        with shell.guard(page):
            staffing_parts.basis(page)
shell.close(page)
