"""Learning from rows of logs: what counts, what doesn't, and what is said about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from planner import learned
from planner.errors import PlannerError
from planner.learned import Lesson
from planner.learned.lesson import still_valid
from planner.model.worlds import expected_contacts
from planner.records import UserCount, Visit
from planner.scenario import Scenario, default_scenario
from tests import worlds

ENGINE = worlds.engine()
SCENARIO = default_scenario(ENGINE.assumptions)
TODAY = dt.date(2026, 4, 1)
START = SCENARIO.start
AS_OF = START + dt.timedelta(weeks=6)
DRAWS = 120
WEEK = dt.timedelta(weeks=1)
CODES = ENGINE.snapshot.codes
HELSINKI, KEURUU, LESTIJARVI, SOTTUNGA = "091", "249", "421", "766"


@cache
def expected() -> np.ndarray:
    """Mean expected contacts, [municipality, week of the rollout]."""
    world = ENGINE.worlds(SCENARIO, TODAY, None, DRAWS)
    first = world.span.start_index
    weeks = slice(first, first + 12)
    return expected_contacts(world, np.arange(len(CODES)), weeks).mean(axis=0)


def visits(times: float = 1.0, weeks: int = 6, codes: tuple[str, ...] = CODES) -> list[Visit]:
    """A log at `times` the expected contacts, rounded."""
    return [
        Visit(code, START + dt.timedelta(weeks=week), round(times * float(number)))
        for place, code in enumerate(CODES)
        if code in codes
        for week, number in enumerate(expected()[place, :weeks])
    ]


def learn(
    rows: list[Visit],
    users: list[UserCount] | None = None,
    as_of: dt.date = AS_OF,
    scenario: Scenario = SCENARIO,
) -> Lesson:
    return learned.learn(ENGINE, scenario, TODAY, rows, users or [], as_of, DRAWS, 1)


def same(one: Lesson, other: Lesson) -> bool:
    assert one.learned is not None
    assert other.learned is not None
    parts = ("chosen", "level", "shape", "rate")
    return all(
        np.array_equal(getattr(one.learned, part), getattr(other.learned, part)) for part in parts
    )


def test_without_rows_nothing_is_learned_and_the_forecast_holds() -> None:
    lesson = learn([])

    assert lesson.learned is None
    assert lesson.valid
    assert lesson.factor[1] == pytest.approx(1, abs=0.02)
    assert lesson.effective == DRAWS
    assert lesson.places == {}


def test_rows_after_the_day_do_not_count() -> None:
    until = visits(1.4, 6)
    later = [Visit("091", START + week * WEEK, 9999) for week in (6, 7, 40)]
    users = [UserCount(AS_OF + dt.timedelta(days=1), 1)]

    assert same(learn(until), learn(until + later, users))
    assert learn(later, users).learned is None


def test_a_week_counts_from_the_day_after_its_sunday() -> None:
    rows = visits(1.0, 1)
    sunday = START + dt.timedelta(days=6)

    assert learn(rows, as_of=sunday).learned is None
    assert learn(rows, as_of=sunday + dt.timedelta(days=1)).weeks == (START,)


def test_rows_outside_the_horizon_do_not_count() -> None:
    rows = [Visit("091", dt.date(2024, 1, 1), 50)]

    assert learn(rows).learned is None


def test_channels_of_a_week_are_added_up() -> None:
    rows = visits(codes=("091", "049"))
    split = [
        part
        for row in rows
        for part in (
            Visit(row.municipality, row.week, row.contacts - 2, "walk_in"),
            Visit(row.municipality, row.week, 2, "group"),
        )
    ]

    assert same(learn(rows), learn(split))


def test_the_order_of_rows_does_not_matter() -> None:
    rows = visits(1.3)

    assert same(learn(rows), learn(rows[::-1]))


@pytest.mark.parametrize("times", [0.4, 2.0])
def test_the_forecast_has_changed_where_the_log_lies_far_off(times: float) -> None:
    lesson = learn(visits(times))

    assert not lesson.valid
    assert lesson.factor[1] == pytest.approx(times, rel=0.25)
    assert lesson.factor[0] < lesson.factor[1] < lesson.factor[2]


def test_the_forecast_still_holds_where_the_log_is_what_was_expected() -> None:
    # a log at the median of the draws; their mean lies somewhat above it
    lesson = learn(visits(0.95))

    assert lesson.valid
    assert lesson.factor[1] == pytest.approx(1, abs=0.12)


def test_changed_means_outside_ten_per_cent_in_nine_cases_of_ten() -> None:
    assert still_valid((0.95, 1.0, 1.05))
    assert still_valid((1.09, 1.2, 1.4))
    assert not still_valid((1.11, 1.2, 1.4))
    assert still_valid((0.6, 0.8, 0.92))
    assert not still_valid((0.6, 0.8, 0.90))


def test_a_place_has_its_factor_and_what_it_logged() -> None:
    rows = visits() + [Visit("049", row.week, row.contacts) for row in visits(codes=("049",))]

    lesson = learn(rows)

    assert set(lesson.places) == set(CODES)
    espoo, helsinki = lesson.places["049"], lesson.places["091"]
    assert espoo.logged == pytest.approx(2 * espoo.expected, rel=0.02)
    low, middle, high = espoo.factor
    assert 1.5 < low < middle < high < 2.5
    assert helsinki.factor[0] < 1 < helsinki.factor[2]


def test_weeks_out_of_the_ordinary_are_named() -> None:
    third = START + 2 * WEEK
    rows = [
        replace(row, contacts=row.contacts // 10) if row.week == third else row for row in visits()
    ]

    assert learn(rows).unusual == (third,)


def test_one_small_municipality_says_little_about_the_country() -> None:
    rows = visits(3.0, codes=("249",))

    lesson, nothing = learn(rows), learn([])

    assert set(lesson.places) == {"249"}
    # some of what is above the forecast may be the country, most is the place: both stay open
    assert lesson.factor[1] < 1.6
    assert lesson.factor[1] * lesson.places["249"].factor[1] == pytest.approx(3, rel=0.2)
    assert lesson.keepers[1] == pytest.approx(3, rel=0.25)
    assert not lesson.valid
    spread = [part.factor[2] / part.factor[0] for part in (lesson, nothing)]
    assert spread[0] > 0.6 * spread[1]


@pytest.mark.parametrize(
    ("code", "contacts"),
    [(LESTIJARVI, 5), (SOTTUNGA, 80), (HELSINKI, 0), (KEURUU, 0), (KEURUU, 150)],
)
def test_one_log_like_no_other_does_not_move_the_country(code: str, contacts: int) -> None:
    lesson = learn([Visit(code, START + week * WEEK, contacts) for week in range(6)])

    # a tenth of the country's visits are Helsinki's, whose zeros are taken at their word
    assert 0.8 < lesson.factor[1] < 1.25
    assert lesson.factor[0] < 0.8
    assert lesson.factor[2] > 1.2
    assert lesson.unusual == ()
    # its own forecast follows the log all the same
    assert lesson.keepers[1] < 0.1 if contacts == 0 else lesson.keepers[1] > 3
    assert not lesson.valid


@pytest.mark.parametrize("times", [0.0, 10.0])
def test_a_capital_like_no_other_counts_by_its_share_alone(times: float) -> None:
    normal = visits(codes=CODES[40:300:13])
    capital = visits(times, codes=(HELSINKI,))
    share = expected()[CODES.index(HELSINKI)].sum() / expected().sum()

    without, with_it = learn(normal).factor[1], learn(normal + capital).factor[1]

    assert with_it == pytest.approx(without * (1 - share) + times * share, rel=0.1)


def test_few_keepers_are_judged_by_their_own_forecast() -> None:
    few, many = (learn(visits(2.0, codes=CODES[40:300:step])) for step in (40, 20))

    assert (len(few.places), len(many.places)) == (7, 13)
    assert few.few
    assert few.judged == few.keepers
    assert few.keepers[1] == pytest.approx(2, rel=0.15)
    assert not many.few
    assert many.judged == many.factor
    assert not learn([]).few


def test_where_all_keep_a_log_they_are_the_country() -> None:
    lesson = learn(visits(1.5))

    assert lesson.keepers == pytest.approx(lesson.factor, rel=1e-4)


def test_logs_that_can_hardly_be_right_are_told() -> None:
    rows = visits(codes=("091", "049"))
    rows += visits(0.0, codes=(KEURUU, SOTTUNGA)) + visits(6.0, codes=("245",))
    rows += [Visit(LESTIJARVI, START, 5)]

    found = learn(rows).places

    assert [code for code, place in found.items() if place.silent] == [KEURUU]
    assert [code for code, place in found.items() if place.loud] == ["245"]


def test_counts_of_days_before_the_start_teach_nothing() -> None:
    before = [UserCount(START - dt.timedelta(days=3), 1_900_000), UserCount(START - WEEK, 9, "249")]

    lesson, nothing = learn([], before), learn([])

    assert lesson.learned is None
    assert lesson.user_days == 2
    assert (lesson.factor, lesson.effective) == (nothing.factor, nothing.effective)
    after = learn([], [*before, UserCount(AS_OF - WEEK, 2_500_000)])
    assert after.learned is not None
    assert after.effective < DRAWS


def test_user_counts_choose_among_draws_and_leave_levels_alone() -> None:
    world = ENGINE.worlds(SCENARIO, TODAY, None, DRAWS)
    central = ENGINE.forecast(SCENARIO, TODAY).users[0].sum(axis=0)
    day = AS_OF - dt.timedelta(days=1)
    many = UserCount(day, round(1.15 * float(central[world.span.index(day)])))

    lesson = learn([], [many])

    assert lesson.learned is not None
    assert lesson.user_days == 1
    np.testing.assert_array_equal(lesson.learned.level, 1)
    log_ins = world.p["log_ins"][:, 0]
    assert log_ins[lesson.learned.chosen].mean() > log_ins.mean()


def test_parts_of_a_days_users_say_what_their_sum_says() -> None:
    day = AS_OF - dt.timedelta(days=1)
    whole = learn([], [UserCount(day, 2_600_000)])
    people = ENGINE.facts.people.sum(axis=1)
    parts = [
        UserCount(day, round(2_600_000 * float(share)), code)
        for code, share in zip(CODES, people / people.sum(), strict=True)
    ]

    split = learn([], parts)

    assert whole.learned is not None
    assert split.learned is not None
    common = np.intersect1d(np.unique(whole.learned.chosen), np.unique(split.learned.chosen))
    assert common.size > 0.7 * np.unique(whole.learned.chosen).size


def test_an_unknown_municipality_is_an_error() -> None:
    with pytest.raises(PlannerError, match=r"error\.unknown_municipality"):
        learn([Visit("Atlantis", START, 1)])


def test_nobody_comes_where_every_source_is_off() -> None:
    nothing = replace(SCENARIO, sources=())

    lesson = learn(visits(codes=("091",)), scenario=nothing)

    assert lesson.learned is not None
    assert np.isfinite(lesson.learned.level).all()
    assert lesson.factor == (1, 1, 1)
    assert lesson.valid
    low, middle, high = lesson.places["091"].factor
    assert low < 1 < high
    assert middle == pytest.approx(1, abs=0.15)
