"""Whatever a user may change changes at least one result: every number, setting and lever."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from planner.answer import breakdown
from planner.assumptions import Assumption
from planner.model.staffing import staffing
from planner.scenario import SOURCES, Answers, Scenario, default_scenario, following_target
from tests import worlds

ENGINE = worlds.engine()
ITEMS = ENGINE.assumptions.items
DEFAULT = default_scenario(ENGINE.assumptions)
TODAY = worlds.TODAY
HELSINKI = ENGINE.snapshot.index("091")
# They say how much the draws differ; the central path has no such thing.
IN_DRAWS_ONLY = ("sigma", "dispersion")


def results(scenario: Scenario) -> dict[str, NDArray[np.float64]]:
    """What the central path of a scenario comes to, as arrays by name."""
    found = ENGINE.forecast(scenario, TODAY)
    view = found.span.view(None)
    missing = found.short_hours[..., view].sum(axis=(1, 2))
    split = breakdown(ENGINE, scenario, found, np.array([HELSINKI]), view)
    return {
        "new_users": found.new_users,
        "users": found.users,
        "contacts": found.contacts,
        "hours": found.hours,
        "needed": found.needed,
        "short_hours": found.short_hours,
        "backlog_contacts": found.backlog_contacts,
        "capacity": found.capacity.hours,
        "baseline": found.capacity.baseline,
        "absorbable": found.capacity.absorbable,
        **{f"split_{name}": value for name, value in vars(split).items()},
        **staffing(missing, ENGINE.parameters(scenario)).items(),
    }


def changed(scenario: Scenario) -> set[str]:
    """Names of the results that differ from the default's."""
    before, after = results(DEFAULT), results(scenario)
    return {name for name in before if not np.array_equal(before[name], after[name])}


def moved(item: Assumption, row: int) -> Scenario:
    """The default with one number moved a quarter of the way to its farther bound."""
    values = list(item.central)
    low, high = item.bounds
    value = values[row]
    values[row] = value + 0.25 * (high - value if high - value > value - low else low - value)
    return DEFAULT.with_override(item.id, values)


NUMBERS = [
    pytest.param(item, row, id=f"{item.id}-{row}")
    for item in ITEMS.values()
    if item.id not in IN_DRAWS_ONLY
    for row in range(len(item.central))
]


@pytest.mark.parametrize(("item", "row"), NUMBERS)
def test_every_number_of_every_assumption_changes_a_result(item: Assumption, row: int) -> None:
    scenario = moved(item, row)
    ENGINE.check(scenario)

    assert changed(scenario) != set()


@pytest.mark.parametrize("name", IN_DRAWS_ONLY)
def test_what_is_about_the_draws_changes_the_draws(name: str) -> None:
    before, after = (
        ENGINE.place_draws(scenario, HELSINKI, TODAY, draws=20)
        for scenario in (DEFAULT, moved(ITEMS[name], 0))
    )

    assert changed(moved(ITEMS[name], 0)) == set()
    assert not np.array_equal(before.contacts, after.contacts)


@pytest.mark.parametrize("item", ITEMS.values(), ids=lambda item: item.id)
def test_every_range_changes_the_draws(item: Assumption) -> None:
    if item.low == item.high:
        return
    drawn = ENGINE.sampled(DEFAULT, 20, 1)[item.id]
    fixed = ENGINE.sampled(DEFAULT.with_override(item.id, item.central), 20, 1)[item.id]

    assert np.ptp(drawn, axis=0).max() > 0
    assert not np.ptp(fixed, axis=0).any()


@pytest.mark.parametrize(
    "change",
    [
        {"start": dt.date(2026, 1, 19)},
        {"target_date": dt.date(2026, 12, 1)},
        {"existing": 1_400_000.0},
        {"new_users": 2_700_000.0},
        *({"sources": tuple(name for name in SOURCES if name != off)} for off in SOURCES),
        {"campaign": ((dt.date(2026, 3, 2), 1, 1.1),)},
        {"answers": (("091", Answers(400.0)),)},
        {"answers": (("091", Answers(400.0, None, dt.date(2026, 6, 30))),)},
        {"baselines": (("091", 100.0),)},
    ],
    ids=str,
)
def test_every_lever_changes_a_result(change: dict[str, object]) -> None:
    scenario = replace(DEFAULT, **change)  # type: ignore[arg-type]
    ENGINE.check(scenario)

    assert changed(scenario) != set()


def test_the_end_of_funding_changes_more_than_the_hours_alone() -> None:
    hours = DEFAULT.with_answers("091", Answers(400.0))
    ended = DEFAULT.with_answers("091", Answers(400.0, None, dt.date(2026, 6, 30)))

    one, other = results(hours), results(ended)

    assert not np.array_equal(one["capacity"], other["capacity"])


def test_settings_that_no_scenario_states_change_what_it_starts_from() -> None:
    later = {
        name: dataclasses.replace(setting, value=setting.value - 7)  # type: ignore[operator]
        for name, setting in ENGINE.assumptions.settings.items()
        if name in ("target_days", "press_estimate")
    }
    assumptions = dataclasses.replace(
        ENGINE.assumptions, settings={**ENGINE.assumptions.settings, **later}
    )
    engine = dataclasses.replace(ENGINE, assumptions=assumptions)

    assert following_target(assumptions, DEFAULT.start) == DEFAULT.target_date - dt.timedelta(7)
    assert engine.preset("press_estimate", DEFAULT) == 1_999_993
    stated = {"start", "existing", "new_users", *later}
    assert set(ENGINE.assumptions.settings) == stated
