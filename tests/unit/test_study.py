"""A small study: learning closes a good part of the distance in worlds unlike each other."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from planner.model.ensemble import QUANTILES
from tests import worlds
from tests.study import report
from tests.study.__main__ import PLAN
from tests.study.trial import FORECAST_SEED, Trial, prepared, repeated, trial

DRAWS = 150


@cache
def trials() -> tuple[Trial, ...]:
    bench = prepared(worlds.engine(), DRAWS)
    kinds = ("well", "outage", "triple")
    return tuple(trial(bench, kind, 2_000_000 + n) for n, kind in enumerate(kinds))


def test_the_plan_has_twenty_worlds_half_of_them_unlike_the_model() -> None:
    assert len(PLAN) == 20
    assert PLAN.count("well") == 10
    assert all(PLAN.count(kind) == 2 for kind in set(PLAN) - {"well"})


def test_learning_closes_half_of_the_distance_and_does_no_harm() -> None:
    assert report.closed(trials()) > 0.5
    assert max(one.ratio for one in trials()) < 1.05
    assert report.wape(trials(), "update") < report.wape(trials(), "repeat4")


def test_intervals_hold_about_what_they_say() -> None:
    assert 0.74 < report.coverage(trials()) < 0.88
    assert report.pit_distance(trials()) < 0.1


def test_the_study_judges_the_ensembles_own_quantiles() -> None:
    bench = prepared(worlds.engine(), 20)
    drawn = bench.engine.ensemble(bench.scenario, bench.today, None, 20, FORECAST_SEED)

    middle = np.quantile(bench.prior, 0.5, axis=-1)

    row = drawn.places["contacts"][QUANTILES.index(0.5)]
    np.testing.assert_allclose(row[:, bench.ahead], middle, rtol=1e-6)


def test_where_no_log_is_kept_the_others_rate_is_repeated() -> None:
    log = np.array([[9.0, 1, 2, 3, 2], [np.nan] * 5])

    np.testing.assert_allclose(repeated(log, np.array([100.0, 400.0])), [2, 8])


def test_a_check_that_fails_says_so() -> None:
    assert report.Check("coverage", 0.8, 0.76, 0.85).ok
    assert not report.Check("coverage", 0.86, 0.76, 0.85).ok


def test_the_table_goes_between_its_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("a\n<!-- study -->\nold\n<!-- /study -->\nz\n", encoding="utf-8")
    monkeypatch.setattr(report, "README", readme)

    report.into_readme(report.table(trials(), DRAWS))

    text = readme.read_text(encoding="utf-8")
    assert "old" not in text
    assert text.startswith("a\n<!-- study -->\n| worlds |")
    assert text.endswith("<!-- /study -->\nz\n")
    readme.write_text("nothing here", encoding="utf-8")
    with pytest.raises(ValueError, match="no <!-- study -->"):
        report.into_readme("table")
