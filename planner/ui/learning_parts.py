"""The parts of the page on what happened: verdict, forecast before and after, backtest, files."""

from __future__ import annotations

import datetime as dt
import html

import streamlit as st

from planner import learned, outcome, tables
from planner.engine import Engine
from planner.errors import PlannerError
from planner.model.weeks import Horizon
from planner.outcome import Outcome, Track
from planner.scenario import Scenario
from planner.snapshot import Municipality
from planner.ui import (
    blocks,
    charts,
    controls,
    learning_charts,
    learning_headline,
    learning_points,
    learning_rows,
    learning_view,
    shelf,
    shell,
)
from planner.ui.fields import field
from planner.ui.format import parse_date
from planner.ui.shelf import Logs, VisitLog
from planner.ui.shell import Frame

SECTIONS = ("logs", "tally")


def contents(page: Frame) -> None:
    """Links to the parts of the page that a reader comes for with a file or a sheet."""
    texts = page.texts
    items = "".join(
        f'<li><a href="#{name}">{html.escape(texts(f"learning.go.{name}"))}</a></li>'
        for name in SECTIONS
    )
    label = html.escape(texts("learning.contents"))
    st.html(f'<nav class="planner-contents" aria-label="{label}"><ul>{items}</ul></nav>')


def welcome(page: Frame, engine: Engine, scenario: Scenario, today: dt.date) -> None:
    """What a log would tell, and an example of one."""
    texts = page.texts
    st.markdown(texts("learning.welcome"))
    if st.button(texts("learning.demo"), key="demo", icon=":material/science:"):
        with st.spinner(texts("learning.working")):
            log = demonstration(page, engine, scenario, today)
        shelf.put_logs(Logs(log))
        st.rerun()
    blocks.note(texts("learning.demo.note"))


def demonstration(page: Frame, engine: Engine, scenario: Scenario, today: dt.date) -> VisitLog:
    """The simulator's log, under a name that says so."""
    rows = learned.demonstration(engine, scenario, today)
    name = learning_rows.file_name("learning.visits.file", True, page.texts)
    return VisitLog(name, tuple(rows), simulated=True)


def as_of_field(page: Frame, span: Horizon, held: Logs, today: dt.date) -> dt.date:
    """The day up to which figures are learned from: what the address says, or the last logged."""
    low, high = min(span.day(1), today), today
    visits = held.visits.rows if held.visits else ()
    users = held.users.rows if held.users else ()
    latest = outcome.last_day(visits, users) or high
    default = min(max(latest, low), high)

    def parse(text: str) -> dt.date:
        day = parse_date(text)
        if not low <= day <= high:
            raise PlannerError("error.as_of_range", low=low, high=high)
        return day

    given = page.state.date("as_of")
    if given is not None and not low <= given <= high:
        shell.tell(PlannerError("error.as_of_range", low=low, high=high), page.texts)
        page.state.update(as_of=None)
    field(page, "as_of", page.texts("learning.as_of"), parse, default=default)
    return page.state.date("as_of") or default


def result(
    page: Frame,
    engine: Engine,
    scenario: Scenario,
    today: dt.date,
    as_of: dt.date,
    place: Municipality | None,
) -> None:
    """What the log says: verdict, charts, backtest and files."""
    held = shelf.logs()
    visits = held.visits.rows if held.visits else ()
    users = held.users.rows if held.users else ()
    code = place.code if place else None
    draws = controls.chosen_draws(page)
    with st.spinner(page.texts("learning.working")):
        found = outcome.outcome(engine, scenario, today, visits, users, as_of, code, draws)
    first_screen(page, engine, found, place)
    if found.place is not None and place is not None:
        track(page, found, found.place, place.name(page.lang), "chart-place")
    track(page, found, found.all, None, "chart-all")
    counts(page, engine, found)
    controls.draws_switch(page)
    downloads(page, engine, scenario, today, found)
    backtest(page, engine, scenario, today, as_of, draws)


def first_screen(page: Frame, engine: Engine, found: Outcome, place: Municipality | None) -> None:
    """Still valid or changed, by how much, and what that means for hours."""
    texts, fmt = page.texts, page.fmt
    if shelf.logs().simulated:
        st.warning(texts("learning.simulated.banner"), icon=":material/science:")
    shown, snapshot = found.all, engine.snapshot
    notes = [learning_headline.few_sentence(found, texts, fmt)]
    name = learning_headline.only_keeper(found, snapshot, texts)
    if place is None or name != place.name(page.lang):  # its own sentence says the same
        notes.append(learning_view.logged_sentence(found, name, texts, fmt))
    if found.place is not None and place is not None:
        shown, index, name = found.place, snapshot.index(place.code), place.name(page.lang)
        notes.append(learning_view.place_sentence(found, place, index, texts, fmt))
    notes.append(learning_view.hours_sentence(found, shown, name, texts, fmt))
    notes.append(learning_view.verdicts_sentence(found, texts))
    notes.append(learning_view.unusual_sentence(found, texts, fmt))
    blocks.verdict(
        "ready" if found.state == "valid" else "tight",
        learning_headline.verdict_word(found, snapshot, texts),
        learning_headline.verdict_sentence(found, snapshot, texts, fmt),
        [note for note in notes if note],
    )
    for remark in learning_headline.remarks(found.lesson, snapshot, texts):
        st.warning(remark)
    blocks.figures(learning_view.figures(shown, texts, fmt))


def track(page: Frame, found: Outcome, shown: Track, name: str | None, key: str) -> None:
    """Visits by week, forecast before and after, and logged."""
    texts, fmt = page.texts, page.fmt
    simulated = shelf.logs().simulated
    title = learning_view.track_title(found, shown, name, texts, fmt)
    st.header(title)
    blocks.key(
        [
            (learning_charts.BEFORE, "box", texts("learning.key.before")),
            (learning_charts.AFTER, "box", texts("learning.key.after")),
            learning_points.actual_key(simulated, texts),
        ]
    )
    rows = {
        "bands": learning_view.bands(found, shown, texts, fmt),
        "actual": learning_points.actual(shown.points, texts, fmt, simulated, found.as_of),
        "today": learning_view.mark(found, texts, fmt),
    }
    said = texts("learning.simulated.alt", title=title) if simulated else title
    charts.draw(learning_charts.track(page.lang, rows), said, key)
    if simulated:
        blocks.note(texts("learning.simulated.log"))
    if shown.uneven:
        blocks.note(texts("learning.uneven"))
    if (rows["actual"]["fill"] == "white").any():
        blocks.note(texts("learning.hollow"))
    with st.expander(texts("table.show")):
        heads, body = learning_view.track_table(found, shown, texts, fmt)
        blocks.table(heads, body, caption=said, texts=2)


def counts(page: Frame, engine: Engine, found: Outcome) -> None:
    """Counts of users beside the forecast, and what of the log lies outside it."""
    texts = page.texts
    if found.outside:
        blocks.note(texts.count("learning.outside", found.outside))
    if found.counted:
        st.header(texts("learning.users.title"))
        heads, rows = learning_view.count_table(found, engine, texts, page.fmt)
        blocks.table(heads, rows, texts("learning.counts"), texts=2)


def backtest(
    page: Frame, engine: Engine, scenario: Scenario, today: dt.date, as_of: dt.date, draws: int
) -> None:
    """How good updates would have been so far; computed when asked for."""
    texts, fmt = page.texts, page.fmt
    st.header(texts("learning.backtest"))
    st.markdown(texts("learning.backtest.lead"))
    held = shelf.logs()
    log, users = held.visits, held.users.rows if held.users else ()
    if log is None:
        blocks.note(texts("learning.visits.none"))
        return
    if not st.toggle(texts("learning.backtest.run"), key="backtest"):
        return
    with st.spinner(texts("learning.working")):
        frame = outcome.backtest(engine, scenario, today, log.rows, users, as_of, draws)
    if frame.empty:
        blocks.note(texts("learning.backtest.few"))
        return
    if not frame["contacts"].any():
        blocks.note(texts("learning.backtest.zeros"))
        return
    pooled = outcome.pooled(frame)
    st.markdown(f"**{learning_view.backtest_sentence(pooled, texts, fmt)}**")
    heads, rows = learning_view.backtest_table(pooled, texts, fmt)
    blocks.table(heads, rows, texts("learning.backtest"), whole=True)
    st.markdown(texts("learning.backtest.words"))
    st.download_button(
        texts("learning.backtest.download"),
        tables.as_csv(frame),
        file_name=learning_rows.file_name("learning.backtest.file", log.simulated, texts),
        mime="text/csv",
        key="backtest-download",
    )


def downloads(
    page: Frame, engine: Engine, scenario: Scenario, today: dt.date, found: Outcome
) -> None:
    """The updated forecast as a file, by municipality and week."""
    texts = page.texts
    simulated = shelf.logs().simulated
    st.download_button(
        texts("learning.download"),
        lambda: outcome.after_csv(engine, scenario, today, found, page.lang),
        file_name=learning_rows.file_name("learning.download.file", simulated, texts),
        mime="text/csv",
        key="after-download",
    )
