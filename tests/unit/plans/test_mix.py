"""The cheapest mix: by hand, against all mixes there are, and where none will do."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from planner.plans import mix
from planner.plans.mix import alone, cheapest, reachable
from planner.plans.options import Period, Setting, cost
from planner.plans.programme import Programme
from tests.unit.plans.test_options import PERIOD, SHORT, WEEKS, offer, service, steady, units


def brute(setting: Setting, level: float, most: int) -> float:
    """Euros of the cheapest mix among all with so many units of each at most."""
    tops = [int(min(limit, most)) for limit in setting.offer.most]
    every = [np.array(count) for count in itertools.product(*(range(top + 1) for top in tops))]
    euros = [float(cost(setting.offer, count, setting.period).sum()) for count in every]
    cheap_first = np.argsort(euros, kind="stable")
    return next(euros[at] for at in cheap_first if setting.enough(every[at], level))


def random_setting(seed: int, late: bool = False) -> Setting:
    """Three options that differ in everything, some of them late."""
    random = np.random.default_rng(seed)
    given = offer(
        [float(random.choice([0.3, 0.5])), 0.9, 1.0],
        random.uniform(1, 4, 3).round(1).tolist(),
        first=random.integers(2, 6, 3).tolist() if late else None,
        price=random.uniform(10, 90, 3).round().tolist(),
        setup=random.choice([0, 100, 400], 3).tolist(),
        most=[float(random.integers(1, 4)), np.inf, np.inf],
    )
    asked = service(random.gamma(0.8, 3.0, (20, WEEKS)), capacity=2.0, baseline=1.2, stay=0.7)
    return Setting(asked, given, PERIOD)


def test_cheapest_by_hand() -> None:
    # three of four hours must be found; two of the four suit the first option, which is cheap
    given = offer([0.5, 1.0], [2.0, 1.0], price=[10, 50])
    found = cheapest(Setting(service(steady(4.0), capacity=1.0), given, PERIOD), 0.8)

    assert found is not None
    assert found.units.tolist() == [1, 1]
    assert found.euros.tolist() == [120, 600]
    assert found.total == 720
    assert (found.p_copes, found.proven) == (1.0, True)


def test_setting_up_can_make_a_cheap_option_dear() -> None:
    given = offer([0.5, 1.0], [2.0, 1.0], price=[10, 50], setup=[2000, 0])
    found = cheapest(Setting(service(steady(4.0), capacity=1.0), given, PERIOD), 0.8)

    assert found is not None
    assert found.units.tolist() == [0, 3]


def test_there_may_not_be_enough_of_an_option() -> None:
    given = offer([1.0, 1.0], [1.0, 1.0], price=[10, 50], most=[2, np.inf])
    found = cheapest(Setting(service(steady(4.0), capacity=1.0), given, PERIOD), 0.8)

    assert found is not None
    assert found.units.tolist() == [2, 1]


def test_where_all_cope_nothing_is_bought() -> None:
    found = cheapest(Setting(service(steady(1.0), capacity=2.0), offer([1.0], [1.0]), PERIOD), 0.99)

    assert found is not None
    assert (found.units.tolist(), found.total, found.proven) == ([0], 0.0, True)


def test_what_suits_no_option_can_not_be_bought() -> None:
    setting = Setting(service(steady(4.0), capacity=1.0), offer([0.3, 0.4], [2.0, 2.0]), PERIOD)

    assert cheapest(setting, 0.8) is None
    kept = reachable(setting, 0.8)
    assert kept.start >= kept.stop


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("level", [0.5, 0.8, 0.95])
@pytest.mark.parametrize("seed", range(8))
def test_no_mix_that_is_enough_is_cheaper(seed: int, level: float, late: bool) -> None:
    setting = random_setting(seed, late)
    kept = reachable(setting, level)
    setting = Setting(setting.service, setting.offer, Period(2, WEEKS + 1, kept))
    found = cheapest(setting, level)

    assert found is not None
    assert setting.enough(found.units, level)
    assert found.p_copes >= level
    oracle = brute(setting, level, 14)
    if found.proven:
        assert found.total == pytest.approx(oracle)
    else:
        assert oracle <= found.total <= 1.1 * oracle


def test_most_small_cases_are_proven() -> None:
    proven = []
    for seed in range(20):
        found = cheapest(random_setting(seed), 0.8)
        assert found is not None
        proven.append(found.proven)
    assert sum(proven) >= 18


@pytest.mark.parametrize("seed", range(6))
def test_without_cuts_a_mix_is_found_that_nothing_can_be_spared_of(
    monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    setting = random_setting(seed)
    monkeypatch.setattr(mix, "FEW", 0)
    found = cheapest(setting, 0.8)

    assert found is not None
    assert setting.enough(found.units, 0.8)
    for option in np.flatnonzero(found.units):
        fewer = found.units.copy()
        fewer[option] -= 1
        assert not setting.enough(fewer, 0.8)
    assert found.total <= 1.25 * brute(setting, 0.8, 14)


@pytest.mark.parametrize("seed", range(6))
def test_a_mix_is_no_dearer_than_an_option_that_is_enough_alone(seed: int) -> None:
    setting = random_setting(seed)
    found = cheapest(setting, 0.8)

    assert found is not None
    for option in range(3):
        single = alone(setting, option, 0.8)
        if single.enough:
            count = np.zeros(3, dtype=np.int64)
            count[option] = single.units
            assert found.total <= cost(setting.offer, count, PERIOD).sum() + 1e-6
            assert setting.enough(count, 0.8)


def test_one_option_alone() -> None:
    given = offer([0.5, 1.0, 1.0], [2.0, 1.0, 1.0], most=[np.inf, np.inf, 2])
    setting = Setting(service(steady(4.0, 5), capacity=1.0), given, PERIOD)

    narrow, wide, few = (alone(setting, option, 0.8) for option in range(3))
    assert (narrow.enough, narrow.p_copes) == (False, 0.0)
    assert (wide.enough, wide.units, wide.p_copes) == (True, 3, 1.0)
    assert (few.enough, few.units) == (False, 0)  # two don't help anybody in time


def test_an_option_that_comes_late_is_judged_from_its_own_first_week() -> None:
    given = offer([1.0, 1.0], [1.0, 1.0], first=[2, 6])
    setting = Setting(service(steady(2.0)), given, PERIOD)

    late = alone(setting, 1, 0.8)
    assert late.enough
    assert late.p_copes == 1.0
    gone = offer([1.0], [1.0], first=[11])  # the need is over by then
    after = alone(Setting(service(steady(2.0)), gone, SHORT), 0, 0.8)
    assert (after.units, after.enough) == (0, False)


def test_the_level_is_kept_from_the_week_on_in_which_it_can_be() -> None:
    given = offer([0.9, 1.0], [2.0, 2.0], first=[4, 7])
    setting = Setting(service(steady(2.0)), given, Period(2, 13, slice(4, WEEKS)))

    kept = reachable(setting, 0.8)

    # a tenth of the work waits for the option of week 7, and no longer than two weeks
    assert kept == slice(5, WEEKS)
    found = cheapest(Setting(setting.service, given, Period(2, 13, kept)), 0.8)
    assert found is not None
    assert found.units[1] > 0


def test_a_programme_by_hand() -> None:
    asked = Programme(
        unit_cost=np.array([3.0, 5.0]),
        setup=np.array([10.0, 0.0]),
        most=np.array([10.0, 10.0]),
        least=[(np.array([1.0, 1.0]), 3.5)],
    )

    assert asked.solve() is not None
    assert asked.solve().tolist() == [0, 4]  # type: ignore[union-attr]
    assert asked.cost(units(4, 0)) == 22
    asked.too_little.append(units(2, 5))
    # one of them must be above: three of the first, or six of the second
    assert asked.solve().tolist() == [4, 0]  # type: ignore[union-attr]
    asked.too_little.append(units(10, 6))
    assert asked.solve().tolist() == [0, 7]  # type: ignore[union-attr]
    asked.too_little.append(units(10, 10))
    assert asked.solve() is None


def test_the_margin_raises_what_is_asked_for() -> None:
    asked = Programme(np.ones(1), np.zeros(1), np.full(1, 20.0), [(np.ones(1), 10.0)])

    assert asked.solve(1.35) is not None
    assert asked.solve(1.35).tolist() == [14]  # type: ignore[union-attr]
    assert asked.solve(2.1) is None
