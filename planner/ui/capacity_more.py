"""Beside the capacity table: the service before the start, and what the support does not do."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from planner import services
from planner.errors import PlannerError
from planner.records import ServiceBefore, ServiceScope
from planner.services import Held
from planner.ui import blocks, capacity_draft, capacity_words, kept, shell
from planner.ui.capacity_effect import service_before
from planner.ui.capacity_keep import Table, attempt
from planner.ui.capacity_lines import hours_cell
from planner.ui.shell import Frame


def before(page: Frame, table: Table, tallied: float | None) -> None:
    """The service before the start in a sentence, with a way to change it.

    tallied: hours that a tally week counted, which stand in its place.
    """
    texts, seen = page.texts, table.draft.seen
    st.subheader(texts("capacity.before.title"))
    counted = service_before(table.draft, table.read, table.scenario)
    said = {
        "hours": capacity_words.hours(counted.hours + counted.contract, texts),
        "date": page.fmt.date(table.scenario.start),
    }
    kind = "kept" if seen.before is not None else "estimate" if not seen.rows else "unkept"
    if kind == "estimate" and not table.draft.changed:
        blocks.paragraph(texts("capacity.before.estimate"))
    else:
        blocks.paragraph(texts(f"capacity.before.{'kept' if kind == 'kept' else 'first'}", **said))
    if tallied is not None:
        blocks.note(texts("capacity.before.tallied", hours=capacity_words.hours(tallied, texts)))
    if seen.before is not None:
        _change_before(page, table)


def _change_before(page: Frame, table: Table) -> None:
    """The fields of the service before the start: hours with clients and hours of employment."""
    texts, code = page.texts, table.code
    names = ("hours", "contract")

    def of(held: Held) -> tuple[str, ...]:
        known = held.before or ServiceBefore(0.0)
        return tuple(hours_cell(getattr(known, name), page.lang) for name in names)

    keys = [f"before-{code}-{page.lang}-{name}" for name in names]
    there = all(key in st.session_state for key in keys)
    typed = tuple(st.session_state[key] for key in keys) if there else None
    form = capacity_draft.form(code, f"before-{page.lang}", table.draft.seen, of, typed)
    with st.expander(texts("capacity.before.change")):
        blocks.note(texts("capacity.before.help"))
        for key, name, value in zip(keys, names, form.value, strict=True):
            if st.session_state.get(key) != value:
                st.session_state[key] = value
            st.text_input(texts(f"capacity.before.{name}"), key=key, max_chars=20)
        pressed = st.button(texts("capacity.before.save"), key="capacity-before-save")
    if not pressed and form.value == of(form.seen):
        return
    try:
        wanted = ServiceBefore(
            *(services.hours_of(text) if text.strip() else 0.0 for text in form.value)
        )
    except PlannerError as error:
        shell.tell(error, texts)
        return

    def save(seen: Held) -> None:
        services.save_before(kept.store(), code, wanted, seen, kept.author())

    attempt(page, code, "before", form.seen, save, pressed)


def scope(page: Frame, table: Table, referred: Mapping[str, float]) -> None:
    """Ticks for what the support does not do, and how many visits that sends elsewhere.

    referred: visits about each by code, where a topic stands for it.
    """
    texts, code = page.texts, table.code
    st.header(texts("capacity.scope.title"), anchor="scope")
    blocks.note(texts("capacity.scope.lead"), wide=True)

    def of(held: Held) -> tuple[str, ...]:
        return () if held.scope is None else held.scope.left_out

    keys = {name: f"scope-{code}-{name}" for name in services.SCOPES}
    there = all(key in st.session_state for key in keys.values())
    ticked = tuple(name for name, key in keys.items() if st.session_state.get(key))
    form = capacity_draft.form(code, "scope", table.draft.seen, of, ticked if there else None)
    for name, key in keys.items():
        if st.session_state.get(key) != (name in form.value):
            st.session_state[key] = name in form.value
        visits = referred.get(name)
        label = texts(f"capacity.scope.{name}")
        if visits is not None:
            number = page.fmt.about(visits)
            label = texts("capacity.scope.visits", what=label, visits=number)
        st.checkbox(label, key=key)
    known = sum(referred.get(name, 0.0) for name in form.value)
    if known:
        blocks.paragraph(texts("capacity.scope.referred", visits=page.fmt.about(known)))
    pressed = False
    if form.value != of(form.seen):
        pressed = st.button(texts("capacity.scope.save"), key="capacity-scope-save")

    def save(seen: Held) -> None:
        services.save_scope(kept.store(), code, ServiceScope(form.value), seen, kept.author())

    attempt(page, code, "scope", form.seen, save, pressed)
