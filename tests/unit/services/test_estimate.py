"""The rows that stand where nobody has entered anything."""

from __future__ import annotations

import datetime as dt
import functools

import numpy as np
import pytest

from planner.records import CapacityRow
from planner.scenario import Answers
from planner.services import as_supply, estimated_rows, service_before
from tests.services import ENGINE, KEURUU, KUMLINGE, SCENARIO, SNAPSHOT

TODAY = dt.date(2026, 5, 1)


def summary(code: str) -> list[tuple[str, float, bool, tuple[str, ...]]]:
    rows = estimated_rows(ENGINE, SCENARIO, code)
    assert all(row.municipality == code and row.estimated for row in rows)
    assert all(row.first is row.last is row.people is None for row in rows)
    return [(row.provider, row.hours, row.paid, row.languages) for row in rows]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        # a twentieth of the libraries' 62 staffed hours, and two hours at the one guidance place
        (KEURUU, [("library", 3.1, True, ("fi",)), ("association", 2.0, False, ("fi",))]),
        (
            "091",
            [("library", 113.6, True, ("fi", "sv")), ("association", 138.0, False, ("fi", "sv"))],
        ),
        ("072", [("library", 0.9, True, ("fi",)), ("association", 2.0, False, ("fi",))]),
        ("478", [("library", 3.2, True, ("sv",)), ("association", 2.0, False, ("sv",))]),
        ("316", [("association", 2.0, False, ("fi",))]),  # its library has published no hours
        ("148", [("library", 3.6, True, ("fi",))]),
    ],
)
def test_hours_follow_libraries_and_guidance_places(
    code: str, expected: list[tuple[str, float, bool, tuple[str, ...]]]
) -> None:
    assert summary(code) == expected


@pytest.mark.parametrize("code", [KUMLINGE, "766"])
def test_a_place_without_any_support_says_so(code: str) -> None:
    assert summary(code) == [("service_point", 0.0, True, ("sv",))]


def test_the_rows_give_what_the_model_estimates_in_winter() -> None:
    winter = ENGINE.forecast(SCENARIO, TODAY).span.index(dt.date(2026, 2, 2))
    modelled = ENGINE.forecast(SCENARIO, TODAY).supply.hours[0, :, winter]

    rows = [estimated_rows(ENGINE, SCENARIO, code) for code in SNAPSHOT.codes]

    found = np.array([sum(row.hours for row in some) for some in rows])
    # rows are rounded to a tenth of an hour, two of them at most
    np.testing.assert_allclose(found, modelled, atol=0.1 + 1e-9)


def test_an_assumption_moves_the_estimate() -> None:
    twice = SCENARIO.with_override("desk_share", (0.1,))

    assert estimated_rows(ENGINE, twice, KEURUU)[0].hours == 6.2


def test_an_answer_stands_as_one_row_in_the_languages_of_the_place() -> None:
    answers = Answers(12.5, 2, dt.date(2026, 5, 31))
    scenario = SCENARIO.with_answers("478", answers)

    (row,) = estimated_rows(ENGINE, scenario, "478")

    last = dt.date(2026, 5, 25)
    expected = CapacityRow("478", "service_point", "", 12.5, None, last, 2, languages=("sv",))
    assert (row.estimated, row.certainty) == (True, "certain")
    assert row.hours == expected.hours
    assert (row.last, row.people, row.languages) == (last, 2, ("sv",))


def test_an_answer_and_its_row_give_the_same_figures() -> None:
    answered = SCENARIO.with_answers(KEURUU, Answers(12.5, 2, dt.date(2026, 5, 31)))
    rows = estimated_rows(ENGINE, answered, KEURUU)
    supply = as_supply(rows, service_before(rows, SCENARIO.start))
    entered = SCENARIO.with_capacity({KEURUU: supply})
    at = SNAPSHOT.index(KEURUU)

    by_answer, by_row = (ENGINE.forecast(each, TODAY) for each in (answered, entered))

    assert_same = functools.partial(np.testing.assert_allclose, atol=1e-9)
    assert_same(by_row.supply.hours[0, at], by_answer.supply.hours[0, at])
    assert_same(by_row.supply.baseline[0, at], by_answer.supply.baseline[0, at])
    assert_same(by_row.short_hours[0, at], by_answer.short_hours[0, at])
