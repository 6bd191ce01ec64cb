"""How contacts and returns spread over the weeks that follow."""

from __future__ import annotations

import numpy as np
import pytest

from planner.model.kernels import carried_over, contact_kernel, spread, uniform_kernel


def column(*values: float) -> np.ndarray:
    return np.array(values, dtype=float)[:, None]


def test_contacts_halve_every_half_life() -> None:
    kernel = contact_kernel(column(4.0), column(0.0))[0]

    assert kernel.shape == (104,)
    np.testing.assert_allclose(kernel[4:] / kernel[:-4], 0.5)
    assert kernel[0] == pytest.approx(1 - 0.5**0.25, rel=1e-6)  # all but 2^-26 within 104 lags


def test_half_life_of_one_week_by_hand() -> None:
    kernel = contact_kernel(column(1.0), column(0.0))[0]

    np.testing.assert_allclose(kernel[:4], [1 / 2, 1 / 4, 1 / 8, 1 / 16])


def test_tail_is_even_over_a_year() -> None:
    kernel = contact_kernel(column(1.0), column(0.2))[0]

    assert kernel[0] == pytest.approx(0.8 * 0.5 + 0.2 / 52)
    assert kernel[51] == pytest.approx(0.2 / 52)
    assert kernel[52] == pytest.approx(0.0, abs=1e-15)
    assert contact_kernel(column(4.0), column(1.0))[0, 52:].sum() == 0


def test_each_draw_has_its_own_kernel_that_sums_to_one() -> None:
    half_lives, tails = column(0.25, 4.0, 52.0), column(0.0, 0.15, 1.0)

    kernels = contact_kernel(half_lives, tails)

    np.testing.assert_allclose(kernels.sum(axis=1), 1.0, rtol=1e-14)
    for draw in range(3):
        alone = contact_kernel(half_lives[draw : draw + 1], tails[draw : draw + 1])
        np.testing.assert_array_equal(kernels[draw], alone[0])


@pytest.mark.parametrize(
    ("start", "length", "expected"),
    [
        (0.0, 1.0, [1, 0, 0, 0]),
        (0.0, 4.0, [0.25, 0.25, 0.25, 0.25]),
        (0.0, 2.5, [0.4, 0.4, 0.2, 0]),
        (0.5, 2.0, [0.25, 0.5, 0.25, 0]),
        (1.75, 0.5, [0, 0.5, 0.5, 0]),
        (3.0, 2.0, [0, 0, 0, 0.5]),  # the other half falls outside
        (9.0, 2.0, [0, 0, 0, 0]),
    ],
)
def test_even_spread_shares_weeks_it_covers_in_part(
    start: float, length: float, expected: list[float]
) -> None:
    kernel = uniform_kernel(column(start), length, 4)

    np.testing.assert_allclose(kernel, [expected])


def test_spread_delays_by_lag() -> None:
    flow = np.array([[[1.0, 0.0, 10.0, 0.0]]])
    kernel = np.array([[0.5, 0.25, 0.25]])

    np.testing.assert_allclose(spread(flow, kernel), [[[0.5, 0.25, 5.25, 2.5]]])


def test_spread_with_a_kernel_longer_than_the_weeks_keeps_what_falls_inside() -> None:
    flow = np.array([[[2.0, 0.0]]])
    kernel = np.array([[0.5, 0.25, 0.25]])

    np.testing.assert_allclose(spread(flow, kernel), [[[1.0, 0.5]]])


def test_spread_of_draws_and_rows_equals_a_convolution() -> None:
    random = np.random.default_rng(7)
    flow = random.uniform(size=(3, 2, 30))
    kernel = random.uniform(size=(3, 12))

    result = spread(flow, kernel)

    for draw in range(3):
        for row in range(2):
            expected = np.convolve(flow[draw, row], kernel[draw])[:30]
            np.testing.assert_allclose(result[draw, row], expected)


def test_spread_keeps_exact_zeros_before_the_first_flow() -> None:
    flow = np.zeros((1, 1, 20))
    flow[..., 9:] = 1 / 3

    result = spread(flow, contact_kernel(column(4.0), column(0.15)))

    assert (result[..., :9] == 0.0).all()
    assert (result[..., 9:] > 0.0).all()


def test_what_came_before_the_first_week_is_carried_over() -> None:
    rng = np.random.default_rng(3)
    earlier, flow = rng.random((2, 30)), rng.random((2, 12))
    kernel = contact_kernel(np.array([[4.0], [1.0]]), np.array([[0.15], [0.4]]))

    whole = spread(np.broadcast_to(np.concatenate([earlier, flow], axis=1), (2, 2, 42)), kernel)

    parts = spread(np.broadcast_to(flow, (2, 2, 12)), kernel) + carried_over(earlier, kernel, 12)
    np.testing.assert_allclose(parts, whole[..., 30:])
