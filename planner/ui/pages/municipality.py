"""Page: will digital support cope in one municipality, and what to do about it."""

import datetime as dt

import streamlit as st

from planner import explain, tables
from planner.answer import AXES, Answer, answer
from planner.clock import today_in_finland
from planner.engine import Engine, load_engine
from planner.influence import place_influence
from planner.scenario import Scenario
from planner.ui import (
    blocks,
    capacity_part,
    certainty,
    charts,
    choices,
    controls,
    driver_rows,
    drivers_part,
    fields,
    folds,
    learning_hook,
    parts,
    rows,
    shell,
    sum_part,
    table_rows,
    wording,
)


def welcome(page: shell.Frame) -> None:
    """What is shown until a municipality is chosen."""
    st.markdown(page.texts("welcome.text"))
    page.link("country", page.texts("welcome.country"))


def asked(result: Answer) -> tuple[Engine, Scenario, str, dt.date, dt.date | None]:
    """What the answer was asked for: the same question for its parts."""
    return load_engine(), result.scenario, result.place.code, result.today, result.seen_from


def first_screen(page: shell.Frame, result: Answer) -> None:
    """Verdict, suggestion and the chart of hours."""
    texts, fmt = page.texts, page.fmt
    moved_by = place_influence(*asked(result), result.draws, result.seed)
    matters = driver_rows.key_sentence(moved_by, texts, fmt)
    blocks.verdict(
        result.verdict,
        wording.verdict_word(result, texts),
        wording.verdict_sentence(result, texts, fmt),
        wording.verdict_notes(result, texts, fmt, matters),
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
        half_years(page, result, title)
        return
    logged = learning_hook.on_hours(page, result)
    blocks.key(
        [
            (charts.DEEP_BLUE, "line", texts("series.needed")),
            (charts.BAND, "box", texts("series.band")),
            (charts.BASELINE, "box", texts("series.baseline")),
            (charts.TEXT, "dash", texts("series.capacity")),
            (charts.BAD, "mark", texts("series.short")),
            *logged.key,
        ]
    )
    data = {**rows.hours(result, texts, fmt), "actual": logged.rows}
    spec = charts.hours(page.lang, data)
    charts.draw(spec, f"{title}. {certainty.sure(result, texts, fmt)}", "chart-hours")
    learning_hook.tell(page, logged)
    with folds.fold(texts("table.show"), "hours") as opened:
        if opened:
            blocks.table(*table_rows.week_table(result, texts, fmt), caption=title, texts=2)
            blocks.note(texts("range.meaning"))


def half_years(page: shell.Frame, result: Answer, title: str) -> None:
    """The same for a place with few people: by half year."""
    texts, fmt = page.texts, page.fmt
    blocks.key(
        [
            (charts.BASELINE, "box", texts("series.baseline")),
            (charts.BLUE, "box", texts("series.rollout")),
            (charts.TEXT, "line", texts("series.band")),
            (charts.TEXT, "tick", texts("series.capacity")),
        ]
    )
    spec = charts.seasons(page.lang, rows.seasons(result, texts, fmt))
    finding = wording.verdict_sentence(result, texts, fmt)
    charts.draw(spec, f"{title}. {finding}", "chart-seasons")
    with folds.fold(texts("table.show"), "seasons") as opened:
        if opened:
            blocks.table(*table_rows.season_table(result, texts, fmt), caption=title)
            blocks.note(texts("range.meaning"))


def drivers(page: shell.Frame, result: Answer) -> None:
    """Which assumptions matter most, and what the worst week's need is made of."""
    estimate = result.totals.short_hours.middle
    drivers_part.draw(page, *asked(result), result.draws, result.seed, estimate=estimate)
    if result.small:  # a single week of a few people is chance
        blocks.note(page.texts("waterfall.small"))
        return
    week = result.mondays[explain.worst_week(result)]
    drivers_part.draw_waterfall(page, *asked(result), week)


def users(page: shell.Frame, result: Answer) -> None:
    """New users by week."""
    texts, fmt = page.texts, page.fmt
    if result.small:
        return  # the table of half years has them
    title = wording.users_title(result, texts, fmt)
    st.header(title)
    parts.band_key(page)
    data = rows.figure(result, result.new_users, texts, fmt)
    charts.draw(charts.figure(page.lang, "chart.users.axis", data), title, "chart-users")
    with folds.fold(texts("table.show"), "users") as opened:
        if opened:
            blocks.table(*table_rows.users_table(result, texts, fmt), caption=title, texts=2)


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
    causes(page, result)
    blocks.note(texts("who.central"), wide=True)


def causes(page: shell.Frame, result: Answer) -> None:
    """Visits by week and cause."""
    texts, fmt = page.texts, page.fmt
    title = wording.causes_title(result, texts)
    st.subheader(title)
    logged = learning_hook.on_visits(page, result)
    sources = [
        (charts.SERIES_COLOURS[name], "box", texts(f"series.{name}")) for name in AXES["source"]
    ]
    blocks.key([*sources, *logged.key])
    data = {**rows.causes(result, texts, fmt), "actual": logged.rows}
    charts.draw(charts.causes(page.lang, data), title, "chart-causes")
    with folds.fold(texts("table.show"), "causes") as opened:
        if opened:
            blocks.table(*table_rows.causes_table(result, texts, fmt), caption=title, texts=2)


def staffing(page: shell.Frame, result: Answer) -> None:
    """What covering the missing hours takes."""
    parts.draw_staffing(page, result.staffing)


def target(page: shell.Frame, result: Answer) -> None:
    """What the target asks of each age band."""
    parts.draw_target(page, result.target)


def behind(page: shell.Frame, result: Answer) -> None:
    """The sum behind each figure."""
    sum_part.draw(page, load_engine(), result)


def download(page: shell.Frame, result: Answer) -> None:
    """The weekly figures as a file."""
    engine = load_engine()
    index = engine.snapshot.index(result.place.code)
    asked = (result.today, result.seen_from)

    def written() -> str:
        return tables.as_csv(
            tables.weekly(
                engine.snapshot,
                engine.forecast(result.scenario, *asked),
                "municipality",
                page.lang,
                [index],
                result.seen_from,
                engine.place_draws(result.scenario, index, *asked, result.draws, result.seed),
            )
        )

    st.download_button(
        page.texts("download.weeks"),
        written,  # only once it is asked for
        file_name=f"{result.place.code}.csv",
        mime="text/csv",
    )


page = shell.open("municipality")
with shell.guard(page):
    engine = load_engine()
    fields.begin(page)
    place = controls.chosen_place(page, engine)
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
        today, usual = today_in_finland(), choices.base(page.state, engine)
        stated = dict(usual.answers).get(place.code)
        capacity_part.support(page, place.code, usual, today, stated)
        wanted = choices.choice(page, engine, place.code)
        choices.tell_faults(page, wanted)
        draws = controls.chosen_draws(page)
        found = answer(engine, wanted.scenario, place.code, today, wanted.seen_from, draws)
        for part in (first_screen, hours):
            with shell.guard(page):
                part(page, found)
        if found.answers is None:
            blocks.note(wording.estimate_note(found, page.texts), wide=True)
        view, many = st.columns(2)
        with view:
            controls.view_switch(page, today)
        with many:
            controls.draws_switch(page)
        blocks.figures(wording.figures(found, page.texts, page.fmt))
        for part in (staffing, drivers, users, who_and_what, target, behind, download):
            with shell.guard(page):
                part(page, found)
shell.close(page)
