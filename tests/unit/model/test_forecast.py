"""The whole chain against an independent calculation, one number at a time (tests/oracle.py)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from planner.model.forecast import Facts, Forecast, Settings, forecast
from planner.model.weeks import Horizon, horizon
from tests import oracle, worlds

DATE = dt.date


def world(facts: Facts, span: Horizon, p: worlds.Arrays, settings: Settings) -> oracle.World:
    """The same case as plain lists."""
    return oracle.World(
        people=facts.people.tolist(),
        covariates={name: rows.tolist() for name, rows in facts.covariates.items()},
        winter=facts.staffed_winter.tolist(),
        summer=facts.staffed_summer.tolist(),
        places=facts.places.tolist(),
        p={name: values[0].tolist() for name, values in p.items()},
        existing=settings.existing,
        new_users=settings.new_users,
        start=span.start,
        target=span.target,
        first=span.first,
        weeks=span.computed,
        waves=[(w.date, w.weeks, w.share, w.weights) for w in worlds.engine().assumptions.waves],
    )


def assert_same(result: Forecast, at: int, expected: oracle.Course) -> None:
    """All six measures and the stock agree in every week shown."""
    shown = result.span.count
    pairs = {
        "new_users": result.new_users,
        "users": result.users,
        "contacts": result.contacts,
        "hours": result.hours,
        "capacity": result.capacity.hours,
        "short": result.short_hours,
        "backlog_contacts": result.backlog_contacts,
    }
    for name, series in pairs.items():
        wanted = getattr(expected, name)[:shown]
        np.testing.assert_allclose(series[0, at], wanted, rtol=1e-8, atol=1e-8, err_msg=name)


@pytest.mark.parametrize("code", ["249", "295", "316", "091"])
def test_the_shipped_scenario_equals_the_plain_calculation(code: str) -> None:
    engine = worlds.engine()
    at = engine.snapshot.index(code)
    span = horizon(worlds.START, worlds.TARGET, worlds.TODAY)
    settings = worlds.stated(span, 1_500_000.0, 2_800_000.0)
    p = worlds.central()

    result = forecast(p, span, engine.facts, settings)

    assert_same(result, at, oracle.course(world(engine.facts, span, p, settings), at))


# A rollout within today's reach that begins on a Thursday in the 53rd week of 2026; one that goes
# far beyond it from 29 February; one day long, on a Sunday, with nearly everybody; none at all.
CASES = {
    "within reach": (DATE(2026, 12, 31), DATE(2027, 6, 30), 0.3, 0.4),
    "beyond reach": (DATE(2028, 2, 29), DATE(2028, 12, 31), 0.1, 0.85),
    "one Sunday": (DATE(2027, 1, 3), DATE(2027, 1, 3), 0.02, 0.97),
    "nobody new": (DATE(2025, 12, 29), DATE(2026, 3, 1), 0.5, 0.0),
}
CHANGES: dict[str, float | list[float]] = {
    "log_ins": 0.11,
    "log_in_shape": 1.7,
    "opt_out": [0.1, 0.0, 0.2, 0.05, 0.3, 0.4, 0.5, 1.0],
    "opt_out_weeks": 4.6,
    "echo_delay": 9.25,
    "need_assisted": 0.95,
    "info_need": 0.05,
    "half_life": 1.5,
    "tail": 0.4,
    "effect_rural": 1.5,
    "effect_foreign_language": -0.7,
    "utilisation": 0.6,
    "stay": 0.9,
    "channel_group": 0.5,  # the shares no longer sum to one
}


@pytest.mark.parametrize("case", CASES)
def test_other_worlds_equal_the_plain_calculation(case: str) -> None:
    start, target, existing, new = CASES[case]
    facts = worlds.facts()
    adults = float(facts.people.sum())
    span = horizon(start, target)
    p = worlds.central(**CHANGES)
    ends = start + dt.timedelta(days=40)
    settings = replace(
        worlds.stated(span, existing * adults, new * adults),
        answered=np.array([1]),
        answered_hours=np.array([7.5]),
        answered_last=np.array([span.index(ends)]),
    )

    result = forecast(p, span, facts, settings)

    plain = world(facts, span, p, settings)
    assert_same(result, 1, oracle.course(plain, 1, answered=(7.5, ends)))
    assert_same(result, 3, oracle.course(plain, 3))


def test_sources_that_are_off_bring_nobody_and_the_others_stay() -> None:
    facts = worlds.facts()
    span = horizon(worlds.START, worlds.TARGET)
    numbers = (200_000.0, 250_000.0)
    p = worlds.central()
    each = ("information", "activation", "waves")

    parts = [
        forecast(p, span, facts, worlds.stated(span, *numbers, sources=(source,))).contacts
        for source in each
    ]

    # the echo would raise the number of users in service, and with it the waves
    whole = forecast(p, span, facts, worlds.stated(span, *numbers, sources=each))
    np.testing.assert_allclose(sum(parts), whole.contacts, rtol=1e-12)
    assert all(part.sum() > 0 for part in parts)


def test_without_echo_nobody_comes_back_into_service() -> None:
    facts = worlds.facts()
    span = horizon(worlds.START, worlds.TARGET)
    settings = worlds.stated(span, 200_000.0, 250_000.0, sources=("activation", "waves"))
    p = worlds.central(opt_out=0.5, log_ins=5.0, log_in_rate=1.0)

    without = forecast(p, span, facts, settings)
    with_echo = forecast(p, span, facts, replace(settings, sources=("activation", "echo")))

    assert (without.users <= with_echo.users + 1e-9).all()
    assert without.users[0, :, -1].sum() < with_echo.users[0, :, -1].sum() - 10_000
    np.testing.assert_array_equal(without.new_users, with_echo.new_users)


def test_draws_equal_their_single_runs_to_the_last_digit() -> None:
    facts = worlds.facts()
    span = horizon(worlds.START, worlds.TARGET)
    settings = worlds.stated(span, 200_000.0, 250_000.0)
    draws = [
        worlds.central(),
        worlds.central(effect_rural=2.0, effect_poverty=1.5, half_life=9.0),
        worlds.central(season=[0.1, 3, 0.7, 1, 1, 2, 1, 0.3, 1, 1, 1, 0.9], log_ins=2.2, stay=0.1),
    ]

    together = forecast(worlds.stacked(*draws), span, facts, settings)

    for draw, p in enumerate(draws):
        alone = forecast(p, span, facts, settings)
        for name in ("new_users", "users", "contacts", "hours", "short_hours", "backlog_contacts"):
            np.testing.assert_array_equal(
                getattr(together, name)[draw], getattr(alone, name)[0], err_msg=name
            )


def test_with_every_source_off_nobody_comes() -> None:
    span = horizon(worlds.START, worlds.TARGET)

    result = forecast(
        worlds.central(), span, worlds.facts(), worlds.stated(span, 200_000.0, 2e5, sources=())
    )

    assert result.contacts.shape == (1, 5, span.count)
    assert not result.contacts.any()


def test_needed_is_baseline_and_rollout_and_the_desk_margin() -> None:
    facts = worlds.facts()
    span = horizon(worlds.START, worlds.TARGET)
    p = worlds.central(utilisation=0.5)

    result = forecast(p, span, facts, worlds.stated(span, 200_000.0, 250_000.0))

    # at a utilisation of one half the desk's hours count twice, the others once
    desk = sum(
        part.total(result.demand.desk_hours_per_contact)[..., : span.count]
        for parts in result.demand.parts.values()
        for part in parts
    )
    np.testing.assert_allclose(result.needed, result.capacity.baseline + result.hours + desk)
    np.testing.assert_allclose(
        result.short_hours, np.maximum(result.needed - result.capacity.hours, 0), atol=1e-9
    )


def test_a_later_date_to_look_from_leaves_the_earlier_weeks_as_they_are() -> None:
    facts = worlds.facts()
    short = horizon(worlds.START, worlds.TARGET)
    long = horizon(worlds.START, worlds.TARGET, DATE(2028, 6, 1))
    p = worlds.central()

    near = forecast(p, short, facts, worlds.stated(short, 200_000.0, 250_000.0))
    far = forecast(p, long, facts, worlds.stated(long, 200_000.0, 250_000.0))

    for name in ("new_users", "users", "contacts", "hours", "needed", "short_hours"):
        np.testing.assert_allclose(
            getattr(near, name), getattr(far, name)[..., : short.count], rtol=1e-9, atol=1e-9
        )


def test_verdict_over_several_draws_is_of_shares_and_medians() -> None:
    facts = worlds.facts()
    span = horizon(worlds.START, worlds.TARGET)
    settings = worlds.stated(span, 200_000.0, 250_000.0)
    many_hours, none = worlds.central(desk_share=1.0), worlds.central(desk_share=0.0)

    four_of_five = forecast(
        worlds.stacked(*[many_hours] * 4, none), span, facts, settings
    ).verdicts(slice(0, span.count))
    three_of_five = forecast(
        worlds.stacked(*[many_hours] * 3, none, none), span, facts, settings
    ).verdicts(slice(0, span.count))

    helsinki = 0
    assert four_of_five[helsinki] == 0  # 80 % of the draws cope
    assert three_of_five[helsinki] == 1  # 60 % do, and the median of the hours short is nought
