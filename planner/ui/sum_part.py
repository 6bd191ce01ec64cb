"""Show the sum: every figure of a municipality's page opens into the numbers that make it."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st

from planner.answer import Answer
from planner.engine import Engine
from planner.explain import Chain, Sums, sums
from planner.ui import assumption_rows, blocks, folds, sum_rows
from planner.ui.rows import week_number
from planner.ui.shell import Frame
from planner.ui.sum_sources import Sources

# what opens together: the page's figures in their order
GROUPS = {
    "new_users": ("new_users",),
    "visits": ("visits", "people"),
    "hours": ("hours",),
    "support": ("capacity", "baseline"),
    "worst": ("week_visits", "needed", "short", "absorbable", "short_total"),
}


def draw(page: Frame, engine: Engine, found: Answer) -> None:
    """A section in which each figure opens into its chain."""
    texts = page.texts
    behind = sums(engine, found)
    st.header(texts("sum.title"))
    blocks.paragraph(texts("sum.lead"))
    for group, names in GROUPS.items():
        chains = [behind.chains[name] for name in names]
        with folds.fold(_title(page, group, behind), f"sum-{group}") as opened:
            if opened:
                _group(page, chains, behind)
                _numbers(page, engine, found, chains, group)


def _group(page: Frame, chains: Sequence[Chain], behind: Sums) -> None:
    texts = page.texts
    for chain in chains:
        if len(chains) > 1:
            st.subheader(texts(f"sum.chain.{chain.id}"), anchor=False)
        _chain(page, chain, behind.shown.get(chain.id))
    if sum_rows.has_computed(chains):
        blocks.note(texts("sum.computed"))


def _title(page: Frame, group: str, behind: Sums) -> str:
    if group != "worst":
        return page.texts(f"sum.group.{group}")
    kind = "short" if behind.chains["short"].value > 0 else "enough"
    return page.texts(f"sum.group.worst.{kind}", week=week_number(behind.week))


def _chain(page: Frame, chain: Chain, shown: float | None) -> None:
    texts, fmt = page.texts, page.fmt
    blocks.note(texts(f"sum.chain.{chain.id}.lead"))
    for term in sum_rows.told(chain):
        if term.grid is not None:
            heads, rows = sum_rows.grid_table(term.grid, texts, fmt)
            blocks.table(heads, rows, sum_rows.caption(chain, term, texts), whole=True)
        _line(sum_rows.equation(term, texts, fmt))
    _line(sum_rows.closing(chain, texts, fmt), strong=True)
    if shown is not None:
        blocks.note(sum_rows.beside(chain, shown, texts, fmt))


def _line(text: str, strong: bool = False) -> None:
    if text:
        kind = " planner-closing" if strong else ""
        st.html(f'<p class="planner-sum{kind}">{html.escape(text)}</p>')


def _numbers(page: Frame, engine: Engine, found: Answer, chains: list[Chain], code: str) -> None:
    """The numbers used, folded away: their units, grades and sources."""
    title = page.texts("sum.numbers")
    table = Sources(engine, found, page.texts, page.fmt).table(chains, code)
    named = f"{title}: {page.texts(f'sum.numbers.{code}')}"
    body = assumption_rows.markup(table, named)
    st.html(
        f'<details class="planner-used"><summary>{html.escape(title)}</summary>{body}</details>'
    )
