"""The central path taken apart adds up to the whole."""

from __future__ import annotations

import numpy as np
import pytest

from planner.assumptions import CHANNELS, TOPICS
from planner.model import splits
from planner.model.demand import SOURCES
from planner.model.forecast import Forecast, forecast
from planner.model.weeks import horizon
from tests import worlds

SPAN = horizon(worlds.START, worlds.TARGET, worlds.TODAY)
P = worlds.central()


@pytest.fixture(scope="module")
def result() -> Forecast:
    """Five places; the first draw is the central path, a second one must not leak into it."""
    p = worlds.stacked(P, worlds.central(need=0.5, log_ins=3.0))
    return forecast(p, SPAN, worlds.facts(), worlds.stated(SPAN, 200_000.0, 280_000.0))


PLACES = [np.array([1]), np.array([0, 3, 4])]


@pytest.mark.parametrize("places", PLACES)
def test_sources_add_up_to_contacts(result: Forecast, places: np.ndarray) -> None:
    table = splits.by_source(result, places)

    assert table.shape == (len(SOURCES), SPAN.count)
    np.testing.assert_allclose(table.sum(axis=0), result.contacts[0, places].sum(axis=0))
    assert (table.sum(axis=1) > 0).all()
    np.testing.assert_array_equal(table[1:, :7][[0, 2]], 0.0)  # no activation before the start


@pytest.mark.parametrize("places", PLACES)
def test_ages_add_up_to_contacts(result: Forecast, places: np.ndarray) -> None:
    table = splits.by_age(result, places)

    assert table.shape == (8, SPAN.count)
    np.testing.assert_allclose(table.sum(axis=0), result.contacts[0, places].sum(axis=0))
    by_age = sum(result.demand.contacts_by_age(source) for source in SOURCES)
    assert isinstance(by_age, np.ndarray)
    np.testing.assert_allclose(table, by_age[0, places].sum(axis=0)[:, : SPAN.count])


@pytest.mark.parametrize("places", PLACES)
def test_sources_hours_and_baseline_add_up_to_the_hours_needed(
    result: Forecast, places: np.ndarray
) -> None:
    table = splits.needed_by_source(P, result, places)

    baseline = result.capacity.baseline[0, places].sum(axis=0)
    np.testing.assert_allclose(
        table.sum(axis=0) + baseline, result.needed[0, places].sum(axis=0), rtol=1e-12
    )


def test_a_source_that_is_off_is_a_row_of_zeros() -> None:
    settings = worlds.stated(SPAN, 200_000.0, 280_000.0, sources=("waves",))
    result = forecast(P, SPAN, worlds.facts(), settings)

    table = splits.by_source(result, np.arange(5))

    assert [bool(row.any()) for row in table] == [False, False, True, False]


def test_channels_are_the_ages_shares() -> None:
    ages = np.zeros((8, 2))
    ages[5, 0], ages[7, 1] = 100.0, 10.0  # 65–74 in one week, 85+ in another

    table = splits.by_channel(P, ages)

    assert CHANNELS == ("walk_in", "booked", "group", "outreach")
    np.testing.assert_allclose(table[:, 0], [55.0, 15.0, 20.0, 10.0])
    np.testing.assert_allclose(table[:, 1], [3.5, 1.5, 1.0, 4.0])


def test_topics_shift_over_the_phases_and_add_up(result: Forecast) -> None:
    contacts = result.contacts[0, 1]

    table = splits.by_topic(P, result, contacts)

    share = table / contacts
    np.testing.assert_allclose(table.sum(axis=0), contacts)
    changing, message = TOPICS.index("what_changes"), TOPICS.index("message")
    assert share[changing, 0] == pytest.approx(0.60)
    assert share[changing, SPAN.start_index] == pytest.approx(0.10)
    assert share[message, SPAN.target_index] == pytest.approx(0.27)
    assert share[message, SPAN.target_index + 1] == pytest.approx(0.34)


def test_topic_shares_are_made_to_sum_to_one() -> None:
    shares = splits.topic_shares(worlds.central(topics_before=0.5, topics_after=0.0))

    np.testing.assert_allclose(shares.sum(axis=1), 1.0)
    np.testing.assert_allclose(shares[[0, 3]], 1 / 8)
