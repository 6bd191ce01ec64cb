"""The scenario of a page's address, changed from its fields: the address is its only home."""

from __future__ import annotations

import time
from collections.abc import MutableMapping
from dataclasses import dataclass, replace
from typing import cast

import streamlit as st

from planner.engine import Engine
from planner.scenario import Scenario, check_municipalities, default_scenario, difference, to_link
from planner.ui.choices import OF_ONE_PLACE, ON_TOP, chosen
from planner.ui.fields import SETTLED
from planner.ui.state import State

REMEMBERED = 50  # addresses that a late question may still come with
_WRITTEN = "planner_scenario_written"


@dataclass(frozen=True)
class _Written:
    """What was last put into the address, when, and what the address had said until then."""

    link: str | None
    at: float
    replaced: tuple[str | None, ...]


def settle(state: State, changing: bool = False) -> None:
    """Puts the last change back where the browser sent an address from before it.

    A browser goes on sending the address that it had before its last answer came, and on a busy
    server its question may wait for seconds. Where a field is being `changing`, an address that has
    been replaced is therefore never a wish to undo; otherwise not within SETTLED seconds. Whatever
    else the address says, Back or another link, is taken as it is.
    """
    written = _written()
    if written is None or state.raw("scenario") == written.link:
        return
    behind = state.raw("scenario") in written.replaced
    if behind and (changing or time.monotonic() - written.at <= SETTLED):
        state.update(scenario=written.link, **dict.fromkeys(ON_TOP))
    else:
        del _memory()[_WRITTEN]


def hold() -> None:
    """For callbacks that change no scenario: what is in the address now was sent with a change."""
    written = _written()
    if written is not None:
        _memory()[_WRITTEN] = replace(written, at=time.monotonic())


def now() -> State:
    """What the address says, nothing lost of what was changed before; a copy, only to be read.

    Whoever writes into the address may be broken off there, where something else waits to be done.
    """
    state = State(st.query_params.to_dict())
    settle(state, changing=True)
    return state


def edited(engine: Engine, code: str | None = None) -> Scenario:
    """The scenario that fields change: of the address, with what lies on top of it.

    Without `code` the answers of the address stay outside. For callbacks: the address is read anew.
    """
    return chosen(now(), engine, code).scenario


def save(engine: Engine, scenario: Scenario) -> None:
    """Puts a scenario into the address; PlannerError, and nothing changed, where it is unsound.

    What lay on top of the one before is part of the new one and leaves the address. A reason stands
    beside a change: it goes with it.
    """
    shipped = default_scenario(engine.assumptions)
    changed = {each.reason_key for each in difference(shipped, scenario)}
    kept = tuple((key, text) for key, text in scenario.reasons if key in changed)
    scenario = replace(scenario, reasons=kept)
    engine.check(scenario)
    check_municipalities(scenario, engine.snapshot.codes)
    before, written = now().raw("scenario"), _written()
    link = None if scenario == shipped else to_link(scenario)
    replaced = () if written is None else written.replaced
    kept_in_mind = tuple(old for old in (*replaced, before) if old != link)[-REMEMBERED:]
    # first, so that a change is not lost where writing the address is broken off
    _memory()[_WRITTEN] = _Written(link, time.monotonic(), kept_in_mind)
    State(st.query_params).update(scenario=link, **dict.fromkeys(ON_TOP))


def reset_all(engine: Engine) -> None:
    """Back to the shipped scenario, the municipality's answers included."""
    save(engine, default_scenario(engine.assumptions))
    State(st.query_params).update(**dict.fromkeys(OF_ONE_PLACE))


def drop_answers() -> None:
    """Takes what lies on top for one municipality out of the address."""
    State(st.query_params).update(**dict.fromkeys(OF_ONE_PLACE))


def _written() -> _Written | None:
    return cast(_Written | None, _memory().get(_WRITTEN))


def _memory() -> MutableMapping[str, object]:
    return cast(MutableMapping[str, object], st.session_state)
