"""Self-assessments in the store: one item a municipality, by revision."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from planner.errors import PlannerError
from planner.readiness.profile import profile
from planner.readiness.types import LEVELS, UNKNOWN, Given, Questionnaire
from planner.records import Readiness
from planner.snapshot import Snapshot
from planner.store import (
    ConflictError,
    Revision,
    Store,
    Stored,
    from_content,
    kind_of,
    to_content,
)

KIND = kind_of(Readiness)
KEY = KIND
"""The key of a municipality's item: two who answer for the first time at once meet in it."""


@dataclass(frozen=True)
class Held:
    """A municipality's answers as they stand in the store, with the stored item behind them."""

    record: Readiness
    item: Stored


@dataclass(frozen=True)
class Distribution:
    """How the municipalities stand: numbers of municipalities.

    answered: with an answer at least; complete: with all of them; levels: by level as a whole.
    """

    answered: int
    complete: int
    levels: Mapping[int, int]


def as_given(record: Readiness | None) -> dict[str, tuple[str, ...]]:
    """A record's answers by question, nothing where there is none."""
    given: dict[str, tuple[str, ...]] = {}
    for question, code in () if record is None else record.answers:
        given[question] = (*given.get(question, ()), code)
    return given


def as_record(questions: Questionnaire, given: Given, day: dt.date) -> Readiness:
    """Answers as they are kept: in the order of the questions and of their codes.

    What isn't known here (a question of another version) stays, at the end.
    """
    order = {
        (question.id, code): number
        for number, (question, code) in enumerate(
            (question, code)
            for question in questions.questions
            for code in (*question.codes, UNKNOWN)
        )
    }
    pairs = [(question, code) for question, codes in given.items() for code in codes]
    return Readiness(tuple(sorted(pairs, key=lambda pair: order.get(pair, len(order)))), day)


def held(store: Store, code: str) -> Held | None:
    """A municipality's answers; None where none are kept, PlannerError where they can't be read."""
    item = store.item(code, KEY)
    return None if item is None else Held(from_content(Readiness, item.content), item)


def all_held(store: Store) -> Mapping[str, Held]:
    """Every municipality's answers by code; cached by the store's revision."""
    return _all_held(store, store.revision())


@functools.lru_cache(maxsize=4)
def _all_held(store: Store, revision: Revision) -> Mapping[str, Held]:
    items = store.items(KIND)
    found = {item.municipality: Held(from_content(Readiness, item.content), item) for item in items}
    return MappingProxyType(found)


def save(store: Store, code: str, record: Readiness, author: str, seen: Stored | None) -> Held:
    """Keeps a municipality's answers in place of those that were seen, None where none were.

    ConflictError where somebody else has saved or deleted them since; PlannerError where the store
    can't do its part or the author has no name.
    """
    content = to_content(record)
    try:
        item = _save(store, code, content, author, seen)
    except ConflictError as error:
        # nobody's answers were seen because they had been taken back: nothing is overwritten
        if seen is not None or not error.theirs.deleted:
            raise
        item = _save(store, code, content, author, error.theirs)
    except PlannerError as error:
        # another store than the one that was looked at, restored from a backup: it has none
        if seen is None or error.code != "error.store.no_such_item":
            raise
        item = _save(store, code, content, author, None)
    return Held(from_content(Readiness, item.content), item)


def _save(
    store: Store, code: str, content: Mapping[str, object], author: str, seen: Stored | None
) -> Stored:
    revision = 0 if seen is None else seen.revision
    return store.save(KIND, code, content, author, KEY, revision)


def distribution(questions: Questionnaire, snapshot: Snapshot, store: Store) -> Distribution:
    """How many municipalities have answered, and at which level they are."""
    places = {place.code: place for place in snapshot.municipalities}
    found = [
        profile(questions, places[code], as_given(kept.record))
        for code, kept in all_held(store).items()
        if code in places
    ]
    answered = [each for each in found if each.level is not None]
    return Distribution(
        answered=len(answered),
        complete=sum(each.complete for each in answered),
        levels={level: sum(each.level == level for each in answered) for level in LEVELS},
    )
