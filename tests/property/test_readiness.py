"""Whatever is answered, levels stay levels, and a better answer never lowers one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planner.readiness import LEVELS, UNKNOWN, Given, Question, load_questionnaire, profile
from planner.snapshot import Municipality, load_snapshot

QUESTIONS = load_questionnaire()
SNAPSHOT = load_snapshot()
# asked the least, a second language, Sámi, Åland
PLACES = [SNAPSHOT.municipalities[SNAPSHOT.index(code)] for code in ("249", "638", "890", "478")]


def answers(question: Question) -> st.SearchStrategy[tuple[str, ...]]:
    """Anything that can stand in the store for a question, codes of other versions among it."""
    if question.choices:
        return st.lists(st.sampled_from((*question.codes, "old")), unique=True).map(tuple)
    codes = st.sampled_from((*question.codes, UNKNOWN, "old"))
    return st.lists(codes, max_size=1).map(tuple)


EVERYTHING = st.fixed_dictionaries({each.id: answers(each) for each in QUESTIONS.questions})


def levels(place: Municipality, answered: Given) -> list[int | None]:
    """Every area's level, and that as a whole."""
    found = profile(QUESTIONS, place, answered)
    return [*(standing.level for standing in found.areas), found.level]


@given(st.sampled_from(PLACES), EVERYTHING)
def test_levels_are_levels_and_answers_are_counted(place: Municipality, answered: Given) -> None:
    found = profile(QUESTIONS, place, answered)

    assert all(level is None or level in LEVELS for level in levels(place, answered))
    assert (found.level is None) == (found.answered == 0)
    assert all((s.level is None) == (s.answered == 0) for s in found.areas)
    assert sum(s.answered for s in found.areas) == found.answered
    assert sum(s.asked for s in found.areas) == found.asked == found.answered + len(found.open)
    assert (found.limited_by is None) or found.level is not None
    used = [task.usefulness for task in found.tasks]
    assert used == sorted(used, reverse=True)
    assert all(task.gain > 0 for task in found.tasks)
    assert len(found.tasks) <= found.answered


@given(st.sampled_from(PLACES), EVERYTHING, st.data())
def test_a_better_answer_never_lowers_a_level(
    place: Municipality, answered: Given, data: st.DataObject
) -> None:
    asked = QUESTIONS.asked_in(place)
    question = data.draw(st.sampled_from(asked))
    before = question.answer(answered[question.id])
    if before is None:
        answered = {**answered, question.id: (question.codes[0],)}
        before = question.answer(answered[question.id])
    better = data.draw(answers(question).filter(lambda codes: is_better(question, before, codes)))

    now = levels(place, {**answered, question.id: better})

    for old, new in zip(levels(place, answered), now, strict=True):
        assert (old is None) == (new is None)
        assert old is None or new is None or new >= old


def is_better(question: Question, before: object, codes: tuple[str, ...]) -> bool:
    """Whether codes stand for an answer at least as good."""
    answer = question.answer(codes)
    return answer is not None and question.answers.index(answer) >= question.answers.index(before)
