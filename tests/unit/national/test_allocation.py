"""Hours shared out over the country's municipalities: sums, limits, rules and what they cost."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from planner.errors import PlannerError
from planner.national import (
    ALLOCATED,
    RULES,
    allocate,
    allocation_frame,
    allocations,
    comparison_frame,
    place_frame,
)
from planner.national.allocation import Stated, rounded
from planner.plans.allocation import Limits
from planner.scenario import default_scenario
from tests import worlds

ENGINE = worlds.engine()
DEFAULT = default_scenario(ENGINE.assumptions)
TODAY, DRAWS, BUDGET = dt.date(2026, 5, 1), 60, 300.0
FOUND = allocations(ENGINE, DEFAULT, TODAY, BUDGET, draws=DRAWS)
ADULTS = ENGINE.facts.people.sum(axis=1)


@pytest.mark.parametrize("rule", RULES)
def test_a_plan_keeps_the_budget_and_lowers_what_is_short(rule: str) -> None:
    plan = FOUND[rule]

    assert plan.hours.shape == (308, len(plan.mondays))
    assert (plan.hours >= 0).all()
    assert (plan.hours.sum(axis=0) <= BUDGET + 1e-6).all()
    assert (plan.after <= plan.before + 1e-9).all()
    assert plan.after.min() >= 0
    assert plan.before.sum() - plan.after.sum() <= plan.hours.sum()
    assert ((plan.chosen >= 0) & (plan.chosen <= 1)).all()
    assert plan.last_helped > 0
    assert plan.last_worst >= 0


def test_each_rule_is_best_at_its_own_goal() -> None:
    most, least, equal = (FOUND[rule] for rule in RULES)

    assert most.helped == max(plan.helped for plan in FOUND.values())
    assert least.worst == min(plan.worst for plan in FOUND.values())
    assert least.bound <= least.worst <= least.bound * 1.01
    assert equal.uneven == min(plan.uneven for plan in FOUND.values())
    assert equal.uneven < 0.01
    frame = comparison_frame(FOUND).set_index("rule")
    assert frame.loc["most-helped", "helped_lost"] == 0
    assert frame.loc["smallest-worst", "worst_added"] == 0
    assert frame.loc["equal-per-head", "helped_lost"] > 0


def test_equal_per_head_sums_to_the_budget_in_every_week() -> None:
    assert FOUND["equal-per-head"].hours.sum(axis=0) == pytest.approx(BUDGET, abs=1e-9)


def test_before_is_the_ensembles_mean() -> None:
    drawn = ENGINE.ensemble(DEFAULT, TODAY, None, DRAWS, 1)

    assert FOUND[RULES[0]].before.sum(axis=1) == pytest.approx(
        drawn.short_total.mean(axis=0), rel=1e-4, abs=1e-4
    )


def test_a_village_gets_no_more_than_it_could_ever_use() -> None:
    plan = FOUND["most-helped"]
    for name in ("Kumlinge", "Sottunga", "Hailuoto"):
        at = ENGINE.snapshot.index(name)
        drawn = ENGINE.place_draws(DEFAULT, at, TODAY, None, DRAWS, 1)
        assert plan.hours[at].max() <= drawn.short_hours.max() + 0.01
        assert plan.hours[at].max() < 10


def test_more_hours_never_help_fewer() -> None:
    budgets = (0.0, 100.0, 300.0)
    for rule in RULES:
        helped = [
            allocate(ENGINE, DEFAULT, TODAY, hours, rule, draws=DRAWS).helped for hours in budgets
        ]
        # plans are in hundredths of an hour, and smallest-worst serves another goal first
        slack = 0.0 if rule == "equal-per-head" else 0.5
        assert (np.diff(helped) >= -slack).all(), rule
        assert helped[0] == 0


def test_limits_hold() -> None:
    limits: Stated = {"249": (3.0, None), "091": (0.0, 20.0), "148": (2.0, 2.0)}
    for plan in allocations(ENGINE, DEFAULT, TODAY, BUDGET, limits, DRAWS).values():
        keuruu, helsinki, inari = (
            plan.hours[ENGINE.snapshot.index(code)] for code in ("249", "091", "148")
        )
        assert keuruu.min() >= 3 - 1e-9
        assert helsinki.max() <= 20 + 1e-9
        assert inari == pytest.approx(2.0)
        assert (plan.hours.sum(axis=0) <= BUDGET + 1e-6).all()


@pytest.mark.parametrize(
    ("hours", "limits", "code", "named"),
    [
        (-1.0, {}, "error.allocate.hours", "-1"),
        (float("nan"), {}, "error.allocate.hours", "nan"),
        (300.0, {"249": (5.0, 4.0)}, "error.allocate.limits", "Keuruu"),
        (300.0, {"249": (-1.0, None)}, "error.allocate.limits", "Keuruu"),
        (300.0, {"091": (200.0, None), "249": (150.0, None)}, "error.allocate.lower_sum", "350"),
        (300.0, {"999": (0.0, None)}, "error.unknown_municipality_near", "999"),
    ],
)
def test_what_cannot_be_is_named(hours: float, limits: Stated, code: str, named: str) -> None:
    with pytest.raises(PlannerError) as caught:
        allocations(ENGINE, DEFAULT, TODAY, hours, limits, DRAWS)

    assert caught.value.code == code
    assert named in str(caught.value)


def test_too_many_draws_and_unknown_rules_are_refused() -> None:
    with pytest.raises(PlannerError, match=r"error.national.draws"):
        allocations(ENGINE, DEFAULT, TODAY, BUDGET, draws=5000)
    with pytest.raises(PlannerError, match=r"error.allocate.rule"):
        allocate(ENGINE, DEFAULT, TODAY, BUDGET, "fairest", draws=DRAWS)


def test_the_reasons_of_odd_budgets() -> None:
    nothing = allocate(ENGINE, DEFAULT, TODAY, 0.0, "most-helped", draws=DRAWS)
    plenty = allocate(ENGINE, DEFAULT, TODAY, 900_000.0, "most-helped", draws=DRAWS)

    assert (nothing.reason, plenty.reason) == ("no_budget", "all_need")
    assert np.isnan(nothing.last_helped)
    assert plenty.after.max() < 0.011  # plans are in hundredths of an hour
    assert plenty.hours.sum() < 900_000


def test_the_same_question_has_the_same_answer() -> None:
    from planner.national import allocation

    allocation._allocations.cache_clear()
    again = allocate(ENGINE, DEFAULT, TODAY, BUDGET, "smallest-worst", draws=DRAWS)

    assert (again.hours == FOUND["smallest-worst"].hours).all()


def test_the_frame_has_a_row_for_every_area_and_week() -> None:
    plan = FOUND["smallest-worst"]
    frame = allocation_frame(plan)

    assert tuple(frame.columns) == ALLOCATED
    assert len(frame) == 308 * len(plan.mondays)
    assert frame["area_code"].str.len().eq(3).all()
    assert frame.groupby("week")["extra_hours"].sum().max() <= BUDGET + 1e-6
    assert place_frame(plan)["extra_hours"].sum() == pytest.approx(frame["extra_hours"].sum())


def test_rounding_keeps_the_sums_and_the_limits() -> None:
    rng = np.random.default_rng(3)
    hours = rng.dirichlet(np.ones(30), 5).T * 17.0
    limits = Limits(np.zeros(30), np.where(np.arange(30) < 10, np.ceil(hours.max(1)), np.inf))

    found = rounded(hours, limits)

    assert found.sum(axis=0) == pytest.approx(17.0, abs=1e-9)
    assert np.abs(found - hours).max() < 0.01
    assert found * 100 == pytest.approx(np.rint(found * 100), abs=1e-6)
