"""What the capacity table comes to: the verdict as it is, and as it would be with the table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from planner import services
from planner.answer import Effect, effect
from planner.engine import PAGE_DRAWS, Engine
from planner.records import ServiceBefore
from planner.scenario import Scenario
from planner.ui import blocks, capacity_words, wording
from planner.ui.capacity_draft import Draft
from planner.ui.capacity_lines import Read
from planner.ui.shell import Frame


@dataclass(frozen=True)
class Asked:
    """What the page's figures are asked for: as in planner.answer.effect."""

    engine: Engine
    scenario: Scenario
    code: str
    today: dt.date
    seen_from: dt.date | None


@dataclass(frozen=True)
class Effects:
    """What counts now, and what would.

    before: what counts now; basis: what that rests on, "estimate" or "entered", None where on the
    three answers; now: with the table as it stands, None where that is what counts already or where
    nothing in it could be counted; changed: whether somebody has changed the table.
    """

    before: Effect
    basis: str | None
    now: Effect | None
    changed: bool

    @property
    def shown(self) -> Effect:
        """What the verdict speaks of: an untouched table doesn't speak for what counts now."""
        return self.now if self.changed and self.now is not None else self.before


def effects(asked: Asked, draft: Draft, read: Read) -> Effects:
    """The Effects of the table; its lines that don't hold are left out."""
    scenario, code = asked.scenario, asked.code

    def of(scenario: Scenario) -> Effect:
        return effect(asked.engine, scenario, code, asked.today, asked.seen_from, PAGE_DRAWS)

    answered = None if code in dict(scenario.answers) else "estimate"
    basis = "entered" if code in dict(scenario.capacity) else answered
    now = None
    # saved as it is, an estimate's table has figures of its own: central values, summers as winters
    if read.rows and (draft.changed or not draft.seen.rows):
        supply = services.as_supply(read.sound, service_before(draft, read, scenario))
        now = of(scenario.with_capacity({code: supply}))
    return Effects(of(scenario), basis, now, draft.changed)


def service_before(draft: Draft, read: Read, scenario: Scenario) -> ServiceBefore:
    """The service before the start: as kept, or as the first save of the table will keep it."""
    return draft.seen.before or services.service_before(
        draft.seen.rows or read.sound, scenario.start
    )


def draw(page: Frame, found: Effects, read: Read, today: dt.date) -> None:
    """The verdict, and the figures it rests on before and after the change."""
    texts, fmt = page.texts, page.fmt
    shown = found.shown
    word = capacity_words.verdict(found.before, found.basis, texts)
    if shown is not found.before:
        word += capacity_words.ARROW + capacity_words.verdict(shown, None, texts)
    notes = wording.steps_down(shown.steps_down, today, texts, fmt)
    if shown is not found.before:
        notes.append(texts("capacity.unsaved"))
        if read.left_out:
            lines = capacity_words.listed(read.left_out)
            notes.append(texts.count("capacity.left_out", len(read.left_out), lines=lines))
    verdict, figures = st.columns([5, 6])
    with verdict:
        sentence = capacity_words.sentence(shown, texts)
        blocks.verdict(shown.verdict, word, sentence, notes)
    with figures:
        blocks.table(*table(found, page), caption=texts("capacity.effect"), whole=True)


def table(found: Effects, page: Frame) -> tuple[list[str], list[list[str]]]:
    """The figures of the verdict: as things are and, where the table is changed, with it."""
    texts = page.texts
    heads = [texts("capacity.effect.what"), texts("capacity.effect.before")]
    columns = [_figures(found.before, found.basis == "estimate", page)]
    if found.now is not None:
        heads.append(texts(f"capacity.effect.{'now' if found.changed else 'as_is'}"))
        columns.append(_figures(found.now, False, page))
    labels = [texts(f"capacity.effect.{name}") for name in ("missing", "worst", "support", "use")]
    return heads, [list(row) for row in zip(labels, *columns, strict=True)]


def _figures(found: Effect, estimated: bool, page: Frame) -> Sequence[str]:
    texts, fmt = page.texts, page.fmt
    # what was entered is repeated as it was, an estimate as people speak
    given = fmt.hours(found.capacity) if estimated else capacity_words.hours(found.capacity, texts)
    return (
        capacity_words.missing(found, texts, fmt),
        capacity_words.worst(found, texts),
        texts("figure.per_week", hours=given),
        texts("figure.per_week", hours=fmt.hours(found.baseline)),
    )
