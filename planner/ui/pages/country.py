"""Page: the whole country on a map and in sums."""

import streamlit as st

from planner import overview as country
from planner import tables
from planner.clock import today_in_finland
from planner.engine import Engine, load_engine
from planner.overview import MEASURES, Overview
from planner.ui import (
    blocks,
    charts,
    choices,
    controls,
    country_rows,
    country_wording,
    drivers_part,
    fields,
    folds,
    learning_hook,
    maps,
    parts,
    readiness_country,
    rows,
    shell,
    table_rows,
)

LEVELS = ("region", "wellbeing_county", "development_centre")


def chosen_measure(page: shell.Frame) -> str:
    """The measure of the address, or the one picked above the map."""
    return controls.pick(
        page,
        "measure",
        MEASURES,
        page.texts("control.measure"),
        "measure.{}",
        "error.unknown_measure",
    )


def headline(page: shell.Frame, found: Overview) -> None:
    """The country's answer in one sentence, its figures and the scale check."""
    texts, fmt = page.texts, page.fmt
    st.markdown(f"**{country_wording.country_sentence(found, texts, fmt)}**")
    blocks.note(texts("country.rule"), wide=True)
    blocks.figures(country_wording.figures(found, texts, fmt))
    blocks.note(country_wording.scale_sentence(found, texts, fmt), wide=True)


def map_and_box(page: shell.Frame, engine: Engine, found: Overview) -> None:
    """The map; a click, the select box or the table leads to a municipality."""
    texts, fmt = page.texts, page.fmt
    left, right = st.columns([4, 6])
    with left:
        measure = chosen_measure(page)
        drawn = country_rows.country_map(engine, found, measure, texts, fmt)
        blocks.key(drawn.key)
        spec = maps.choropleth(page.lang, drawn.places, drawn.signs)
        event = st.vega_lite_chart(
            spec=spec,
            width="stretch",
            theme=None,
            key="map",
            on_select="rerun",
            alt=country_wording.map_alt(found, measure, texts, fmt),
        )
        place = maps.clicked(event)
        if place:
            page.go("municipality", kunta=place, **dict.fromkeys(choices.OF_ONE_PLACE))
    with right:
        controls.place_box(page, engine)
        heads, body, links = country_rows.municipality_table(
            engine, found, measure, page.state, texts, fmt
        )
        caption = texts(f"table.places.{measure}")
        blocks.table(heads, body, caption, texts=2, links=links)


def visits(page: shell.Frame, engine: Engine, found: Overview) -> None:
    """Visits in the whole country by week, with their band."""
    texts, fmt = page.texts, page.fmt
    title = country_wording.visits_title(found, texts, fmt)
    weekly = found.weekly["contacts"]
    st.header(title)
    logged = learning_hook.on_country(page, engine, found)
    parts.band_key(page, logged.key)
    data = {**rows.figure(found, weekly, texts, fmt), "actual": logged.rows}
    charts.draw(charts.figure(page.lang, "chart.visits.axis", data), title, "chart-visits")
    learning_hook.tell(page, logged)
    with folds.fold(texts("table.show"), "visits") as opened:
        if opened:
            table = table_rows.figure_table(found, weekly, "table.contacts", texts, fmt)
            blocks.table(*table, caption=title, texts=2)


def sums(page: shell.Frame, engine: Engine, found: Overview) -> None:
    """Sums by region, wellbeing services county or development centre."""
    texts, fmt = page.texts, page.fmt
    st.header(texts("title.sums"))
    levels, many = st.columns(2)
    with levels:
        level = controls.pick(
            page, "level", LEVELS, texts("control.level"), "level.{}", "error.unknown_level_page"
        )
    with many:
        controls.draws_switch(page)
    heads, body = country_rows.area_table(engine, found, level, texts, fmt)
    blocks.table(heads, body, texts("table.sums", level=texts(f"level.{level}")), whole=True)
    blocks.note(texts("range.meaning"), wide=True)
    asked = (found.scenario, found.today, found.seen_from)
    result, drawn = engine.forecast(*asked), engine.ensemble(*asked, found.draws, found.seed)
    frame = tables.weekly(
        engine.snapshot, result, level, page.lang, since=found.seen_from, drawn=drawn
    )
    st.download_button(
        texts("download.areas"), tables.as_csv(frame), file_name=f"{level}.csv", mime="text/csv"
    )


def drivers(page: shell.Frame, engine: Engine, found: Overview) -> None:
    """Which assumptions matter most, and what the busiest week's need is made of."""
    asked = (engine, found.scenario, None, found.today, found.seen_from)
    estimate = found.short_hours.middle
    drivers_part.draw(page, *asked, found.draws, found.seed, estimate=estimate)
    drivers_part.draw_waterfall(page, *asked)


def target(page: shell.Frame, found: Overview) -> None:
    """What the target asks of each age band."""
    parts.draw_target(page, found.target)


page = shell.open("country")
with shell.guard(page):
    engine = load_engine()
    fields.begin(page)
    today = today_in_finland()
    name, view, basis = st.columns([3, 4, 4], vertical_alignment="bottom")
    with name:
        st.title(page.texts("page.country"))
    with view:
        controls.view_switch(page, today)
    with basis:
        controls.drawer(page, engine)
    wanted = choices.choice(page, engine, None)
    choices.tell_faults(page, wanted)
    draws = controls.chosen_draws(page)
    found = country.overview(engine, wanted.scenario, today, wanted.seen_from, draws)
    with shell.guard(page):
        headline(page, found)
    with shell.guard(page):
        map_and_box(page, engine, found)
    with shell.guard(page):
        visits(page, engine, found)
    with shell.guard(page):
        sums(page, engine, found)
    with shell.guard(page):
        parts.draw_staffing(page, found.staffing)
    with shell.guard(page):
        drivers(page, engine, found)
    with shell.guard(page):
        target(page, found)
    with shell.guard(page):
        readiness_country.draw(page, engine)
shell.close(page)
