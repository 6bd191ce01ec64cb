"""Sheets on paper: one HTML file that needs nothing else and prints on A4."""

from __future__ import annotations

import html

_STYLE = """
:root { color: #212121; font: 11pt/1.35 "Source Sans 3", "Segoe UI", Arial, sans-serif; }
body { margin: 1rem auto; max-width: 190mm; padding: 0 1rem; }
h1 { font-size: 16pt; color: #00357a; margin: 0 0 2mm; }
h2 { font-size: 12pt; color: #00357a; margin: 4mm 0 2mm; }
p, ol, ul { margin: 0 0 2mm; max-width: 100%; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 600; padding: 1mm 0; }
thead th { background: #eaf2fa; font-weight: 600; text-align: left; vertical-align: bottom; }
button { font: inherit; margin: 0 0 3mm; padding: .5rem 1rem; border: 1px solid #2a6ebb;
  background: #ffffff; color: #00357a; border-radius: 4px; cursor: pointer; }
button:focus-visible { outline: 3px solid #2a6ebb; outline-offset: 2px; }
@page { size: A4 portrait; margin: 10mm; }
@media print {
  body { margin: 0; padding: 0; max-width: none; }
  button { display: none; }
  thead th { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  tr { break-inside: avoid; }
}
"""


def document(lang: str, title: str, print_label: str, body: str, style: str = "") -> str:
    """A page of HTML with a heading and a button that prints it.

    body: HTML; style: its own rules; title and label: plain text.
    """
    heading = html.escape(title)
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{heading}</title><style>{_STYLE}{style}</style></head><body><main>"
        f'<h1>{heading}</h1><button type="button" onclick="window.print()">'
        f"{html.escape(print_label)}</button>{body}</main></body></html>\n"
    )
