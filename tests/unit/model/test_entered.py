"""Capacity rows in the model: they replace estimate and answers; more never makes a week short."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from planner.engine import Engine, load_engine
from planner.scenario import Answers, Scenario, Shift, Supply, default_scenario

TODAY = dt.date(2026, 5, 1)
DRAWS = 60


@pytest.fixture(scope="module")
def engine() -> Engine:
    return load_engine()


def entered(engine: Engine, *shifts: Shift, code: str = "249", **before: float) -> Scenario:
    return default_scenario(engine.assumptions).with_capacity({code: Supply(shifts, **before)})


def test_rows_replace_the_estimate_and_the_answers(engine: Engine) -> None:
    scenario = entered(engine, Shift(8.0), Shift(3.0), before=6.0)
    answered = scenario.with_answers("249", Answers(40.0))
    place = engine.snapshot.index("249")

    found = engine.forecast(scenario, TODAY).capacity
    again = engine.forecast(answered, TODAY).capacity

    use = engine.parameters(scenario)["use"][0, 0]
    assert (found.hours[0, place] == 11.0).all()
    np.testing.assert_allclose(found.baseline[0, place], use * 6.0)
    np.testing.assert_array_equal(again.hours, found.hours)


def test_other_municipalities_keep_their_estimate(engine: Engine) -> None:
    shipped = engine.ensemble(default_scenario(engine.assumptions), TODAY, draws=DRAWS)
    others = np.arange(308) != engine.snapshot.index("249")

    found = engine.ensemble(entered(engine, Shift(30.0)), TODAY, draws=DRAWS)

    for name, table in shipped.places.items():
        np.testing.assert_array_equal(found.places[name][:, others], table[:, others])


def test_a_row_gives_its_hours_from_its_first_week_to_its_last(engine: Engine) -> None:
    first, last = dt.date(2026, 3, 2), dt.date(2026, 5, 25)
    scenario = entered(engine, Shift(4.0), Shift(10.0, first, last))

    found = engine.forecast(scenario, TODAY)

    hours = found.capacity.hours[0, engine.snapshot.index("249")]
    during = slice(found.span.index(first), found.span.index(last) + 1)
    assert (hours[during] == 14.0).all()
    assert hours.sum() == 4.0 * hours.size + 10.0 * 13


def test_contract_hours_lose_leave_and_training(engine: Engine) -> None:
    place = engine.snapshot.index("249")
    scenario = entered(engine, Shift(20.0, contract=True), before_contract=20.0)

    drawn = engine.place_draws(scenario, place, TODAY, draws=DRAWS)

    p = engine.sampled(scenario, DRAWS, 1)
    net = 20.0 * (1 - p["shrinkage"])
    np.testing.assert_allclose(
        drawn.capacity, np.broadcast_to(net, drawn.capacity.shape), rtol=1e-5
    )
    np.testing.assert_allclose(drawn.baseline[:, -1:], p["use"] * net, rtol=1e-5)


@pytest.mark.parametrize(
    ("certainty", "share"), [("certain", 1.0), ("likely", 0.9), ("uncertain", 0.5)]
)
def test_an_uncertain_row_is_there_in_its_share_of_the_draws(
    engine: Engine, certainty: str, share: float
) -> None:
    place = engine.snapshot.index("249")
    scenario = entered(engine, Shift(5.0), Shift(7.0, certainty=certainty))

    drawn = engine.place_draws(scenario, place, TODAY, draws=2000)

    assert set(drawn.capacity[:, 0].tolist()) <= {5.0, 12.0}
    assert (drawn.capacity == drawn.capacity[:, :1]).all()
    assert (drawn.capacity[:, 0] == 12.0).mean() == pytest.approx(share, abs=0.03)


def test_the_central_path_counts_what_is_more_likely_than_not(engine: Engine) -> None:
    place = engine.snapshot.index("249")

    hours = [
        engine.forecast(entered(engine, Shift(5.0, certainty=code)), TODAY).capacity.hours[0, place]
        for code in ("certain", "likely", "uncertain")
    ]

    assert [each[0] for each in hours] == [5.0, 5.0, 0.0]


def test_what_is_uncertain_fails_together_and_differs_between_places(engine: Engine) -> None:
    shifts = Shift(5.0, certainty="uncertain"), Shift(7.0, certainty="uncertain")
    both = entered(engine, *shifts).with_capacity({"316": Supply(shifts)})

    first, second = (
        engine.place_draws(both, engine.snapshot.index(code), TODAY, draws=200).capacity[:, 0]
        for code in ("249", "316")
    )

    assert set(first.tolist()) == {0.0, 12.0}
    assert 0.3 < (first == second).mean() < 0.7


def test_a_tally_keeps_its_baseline(engine: Engine) -> None:
    place = engine.snapshot.index("249")
    scenario = entered(engine, Shift(30.0), before=20.0).with_baseline("249", 2.5)

    found = engine.forecast(scenario, TODAY).capacity

    assert (found.baseline[0, place] == 2.5).all()


def test_more_capacity_never_makes_a_week_shorter_or_the_baseline_larger(engine: Engine) -> None:
    rng = np.random.default_rng(3)
    place = engine.snapshot.index("316")
    for _ in range(12):
        shifts = [
            Shift(
                float(rng.uniform(0, 6)),
                dt.date(2025, 12, 1) + dt.timedelta(weeks=int(rng.integers(0, 40))),
                certainty=str(rng.choice(["certain", "likely", "uncertain"])),
                contract=bool(rng.integers(2)),
            )
            for _ in range(3)
        ]
        less = entered(engine, *shifts, code="316", before=3.0)
        raised = [replace(shift, hours=shift.hours + float(rng.uniform(0, 4))) for shift in shifts]
        more = entered(engine, *raised, Shift(1.0), code="316", before=3.0)

        low, high = (
            engine.place_draws(each, place, TODAY, draws=50, seed=4) for each in (less, more)
        )

        assert (high.short_hours <= low.short_hours + 1e-4).all()
        assert (high.copes >= low.copes).all()
        before = low.baseline[:, 8:], high.baseline[:, 8:]
        np.testing.assert_array_equal(*before)


def test_the_ensemble_and_one_place_agree(engine: Engine) -> None:
    scenario = entered(
        engine, Shift(3.0, certainty="likely"), Shift(9.0, dt.date(2026, 4, 6)), before=2.0
    )
    place = engine.snapshot.index("249")

    whole = engine.ensemble(scenario, TODAY, draws=DRAWS)
    alone = engine.place_draws(scenario, place, TODAY, draws=DRAWS)

    np.testing.assert_array_equal(whole.p_copes[place], alone.copes.mean(axis=0))
    total = alone.short_hours.sum(axis=1)
    np.testing.assert_allclose(whole.short_total[:, place], total, rtol=1e-5, atol=1e-4)


def test_capacity_is_no_part_of_link_file_and_id(engine: Engine) -> None:
    shipped, scenario = default_scenario(engine.assumptions), entered(engine, Shift(5.0))

    assert scenario.id == shipped.id
    assert scenario.to_json() == shipped.to_json()
    assert scenario != shipped
