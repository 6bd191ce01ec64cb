"""Numbers and dates as each language writes them, and what readers type."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from planner.errors import PlannerError
from planner.texts import LANGUAGES
from planner.ui.format import formats, parse_date, parse_number, parse_whole, rounded

DAY = dt.date(2026, 1, 19)


@pytest.mark.parametrize(
    ("lang", "whole", "decimal", "percent"),
    [
        ("fi", "1\xa0234\xa0567", "12,5", "92\xa0%"),
        ("sv", "1\xa0234\xa0567", "12,5", "92\xa0%"),
        ("en", "1,234,567", "12.5", "92%"),
    ],
)
def test_numbers(lang: str, whole: str, decimal: str, percent: str) -> None:
    fmt = formats(lang)  # type: ignore[arg-type]
    assert (fmt.whole(1234567.4), fmt.decimal(12.5), fmt.percent(0.92)) == (whole, decimal, percent)
    assert fmt.decimal(12.0) == "12"


@pytest.mark.parametrize(
    ("lang", "date", "week", "weeks", "month"),
    [
        ("fi", "19.1.2026", "viikko 4", "viikot 4–17", "tammikuu 2026"),
        ("sv", "19.1.2026", "vecka 4", "veckorna 4–17", "januari 2026"),
        ("en", "19 January 2026", "week 4", "weeks 4–17", "January 2026"),
    ],
)
def test_dates(lang: str, date: str, week: str, weeks: str, month: str) -> None:
    fmt = formats(lang)  # type: ignore[arg-type]
    assert fmt.date(DAY) == date
    assert fmt.week(DAY) == week
    assert fmt.weeks(DAY, dt.date(2026, 4, 26)) == weeks
    assert fmt.month(DAY) == month


def test_weeks_of_two_years_carry_their_years() -> None:
    fmt = formats("en")
    assert fmt.weeks(dt.date(2026, 12, 28), dt.date(2027, 1, 4)) == "weeks 53/2026–1/2027"
    assert fmt.weeks(DAY, DAY) == "week 4"
    # The last days of a year can lie in the first week of the next.
    assert fmt.week(dt.date(2024, 12, 30), year=True) == "week 1/2025"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, 0),
        (0.4, 0),
        (7.6, 8),
        (38, 40),
        (99, 100),
        (347, 350),
        (1234, 1200),
        (2_796_000, 2_800_000),
    ],
)
def test_rounding_as_people_speak(value: float, expected: int) -> None:
    assert rounded(value) == expected
    assert rounded(-value) == -expected


def test_people_are_never_decimals() -> None:
    for lang in LANGUAGES:
        fmt = formats(lang)
        for value in (0.2, 0.5, 1.4, 3.7, 12.3, 38.2, 1234.5):
            for text in (fmt.about(value), fmt.people(value), fmt.between(value, value * 1.3)):
                assert not any(mark in text for mark in ("0,2", "0.2", ",5", ".5", ".7", ",7"))


@pytest.mark.parametrize(
    ("lang", "about", "below", "between"),
    [
        ("fi", "noin 1\xa0200", "alle yksi", "4–9"),
        ("sv", "cirka 1\xa0200", "mindre än en", "mellan 4 och 9"),
        ("en", "about 1,200", "less than one", "between 4 and 9"),
    ],
)
def test_quantities_in_words(lang: str, about: str, below: str, between: str) -> None:
    fmt = formats(lang)  # type: ignore[arg-type]
    assert (fmt.about(1234), fmt.about(0.3), fmt.between(4.2, 8.7)) == (about, below, between)


def test_hours_come_in_half_hours_when_few() -> None:
    assert formats("fi").hours(2.4) == "2,5 tuntia"
    assert formats("en").hours(1.1) == "1 hour"
    assert formats("sv").hours(12.3) == "12 timmar"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12,5", 12.5),
        ("12.5", 12.5),
        (" 7 ", 7.0),
        ("1 200", 1200.0),
        ("1\xa0200,5", 1200.5),
        ("2\u202f800\u202f000", 2_800_000.0),
        ("2,800,000", 2_800_000.0),
        ("2.800.000", 2_800_000.0),
        ("1,200.5", 1200.5),
        ("1.200,5", 1200.5),
        ("0,125", 0.125),
        ("\u22124", -4.0),
        ("+4", 4.0),
    ],
)
def test_typed_numbers_are_understood(text: str, expected: float) -> None:
    assert parse_number(text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nan", "error.number"),
        ("-Inf", "error.number"),
        ("infinity", "error.number"),
        ("9" * 400, "error.number"),
        ("", "error.number"),
        ("abc", "error.number"),
        ("1 2", "error.number"),
        ("12,34,5", "error.number"),
        ("1,200,5", "error.number"),
        ("1e5", "error.number"),
        ("0x10", "error.number"),
        ("1_000", "error.number"),
        ("--1", "error.number"),
        ("٣", "error.number"),
        ("1,200", "error.number_ambiguous"),
        ("1.200", "error.number_ambiguous"),
    ],
)
def test_other_text_is_refused(text: str, code: str) -> None:
    with pytest.raises(PlannerError) as caught:
        parse_number(text)
    assert caught.value.code == code
    assert caught.value.values["value"] == text


def test_bounds_and_whole_numbers() -> None:
    assert parse_whole("2 800 000", minimum=0) == 2_800_000
    for text, code in [("-1", "error.number_below"), ("9", "error.number_above")]:
        with pytest.raises(PlannerError) as caught:
            parse_number(text, minimum=0, maximum=8)
        assert caught.value.code == code
    with pytest.raises(PlannerError) as caught:
        parse_whole("12,5")
    assert caught.value.code == "error.whole_number"


@pytest.mark.parametrize("text", ["19.1.2026", "19. 1. 2026", "19.01.2026", "2026-01-19"])
def test_typed_dates_are_understood(text: str) -> None:
    assert parse_date(text) == DAY


@pytest.mark.parametrize(
    "text", ["19.1.", "19.1.26", "1/19/2026", "30.2.2026", "2026-1-19", "0.0.0000", "", "soon"]
)
def test_other_dates_are_refused(text: str) -> None:
    with pytest.raises(PlannerError) as caught:
        parse_date(text)
    assert caught.value.code == "error.date"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("value", [0.0, 12.5, 999.0, 2_800_000.0])
def test_what_is_written_can_be_typed(lang: str, value: float) -> None:
    written = formats(lang).decimal(value, 2)  # type: ignore[arg-type]
    assert parse_number(written) == value


def test_endless_numbers_have_no_spoken_form() -> None:
    with pytest.raises(ValueError, match="nan"):
        rounded(math.nan)


@pytest.mark.parametrize(
    ("lang", "said"), [("fi", "ma 19.1."), ("sv", "mån 19.1."), ("en", "Mon 19 January")]
)
def test_a_day_can_be_named_with_its_day_of_the_week(lang: str, said: str) -> None:
    assert formats(lang).weekday(dt.date(2026, 1, 19)) == said
