"""Page: any assumption changed, what comes of it, and two scenarios side by side."""

import datetime as dt

import streamlit as st

from planner import comparison
from planner.clock import today_in_finland
from planner.comparison import Headlines
from planner.engine import Engine, load_engine
from planner.scenario import Scenario, default_scenario, difference
from planner.snapshot import Municipality
from planner.ui import (
    blocks,
    choices,
    controls,
    kept,
    scenario_editor,
    scenario_fields,
    scenario_kept,
    scenario_rows,
    scenario_share,
    scenario_state,
    shell,
)

_SHOWN = "planner_scenario_shown"


def what_differs(page: shell.Frame, engine: Engine, scenario: Scenario) -> None:
    """What is changed from the default, with the reasons, and the ways back."""
    texts, shipped = page.texts, default_scenario(engine.assumptions)
    st.header(texts("scenario.title.differs"))
    lines = scenario_rows.differences(page, engine, shipped, scenario)
    if not lines:
        st.markdown(texts("scenario.nothing"))
        return
    table = scenario_rows.line_table(page, lines, "default")
    blocks.table(*table, texts.count("scenario.differs", len(lines)), texts=4, whole=True)

    def reset() -> None:
        scenario_state.reset_all(engine)
        scenario_fields.forget()

    st.button(texts("scenario.reset.all"), key="scenario-reset", on_click=reset)


def effect(
    page: shell.Frame,
    before: Headlines,
    after: Headlines | None,
    place: Municipality | None,
    seen_from: dt.date | None,
) -> None:
    """What comes of it, for the municipality and the country."""
    texts = page.texts
    st.header(texts("scenario.title.effect"))
    other = "other" if page.state.raw("compare") else "default"
    heads = [texts(f"scenario.head.{other}"), texts("scenario.head.own")]
    if seen_from is None:
        blocks.note(texts("scenario.view.whole"))
    else:
        blocks.note(texts("scenario.view.from", date=seen_from))
    if place is None:
        blocks.note(texts("scenario.place"))
    for here in (True, False):
        if here and place is None:
            continue
        caption = place.name(page.lang) if here and place else texts("page.country")
        columns, rows = scenario_rows.effect_table(page, before, after, heads, here)
        blocks.table(columns, rows, caption, whole=True)
        blocks.note(scenario_rows.range_sentence(page, after or before, here))
    blocks.note(texts("scenario.effect.note", draws=controls.chosen_draws(page)))


def draw_effect(
    page: shell.Frame,
    engine: Engine,
    basis: Scenario,
    wanted: choices.Choice,
    place: Municipality | None,
) -> None:
    """What comes of it: central values at once, and all of it as soon as the draws are there."""
    slot, code = st.empty(), place.code if place else None
    changed = bool(difference(basis, wanted.scenario))
    draws = controls.chosen_draws(page)
    about = (basis, wanted.scenario, wanted.seen_from, code, draws)
    # what has been shown complete is not taken apart again
    rounds = (draws,) if st.session_state.get(_SHOWN) == about else (None, draws)
    for many in rounds:
        asked = (today_in_finland(), wanted.seen_from, code, many)
        before = comparison.headlines(engine, basis, *asked)
        after = comparison.headlines(engine, wanted.scenario, *asked) if changed else None
        with slot.container():
            effect(page, before, after, place, wanted.seen_from)
    st.session_state[_SHOWN] = about


def two_scenarios(page: shell.Frame, engine: Engine, other: Scenario, scenario: Scenario) -> None:
    """In what the second scenario and this one differ."""
    texts = page.texts
    lines = scenario_rows.differences(page, engine, other, scenario)
    if not lines:
        st.markdown(texts("scenario.compare.same"))
        return
    table = scenario_rows.line_table(page, lines, "other")
    blocks.table(*table, texts("scenario.compare.caption"), texts=4, whole=True)


page = shell.open("scenario")
with shell.guard(page):
    engine = load_engine()
    scenario_state.settle(page.state)
    place = controls.chosen_place(page, engine)
    name, box = st.columns([7, 3], vertical_alignment="bottom")
    with name:
        st.title(page.texts("page.scenario"))
    with box:
        controls.municipality_box(page, engine, place)
    st.markdown(page.texts("scenario.lead"))
    code = place.code if place else None
    wanted = choices.choice(page, engine, code)
    # in blocks of their own: whatever comes or goes here must not move a field that is typed in
    with st.container():
        choices.tell_faults(page, wanted)
        second = scenario_share.second(page, engine)
    with st.container(), shell.guard(page):
        what_differs(page, engine, wanted.scenario)
    left, right = st.columns([11, 10], gap="large")
    shown_effect = left.container(key="scenario-effect")
    with right, shell.guard(page):
        st.header(page.texts("scenario.title.change"))
        scenario_editor.editor(page, engine, code, wanted.scenario)
    with shell.guard(page):
        st.header(page.texts("scenario.title.share"))
        scenario_share.take_along(page, wanted.scenario)
        scenario_share.bring_back(page, engine)
    with shell.guard(page):
        st.header(page.texts("scenario.title.kept"))
        scenario_kept.draw(page, engine, wanted.scenario)
    with shell.guard(page):
        st.header(page.texts("scenario.title.compare"))
        scenario_share.compare_with(page, engine, wanted.scenario)
        if second is not None:
            two_scenarios(page, engine, second, wanted.scenario)
    # last, in the place kept above: everything else stands before the draws are through
    with shown_effect, shell.guard(page):
        basis, _ = kept.with_services(second or default_scenario(engine.assumptions))
        draw_effect(page, engine, basis, wanted, place)
shell.close(page)
