"""Self-assessments in the store."""

from __future__ import annotations

import datetime as dt

import pytest

from planner import readiness
from planner.errors import PlannerError
from planner.readiness import as_given, as_record, held, load_questionnaire, save
from planner.records import Readiness
from planner.snapshot import load_snapshot
from planner.store import ConflictError, Store, open_store

KEURUU, PORVOO = "249", "638"
DAY = dt.date(2026, 2, 3)
QUESTIONS = load_questionnaire()


def record(**answers: str) -> Readiness:
    """A record of answers, one a question."""
    return as_record(QUESTIONS, {name: (code,) for name, code in answers.items()}, DAY)


def test_what_is_saved_is_read_again(store: Store) -> None:
    given = {"reached": ("youth", "seniors"), "lead": ("named",), "easy": ("unknown",)}

    assert held(store, KEURUU) is None
    saved = save(store, KEURUU, as_record(QUESTIONS, given, DAY), "Aino", None)

    assert held(store, KEURUU) == saved
    assert saved.record.answers == (
        ("lead", "named"),
        ("easy", "unknown"),
        ("reached", "seniors"),
        ("reached", "youth"),
    )
    assert as_given(saved.record) == {**given, "reached": ("seniors", "youth")}
    assert (saved.record.day, saved.item.author, saved.item.revision) == (DAY, "Aino", 1)
    assert held(store, PORVOO) is None


def test_a_question_of_another_version_is_kept() -> None:
    given = {"gone": ("yes",), "lead": ("named",)}

    kept = as_record(QUESTIONS, given, DAY)

    assert kept.answers == (("lead", "named"), ("gone", "yes"))
    assert as_given(kept) == given


def test_saving_over_what_was_seen_makes_no_second_item(store: Store) -> None:
    first = save(store, KEURUU, record(lead="nobody"), "Aino", None)

    second = save(store, KEURUU, record(lead="named"), "Bertta", first.item)

    assert (second.item.key, second.item.revision) == (first.item.key, 2)
    assert len(store.items("readiness")) == 1


def test_two_who_answer_for_the_first_time_at_once_meet(store: Store) -> None:
    theirs = save(store, KEURUU, record(lead="nobody"), "Aino", None)

    with pytest.raises(ConflictError) as caught:
        save(store, KEURUU, record(lead="named"), "Bertta", None)

    assert caught.value.theirs == theirs.item
    assert held(store, KEURUU) == theirs
    mine = save(store, KEURUU, record(lead="named"), "Bertta", caught.value.theirs)
    assert held(store, KEURUU) == mine


def test_what_was_taken_back_can_be_answered_anew(store: Store) -> None:
    first = save(store, KEURUU, record(lead="nobody"), "Aino", None)
    store.undo(KEURUU, 1, "Aino")

    assert held(store, KEURUU) is None
    with pytest.raises(ConflictError) as caught:
        save(store, KEURUU, record(lead="named"), "Bertta", first.item)
    assert caught.value.theirs.deleted
    save(store, KEURUU, record(lead="network"), "Bertta", None)

    found = held(store, KEURUU)
    assert found is not None
    assert found.record.answers == (("lead", "network"),)


def test_answers_survive_a_store_that_was_restored_without_them(
    store: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    seen = save(store, KEURUU, record(lead="nobody"), "Aino", None)
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('other') / 'x.sqlite'}") as other:
        again = save(other, KEURUU, record(lead="named"), "Aino", seen.item)

        assert held(other, KEURUU) == again


def test_a_name_is_needed(store: Store) -> None:
    with pytest.raises(PlannerError) as caught:
        save(store, KEURUU, record(lead="named"), " ", None)

    assert caught.value.code == "error.store.no_author"
    assert held(store, KEURUU) is None


def test_the_distribution_counts_municipalities(store: Store) -> None:
    snapshot = load_snapshot()

    def counted() -> tuple[int, int, dict[int, int]]:
        found = readiness.distribution(QUESTIONS, snapshot, store)
        return found.answered, found.complete, dict(found.levels)

    assert counted() == (0, 0, {1: 0, 2: 0, 3: 0, 4: 0})
    place = snapshot.municipalities[snapshot.index(PORVOO)]
    best = {q.id: (q.codes[-1],) for q in QUESTIONS.asked_in(place) if not q.choices}
    best["reached"] = next(q.choices for q in QUESTIONS.questions if q.choices)
    save(store, PORVOO, as_record(QUESTIONS, best, DAY), "Aino", None)
    first = save(store, KEURUU, record(lead="nobody"), "Aino", None)
    save(store, "091", record(lead="unknown"), "Aino", None)  # no answer that says anything
    assert counted() == (2, 1, {1: 1, 2: 0, 3: 0, 4: 1})

    save(store, KEURUU, record(lead="named"), "Aino", first.item)
    assert counted() == (2, 1, {1: 0, 2: 0, 3: 1, 4: 1})
