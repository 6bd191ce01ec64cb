"""Chains in words: numbers that can be checked, equations, and what stands beside them."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from planner.explain import Chain, Column, Factor, Grid, Term
from planner.texts import LANGUAGES, Language, catalogue
from planner.ui import sum_rows
from planner.ui.format import formats

FI, FORMATS = catalogue("fi"), formats("fi")
DAY, LATER = dt.date(2026, 2, 2), dt.date(2026, 3, 2)
GRID = Grid(
    "age",
    ("65-74", "85+"),
    (
        Column("people", np.array([1200.0, 8.0]), "persons"),
        Column("share_at_start", np.array([0.3, 0.031]), "share", beside=True),
        Column("info_need", np.array([0.1, 0.25]), "share"),
        Column("inside", np.array([0.5, 1.0]), "share", computed=True),
    ),
    "needers",
    "persons",
)
HELP = (Factor("official_share", 0.2, "share"), Factor("contacts_per_helped", 1.5, "ratio"))
VISITS = Term("activation", "visits", HELP, GRID)
SUM = Term("waves", "visits", (Factor("visits", 2.4, "visits"),))


def plain(text: str) -> str:
    """A text with ordinary spaces."""
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (0.2, "share", "20 %"),
        (0.6838, "share", "68,4 %"),
        (0.0024, "share", "0,24 %"),
        (0.006, "share", "0,60 %"),
        (1234.4, "persons", "1 234"),
        (7.46, "persons", "7,5"),
        (0.02, "persons", "< 0,1"),
        (0.0, "persons", "0"),
        (47.94, "hours", "47,9"),
        (312.4, "hours", "312"),
        (1.25, "ratio", "1,25"),
        (26.0, "weeks", "26"),
    ],
)
def test_numbers_can_be_checked(value: float, unit: str, written: str) -> None:
    assert plain(sum_rows.figure(value, unit, FORMATS)) == written


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (1.02, "hours", "1 tunti"),
        (2.5, "hours", "2,5 tuntia"),
        (136.4, "persons", "136 henkilöä"),
        (4.2, "persons", "4 henkilöä"),
        (1.4, "persons", "1 henkilö"),
        (0.3, "persons", "< 1 henkilöä"),
        (8.4, "visits", "8,4 käyntiä"),
    ],
)
def test_amounts_have_nouns_and_people_are_whole(value: float, unit: str, written: str) -> None:
    assert plain(sum_rows.amount(value, unit, FI, FORMATS)) == written


def test_a_grid_shows_its_factors_product_and_sum() -> None:
    heads, rows = sum_rows.grid_table(GRID, FI, FORMATS)

    assert heads == [
        "Ikäryhmä",
        "Aikuisia",
        "Käyttäjiä alussa",
        "× Tarvitsee tietoa",
        "× Käynneistä osuu tähän aikaan*",
        "= Apua tarvitsevia",
    ]
    assert [plain(cell) for cell in rows[0]] == ["65–74 v.", "1 200", "30 %", "10 %", "50 %", "60"]
    assert rows[1][-1] == "2"
    assert [plain(cell) for cell in rows[2]] == ["Yhteensä", "1 208", "", "", "", "62"]


def test_an_equation_names_every_number() -> None:
    told = plain(sum_rows.equation(VISITS, FI, FORMATS))

    assert told == (
        "62 (apua tarvitsevia) × 20 % (hakee virallista tukea) × 1,5 (käyntejä autettua kohti)"
        " = 19 käyntiä"
    )


def test_what_divides_says_so() -> None:
    term = Term("people", "persons", (SUM.factors[0], Factor("to_hours", 60.0, "minutes", True)))

    assert " ÷ 60 (minuuttia tunnissa) = " in plain(sum_rows.equation(term, FI, FORMATS))


def test_a_chain_closes_with_its_sum() -> None:
    chain = Chain("visits", "visits", (VISITS, SUM), DAY, LATER)

    assert plain(sum_rows.closing(chain, FI, FORMATS)) == "19 + 2,4 = 21 käyntiä"
    assert sum_rows.has_computed([chain])
    assert not sum_rows.has_computed([Chain("x", "visits", (SUM,), DAY, LATER)])


def test_terms_that_add_nothing_are_not_told() -> None:
    nothing = Term("echo", "visits", (Factor("visits", 0.0, "visits"),))
    chain = Chain("visits", "visits", (nothing, VISITS), DAY, LATER)

    assert sum_rows.told(chain) == [VISITS]
    assert sum_rows.told(Chain("visits", "visits", (nothing,), DAY, LATER)) == [nothing]
    assert sum_rows.told(Chain("visits", "visits", (), DAY, LATER)) == []


def test_what_is_left_over_is_not_missing() -> None:
    terms = (
        Term("needed", "hours", (Factor("needed", 8.9, "hours"),)),
        Term("library", "hours", (Factor("staffed_hours", 60.0, "hours"),), taken=True),
    )
    chain = Chain("short", "hours", terms, DAY, DAY, floored=True)

    assert chain.value == 0.0
    assert sum_rows.closing(chain, FI, FORMATS) == "8,9 \u2212 60: tunteja ei puutu"


def test_a_table_of_one_week_says_which() -> None:
    of_week = Chain("week_visits", "visits", (VISITS,), DAY, DAY)
    of_view = Chain("visits", "visits", (VISITS,), DAY, LATER)

    assert sum_rows.caption(of_week, VISITS, FI) == "Käyttöönotto, viikko 6/2026"
    assert sum_rows.caption(of_view, VISITS, FI) == "Käyttöönotto"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_difference_to_the_page_is_told(lang: Language) -> None:
    texts, fmt = catalogue(lang), formats(lang)
    chain = Chain("visits", "visits", (VISITS,), DAY, LATER)  # 18.6

    told = {shown: sum_rows.beside(chain, shown, texts, fmt) for shown in (25.0, 15.0, 18.7)}

    assert "25" in told[25.0]
    assert "6,4" in told[25.0].replace(".", ",")
    assert len({text.split()[0] for text in told.values()}) == 1
    assert told[18.7] == texts("sum.shown.same", shown=sum_rows.amount(18.7, "visits", texts, fmt))
    assert told[15.0] != told[25.0]
