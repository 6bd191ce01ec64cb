"""Times agreed one by one: hours in all, by hand and against all there are."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from planner.plans.appointments import Appointments, cheapest_hours, hours_alone
from tests.unit.plans.test_options import offer, units


def asked(*missing: float, **more: object) -> Appointments:
    """Draws that miss so many hours; an option for half of the work, and one for all."""
    given = {"price": [10, 40], "setup": [0, 0], **more}
    return Appointments(np.array(missing, dtype=float), offer([0.5, 1.0], [0.5, 1.0], **given))  # type: ignore[arg-type]


def test_the_quantile_is_one_of_the_draws() -> None:
    found = asked(5, 1, 2, 4, 3)

    assert found.wanted(0.8) == 4
    assert found.wanted(0.5) == 3
    assert found.wanted(0.99) == 5


def test_cheapest_hours_by_hand() -> None:
    # eight hours: four suit the first option, which takes two for one at a quarter of the price
    found = cheapest_hours(asked(8, 8, 8, 8, 20), 0.8)

    assert found is not None
    assert found.units.tolist() == [8, 4]
    assert found.euros.tolist() == [80, 160]
    assert (found.p_copes, found.proven) == (0.8, True)


def test_in_a_village_setting_up_decides() -> None:
    found = cheapest_hours(asked(4, 4, 4, setup=[400, 0]), 0.8)

    assert found is not None
    assert found.units.tolist() == [0, 4]


def test_one_option_alone() -> None:
    found = asked(0, 6, 6, 8)

    narrow, wide = (hours_alone(found, option, 0.7) for option in (0, 1))
    assert (narrow.units, narrow.p_copes, narrow.enough) == (6, 0.25, False)
    assert (wide.units, wide.p_copes, wide.enough) == (6, 0.75, True)


def test_what_is_left_and_what_it_costs() -> None:
    found = asked(0, 6, 10, setup=[100, 7])

    assert found.left(units(0, 4)).tolist() == [0, 2, 6]
    assert found.left(units(99, 0)).tolist() == [0, 3, 5]
    assert found.cost(units(3, 0)).tolist() == [130, 0]


def test_too_few_hours_there_can_be() -> None:
    assert cheapest_hours(asked(8, 8, most=[99, 3]), 0.8) is None


@pytest.mark.parametrize("seed", range(8))
def test_no_hours_that_are_enough_are_cheaper(seed: int) -> None:
    random = np.random.default_rng(seed)
    given = offer(
        [0.3, 0.6, 1.0],
        random.uniform(0.4, 1, 3).round(2).tolist(),
        price=random.uniform(5, 50, 3).round().tolist(),
        setup=random.choice([0, 60, 200], 3).tolist(),
    )
    found = Appointments(random.gamma(2, 2.0, 40), given)
    best = cheapest_hours(found, 0.8)

    assert best is not None
    every = [np.array(count) for count in itertools.product(range(26), repeat=3)]
    euros = [float(found.cost(count).sum()) for count in every]
    cheap_first = np.argsort(euros, kind="stable")
    oracle = next(euros[at] for at in cheap_first if found.p_copes(every[at]) >= 0.8)
    assert best.total == pytest.approx(oracle)
    assert best.p_copes >= 0.8
