"""The tally sheet on paper: one HTML file that needs nothing else and prints on A4."""

from __future__ import annotations

import html

from planner.records import OUTCOMES
from planner.tally import TALLY_LANGUAGES, TALLY_TOPICS
from planner.texts import Texts

LINES = 24  # what fits on one page below the instructions

_STYLE = """
:root { color: #212121; font: 11pt/1.35 "Source Sans 3", "Segoe UI", Arial, sans-serif; }
body { margin: 1rem auto; max-width: 190mm; padding: 0 1rem; }
h1 { font-size: 16pt; color: #00357a; margin: 0 0 2mm; }
p, ol { margin: 0 0 2mm; max-width: 100%; }
.fill { display: grid; grid-template-columns: 2fr 2fr 1fr 1.4fr; gap: 3mm; margin: 3mm 0; }
.fill p { border-bottom: 1px solid #212121; min-height: 9mm; margin: 0; }
.topics { columns: 2; column-gap: 8mm; padding-left: 5mm; font-size: 10pt; }
.topics li { break-inside: avoid; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 9.5pt; }
caption { text-align: left; font-weight: 600; padding: 1mm 0; }
th, td { border: 1px solid #6b6b6b; height: 6mm; padding: 0 1mm; text-align: center; }
thead th { background: #eaf2fa; font-weight: 600; vertical-align: bottom; padding: 1mm; }
tbody th { font-weight: 400; width: 7mm; }
.choice { color: #595959; white-space: nowrap; letter-spacing: .06em; width: 34mm; }
.box { font-size: 12pt; line-height: 1; color: #595959; width: 18mm; }
.wide { width: 20mm; }
button { font: inherit; padding: .5rem 1rem; border: 1px solid #2a6ebb; background: #ffffff;
  color: #00357a; border-radius: 4px; cursor: pointer; }
button:focus-visible { outline: 3px solid #2a6ebb; outline-offset: 2px; }
@page { size: A4 portrait; margin: 10mm; }
@media print {
  body { margin: 0; padding: 0; max-width: none; }
  button { display: none; }
  thead th { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  tr { break-inside: avoid; }
}
@media (max-width: 640px) { .fill { grid-template-columns: 1fr; } .topics { columns: 1; } }
"""


def document(texts: Texts, place: str) -> str:
    """A page of HTML in the language of the texts: what to do, the topics by number, empty lines.

    place: the municipality's name, empty where none is chosen.
    """
    title = html.escape(texts("tally.sheet.title"))
    steps = "".join(f"<li>{_text(texts, f'tally.sheet.step.{i}')}</li>" for i in range(1, 5))
    topics = "".join(f"<li>{_text(texts, f'tally.topic.{code}')}</li>" for code in TALLY_TOPICS)
    fields = "".join(
        f"<p><strong>{_text(texts, f'tally.sheet.{name}')}:</strong> {html.escape(given)}</p>"
        for name, given in (("place", place), ("point", ""), ("week", ""), ("by", ""))
    )
    return (
        f'<!DOCTYPE html><html lang="{texts.lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body><main>"
        f'<h1>{title}</h1><button type="button" onclick="window.print()">'
        f"{_text(texts, 'tally.sheet.print')}</button>"
        f"<ol>{steps}</ol><div class='fill'>{fields}</div>"
        f"<p><strong>{_text(texts, 'tally.sheet.topics')}</strong></p>"
        f'<ol class="topics">{topics}</ol>'
        '<div class="scroll" tabindex="0" role="region"'
        f' aria-label="{_text(texts, "tally.sheet.caption")}">{_table(texts)}</div>'
        "</main></body></html>\n"
    )


def _text(texts: Texts, text_id: str) -> str:
    return html.escape(texts(text_id))


def _table(texts: Texts) -> str:
    """The empty lines: language codes to circle, boxes to tick."""
    heads = ["day", "topic", "minutes", "language"]
    columns = "".join(f'<th scope="col">{_text(texts, f"tally.sheet.{h}")}</th>' for h in heads)
    columns += "".join(
        f'<th scope="col">{_text(texts, f"tally.outcome.{code}")}</th>' for code in OUTCOMES
    )
    columns += f'<th scope="col">{_text(texts, "tally.within")}</th>'
    other = _text(texts, "tally.sheet.other")
    choice = "&ensp;".join(other if code == "other" else code for code in TALLY_LANGUAGES)
    boxes = '<td class="box">☐</td>' * (len(OUTCOMES) + 1)
    line = f'<td></td><td></td><td class="wide"></td><td class="choice">{choice}</td>{boxes}'
    rows = "".join(f'<tr><th scope="row">{i}</th>{line}</tr>' for i in range(1, LINES + 1))
    return (
        f"<table><caption>{_text(texts, 'tally.sheet.caption')}</caption><thead><tr>"
        f'<th scope="col">{_text(texts, "tally.sheet.line")}</th>{columns}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
