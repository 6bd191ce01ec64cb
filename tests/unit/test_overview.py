"""The country's answer: headlines, scale, verdicts that tell places apart, classes of a map."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from planner.overview import Overview, class_limits, classes, overview
from planner.scenario import default_scenario
from tests import worlds

DATE = dt.date
ENGINE = worlds.engine()
DEFAULT = default_scenario(ENGINE.assumptions)
TODAY = worlds.TODAY


@pytest.fixture(scope="module")
def country() -> Overview:
    return overview(ENGINE, DEFAULT, TODAY)


def test_headlines_are_sums_of_the_municipalities(country: Overview) -> None:
    rows = country.municipalities

    assert country.new_by_target == pytest.approx(2_800_000, rel=1e-9)
    assert country.contacts == pytest.approx(rows["contacts"].sum())
    assert country.hours == pytest.approx(rows["hours"].sum())
    assert country.short_hours == pytest.approx(rows["short_hours"].sum())
    assert country.person_years == pytest.approx(country.hours / 1500)
    assert len(rows) == len(country.verdicts) == 308
    for verdict in ("ready", "tight", "short"):
        assert getattr(country, verdict) == country.verdicts.count(verdict)
        assert getattr(country, verdict) == rows[verdict].sum()


def test_peak_is_the_countrys_busiest_week_of_the_view(country: Overview) -> None:
    weekly = ENGINE.forecast(DEFAULT, TODAY).contacts[0].sum(axis=0)

    late = overview(ENGINE, DEFAULT, TODAY, DATE(2026, 9, 1))

    assert country.peak_contacts == pytest.approx(weekly.max())
    assert country.peak == country.span.day(int(weekly.argmax()))
    assert late.peak >= DATE(2026, 8, 31)
    assert late.peak_contacts < country.peak_contacts


def test_scale_stands_beside_national_totals_and_speaks_of_the_whole_rollout(
    country: Overview,
) -> None:
    late = overview(ENGINE, DEFAULT, TODAY, DATE(2026, 11, 24))

    assert country.scale.library_person_years == pytest.approx(3810.54)
    assert country.scale.association_sessions == 19_800
    assert country.scale.contacts == pytest.approx(country.contacts)
    assert late.scale == replace(
        country.scale,
        contacts=late.scale.contacts,
        hours=late.scale.hours,
        person_years=late.scale.person_years,
    )
    assert late.scale.contacts == pytest.approx(country.scale.contacts, rel=1e-9)
    # a sound size: some weeks of every library's work, several times what associations do now
    assert 19_800 < country.scale.contacts < 500_000
    assert 0.001 < country.scale.person_years / country.scale.library_person_years < 0.05


def test_target_check_of_the_country(country: Overview) -> None:
    np.testing.assert_allclose(country.target.share[5:], [0.92, 0.73, 0.40], atol=0.006)
    assert country.target.assisted == pytest.approx(60_000, rel=0.02)
    assert country.target.people.sum() == pytest.approx(ENGINE.adults)


# --- the verdicts tell places apart ---


@pytest.mark.parametrize("start", [None, DATE(2025, 4, 1), DATE(2027, 1, 3), DATE(2028, 10, 2)])
def test_no_verdict_holds_for_more_than_three_quarters(start: dt.date | None) -> None:
    found = overview(ENGINE, default_scenario(ENGINE.assumptions, start), TODAY)

    shares = np.array([found.ready, found.tight, found.short]) / 308
    assert shares.max() <= 0.75
    assert shares.min() >= 0.10


@pytest.mark.parametrize("seen_from", [DATE(2026, 11, 24), DATE(2026, 12, 31), DATE(2027, 6, 1)])
def test_seen_from_late_in_the_year_most_are_ready(seen_from: dt.date) -> None:
    found = overview(ENGINE, DEFAULT, TODAY, seen_from)

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
