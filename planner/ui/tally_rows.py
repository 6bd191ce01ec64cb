"""Rows and sentences of the tally: a sheet's contacts and what they add up to, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.records import TallyRow
from planner.tally import Part, TallySummary
from planner.texts import Texts
from planner.ui.format import Formats

WORDS = {"topic": "tally.topic.{}", "language": "tally.language.{}", "outcome": "tally.outcome.{}"}


def figures(summary: TallySummary, texts: Texts, fmt: Formats) -> list[tuple[str, str, str]]:
    """Key figures: hours a week, contacts, those turned away, the usual length."""
    helped = summary.contacts > summary.turned_away
    return [
        (
            texts("tally.figure.hours"),
            texts("figure.per_week", hours=hours(summary.hours, texts)),
            texts("tally.figure.hours.note", hours=hours(summary.hours_within, texts)),
        ),
        (
            texts("tally.figure.contacts"),
            fmt.whole(summary.contacts),
            texts.count("tally.figure.contacts.note", summary.weeks),
        ),
        (
            texts("tally.figure.turned_away"),
            fmt.whole(summary.turned_away),
            texts("tally.figure.turned_away.note", hours=hours(summary.unmet_hours, texts)),
        ),
        (
            texts("tally.figure.median"),
            texts.count("tally.minutes", round(summary.median_minutes, 1)) if helped else "–",
            texts("tally.figure.median.note"),
        ),
    ]


def hours(value: float, texts: Texts) -> str:
    """Hours as they were counted, to a tenth: "11,6 tuntia"."""
    return texts.count("format.hours", round(value, 1))


def bars(
    parts: Mapping[str, Part], kind: str, texts: Texts, fmt: Formats
) -> list[tuple[str, float, str]]:
    """Label, share of the longest bar and words for the contacts of every code."""
    most = max(part.contacts for part in parts.values())
    return [
        (
            texts(WORDS[kind].format(code)) if kind in WORDS else code,
            part.contacts / most,
            texts(
                "tally.part",
                contacts=fmt.whole(part.contacts),
                hours=fmt.decimal(part.hours),
            ),
        )
        for code, part in parts.items()
    ]


def line(number: int, row: TallyRow, texts: Texts) -> str:
    """One row in a few words, for the box of rows to take out."""
    minutes = texts.count("tally.minutes", row.minutes)
    return texts("tally.line", number=number, topic=texts(f"tally.topic.{row.topic}"), time=minutes)


def table(
    rows: Sequence[TallyRow], texts: Texts, fmt: Formats
) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of the sheet, the last row first."""
    heads = [texts("tally.sheet.line"), *(texts(f"tally.field.{name}") for name in _SHOWN)]
    heads += [texts("tally.within"), texts("tally.field.minutes")]
    shown = [
        [
            str(number),
            row.point,
            "–" if row.day is None else fmt.day_month(row.day),
            *(texts(WORDS[kind].format(getattr(row, kind))) for kind in WORDS),
            texts("tally.yes" if row.within_other else "tally.no"),
            fmt.decimal(row.minutes),
        ]
        for number, row in reversed(list(enumerate(rows, start=1)))
    ]
    return heads, shown


_SHOWN = ("point", "day", *WORDS)
