"""The self-assessment in words: levels, next steps with their days, answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from planner.readiness import (
    LEVELS,
    MOST_USEFUL,
    UNKNOWN,
    Dated,
    Given,
    Milestones,
    Profile,
    Question,
    Questionnaire,
    Task,
)
from planner.snapshot import Municipality
from planner.texts import Texts
from planner.ui.format import Formats


@dataclass(frozen=True)
class Assessment:
    """A municipality's answers and what follows from them.

    tasks: by day; days: that the days of tasks follow; today: which of them are overdue.
    """

    questions: Questionnaire
    place: Municipality
    given: Given
    profile: Profile
    tasks: tuple[Dated, ...]
    days: Milestones
    start: dt.date
    today: dt.date

    @property
    def first(self) -> list[Dated]:
        """The most useful next steps, the most useful first."""
        return sorted((each for each in self.tasks if each.rank <= MOST_USEFUL), key=_rank)

    @property
    def overdue(self) -> int:
        """How many tasks should have been done already."""
        return sum(each.overdue for each in self.tasks)


def _rank(each: Dated) -> int:
    return each.rank


def overall(level: int, texts: Texts) -> str:
    """The level as a whole, with its name."""
    return texts("readiness.overall", level=level, name=texts(f"readiness.level.{level}"))


def answered(found: Profile, texts: Texts) -> str:
    """How many questions have an answer."""
    return texts("readiness.answered", answered=found.answered, asked=found.asked)


def notes(found: Profile, texts: Texts) -> list[str]:
    """What to know about the level: how many answers it rests on, and what holds it down."""
    said = answered(found, texts)
    if not found.complete:
        said = f"{said} {texts('readiness.answered.first')}"
    if found.limited_by is None:
        return [said]
    limit = texts("readiness.limited", question=texts(f"readiness.q.{found.limited_by}"))
    return [said, limit]


def bars(found: Profile, texts: Texts) -> list[tuple[str, float, str]]:
    """Rows of the bars of the areas: name, share of the highest level, level in words."""
    rows = []
    for standing in found.areas:
        name = texts(f"readiness.area.{standing.area}")
        if 0 < standing.answered < standing.asked:
            counts = {"answered": standing.answered, "asked": standing.asked}
            name = texts("readiness.area.partly", area=name, **counts)
        if standing.level is None:
            rows.append((name, 0.0, texts("readiness.level.none")))
        else:
            said = texts("readiness.level.short", level=standing.level)
            rows.append((name, standing.level / LEVELS[-1], said))
    return rows


def step(task: Task, given: Given, texts: Texts) -> str:
    """What is to be done; of a question with choices also what is missing."""
    said, question = texts(f"readiness.step.{task.step.id}"), task.question
    if not question.choices:
        return said
    ticked = given.get(question.id, ())
    left = [texts(f"readiness.q.{question.id}.{c}") for c in question.choices if c not in ticked]
    # labels of boxes begin with a capital, which names within a sentence don't
    groups = [name[:1].lower() + name[1:] for name in left]
    return f"{said} {texts('readiness.groups.missing', groups=groups)}"


def when(each: Dated, texts: Texts, fmt: Formats) -> str:
    """Until when a task should be done, and whether that day is gone."""
    since, weeks = each.task.step.since, each.task.step.weeks
    if weeks == 0:
        relative = texts(f"readiness.due.{since}.at")
    else:
        side = "before" if weeks < 0 else "after"
        relative = texts.count(f"readiness.due.{since}.{side}", abs(weeks))
    said = "readiness.due.over" if each.overdue else "readiness.due"
    return texts(said, date=fmt.date(each.due), when=relative)


def task_table(
    assessed: Assessment, texts: Texts, fmt: Formats
) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of the task list, by day."""
    heads = [
        texts("readiness.tasks.task"),
        texts("readiness.tasks.due"),
        texts("readiness.area.head"),
        texts("readiness.tasks.rank"),
    ]
    rows = [
        [
            step(each.task, assessed.given, texts),
            when(each, texts, fmt),
            texts(f"readiness.area.{each.task.question.area}"),
            str(each.rank),
        ]
        for each in assessed.tasks
    ]
    return heads, rows


def days(assessed: Assessment, texts: Texts, fmt: Formats) -> str:
    """What the days of the tasks are counted from."""
    busiest = fmt.week(assessed.days.busiest, year=True)
    return texts("readiness.days", start=fmt.date(assessed.start), busiest=busiest)


def answer(question: Question, codes: tuple[str, ...], texts: Texts) -> str:
    """What was answered to a question, "–" where nothing was."""
    if UNKNOWN in codes:
        return texts("readiness.unknown")
    said = [texts(f"readiness.q.{question.id}.{code}") for code in question.codes if code in codes]
    return "; ".join(said) or "–"


def answers(asked: Sequence[Question], given: Given, texts: Texts) -> list[tuple[str, str]]:
    """Every question with its answer."""
    return [
        (texts(f"readiness.q.{each.id}"), answer(each, given.get(each.id, ()), texts))
        for each in asked
    ]
