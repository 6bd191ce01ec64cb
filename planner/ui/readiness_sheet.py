"""The list of tasks on paper: what to do by when, with room for who does it."""

from __future__ import annotations

import html

from planner.readiness import MOST_USEFUL
from planner.texts import Texts
from planner.ui import printed, readiness_rows
from planner.ui.format import Formats
from planner.ui.readiness_rows import Assessment

_STYLE = """
table { font-size: 10pt; }
th, td { border: 1px solid #6b6b6b; padding: 1mm 2mm; vertical-align: top; text-align: left; }
tbody th { font-weight: 400; }
.done { width: 12mm; text-align: center; }
td.done { font-size: 13pt; line-height: 1; color: #595959; }
.scroll { margin-bottom: 3mm; }
.due { width: 42mm; }
.who { width: 32mm; }
"""


def document(found: Assessment, texts: Texts, fmt: Formats) -> str:
    """A page of HTML in the language of the texts: the tasks by day, and questions left open."""
    body = f"<p>{html.escape(_made(found, texts, fmt))}</p>{_table(found, texts, fmt)}"
    body += f"<p>{html.escape(_first(found, texts))}</p>"
    body += f"<p>{html.escape(readiness_rows.days(found, texts, fmt))}</p>{_open(found, texts)}"
    title = texts("readiness.sheet.title", place=found.place.name(texts.lang))
    return printed.document(texts.lang, title, texts("readiness.sheet.print"), body, _STYLE)


def _made(found: Assessment, texts: Texts, fmt: Formats) -> str:
    """The day it was made on, and how the municipality stands."""
    level = found.profile.level
    return texts(
        "readiness.sheet.made",
        date=fmt.date(found.today),
        level=texts("readiness.level.none") if level is None else _level(level, texts),
        answered=readiness_rows.answered(found.profile, texts),
    )


def _level(level: int, texts: Texts) -> str:
    return readiness_rows.overall(level, texts)


def _table(found: Assessment, texts: Texts, fmt: Formats) -> str:
    heads = [
        ("done", texts("readiness.sheet.done")),
        ("", texts("readiness.tasks.task")),
        ("due", texts("readiness.tasks.due")),
        ("who", texts("readiness.sheet.who")),
    ]
    head = "".join(
        f'<th scope="col" class="{name}">{html.escape(said)}</th>' for name, said in heads
    )
    rows = []
    for each in found.tasks:
        said = html.escape(readiness_rows.step(each.task, found.given, texts))
        mark = f"<strong>({each.rank})</strong> " if each.rank <= MOST_USEFUL else ""
        due = html.escape(readiness_rows.when(each, texts, fmt))
        rows.append(
            f'<tr><td class="done">☐</td><th scope="row">{mark}{said}</th>'
            f"<td>{due}</td><td></td></tr>"
        )
    caption = html.escape(texts("readiness.tasks.caption"))
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{caption}">'
        f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _first(found: Assessment, texts: Texts) -> str:
    ranks = [f"({each.rank})" for each in found.first]
    return texts("readiness.sheet.first", ranks=ranks)


def _open(found: Assessment, texts: Texts) -> str:
    """Questions that somebody should find an answer to."""
    if found.profile.complete:
        return ""
    items = "".join(
        f"<li>{html.escape(texts(f'readiness.q.{question}'))}</li>"
        for question in found.profile.open
    )
    return f"<h2>{html.escape(texts('readiness.sheet.open'))}</h2><ul>{items}</ul>"
