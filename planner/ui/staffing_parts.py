"""Parts of the staffing page: need, mix, options, one more session, and what it all rests on."""

from __future__ import annotations

import functools

import streamlit as st

from planner.assumptions import load_assumptions
from planner.staffing import LEAST_LEVEL, LEVEL, MOST_LEVEL, Staffing, load_menu
from planner.ui import (
    blocks,
    charts,
    folds,
    rows,
    staffing_charts,
    staffing_rows,
    staffing_words,
    table_rows,
)
from planner.ui.fields import field, set_address
from planner.ui.format import parse_whole
from planner.ui.shell import Frame
from planner.ui.state import State

PERCENT = 100


def level(page: Frame) -> float:
    """The level of the address, as a share; the usual one where it isn't a level."""
    given = page.state.whole("copes")
    low, high = round(PERCENT * LEAST_LEVEL), round(PERCENT * MOST_LEVEL)
    return given / PERCENT if given is not None and low <= given <= high else LEVEL


def left_out(page: Frame) -> tuple[str, ...]:
    """The options that the address rules out."""
    given = (page.state.code("without") or "").split(",")
    return tuple(name for name in load_menu().ids if name in given)


def settings(page: Frame) -> tuple[float, tuple[str, ...]]:
    """Draws the level to keep and the options that are possible, and gives what they say."""
    texts, low, high = page.texts, PERCENT * LEAST_LEVEL, PERCENT * MOST_LEVEL
    st.header(texts("staff.title.mix"))
    with st.columns([4, 6])[0]:
        field(
            page,
            "copes",
            texts("staff.level"),
            lambda text: parse_whole(text.strip().removesuffix("%"), low, high),
            round(PERCENT * LEVEL),
            texts("staff.level.help"),
        )
    out = left_out(page)
    st.markdown(texts("staff.possible"))
    with st.container(horizontal=True, key="staffing-possible"):
        for item in load_menu().ids:
            key = f"staffing-{item}"
            st.session_state[key] = item not in out
            label = texts(f"staff.option.{item}")
            st.checkbox(
                staffing_words.capital(label),
                key=key,
                on_change=functools.partial(_ticked, item),
            )
    return level(page), out


def _ticked(item: str) -> None:
    """Takes an option in or out of the address."""
    given = (State(st.query_params).code("without") or "").split(",")
    out = [name for name in load_menu().ids if name in given and name != item]
    if not st.session_state[f"staffing-{item}"]:
        out.append(item)
    set_address(without=",".join(name for name in load_menu().ids if name in out) or None)


def headline(page: Frame, found: Staffing) -> None:
    """What is missing, when, how sure, and the cheapest mix."""
    texts, fmt = page.texts, page.fmt
    blocks.verdict(
        staffing_words.code(found),
        staffing_words.word(found, texts),
        staffing_words.sentence(found, texts, fmt),
        staffing_words.notes(found, texts, fmt),
    )


def need(page: Frame, found: Staffing) -> None:
    """Need at P50 and P80 against what there is, by week or by half year."""
    texts, fmt = page.texts, page.fmt
    title = staffing_words.chart_title(found, texts, fmt)
    st.header(title)
    finding = f"{title}. {staffing_words.sentence(found, texts, fmt)}"
    if found.answer.small:
        _half_years(page, found, title, finding)
        return
    blocks.key(
        [
            (charts.DEEP_BLUE, "line", texts("staff.series.p50")),
            (staffing_charts.UPPER, "line", texts("staff.series.p80")),
            (charts.TEXT, "dash", texts("series.capacity")),
            (charts.BAD, "mark", texts("series.short")),
        ]
    )
    data = staffing_rows.need(found, texts, fmt)
    charts.draw(staffing_charts.need(page.lang, data), finding, "chart-need")
    with folds.fold(texts("table.show"), "need") as opened:
        if opened:
            table = staffing_rows.week_table(found, texts, fmt)
            blocks.table(*table, caption=title, texts=2)
            blocks.note(texts("staff.table.note"))


def _half_years(page: Frame, found: Staffing, title: str, finding: str) -> None:
    texts, fmt, answer = page.texts, page.fmt, found.answer
    blocks.key(
        [
            (charts.BASELINE, "box", texts("series.baseline")),
            (charts.BLUE, "box", texts("series.rollout")),
            (charts.TEXT, "line", texts("series.band")),
            (charts.TEXT, "tick", texts("series.capacity")),
        ]
    )
    charts.draw(
        charts.seasons(page.lang, rows.seasons(answer, texts, fmt)), finding, "chart-seasons"
    )
    with folds.fold(texts("table.show"), "seasons") as opened:
        if opened:
            blocks.table(*table_rows.season_table(answer, texts, fmt), caption=title)
            blocks.note(texts("range.meaning"))


def figures(page: Frame, found: Staffing) -> None:
    """The key figures."""
    blocks.figures(staffing_words.figures(found, page.texts, page.fmt))


def mix(page: Frame, found: Staffing) -> None:
    """The cheapest mix, option by option."""
    texts, fmt = page.texts, page.fmt
    if found.mix is None or found.kind == "none":
        for line in staffing_words.advice(found, texts, fmt):
            blocks.paragraph(line)
        return
    period, kept = staffing_words.plan_period(found, fmt), fmt.percent(found.level)
    caption = texts("staff.mix.caption", period=period, level=kept)
    blocks.table(*staffing_rows.mix_table(found, texts, fmt), caption, texts=2, whole=True)
    said = texts(f"staff.mix.note.{found.kind}")
    blocks.note(f"{said} {staffing_words.mix_staff(found, texts, fmt)}".strip(), wide=True)
    if any(option.id == "volunteers" and option.mix_units for option in found.options):
        blocks.note(texts("staff.volunteers"), wide=True)


def options(page: Frame, found: Staffing) -> None:
    """Options side by side, and what each of them is and needs."""
    texts, fmt = page.texts, page.fmt
    st.header(texts("staff.title.options"))
    caption = texts("staff.options.caption")
    blocks.table(*staffing_rows.option_table(found, texts, fmt), caption, whole=True)
    if found.mix is not None and found.kind != "none":
        blocks.note(texts("staff.options.note", level=fmt.percent(found.level)), wide=True)
    titles = {option.id: staffing_words.title(found, option, texts) for option in found.options}
    lines = [f"- **{said}.** {texts(f'staff.option.{code}.what')}" for code, said in titles.items()]
    st.markdown("\n".join(lines))


def basis(page: Frame) -> None:
    """The figures behind the options, with bounds, grade and sources."""
    texts, fmt, menu = page.texts, page.fmt, load_menu()
    cited = load_assumptions().sources
    sources = {name: source.cite(page.lang) for name, source in cited.items()}
    with st.expander(texts("staff.title.basis")):
        blocks.note(texts("staff.basis.intro"))
        for item in menu.ids:
            label = texts(f"staff.option.{item}")
            table = staffing_rows.figure_table(menu, item, sources, texts, fmt)
            blocks.table(*table, staffing_words.capital(label), texts=5, whole=True)


def more(page: Frame, found: Staffing) -> None:
    """What one more weekly session buys."""
    texts, fmt = page.texts, page.fmt
    st.header(texts("staff.title.more"))
    blocks.paragraph(staffing_words.more_sentence(found, texts, fmt))
    caption = texts("staff.more.caption", date=fmt.date(found.more_from))
    blocks.table(*staffing_rows.more_table(found, texts, fmt), caption, whole=True)
