"""Uploaded cells and headings: each may be written as people in three languages write it."""

from __future__ import annotations

import datetime as dt

import pytest

from planner.records import UserCount, Visit
from planner.texts import LANGUAGES, catalogue
from tests.uploads import HEAD, KEURUU, MONDAY, USERS_HEAD, users, visits

WEEKS = (
    *("2026-01-19", "19.1.2026", "19.01.2026", "19. 1. 2026", "19.1.26", "20260119", "2026/1/19"),
    *("2026-01-19 00:00:00", "2026-01-19T00:00:00Z", "19.1.2026 0:00", "19.1.2026 0.00.00"),
    *("2026-W04", "2026W04", "2026-W04-1", "vk 4/2026", "4/2026", "viikko 4, 2026", "2026 vk 4"),
    *("19/01/2026", "1/19/2026", "46041", "ma 19.1.2026", "mån 19.1.2026", "v. 4/2026"),
)


@pytest.mark.parametrize("week", WEEKS)
def test_a_week_may_be_written_in_many_ways(week: str) -> None:
    reading = visits(f'{HEAD}249,"{week}",3\n')
    assert (reading.rows, reading.problems) == ((Visit(KEURUU, MONDAY, 3),), ())


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        *(("12", 12), ("12,0", 12), ("12.00", 12), ("0", 0), ("-0", 0), ("+3", 3), ("007", 7)),
        *(("1 200", 1200), ("1\xa0200", 1200), ("1\u202f200,0", 1200), ("1.200,00", 1200)),
        *(("12 kpl", 12), ("12 st", 12), (" 12 ", 12), ("1,200.0", 1200), ("1’200", 1200)),
    ],
)
def test_a_count_may_be_written_in_many_ways(count: str, expected: int) -> None:
    assert visits(f'{HEAD}249,2026-01-19,"{count}"\n').rows[0].contacts == expected


@pytest.mark.parametrize(
    ("written", "code"),
    [
        *(("Pedersören kunta", "599"), ("Pedersöre", "599"), ("Pedersöre kommun", "599")),
        *(("Maarianhamina", "478"), ("MARIEHAMN", "478"), ("Mänttä-Vilppula", "508")),
        *(("Mänttä–Vilppula", "508"), ("91", "091"), ("091", "091"), ("91,0", "091")),
        *(("KU091", "091"), ("091 Helsinki", "091"), ("Helsinki (091)", "091")),
        *(("Jyväskylä 179", "179"), ("JyvÃ¤skylÃ¤", "179"), ("Jyva\u0308skyla\u0308", "179")),
        *((" S:t  Karins ", "202"), ("Borgå stad", "638")),
    ],
)
def test_a_municipality_may_be_named_in_many_ways(written: str, code: str) -> None:
    reading = visits(f'{HEAD}"{written}",2026-01-19,3\n')
    assert [visit.municipality for visit in reading.rows] == [code]


@pytest.mark.parametrize(
    "headings",
    [
        *("kunta;viikko;käynnit", "KOMMUN;Vecka;Antal besök", "Kuntanumero;Maanantai;Määrä"),
        *("Kunta / Kommun;Viikko / Vecka;Käynnit (kpl)", " week_start ; :municipality;CONTACTS *"),
        '"Kunta";"Viikko\n(maanantai)";"Käyntien\nmäärä"',
    ],
)
def test_headings_may_be_written_in_many_ways(headings: str) -> None:
    row = "19.1.2026;Keuruu;3" if "week_start" in headings else "Keuruu;19.1.2026;3"
    assert visits(f"{headings}\n{row}\n").rows == (Visit(KEURUU, MONDAY, 3),)


@pytest.mark.parametrize("code", ["walk_in", "booked", "group", "outreach"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_channel_may_be_called_as_on_the_pages(lang: str, code: str) -> None:
    label = catalogue(lang)(f"channel.{code}")
    for written in (code, label, label.upper()):
        row = f'{HEAD}249,2026-01-19,3,"{written}"\n'
        assert [visit.channel for visit in visits(row).rows] == [code]


@pytest.mark.parametrize(
    "written", ["65-74", "65–74", "65 - 74", "65–74 v.", "65−74 år", "65-74-vuotiaat"]
)
def test_an_age_band_may_be_written_in_many_ways(written: str) -> None:
    assert users(f"{USERS_HEAD}2026-01-31,5,,{written}\n").rows[0].age_band == "65-74"


@pytest.mark.parametrize("written", ["85+", "85 +", "85-", "yli 85", "85 år och äldre", "≥85"])
def test_the_oldest_band_may_be_written_in_many_ways(written: str) -> None:
    assert users(f"{USERS_HEAD}2026-01-31,5,,{written}\n").rows[0].age_band == "85+"


def test_a_total_of_users_is_the_country_and_all_ages() -> None:
    reading = users(f"{USERS_HEAD}2026-01-31,5,koko maa,yhteensä\n2026-02-28,6,,\n")
    assert reading.rows == (
        UserCount(dt.date(2026, 1, 31), 5),
        UserCount(dt.date(2026, 2, 28), 6),
    )
