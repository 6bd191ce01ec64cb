"""Heads and rows of the tables that stand beside a page's charts."""

from __future__ import annotations

from collections.abc import Mapping

from planner.answer import HOURS_NOTICED, Answer
from planner.model.demand import SOURCES
from planner.model.intervals import Band, Interval
from planner.texts import Texts
from planner.ui.format import Formats, rounded
from planner.ui.rows import Weeks, week_number, weeks_of

Table = tuple[list[str], list[list[str]]]

LEAST_YEARS = 0.05  # person-years; less is not spoken of in person-years
LEAST_HIRED = 40.0  # hours over the view: nobody is hired for less than a week's work


def with_range(text_id: str, texts: Texts) -> list[str]:
    """The heads of a figure and of its range."""
    name = texts(text_id)
    return [name, texts("table.range", what=name)]


def whole_range(figure: Interval, fmt: Formats) -> str:
    """P10 and P90 as whole numbers: "4–9"."""
    return f"{fmt.whole(figure.low)}–{fmt.whole(figure.high)}"


def _decimal_range(figure: Interval, fmt: Formats) -> str:
    return f"{fmt.decimal(figure.low)}–{fmt.decimal(figure.high)}"


def week_table(answer: Answer, texts: Texts, fmt: Formats) -> Table:
    """The weekly table beside the hours chart."""
    heads = [texts("chart.week"), texts("table.monday")]
    heads += with_range("table.contacts", texts) + with_range("table.needed", texts)
    heads += [texts("table.capacity"), *with_range("table.short", texts), texts("table.copes")]
    rows = []
    for i in weeks_of(answer):
        short = answer.short.at(i)
        none = short.high <= HOURS_NOTICED
        rows.append(
            [
                week_number(answer.mondays[i]),
                fmt.date(answer.mondays[i]),
                fmt.whole(answer.contacts.middle[i]),
                whole_range(answer.contacts.at(i), fmt),
                fmt.decimal(answer.needed.middle[i]),
                _decimal_range(answer.needed.at(i), fmt),
                fmt.decimal(answer.capacity.middle[i]),
                fmt.decimal(short.middle) if short.middle > HOURS_NOTICED else "–",
                "–" if none else _decimal_range(short, fmt),
                fmt.percent(float(answer.p_copes[i])),
            ]
        )
    return heads, rows


def figure_table(found: Weeks, figure: Band, text_id: str, texts: Texts, fmt: Formats) -> Table:
    """Week, Monday, a figure in whole numbers and its range."""
    heads = [texts("chart.week"), texts("table.monday"), *with_range(text_id, texts)]
    rows = [
        [
            week_number(found.mondays[i]),
            fmt.date(found.mondays[i]),
            fmt.whole(figure.middle[i]),
            whole_range(figure.at(i), fmt),
        ]
        for i in weeks_of(found)
    ]
    return heads, rows


def users_table(answer: Answer, texts: Texts, fmt: Formats) -> Table:
    """The table beside the chart of new users; users in all are the central path's."""
    heads, rows = figure_table(answer, answer.new_users, "table.new_users", texts, fmt)
    users = answer.central.users
    for row, i in zip(rows, weeks_of(answer), strict=True):
        row.append(fmt.whole(users[i]))
    return [*heads, texts("table.users")], rows


def causes_table(answer: Answer, texts: Texts, fmt: Formats) -> Table:
    """Visits by week and cause, central path."""
    heads = [texts("chart.week"), texts("table.monday"), texts("table.contacts.central")]
    heads += [texts(f"series.{name}") for name in SOURCES]
    central = answer.central
    rows = [
        [
            week_number(answer.mondays[i]),
            fmt.date(answer.mondays[i]),
            fmt.decimal(central.contacts[i]),
            *(fmt.decimal(value) for value in central.contacts_by_source[:, i]),
        ]
        for i in weeks_of(answer)
    ]
    return heads, rows


def season_table(answer: Answer, texts: Texts, fmt: Formats) -> Table:
    """The table beside the half-year chart."""
    heads = [texts("chart.season"), texts("table.people")]
    heads += with_range("table.new_users", texts) + with_range("table.needed", texts)
    heads += [texts("table.capacity"), *with_range("table.short", texts)]
    rows = [
        [
            f"{fmt.date(season.first)}–{fmt.date(season.last)}",
            f"{season.people_low}–{season.people_high}",
            fmt.whole(season.new_users.middle),
            whole_range(season.new_users, fmt),
            fmt.whole(season.needed.middle),
            whole_range(season.needed, fmt),
            fmt.whole(season.capacity),
            fmt.whole(season.short_hours.middle),
            whole_range(season.short_hours, fmt),
        ]
        for season in answer.seasons
    ]
    return heads, rows


def staffing_table(figures: Mapping[str, Interval], texts: Texts, fmt: Formats) -> Table:
    """What covering the missing hours takes; no rows where there is nothing to hire for."""
    heads = [texts(f"staffing.{name}") for name in ("what", "estimate", "range")]
    if figures["worked"].high < LEAST_HIRED:
        return heads, []
    rows = [
        [texts(f"staffing.{name}"), _spoken(figure.middle, fmt), _spoken_range(figure, fmt)]
        for name, figure in figures.items()
        if name != "person_years"
    ]
    years = figures["person_years"]
    if years.high >= LEAST_YEARS:
        low, high = (_years(value, fmt) for value in (years.low, years.high))
        less = years.middle < LEAST_YEARS
        said = texts("staffing.below", number=0.1) if less else _years(years.middle, fmt)
        rows.insert(-1, [texts("staffing.person_years"), said, f"{low}–{high}"])
    return heads, rows


def _spoken(value: float, fmt: Formats) -> str:
    return fmt.whole(rounded(value))


def _spoken_range(figure: Interval, fmt: Formats) -> str:
    return f"{_spoken(figure.low, fmt)}–{_spoken(figure.high, fmt)}"


def _years(value: float, fmt: Formats) -> str:
    return fmt.decimal(value) if value < 10 else _spoken(value, fmt)
