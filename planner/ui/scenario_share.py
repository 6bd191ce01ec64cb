"""A scenario taken along and brought back: link, file, and a second one to compare with."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from planner.engine import Engine
from planner.errors import PlannerError
from planner.scenario import (
    LONGEST_LINK,
    Scenario,
    default_scenario,
    difference,
    read_scenario,
    to_link,
)
from planner.ui import blocks, scenario_faults, scenario_state
from planner.ui.choices import OF_ONE_PLACE, ON_TOP, answer_faults, chosen, opened
from planner.ui.scenario_fields import forget
from planner.ui.shell import Frame
from planner.ui.state import State, Value

LONG_LINK = 1_800  # what some e-mail programs still keep whole
LARGEST_UPLOAD = 1  # MB; what is larger is refused before it is read
_FAULT = "planner_compare_fault"


def link_of(page: Frame, scenario: Scenario) -> str:
    """The address of this page with the whole scenario in it, whatever a later default may be."""
    changes: dict[str, Value | None] = dict.fromkeys(("compare", *OF_ONE_PLACE, *ON_TOP))
    changes["scenario"] = to_link(scenario)
    query = page.state.link("", **changes)
    return f"{st.context.url or ''}{query}"


def pretty(scenario: Scenario) -> str:
    """The canonical content with indentation, for people who open the file."""
    content = json.loads(scenario.to_json())
    return json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def take_along(page: Frame, scenario: Scenario) -> None:
    """Id, link to copy and file to download."""
    texts = page.texts
    link = link_of(page, scenario)
    st.markdown(texts("scenario.link.lead"))
    st.code(link, language=None, wrap_lines=True)
    if len(link) > LONG_LINK:
        blocks.note(texts("scenario.link.long"))
    blocks.note(texts("scenario.id", id=scenario.id))
    st.download_button(
        texts("scenario.download"),
        pretty(scenario),
        file_name=f"scenario-{scenario.id}.json",
        mime="application/json",
    )


def bring_back(page: Frame, engine: Engine) -> None:
    """A file to open: what is in it is told first, then it can be used or compared with."""
    texts = page.texts
    file = st.file_uploader(
        texts("scenario.upload"), type=["json"], key="scenario-file", max_upload_size=LARGEST_UPLOAD
    )
    if file is None:
        return
    try:
        scenario = read_scenario(
            file.getvalue(), engine.assumptions, engine.adults, engine.snapshot.codes
        )
    except PlannerError as error:
        scenario_faults.tell(page, error)
        blocks.note(texts("scenario.upload.kept"))
        return
    count = len(difference(default_scenario(engine.assumptions), scenario))
    st.markdown(texts.count("scenario.upload.found", count, id=scenario.id))

    def use() -> None:
        scenario_state.drop_answers()
        scenario_state.save(engine, scenario)
        forget()

    def compare() -> None:
        State(st.query_params).update(compare=to_link(scenario))

    with st.container(horizontal=True):
        st.button(texts("scenario.upload.use"), key="scenario-use", on_click=use)
        st.button(texts("scenario.upload.compare"), key="scenario-compare-file", on_click=compare)


def second(page: Frame, engine: Engine) -> Scenario | None:
    """The scenario of the address to compare with; a message and None where it is damaged."""
    link = page.state.raw("compare")
    if link is None:
        return None
    try:
        return opened(link, engine)
    except PlannerError as error:
        scenario_faults.tell(page, error)
        blocks.note(page.texts("scenario.compare.fallback"))
        return None


def compare_with(page: Frame, engine: Engine, scenario: Scenario) -> None:
    """What this scenario is compared with: the default, this one as it is now, or a pasted link."""
    texts = page.texts

    def pasted() -> None:
        text = (st.session_state["scenario-pasted"] or "").strip()
        st.session_state[_FAULT] = None
        if not text:
            return
        try:
            found = linked(text, engine)
        except PlannerError as error:
            st.session_state[_FAULT] = error
            return
        State(st.query_params).update(compare=to_link(found))
        st.session_state["scenario-pasted"] = ""

    def keep() -> None:
        State(st.query_params).update(compare=to_link(scenario))

    def stop() -> None:
        State(st.query_params).update(compare=None)

    blocks.note(texts("scenario.compare.lead"))
    st.text_input(
        texts("scenario.compare.link"),
        key="scenario-pasted",
        max_chars=LONGEST_LINK,
        on_change=pasted,
    )
    if st.session_state.get(_FAULT) is not None:
        scenario_faults.tell(page, st.session_state[_FAULT])
    with st.container(horizontal=True):
        st.button(texts("scenario.compare.keep"), key="scenario-keep", on_click=keep)
        if page.state.raw("compare") is not None:
            st.button(texts("scenario.compare.stop"), key="scenario-stop", on_click=stop)


def linked(text: str, engine: Engine) -> Scenario:
    """The scenario of a pasted address, with what lies on top of it, or of its parameter alone.

    PlannerError where the address names none that holds.
    """
    query = urlsplit(text).query
    if not query:
        return opened(text, engine)
    state = State(dict(parse_qsl(query)))
    if state.raw("scenario") is not None:
        opened(str(state.raw("scenario")), engine)
    found = chosen(state, engine, _municipality(state, engine))
    if faults := (*found.faults, *answer_faults(state)):
        raise faults[0]
    return found.scenario


def _municipality(state: State, engine: Engine) -> str | None:
    place = state.raw("kunta")
    return None if place is None else engine.snapshot.codes[engine.snapshot.index(place)]
