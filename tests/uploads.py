"""What the tests of uploads share: a span of weeks, both readings, what they told."""

from __future__ import annotations

import datetime as dt

from planner.errors import PlannerError
from planner.records import UserCount, Visit
from planner.snapshot import DATA_FOLDER, load_snapshot
from planner.texts import LANGUAGES, catalogue
from planner.uploads import Reading, read_users, read_visits

SNAPSHOT = load_snapshot(DATA_FOLDER)
FIRST, LAST, TODAY = dt.date(2025, 11, 24), dt.date(2027, 6, 28), dt.date(2026, 4, 2)
MONDAY = dt.date(2026, 1, 19)
KEURUU = "249"
HEAD = "municipality,week,contacts,channel\n"
USERS_HEAD = "date,users,municipality,age_band\n"


def visits(content: str | bytes, name: str = "log.csv") -> Reading[Visit]:
    """What a visit log gives."""
    data = content.encode() if isinstance(content, str) else content
    return read_visits(data, name, SNAPSHOT, FIRST, LAST, TODAY)


def users(content: str | bytes, name: str = "log.csv") -> Reading[UserCount]:
    """What a file of user counts gives."""
    data = content.encode() if isinstance(content, str) else content
    return read_users(data, name, SNAPSHOT, FIRST, LAST, TODAY)


def told(reading: Reading[Visit] | Reading[UserCount]) -> list[tuple[int | None, str]]:
    """Row and message of every problem, each of which can be said in every language."""
    return [(problem.row, said(problem.error)) for problem in reading.problems]


def noted(reading: Reading[Visit] | Reading[UserCount]) -> list[str]:
    """The messages of the remarks, each of which can be said in every language."""
    return [said(note) for note in reading.notes]


def said(error: PlannerError) -> str:
    """An error's code; fails where a language can't say it with the values it carries."""
    for lang in LANGUAGES:
        assert "{" not in catalogue(lang).error(error)
    return error.code
