"""Page: will digital support cope in one municipality, and what to do about it."""

import streamlit as st

from planner import tables
from planner.answer import AXES, Answer, answer
from planner.clock import today_in_finland
from planner.engine import load_engine
from planner.errors import PlannerError
from planner.snapshot import Municipality
from planner.ui import blocks, charts, choices, controls, fields, parts, rows, shell, wording


def chosen_place(page: shell.Frame) -> Municipality | None:
    """The municipality of the address; a message and None where there is no such place."""
    raw = page.state.raw("kunta")
    if raw is None:
        return None
    try:
        snapshot = load_engine().snapshot
        return snapshot.municipalities[snapshot.index(raw)]
    except PlannerError as error:
        shell.tell(error, page.texts)
        return None


def welcome(page: shell.Frame) -> None:
    """What is shown until a municipality is chosen."""
    st.markdown(page.texts("welcome.text"))
    page.link("country", page.texts("welcome.country"))


def first_screen(page: shell.Frame, result: Answer) -> None:
    """Verdict, suggestion and the chart of hours."""
    texts, fmt = page.texts, page.fmt
    blocks.verdict(
        result.verdict,
        wording.verdict_word(result, texts),
        wording.verdict_sentence(result, texts, fmt),
        wording.verdict_notes(result, texts, fmt),
    )
    if wording.is_late(result):
        controls.offer_later_view(page, result.today)
        blocks.note(texts("view.redate"))


def hours(page: shell.Frame, result: Answer) -> None:
    """Hours needed against capacity, by week or by half year."""
    texts, fmt = page.texts, page.fmt
    title = wording.hours_title(result, texts, fmt)
    st.header(title)
    if result.small:
        blocks.key(
            [
                (charts.LINE, "box", texts("series.baseline")),
                (charts.BLUE, "box", texts("series.rollout")),
                (charts.TEXT, "tick", texts("series.capacity")),
            ]
        )
        data = {
            "rows": rows.seasons(result, texts, fmt),
            "capacity": rows.season_capacity(result, fmt),
        }
        charts.draw(charts.seasons(page.lang, data), title, "chart-seasons")
        with st.expander(texts("table.show")):
            blocks.table(*rows.season_table(result, texts, fmt), caption=title)
        return
    blocks.key(
        [
            *(
                (charts.SERIES_COLOURS[name], "box", texts(f"series.{name}"))
                for name in charts.SERIES
            ),
            (charts.TEXT, "line", texts("series.capacity")),
            (charts.BAD, "mark", texts("series.short")),
        ]
    )
    data = {
        "need": rows.need(result, texts, fmt),
        "capacity": rows.capacity(result),
        "short": rows.short(result, fmt),
        "today": rows.today(result, texts, fmt),
    }
    charts.draw(charts.hours(page.lang, data), title, "chart-hours")
    with st.expander(texts("table.show")):
        blocks.table(*rows.week_table(result, texts, fmt), caption=title, texts=2)


def users(page: shell.Frame, result: Answer) -> None:
    """New users by week."""
    texts, fmt = page.texts, page.fmt
    if result.small:
        return  # the table of half years has them
    title = wording.users_title(result, texts, fmt)
    st.header(title)
    data = {"users": rows.new_users(result, fmt), "today": rows.today(result, texts, fmt)}
    charts.draw(charts.users(page.lang, data), title, "chart-users")
    with st.expander(texts("table.show")):
        blocks.table(*rows.users_table(result, texts, fmt), caption=title, texts=2)


def who_and_what(page: shell.Frame, result: Answer) -> None:
    """Visits by source, age, channel and topic."""
    texts, fmt = page.texts, page.fmt
    st.header(texts("title.who"))
    if result.small:
        blocks.note(texts("who.small"))
        return
    columns = [*st.columns(2), *st.columns(2)]
    for column, axis in zip(columns, ("age", "topic", "channel", "source"), strict=True):
        labels = [rows.axis_label(axis, code, texts) for code in AXES[axis]]
        data = rows.ranked(getattr(result.breakdown, axis), labels, fmt, sort=axis != "age")
        with column:
            blocks.bars(
                texts(f"title.{axis}"), texts("axis." + axis), texts("table.contacts"), data
            )


def target(page: shell.Frame, result: Answer) -> None:
    """What the target asks of each age band."""
    parts.draw_target(page, result.target)


def download(page: shell.Frame, result: Answer) -> None:
    """The weekly figures as a file."""
    engine = load_engine()
    frame = tables.weekly(
        engine.snapshot,
        engine.forecast(result.scenario, result.today, result.seen_from),
        "municipality",
        page.lang,
        [engine.snapshot.index(result.place.code)],
        result.seen_from,
    )
    st.download_button(
        page.texts("download.weeks"),
        tables.as_csv(frame),
        file_name=f"{result.place.code}.csv",
        mime="text/csv",
    )


page = shell.open("municipality")
with shell.guard(page):
    engine = load_engine()
    fields.begin(page)
    place = chosen_place(page)
    name, box, basis = st.columns([3, 3, 4], vertical_alignment="bottom")
    with name:
        st.title(place.name(page.lang) if place else page.texts("welcome.title"))
    with box:
        controls.municipality_box(page, engine, place)
    with basis:
        controls.drawer(page, engine)
    if place is None:
        welcome(page)
    else:
        controls.three_questions(page)
        wanted = choices.choice(page, engine, place.code)
        choices.tell_faults(page, wanted)
        today = today_in_finland()
        found = answer(engine, wanted.scenario, place.code, today, wanted.seen_from)
        for part in (first_screen, hours):
            with shell.guard(page):
                part(page, found)
        if found.estimated:
            blocks.note(wording.estimate_note(found, page.texts), wide=True)
        controls.view_switch(page, today)
        blocks.figures(wording.figures(found, page.texts, page.fmt))
        for part in (users, who_and_what, target, download):
            with shell.guard(page):
                part(page, found)
shell.close(page)
