"""A chain of numbers in words: tables of its products, its equations, and the numbers behind it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.explain import Chain, Column, Factor, Grid, Term
from planner.texts import Texts
from planner.ui.format import Formats
from planner.ui.rows import week_number

TIMES, DIVIDED, MINUS, EMPTY = "×", "÷", "\u2212", ""
COMPUTED = "*"  # marks what the model's own figures give
_PERSONS = frozenset({"persons", "visits"})


def figure(value: float, unit: str, fmt: Formats) -> str:
    """A number to check a product by: shares in per cent, decimals only where numbers are small."""
    if unit == "share":
        return share(value, fmt)
    if unit in ("places", "weeks"):
        return fmt.whole(value)
    if unit == "ratio":
        return fmt.decimal(value, 2)
    size, whole_from = abs(value), 10 if unit in _PERSONS else 100
    if 0 < size < 0.05:
        return f"< {fmt.decimal(0.1)}"
    return fmt.whole(value) if size >= whole_from else fmt.decimal(round(value, 1) + 0.0)


def share(value: float, fmt: Formats) -> str:
    """A share in per cent: "20 %", "4,5 %", "0,24 %"."""
    percent = 100 * value
    if abs(percent - round(percent)) < 1e-9:
        return fmt.percent(value)
    return fmt.percent(value, 1 if abs(percent) >= 1 else 2)


def amount(value: float, unit: str, texts: Texts, fmt: Formats) -> str:
    """A number with its noun on one line: "37 käyntiä", "8,9 tuntia"; people are never halved."""
    count = round(value, 0 if unit == "persons" else 1)
    few = unit == "persons" and 0 < value < 0.5
    written = "< 1" if few else figure(count if unit == "persons" else value, unit, fmt)
    told = texts.count(f"sum.amount.{unit}", abs(count), number=written)
    return told.replace(" ", "\u00a0")


def row_label(axis: str, code: str, texts: Texts) -> str:
    """The word for an age band or a channel."""
    if axis == "age":
        return texts("age.band", band=code.replace("-", "–"))
    return texts(f"{axis}.{code}")


def grid_table(grid: Grid, texts: Texts, fmt: Formats) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of a grid: its factors, their product, and the sum in the last row."""
    heads = [texts(f"axis.{grid.axis}"), *(_head(grid, i, texts) for i in range(len(grid.columns)))]
    heads.append(f"= {texts(f'sum.column.{grid.result}')}")
    rows = [
        [
            row_label(grid.axis, code, texts),
            *(_cell(column, row, fmt) for column in grid.columns),
            figure(float(grid.products[row]), grid.unit, fmt),
        ]
        for row, code in enumerate(grid.rows)
    ]
    rows.append(_total_row(grid, texts, fmt))
    return heads, rows


def _head(grid: Grid, index: int, texts: Texts) -> str:
    column = grid.columns[index]
    sign = DIVIDED if column.divides else TIMES
    name = texts(f"sum.column.{column.id}")
    name = f"{name}{COMPUTED}" if column.computed else name
    return name if index == 0 or column.beside else f"{sign} {name}"


def _cell(column: Column, row: int, fmt: Formats) -> str:
    value = float(column.values[row])
    # who comes alone is not divided by anybody, and who is not at the desk has no margin
    if column.divides and value == 1:
        return "–"
    return figure(value, column.unit, fmt)


def _total_row(grid: Grid, texts: Texts, fmt: Formats) -> list[str]:
    first = grid.columns[0]
    cells = [texts("sum.total"), figure(float(np.sum(first.values)), first.unit, fmt)]
    cells += [EMPTY] * (len(grid.columns) - 1)
    return [*cells, figure(grid.total, grid.unit, fmt)]


def equation(term: Term, texts: Texts, fmt: Formats) -> str:
    """A term's product: "123 (apua tarvitsevia) × 20 % (…) = 25 käyntiä"; empty without factors."""
    if not term.factors:
        return EMPTY
    parts: list[str] = []
    if term.grid is not None:
        named = texts(f"sum.factor.{term.grid.result}")
        parts.append(_named(figure(term.grid.total, term.grid.unit, fmt), named, texts))
    for factor in term.factors:
        value = figure(factor.value, factor.unit, fmt)
        written = _named(value, _factor(factor, texts), texts)
        sign = f"{DIVIDED if factor.divides else TIMES} " if parts else EMPTY
        parts.append(f"{sign}{written}")
    if term.grid is None and len(term.factors) == 1:
        return parts[0]
    return f"{' '.join(parts)} = {amount(term.value, term.unit, texts, fmt)}"


def _named(value: str, name: str, texts: Texts) -> str:
    return texts("sum.named", value=value, name=name)


def _factor(factor: Factor, texts: Texts) -> str:
    name = texts(f"sum.factor.{factor.id}")
    return f"{name}{COMPUTED}" if factor.computed else name


def told(chain: Chain) -> list[Term]:
    """The terms worth telling: those that add anything, and the first of all where none does."""
    return [term for term in chain.terms if term.value != 0] or list(chain.terms[:1])


def caption(chain: Chain, term: Term, texts: Texts) -> str:
    """What a term's table shows; of which week, where the chain speaks of one."""
    name = texts(f"sum.term.{term.id}")
    if chain.first != chain.last:
        return name
    return texts("sum.caption.week", name=name, week=week_number(chain.first))


def closing(chain: Chain, texts: Texts, fmt: Formats) -> str:
    """The sum of a chain's terms, or, where it is one grid alone, its result."""
    result = amount(chain.value, chain.unit, texts, fmt)
    terms = told(chain)
    if len(terms) == 1 and not chain.floored:
        return EMPTY if terms[0].factors else texts("sum.result", amount=result)
    written = ""
    for term in terms:
        sign = f" {MINUS} " if term.taken else " + "
        written += (sign if written else EMPTY) + figure(term.value, term.unit, fmt)
    if chain.floored and chain.value == 0:
        return texts("sum.enough", sum=written)
    return texts("sum.closing", sum=written, amount=result)


def beside(chain: Chain, shown: float, texts: Texts, fmt: Formats) -> str:
    """What the page shows, and how far the central path explained here lies from it."""
    values = {
        "shown": amount(shown, chain.unit, texts, fmt),
        "central": amount(chain.value, chain.unit, texts, fmt),
        "difference": amount(abs(shown - chain.value), chain.unit, texts, fmt),
    }
    if values["shown"] == values["central"]:
        return texts("sum.shown.same", shown=values["shown"])
    return texts(f"sum.shown.{'more' if shown > chain.value else 'less'}", **values)


def has_computed(chains: Sequence[Chain]) -> bool:
    """Whether anything in the chains is marked as computed."""
    terms = [term for chain in chains for term in chain.terms]
    columns = [column for term in terms if term.grid for column in term.grid.columns]
    factors = [factor for term in terms for factor in term.factors]
    return any(c.computed for c in columns) or any(f.computed for f in factors)
