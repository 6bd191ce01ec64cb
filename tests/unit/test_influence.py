"""What drives a municipality's and the country's result, and the week it is made of."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import numpy as np
import pytest

from planner.errors import PlannerError
from planner.influence import (
    country_influence,
    country_waterfall,
    most_important,
    place_influence,
    place_waterfall,
    record,
)
from planner.model.worlds import Learned
from planner.scenario import Answers, Shift, Supply, default_scenario
from tests import worlds

ENGINE = worlds.engine()
DEFAULT = default_scenario(ENGINE.assumptions)
TODAY = worlds.TODAY
VARYING = {i.id for i in ENGINE.assumptions.items.values() if i.low != i.high}


def test_a_municipalitys_drivers_are_ranked() -> None:
    found = place_influence(ENGINE, DEFAULT, "249", TODAY)

    assert found.measure == "short"
    assert most_important(found) == found.drivers[0].id == "official_share"
    clear = [abs(d.correlation) for d in found.drivers if abs(d.correlation) > 3 / np.sqrt(200)]
    assert len(clear) >= 2
    assert clear == sorted(clear, reverse=True)
    assert [abs(d.correlation) for d in found.drivers[: len(clear)]] == clear
    rest = [d.swing for d in found.drivers[len(clear) :]]
    assert rest == sorted(rest, reverse=True)


def test_every_varying_assumption_is_a_driver_or_idle() -> None:
    found = place_influence(ENGINE, DEFAULT, "249", TODAY)

    moving = [driver.id for driver in found.drivers]
    assert sorted([*moving, *found.idle]) == sorted(VARYING)
    assert {"flex", "cost"} <= set(found.idle)


def test_the_central_result_is_the_forecasts() -> None:
    result = ENGINE.forecast(DEFAULT, TODAY)
    short = result.short_hours[0, ENGINE.snapshot.index("249")]

    place = place_influence(ENGINE, DEFAULT, "249", TODAY)
    country = country_influence(ENGINE, DEFAULT, TODAY, draws=50)

    assert place.drivers[0].central == pytest.approx(short.sum(), rel=1e-5)
    assert country.drivers[0].central == pytest.approx(result.short_hours[0].sum(), rel=1e-5)


def test_what_the_scenario_fixes_drops_out() -> None:
    fixed = replace(DEFAULT, overrides=(("official_share", (0.2,)), ("need", (0.1,) * 8)))

    found = place_influence(ENGINE, fixed, "249", TODAY)

    ids = {driver.id for driver in found.drivers} | set(found.idle)
    assert ids == VARYING - {"official_share", "need"}


def test_where_everything_is_fixed_nothing_drives() -> None:
    items = ENGINE.assumptions.items
    fixed = replace(DEFAULT, overrides=tuple((name, items[name].central) for name in VARYING))

    found = place_influence(ENGINE, fixed, "249", TODAY)

    assert found.drivers == found.idle == ()
    assert most_important(found) is None


def test_where_hours_are_never_missing_the_tightest_week_counts() -> None:
    plenty = DEFAULT.with_answers("249", Answers(500.0))

    found = place_influence(ENGINE, plenty, "249", TODAY)

    assert found.measure == "tightest"
    assert all(driver.central < 0 for driver in found.drivers)
    assert most_important(found) == "use"  # of 500 hours, what is in use already


def test_where_no_place_is_short_the_country_counts_hours() -> None:
    calm = replace(DEFAULT, new_users=0.0, existing=1.0, sources=("activation",))

    found = country_influence(ENGINE, calm, TODAY, draws=20)

    assert found.measure == "hours"
    assert found.drivers == ()


def test_a_view_from_a_date_on_has_its_own_drivers() -> None:
    late = dt.date(2026, 9, 1)

    found = place_influence(ENGINE, DEFAULT, "249", TODAY, late)

    whole = place_influence(ENGINE, DEFAULT, "249", TODAY)
    assert found.drivers[0].central < whole.drivers[0].central


def test_learned_draws_are_followed() -> None:
    draws, weeks = 60, ENGINE.forecast(DEFAULT, TODAY).span.computed
    places = len(ENGINE.snapshot.codes)
    learned = Learned(
        chosen=np.repeat(np.arange(draws // 2, dtype=np.intp), 2),
        level=np.ones((draws, weeks), dtype=np.float32),
        shape=np.full((draws, places), 10.0, dtype=np.float32),
        rate=np.full((draws, places), 10.0, dtype=np.float32),
    )

    found = place_influence(ENGINE, DEFAULT, "249", TODAY, draws=draws, learned=learned)

    assert found.draws == draws
    assert found.drivers[0].correlation > 0.3


def test_unknown_places_are_refused() -> None:
    for ask in (place_influence, place_waterfall):
        with pytest.raises(PlannerError) as caught:
            ask(ENGINE, DEFAULT, "999", TODAY)
        assert caught.value.code.startswith("error.unknown_municipality")


@pytest.mark.parametrize("code", worlds.PLACES)
def test_a_places_waterfall_is_of_its_greatest_need(code: str) -> None:
    result = ENGINE.forecast(DEFAULT, TODAY)
    needed = result.needed[0, ENGINE.snapshot.index(code)]

    found = place_waterfall(ENGINE, DEFAULT, code, TODAY)

    assert found.needed == needed.max()
    assert found.week == result.span.day(int(needed.argmax()))
    assert sum(hours for _, hours in found.steps) == pytest.approx(found.needed, rel=1e-9)


def test_a_waterfall_of_a_week_asked_for() -> None:
    week = dt.date(2026, 10, 5)

    found = place_waterfall(ENGINE, DEFAULT, "249", TODAY, week=week)

    result = ENGINE.forecast(DEFAULT, TODAY)
    at = (0, ENGINE.snapshot.index("249"), result.span.index(week))
    assert found.week == week
    assert found.needed == result.needed[at]
    assert found.capacity == result.capacity.hours[at]
    assert found.short == result.short_hours[at]


def test_the_countrys_waterfall_sums_the_places() -> None:
    result = ENGINE.forecast(DEFAULT, TODAY)
    needed = result.needed[0].sum(axis=0)

    found = country_waterfall(ENGINE, DEFAULT, TODAY)

    steps = dict(found.steps)
    assert sum(steps.values()) == pytest.approx(needed.max(), rel=1e-9)
    assert abs(steps["age"]) + abs(steps["background"]) < 1e-9 * found.needed
    # hours left in one municipality don't help another
    assert found.short > found.needed - found.capacity


def test_the_record_is_plain() -> None:
    found = place_influence(ENGINE, DEFAULT, "249", TODAY)
    steps = place_waterfall(ENGINE, DEFAULT, "249", TODAY)

    plain = json.loads(json.dumps(record(found, steps)))

    assert plain["drivers"]["ranked"][0]["id"] == "official_share"
    assert sum(plain["waterfall"]["steps"].values()) == pytest.approx(steps.needed)


@pytest.mark.parametrize("code", ["072", "440", "742"])
def test_where_nothing_noticeable_is_missing_the_margin_is_ranked(code: str) -> None:
    found = place_influence(ENGINE, DEFAULT, code, TODAY)

    if found.measure == "short":
        results = [(d.low, d.central, d.high) for d in found.drivers]
        assert np.ptp(results) >= 0.05
    else:
        assert max(driver.swing for driver in found.drivers) > 0


def test_hailuoto_is_ranked_by_its_margin() -> None:
    assert place_influence(ENGINE, DEFAULT, "072", TODAY).measure == "tightest"


def test_an_uncertain_row_lends_no_assumption_an_effect() -> None:
    sure, unsure = (
        DEFAULT.with_capacity({"249": Supply((Shift(2.0), Shift(0.0, certainty=code)), 2.0)})
        for code in ("certain", "uncertain")
    )

    before, after = (place_influence(ENGINE, each, "249", TODAY) for each in (sure, unsure))

    assert before.drivers == after.drivers


def test_swings_leave_out_what_the_central_path_leaves_out() -> None:
    less, unsure = (
        DEFAULT.with_capacity({"249": Supply((Shift(2.0), *more), 2.0)})
        for more in ((), (Shift(5.0, certainty="uncertain"),))
    )

    before, after = (
        {driver.id: driver.swing for driver in place_influence(ENGINE, each, "249", TODAY).drivers}
        for each in (less, unsure)
    )

    assert before["need"] > 0
    assert {name: after.get(name, 0.0) for name in before} == before
