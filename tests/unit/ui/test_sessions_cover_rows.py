"""Rows of what a plan of sessions covers, and of its comparison with today's practice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.engine import load_engine
from planner.errors import PlannerError
from planner.sessions.practice import Comparison, Practice, Side
from planner.texts import catalogue
from planner.ui import sessions_cover_rows as rows
from planner.ui import sessions_practice
from planner.ui.format import formats
from tests.unit.ui.test_sessions_words import plan_of

FI, FMT = catalogue("fi"), formats("fi")
SNAPSHOT = load_engine().snapshot
SIDE = Side(12, 41.0, 34.0, 30.0, 7, 5, 9, 0.84)


def comparison(**changes: object) -> Comparison:
    plan = replace(SIDE, **changes)  # type: ignore[arg-type]
    return Comparison(Practice("85126", (1, 3), 780, 900), SIDE, plan, (object(),))  # type: ignore[arg-type]


def test_bars_stack_what_is_helped_and_what_is_left() -> None:
    plan = plan_of("249")

    found = rows.served(plan, FI, FMT)

    bars = found["bars"]
    assert len(bars) == 24
    assert bars[bars.series == "helped"].value.sum() == pytest.approx(plan.served.sum())
    assert bars[bars.series == "left"].value.sum() == pytest.approx(plan.unserved.sum())
    assert found["ticks"].value.sum() == pytest.approx(plan.contacts.sum())
    assert list(found["ticks"].label)[:2] == ["6", "7"]


def test_hours_above_the_limit_are_a_series_of_their_own() -> None:
    plan = plan_of("249")
    above = replace(plan, used=plan.limit + 2.0)

    bars = rows.hours(above, FI, FMT)["bars"]

    assert set(bars[bars.series == "over"].value) == {2.0}
    assert bars.value.sum() == pytest.approx(above.used.sum())


def test_tables_show_whole_visitors() -> None:
    _, body = rows.served_table(plan_of("295"), FI, FMT)

    assert [line[0] for line in body] == ["6–9", "10–13", "14–17"]
    assert {line[4] for line in body} <= {"alle 1", "–"}
    assert all(cell != "0" for line in body for cell in line[2:])


def test_hours_of_a_small_place_are_shown_week_by_week() -> None:
    _, body = rows.hours_table(plan_of("295"), FI, FMT)

    assert len(body) == 12


def test_villages_come_with_their_venue_most_left_first() -> None:
    heads, body = rows.village_table(plan_of("249"), SNAPSHOT, FI, FMT)

    assert len(heads) == 5
    assert body[0][:2] == ["42700", "Keuruun pääkirjasto"]
    assert len(body) == 9


def test_villages_of_several_municipalities_name_theirs() -> None:
    plan = plan_of("249")
    both = replace(plan, request=replace(plan.request, codes=("249", "182")))

    heads, body = rows.village_table(both, SNAPSHOT, FI, FMT)

    assert heads[1] == "Kunta"
    assert body[0][1] == "Keuruu"


def test_a_village_without_a_venue_says_so() -> None:
    plan = plan_of("249")
    alone = replace(plan, villages=(replace(plan.villages[0], venue=""),))

    assert rows.village_table(alone, SNAPSHOT, FI, FMT)[1][0][1] == "ei paikkaa"


@pytest.mark.parametrize(
    ("typed", "span"),
    [
        ("13–15", (780, 900)),
        ("13-15", (780, 900)),
        (" 9.30 – 11 ", (570, 660)),
        ("09:30-11:00", (570, 660)),
        ("22-24", (1320, 1440)),
    ],
)
def test_a_time_is_read_as_people_write_it(typed: str, span: tuple[int, int]) -> None:
    assert sessions_practice.span_of(typed) == span


@pytest.mark.parametrize("typed", ["13", "15–13", "13–13", "13.75–15", "25–26", "klo 13", ""])
def test_a_time_that_is_none_is_told(typed: str) -> None:
    with pytest.raises(PlannerError) as told:
        sessions_practice.span_of(typed)

    assert told.value.code == "error.practice_time"


def test_the_address_keeps_a_time_that_is_read_again() -> None:
    for span in ((780, 900), (570, 660), (545, 1439)):
        assert sessions_practice.span_of(sessions_practice._written(*span)) == span


def test_the_difference_in_words() -> None:
    more = sessions_practice.finding(comparison(helped=70.0, staff_hours=87.0), FI, FMT)
    less = sessions_practice.finding(comparison(helped=40.0, staff_hours=20.0), FI, FMT)
    same = sessions_practice.finding(comparison(), FI, FMT)

    assert more == [
        "Kalenterin mukaan apua saa noin 30 kävijää enemmän kuin nykyisellä käytännöllä.",
        "Työaikaa kuluu kalenterin mukaan 55 tuntia enemmän.",
    ]
    assert less == [
        "Nykyisellä käytännöllä apua saa yksi kävijä enemmän kuin kalenterin mukaan.",
        "Työaikaa kuluu kalenterin mukaan 10 tuntia vähemmän.",
    ]
    assert same == [FI("practice.helped.same"), FI("practice.hours.same")]


def test_the_comparison_side_by_side() -> None:
    found = comparison(sessions=30, helped=70.0, left=5.0, wait=None, reached=9, reached_people=1.0)

    _, body = sessions_practice.table(found, FI, FMT)

    assert [line[1:] for line in body] == [
        ["12", "30", "+18"],
        ["41", "70", "+29"],
        ["34", "5", "\u221229"],
        ["30", "30", "–"],
        ["7", "–", "–"],
        ["5 / 9", "9 / 9", "+4"],
        ["84\u00a0%", "100\u00a0%", "+16 %-yks."],
    ]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fi", "Nykyinen käytäntö: tiistai ja torstai klo 13–15, joka viikko, Keuruu."),
        ("sv", "Nuvarande praxis: tisdag och torsdag kl. 13–15, varje vecka, Keuruu."),
        ("en", "Today's practice: Tuesday and Thursday 13:00–15:00, every week, Keuruu."),
    ],
)
def test_the_practice_in_a_sentence(lang: str, said: str) -> None:
    assert sessions_practice.said(comparison(), {"85126": "Keuruu"}, catalogue(lang)) == said


def test_a_practice_that_never_falls_in_the_plan_is_told() -> None:
    none = replace(comparison(), sessions=())

    assert sessions_practice.finding(none, FI, FMT)[0] == FI("practice.none")
