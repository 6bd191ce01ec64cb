"""The view cut into half years and into runs of short weeks."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from planner.scenario import Answers
from tests.unit.answer.test_ask import DATE, DEFAULT, ENGINE, TODAY, ask, drawn, quantiles


def test_seasons_cut_the_view_without_gap_or_overlap() -> None:
    found = ask()

    assert found.seasons[0].first == found.mondays[0]
    assert found.seasons[-1].last == found.mondays[-1] + dt.timedelta(days=6)
    for one, following in zip(found.seasons, found.seasons[1:], strict=False):
        assert following.first == one.last + dt.timedelta(days=1)
    turns = [season.last for season in found.seasons[:-1]]
    assert turns == [DATE(2025, 12, 28), DATE(2026, 6, 28), DATE(2027, 1, 3)]


@pytest.mark.parametrize("code", ["295", "249"])
def test_seasons_are_quantiles_of_summed_draws(code: str) -> None:
    draws = drawn(code)
    each = ENGINE.worlds(DEFAULT, TODAY).p["contacts_per_helped"][:, 0]
    for season in ask(code).seasons:
        span = ENGINE.forecast(DEFAULT, TODAY).span
        weeks = slice(span.index(season.first), span.index(season.last) + 1)

        visits = draws.contacts[:, weeks].sum(axis=1, dtype=np.float64)

        assert list(vars(season.contacts).values()) == pytest.approx(quantiles(visits))
        assert list(vars(season.people).values()) == pytest.approx(quantiles(visits / each))
        needed = draws.needed[:, weeks].sum(axis=1, dtype=np.float64)
        assert list(vars(season.needed).values()) == pytest.approx(quantiles(needed))


def test_seasons_speak_in_whole_people_that_cover_the_interval() -> None:
    for season in ask("295").seasons:
        assert isinstance(season.people_low, int)
        assert isinstance(season.people_high, int)
        assert season.people.low - 1 < season.people_low <= season.people.low
        assert season.people.high <= season.people_high < season.people.high + 1


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("249", Answers(3.0, 1)),
        ("181", None),  # Jämijärvi, where a single week parts two runs
    ],
)
def test_short_spans_are_the_runs_of_short_weeks(code: str, given: Answers | None) -> None:
    found = ask(code, given)

    weeks = [found.mondays[week] for week in np.flatnonzero(found.short.middle > 0.05)]
    covered = [
        span.first + dt.timedelta(weeks=week)
        for span in found.short_spans
        for week in range((span.last - span.first).days // 7 + 1)
    ]
    assert covered == weeks
    assert found.weeks_short == len(weeks) > 0
    assert sum(span.total for span in found.short_spans) == pytest.approx(
        found.short.middle[found.short.middle > 0.05].sum()
    )
    assert max(span.most for span in found.short_spans) == found.short.middle.max()
