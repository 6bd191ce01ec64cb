"""The forecast that has learned: the same columns, central figures that agree with its draws."""

from __future__ import annotations

import datetime as dt
from functools import cache

import numpy as np
import pytest

from planner import learned, tables
from planner.learned import Lesson
from planner.learned.after import mean_contacts
from planner.model.worlds import expected_contacts
from planner.scenario import default_scenario
from tests import worlds

ENGINE = worlds.engine()
SCENARIO = default_scenario(ENGINE.assumptions)
TODAY = dt.date(2026, 4, 1)
AS_OF = dt.date(2026, 3, 2)
DRAWS = 120


@cache
def lesson(rows: bool = True) -> Lesson:
    log = learned.demonstration(ENGINE, SCENARIO, TODAY) if rows else []
    return learned.learn(ENGINE, SCENARIO, TODAY, log, [], AS_OF, DRAWS, 1)


def test_without_a_lesson_the_frame_is_the_forecasts() -> None:
    path = ENGINE.forecast(SCENARIO, TODAY)
    drawn = ENGINE.ensemble(SCENARIO, TODAY, None, DRAWS, 1)

    frame = learned.after_frame(ENGINE, SCENARIO, TODAY, lesson(False))

    usual = tables.weekly(ENGINE.snapshot, path, "municipality", "fi", drawn=drawn)
    assert frame.equals(usual)


def test_contacts_are_the_mean_of_the_draws() -> None:
    taught = lesson().learned
    world = ENGINE.worlds(SCENARIO, TODAY, None, DRAWS, 1, taught)
    assert taught is not None
    places = np.array([0, 90, 307])
    each = expected_contacts(world, places, slice(None)).astype(np.float64)
    each *= (taught.shape / taught.rate)[:, places, None] * taught.level[:, None, :]

    found = mean_contacts(world)

    np.testing.assert_allclose(found[places], each.mean(axis=0), rtol=1e-5)


def test_the_frame_agrees_with_itself() -> None:
    before = ENGINE.forecast(SCENARIO, TODAY)

    after = learned.updated(ENGINE, SCENARIO, TODAY, lesson())
    frame = learned.after_frame(ENGINE, SCENARIO, TODAY, lesson(), "country")

    some = before.contacts > 0
    np.testing.assert_allclose(
        (after.hours / after.contacts)[some], (before.hours / before.contacts)[some], rtol=1e-9
    )
    by_target = after.new_users[0, :, : before.span.target_index + 1].sum()
    assert by_target == pytest.approx(SCENARIO.new_users, rel=1e-5)
    middle = frame["contacts_p50"].to_numpy()[8:40]
    np.testing.assert_allclose(frame["contacts"].to_numpy()[8:40], middle, rtol=0.1)
    assert (after.short_hours >= 0).all()
    assert (after.backlog_contacts >= 0).all()


def test_more_contacts_than_expected_need_more_hours() -> None:
    before = ENGINE.forecast(SCENARIO, TODAY)

    after = learned.updated(ENGINE, SCENARIO, TODAY, lesson())

    ahead = slice(before.span.index(AS_OF), before.span.index(AS_OF) + 8)
    assert lesson().factor[1] > 1.1
    for name in ("contacts", "hours", "short_hours"):
        assert getattr(after, name)[..., ahead].sum() > getattr(before, name)[..., ahead].sum()


def test_regions_add_up_to_the_country() -> None:
    frames = [
        learned.after_frame(ENGINE, SCENARIO, TODAY, lesson(), level)
        for level in ("region", "country")
    ]

    regions = frames[0].groupby("week")["contacts"].sum()
    np.testing.assert_allclose(regions, frames[1].set_index("week")["contacts"], rtol=1e-9)
    assert list(frames[0].columns) == list(frames[1].columns)


def test_draws_without_a_lesson_have_no_mean_after_it() -> None:
    with pytest.raises(ValueError, match="not learned"):
        mean_contacts(ENGINE.worlds(SCENARIO, TODAY, None, DRAWS, 1))
