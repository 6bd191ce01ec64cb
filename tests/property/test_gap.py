"""What must hold for any queue: nothing lost, more capacity never worse, verdicts in order."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from planner.model.gap import ROUNDING, gap, required_hours, verdict, waiting

SHAPE = (2, 3, 24)  # draws, municipalities, weeks with the two beyond
hours = hnp.arrays(
    np.float64, SHAPE, elements=st.floats(0.0, 1e4) | st.just(0.0), fill=st.just(0.0)
)
shares = hnp.arrays(np.float64, (2, 1), elements=st.floats(0.0, 1.0))
loads = hnp.arrays(np.float64, (2, 1), elements=st.floats(0.3, 1.0))


NEAR = 2 * ROUNDING  # hours; less than ROUNDING is reported as nothing


class Case(NamedTuple):
    rollout: np.ndarray
    desk: np.ndarray
    capacity: np.ndarray
    baseline: np.ndarray
    utilisation: np.ndarray
    stay: np.ndarray


@st.composite
def cases(draw: st.DrawFn) -> Case:
    rollout = draw(hours)
    return Case(
        rollout,
        rollout * draw(st.floats(0.0, 1.0)),
        draw(hours),
        draw(hours),
        draw(loads),
        draw(shares),
    )


@given(cases())
def test_work_is_served_or_waits_or_is_given_up(case: Case) -> None:
    waits, gave_up, _ = waiting(case.rollout, case.capacity, case.baseline, case.stay)

    weeks = waits.shape[-1]
    spare = np.maximum(case.capacity - case.baseline, 0)[..., :weeks]
    before = np.concatenate([np.zeros((2, 3, 1)), waits[..., :-1]], axis=-1)
    served = before + case.rollout[..., :weeks] - waits - gave_up
    assert (served >= -NEAR).all()
    assert (served <= spare + NEAR).all()
    # hours are only left over where nobody waits
    assert ((served >= spare - NEAR) | (waits + gave_up <= NEAR)).all()
    np.testing.assert_allclose(
        case.rollout[..., :weeks].sum(axis=-1),
        served.sum(axis=-1) + gave_up.sum(axis=-1) + waits[..., -1],
        rtol=1e-9,
        atol=NEAR * weeks,
    )


@given(cases())
def test_nothing_is_negative_and_short_hours_are_what_is_needed_beyond_capacity(
    case: Case,
) -> None:
    result = gap(*case)

    needed = required_hours(case.rollout, case.desk, case.baseline, case.utilisation)
    np.testing.assert_allclose(
        result.short_hours, np.maximum(needed - case.capacity, 0)[..., :-2], rtol=1e-9, atol=NEAR
    )
    for series in (result.short_hours, result.waiting_hours, result.gave_up_hours):
        assert np.isfinite(series).all()
        assert (series >= 0).all()
    plain = case.baseline + case.rollout - case.capacity
    assert (result.short_hours >= plain[..., :-2] - NEAR).all()


@given(cases(), hours)
def test_more_capacity_never_makes_any_week_worse(case: Case, extra: np.ndarray) -> None:
    less = gap(*case)
    more = gap(*case._replace(capacity=case.capacity + extra))

    assert (more.short_hours <= less.short_hours).all()
    assert (more.waiting_hours <= less.waiting_hours).all()
    assert (more.gave_up_hours <= less.gave_up_hours).all()
    assert (more.copes >= less.copes).all()


@given(cases(), hours)
def test_more_demand_never_makes_any_week_better(case: Case, extra: np.ndarray) -> None:
    less = gap(*case)
    more = gap(*case._replace(rollout=case.rollout + extra))

    assert (more.short_hours >= less.short_hours).all()
    assert (more.waiting_hours >= less.waiting_hours).all()
    assert (more.copes <= less.copes).all()


@given(cases())
def test_a_week_copes_when_its_last_client_is_served_within_two_weeks(case: Case) -> None:
    _, _, copes = waiting(case.rollout, case.capacity, case.baseline, np.ones((2, 1)))

    spare = np.maximum(case.capacity - case.baseline, 0)
    for draw, place in np.ndindex(2, 3):
        queue = 0.0
        for week in range(SHAPE[-1] - 2):
            queue = max(0.0, queue + case.rollout[draw, place, week] - spare[draw, place, week])
            after_two = queue - spare[draw, place, week + 1] - spare[draw, place, week + 2]
            if abs(after_two) > NEAR:
                assert copes[draw, place, week] == (after_two <= 0)


@given(
    hnp.arrays(np.float64, (4, 6), elements=st.floats(0.0, 1.0)),
    hnp.arrays(np.float64, (4, 6), elements=st.floats(0.0, 50.0)),
    hnp.arrays(np.float64, (4, 6), elements=st.floats(0.0, 50.0)),
    st.integers(1, 5),
)
def test_a_shorter_view_and_better_weeks_never_worsen_a_verdict(
    p_copes: np.ndarray, short: np.ndarray, absorbable: np.ndarray, weeks: int
) -> None:
    whole = verdict(p_copes, short, absorbable)

    part = verdict(p_copes[:, weeks:], short[:, weeks:], absorbable[:, weeks:])
    better = verdict(np.minimum(p_copes + 0.1, 1), short / 2, absorbable * 2)

    assert (part <= whole).all()
    assert (better <= whole).all()
