"""A poster of one place's sessions in a month: one HTML file that prints on A4."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Sequence
from typing import Final

from planner.export import session_words
from planner.sessions import Session, SessionPlan, Venue
from planner.sessions.draft import Draft
from planner.snapshot import Snapshot
from planner.texts import Texts
from planner.ui import printed
from planner.ui import sessions_calendar_rows as rows
from planner.ui.format import Formats
from planner.ui.shell import Frame

# So many sessions stand in the largest type, and so many in large type with their descriptions; of
# more, each theme is told once below the dates.
FEW: Final = 3
SOME: Final = 8

_STYLE: Final = """
h1 { font-size: 26pt; line-height: 1.15; margin: 0 0 3mm; overflow-wrap: break-word;
  hyphens: auto; }
.month { background: #00357a; color: #ffffff; font-size: 20pt; font-weight: 600; margin: 0 0 4mm;
  padding: 2mm 4mm; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
table { table-layout: fixed; }
caption, thead { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); }
td, tbody th { text-align: left; vertical-align: top; border-bottom: 1px solid #6b6b6b;
  padding: 2.5mm 4mm 2.5mm 0; overflow-wrap: break-word; hyphens: auto; }
tbody th { font-weight: 600; color: #00357a; hyphens: none; }
.how { font-weight: 600; color: #05664e; }
:is(.few, .some) :is(th span, td strong, .how) { display: block; }
.first { width: 34%; }
.some { font-size: 13pt; }
.some th { font-size: 19pt; line-height: 1.2; }
.some strong { font-size: 16pt; line-height: 1.25; }
.few { font-size: 17pt; }
.few .first { width: 40%; }
.few th { font-size: 26pt; line-height: 1.2; }
.few strong { font-size: 22pt; line-height: 1.2; }
.few :is(td, th) { padding-top: 6mm; padding-bottom: 6mm; }
.none { font-size: 20pt; margin: 10mm 0; }
.about { font-size: 12pt; margin-top: 4mm; }
:is(.few, .none) ~ .about { font-size: 15pt; margin-top: 8mm; }
.contact { border: 2px solid #00357a; padding: 1mm 4mm 3mm; margin-top: 4mm; break-inside: avoid; }
.contact p { display: flex; gap: 3mm; align-items: flex-end; min-height: 9mm; font-size: 13pt;
  margin: 0 0 1mm; }
.contact span { flex: 1; border-bottom: 1px solid #212121; }
@media screen and (max-width: 640px) {
  h1 { font-size: 20pt; }
  table, tbody, tr, td, tbody th { display: block; }
  tbody th { border: 0; padding-bottom: 0; }
  table :is(th, td strong) { font-size: 15pt; }
  table :is(td, .how) { font-size: 12pt; }
  .contact p { flex-wrap: wrap; }
  .contact span { min-width: 8rem; }
}
"""
# Twenty sessions and nine themes stand on one sheet.
_MANY_STYLE: Final = """
h1 { font-size: 21pt; margin: 0 0 2mm; }
.month { font-size: 16pt; margin: 0 0 1mm; padding: 1mm 4mm; }
.many { font-size: 11pt; line-height: 1.2; }
.many .first { width: 32%; }
.many :is(td, th) { padding: .5mm 4mm .5mm 0; }
.many .how { white-space: nowrap; }
.many .how::before { content: "– "; }
.many th { font-size: 12pt; white-space: nowrap; }
h2 { margin: 3mm 0 1mm; }
.themes { columns: 2; column-gap: 6mm; font-size: 9.5pt; line-height: 1.2; margin: 0; }
.themes div { break-inside: avoid; margin: 0 0 1.2mm; }
.themes dt { font-weight: 600; }
.themes dd { margin: 0; }
.about { font-size: 10.5pt; margin-top: 2mm; }
.about p { margin: 0; }
.contact { margin-top: 2mm; }
@media screen and (max-width: 640px) { .themes { columns: 1; } .many th { white-space: normal; } }
"""


def poster(
    page: Frame,
    plan: SessionPlan,
    draft: Draft,
    snapshot: Snapshot,
    venue_id: str,
    month: dt.date,
) -> str:
    """A page of HTML in the page's language: when and what, how to come, room for a contact.

    month: any day of it; KeyError where the plan has no such venue.
    """
    texts, fmt = page.texts, page.fmt
    venue = {each.id: each for each in plan.venues}[venue_id]
    held = rows.within(plan, "month", month, venue_id)
    body = f'<p class="month">{html.escape(rows.started(fmt.month(month)))}</p>'
    size = "few" if len(held) <= FEW else "some" if len(held) <= SOME else "many"
    if held:
        body += _table(held, draft, texts, fmt, size)
    else:
        body += _nothing(plan, venue_id, month, texts, fmt)
    if size == "many":
        body += _themes(held, draft, texts)
    body += _about(venue, texts) + _contact(held, texts)
    place = rows.place_name(venue, snapshot, texts)
    title = texts("sessions_calendar.poster.title", place=place)
    label = texts("sessions_calendar.poster.print")
    style = _STYLE + _MANY_STYLE if size == "many" else _STYLE
    return printed.document(texts.lang, title, label, body, style)


def _table(held: Sequence[Session], draft: Draft, texts: Texts, fmt: Formats, size: str) -> str:
    heads = "".join(
        f'<th scope="col">{_said(texts, name)}</th>' for name in ("poster.when", "poster.what")
    )
    body = "".join(_row(one, draft, texts, fmt, size) for one in held)
    return (
        f'<table class="{size}"><caption>{_said(texts, "poster.caption")}</caption>'
        f'<colgroup><col class="first"><col></colgroup><thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _row(one: Session, draft: Draft, texts: Texts, fmt: Formats, size: str) -> str:
    title, text = _words(one, draft, texts)
    date, time = _when(one, texts, fmt)
    how = _said(texts, f"poster.how.{one.kind}")
    told = "" if size == "many" else f"<span>{html.escape(text)}</span> "
    return (
        f'<tr><th scope="row"><span>{html.escape(date)}</span> '
        f"<span>{html.escape(time)}</span></th><td>"
        f'<strong>{html.escape(title)}</strong> {told}<span class="how">{how}</span></td></tr>'
    )


def _words(one: Session, draft: Draft, texts: Texts) -> tuple[str, str]:
    """Title and sentence. How to come is no part of it: the poster says that on its own."""
    title = session_words.titled(one, draft.words, texts)
    text = session_words.described(one, draft.words, texts)
    if text == session_words.description(one, texts):
        text = texts(f"sessions.theme.{one.theme}.text")
    return title, text


def _when(one: Session, texts: Texts, fmt: Formats) -> tuple[str, str]:
    return rows.started(fmt.weekday(one.day)), _time(one, texts)


def _time(one: Session, texts: Texts) -> str:
    return texts("sessions_calendar.time", time=rows.times(one, texts.lang))


def _themes(held: Sequence[Session], draft: Draft, texts: Texts) -> str:
    """Each title once, with its sentence; its language stands by the dates."""
    told: dict[str, str] = {}
    for one in held:
        title, text = _words(one, draft, texts)
        if title == session_words.title(one, texts):
            title = texts(f"sessions.theme.{one.theme}.title")
        told.setdefault(title, text)
    items = "".join(
        f"<div><dt>{html.escape(title)}</dt><dd>{html.escape(text)}</dd></div>"
        for title, text in told.items()
    )
    return f'<h2>{_said(texts, "poster.themes")}</h2><dl class="themes">{items}</dl>'


def _nothing(plan: SessionPlan, venue_id: str, month: dt.date, texts: Texts, fmt: Formats) -> str:
    """That there is nothing in the month, and when the place has something next."""
    said = texts("sessions_calendar.poster.none")
    later = [one for one in plan.sessions if one.venue == venue_id and one.day > month]
    if later:
        soonest = min(later, key=lambda one: (one.day, one.start))
        when = f"{fmt.weekday(soonest.day)} {_time(soonest, texts)}"
        said = f"{said} {texts('sessions_calendar.poster.next', when=when)}"
    return f'<p class="none">{html.escape(said)}</p>'


def _about(venue: Venue, texts: Texts) -> str:
    lines = [_said(texts, "poster.free")]
    if venue.accessible is not None:
        answer = "yes" if venue.accessible else "no"
        lines.append(_said(texts, f"poster.accessible.{answer}"))
    return f'<div class="about">{"".join(f"<p>{line}</p>" for line in lines)}</div>'


def _contact(held: Sequence[Session], texts: Texts) -> str:
    """Lines to fill in by hand."""
    books = any(one.kind == "booked" for one in held)
    first = _said(texts, "poster.contact.book" if books else "poster.contact")
    lines = "".join(
        f"<p>{name}: <span></span></p>" for name in (first, _said(texts, "poster.phone"))
    )
    return f'<div class="contact">{lines}</div>'


def _said(texts: Texts, name: str) -> str:
    return html.escape(texts(f"sessions_calendar.{name}"))
