"""What happened beside what was forecast: the same municipalities and weeks on both sides."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import astuple, replace

import numpy as np
import pandas as pd
import pytest

from planner import outcome
from planner.answer import answer
from planner.engine import Engine, load_engine
from planner.model.intervals import Interval, interval
from planner.outcome import Outcome
from planner.records import UserCount, Visit
from planner.scenario import Scenario, default_scenario

TODAY = dt.date(2026, 3, 2)
AS_OF = dt.date(2026, 2, 9)
MONDAYS = [dt.date(2026, 1, 12) + dt.timedelta(weeks=i) for i in range(5)]
KEURUU, KERAVA = "249", "245"
# Kerava misses the second week; the last one lies after AS_OF.
VISITS = (
    *(Visit(KEURUU, monday, 10 + i) for i, monday in enumerate(MONDAYS)),
    *(Visit(KERAVA, monday, 20, "group") for monday in (MONDAYS[0], *MONDAYS[2:])),
    Visit(KERAVA, MONDAYS[0], 5, "walk_in"),
)
DRAWS = 120


@pytest.fixture(scope="module")
def engine() -> Engine:
    return load_engine()


@pytest.fixture(scope="module")
def scenario(engine: Engine) -> Scenario:
    return default_scenario(engine.assumptions)


@pytest.fixture(scope="module")
def found(engine: Engine, scenario: Scenario) -> Outcome:
    return outcome.outcome(engine, scenario, TODAY, VISITS, (), AS_OF, KERAVA, DRAWS)


def contacts(engine: Engine, scenario: Scenario, code: str) -> np.ndarray:
    """A municipality's draws before the log, [draw, week]."""
    index = engine.snapshot.index(code)
    return engine.place_draws(scenario, index, TODAY, None, DRAWS).contacts


def near(found: Interval, draws: np.ndarray) -> bool:
    """Whether an interval is that of the draws, to single precision."""
    return astuple(found) == pytest.approx(astuple(interval(draws)), rel=1e-4)


def test_logged_weeks_are_summed_with_their_channels(found: Outcome) -> None:
    assert found.municipalities == 2
    assert found.all.points == (
        (MONDAYS[0], 35),
        (MONDAYS[1], 11),
        (MONDAYS[2], 32),
        (MONDAYS[3], 33),
        (MONDAYS[4], 34),
    )
    assert found.all.logged == 35 + 11 + 32 + 33
    assert found.place is not None
    assert found.place.logged == 25 + 20 + 20


def test_a_weeks_forecast_is_that_of_the_municipalities_that_logged_it(
    engine: Engine, scenario: Scenario, found: Outcome
) -> None:
    keuruu, kerava = (contacts(engine, scenario, code) for code in (KEURUU, KERAVA))
    second, third = (found.span.index(monday) for monday in MONDAYS[1:3])
    later = found.span.index(dt.date(2026, 6, 1))
    for week, expected in (
        (second, keuruu[:, second]),
        (third, keuruu[:, third] + kerava[:, third]),
        (later, keuruu[:, later] + kerava[:, later]),
    ):
        assert near(found.all.before.at(week), expected)


def test_what_was_expected_counts_the_same_weeks_as_what_was_logged(
    engine: Engine, scenario: Scenario, found: Outcome
) -> None:
    keuruu, kerava = (contacts(engine, scenario, code) for code in (KEURUU, KERAVA))
    weeks = [found.span.index(monday) for monday in MONDAYS[:4]]
    draws = keuruu[:, weeks].sum(axis=1) + kerava[:, [weeks[0], *weeks[2:]]].sum(axis=1)
    assert near(found.all.expected, draws)


def test_hours_ahead_are_those_of_the_eight_weeks_after_the_date(
    engine: Engine, scenario: Scenario, found: Outcome
) -> None:
    assert found.place is not None
    first = found.span.index(AS_OF)
    for learned, change in ((None, "before"), (found.lesson.learned, "after")):
        drawn = engine.place_draws(
            scenario, engine.snapshot.index(KERAVA), TODAY, None, DRAWS, learned=learned
        )
        for name in ("contacts", "hours"):
            sums = getattr(drawn, name)[:, first : first + 8].sum(axis=1)
            got = getattr(getattr(found.place, name), change)
            assert near(got, sums)


@pytest.mark.parametrize(
    ("factor", "state"),
    [
        ((0.95, 1.0, 1.05), "valid"),
        ((0.9, 1.3, 1.7), "open"),
        ((0.6, 0.9, 1.0), "open"),
        ((1.2, 1.3, 1.4), "changed"),
        ((0.5, 0.6, 0.7), "changed"),
    ],
)
def test_a_wide_range_is_neither_valid_nor_changed(
    found: Outcome, factor: tuple[float, float, float], state: str
) -> None:
    lesson = replace(found.lesson, factor=factor, keepers=factor)
    assert replace(found, lesson=lesson).state == state


def test_where_few_keep_a_log_their_forecast_is_judged(found: Outcome) -> None:
    assert found.lesson.few
    lesson = replace(found.lesson, factor=(0.6, 1.0, 1.6), keepers=(1.9, 2.0, 2.1))
    assert replace(found, lesson=lesson).state == "changed"
    many = replace(lesson, places={str(code): lesson.places[KEURUU] for code in range(10)})
    assert replace(found, lesson=many).state == "open"


def test_weeks_that_some_did_not_log_are_told(found: Outcome) -> None:
    assert found.all.uneven
    assert found.place is not None
    assert not found.place.uneven


def test_a_municipality_without_a_log_still_has_its_forecast(
    engine: Engine, scenario: Scenario
) -> None:
    other = outcome.outcome(engine, scenario, TODAY, VISITS, (), AS_OF, "091", DRAWS)
    assert other.place is not None
    assert other.place.points == ()
    assert other.place.hours.before.middle > 0


def test_rows_outside_the_forecast_are_counted_and_left_out(
    engine: Engine, scenario: Scenario
) -> None:
    odd = (*VISITS, Visit(KEURUU, dt.date(2020, 1, 6), 500))
    other = outcome.outcome(engine, scenario, TODAY, odd, (), AS_OF, None, DRAWS)
    assert other.outside == 1
    assert other.all.logged == 111
    assert other.place is None


def test_counts_of_users_stand_beside_the_forecast(engine: Engine, scenario: Scenario) -> None:
    users = (
        UserCount(dt.date(2026, 2, 1), 1_700, KEURUU, "65-74"),
        UserCount(dt.date(2026, 1, 31), 1_900_000),
    )
    other = outcome.outcome(engine, scenario, TODAY, (), users, AS_OF, None, DRAWS)
    national, band = other.counted
    result = engine.forecast(scenario, TODAY)
    week = result.span.index(dt.date(2026, 1, 31))
    assert national.forecast == pytest.approx(result.users[0, :, week].sum())
    assert band.forecast is None
    assert other.municipalities == 0
    assert other.all.points == ()
    assert other.all.contacts.before.middle > 1000


def test_the_last_day_is_the_end_of_the_last_week_or_a_later_count() -> None:
    assert outcome.last_day((), ()) is None
    assert outcome.last_day(VISITS, ()) == MONDAYS[4] + dt.timedelta(days=7)
    late = UserCount(dt.date(2026, 4, 1), 1)
    assert outcome.last_day(VISITS, (late,)) == late.date


def test_a_log_of_all_is_the_countrys_and_of_some_is_raised(
    engine: Engine, scenario: Scenario
) -> None:
    week = MONDAYS[1]
    all_of_them = [Visit(code, week, 2) for code in engine.snapshot.codes]
    assert outcome.raised(engine, scenario, TODAY, all_of_them) == [
        (week, pytest.approx(2 * len(engine.snapshot.codes)))
    ]
    path = engine.forecast(scenario, TODAY).contacts[0]
    index, at = engine.snapshot.index(KEURUU), engine.forecast(scenario, TODAY).span.index(week)
    share = path[index, at] / path[:, at].sum()
    some = outcome.raised(engine, scenario, TODAY, [Visit(KEURUU, week, 7)])
    assert some == [(week, pytest.approx(7 / share))]


def test_contacts_become_hours_at_what_the_forecast_takes_for_one(
    engine: Engine, scenario: Scenario
) -> None:
    told = answer(engine, scenario, KEURUU, TODAY, None, DRAWS)
    week = told.span.index(MONDAYS[2])
    as_forecast = float(told.central.contacts[week])
    hours = outcome.in_hours([(MONDAYS[2], as_forecast), (MONDAYS[3], 0)], told)
    assert hours[0] == (MONDAYS[2], pytest.approx(float(told.central.needed[week])))
    assert hours[1][1] == pytest.approx(float(told.central.baseline[week + 1]))


def test_the_updated_forecast_is_a_file_like_the_command_lines(
    engine: Engine, scenario: Scenario, found: Outcome
) -> None:
    text = outcome.after_csv(engine, scenario, TODAY, found, "fi")
    frame = pd.read_csv(io.StringIO(text), dtype={"area_code": str})
    assert len(frame) == len(engine.snapshot.codes) * found.span.count
    assert {"contacts_p10", "hours_p90", "short_hours_p80", "p_copes"} <= set(frame.columns)
    row = frame[(frame.area_code == KERAVA) & (frame.week == MONDAYS[4].isoformat())].iloc[0]
    assert found.place is not None
    assert row.contacts_p50 == found.place.after.at(found.span.index(MONDAYS[4])).middle


def test_a_backtest_is_pooled_by_contacts_and_by_counts() -> None:
    frame = pd.DataFrame(
        {
            "method": ["update", "none", "update", "update"],
            "wape": [0.2, 0.5, 0.4, np.nan],
            "pinball": [1.0, 2.0, 3.0, 2.0],
            "coverage": [0.8, 0.6, 0.7, 1.0],
            "n": [30, 40, 10, 10],
            "contacts": [100.0, 100.0, 300.0, 0.0],
        }
    )
    found = outcome.pooled(frame)
    assert found.loc["update", "wape"] == pytest.approx((20 + 120) / 400)
    assert found.loc["update", "pinball"] == pytest.approx((30 + 30 + 20) / 50)
    assert found.loc["update", "coverage"] == pytest.approx((24 + 7 + 10) / 50)
    assert list(found["n"]) == [50, 40]
    assert outcome.pooled(frame[:0]).empty


def test_a_date_before_the_log_leaves_the_forecast_as_it_was(
    engine: Engine, scenario: Scenario
) -> None:
    early = dt.date(2026, 1, 5)
    found = outcome.outcome(engine, scenario, TODAY, VISITS, (), early, KEURUU, DRAWS)
    assert found.lesson.learned is None
    assert found.all.logged == 0
    assert found.all.hours.before == found.all.hours.after
    assert found.verdicts.before == found.verdicts.after
