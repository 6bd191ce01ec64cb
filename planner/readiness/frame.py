"""Answers and levels as a tidy frame, for the download and the command line."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from planner.readiness.profile import profile
from planner.readiness.types import UNKNOWN, Given, Question, Questionnaire
from planner.snapshot import Municipality

COLUMNS = (
    "municipality",
    "municipality_name",
    "day",
    "author",
    "area",
    "question",
    "answer",
    "level",
    "area_level",
    "overall_level",
)

Answers = tuple[Municipality, Given, str, str]
"""A municipality, its answers, the day they were given on (ISO) and by whom."""


def answer_frame(
    questions: Questionnaire, all_answers: Iterable[Answers], lang: str
) -> pd.DataFrame:
    """One row a municipality and question that it is asked; codes, levels 1 to 4.

    answer: a code, several parted by spaces, "unknown", or nothing; level: of the answer,
    area_level and overall_level: see `profile`; empty where there is no answer.
    """
    rows = [
        row
        for place, given, day, author in all_answers
        for row in _rows(questions, place, given, (day, author), lang)
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    levels = ["level", "area_level", "overall_level"]
    return frame.astype(dict.fromkeys(levels, "Int64"))


def _rows(
    questions: Questionnaire,
    place: Municipality,
    given: Given,
    signed: tuple[str, str],
    lang: str,
) -> Iterable[tuple[object, ...]]:
    found = profile(questions, place, given)
    levels = {standing.area: standing.level for standing in found.areas}
    for question in questions.asked_in(place):
        codes = given.get(question.id, ())
        answer = question.answer(codes)
        yield (
            place.code,
            place.name(lang),
            *signed,
            question.area,
            question.id,
            _said(question, codes),
            None if answer is None else answer.level,
            levels[question.area],
            found.level,
        )


def _said(question: Question, codes: tuple[str, ...]) -> str:
    known = [code for code in question.codes if code in codes]
    return " ".join(known) or (UNKNOWN if UNKNOWN in codes else "")
