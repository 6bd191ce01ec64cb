"""Levels and next steps, on questions made for the purpose and on the shipped ones."""

from __future__ import annotations

from fractions import Fraction

import pytest

from planner.readiness import (
    NONE,
    UNKNOWN,
    Answer,
    Given,
    Question,
    Questionnaire,
    Step,
    load_questionnaire,
    profile,
)
from planner.snapshot import Municipality, load_snapshot

SHIPPED = load_questionnaire()


def place(name: str) -> Municipality:
    """A municipality by its name."""
    snapshot = load_snapshot()
    return snapshot.municipalities[snapshot.index(name)]


def ladder(name: str, area: str, weight: int, **more: object) -> Question:
    """A question with an answer at each level, named a1 to a4, and a step to 3 from each weak."""
    answers = tuple(
        Answer(f"a{level}", level, step=f"{name}_step", to=3) if level < 3 else Answer("a3", 3)
        for level in (1, 2, 3)
    )
    return Question(name, area, weight, (*answers, Answer("a4", 4)), **more)


def sheet(*questions: Question, **efforts: int) -> Questionnaire:
    """A questionnaire of these questions; efforts of their steps by question, 1 unless said."""
    areas = tuple(dict.fromkeys(question.area for question in questions))
    steps = {
        f"{question.id}_step": Step(f"{question.id}_step", efforts.get(question.id, 1), "start", 0)
        for question in questions
    }
    return Questionnaire(areas, questions, steps)


KEURUU = place("Keuruu")


@pytest.mark.parametrize(
    ("given", "level"),
    [
        ({"x": ("a1",), "y": ("a4",)}, 2),  # (1 × 3 + 4) / 4 = 1.75
        ({"x": ("a4",), "y": ("a1",)}, 3),  # 3.25
        ({"x": ("a2",), "y": ("a4",)}, 3),  # 2.5 goes up
        ({"y": ("a2",)}, 2),
        ({"x": (UNKNOWN,), "y": ("a2",)}, 2),
        ({"x": (UNKNOWN,)}, None),
        ({"z": ("a1",)}, None),
        ({}, None),
    ],
)
def test_a_level_is_the_weighted_mean_of_what_was_answered(given: Given, level: int | None) -> None:
    found = profile(sheet(ladder("x", "one", 3), ladder("y", "one", 1)), KEURUU, given)

    assert (found.level, found.areas[0].level) == (level, level)


def test_areas_stand_by_themselves_and_count_their_answers() -> None:
    questions = sheet(ladder("x", "one", 1), ladder("y", "two", 1), ladder("z", "two", 1))

    found = profile(questions, KEURUU, {"x": ("a1",), "z": ("a4",), "y": (UNKNOWN,)})

    assert [(s.area, s.level, s.answered, s.asked) for s in found.areas] == [
        ("one", 1, 1, 1),
        ("two", 4, 1, 2),
    ]
    assert (found.answered, found.asked, found.open, found.complete) == (2, 3, ("y",), False)


def test_an_answer_can_limit_the_level_as_a_whole() -> None:
    def overall(funding: str, rest: int) -> tuple[int | None, str | None]:
        given = {question.id: (question.codes[rest],) for question in SHIPPED.asked_in(KEURUU)}
        given |= {"reached": SHIPPED.questions[-2].choices[: 3 * rest], "funding": (funding,)}
        found = profile(SHIPPED, KEURUU, given)
        assert found.areas[1].area == "continuity"
        return found.level, found.limited_by

    assert overall("within", 3) == (1, "funding")
    assert overall("project", 3) == (2, "funding")
    assert overall("permanent", 3) == (4, None)
    assert overall("project", 1) == (2, None)  # no more than the mean says
    assert overall("project", 0) == (1, None)


def test_of_choices_the_known_ones_count() -> None:
    reached = next(question for question in SHIPPED.questions if question.choices)

    def level(*codes: str) -> int | None:
        found = reached.answer(codes)
        return None if found is None else found.level

    nine = reached.choices
    assert [level(*nine[:n]) for n in range(1, 10)] == [1, 1, 2, 2, 3, 3, 3, 4, 4]
    assert (level(), level(NONE), level("x"), level("x", "x", nine[0])) == (None, 1, None, 1)
    assert level(NONE, *nine[:3]) == 2


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("Keuruu", set()),
        ("Porvoo", {"languages"}),
        ("Närpiö", {"languages"}),
        ("Maarianhamina", set()),
        ("Utsjoki", {"sami"}),
        ("Sodankylä", {"sami"}),
    ],
)
def test_languages_are_asked_about_where_they_belong(name: str, more: set[str]) -> None:
    asked = {question.id for question in SHIPPED.asked_in(place(name))}

    assert asked & {"languages", "sami"} == more
    assert len(asked) == 20 + len(more)


def test_what_a_place_is_not_asked_counts_nothing() -> None:
    given = {"languages": ("equal",), "sami": ("all",)}

    assert profile(SHIPPED, KEURUU, given).level is None
    assert profile(SHIPPED, place("Porvoo"), given).answered == 1


def test_steps_are_ranked_by_gain_times_weight_over_effort() -> None:
    weights = {"a": 1, "b": 3, "c": 2, "d": 1}
    questions = sheet(*(ladder(n, "one", w) for n, w in weights.items()), b=3, c=1, d=1)
    given = {"a": ("a1",), "b": ("a1",), "c": ("a2",), "d": ("a3",)}

    found = profile(questions, KEURUU, given).tasks

    # all three come to 2: the order of the questions decides; what is at level 3 needs no step
    assert [(task.question.id, Fraction(task.usefulness)) for task in found] == [
        ("a", Fraction(2)),
        ("b", Fraction(2)),
        ("c", Fraction(2)),
    ]
    sooner = profile(questions, KEURUU, {**given, "c": ("a1",)}).tasks
    assert [task.question.id for task in sooner] == ["c", "a", "b"]


def test_a_name_for_the_lead_comes_first_where_nobody_leads() -> None:
    given = {q.id: (q.codes[0],) for q in SHIPPED.asked_in(KEURUU)} | {"reached": (NONE,)}

    tasks = profile(SHIPPED, KEURUU, given).tasks

    assert tasks[0].step.id == "lead_name"
    assert len(tasks) == 20
    best = {q.id: (q.codes[-1],) for q in SHIPPED.asked_in(KEURUU)}
    best["reached"] = SHIPPED.questions[-2].choices
    assert profile(SHIPPED, KEURUU, best).tasks == ()
    assert profile(SHIPPED, KEURUU, best).level == 4
