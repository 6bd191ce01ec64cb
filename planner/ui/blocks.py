"""Small pieces of a page in plain HTML: verdict, key figures, chart keys, tables."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st

SIGNS = {"ready": "✓", "tight": "!", "short": "✕"}


def verdict(code: str, word: str, sentence: str, more: Sequence[str] = ()) -> None:
    """The verdict: a word with its sign, the sentence, and what belongs to it."""
    body = "".join(f"<p>{html.escape(line)}</p>" for line in more)
    st.html(
        f'<section class="planner-verdict planner-{code}">'
        f'<p class="planner-word"><span aria-hidden="true">{SIGNS[code]}</span> '
        f"{html.escape(word)}</p>"
        f'<p class="planner-sentence">{html.escape(sentence)}</p>{body}</section>'
    )


def figures(items: Sequence[tuple[str, str, str]]) -> None:
    """Key figures side by side: label, figure, and what it means."""
    cells = "".join(
        f"<div><dt>{html.escape(label)}</dt><dd><strong>{html.escape(figure)}</strong>"
        f"<span>{html.escape(note)}</span></dd></div>"
        for label, figure, note in items
    )
    st.html(f'<dl class="planner-figures">{cells}</dl>')


def key(items: Sequence[tuple[str, str, str]]) -> None:
    """The key of a chart, which wraps where a legend would be cut: colour, shape, label."""
    cells = "".join(
        f'<li><span class="planner-swatch planner-{shape}" style="--swatch:{colour}"'
        f' aria-hidden="true"></span>{html.escape(label)}</li>'
        for colour, shape, label in items
    )
    st.html(f'<ul class="planner-key">{cells}</ul>')


def bars(caption: str, label: str, figure: str, rows: Sequence[tuple[str, float, str]]) -> None:
    """Horizontal bars that are a table as well: label, bar (share of the longest), figure."""
    body = "".join(
        f'<tr><th scope="row">{html.escape(name)}</th><td><span class="planner-bar"'
        f' style="--share:{share:.4f}" aria-hidden="true"></span>'
        f"<span>{html.escape(spoken)}</span></td></tr>"
        for name, share, spoken in rows
    )
    st.html(
        f'<table class="planner-bars"><caption>{html.escape(caption)}</caption><thead><tr>'
        f'<th scope="col">{html.escape(label)}</th><th scope="col">{html.escape(figure)}</th></tr>'
        f"</thead><tbody>{body}</tbody></table>"
    )


def table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    caption: str,
    texts: int = 1,
    links: Sequence[str] | None = None,
    whole: bool = False,
) -> None:
    """A table with a caption: the first `texts` columns are words, the others figures at the right.

    links: an address for the first cell of each row; whole: all rows are shown without scrolling.
    """
    tall = " planner-whole" if whole else ""
    head = "".join(
        f'<th scope="col"{_side(column, texts)}>{html.escape(text)}</th>'
        for column, text in enumerate(heads)
    )
    body = "".join(
        "<tr>"
        + "".join(
            _cell(column, text, texts, links[i] if links else "") for column, text in enumerate(row)
        )
        + "</tr>"
        for i, row in enumerate(rows)
    )
    st.html(
        f'<div class="planner-scroll{tall}" tabindex="0" role="region"'
        f' aria-label="{html.escape(caption)}">'
        f'<table class="planner-table"><caption>{html.escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _side(column: int, texts: int) -> str:
    return "" if column < texts else ' class="planner-number"'


def _cell(column: int, text: str, texts: int, link: str) -> str:
    shown = html.escape(text)
    if column == 0:
        inner = f'<a href="{html.escape(link)}">{shown}</a>' if link else shown
        return f'<th scope="row">{inner}</th>'
    return f"<td{_side(column, texts)}>{shown}</td>"


def paragraph(text: str) -> None:
    """A paragraph of plain text: nothing in it turns into Markdown or a link."""
    st.html(f'<p class="planner-paragraph">{html.escape(text)}</p>')


def note(text: str, wide: bool = False) -> None:
    """A quiet line; wide ones use the whole width."""
    width = " planner-wide" if wide else ""
    st.html(f'<p class="planner-note{width}">{html.escape(text)}</p>')
