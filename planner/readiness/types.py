"""The self-assessment's shapes: questions, what was answered, and what follows from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from planner.snapshot import Municipality

LEVELS = (1, 2, 3, 4)
"""Levels of maturity: unrecognised support within other services; of its own, without continuity;
systematic, with partners; targeted and reaching out."""

UNKNOWN = "unknown"  # whoever answers doesn't know
NONE = "none"  # of a question's choices not one holds

Given = Mapping[str, tuple[str, ...]]
"""What was answered: question → codes; one code, or several where a question has choices."""


@dataclass(frozen=True)
class Answer:
    """One answer to a question.

    id: empty where the question has choices, and then it stands for `at_least` of them; step: the
    next step it leads to, and to: the level that brings, None where nothing is left to do; limit:
    the highest level as a whole, None where there is no such limit.
    """

    id: str
    level: int
    at_least: int = 0
    step: str | None = None
    to: int | None = None
    limit: int | None = None


@dataclass(frozen=True)
class Question:
    """One question, its answers from the weakest to the strongest.

    only: of ONLY, or None where every municipality is asked; choices: codes of which several may
    be ticked, empty where one answer is picked.
    """

    id: str
    area: str
    weight: int
    answers: tuple[Answer, ...]
    only: str | None = None
    choices: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """What can be picked or ticked, but for UNKNOWN."""
        return (*self.choices, NONE) if self.choices else tuple(each.id for each in self.answers)

    def answer(self, codes: tuple[str, ...]) -> Answer | None:
        """The answer that codes stand for; None where they say nothing.

        Of choices the known ones are counted, and NONE beside others is no answer of its own.
        """
        known = {code for code in codes if code in self.codes}
        if not known:
            return None
        if not self.choices:
            return next(each for each in self.answers if each.id in known)
        ticked = len(known - {NONE})
        return [each for each in self.answers if each.at_least <= ticked][-1]


@dataclass(frozen=True)
class Step:
    """Something to do.

    effort: 1 to 3; since, weeks: when it should be done, in weeks after the day that is called
    "start" or "busiest", before it where negative.
    """

    id: str
    effort: int
    since: str
    weeks: int


def is_bilingual(place: Municipality) -> bool:
    """Whether a second official language is asked for."""
    return place.is_bilingual


def is_sami_homeland(place: Municipality) -> bool:
    """Whether Sámi is asked for: in the homeland, or where it reaches into the municipality."""
    return place.sami_homeland != "no"


ONLY = {"bilingual": is_bilingual, "sami_homeland": is_sami_homeland}
"""Conditions under which a question is asked."""


@dataclass(frozen=True, eq=False)
class Questionnaire:
    """Everything `data/readiness.toml` says, checked. steps: by id."""

    areas: tuple[str, ...]
    questions: tuple[Question, ...]
    steps: Mapping[str, Step]

    def asked_in(self, place: Municipality) -> tuple[Question, ...]:
        """The questions that a municipality is asked, in their order."""
        return tuple(q for q in self.questions if q.only is None or ONLY[q.only](place))


@dataclass(frozen=True)
class Standing:
    """How an area stands. level: 1 to 4, None without an answer; answered: of `asked` questions."""

    area: str
    level: int | None
    answered: int
    asked: int


@dataclass(frozen=True)
class Task:
    """A step that an answer leads to.

    gain: levels of its question; usefulness: gain × weight of the question / effort.
    """

    step: Step
    question: Question
    gain: int
    usefulness: float


@dataclass(frozen=True)
class Profile:
    """What the answers of a municipality say.

    areas: in the questionnaire's order; level: as a whole, None without an answer; limited_by: the
    question whose answer keeps it below the mean of all, None where none does; open: questions
    without an answer, the unknown ones too; tasks: the most useful first.
    """

    areas: tuple[Standing, ...]
    level: int | None
    answered: int
    asked: int
    limited_by: str | None
    open: tuple[str, ...]
    tasks: tuple[Task, ...]

    @property
    def complete(self) -> bool:
        """Whether every question has been answered."""
        return not self.open


@dataclass(frozen=True)
class Milestones:
    """The days that dates of tasks follow: Mondays of the week of the start and of the busiest."""

    start: dt.date
    busiest: dt.date


@dataclass(frozen=True)
class Dated:
    """A task with the day by which it should be done; rank: its place by usefulness, from 1."""

    task: Task
    due: dt.date
    overdue: bool
    rank: int
