"""Rows for the tables of the assumptions page: every number with its words in one language."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from babel.dates import get_month_names

from planner.assumption_tables import row_codes
from planner.assumptions import Assumption, Assumptions, Setting, Wave
from planner.snapshot import AGE_BANDS
from planner.texts import Texts, locale_of
from planner.ui.format import Formats

NO_RANGE = "–"
_SHARES = frozenset({"share", "share_per_week"})
_RANGE = ("low", "central", "high")


@dataclass(frozen=True)
class Line:
    """One row of an assumption that has several: "18–54 v." and its figures."""

    label: str
    figures: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """One assumption: what it is, its figures (or lines of them), and where they come from.

    by: what the lines go by ("iän mukaan"), where there are lines instead of figures.
    """

    label: str
    why: str
    figures: tuple[str, ...]
    by: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A group's table: heads of the name, the figures, the notes and the sources; entries."""

    code: str
    name_head: str
    figure_heads: tuple[str, ...]
    note_heads: tuple[str, ...]
    sources_head: str
    entries: tuple[Entry, ...]


def number(value: float | dt.date, unit: str, fmt: Formats) -> str:
    """A value as the language writes it, its unit left out: "12,5", "0,6 %", "12.1.2026"."""
    if isinstance(value, dt.date):
        return fmt.date(value)
    if unit not in _SHARES:
        return fmt.decimal(value, 3)
    percent = 100 * value
    places = next((p for p in (0, 1) if abs(round(percent, p) - percent) < 1e-9), 2)
    return fmt.percent(value, places)


def tables(assumptions: Assumptions, texts: Texts, fmt: Formats) -> list[Table]:
    """The page's tables in order: the scenario, the groups of assumptions, the waves."""
    groups = dict.fromkeys(item.group for item in assumptions.items.values())
    return [
        _settings(assumptions, texts, fmt),
        *(_group(code, assumptions, texts, fmt) for code in groups),
        _waves(assumptions, texts, fmt),
    ]


def _settings(assumptions: Assumptions, texts: Texts, fmt: Formats) -> Table:
    entries = tuple(
        Entry(
            label=texts(f"setting.{item.id}.label"),
            why=texts(f"setting.{item.id}.why"),
            figures=(number(item.value, item.unit, fmt),),
            by="",
            lines=(),
            notes=(texts(f"unit.{item.unit}"), texts(f"grade.{_setting_grade(item)}")),
            sources=_cited(assumptions, item.sources, texts),
        )
        for item in assumptions.settings.values()
    )
    heads = (texts("assumption.head.value"),)
    return _table("settings", texts("assumption.head.setting"), heads, entries, texts)


def _setting_grade(item: Setting) -> str:
    # Nobody measured a goal or a date: they were published.
    return "stated" if item.grade == "M" else item.grade


def _group(code: str, assumptions: Assumptions, texts: Texts, fmt: Formats) -> Table:
    items = [item for item in assumptions.items.values() if item.group == code]
    ranged = any(item.low != item.high for item in items)
    names = _RANGE if ranged else ("value",)
    heads = tuple(texts(f"assumption.head.{name}") for name in names)
    entries = tuple(_entry(item, ranged, assumptions, texts, fmt) for item in items)
    return _table(code, texts("assumption.head.name"), heads, entries, texts)


def _table(
    code: str, name: str, heads: tuple[str, ...], entries: tuple[Entry, ...], texts: Texts
) -> Table:
    notes = (texts("assumption.head.unit"), texts("assumption.head.grade"))
    return Table(code, name, heads, notes, texts("assumption.head.sources"), entries)


def _entry(
    item: Assumption, ranged: bool, assumptions: Assumptions, texts: Texts, fmt: Formats
) -> Entry:
    lines = [
        Line(row_label(item.rows, first, last, texts), _figures(item, first, ranged, fmt))
        for first, last in _runs(item)
    ]
    return Entry(
        label=texts(f"assumption.{item.id}.label"),
        why=texts(f"assumption.{item.id}.why"),
        figures=() if item.rows else lines[0].figures,
        by=texts(f"assumption.by.{item.rows}") if item.rows else "",
        lines=tuple(lines) if item.rows else (),
        notes=(
            texts(f"unit.{item.unit}"),
            texts(f"grade.{'derived' if item.derived else item.grade}"),
        ),
        sources=_cited(assumptions, item.sources, texts),
    )


def _figures(item: Assumption, row: int, ranged: bool, fmt: Formats) -> tuple[str, ...]:
    low, central, high = item.low[row], item.central[row], item.high[row]
    shown = number(central, item.unit, fmt)
    if not ranged:
        return (shown,)
    if low == high:
        return (NO_RANGE, shown, NO_RANGE)
    return (number(low, item.unit, fmt), shown, number(high, item.unit, fmt))


def _runs(item: Assumption) -> list[tuple[int, int]]:
    values = list(zip(item.low, item.central, item.high, strict=True))
    # Neighbouring ages and months make a longer one; neighbouring topics don't.
    return runs(values) if item.rows != "topic" else [(i, i) for i in range(len(values))]


def runs(values: Sequence[object]) -> list[tuple[int, int]]:
    """First and last index of every run of equal neighbours."""
    found: list[tuple[int, int]] = []
    for index, value in enumerate(values):
        if found and values[found[-1][0]] == value:
            found[-1] = (found[-1][0], index)
        else:
            found.append((index, index))
    return found


def row_label(rows: str, first: int, last: int, texts: Texts) -> str:
    """The name of a run of an assumption's rows: "18–54 v.", "tammikuu–helmikuu", a topic."""
    if rows == "age":
        return _band(first, last, texts)
    if rows == "month":
        names = get_month_names("wide", "stand-alone", locale_of(texts.lang))
        months = [names[first + 1], names[last + 1]]
        return "–".join(dict.fromkeys(months))
    return texts(f"topic.{row_codes(rows)[first]}") if rows else ""


def _band(first: int, last: int, texts: Texts) -> str:
    start = AGE_BANDS[first].rstrip("+").split("-")[0]
    end = AGE_BANDS[last].split("-")[-1]
    return texts("age.band", band=f"{start}+" if end.endswith("+") else f"{start}–{end}")


def _cited(assumptions: Assumptions, sources: Iterable[str], texts: Texts) -> tuple[str, ...]:
    return tuple(assumptions.sources[source].cite(texts.lang) for source in sources)


def _waves(assumptions: Assumptions, texts: Texts, fmt: Formats) -> Table:
    return Table(
        code="waves",
        name_head=texts("wave.head.name"),
        figure_heads=tuple(texts(f"wave.head.{name}") for name in ("date", "weeks", "share")),
        note_heads=(texts("assumption.head.grade"),),
        sources_head=texts("assumption.head.sources"),
        entries=tuple(_wave(wave, assumptions, texts, fmt) for wave in assumptions.waves),
    )


def _wave(wave: Wave, assumptions: Assumptions, texts: Texts, fmt: Formats) -> Entry:
    bands = runs(wave.weights)
    least = min(bands, key=lambda run: wave.weights[run[0]])
    most = max(bands, key=lambda run: wave.weights[run[0]])
    low, high = (wave.share * wave.weights[run[0]] for run in (least, most))
    share, why = number(high, "share", fmt), ""
    if low < high:
        share = f"{fmt.decimal(100 * low, 2)}–{share}"
        why = texts("wave.why", least=_band(*least, texts), most=_band(*most, texts))
    return Entry(
        label=wave.name(texts.lang),
        why=why,
        figures=(f"{fmt.date(wave.date)} ({fmt.week(wave.date)})", fmt.whole(wave.weeks), share),
        by="",
        lines=(),
        notes=(texts(f"grade.{wave.grade}"),),
        sources=_cited(assumptions, (wave.source,), texts),
    )


def markup(table: Table, title: str) -> str:
    """The table as HTML, one row group an entry; narrow screens stack its cells (see the CSS)."""
    heads = [
        _head(table.name_head, False),
        *(_head(text, True) for text in table.figure_heads),
        *(_head(text, False) for text in (*table.note_heads, table.sources_head)),
    ]
    # The roles stay when a narrow screen takes the table layout away.
    return (
        f'<table class="planner-table planner-assumptions" role="table"'
        f' aria-label="{html.escape(title)}"><thead role="rowgroup"><tr role="row">'
        f"{''.join(heads)}</tr></thead>"
        f"{''.join(_entry_markup(entry, table) for entry in table.entries)}</table>"
    )


def _head(text: str, figure: bool) -> str:
    side = ' class="planner-number"' if figure else ""
    return f'<th scope="col" role="columnheader"{side}>{html.escape(text)}</th>'


def _entry_markup(entry: Entry, table: Table) -> str:
    why = f'<span class="planner-why">{html.escape(entry.why)}</span>' if entry.why else ""
    rows = 1 + len(entry.lines)
    scope = "rowgroup" if entry.lines else "row"
    label = f"<strong>{html.escape(entry.label)}</strong>{why}"
    cells = [f'<th scope="{scope}" role="rowheader">{label}</th>']
    if entry.lines:
        across = f' colspan="{len(table.figure_heads)}" class="planner-by"'
        # Stacked, the lines have no heads above them: the order of the figures stands here.
        named = html.escape(entry.by)
        if len(table.figure_heads) > 1:
            order = html.escape(", ".join(table.figure_heads).lower())
            named += f'<span class="planner-order"> ({order})</span>'
        cells.append(_cell("", named, across))
    cells += _figure_cells(entry.figures, table)
    span = f' rowspan="{rows}"' if rows > 1 else ""
    for head, text in zip(table.note_heads, entry.notes, strict=True):
        cells.append(_cell(head, html.escape(text), f'{span} class="planner-noted"'))
    cited = "".join(f'<span class="planner-source">{html.escape(s)}</span>' for s in entry.sources)
    cells.append(_cell(table.sources_head, cited, f'{span} class="planner-noted"'))
    lines = "".join(
        f'<tr role="row" class="planner-line"><th scope="row" role="rowheader">'
        f"{html.escape(line.label)}</th>{''.join(_figure_cells(line.figures, table))}</tr>"
        for line in entry.lines
    )
    return f'<tbody role="rowgroup"><tr role="row">{"".join(cells)}</tr>{lines}</tbody>'


def _figure_cells(figures: Sequence[str], table: Table) -> list[str]:
    if not figures:
        return []
    pairs = zip(table.figure_heads, figures, strict=True)
    return [_cell(head, html.escape(text), ' class="planner-number"') for head, text in pairs]


def _cell(head: str, inner: str, attributes: str) -> str:
    named = f' data-head="{html.escape(head)}"' if head else ""
    return f'<td role="cell"{named}{attributes}>{inner}</td>'
