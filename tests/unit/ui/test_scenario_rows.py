"""Words of the scenario page: numbers as they are typed, what differs, what comes of it."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from typing import Any, cast

import pytest

from planner.comparison import FIGURES, Figure, Headlines
from planner.errors import PlannerError
from planner.scenario import Answers, default_scenario
from planner.texts import LANGUAGES, Language, catalogue
from planner.ui.format import formats, parse_number
from planner.ui.scenario_fields import parse_value, scaled, typed_number, unscaled
from planner.ui.scenario_rows import (
    Line,
    differences,
    effect_table,
    line_table,
    range_sentence,
)
from planner.ui.shell import Frame
from planner.ui.state import State
from tests import worlds

DATE = dt.date
ENGINE = worlds.engine()
ITEMS = ENGINE.assumptions.items
DEFAULT = default_scenario(ENGINE.assumptions)


def frame(lang: Language) -> Frame:
    """A page's frame without a page."""
    nothing = cast(Any, None)
    return Frame("scenario", lang, catalogue(lang), formats(lang), State({}), nothing, {})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_numbers_are_typed_as_they_are_read(lang: Language) -> None:
    rng = random.Random(3)
    page = frame(lang)
    values = [0.125, 0.0001, 1e-7, 1500.0, 12_345.0, 2_800_000.0, 1.2345, 0.1, 0.0, -0.25]
    for value in [*values, *(rng.uniform(0, 100) for _ in range(200))]:
        assert parse_number(typed_number(page, value)) == value


def test_shares_are_typed_in_per_cent_without_losing_a_digit() -> None:
    rng = random.Random(4)
    for value in [
        0.07,
        0.29,
        0.57,
        0.001,
        1.0,
        0.0,
        *(round(rng.random(), 12) for _ in range(500)),
    ]:
        assert unscaled(scaled(value, "share"), "share") == value
    assert scaled(0.07, "share") == 7.0  # 100 · 0.07 is 7.000000000000001
    assert scaled(30.0, "minutes") == 30.0
    for text, value in (("12,3", 0.123), ("29 %", 0.29), ("7%", 0.07)):
        assert parse_value(text, ITEMS["official_share"]) == value


@pytest.mark.parametrize("text", ["100,1", "-1", "", "x", "1,200"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(PlannerError):
        parse_value(text, ITEMS["official_share"])


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "fi",
            [
                ("Aloituspäivä", "12.1.2026", "2.3.2026", "laki myöhästyi"),
                ("Mukana olevat syyt hakea apua", "kaikki", "käyttöönotto", ""),
                ("Kampanjat", "ei yhtään", "viikot 10–13 (2026), kerroin 1,5", ""),
                ("Keuruu: nykyinen tuki", "arvio", "12,5 tuntia viikossa, 2 ihmistä", ""),
                ("Keuruu: tuki ennen aloitusta", "arvio", "6 tuntia viikossa", ""),
            ],
        ),
        (
            "en",
            [
                ("Start date", "12 January 2026", "2 March 2026", "laki myöhästyi"),
                ("Reasons for seeking help that count", "all", "opening the account", ""),
                ("Campaigns", "none", "weeks 10–13 (2026), times 1.5", ""),
                ("Keuruu: today's support", "estimate", "12.5 hours a week, 2 people", ""),
                ("Keuruu: support before the start", "estimate", "6 hours a week", ""),
            ],
        ),
    ],
)
def test_levers_in_words(lang: Language, lines: list[tuple[str, str, str, str]]) -> None:
    after = replace(
        DEFAULT,
        start=DATE(2026, 3, 2),
        sources=("activation",),
        campaign=((DATE(2026, 3, 2), 4, 1.5),),
        answers=(("249", Answers(12.5, 2)),),
        baselines=(("249", 6.0),),
        reasons=(("start", "laki myöhästyi"),),
    )

    assert differences(frame(lang), ENGINE, DEFAULT, after) == [Line(*line) for line in lines]


def test_rows_that_changed_alike_are_one_line() -> None:
    need = list(ITEMS["need"].central)
    need[0:4], need[6] = [0.04] * 4, 0.2
    topics = [0.125] * 8
    after = DEFAULT.with_override("need", need).with_override("topics_before", topics)

    found = differences(frame("fi"), ENGINE, DEFAULT, after)

    assert [(line.before, line.after) for line in found[:2]] == [
        ("3\xa0%", "4\xa0%"),
        ("17\xa0%", "20\xa0%"),
    ]
    assert "18–54 v." in found[0].label
    assert len(found) == 2 + 8


def test_the_effect_is_told_with_its_sign_and_share() -> None:
    names = ("contacts", "person_years", "places_short")
    before = Headlines(dict(zip(names, map(Figure, (200.0, 0.5, 10.0)), strict=True)), {}, None)
    after = Headlines(dict(zip(names, map(Figure, (150.4, 0.5, 12.0)), strict=True)), {}, None)

    _, rows = effect_table(frame("fi"), before, after, ["A", "B"], place=False)

    assert [row[1:] for row in rows] == [
        ["200", "150", "−50 (−25\xa0%)"],
        ["0,5", "0,5", "ei muutosta"],
        ["10", "12", "+2"],
    ]
    heads, alone = effect_table(frame("fi"), before, None, ["A", "B"], place=False)
    assert heads == ["Tulos", "A"]
    assert [len(row) for row in alone] == [2, 2, 2]


def test_large_figures_are_rounded_and_their_change_adds_up() -> None:
    names = ("new_users", "short_hours", "euros", "hours", "person_years")
    old, new = (2_812_345.0, 28_358.0, 1_134_332.0, 9_994.0, 0.514), (1.0, 0.97, 1.0, 1.3, 1.003)
    after_ = [value * factor for value, factor in zip(old, new, strict=True)]
    before = Headlines(dict(zip(names, map(Figure, old), strict=True)), {}, None)
    after = Headlines(dict(zip(names, map(Figure, after_), strict=True)), {}, None)

    _, rows = effect_table(frame("en"), before, after, ["A", "B"], place=False)

    assert [row[1:] for row in rows[: len(names)]] == [
        ["2,812,345", "2,812,345", "no change"],
        ["28,400", "27,500", "−900 (−3%)"],
        ["1,130,000", "1,130,000", "no change"],
        ["9,990", "13,000", "+3,010 (+30%)"],
        ["0.51", "0.52", "+0.01 (+0%)"],
    ]
    small = Headlines({"euros": Figure(1_134_400.0)}, {}, None)
    _, [row, *_] = effect_table(
        frame("en"),
        Headlines({"euros": Figure(1_134_332.0)}, {}, None),
        small,
        ["A", "B"],
        place=False,
    )
    assert row[1:] == ["1,130,000", "1,130,000", "very small"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_middle_of_the_draws_stands_beside_the_central_values(lang: Language) -> None:
    figures = {
        "contacts": Figure(300.0, 150.0, 412.0, 987.0),
        "short_hours": Figure(48.0, 4.0, 66.0, 192.0),
    }

    told = range_sentence(frame(lang), Headlines(figures, {}, None), place=False)

    fmt = formats(lang)
    for words in (fmt.about(412), fmt.between(150, 987), fmt.about(66), fmt.between(4, 192)):
        assert words in told


def test_a_municipalitys_verdict_comes_first() -> None:
    before, after = (
        Headlines({}, dict.fromkeys(("contacts", "short_hours"), Figure(1.0, 0.0, 2.0, 3.0)), v)
        for v in ("tight", "short")
    )

    _, rows = effect_table(frame("fi"), before, after, ["A", "B"], place=True)

    assert rows[0][1:] == [*(catalogue("fi")(f"verdict.{v}") for v in ("tight", "short")), "–"]
    assert "0–3" in range_sentence(frame("fi"), after, place=True)


def test_reasons_have_a_column_where_there_are_any() -> None:
    one, other = Line("a", "1", "2", ""), Line("b", "3", "4", "why")

    assert line_table(frame("en"), [one], "default")[1] == [["a", "1", "2"]]
    heads, rows = line_table(frame("en"), [one, other], "other")
    assert heads == ["Changed", "Compared with", "This scenario", "Reason"]
    assert rows == [["a", "1", "2", ""], ["b", "3", "4", "why"]]


def test_what_only_draws_can_tell_waits_for_them() -> None:
    figures = {name: Figure(1.0) for name in FIGURES}
    quick = Headlines(figures, figures, None)

    _, country = effect_table(frame("fi"), quick, quick, ["A", "B"], place=False)
    _, place = effect_table(frame("fi"), quick, None, ["A", "B"], place=True)

    assert [row[1:] for row in country[-3:]] == [["…"] * 3] * 3
    assert place[0][1:] == ["…"]
    assert range_sentence(frame("fi"), quick, place=True) == catalogue("fi")("scenario.range.wait")
