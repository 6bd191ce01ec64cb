"""Rows and sentences about logs: what a file holds, what is in use, what was left out and why."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from planner.texts import LANGUAGES, Texts, catalogue
from planner.ui.format import Formats
from planner.ui.shelf import Log, VisitLog, weekly
from planner.uploads import Problem, write_users, write_visits

MOST_NUMBERS = 12  # row numbers in a sentence


def file_name(text_id: str, simulated: bool, texts: Texts) -> str:
    """A name for a download; the simulator's carry the word in front."""
    name = f"{texts(text_id)}.csv"
    return f"{texts('learning.simulated.file')}-{name}" if simulated else name


def is_simulated(name: str) -> bool:
    """Whether a file's name says that it once came from the simulator."""
    words = [catalogue(lang)("learning.simulated.file") for lang in LANGUAGES]
    return any(word in name.casefold() for word in words)


def read(log: Log, texts: Texts, fmt: Formats) -> str:
    """What was read from a file, so that the reader can see it was understood."""
    return texts(f"learning.{kind(log)}.read", name=log.name, what=_what(log, texts, fmt))


def in_use(log: Log, texts: Texts, fmt: Formats) -> str:
    """What is in use, and how much of its file was left out."""
    said = texts(f"learning.{kind(log)}.use", name=log.name, what=_what(log, texts, fmt))
    if not log.left_out:
        return said
    return f"{said} {texts.count('learning.use.left_out', log.left_out)}"


def kind(log: Log) -> str:
    """Which of the two kinds a log is."""
    return "visits" if isinstance(log, VisitLog) else "users"


def _what(log: Log, texts: Texts, fmt: Formats) -> str:
    rows = texts.count("learning.rows", len(log.rows))
    if isinstance(log, VisitLog):
        weeks = [monday for monday, _ in weekly(log.rows)]
        places = len({row.municipality for row in log.rows})
        contacts = sum(row.contacts for row in log.rows)
        return texts(
            "learning.visits.what",
            rows=rows,
            places=texts.count("learning.places", places),
            contacts=texts.count("learning.contacts", contacts),
            first=fmt.week(weeks[0], year=True),
            last=fmt.week(weeks[-1], year=True),
        )
    days = sorted({row.date for row in log.rows})
    return texts("learning.users.what", rows=rows, first=fmt.date(days[0]), last=fmt.date(days[-1]))


def log_file(log: Log) -> bytes:
    """A log as a file that can be uploaded again: codes and ISO dates."""
    return write_visits(log.rows) if isinstance(log, VisitLog) else write_users(log.rows)


def confirm_label(rows: int, left_out: int, texts: Texts) -> str:
    """What the button does: how many rows are taken into use, how many are left out."""
    said = texts.count("learning.confirm", rows)
    if not left_out:
        return said
    return f"{said}; {texts.count('learning.confirm.left_out', left_out)}"


def left_out(mistakes: Sequence[Problem]) -> list[int]:
    """The rows that are left out, in order; a row may have several mistakes."""
    return sorted({mistake.row for mistake in mistakes if mistake.row is not None})


def row_numbers(numbers: Sequence[int]) -> str:
    """The rows left out, the first dozen of them."""
    shown = ", ".join(str(number) for number in numbers[:MOST_NUMBERS])
    return f"{shown} …" if len(numbers) > MOST_NUMBERS else shown


def problem_table(
    mistakes: Sequence[Problem], texts: Texts
) -> tuple[list[str], list[tuple[str, str]]]:
    """Heads and rows of the table of mistakes: row, and what is wrong and how to mend it."""
    heads = [texts("learning.problem.row"), texts("learning.problem.what")]
    return heads, [
        ("–" if mistake.row is None else str(mistake.row), texts.error(mistake.error))
        for mistake in mistakes
    ]


def problem_frame(mistakes: Sequence[Problem], texts: Texts) -> pd.DataFrame:
    """The mistakes as a table: row, problem."""
    _, rows = problem_table(mistakes, texts)
    return pd.DataFrame(rows, columns=["row", "problem"])
