"""Rows in the one form in which they are kept."""

from __future__ import annotations

import datetime as dt

import pytest

from planner import services
from tests.services import line


def test_any_day_stands_for_the_monday_of_its_week() -> None:
    row = services.tidy(line(first=dt.date(2026, 1, 18), last=dt.date(2026, 12, 31)))

    assert (row.first, row.last) == (dt.date(2026, 1, 12), dt.date(2026, 12, 28))


def test_hours_are_kept_to_a_hundredth_and_codes_once() -> None:
    row = services.tidy(line(hours=20 / 3, languages=("sv", "fi", "sv"), channels=("group",) * 2))

    assert (row.hours, row.languages, row.channels) == (6.67, ("sv", "fi"), ("group",))


def test_there_is_one_zero() -> None:
    assert str(services.tidy(line(hours=-0.0)).hours) == "0.0"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  pää\nkirjasto ", "pää kirjasto"),
        ("-", ""),
        ("n/a", ""),
        ("p\u00e4\u00e4\x00kirjasto\u200b", "pää kirjasto"),
        ("pa\u0308a\u0308kirjasto", "pääkirjasto"),
        ("=1+1", "=1+1"),
        ("kylÃƒÂ¤", "kylä"),  # saved twice in the wrong encoding
    ],
)
def test_a_place_is_kept_on_one_line(typed: str, kept: str) -> None:
    assert services.tidy(line(place=typed)).place == kept
    assert services.tidy(line(place=kept)).place == kept


@pytest.mark.parametrize("code", services.PAID)
def test_how_a_row_is_paid_has_one_code(code: str) -> None:
    row = services.with_paid(line(), code)

    assert services.paid_of(row) == code
    assert not (row.contract and not row.paid)
