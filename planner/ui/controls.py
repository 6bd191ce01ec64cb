"""What a reader may set: municipality, the three questions, and the drawer of the scenario.

Everything set stands in the address. What can't be understood stays in its field with a message
beside it, and the page goes on without it.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from planner.engine import Engine
from planner.errors import PlannerError
from planner.scenario import PRESETS, Answers, Scenario, default_scenario, following_target
from planner.snapshot import Municipality
from planner.ui import blocks, shell
from planner.ui.format import parse_date, parse_number, parse_whole
from planner.ui.shell import Frame
from planner.ui.state import State, Value

DRAWER = ("preset", "target", "existing", "start", "target_date", "from")
OWN = "own"

Parser = Callable[[str], Value]


@dataclass(frozen=True)
class Choice:
    """What the address asks for, as far as it holds: scenario, date to look from, faults."""

    scenario: Scenario
    seen_from: dt.date | None
    faults: tuple[PlannerError, ...]
    changed: tuple[str, ...]


def municipality_box(page: Frame, engine: Engine, chosen: Municipality | None) -> None:
    """The select box of the 308 municipalities; a choice replaces the answers of the one before."""
    names = _names(page, engine)

    def picked() -> None:
        code = st.session_state["municipality"]
        if code:
            State(st.query_params).update(kunta=code, hours=None, people=None, until=None)

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
        page.go("municipality", kunta=picked, hours=None, people=None, until=None)


def pick(
    page: Frame, name: str, codes: Sequence[str], label: str, text_id: str, unknown: str
) -> str:
    """One of several codes that a parameter of the address names; the first unless said.

    text_id: id of a code's word, "measure.{}"; unknown: id of the message for other codes.
    """
    given = page.state.raw(name)
    if given is not None and given not in codes:
        shell.tell(PlannerError(unknown, value=given), page.texts)
    shown = given if given in codes else codes[0]

    def picked() -> None:
        code = st.session_state[name]
        State(st.query_params).update(**{name: None if code == codes[0] else code})

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


def field(
    page: Frame, name: str, label: str, parse: Parser, default: Value | None = None, help_: str = ""
) -> None:
    """A text field for one parameter of the address, with its own message when it can't be read.

    It starts with what the address says, or the default; from then on the field leads: somebody who
    types fast is ahead of the address bar. Clearing it or typing the default takes the parameter
    out; what can't be read stays in the field and leaves the address as it was.
    """
    key = f"{name}-{page.state.code('kunta') or ''}"
    raw, value = page.state.raw(name), page.state.get(name)
    if key not in st.session_state:
        known = default if raw is None else value
        st.session_state[key] = raw or "" if known is None else _typed(page, known)
    text = st.text_input(label, key=key, help=help_ or None, max_chars=40) or ""
    try:
        parsed = parse(text) if text.strip() else None
    except PlannerError as error:
        shell.tell(error, page.texts)
        return
    wanted = None if parsed == default else parsed
    if wanted != value or (wanted is None and raw is not None):
        page.state.update(**{parameter(name): wanted})


def set_address(*names: str, **values: Value | None) -> None:
    """Changes the address from a callback; the fields `names` take their text from it anew."""
    State(st.query_params).update(**values)
    for key in list(st.session_state):
        if str(key).rpartition("-")[0] in names:
            del st.session_state[key]


def parameter(name: str) -> str:
    """The name as a keyword: `from` is Python's own."""
    return "from_" if name == "from" else name


def _typed(page: Frame, value: Value) -> str:
    """A value as a reader of the page's language types it."""
    if isinstance(value, dt.date):
        return f"{value.day}.{value.month}.{value.year}"
    if isinstance(value, float) and not value.is_integer():
        # three decimals alone would read like thousands
        text = repr(value) + ("0" if len(repr(value).partition(".")[2]) == 3 else "")
        return text.replace(".", "." if page.lang == "en" else ",")
    if isinstance(value, (int, float)):
        return page.fmt.whole(value)
    return value


def three_questions(page: Frame) -> None:
    """Hours a week now, by how many people, funded until when: in one row."""
    texts = page.texts
    hours, people, until = st.columns(3)
    with hours:
        field(page, "hours", texts("question.hours"), lambda text: parse_number(text, 0, 100_000))
    with people:
        field(page, "people", texts("question.people"), lambda text: parse_whole(text, 0, 10_000))
    with until:
        field(page, "until", texts("question.until"), parse_date)
    others = page.state.raw("people") is not None or page.state.raw("until") is not None
    if others and page.state.raw("hours") is None:
        blocks.note(texts("question.hours.missing"))


def answers_of(page: Frame) -> Answers | None:
    """The three answers, once the hours are given."""
    hours = page.state.number("hours")
    if hours is None:
        return None
    return Answers(hours, page.state.whole("people"), page.state.date("until"))


def choice(page: Frame, engine: Engine, code: str | None) -> Choice:
    """The scenario that the address describes; what doesn't hold is left out and told."""
    state = page.state
    faults = [error for name, error in state.problems.items() if name in DRAWER]
    default = default_scenario(engine.assumptions)
    changed = tuple(name for name in DRAWER if state.get(name) is not None)
    try:
        scenario = _described(page, engine)
        engine.check(scenario)
    except PlannerError as error:
        faults.append(error)
        scenario = default
    answers = answers_of(page)
    if code is not None and answers is not None:
        asked = scenario.with_answers(code, answers)
        try:
            engine.check(asked)
            scenario = asked
        except PlannerError as error:
            faults.append(error)
    seen_from = state.date("from")
    try:
        engine.check_view(scenario, seen_from)
    except PlannerError as error:
        faults.append(error)
        seen_from = None
    return Choice(scenario, seen_from, tuple(faults), changed)


def tell_faults(page: Frame, wanted: Choice) -> None:
    """Says what of the address doesn't hold, and that the figures stand on the default instead."""
    for fault in wanted.faults:
        shell.tell(fault, page.texts)
    if wanted.faults:
        blocks.note(page.texts("control.fallback"))
    default = page.state.date("start")
    if default is not None and page.state.raw("existing") is None:
        blocks.note(page.texts("control.existing.redate"))


def _described(page: Frame, engine: Engine) -> Scenario:
    state = page.state
    existing = state.number("existing")
    start, target = state.date("start"), state.date("target_date")
    scenario = default_scenario(engine.assumptions, start, target, existing)
    engine.check(replace(scenario, new_users=0))
    given = state.number("target")
    if given is not None:
        return replace(scenario, new_users=given)
    return replace(scenario, new_users=engine.preset(state.code("preset") or PRESETS[0], scenario))


def drawer(page: Frame, engine: Engine) -> None:
    """The drawer of the scenario: presets, start, target, users at the start, date to look from."""
    texts, state = page.texts, page.state
    default = default_scenario(engine.assumptions)
    with st.popover(_drawer_label(page), use_container_width=False):
        _preset(page)
        field(page, "target", texts("control.target"), lambda t: parse_whole(t, 0))
        field(
            page,
            "existing",
            texts("control.existing"),
            lambda t: parse_whole(t, 0),
            default=int(default.existing),
        )
        field(page, "start", texts("control.start"), parse_date, default=default.start)
        following = _following_target(engine, state.date("start") or default.start)
        field(page, "target_date", texts("control.target_date"), parse_date, default=following)
        field(page, "from", texts("control.from"), parse_date, help_=texts("control.from.help"))
        st.button(texts("control.reset"), key="reset", on_click=_reset)


def _following_target(engine: Engine, start: dt.date) -> dt.date | None:
    """The target date that follows a start, None where there is no such day."""
    try:
        return following_target(engine.assumptions, start)
    except PlannerError:
        return None


def _reset() -> None:
    set_address(*DRAWER, **{parameter(name): None for name in DRAWER})


def _drawer_label(page: Frame) -> str:
    names = [page.texts(f"control.changed.{name}") for name in DRAWER if page.state.raw(name)]
    if not names:
        return page.texts("control.drawer")
    return page.texts("control.drawer.changed", what=", ".join(names))


def _preset(page: Frame) -> None:
    state = page.state
    given = state.code("preset")
    shown = given if given in PRESETS else PRESETS[0]
    options = list(PRESETS)
    if state.raw("target") is not None:
        shown = OWN
        options.append(OWN)

    def picked() -> None:
        code = st.session_state["preset"]
        if code != OWN:
            preset = None if code == PRESETS[0] else code
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
