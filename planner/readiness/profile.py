"""From answers to levels and next steps, in whole numbers."""

from __future__ import annotations

from collections.abc import Sequence

from planner.readiness.types import (
    LEVELS,
    Answer,
    Given,
    Profile,
    Question,
    Questionnaire,
    Standing,
    Task,
)
from planner.snapshot import Municipality

MOST_USEFUL = 3
"""How many next steps are told first."""

Answered = Sequence[tuple[Question, Answer]]


def profile(questions: Questionnaire, place: Municipality, given: Given) -> Profile:
    """What a municipality's answers say; questions that it isn't asked don't count.

    The level of an area is the mean of its answers' levels, weighted by the questions' weights and
    rounded to the nearest level, upwards from the half. The level as a whole is the same mean over
    all answers, but never above the limit that an answer sets: support that nobody has reserved
    hours for is level 1 by the survey's own words, and support on project money level 2. What
    hasn't been answered counts nowhere.
    """
    asked = questions.asked_in(place)
    answered = [
        (question, answer)
        for question in asked
        if (answer := question.answer(given.get(question.id, ()))) is not None
    ]
    level, limited_by = _limited(answered)
    known = {question.id for question, _ in answered}
    return Profile(
        areas=tuple(_standing(area, asked, answered) for area in questions.areas),
        level=level,
        answered=len(answered),
        asked=len(asked),
        limited_by=limited_by,
        open=tuple(question.id for question in asked if question.id not in known),
        tasks=_tasks(questions, answered),
    )


def _level(answered: Answered) -> int | None:
    """The weighted mean of answers' levels as a level; None without an answer."""
    weight = sum(question.weight for question, _ in answered)
    if not weight:
        return None
    return (2 * sum(q.weight * answer.level for q, answer in answered) + weight) // (2 * weight)


def _limited(answered: Answered) -> tuple[int | None, str | None]:
    """The level as a whole, and the question whose answer limits it."""
    level = _level(answered)
    limits = [(answer.limit or LEVELS[-1], question.id) for question, answer in answered]
    lowest, question = min(limits, default=(LEVELS[-1], None))
    if level is None or level <= lowest:
        return level, None
    return lowest, question


def _standing(area: str, asked: Sequence[Question], answered: Answered) -> Standing:
    within = [(question, answer) for question, answer in answered if question.area == area]
    of_area = sum(question.area == area for question in asked)
    return Standing(area, _level(within), len(within), of_area)


def _tasks(questions: Questionnaire, answered: Answered) -> tuple[Task, ...]:
    """The steps that answers lead to, by gain × weight / effort; equal ones as in the file."""
    found = []
    for question, answer in answered:
        if answer.step is not None and answer.to is not None:
            step, gain = questions.steps[answer.step], answer.to - answer.level
            found.append(Task(step, question, gain, gain * question.weight / step.effort))
    return tuple(sorted(found, key=lambda task: -task.usefulness))
