"""MODEL §9.1–3, 5 and 6 for the whole chain, draws and all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from planner import tables
from planner.model.forecast import Forecast, Settings, forecast
from planner.model.weeks import Horizon
from tests import worlds

FACTS = worlds.facts()
ADULTS = float(FACTS.people.sum())
numbers = worlds.user_numbers(ADULTS)
WHOLE = worlds.engine()
SERIES = (
    "new_users",
    "users",
    "contacts",
    "hours",
    "needed",
    "short_hours",
    "backlog_contacts",
    "gave_up_contacts",
)


@st.composite
def stated(
    draw: st.DrawFn, sources: st.SearchStrategy[tuple[str, ...]] = worlds.some_sources
) -> tuple[Horizon, Settings]:
    """A horizon and the settings of a small country, answers included."""
    span = draw(worlds.horizons(longest=500))
    given_answers = draw(worlds.answers(len(worlds.PLACES), span.computed))
    return span, worlds.stated(span, *draw(numbers), draw(sources), given_answers)


def run(p: worlds.Arrays, case: tuple[Horizon, Settings]) -> Forecast:
    return forecast(p, case[0], FACTS, case[1])


@given(worlds.parameter_sets(draws=3), stated())
def test_draws_equal_their_single_runs(p: worlds.Arrays, case: tuple[Horizon, Settings]) -> None:
    together = run(p, case)

    for draw in range(3):
        alone = run(worlds.one_draw(p, draw), case)
        for name in SERIES:
            many, one = getattr(together, name)[draw], getattr(alone, name)[0]
            np.testing.assert_allclose(many, one, rtol=1e-9, atol=1e-9, err_msg=name)


@given(worlds.parameter_sets(), stated())
def test_nothing_is_negative_or_unknown_for_any_input_inside_the_bounds(
    p: worlds.Arrays, case: tuple[Horizon, Settings]
) -> None:
    result = run(p, case)

    span, wanted = case
    for name in SERIES:
        series = getattr(result, name)
        assert series.shape == (2, len(worlds.PLACES), span.count), name
        assert np.isfinite(series).all(), name
        assert (series >= -1e-12).all(), name
    for series in vars(result.capacity).values():
        assert np.isfinite(series).all()
        assert (series >= 0).all()
    opened = result.new_users[..., : span.target_index + 1].sum(axis=(1, 2))
    np.testing.assert_allclose(opened, wanted.new_users, rtol=1e-9, atol=0)
    assert set(result.verdicts(slice(0, span.count))) <= {0, 1, 2}


@given(
    worlds.parameter_sets(),
    stated(st.sampled_from([("activation",), ("activation", "echo")])),
)
def test_without_information_and_waves_nobody_is_short_before_the_start(
    p: worlds.Arrays, case: tuple[Horizon, Settings]
) -> None:
    result = run(p, case)

    before = slice(0, case[0].start_index)
    assert not result.short_hours[..., before].any()
    assert not result.backlog_contacts[..., before].any()
    assert not result.contacts[..., before].any()
    assert result.copes[..., before].all()


MORE = ("desk_share", "association_hours")


@given(
    worlds.parameter_sets(keep=MORE),
    stated(),
    st.floats(0.0, 1.0),
    st.floats(0.0, 1.0),
    st.floats(1.0, 3.0),
)
def test_more_capacity_never_raises_what_is_missing(
    p: worlds.Arrays,
    case: tuple[Horizon, Settings],
    one: float,
    other: float,
    times: float,
) -> None:
    """More library hours and guidance for the estimate, more hours in answers that last."""
    span, wanted = case
    lasting = replace(wanted, answered_last=np.full_like(wanted.answered_last, span.computed))
    more_hours = replace(lasting, answered_hours=lasting.answered_hours * times)
    low, high = sorted((one, other))
    few = {**p, "desk_share": np.full((2, 1), low), "association_hours": np.full((2, 1), 2.0)}
    many = {**p, "desk_share": np.full((2, 1), high), "association_hours": np.full((2, 1), 9.0)}

    less, more = run(few, (span, lasting)), run(many, (span, more_hours))

    assert (more.short_hours <= less.short_hours + 1e-9).all()
    assert (more.backlog_contacts <= less.backlog_contacts * (1 + 1e-9) + 1e-9).all()
    assert (more.gave_up_contacts <= less.gave_up_contacts * (1 + 1e-9) + 1e-9).all()
    view = slice(0, span.count)
    assert (more.copes >= less.copes).all()
    assert (more.verdicts(view) <= less.verdicts(view)).all()


@given(worlds.parameter_sets(), stated())
def test_background_leaves_the_countrys_activation_contacts_as_they_are(
    p: worlds.Arrays, case: tuple[Horizon, Settings]
) -> None:
    """Of accounts opened by the target; those after it follow in proportion until people end."""
    effects = {name: np.zeros_like(value) for name, value in p.items() if "effect_" in name}

    moved, level = run(p, case), run({**p, **effects}, case)

    for name, parts in moved.demand.parts.items():
        new = parts[0].total().sum(axis=1)
        plain = level.demand.parts[name][0].total().sum(axis=1)
        np.testing.assert_allclose(new, plain, rtol=1e-9, atol=1e-9, err_msg=name)
    np.testing.assert_array_equal(moved.new_users, level.new_users)


@given(worlds.parameter_sets(), worlds.horizons(longest=400), worlds.user_numbers(WHOLE.adults))
@settings(max_examples=12)
def test_regional_and_national_figures_are_sums_of_the_same_draws(
    p: worlds.Arrays, span: Horizon, users: tuple[float, float]
) -> None:
    result = forecast(p, span, WHOLE.facts, worlds.stated(span, *users))

    opened = result.new_users[..., : span.target_index + 1].sum(axis=(1, 2))
    np.testing.assert_allclose(opened, users[1], rtol=1e-9, atol=0)
    for draw in range(2):
        for name, values in tables.measures(result, draw).items():
            total = values.sum(axis=0)
            for level in ("region", "wellbeing_county", "development_centre", "country"):
                group = WHOLE.snapshot.groups[level]
                areas = tables.by_area(WHOLE.snapshot, level, values)
                members = [values[group.index == at].sum(axis=0) for at in range(len(group.codes))]
                np.testing.assert_allclose(areas, members, rtol=1e-9, atol=1e-9, err_msg=name)
                np.testing.assert_allclose(areas.sum(axis=0), total, rtol=1e-9, atol=1e-9)
