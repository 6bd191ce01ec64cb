"""How sure, in words: cases of ten, ranges, and what one more session buys."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from planner.answer import Answer, OneMore, answer
from planner.model.intervals import Interval
from planner.scenario import Answers, default_scenario
from planner.texts import LANGUAGES, catalogue
from planner.ui import certainty
from planner.ui.format import formats
from planner.ui.rows import spread
from tests import worlds

ENGINE = worlds.engine()
DEFAULT = default_scenario(ENGINE.assumptions)
FI, EN = catalogue("fi"), catalogue("en")
BEFORE, AFTER = dt.date(2025, 10, 1), dt.date(2026, 12, 1)


def ask(code: str = "249", today: dt.date = BEFORE, hours: float | None = None) -> Answer:
    given = None if hours is None else Answers(hours)
    return answer(ENGINE, DEFAULT.with_answers(code, given), code, today, None, 200)


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0.0, 0), (0.099, 0), (0.1, 1), (0.795, 7), (0.8, 8), (0.999, 9), (1, 10)],
)
def test_tenths_are_never_rounded_up(share: float, expected: int) -> None:
    assert certainty.tenths(share) == expected


def test_a_float32_eight_tenths_is_eight() -> None:
    assert certainty.tenths(float(np.float32(0.8))) == 8
    assert certainty.tenths(160 / 200) == 8


@pytest.mark.parametrize(
    ("lang", "figure", "expected"),
    [
        ("fi", Interval(4.2, 6, 9.4), "4–9"),
        ("sv", Interval(4.2, 6, 9.4), "mellan 4 och 9"),
        ("en", Interval(4.2, 6, 9.4), "between 4 and 9"),
        ("fi", Interval(0.2, 2, 9.4), "enintään 9"),
        ("en", Interval(118, 230, 404), "between 120 and 400"),
        ("fi", Interval(0, 0, 0), "0"),
        ("fi", Interval(6.9, 7, 7.2), "7"),
    ],
)
def test_ranges_as_people_speak(lang: str, figure: Interval, expected: str) -> None:
    assert spread(figure, catalogue(lang), formats(lang)) == expected  # type: ignore[arg-type]


def test_the_week_of_the_headline_has_its_visits_and_hours() -> None:
    found = ask()
    week = found.most_short

    said = certainty.sure(found, FI, formats("fi"))

    visits = spread(found.contacts.at(week), FI, formats("fi"))
    hours = spread(found.short.at(week), FI, formats("fi"))
    number = found.mondays[week].isocalendar().week
    assert f"Viikolla {number}/2026 käyntejä on" in said
    assert f"kahdeksassa tapauksessa kymmenestä {visits}, ja tunteja puuttuu" in said
    assert found.short.low[week] < 0.5  # so only the highest tenth lies outside what is said
    assert f"tunteja puuttuu yhdeksässä tapauksessa kymmenestä {hours}." in said
    ten = certainty.tenths(found.p_copes[found.worst])
    assert FI(f"cases.{ten}") in said


def test_where_both_ranges_have_two_ends_their_certainty_is_told_once() -> None:
    found = ask()
    found = replace(found, short=replace(found.short, low=found.short.low + 2))

    said = certainty.sure(found, FI, formats("fi"))

    assert said.count("kahdeksassa tapauksessa kymmenestä") == 1
    assert "yhdeksässä" not in said


def test_a_village_has_no_worst_week() -> None:
    said = certainty.sure(ask("766"), FI, formats("fi"))

    assert "kahden viikon kuluessa" in said
    assert "/20" not in said


def test_weeks_that_are_over_are_told_as_past() -> None:
    over = certainty.sure(ask(today=AFTER), FI, formats("fi"))
    assert "tunteja puuttui" in over
    assert "Arvion mukaan viikolla" in over  # nobody saw it happen
    assert "kuluessa arviolta" in over
    assert "tunteja puuttuu" in certainty.sure(ask(today=BEFORE), FI, formats("fi"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("today", [BEFORE, AFTER])
@pytest.mark.parametrize("hours", [None, 0.0, 8.0, 200.0])
def test_every_case_has_its_words(lang: str, today: dt.date, hours: float | None) -> None:
    texts, fmt = catalogue(lang), formats(lang)  # type: ignore[arg-type]
    for code in ("249", "766"):
        said = certainty.sure(ask(code, today, hours), texts, fmt)
        assert said.endswith(".")
        assert "{" not in said


@pytest.mark.parametrize(
    ("share", "text_id"),
    [
        (0.04, "sure.copes.seldom"),
        (0.3, "sure.copes.few"),
        (0.6, "sure.copes"),
        (1.0, "sure.copes.always"),
    ],
)
def test_hardly_ever_and_always_have_words_of_their_own(share: float, text_id: str) -> None:
    found = ask()
    found = replace(found, p_copes=np.full_like(found.p_copes, share))
    week = "47/2025"

    said = certainty.sure(found, EN, formats("en"))

    values = {} if text_id.endswith("always") else {"week": week}
    values |= {"cases": EN("cases.3")} if share == 0.3 else {}
    values |= {"cases": EN("cases.6")} if share == 0.6 else {}
    assert said.endswith(EN(text_id, **values))


def test_one_more_session_says_before_and_after() -> None:
    found = replace(ask(), one_more=OneMore(0, 68.0, 26.0, 0.24, 0.63))

    said = certainty.one_more(found, EN, formats("en"))

    assert "25 hours would be missing in all (now 70 hours)" in said
    assert "6 of ten cases (now 2)" in said


def test_one_more_session_from_now_on_speaks_of_the_time_left() -> None:
    found = ask(today=dt.date(2026, 3, 1))

    assert found.one_more.first > 0
    assert "from now on" in certainty.one_more(found, EN, formats("en"))


def test_where_only_the_hours_change_cases_are_left_out() -> None:
    found = replace(ask(), one_more=OneMore(0, 1700.0, 1600.0, 0.21, 0.24))

    said = certainty.one_more(found, EN, formats("en"))

    assert "1,600 hours would be missing in all (now 1,700 hours)" in said
    assert "of ten" not in said


def test_where_a_session_changes_nothing_it_says_so() -> None:
    found = replace(ask(), one_more=OneMore(0, 27_300.0, 27_200.0, 0.21, 0.22))

    assert certainty.one_more(found, EN, formats("en")) == EN("one_more.little")
