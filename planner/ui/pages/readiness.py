"""Page: how ready a municipality's digital support is, by its own account, and what to do next."""

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from planner import readiness
from planner.clock import today_in_finland
from planner.engine import Engine, load_engine
from planner.errors import PlannerError
from planner.readiness import Questionnaire
from planner.scenario import Scenario
from planner.snapshot import Municipality
from planner.ui import (
    blocks,
    choices,
    controls,
    fields,
    kept,
    readiness_draft,
    readiness_form,
    readiness_profile,
    readiness_save,
    shell,
)
from planner.ui.readiness_rows import Assessment


def read(
    page: shell.Frame, questions: Questionnaire, place: Municipality, told: Sequence[str]
) -> None:
    """Takes over what stands in the fields, and shows what the store holds where nothing does.

    told: codes of the errors that the page has told already.
    """
    readiness_draft.take_over(place.code, questions.asked_in(place))
    try:
        readiness_draft.follow(place.code, readiness.held(kept.store(), place.code))
    except PlannerError as error:
        if error.code not in told:
            shell.tell(error, page.texts)
        blocks.note(page.texts("readiness.unread"), wide=True)


def assessed(
    engine: Engine,
    scenario: Scenario,
    questions: Questionnaire,
    place: Municipality,
    today: dt.date,
) -> Assessment:
    """The answers as they stand, and what follows from them."""
    given = readiness_draft.draft(place.code).given
    found = readiness.profile(questions, place, given)
    days = readiness.milestones(engine, scenario, place.code, today)
    tasks = readiness.dated(found.tasks, days, today)
    return Assessment(questions, place, given, found, tasks, days, scenario.start, today)


page = shell.open("readiness")
with shell.guard(page):
    engine = load_engine()
    fields.begin(page)
    today = today_in_finland()
    place = controls.chosen_place(page, engine)
    name, box, basis = st.columns([3, 3, 4], vertical_alignment="bottom")
    with name:
        st.title(page.texts("readiness.title"))
    with box:
        controls.municipality_box(page, engine, place)
    with basis:
        controls.drawer(page, engine)
    if place is None:
        blocks.note(page.texts("readiness.choose"))
    else:
        wanted = choices.choice(page, engine, place.code)
        choices.tell_faults(page, wanted)
        questions = readiness.load_questionnaire()
        read(page, questions, place, [fault.code for fault in wanted.faults])
        found = assessed(engine, wanted.scenario, questions, place, today)
        # whoever answers for the first time must not see the questions move away
        answered = bool(readiness_draft.draft(place.code).base)
        with shell.guard(page):
            if answered:
                readiness_profile.draw(page, found)
                readiness_save.status(page, place.code)
            else:
                readiness_profile.intro(page, found)
        with shell.guard(page):
            readiness_form.draw(page, place.code, questions.asked_in(place))
        with shell.guard(page):
            if not answered:
                readiness_profile.draw(page, found)
        with shell.guard(page):
            readiness_save.draw(page, questions, place, today)
        with shell.guard(page):
            readiness_profile.download(page, found, kept.author())
shell.close(page)
