"""The country's answer: headlines, scale, verdicts that tell places apart, classes of a map."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from planner.model.gap import VERDICTS
from planner.overview import Overview, areas, class_limits, classes, overview
from planner.scenario import default_scenario
from tests import worlds

DATE = dt.date
ENGINE = worlds.engine()
DEFAULT = default_scenario(ENGINE.assumptions)
TODAY = worlds.TODAY


DRAWS = 200


@pytest.fixture(scope="module")
def country() -> Overview:
    return overview(ENGINE, DEFAULT, TODAY, None, DRAWS)


def quantiles(draws: np.ndarray) -> list[float]:
    """P10, P50 and P90 of sums, [draw]."""
    return [float(value) for value in np.quantile(draws.astype(np.float64), [0.1, 0.5, 0.9])]


def test_headlines_are_quantiles_of_summed_draws(country: Overview) -> None:
    drawn = ENGINE.ensemble(DEFAULT, TODAY, None, DRAWS)

    for name in ("contacts", "hours", "short_hours"):
        summed = drawn.totals[name].sum(axis=1, dtype=np.float64)
        assert list(vars(getattr(country, name)).values()) == pytest.approx(quantiles(summed))
    year = ENGINE.sampled(DEFAULT, DRAWS, 1)["fte_hours"][:, 0]
    hours = drawn.totals["hours"].sum(axis=1, dtype=np.float64)
    assert list(vars(country.person_years).values()) == pytest.approx(quantiles(hours / year))
    assert country.new_by_target == pytest.approx(2_800_000, rel=1e-9)
    assert (country.draws, country.seed) == (200, 1)


def test_verdicts_are_counted_from_the_draws(country: Overview) -> None:
    rows = country.municipalities
    drawn = ENGINE.ensemble(DEFAULT, TODAY, None, DRAWS)

    assert len(rows) == len(country.verdicts) == 308
    assert country.verdicts == tuple(VERDICTS[i] for i in ENGINE.verdicts(drawn, country.view))
    for verdict in ("ready", "tight", "short"):
        assert getattr(country, verdict) == country.verdicts.count(verdict)
        assert getattr(country, verdict) == rows[verdict].sum()


def test_the_countrys_interval_is_narrower_than_the_sum_of_the_municipalities(
    country: Overview,
) -> None:
    """What places have by chance evens out; what all share doesn't."""
    rows = country.municipalities

    assert rows["contacts_p10"].sum() < country.contacts.low
    assert country.contacts.high < rows["contacts_p90"].sum()


def test_weekly_bands_are_the_countrys_quantiles(country: Overview) -> None:
    drawn = ENGINE.ensemble(DEFAULT, TODAY, None, DRAWS)

    band = country.weekly["contacts"]

    table = drawn.areas["country"]["contacts"][:, 0]
    np.testing.assert_array_equal([band.low, band.middle, band.high], table[[0, 1, 3]])


@pytest.mark.parametrize("level", ["region", "country"])
def test_areas_have_quantiles_of_summed_draws(country: Overview, level: str) -> None:
    drawn = ENGINE.ensemble(DEFAULT, TODAY, None, DRAWS)
    group = ENGINE.snapshot.groups[level]

    found = areas(ENGINE, country, level)

    for name in ("contacts", "hours", "short_hours"):
        for area in range(len(group.codes)):
            inside = drawn.totals[name][:, group.index == area]
            expected = quantiles(inside.sum(axis=1, dtype=np.float64))
            row = found.iloc[area][[f"{name}_p{p}" for p in (10, 50, 90)]]
            np.testing.assert_allclose(row.to_numpy(dtype=float), expected, rtol=1e-9)
    assert found["short"].sum() == country.short


def test_peak_is_the_countrys_busiest_week_of_the_view(country: Overview) -> None:
    weekly = country.weekly["contacts"].middle

    late = overview(ENGINE, DEFAULT, TODAY, DATE(2026, 9, 1), DRAWS)

    assert country.peak_contacts.middle == pytest.approx(weekly.max())
    assert country.peak == country.span.day(int(weekly.argmax()))
    assert late.peak >= DATE(2026, 8, 31)
    assert late.peak_contacts.middle < country.peak_contacts.middle


def test_staffing_covers_the_countrys_hours_short(country: Overview) -> None:
    staff = country.staffing

    assert staff["worked"] == country.short_hours
    assert staff["euros"].middle == pytest.approx(40 * staff["worked"].middle, rel=0.08)
    assert (
        staff["person_years"].low < country.short_hours.middle / 1500 < staff["person_years"].high
    )


def test_scale_stands_beside_national_totals_and_speaks_of_the_whole_rollout(
    country: Overview,
) -> None:
    late = overview(ENGINE, DEFAULT, TODAY, DATE(2026, 11, 24), DRAWS)

    assert country.scale.library_person_years == pytest.approx(3810.54)
    assert country.scale.association_sessions == 19_800
    assert country.scale.contacts == pytest.approx(country.contacts.middle)
    assert country.scale.person_years == pytest.approx(country.person_years.middle)
    assert late.scale == country.scale
    # a sound size: some weeks of every library's work, several times what associations do now
    assert 19_800 < country.scale.contacts < 500_000
    assert 0.001 < country.scale.person_years / country.scale.library_person_years < 0.05


def test_target_check_of_the_country(country: Overview) -> None:
    np.testing.assert_allclose(country.target.share[5:], [0.92, 0.73, 0.40], atol=0.006)
    assert country.target.assisted == pytest.approx(60_000, rel=0.02)
    assert country.target.people.sum() == pytest.approx(ENGINE.adults)


# --- the verdicts tell places apart ---


STARTS = [None, DATE(2025, 4, 1), DATE(2027, 1, 3), DATE(2028, 10, 2)]


@pytest.mark.parametrize("start", STARTS)
def test_no_verdict_holds_for_more_than_three_quarters(start: dt.date | None) -> None:
    found = overview(ENGINE, default_scenario(ENGINE.assumptions, start), TODAY, None, DRAWS)

    shares = np.array([found.ready, found.tight, found.short]) / 308
    assert shares.max() <= 0.75
    # to be ready, eight draws in ten must cope in every single week: few places do
    assert shares.min() >= 0.05


@pytest.mark.parametrize("start", STARTS)
def test_on_the_central_path_every_verdict_holds_for_a_tenth(start: dt.date | None) -> None:
    result = ENGINE.forecast(default_scenario(ENGINE.assumptions, start), TODAY)

    shares = np.bincount(result.verdicts(result.span.view(None)), minlength=3) / 308
    assert shares.max() <= 0.75
    assert shares.min() >= 0.10


@pytest.mark.parametrize("seen_from", [DATE(2026, 11, 24), DATE(2026, 12, 31), DATE(2027, 6, 1)])
def test_seen_from_late_in_the_year_most_are_ready(seen_from: dt.date) -> None:
    found = overview(ENGINE, DEFAULT, TODAY, seen_from, DRAWS)

    assert found.ready > 0.75 * 308


# --- classes of the map ---


def test_class_limits_are_quintiles_in_two_digits() -> None:
    limits = class_limits(np.arange(101) * 123.4)

    np.testing.assert_allclose(limits, [2500, 4900, 7400, 9900])


def test_class_limits_of_small_equal_and_unknown_values() -> None:
    assert class_limits(np.array([np.nan, np.nan])).size == 0
    np.testing.assert_array_equal(class_limits(np.zeros(10)), [0.0])
    np.testing.assert_allclose(class_limits(np.array([np.nan, 0.0123, 0.0123])), [0.012])


def test_classes_put_a_limit_into_the_class_above_and_unknown_apart() -> None:
    limits = np.array([1.0, 2.0])

    found = classes(np.array([0.0, 1.0, 1.5, 2.0, 99.0, np.nan]), limits)

    np.testing.assert_array_equal(found, [0, 1, 1, 2, 2, -1])


@pytest.mark.parametrize(
    "measure", ["short_per_1000", "contacts_per_1000", "new_users", "share_of_staffed"]
)
def test_shipped_measures_fall_into_classes_of_about_one_size(
    country: Overview, measure: str
) -> None:
    values = country.municipalities[measure].to_numpy(dtype=float)

    found = classes(values, class_limits(values))

    counts = np.bincount(found[found >= 0])
    assert counts.size >= 3
    assert counts.max() <= 0.6 * 308
    assert (found == -1).sum() == np.isnan(values).sum()
