"""Learning: weights, levels and factors go where the counts are, and no further."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from planner.model import learning
from planner.model.learning import Log, Users, factor_shape, factors, pool, resampled, tempered
from tests import logs, worlds

DRAWS = logs.draws()


def learned(log: Log | None, found: logs.Draws = DRAWS) -> learning.Update:
    result = found.learned(log)
    assert result is not None
    return result


def national_factor(result: learning.Update, week: int = 12) -> float:
    """Median of the country's contacts after learning, over the median before."""
    after = DRAWS.national[result.learned.chosen, week] * result.learned.level[:, week]
    return float(np.median(after) / np.median(DRAWS.national[:, week]))


def place_factor(result: learning.Update, place: int) -> float:
    return float((result.learned.shape / result.learned.rate)[:, place].mean())


def test_without_any_row_nothing_is_learned() -> None:
    assert DRAWS.learned(None) is None


@pytest.mark.parametrize("times", [0.2, 1.0, 5.0])
def test_weights_sum_to_one_and_a_hundred_draws_stay_effective(times: float) -> None:
    result = learned(DRAWS.log(logs.counts(DRAWS, times)))

    assert result.weight.sum() == pytest.approx(1)
    assert result.effective >= 100 - 1e-6
    assert result.effective == pytest.approx(1 / (result.weight**2).sum())
    assert 0 <= result.power <= 1


@pytest.mark.parametrize("times", [0.3, 0.6, 1.5, 3.0])
def test_the_level_follows_the_log(times: float) -> None:
    log = DRAWS.log(logs.counts(DRAWS, times))
    logged = np.median(log.counts.sum(axis=0) / DRAWS.national[:, log.weeks].mean(axis=0))

    result = learned(log)

    before = np.median(DRAWS.national[:, 12]) / DRAWS.national[:, 12].mean()
    assert national_factor(result) * before == pytest.approx(logged, rel=0.15)


def test_a_log_twice_as_large_raises_the_forecast() -> None:
    usual = logs.counts(DRAWS)

    low, high = (national_factor(learned(DRAWS.log(part))) for part in (usual, 2 * usual))

    assert high > 1.6 * low


def test_a_place_that_logs_more_than_the_others_gets_a_higher_factor() -> None:
    usual = logs.counts(DRAWS)
    more = usual.copy()
    more[20] *= 2

    before, after = (learned(DRAWS.log(part)) for part in (usual, more))

    assert place_factor(after, 20) > 1.5 * place_factor(before, 20)
    assert national_factor(after) == pytest.approx(national_factor(before), rel=0.05)


def test_one_large_place_does_not_rule_the_country() -> None:
    usual = logs.counts(DRAWS)
    more = usual.copy()
    more[-1] *= 4  # the largest: the plain sum of all grows by a quarter
    assert more.sum() > 1.25 * usual.sum()

    before, after = (learned(DRAWS.log(part)) for part in (usual, more))

    assert national_factor(after) == pytest.approx(national_factor(before), rel=0.09)
    assert place_factor(after, 39) > 2 * place_factor(before, 39)


def only(place: int, times: float) -> Log:
    """A log that one place keeps, at `times` what the draws expect of it."""
    some = np.full((40, 6), np.nan)
    some[place] = np.round(times * DRAWS.expected[:, place, 4:10].mean(axis=0))
    return DRAWS.log(some)


@pytest.mark.parametrize("place", [5, 20, 39])
@pytest.mark.parametrize("times", [0.0, 8.0, 40.0, 300.0])
def test_a_lone_log_that_is_like_no_other_leaves_the_country_alone(
    place: int, times: float
) -> None:
    log = only(place, times)

    result = learned(log)

    assert national_factor(result) == pytest.approx(1, abs=0.2)
    assert result.unusual.max() < 0.5
    own = (result.learned.shape / result.learned.rate)[:, place].mean()
    assert own == pytest.approx(log.counts.sum() / log.usual.sum(), rel=0.35, abs=0.4)


def test_a_lone_log_within_reason_moves_the_country_by_a_part() -> None:
    usual, more, most = (national_factor(learned(only(20, times))) for times in (1.0, 1.5, 3.0))

    assert usual == pytest.approx(1, abs=0.12)
    assert 1.08 < more < 1.35
    assert more < most < 1.9


def test_logs_that_agree_move_the_country_further_than_one() -> None:
    some = np.full((40, 6), np.nan)
    some[10:40:3] = 3 * DRAWS.expected[:, 10:40:3, 4:10].mean(axis=0)

    factor = national_factor(learned(DRAWS.log(some)))

    assert factor == pytest.approx(3, rel=0.3)
    assert factor > 1.4 * national_factor(learned(only(22, 3.0)))


@pytest.mark.parametrize("times", [0.0, 10.0])
def test_a_log_like_no_other_hardly_moves_twenty_others(times: float) -> None:
    some = logs.counts(DRAWS)
    some[1:39:2] = np.nan
    others = some.copy()
    others[39] = np.nan
    some[39] *= times

    with_it, without = (national_factor(learned(DRAWS.log(part))) for part in (some, others))

    assert with_it == pytest.approx(without, rel=0.05)


def test_weeks_in_which_nobody_is_expected_teach_nothing() -> None:
    expected = DRAWS.expected.copy()
    expected[:, :, 4:6] = 0
    some = logs.Draws(expected, DRAWS.sigma)
    counts = logs.counts(DRAWS)
    later = counts.copy()
    later[:, :2] = np.nan

    all_weeks, those = (some.learned(some.log(part)) for part in (counts, later))

    assert all_weeks is not None
    assert those is not None
    # 40 places logged more than nobody: it neither lifts the country nor the places
    for found in (all_weeks, those):
        factor = found.learned.shape / found.learned.rate
        assert factor.mean() == pytest.approx(1, abs=0.15)
        assert np.median(found.learned.level[:, 12]) == pytest.approx(1, abs=0.1)


def test_places_without_a_log_keep_the_prior_factor() -> None:
    some = logs.counts(DRAWS)
    some[10:] = np.nan

    result = learned(DRAWS.log(some))

    prior = factor_shape(DRAWS.sigma[result.learned.chosen]).astype(np.float32)
    for part in (result.learned.shape, result.learned.rate):
        np.testing.assert_array_equal(part[:, 10:], np.repeat(prior[:, None], 30, axis=1))
        assert (part[:, :10] != prior[:, None]).all()


def test_the_order_of_places_does_not_matter() -> None:
    log = DRAWS.log(logs.counts(DRAWS))
    order = np.random.default_rng(2).permutation(log.places.size)
    turned = Log(log.expected[:, order], log.counts[order], log.places[order], log.weeks)

    one, other = learned(log), learned(turned)

    np.testing.assert_array_equal(one.learned.chosen, other.learned.chosen)
    for name in ("level", "shape", "rate"):
        found = (getattr(result.learned, name) for result in (one, other))
        np.testing.assert_allclose(*found, rtol=1e-4)


def test_the_same_seed_gives_the_same_numbers() -> None:
    log = DRAWS.log(logs.counts(DRAWS))

    one, again, other = (DRAWS.learned(log, seed) for seed in (1, 1, 2))

    assert one is not None
    assert again is not None
    assert other is not None
    np.testing.assert_array_equal(one.learned.level, again.learned.level)
    assert (one.learned.level != other.learned.level).any()


def test_few_draws_learn_too_and_follow_the_log() -> None:
    few = logs.draws(20)
    log = few.log(logs.counts(few, 3.0))

    result = learned(log, few)

    assert result.effective == pytest.approx(10, rel=1e-6)
    expected = few.national[:, log.weeks].sum(axis=1)
    assert expected[result.learned.chosen].mean() > 1.2 * expected.mean()
    after = (few.national[result.learned.chosen] * result.learned.level)[:, log.weeks]
    logged = log.counts.sum() / few.national[:, log.weeks].sum(axis=1).mean()
    assert np.median(after.sum(axis=1)) / few.national[:, log.weeks].sum(
        axis=1
    ).mean() == pytest.approx(logged, rel=0.1)


def test_tempering_keeps_weights_that_are_even_enough() -> None:
    log_weight = np.linspace(0, 1, 500)

    weight, power = tempered(log_weight)

    assert power == 1
    np.testing.assert_allclose(weight, np.exp(log_weight) / np.exp(log_weight).sum())


def test_tempering_goes_no_further_than_it_must() -> None:
    weight, power = tempered(-np.arange(500.0))

    assert 0 < power < 1
    assert 1 / (weight**2).sum() == pytest.approx(100, rel=1e-6)


def test_systematic_resampling_keeps_shares_to_one_draw() -> None:
    weight = np.random.default_rng(1).dirichlet(np.ones(50))

    chosen = resampled(weight, np.random.default_rng(2))

    number = np.bincount(chosen, minlength=50)
    assert number.sum() == 50
    assert (np.abs(number - 50 * weight) < 1).all()


def test_a_factor_is_the_exact_gamma_where_nothing_else_matters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(learning, "ODD_PLACES", 1e-12)
    log = Log(np.full((5, 1, 4), 3.0, dtype=np.float32), np.array([[2.0, 4, 1, 3]]), *_axes(1, 4))

    shape, rate = factors(log, np.arange(5), np.ones((5, 4)), np.full(5, 10.0), shape=1e12)

    np.testing.assert_allclose(shape, 10 + 10, rtol=1e-4)
    np.testing.assert_allclose(rate, 10 + 12, rtol=1e-4)


def test_dispersion_bounds_what_large_counts_tell() -> None:
    log = Log(np.full((1, 1, 4), 1e5, dtype=np.float32), np.full((1, 4), 1e5), *_axes(1, 4))

    shape, _ = factors(log, np.zeros(1, dtype=int), np.ones((1, 4)), np.full(1, 10.0), shape=25)

    # four weeks of dispersion 25 tell as much as 100 contacts
    assert shape[0, 0] == pytest.approx(110, rel=0.02)


def test_a_place_that_triples_halfway_is_followed() -> None:
    expected = np.full((3, 1, 8), 10.0, dtype=np.float32)
    log = Log(expected, np.array([[10.0, 11, 9, 10, 31, 29, 30, 32]]), *_axes(1, 8))

    shape, rate = factors(log, np.arange(3), np.ones((3, 8)), np.full(3, 10.0), shape=25)

    assert float((shape / rate).mean()) == pytest.approx(3, rel=0.12)


def test_pooling_weighs_places_by_what_they_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "ODD_LOGS", 1e-12)
    expected = np.array([[[1.0], [1000.0]]], dtype=np.float32)
    log = Log(expected, np.array([[2.0], [1200.0]]), *_axes(2, 1))

    series = pool(log, variance=0.1, shape=1e9)

    # weights 1/(1 + 0.1·1) and 1/(1 + 0.1·1000); neither place is far from the other
    weight = np.array([1 / 1.1, 1 / 101])
    scale = (weight**2 * [1, 1000]).sum() / (weight * [1, 1000]).sum()
    counted, usual = ((weight * size).sum() / scale for size in ([2, 1200], [1, 1000]))
    assert series.ratio[0, 0] == pytest.approx(np.log((counted + 0.5) / (usual + 0.5)), rel=1e-5)
    share = weight * [1, 1000] / (weight * [1, 1000]).sum()
    assert series.place[0, 0] == pytest.approx(0.1 * (share**2).sum(), rel=1e-5)


def test_a_place_far_from_the_others_counts_for_less() -> None:
    log = Log(np.full((1, 30, 4), 20.0, dtype=np.float32), np.full((30, 4), 20.0), *_axes(30, 4))
    far = Log(log.expected, np.vstack([log.counts[:-1], np.full((1, 4), 80.0)]), *_axes(30, 4))

    usual, other = (pool(part, variance=0.1, shape=25).ratio[0, 0] for part in (log, far))

    assert usual == pytest.approx(0, abs=1e-6)
    # plainly added up, one place at four times its contacts would lift all by a tenth
    assert 0 < other < 0.03


def test_the_pooled_ratio_varies_as_its_noise_says() -> None:
    found = logs.draws(2)
    ratios, noise, place = [], 0.0, 0.0
    for seed in range(300):
        log = found.log(logs.counts(found, weeks=1, seed=seed))
        series = pool(log, float(np.expm1(logs.SIGMA**2)), logs.SHAPE)
        ratios.append(series.ratio[0, 0])
        noise, place = float(series.noise[0, 0]), float(series.place[0, 0])

    assert np.std(ratios) == pytest.approx(np.sqrt(noise + place), rel=0.12)


def test_user_counts_favour_the_draws_that_predict_them() -> None:
    predicted = np.linspace(1e6, 3e6, 400)[:, None]
    users = Users(predicted, np.array([2e6]), np.array([0.02]))

    result = learning.update(
        None, users, DRAWS.sigma[:1].repeat(400), 25.0, np.ones((400, 5)), np.zeros(5), 3, seed=1
    )

    assert result is not None
    chosen = predicted[result.learned.chosen, 0]
    assert np.median(chosen) == pytest.approx(2e6, rel=0.02)
    assert chosen.std() < 0.3 * predicted.std()
    np.testing.assert_array_equal(result.learned.level, 1)


def test_a_second_day_of_user_counts_adds_less_than_the_first() -> None:
    predicted = np.exp(0.1 * np.linspace(-1, 1, 51))[:, None] * 2e6
    one = Users(predicted, np.array([2e6]), np.array([0.02]))
    two = Users(predicted.repeat(2, axis=1), np.full(2, 2e6), np.full(2, 0.02))

    spread = [np.ptp(learning.users_evidence(part)) for part in (one, two)]

    assert spread[0] < spread[1] < 1.5 * spread[0]


def test_gamma_factors_have_the_lognormals_variance() -> None:
    sigma = np.array([0.2, 0.3, 0.4])

    assert 1 / factor_shape(sigma) == pytest.approx(
        [stats.lognorm(s, scale=np.exp(-(s**2) / 2)).var() for s in sigma]
    )


def test_another_delay_of_the_same_mean_takes_contacts_from_the_first_weeks() -> None:
    engine = worlds.engine()
    span = worlds.horizon(worlds.START, worlds.TARGET, worlds.TODAY)
    stated = worlds.stated(span, 1.5e6, 2.8e6)

    found = learning.other_delay(worlds.central(), span, engine.facts.people, stated)

    start = span.start_index
    assert found.shape == (span.computed,)
    assert (found[:start] == 0).all() | (np.abs(found[: start - 1]) < 0.05).all()
    assert found[start] < -0.3
    assert found[start + 3 : start + 12].min() > 0


def _axes(places: int, weeks: int) -> tuple[np.ndarray, np.ndarray]:
    return np.arange(places), np.arange(weeks)
