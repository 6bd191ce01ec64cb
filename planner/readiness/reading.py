"""From data/readiness.toml to a checked Questionnaire."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

from planner.assumptions import DATA
from planner.handwritten import (
    TEXT,
    TEXTS,
    Form,
    fault,
    folder_problems,
    is_sound,
    lacks,
    read_content,
    read_text,
    sound_entries,
)
from planner.readiness.types import (
    LEVELS,
    NONE,
    ONLY,
    UNKNOWN,
    Answer,
    Question,
    Questionnaire,
    Step,
)
from planner.snapshot.problems import Problem, SnapshotError

FILE = "readiness.toml"
EFFORTS = WEIGHTS = (1, 2, 3)
SINCE = ("start", "busiest")
LONGEST = 104  # weeks between a task and the day it follows
ID = re.compile(r"[a-z][a-z0-9_]*")


def _one_of(known: Sequence[object]) -> tuple[Any, str]:
    said = ", ".join(f'"{each}"' if isinstance(each, str) else str(each) for each in known)
    return (lambda value: type(value) is type(known[0]) and value in known), f"one of {said}"


_WHOLE = (lambda value: type(value) is int and value >= 0, "a whole number")
_WEEKS = (
    lambda value: type(value) is int and abs(value) <= LONGEST,
    f"whole weeks from -{LONGEST} to {LONGEST}",
)
_ID = (
    lambda value: isinstance(value, str) and ID.fullmatch(value) is not None,
    "small letters a to z, digits and underscores, a letter first",
)
_LEVEL = _one_of(LEVELS)
_LISTED = (lambda value: isinstance(value, list), "a list of tables in square brackets")
FORM = Form(
    FILE,
    schema=1,
    keys={
        "question": {"id": _ID, "area": TEXT, "weight": _one_of(WEIGHTS), "answers": _LISTED},
        "step": {"id": _ID, "effort": _one_of(EFFORTS), "from": _one_of(SINCE), "weeks": _WEEKS},
        "answers": {"level": _LEVEL},
    },
    optional={
        "question": {"only": _one_of(tuple(ONLY)), "choices": TEXTS},
        "answers": {"id": _ID, "at_least": _WHOLE, "step": TEXT, "to": _LEVEL, "limit": _LEVEL},
    },
)


def _fault(what: str, mend: str) -> Problem:
    return fault(FILE, None, what, mend)


def check_for_areas(areas: Sequence[str], questions: Sequence[Question]) -> Iterator[Problem]:
    """Areas that are no areas, and areas that nobody is asked about."""
    for question in questions:
        if question.area not in areas:
            what = f'{question.id}: area is "{question.area}", which is not in areas'
            yield _fault(what, f"use one of {', '.join(areas)}, or add it there")
    # a condition may not hold somewhere, and an area without a question has no level
    known = {question.area for question in questions if question.only is None}
    for area in areas:
        if area not in known:
            yield _fault(
                f"no question of the area {area} is asked everywhere", "add one, or drop the area"
            )


def check_for_answers(question: Question) -> Iterator[Problem]:
    """Answers of a wrong kind, and answers that don't rise from the weakest to the strongest."""
    name, answers = question.id, question.answers
    if len(answers) < 2:
        yield _fault(f"{name}: it has {len(answers)} answers", "give it two at least")
        return
    if any(before.level >= after.level for before, after in pairwise(answers)):
        what = f"{name}: levels of its answers are {[each.level for each in answers]}"
        yield _fault(what, "put the weakest answer first and let every level be higher")
    limits = [each.limit or LEVELS[-1] for each in answers]
    if limits != sorted(limits):
        what = f"{name}: limits of its answers are {limits}"
        yield _fault(what, "a better answer can't have a lower limit")
    yield from check_for_choices(question) if question.choices else check_for_ids(question)


def check_for_ids(question: Question) -> Iterator[Problem]:
    """Answers to be picked need ids of their own."""
    ids = [each.id for each in question.answers]
    if "" in ids or len(set(ids)) < len(ids) or UNKNOWN in ids:
        what = f"{question.id}: ids of its answers are {ids}"
        yield _fault(what, f'give each an id of its own, and none "{UNKNOWN}"')
    if any(each.at_least for each in question.answers):
        mend = "add choices, or give every answer an id instead"
        yield _fault(f"{question.id}: at_least stands in a question without choices", mend)


def check_for_choices(question: Question) -> Iterator[Problem]:
    """Answers to choices are numbers of them, from none on."""
    name, choices = question.id, question.choices
    odd = [code for code in choices if not ID.fullmatch(code) or code in (NONE, UNKNOWN)]
    if odd or len(set(choices)) < len(choices):
        what = f"{name}: choices are {list(choices)}"
        mend = f'write ids that differ, of small letters, and none of them "{NONE}" or "{UNKNOWN}"'
        yield _fault(what, mend)
    least = [each.at_least for each in question.answers]
    rising = all(before < after for before, after in pairwise(least))
    if least[0] or not rising or least[-1] > len(choices):
        what = f"{name}: at_least is {least} with {len(choices)} choices"
        yield _fault(what, "begin with 0 and go up, not beyond the number of choices")
    if any(each.id for each in question.answers):
        mend = "drop the ids: an answer is a number of choices"
        yield _fault(f"{name}: answers have ids beside choices", mend)


def check_for_steps(questions: Sequence[Question], steps: Sequence[str]) -> Iterator[Problem]:
    """Steps that don't exist, lead nowhere, or are nobody's."""
    led: dict[str, str] = {}
    for question in questions:
        levels = {each.level for each in question.answers}
        for answer in question.answers:
            if (answer.step is None) != (answer.to is None):
                mend = "give the answer both, or none of them"
                yield _fault(f"{question.id}: step and to go together", mend)
            elif answer.step is not None and answer.to is not None:
                if answer.to not in levels or answer.to <= answer.level:
                    what = f"{question.id}: {answer.step} leads from {answer.level} to {answer.to}"
                    yield _fault(what, "let it lead to the level of a better answer")
                if answer.step not in steps:
                    what = f'{question.id}: there is no step "{answer.step}"'
                    yield _fault(what, "correct its id, or add the step")
                if led.setdefault(answer.step, question.id) != question.id:
                    what = f"{answer.step}: two questions lead to it"
                    yield _fault(what, "give each question steps of its own")
    for step in steps:
        if step not in led:
            yield _fault(f"{step}: no answer leads to it", "name it in an answer, or remove it")


class _Reading:
    """What could be read of the file, with every problem met."""

    def __init__(self, folder: Path) -> None:
        self.problems: list[Problem] = folder_problems(folder)
        self.areas: tuple[str, ...] = ()
        self.questions: list[Question] = []
        self.steps: list[Step] = []
        if self.problems:
            return
        _, text = read_text(folder / FILE, self.problems)
        content = None if text is None else read_content(text, FORM, self.problems)
        if content is not None:
            self._read(content)

    def _read(self, content: Mapping[str, object]) -> None:
        areas = content.get("areas")
        if TEXTS[0](areas) and isinstance(areas, list) and areas:
            self.areas = tuple(areas)
        else:
            self.problems.append(lacks("areas", 'areas = ["…"]', FORM))
        found = sound_entries(content, "question", FORM, self.problems)
        self.questions = [q for q in map(self._question, found) if q is not None]
        self.steps = [
            Step(entry["id"], entry["effort"], entry["from"], entry["weeks"])
            for entry in sound_entries(content, "step", FORM, self.problems)
        ]
        if self.problems:
            return  # what is checked of all together would be said twice
        for question in self.questions:
            self.problems += check_for_answers(question)
        self.problems += check_for_areas(self.areas, self.questions)
        self.problems += check_for_steps(self.questions, [step.id for step in self.steps])

    def _question(self, entry: Mapping[str, Any]) -> Question | None:
        name = entry["id"]
        sound = [
            is_sound("answers", f"{name}, answer {number}", answer, FORM, self.problems)
            for number, answer in enumerate(entry["answers"], start=1)
        ]
        if not all(sound):
            return None
        return Question(
            id=name,
            area=entry["area"],
            weight=entry["weight"],
            answers=tuple(Answer(**{"id": "", **answer}) for answer in entry["answers"]),
            only=entry.get("only"),
            choices=tuple(entry.get("choices", ())),
        )


def check_readiness(folder: Path) -> list[Problem]:
    """Everything wrong with a folder's questions; empty when all is well."""
    return _Reading(folder).problems


@functools.lru_cache(maxsize=4)
def load_questionnaire(folder: Path = DATA) -> Questionnaire:
    """The questions kept in `folder`; PlannerError("error.data") where they are off."""
    reading = _Reading(folder)
    if reading.problems:
        raise SnapshotError(reading.problems[0])
    steps = MappingProxyType({step.id: step for step in reading.steps})
    return Questionnaire(reading.areas, tuple(reading.questions), steps)


def text_ids(questions: Questionnaire) -> list[str]:
    """The ids of every text that the questions need, in their order."""
    ids = [f"readiness.area.{area}" for area in questions.areas]
    for question in questions.questions:
        ids.append(f"readiness.q.{question.id}")
        ids += [f"readiness.q.{question.id}.{code}" for code in question.codes]
    return ids + [f"readiness.step.{step}" for step in questions.steps]
