"""Verdict, suggestion and one more session fit together."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from tests.unit.answer.test_ask import DATE, ENGINE, LATE, ask, drawn


@pytest.mark.parametrize("seen_from", [None, LATE])
def test_ready_places_get_no_suggestion_and_the_others_get_one(seen_from: dt.date | None) -> None:
    for code in ENGINE.snapshot.codes[::7]:
        found = ask(code, seen_from=seen_from)

        assert (found.verdict == "ready") == (found.suggestion.kind == "none"), code


def test_late_in_the_year_a_suggestion_is_of_the_size_of_the_weeks_to_come() -> None:
    """Kerava, seen from late November, misses a few hours in the spring of 2027."""
    found = ask("245", seen_from=LATE)

    rest = slice(found.suggestion.first, found.suggestion.last + 1)
    held = found.suggestion.hours * (found.suggestion.last - found.suggestion.first + 1)
    # it serves eight worlds of ten
    assert held <= 2 * found.hours.high[rest].sum()


def test_what_copes_in_half_of_the_draws_takes_no_more_than_what_copes_in_eight_of_ten() -> None:
    for code in ENGINE.snapshot.codes[::11]:
        found = ask(code)

        assert found.likely.hours <= found.suggestion.hours, code
        if found.p_copes[found.view].min() >= 0.5:
            assert found.likely.kind == "none"


def test_one_more_session_counts_from_today_on() -> None:
    before, amid = ask(today=DATE(2025, 10, 1)), ask(today=DATE(2026, 4, 1))

    first = amid.span.index(DATE(2026, 4, 1))
    assert before.one_more.first == before.view.start
    assert amid.one_more.first == first
    short = drawn().short_hours[:, first:].sum(axis=1, dtype=np.float64)
    assert amid.one_more.short_before == pytest.approx(float(np.median(short)), rel=1e-4)
    assert amid.one_more.short_after < amid.one_more.short_before < before.one_more.short_before
    assert before.one_more.coping_before == pytest.approx(before.p_copes.min())
    assert before.one_more.coping_after > before.one_more.coping_before
