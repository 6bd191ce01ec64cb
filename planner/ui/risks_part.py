"""What can go wrong with a municipality's service: plain warnings with the week they bite."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from planner import risks
from planner.engine import PAGE_DRAWS, Engine
from planner.risks import DEFAULT_KM, LEAST_KM, MOST_KM, Risk, Village
from planner.scenario import Scenario
from planner.services import Held
from planner.ui import blocks
from planner.ui.fields import field
from planner.ui.format import parse_number
from planner.ui.risk_words import Teller, Told, place_name
from planner.ui.shell import Frame

SIGNS: Final = {"serious": "✕", "attention": "!", "note": "i"}


def draw(
    page: Frame,
    engine: Engine,
    scenario: Scenario,
    code: str,
    held: Held | None,
    today: dt.date,
    seen_from: dt.date | None = None,
    draws: int = PAGE_DRAWS,
    seed: int = 1,
) -> None:
    """The risks of a municipality's service, the worst first, and the distance that is too far.

    held: what has been entered, None where the store can't be read.
    """
    above = st.container()
    with st.columns(2)[0]:
        field(
            page,
            "distance",
            page.texts("risks.distance"),
            lambda text: parse_number(text, LEAST_KM, MOST_KM),
            DEFAULT_KM,
        )
    far = distance(page)
    found = risks.risks(engine, scenario, code, held, today, seen_from, draws, seed, far)
    with above:
        _found(page, engine, found, today)
        if held is not None and held.rows:
            _nothing_found(page, engine, code, found)
    _villages(page, engine, found, far)


def distance(page: Frame) -> float:
    """Kilometres from which the way to support is long: the address's where they hold."""
    given = page.state.number("distance")
    return given if given is not None and LEAST_KM <= given <= MOST_KM else DEFAULT_KM


def _found(page: Frame, engine: Engine, found: Sequence[Risk], today: dt.date) -> None:
    texts = page.texts
    teller = Teller(texts, page.fmt, engine.snapshot, today)
    known = [risk for risk in found if risk.severity != "unknown"]
    unknown = [risk for risk in found if risk.severity == "unknown"]
    st.header(_title(page, known, unknown))
    _warnings([teller.tell(risk) for risk in known])
    if unknown:
        _questions(page, [teller.question(risk) for risk in unknown])


def _nothing_found(page: Frame, engine: Engine, code: str, found: Sequence[Risk]) -> None:
    """What was checked without a finding, where there is a service that can be checked."""
    if any(risk.kind == "no_support" and risk.week is None for risk in found):
        return
    place = engine.snapshot.municipalities[engine.snapshot.index(code)]
    kinds = {risk.kind for risk in found}
    fine = [kind for kind in risks.applicable(place) if kind not in kinds]
    if fine:
        topics = [page.texts(f"risks.topic.{kind}") for kind in fine]
        blocks.note(page.texts("risks.checked", topics=topics), wide=True)


def _title(page: Frame, known: Sequence[Risk], unknown: Sequence[Risk]) -> str:
    serious = sum(risk.severity != "note" for risk in known)
    if serious:
        return page.texts.count("risks.title", serious)
    if any(risk.kind == "no_support" for risk in unknown):
        return page.texts("risks.title.no_support")
    return page.texts("risks.title.unknown" if unknown else "risks.title.none")


def _warnings(told: Sequence[Told]) -> None:
    if not told:
        return
    items = "".join(
        f'<li class="planner-risk planner-risk-{one.severity}">'
        f'<p class="planner-risk-kind"><span aria-hidden="true">{SIGNS[one.severity]}</span> '
        f"{html.escape(', '.join(part for part in (one.word, one.when) if part))}</p>"
        f"<p><strong>{html.escape(one.head)}.</strong> {html.escape(one.said)}</p>"
        f"<p>{html.escape(one.todo)}</p></li>"
        for one in told
    )
    st.html(f'<ul class="planner-risks">{items}</ul>')


def _questions(page: Frame, questions: Sequence[str]) -> None:
    texts = page.texts
    st.subheader(texts("risks.unknown.title"))
    items = "".join(f"<li>{html.escape(question)}</li>" for question in questions)
    lead = html.escape(texts("risks.unknown.lead"))
    st.html(f'<div class="planner-questions"><p>{lead}</p><ul>{items}</ul></div>')


def _villages(page: Frame, engine: Engine, found: Sequence[Risk], far: float) -> None:
    """The postal areas behind the warning of long ways, as a table."""
    texts, fmt = page.texts, page.fmt
    listed: Any = next((risk.values["villages"] for risk in found if risk.kind == "far"), ())
    if not listed:
        return

    def nearer(village: Village) -> str:
        if village.other is None or village.other_km is None:
            return "–"
        name = place_name(engine.snapshot, village.other, page.lang)
        return f"{name}, {fmt.whole(village.other_km)} km"

    lines = [
        (
            village.postal_code,
            nearer(village),
            fmt.whole(village.people),
            "–" if village.km is None else fmt.whole(village.km),
        )
        for village in listed
    ]
    heads = [texts(f"risks.villages.{name}") for name in ("area", "other", "people", "km")]
    with st.expander(texts("risks.villages.show")):
        caption = texts("risks.villages.caption", distance=fmt.decimal(far))
        blocks.table(heads, lines, caption=caption, texts=2)
        blocks.note(texts("risks.villages.note"))
