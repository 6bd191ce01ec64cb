"""Missing hours in staff and money."""

from __future__ import annotations

import numpy as np
import pytest

from planner.model.staffing import staffing
from tests import worlds


def test_by_hand_from_the_central_values() -> None:
    found = staffing(np.array([300.0]), worlds.central())

    assert found.worked.tolist() == [300]
    assert found.contract.tolist() == [pytest.approx(300 / 0.75)]
    assert found.person_years.tolist() == [pytest.approx(300 / 1500)]
    assert found.euros.tolist() == [pytest.approx(300 * 40)]
    assert list(found.items()) == ["worked", "contract", "person_years", "euros"]


@pytest.mark.parametrize(
    ("assumption", "value", "figure"),
    [("shrinkage", 0.2, "contract"), ("fte_hours", 1600, "person_years"), ("cost", 48, "euros")],
)
def test_each_assumption_moves_its_own_figure(assumption: str, value: float, figure: str) -> None:
    hours = np.array([120.0])
    usual = staffing(hours, worlds.central()).items()

    changed = staffing(hours, worlds.central(**{assumption: value})).items()

    moved = [name for name in usual if changed[name][0] != usual[name][0]]
    assert moved == [figure]


def test_every_draw_has_its_own_values() -> None:
    p = worlds.stacked(worlds.central(cost=32), worlds.central(cost=48))

    found = staffing(np.array([10.0, 0.0]), p)

    assert found.euros.tolist() == [320, 0]
    assert found.contract[1] == found.person_years[1] == 0


def test_a_full_time_year_is_hired_as_hours_worked_and_leave() -> None:
    """Leave counts once: 1,500 hours worked are one person, whose contract is of 2,000 hours."""
    found = staffing(np.array([1500.0]), worlds.central())

    assert found.person_years.tolist() == [1]
    assert found.contract.tolist() == [pytest.approx(2000)]
