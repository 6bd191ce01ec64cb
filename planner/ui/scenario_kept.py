"""Scenarios kept in the store under a name, for everybody who uses this planner."""

from __future__ import annotations

import streamlit as st

from planner.engine import Engine
from planner.errors import PlannerError
from planner.records import COUNTRY, SavedScenario
from planner.scenario import Scenario, read_scenario
from planner.store import Stored, from_content, to_content
from planner.ui import blocks, kept, scenario_faults, scenario_state, shell
from planner.ui.scenario_fields import forget
from planner.ui.shell import Frame

LONGEST_NAME = 80
_SAID = "planner_scenario_kept"
_SEEN = "planner_scenarios_seen"  # revisions that were opened or saved here, by key
_TAKEN = "planner_scenario_taken"


def draw(page: Frame, engine: Engine, scenario: Scenario) -> None:
    """A name to keep this scenario under, and those that are kept."""
    store = kept.store()
    found = {item.key: item for item in store.items("scenario", COUNTRY)}
    said = st.session_state.pop(_SAID, None)
    if said is not None:
        st.success(said)
    _keeper(page, scenario, found)
    _ask(page, scenario, found)
    if found:
        _opener(page, engine, found)
    else:
        blocks.note(page.texts("scenario.kept.none"))


def _keeper(page: Frame, scenario: Scenario, found: dict[str, Stored]) -> None:
    texts = page.texts
    name, who, button = st.columns([4, 3, 3], vertical_alignment="bottom")
    with name:
        typed = st.text_input(
            texts("scenario.kept.name"), key="scenario-kept-name", max_chars=LONGEST_NAME
        )
    with who:
        author = kept.author_field(page)
    with button:
        pressed = st.button(texts("scenario.kept.save"), key="scenario-kept-save")
    wanted = " ".join((typed or "").split())
    if not pressed:
        return
    if not wanted:
        shell.tell(PlannerError("error.scenario_name"), texts)
        return
    same = next((item for item in found.values() if _name(item) == wanted), None)
    # a name that is taken is only replaced by somebody who has seen what stands under it
    if same is not None and st.session_state.get(_SEEN, {}).get(same.key) != same.revision:
        st.session_state[_TAKEN] = wanted
    else:
        _save(page, wanted, scenario, same, author)


def _save(page: Frame, name: str, scenario: Scenario, same: Stored | None, author: str) -> None:
    """Keeps the scenario under a name, in place of the stored one where there is one."""
    content = to_content(SavedScenario(name, scenario.to_json()))
    key, revision = (None, 0) if same is None else (same.key, same.revision)
    saved = kept.store().save("scenario", COUNTRY, content, author, key, revision)
    _see(saved)
    told = "scenario.kept.saved" if same is None else "scenario.kept.replaced"
    st.session_state[_SAID] = page.texts(told, name=name)
    st.session_state.pop(_TAKEN, None)
    st.rerun()


def _see(item: Stored) -> None:
    st.session_state[_SEEN] = {**st.session_state.get(_SEEN, {}), item.key: item.revision}


def _ask(page: Frame, scenario: Scenario, found: dict[str, Stored]) -> None:
    """Whether a scenario that stands under the name already is to be replaced."""
    name, texts = st.session_state.get(_TAKEN), page.texts
    same = next((item for item in found.values() if _name(item) == name), None)
    if same is None:
        return
    st.warning(texts("scenario.kept.taken", name=name, author=same.author, time=same.time))
    with st.container(horizontal=True):
        if st.button(texts("scenario.kept.replace"), key="scenario-kept-replace"):
            _save(page, str(name), scenario, same, kept.author())
        if st.button(texts("scenario.kept.leave"), key="scenario-kept-leave"):
            st.session_state.pop(_TAKEN, None)
            st.rerun()


def _opener(page: Frame, engine: Engine, found: dict[str, Stored]) -> None:
    texts = page.texts
    which, use, remove = st.columns([5, 2, 3], vertical_alignment="bottom")
    with which:
        key = st.selectbox(
            texts("scenario.kept.which"),
            list(found),
            format_func=lambda one: _label(page, found.get(one)),
            key="scenario-kept",
        )
    if key not in found:
        return
    item = found[key]

    def opened() -> None:
        try:
            saved = from_content(SavedScenario, item.content)
            asked = read_scenario(
                saved.scenario.encode(), engine.assumptions, engine.adults, engine.snapshot.codes
            )
            scenario_state.drop_answers()
            scenario_state.save(engine, asked)
            _see(item)
            forget()
        except PlannerError as error:
            scenario_faults.tell(page, error)

    with use:
        st.button(texts("scenario.kept.open"), key="scenario-kept-open", on_click=opened)
    with remove:
        pressed = st.button(texts("scenario.kept.delete"), key="scenario-kept-delete")
    if pressed:
        kept.store().delete(item, kept.author())
        st.session_state[_SAID] = texts("scenario.kept.deleted", name=_name(item))
        st.rerun()


def _name(item: Stored) -> str:
    return str(item.content.get("name", ""))


def _label(page: Frame, item: Stored | None) -> str:
    if item is None:
        return ""
    said = {"name": _name(item), "author": item.author, "date": item.time}
    return page.texts("scenario.kept.item", **said)
