"""What a reader may set: municipality, the three questions, and the drawer of the scenario.

Everything set stands in the address. What can't be understood stays in its field with a message
beside it, and the page goes on without it.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence

import streamlit as st

from planner.engine import PAGE_DRAWS, REPORT_DRAWS, Engine
from planner.errors import PlannerError
from planner.scenario import PRESETS, Answers, Scenario
from planner.snapshot import Municipality
from planner.ui import blocks, shell
from planner.ui.choices import (
    DRAWER,
    MOST_HOURS,
    MOST_PEOPLE,
    OF_ONE_CALENDAR,
    OF_ONE_DESK,
    OF_ONE_PLACE,
    ON_TOP,
    base,
    following,
)
from planner.ui.fields import field, parameter, set_address
from planner.ui.format import parse_date, parse_number, parse_whole
from planner.ui.shell import Frame
from planner.ui.state import State

OWN = "own"
OF_ONE = (*OF_ONE_PLACE, *OF_ONE_DESK, *OF_ONE_CALENDAR)


def chosen_place(page: Frame, engine: Engine) -> Municipality | None:
    """The municipality of the address; a message and None where there is no such place."""
    raw = page.state.raw("kunta")
    if raw is None:
        return None
    try:
        return engine.snapshot.municipalities[engine.snapshot.index(raw)]
    except PlannerError as error:
        shell.tell(error, page.texts)
        return None


def municipality_box(page: Frame, engine: Engine, chosen: Municipality | None) -> None:
    """The select box of the 308 municipalities; a choice replaces the answers of the one before."""
    names = _names(page, engine)

    def picked() -> None:
        code = st.session_state["municipality"]
        if code:
            State(st.query_params).update(kunta=code, **dict.fromkeys(OF_ONE))

    st.session_state["municipality"] = chosen.code if chosen else None
    st.selectbox(
        page.texts("control.municipality"),
        list(names),
        format_func=names.__getitem__,
        placeholder=page.texts("control.municipality.placeholder"),
        key="municipality",
        on_change=picked,
    )


def place_box(page: Frame, engine: Engine) -> None:
    """A select box that leads to a municipality's page."""
    names = _names(page, engine)
    picked = st.selectbox(
        page.texts("control.go"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=page.texts("control.municipality.placeholder"),
        key="go",
    )
    if picked:
        page.go("municipality", kunta=picked, **dict.fromkeys(OF_ONE))


def named(page: Frame, name: str, codes: Sequence[str], usual: str | None = None) -> str:
    """The one of several codes that a parameter of the address names; `usual` (the first) unless
    said.
    """
    given = page.state.raw(name)
    return (usual or codes[0]) if given is None or given not in codes else given


def pick(
    page: Frame,
    name: str,
    codes: Sequence[str],
    label: str,
    text_id: str,
    unknown: str,
    usual: str | None = None,
) -> str:
    """One of several codes, picked here and kept in the address; `usual` (the first) unless said.

    text_id: id of a code's word, "measure.{}"; unknown: id of the message for other codes.
    """
    given = page.state.raw(name)
    if given is not None and given not in codes:
        shell.tell(PlannerError(unknown, value=given), page.texts)
    shown = named(page, name, codes, usual)

    def picked() -> None:
        code = st.session_state[name]
        unsaid = code == (usual or codes[0])
        State(st.query_params).update(**{name: None if unsaid else code})

    st.session_state[name] = shown
    return str(
        st.radio(
            label,
            list(codes),
            format_func=lambda code: page.texts(text_id.format(code)),
            key=name,
            horizontal=True,
            on_change=picked,
        )
    )


def _names(page: Frame, engine: Engine) -> dict[str, str]:
    """Names of the municipalities by code, in the order of the page's alphabet."""
    places = sorted(
        engine.snapshot.municipalities, key=lambda place: _sorting(place.name(page.lang))
    )
    return {place.code: place.name(page.lang) for place in places}


def _sorting(name: str) -> str:
    """A key that puts Å, Ä and Ö last, as Finnish and Swedish do."""
    return name.casefold().translate(str.maketrans("åäö", "{|}"))


def three_questions(page: Frame, given: Answers | None = None) -> None:
    """Hours a week now, by how many people, funded until when: in one row.

    given: the answers of the address's scenario, which count until others are typed.
    """
    texts = page.texts
    usual = (None, None, None) if given is None else (given.hours, given.people, given.until)
    hours, people, until = st.columns(3, vertical_alignment="bottom")
    with hours:
        field(
            page,
            "hours",
            texts("question.hours"),
            lambda text: parse_number(text, 0, MOST_HOURS),
            usual[0],
        )
    with people:
        field(
            page,
            "people",
            texts("question.people"),
            lambda text: parse_whole(text, 0, MOST_PEOPLE),
            usual[1],
        )
    with until:
        field(page, "until", texts("question.until"), parse_date, usual[2])
    others = page.state.raw("people") is not None or page.state.raw("until") is not None
    if others and page.state.raw("hours") is None and given is None:
        blocks.note(texts("question.hours.missing"))


def drawer(page: Frame, engine: Engine) -> None:
    """The drawer of the scenario: presets, start, target, users at the start, date to look from.

    What is not stated here is what the scenario of the address says, or the shipped one.
    """
    texts, state = page.texts, page.state
    usual = base(state, engine)
    before = state.query()
    with st.popover(_drawer_label(page), key="drawer", width="stretch"):
        own = usual.new_users != engine.preset(PRESETS[0], usual)
        _preset(page, own)
        users = int(usual.new_users) if own and state.raw("preset") is None else None
        field(page, "target", texts("control.target"), lambda t: parse_whole(t, 0), default=users)
        if state.raw("target") is not None and state.raw("preset") is not None:
            state.update(preset=None)
        field(
            page,
            "existing",
            texts("control.existing"),
            lambda t: parse_whole(t, 0),
            default=int(usual.existing),
        )
        field(page, "start", texts("control.start"), parse_date, default=usual.start)
        target_date = _target_date(engine, usual, state.date("start"))
        field(page, "target_date", texts("control.target_date"), parse_date, default=target_date)
        field(page, "from", texts("control.from"), parse_date, help_=texts("control.from.help"))
        st.button(texts("control.reset"), key="reset", on_click=_reset)
    if state.query() != before:
        # the drawer's own name, above, says what differs
        st.rerun()


def _target_date(engine: Engine, usual: Scenario, start: dt.date | None) -> dt.date | None:
    """The target date where none is stated: it moves with the start."""
    return usual.target_date if start is None else following(engine, usual, start)


def _reset() -> None:
    set_address(*DRAWER, **{parameter(name): None for name in DRAWER})


def _drawer_label(page: Frame) -> str:
    changes = [name for name in ("scenario", *DRAWER) if page.state.raw(name)]
    names = [page.texts(f"control.changed.{name}") for name in changes]
    if not names:
        return page.texts("control.drawer")
    return page.texts("control.drawer.changed", what=", ".join(names))


def _preset(page: Frame, own: bool) -> None:
    """The presets of new users; own: the scenario of the address states a figure of its own."""
    state = page.state
    given = state.code("preset")
    shown = given if given in PRESETS else PRESETS[0]
    options = list(PRESETS)
    if state.raw("target") is not None or (own and given is None):
        shown = OWN
        options.append(OWN)

    def picked() -> None:
        code = st.session_state["preset"]
        if code != OWN:
            preset = None if code == PRESETS[0] and not own else code
            set_address("target", preset=preset, target=None)

    st.session_state["preset"] = shown
    st.radio(
        page.texts("control.preset"),
        options,
        format_func=lambda code: page.texts(f"preset.{code}"),
        key="preset",
        on_change=picked,
    )


def offer_later_view(page: Frame, today: dt.date) -> None:
    """A button that looks from today on."""
    # not a page link: one to the page itself leaves the address bar as it was
    st.button(
        page.texts("view.offer"),
        key="later-view",
        type="tertiary",
        icon=":material/arrow_forward:",
        on_click=functools.partial(set_address, "from", from_=today),
    )


def view_switch(page: Frame, today: dt.date) -> None:
    """The two views: the whole rollout, or from a date on (today unless said)."""
    seen_from = page.state.date("from")
    texts = page.texts

    def picked() -> None:
        later = st.session_state["view"] == "from"
        set_address("from", from_=today if later else None)

    st.session_state["view"] = "whole" if seen_from is None else "from"
    labels = {
        "whole": texts("view.whole"),
        "from": texts("view.from", date=page.fmt.date(seen_from or today)),
    }
    st.radio(
        texts("view.label"),
        list(labels),
        format_func=labels.__getitem__,
        key="view",
        horizontal=True,
        on_change=picked,
    )


DRAWS = (str(PAGE_DRAWS), str(REPORT_DRAWS))
REPORTS = ("municipality", "country")  # pages that show the shipped scenario first
ALWAYS_MANY = ("staffing",)  # pages whose figures are those of a file that the command line writes


def _usual_draws(page: Frame) -> str:
    """As many as in reports for the shipped scenario, few for what somebody tries out."""
    if page.key in ALWAYS_MANY:
        return DRAWS[1]
    tried = any(page.state.raw(name) for name in (*OF_ONE_PLACE, *ON_TOP, "scenario"))
    return DRAWS[0] if tried or page.key not in REPORTS else DRAWS[1]


def chosen_draws(page: Frame) -> int:
    """On how many draws the page rests."""
    return int(named(page, "draws", DRAWS, _usual_draws(page)))


def draws_switch(page: Frame) -> None:
    """How many draws: few and quick, or many."""
    label, unknown = page.texts("control.draws"), "error.unknown_draws"
    pick(page, "draws", DRAWS, label, "draws.{}", unknown, _usual_draws(page))
