"""What is said about a tally's rows and about a file of them."""

from __future__ import annotations

import datetime as dt

from planner.records import TallyRow
from planner.texts import catalogue
from planner.ui import tally_rows
from planner.ui.format import formats
from planner.ui.shelf import TallyFile

MONDAY = dt.date(2026, 1, 5)
CONTACT = TallyRow("Kirjasto", "identification", 15, "fi", "solved")
TEXTS = catalogue("fi")


def test_topics_carry_their_number_on_the_sheet() -> None:
    assert tally_rows.topic("identification", TEXTS) == "3. Viestit: vahva tunnistautuminen"


def test_a_row_shows_its_day_or_else_its_week() -> None:
    rows = [
        CONTACT,
        TallyRow("Kirjasto", "other", 15, "fi", "solved", week=MONDAY),
        TallyRow("Kirjasto", "other", 15, "fi", "solved", day=MONDAY),
    ]
    _, shown = tally_rows.table(rows, TEXTS, formats("fi"))
    assert [cells[2] for cells in shown] == ["5.1.", "viikko 2/2026", "–"]


def test_a_file_says_what_it_adds_to_and_which_week_its_rows_get() -> None:
    file = TallyFile("t.csv", (CONTACT, CONTACT))
    assert tally_rows.found(file, (), MONDAY, TEXTS) == (
        "Tiedostosta t.csv luettiin 2 riviä. 2 rivillä ei ole päivää eikä viikkoa, joten ne "
        "merkitään seurantaviikolle (viikko 2/2026)."
    )
    dated = TallyFile("t.csv", (TallyRow("Kirjasto", "other", 15, "fi", "solved", day=MONDAY),))
    assert tally_rows.found(dated, (CONTACT,) * 3, MONDAY, TEXTS) == (
        "Tiedostosta t.csv luettiin yksi rivi. Kunnalle on jo kirjattu 3 riviä, ja tiedosto "
        "lisätään niiden jatkoksi."
    )
