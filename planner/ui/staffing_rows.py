"""Rows of the staffing page: its chart, its tables, and its spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from planner.answer import HOURS_NOTICED
from planner.staffing import WEEKLY, Amount, Menu, Option, Staffing
from planner.staffing.desk import Desk
from planner.staffing.menu import Figure
from planner.staffing.types import Floats
from planner.texts import Texts
from planner.ui import rows, staffing_words
from planner.ui.assumption_rows import number
from planner.ui.format import Formats
from planner.ui.rows import WEEK, week_number
from planner.ui.table_rows import Table

DASH = "–"
_PLAIN = ("share", "ratio")  # told without a unit


def need(found: Staffing, texts: Texts, fmt: Formats) -> dict[str, pd.DataFrame]:
    """All that the chart of need against capacity needs."""
    weeks, answer = found.weeks, found.answer
    band = pd.DataFrame(
        {
            "week": day.isoformat(),
            "end": (day + WEEK).isoformat(),
            "when": fmt.week(day, year=True),
            "low": float(weeks.needed_p50[i]),
            "high": float(weeks.needed_p80[i]),
            "spoken": fmt.hours(float(weeks.needed_p50[i])),
            "likely": fmt.hours(float(weeks.needed_p80[i])),
            "there": fmt.hours(float(weeks.capacity[i])),
        }
        for i, day in enumerate(weeks.mondays)
    )
    short = pd.DataFrame(
        [
            {
                "middle": (day + WEEK / 2).isoformat(),
                "hours": float(weeks.needed_p80[i]),
                "when": fmt.week(day, year=True),
                "spoken": fmt.hours(float(weeks.short[i])),
            }
            for i, day in enumerate(weeks.mondays)
            if weeks.short[i] > HOURS_NOTICED
        ],
        columns=["middle", "hours", "when", "spoken"],
    )
    return {
        "band": band,
        "middle": _steps(found, weeks.needed_p50),
        "upper": _steps(found, weeks.needed_p80),
        "capacity": _steps(found, weeks.capacity),
        "short": short,
        "past": rows.past(answer),
        "today": rows.today(answer, texts, fmt),
    }


def _steps(found: Staffing, values: Floats) -> pd.DataFrame:
    """A line in weekly steps, carried to the end of its last week."""
    days = [*found.weeks.mondays, found.weeks.mondays[-1] + WEEK]
    series = [*map(float, values), float(values[-1])]
    return pd.DataFrame({"week": [day.isoformat() for day in days], "value": series})


def week_table(found: Staffing, texts: Texts, fmt: Formats) -> Table:
    """The weekly table beside the chart: the columns of the file."""
    heads = [texts("chart.week"), texts("table.monday"), *file_heads(WEEKLY, texts)[1:]]
    weeks = found.weeks
    body = []
    for i, day in enumerate(weeks.mondays):
        missing = weeks.short[i] > HOURS_NOTICED
        body.append(
            [
                week_number(day),
                fmt.date(day),
                fmt.decimal(float(weeks.needed_p50[i])),
                fmt.decimal(float(weeks.needed_p80[i])),
                fmt.decimal(float(weeks.capacity[i])),
                fmt.decimal(float(weeks.short[i])) if missing else DASH,
                fmt.percent(float(weeks.p_copes[i])),
                fmt.decimal(float(weeks.fte_short[i]), 2) if missing else DASH,
                fmt.whole(float(weeks.euros[i])) if missing else DASH,
            ]
        )
    return heads, body


def mix_table(found: Staffing, texts: Texts, fmt: Formats) -> Table:
    """The cheapest mix: option, hours, from when, price; and their sum."""
    heads = [texts(f"staff.mix.{head}") for head in ("option", "from", "hours", "euros")]
    used = [option for option in found.options if option.mix_units]
    body = [
        [
            staffing_words.title(found, option, texts),
            fmt.date(option.ready),
            fmt.decimal(option.mix_hours),
            fmt.whole(option.mix_euros),
        ]
        for option in used
    ]
    if found.mix is not None and len(used) > 1:
        total = [texts("staff.mix.total"), DASH, fmt.decimal(found.mix.hours)]
        body.append([*total, fmt.whole(found.mix.euros)])
    return heads, body


def option_table(found: Staffing, texts: Texts, fmt: Formats) -> Table:
    """Options side by side: what each serves, costs, needs, and does alone."""
    heads = [texts("staff.mix.option")]
    heads += [
        texts(f"staff.head.{name}")
        for name in ("share", "served", "price", "setup", "lead", "ready")
    ]
    if found.mix is None or found.kind == "none":
        return heads, [_described(found, option, texts, fmt) for option in found.options]
    unit = "all" if found.kind == "appointments" else "week"
    heads += [texts(f"staff.head.alone.{unit}"), texts("staff.head.enough")]
    heads += [texts(f"staff.head.short.{unit}")]
    heads += [texts(f"staff.head.{name}") for name in ("copes", "euros")]
    none = [texts("staff.row.none"), *[DASH] * 6, *_figures(found.without, DASH, fmt)]
    mixed = [texts("staff.row.mix"), *[DASH] * 6, *_figures(found.mix, DASH, fmt)]
    body = [
        [*_described(found, option, texts, fmt), *_alone(found, option, texts, fmt)]
        for option in found.options
    ]
    return heads, [none, *body, mixed]


def _described(found: Staffing, option: Option, texts: Texts, fmt: Formats) -> list[str]:
    """What an option is: share it suits, visits in ten paid hours, price, setting up, lead time."""
    return [
        staffing_words.title(found, option, texts),
        fmt.percent(option.share),
        fmt.whole(10 * option.visits / option.paid_hours),
        fmt.whole(option.euros_per_hour),
        fmt.whole(option.setup),
        fmt.whole(option.item["lead"]),
        fmt.date(option.ready),
    ]


def _alone(found: Staffing, option: Option, texts: Texts, fmt: Formats) -> list[str]:
    """What an option does alone."""
    if not option.possible:
        return [DASH, texts("staff.alone.excluded"), *[DASH] * 3]
    late = found.judged is not None and option.ready > found.judged
    code = "enough.yes" if option.enough else "alone.late" if late else "enough.no"
    return _figures(option.alone, texts(f"staff.{code}"), fmt)


def _figures(amount: Amount, enough: str, fmt: Formats) -> list[str]:
    """Hours, whether they are enough, hours still missing, probability, price."""
    return [
        fmt.decimal(amount.hours),
        enough,
        _small(amount.short_hours, fmt),
        fmt.percent(amount.p_copes),
        fmt.whole(amount.euros),
    ]


def more_table(found: Staffing, texts: Texts, fmt: Formats) -> Table:
    """Hours missing and how sure help is, by how many sessions more."""
    heads = [texts(f"staff.more.{head}") for head in ("sessions", "extra", "short", "copes")]
    body = [
        [
            fmt.whole(each.sessions),
            fmt.decimal(each.hours),
            _small(each.short_hours, fmt),
            fmt.percent(each.p_copes),
        ]
        for each in found.more
    ]
    return heads, body


def desk_table(found: Desk, texts: Texts, fmt: Formats) -> Table:
    """What wait how many staff mean, at one desk."""
    heads = [texts(f"staff.desk.{head}") for head in ("persons", "served", "mean", "longest")]
    body = [
        [
            fmt.whole(row.staff),
            fmt.percent(row.served),
            _minutes(row.mean, texts, fmt),
            _minutes(row.longest, texts, fmt),
        ]
        for row in found.rows
    ]
    return heads, body


def _minutes(minutes: float | None, texts: Texts, fmt: Formats) -> str:
    """Minutes of waiting; below one they are told so, without end too."""
    if minutes is None:
        return texts("staff.desk.endless")
    return texts("format.below_one") if 0 < minutes < 0.5 else fmt.whole(minutes)


def figure_table(
    menu: Menu, item: str, sources: Mapping[str, str], texts: Texts, fmt: Formats
) -> Table:
    """The figures behind one option: value, bounds, unit, grade and sources."""
    heads = [texts(f"staff.basis.{head}") for head in ("what", "value", "bounds")]
    heads += [texts("assumption.head.grade"), texts("assumption.head.sources")]
    (found,) = (each for each in menu.items if each.id == item)
    body = []
    for name, figure in found.figures.items():
        unit = menu.units[name]
        body.append(
            [
                texts(f"staff.basis.{name}"),
                _with_unit(figure.central, unit, texts, fmt),
                _bounds(figure, unit, fmt),
                texts(f"grade.{figure.grade}"),
                "; ".join(sources[source] for source in figure.sources),
            ]
        )
    return heads, body


def _with_unit(value: float, unit: str, texts: Texts, fmt: Formats) -> str:
    said = number(value, unit, fmt)
    return said if unit in _PLAIN else f"{said} {texts(f'unit.{unit}')}"


def _bounds(figure: Figure, unit: str, fmt: Formats) -> str:
    """Bounds with one sign for both: "20–50 %"."""
    low, high = (number(value, unit, fmt) for value in figure.bounds)
    return f"{low.rstrip('%').rstrip()}–{high}"


def file_heads(columns: Sequence[str], texts: Texts) -> list[str]:
    """The heads of a file's columns in words."""
    return [texts(f"staff.column.{name}") for name in columns]


def _small(hours: float, fmt: Formats) -> str:
    """Hours without decimals from one on."""
    return fmt.whole(hours) if hours >= 1 else fmt.decimal(hours)
