"""Official languages in both directions, and Sámi in its homeland: present and absent."""

from __future__ import annotations

import datetime as dt

import pytest

from planner.risks.languages import official, sami_languages
from tests.risks import ENGINE, HELSINKI, INARI, KEURUU, SODANKYLA, UTSJOKI, find, kinds, one, row

PORVOO, RASEBORG, MARIEHAMN, ENONTEKIO = "638", "710", "478", "047"
ALL_SAMI = ("fi", "se", "smn", "sms")


@pytest.mark.parametrize(
    ("code", "spoken", "missing"),
    [
        (HELSINKI, ("fi",), "sv"),
        (HELSINKI, ("sv",), "fi"),
        (RASEBORG, ("sv",), "fi"),
        (RASEBORG, ("fi", "other"), "sv"),
        (KEURUU, ("sv",), "fi"),
        (MARIEHAMN, ("fi",), "sv"),
    ],
)
def test_an_official_language_nobody_serves_in(
    code: str, spoken: tuple[str, ...], missing: str
) -> None:
    risk = one(find(row(code=code, languages=spoken)), "language")

    assert (risk.severity, risk.values["languages"]) == ("serious", (missing,))
    assert 0 <= risk.values["share"] <= 1


def test_the_directions_are_those_of_the_municipalities() -> None:
    places = {place.code: official(place) for place in ENGINE.snapshot.municipalities}
    assert (places[HELSINKI], places[RASEBORG]) == (("fi", "sv"), ("sv", "fi"))
    assert sum(len(found) == 2 for found in places.values()) == 33


@pytest.mark.parametrize(
    ("code", "rows"),
    [
        (HELSINKI, [("fi", "sv")]),
        (RASEBORG, [("sv",), ("fi",)]),
        (KEURUU, [("fi",)]),
        (MARIEHAMN, [("sv",)]),
    ],
)
def test_languages_that_all_rows_have_together(code: str, rows: list[tuple[str, ...]]) -> None:
    assert "language" not in kinds(find(*(row(code=code, languages=each) for each in rows)))


def test_a_language_goes_when_its_row_ends() -> None:
    project = row(code=HELSINKI, provider="project", languages=("sv",), last=dt.date(2026, 5, 27))
    risk = one(find(row(code=HELSINKI), project), "language")
    assert risk.week == dt.date(2026, 6, 1)


@pytest.mark.parametrize("code", [HELSINKI, RASEBORG])
def test_what_is_estimated_is_unknown_not_missing(code: str) -> None:
    assert one(find(code=code, left_out=None), "language").severity == "unknown"
    taken_over = row(code=code, languages=("fi", "sv"), estimated=True)
    assert one(find(taken_over), "language").severity == "unknown"
    assert "language" not in kinds(find(code=KEURUU, left_out=None))


@pytest.mark.parametrize(
    ("code", "spoken", "missing", "severity"),
    [
        (INARI, ("fi",), ("se", "smn", "sms"), "serious"),
        (INARI, ("fi", "se"), ("smn", "sms"), "attention"),
        (UTSJOKI, ("fi",), ("se",), "serious"),
        (ENONTEKIO, ("fi", "smn"), ("se",), "serious"),
        (SODANKYLA, ("fi",), ("se",), "attention"),
    ],
)
def test_sami_in_its_homeland(
    code: str, spoken: tuple[str, ...], missing: tuple[str, ...], severity: str
) -> None:
    risk = one(find(row(code=code, languages=spoken)), "sami")
    assert (risk.values["languages"], risk.severity) == (missing, severity)
    assert risk.values["reach"] == ("part" if code == SODANKYLA else "whole")


@pytest.mark.parametrize(
    ("code", "spoken"), [(INARI, ALL_SAMI), (UTSJOKI, ("fi", "se")), (KEURUU, ("fi",))]
)
def test_sami_served_or_not_at_home_is_no_risk(code: str, spoken: tuple[str, ...]) -> None:
    assert "sami" not in kinds(find(row(code=code, languages=spoken)))


def test_sami_of_an_estimate_is_unknown() -> None:
    risk = one(find(code=INARI, left_out=None), "sami")
    assert (risk.severity, risk.values["languages"]) == ("unknown", ("se", "smn", "sms"))
    assert one(find(row(code=INARI, estimated=True)), "sami").severity == "unknown"


def test_the_homeland_is_four_municipalities() -> None:
    places = ENGINE.snapshot.municipalities
    found = {place.code for place in places if sami_languages(place)}
    assert found == {INARI, UTSJOKI, ENONTEKIO, SODANKYLA}
