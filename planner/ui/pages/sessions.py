"""Page: the calendar of sessions, what it covers, changes by hand, files for publishing."""

import datetime as dt
from collections.abc import Sequence
from concurrent.futures import Future, wait

import streamlit as st

from planner.clock import today_in_finland
from planner.engine import load_engine
from planner.errors import PlannerError
from planner.sessions import Session, SessionPlan
from planner.ui import (
    blocks,
    choices,
    controls,
    fields,
    sessions_calendar,
    sessions_cover,
    sessions_edit,
    sessions_files,
    sessions_keep,
    sessions_practice,
    sessions_request,
    sessions_state,
    sessions_words,
    shell,
)
from planner.ui.sessions_state import Asked, Held
from planner.ui.turns import page_runs

SHOWN = ("month", "week", "list")
SOON = 0.4  # seconds a page waits for what would help
QUICK = 2.0  # seconds a page waits for a calendar before it shows how the search goes


def search(page: shell.Frame, asked: Asked) -> tuple[Held | None, bool]:
    """The calendar to show, and whether it is the one to work with: no search goes on."""
    try:
        request = sessions_state.wanted(asked, page.state)
    except PlannerError as error:
        shell.tell(error, page.texts)
        request = sessions_state.otherwise(asked)
    try:
        with st.spinner(page.texts("sessions.page.working")):
            found, looked = sessions_state.looked_for(asked, request, QUICK)
    except PlannerError as error:
        # where there is a calendar, it stands as it was
        shell.tell(error, page.texts)
        return sessions_state.held(asked.code), True
    if looked is not None:
        progress(page, asked)
    return found, looked is None


@st.fragment(run_every=1.0)
def progress(page: shell.Frame, asked: Asked) -> None:
    """How the search goes, and a button that ends it with what it has."""
    looked = sessions_state.running(asked.code)
    if looked is None or looked.state.done:
        st.rerun()
    state = looked.state
    if state.stopped:
        blocks.paragraph(page.texts("sessions.page.stopping"))
        return
    text = "sessions.page.search" if state.gap is None else "sessions.page.search.gap"
    blocks.paragraph(page.texts(text, seconds=int(state.elapsed), gap=percent(page, state.gap)))
    if state.draft is not None and st.button(page.texts("sessions.page.stop"), key="sessions-stop"):
        looked.stop()


def answers(page: shell.Frame, asked: Asked, held: Held) -> None:
    """What is left open and what would help: worked out beside the page, drawn once it is there."""
    looked = sessions_state.explaining(asked.engine, asked.scenario, held.plan)
    with page_runs.aside():
        wait([looked], timeout=SOON)
    if looked.done():
        sessions_cover.answers(page, looked.result(), asked.engine.snapshot)
        return
    sessions_cover.answers(page, held.plan, asked.engine.snapshot, known=False)
    blocks.note(page.texts("sessions.page.explaining"))
    follow(looked)


@st.fragment(run_every=1.0)
def follow(looked: Future[SessionPlan]) -> None:
    """Draws the page anew once the answers are there."""
    if looked.done():
        st.rerun()


def percent(page: shell.Frame, gap: float | None) -> str:
    """A gap in per cent."""
    return "" if gap is None else page.fmt.percent(gap, 1)


def calendar(page: shell.Frame, asked: Asked, held: Held) -> Sequence[Session]:
    """The calendar with its controls; the sessions of what is shown."""
    names = sessions_request.venue_names(page, asked, held.plan)
    left, middle, right = st.columns([3, 4, 4], vertical_alignment="bottom")
    with left:
        shown = controls.pick(
            page,
            "show",
            SHOWN,
            page.texts("sessions.page.show"),
            "sessions.page.show.{}",
            "error.sessions_show",
        )
    with middle:
        venue = picked_venue(page, names)
    with right:
        at = picked_period(page, held, shown)
    sessions_calendar.draw(page, held.plan, held.draft, asked.engine.snapshot, shown, at, venue)
    return sessions_calendar.within(held.plan, shown, at, venue)


def picked_venue(page: shell.Frame, names: dict[str, str]) -> str | None:
    """The venue whose sessions are shown, None for all."""
    usual = page.state.raw("venue")
    everywhere = page.texts("sessions.page.everywhere")

    def picked() -> None:
        fields.set_address(venue=st.session_state["sessions-venue"] or None)

    st.session_state["sessions-venue"] = usual if usual in names else ""
    st.selectbox(
        page.texts("sessions.page.venue"),
        ["", *names],
        format_func=lambda code: names.get(code, everywhere),
        key="sessions-venue",
        on_change=picked,
    )
    return usual if usual in names else None


def picked_period(page: shell.Frame, held: Held, shown: str) -> dt.date:
    """The month or week that is shown, by its first day."""
    labels = {
        day.isoformat(): label
        for day, label in sessions_calendar.periods(held.plan, shown, page.texts, page.fmt)
    }
    asked = (page.state.date("day") or held.plan.first).isoformat()
    now = max((day for day in labels if day <= asked), default=next(iter(labels)))

    def picked() -> None:
        fields.set_address(day=dt.date.fromisoformat(st.session_state["sessions-day"]))

    st.session_state["sessions-day"] = now
    st.selectbox(
        page.texts(f"sessions.page.period.{shown}"),
        list(labels),
        format_func=lambda day: labels.get(day, day),
        key="sessions-day",
        on_change=picked,
    )
    return dt.date.fromisoformat(now)


def above(page: shell.Frame, asked: Asked, held: Held) -> None:
    """The first screen: what the calendar does, the file, the calendar itself."""
    blocks.paragraph(sessions_words.headline(held.plan, page.texts, page.fmt))
    for told in sessions_words.notices(held.plan, page.texts):
        blocks.note(told, wide=True)
    blocks.note(page.texts("sessions.page.only"), wide=True)
    if held.gap is not None:
        blocks.note(sessions_words.gap(held.plan, page.texts, page.fmt), wide=True)
    sessions_files.first(page, asked, held)


def tools(page: shell.Frame, asked: Asked, held: Held, shown: Sequence[Session]) -> None:
    """What can be done with a calendar, and what it covers."""
    with shell.guard(page):
        sessions_keep.draw(page, asked, held)
    with shell.guard(page):
        sessions_edit.draw(page, asked, held, shown)
    for adjust in (sessions_edit.more, sessions_request.more):
        with shell.guard(page):
            adjust(page, asked, held)
    with shell.guard(page):
        sessions_cover.draw(page, held.plan, asked.engine.snapshot)
    with shell.guard(page):
        answers(page, asked, held)
    with shell.guard(page):
        sessions_practice.draw(
            page, asked.engine, asked.scenario, held.draft, held.plan, asked.today
        )
    with shell.guard(page):
        sessions_files.more(page, asked, held)


page = shell.open("sessions")
with shell.guard(page):
    engine = load_engine()
    fields.begin(page)
    today = today_in_finland()
    place = controls.chosen_place(page, engine)
    name, box, basis = st.columns([3, 3, 4], vertical_alignment="bottom")
    with name:
        title = page.texts("page.sessions")
        st.title(page.texts("sessions.page.title", place=place.name(page.lang)) if place else title)
    with box:
        controls.municipality_box(page, engine, place)
    with basis:
        controls.drawer(page, engine)
    if place is None:
        st.markdown(page.texts("sessions.page.welcome"))
    else:
        wanted = choices.choice(page, engine, place.code)
        choices.tell_faults(page, wanted)
        asked = Asked(engine, place.code, wanted.scenario, today)
        with shell.guard(page):
            sessions_state.begin(asked)
        top, chosen = st.container(), st.container()
        with chosen:
            sessions_request.settings(page, sessions_state.usual(asked))
        with top:
            held, ready = search(page, asked)
        if held is not None:
            with top, shell.guard(page):
                above(page, asked, held)
            shown: Sequence[Session] = ()
            with shell.guard(page):
                shown = calendar(page, asked, held)
            if ready:
                tools(page, asked, held, shown)
shell.close(page)
