"""Rows and sentences of the tally: a sheet's contacts and what they add up to, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from planner.errors import PlannerError
from planner.records import TallyRow
from planner.tally import TALLY_TOPICS, Part, TallySummary, thin_weeks
from planner.texts import Texts
from planner.ui.format import Formats, formats
from planner.ui.shelf import TallyFile

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


def topic(code: str, texts: Texts) -> str:
    """A topic with its number on the sheet: "3. Viestit: vahva tunnistautuminen"."""
    return f"{TALLY_TOPICS.index(code) + 1}. {texts(f'tally.topic.{code}')}"


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
            _when(row, fmt),
            *(texts(WORDS[kind].format(getattr(row, kind))) for kind in WORDS),
            texts("tally.yes" if row.within_other else "tally.no"),
            fmt.decimal(row.minutes),
        ]
        for number, row in reversed(list(enumerate(rows, start=1)))
    ]
    return heads, shown


def _when(row: TallyRow, fmt: Formats) -> str:
    """The day of a row, the week where only that is known."""
    if row.day is not None:
        return fmt.day_month(row.day)
    return "–" if row.week is None else fmt.week(row.week, year=True)


def remarks(rows: Sequence[TallyRow]) -> list[PlannerError]:
    """What is odd about the rows of a sheet."""
    thin = thin_weeks(rows)
    return [PlannerError("tally.note.thin_weeks", weeks=thin)] if thin else []


def found(file: TallyFile, held: Sequence[TallyRow], week: dt.date, texts: Texts) -> str:
    """What was read from a file, and what it would be added to.

    week: the Monday of the week that its rows without a day or week would be put into.
    """
    said = [texts.count("tally.upload.read", len(file.rows), name=file.name)]
    if held:
        said.append(texts.count("tally.upload.adds", len(held)))
    undated = sum(row.day is None and row.week is None for row in file.rows)
    if undated:
        number = formats(texts.lang).week(week, year=True)
        said.append(texts.count("tally.upload.undated", undated, week=number))
    return " ".join(said)


_SHOWN = ("point", "day", *WORDS)


def described(rows: Sequence[TallyRow], texts: Texts, fmt: Formats) -> list[tuple[str, str]]:
    """A sheet as its contacts, numbered, each in a line: for two versions side by side."""
    _, shown = table(rows, texts, fmt)
    return [(f"{number}.", ", ".join(filter(None, cells))) for number, cells in enumerate(shown, 1)]
