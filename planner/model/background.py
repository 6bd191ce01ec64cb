"""What is known of a municipality beside its ages: covariates, age-standardised and centred."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

UNDER_65 = 5  # number of adult age bands below 65
PER_TEN_POINTS = 10.0


def fill_missing(values: Floats, region: NDArray[np.intp], weight: Floats) -> Floats:
    """`values` with NaN replaced by the region's weighted mean (the country's where none)."""
    known = np.isfinite(values)
    total = np.bincount(region[known], weight[known], minlength=int(region.max()) + 1)
    summed = np.bincount(region[known], (values * weight)[known], minlength=total.size)
    country = summed.sum() / total.sum()
    mean = np.where(total > 0, summed / np.where(total > 0, total, 1.0), country)
    return np.where(known, values, mean[region])


def age_standardise(values: Floats, people: Floats) -> Floats:
    """The part of `values` [municipality] that age structure doesn't explain, centred by adults.

    Residual of the weighted least-squares fit on the shares of the adult age bands (they sum to 1
    and so include the constant); weights are adults, so the weighted mean of the result is 0.
    """
    adults = people.sum(axis=1)
    shares = people / adults[:, None]
    root = np.sqrt(adults)
    fit, *_ = np.linalg.lstsq(shares * root[:, None], values * root, rcond=None)
    return np.asarray(values - shares @ fit)


def covariates(
    people: Floats, background: Mapping[str, Floats], rural: Floats, region: NDArray[np.intp]
) -> dict[str, Floats]:
    """Covariates of logit(need): assumption id → float64 [municipality, age], in the effect's unit.

    Education, foreign language and poverty count per 10 percentage points, rural class as 0, 0.5
    or 1; foreign language acts on the bands under 65 alone.
    """
    adults = people.sum(axis=1)
    names = {
        "effect_basic_education": "basic_only_pct",
        "effect_foreign_language": "foreign_language_pct",
        "effect_poverty": "at_risk_of_poverty_pct",
    }
    ages = people.shape[1]
    result: dict[str, Floats] = {}
    for effect, column in names.items():
        filled = fill_missing(background[column], region, adults) / PER_TEN_POINTS
        result[effect] = np.repeat(age_standardise(filled, people)[:, None], ages, axis=1)
    result["effect_foreign_language"][:, UNDER_65:] = 0.0
    result["effect_rural"] = np.repeat(age_standardise(rural, people)[:, None], ages, axis=1)
    return result
