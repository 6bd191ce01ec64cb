"""Covariates: missing cells, age standardisation, centring, units."""

from __future__ import annotations

import numpy as np
import pytest

from planner.model.background import age_standardise, covariates, fill_missing
from tests import worlds

NAN = float("nan")


def test_missing_cells_take_the_regions_weighted_mean() -> None:
    values = np.array([10.0, 40.0, NAN, 7.0])
    region = np.array([0, 0, 0, 1])
    weight = np.array([300.0, 100.0, 50.0, 10.0])

    filled = fill_missing(values, region, weight)

    # (300·10 + 100·40) / 400
    np.testing.assert_allclose(filled, [10.0, 40.0, 17.5, 7.0])


def test_a_region_without_any_figure_takes_the_countrys_mean() -> None:
    values = np.array([10.0, 40.0, NAN, NAN])
    region = np.array([0, 0, 1, 2])
    weight = np.array([300.0, 100.0, 50.0, 10.0])

    np.testing.assert_allclose(fill_missing(values, region, weight)[2:], 17.5)


def test_what_age_explains_is_taken_away() -> None:
    people = np.array([[80.0, 20.0], [50.0, 50.0], [10.0, 190.0]])
    old = people[:, 1] / people.sum(axis=1)
    explained = 5.0 + 30.0 * old

    np.testing.assert_allclose(age_standardise(explained, people), 0.0, atol=1e-12)


def test_what_age_does_not_explain_stays_and_is_centred_by_adults() -> None:
    # ages alike everywhere: nothing to explain, so that only the weighted mean goes
    people = np.array([[75.0, 25.0], [150.0, 50.0], [15.0, 5.0]])
    values = np.array([4.0, 1.0, 20.0])

    standardised = age_standardise(values, people)

    # (100·4 + 200·1 + 20·20) / 320 = 3.125
    np.testing.assert_allclose(standardised, [0.875, -2.125, 16.875])


def test_units_are_ten_points_and_foreign_language_stops_at_65() -> None:
    people = np.full((3, 8), 10.0)
    background = {
        "basic_only_pct": np.array([20.0, 30.0, 40.0]),
        "foreign_language_pct": np.array([0.0, 5.0, 10.0]),
        "at_risk_of_poverty_pct": np.array([10.0, NAN, 16.0]),
    }
    rural = np.array([0.0, 1.0, 0.5])

    z = covariates(people, background, rural, np.zeros(3, dtype=np.intp))

    np.testing.assert_allclose(z["effect_basic_education"][:, 7], [-1.0, 0.0, 1.0], atol=1e-12)
    np.testing.assert_allclose(z["effect_foreign_language"][:, 4], [-0.5, 0.0, 0.5], atol=1e-12)
    np.testing.assert_array_equal(z["effect_foreign_language"][:, 5:], 0.0)
    np.testing.assert_allclose(z["effect_poverty"][:, 0], [-0.3, 0.0, 0.3], atol=1e-12)
    np.testing.assert_allclose(z["effect_rural"][:, 3], [-0.5, 0.5, 0.0], atol=1e-12)


def test_shipped_covariates_are_centred_and_uncorrelated_with_age() -> None:
    facts = worlds.engine().facts
    adults = facts.people.sum(axis=1)
    shares = facts.people / adults[:, None]

    for name, z in facts.covariates.items():
        assert z.shape == (308, 8), name
        young = z[:, 0]
        assert abs(adults @ young) / adults.sum() < 1e-10, name
        for age in range(8):
            assert abs((adults * young) @ shares[:, age]) / adults.sum() < 1e-10, name
        assert young.std() > 0.05, name


@pytest.mark.parametrize("effect", ["effect_rural", "effect_basic_education"])
def test_all_bands_share_a_covariate_but_foreign_language(effect: str) -> None:
    z = worlds.engine().facts.covariates[effect]

    np.testing.assert_array_equal(z, np.repeat(z[:, :1], 8, axis=1))
