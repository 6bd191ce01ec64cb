"""What people type into a row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from planner import services
from planner.errors import PlannerError
from planner.uploads.types import Cell
from tests.uploads import said

MONDAY = dt.date(2026, 1, 19)


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("12,5", 12.5),
        ("12.5", 12.5),
        (" 7 ", 7.0),
        ("0", 0.0),
        ("1 200,5", 1200.5),
        ("1\u00a0200", 1200.0),
        ("0,125", 0.125),
        ("−3", -3.0),
        (7, 7.0),
        (7.25, 7.25),
    ],
)
def test_hours_have_a_comma_or_a_point(typed: Cell, hours: float) -> None:
    assert services.hours_of(typed) == hours


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("12h", "error.services.hours_number"),
        ("l2", "error.services.hours_number"),
        ("1O", "error.services.hours_number"),
        ("1e3", "error.services.hours_number"),
        ("12,5,0", "error.services.hours_number"),
        ("5–10", "error.services.hours_number"),
        ("", "error.services.hours_number"),
        ("nan", "error.services.hours_number"),
        ("٣", "error.services.hours_number"),
        ("1.200", "error.number_ambiguous"),
        ("1,200", "error.number_ambiguous"),
        (dt.date(2026, 5, 1), "error.services.hours_date"),
    ],
)
def test_what_is_no_number_of_hours_is_told(typed: Cell, code: str) -> None:
    with pytest.raises(PlannerError) as caught:
        services.hours_of(typed)

    assert said(caught.value) == code


@pytest.mark.parametrize(("typed", "people"), [("2", 2), ("2,0", 2), (3, 3), (3.0, 3), ("0", 0)])
def test_people_are_whole(typed: Cell, people: int) -> None:
    assert services.people_of(typed) == people


@pytest.mark.parametrize("typed", ["1,5", 1.5, "two", "2 hlö", float("nan"), MONDAY])
def test_what_is_no_number_of_people_is_told(typed: Cell) -> None:
    with pytest.raises(PlannerError) as caught:
        services.people_of(typed)

    assert said(caught.value) == "error.services.people_number"


@pytest.mark.parametrize(
    "typed",
    ["19.1.2026", "25.1.2026", "2026-01-21", "4/2026", "2026-W04", "vk 4/2026", MONDAY, 46041],
)
def test_a_week_is_named_by_any_of_its_days(typed: Cell) -> None:
    assert services.week_of(typed) == MONDAY


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("4", "error.services.week_year"),
        ("vko 4", "error.services.week_year"),
        ("soon", "error.services.not_a_week"),
        ("31.2.2026", "error.services.not_a_week"),
        ("1/2/2026", "error.upload.date_ambiguous"),
    ],
)
def test_what_is_no_week_is_told(typed: Cell, code: str) -> None:
    with pytest.raises(PlannerError) as caught:
        services.week_of(typed)

    assert said(caught.value) == code


@pytest.mark.parametrize(
    ("parse", "code"),
    [
        (lambda: services.code_of("provider", "museo"), "error.services.provider"),
        (lambda: services.code_of("paid", "ehkä"), "error.services.paid"),
        (lambda: services.code_of("certainty", "?!"), "error.services.certainty"),
        (lambda: services.code_of("origin", "toinen"), "error.services.origin"),
        (lambda: services.codes_of("languages", "suomi, klingon"), "error.services.language"),
        (lambda: services.codes_of("channels", "ryhmässä ja torilla"), "error.services.channel"),
    ],
)
def test_an_unknown_word_is_told(parse: Callable[[], object], code: str) -> None:
    with pytest.raises(PlannerError) as caught:
        parse()

    assert said(caught.value) == code


def test_only_the_unknown_part_of_a_list_is_named() -> None:
    with pytest.raises(PlannerError) as caught:
        services.codes_of("languages", "suomi, klingon")

    assert caught.value.values == {"value": "klingon"}
