"""National figures: sums to the last digit, classes, intervals of summed draws, ranks."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from planner.errors import PlannerError
from planner.model.ensemble import MEASURES
from planner.national import ALAND, LEVELS, aggregates, class_groups
from planner.scenario import default_scenario
from tests import worlds

ENGINE = worlds.engine()
DEFAULT = default_scenario(ENGINE.assumptions)
TODAY, DRAWS = dt.date(2026, 5, 1), 60
FOUND = aggregates(ENGINE, DEFAULT, TODAY, DRAWS)
TOTALS = {level: FOUND.totals(level) for level in LEVELS}


def tenths(values: object) -> int:
    """A sum of figures with one decimal, in tenths."""
    return int(np.rint(np.asarray(values, dtype=float) * 10).sum())


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("measure", MEASURES)
def test_every_level_sums_to_the_country(level: str, measure: str) -> None:
    for kind in ("central", "mean"):
        column = f"{measure}_{kind}"
        assert tenths(TOTALS[level][column]) == tenths(TOTALS["country"][column])
    assert TOTALS[level]["municipalities"].sum() == 308


@pytest.mark.parametrize("level", ["region", "size_class", "municipality"])
def test_every_week_sums_to_the_country(level: str) -> None:
    for measure in MEASURES:
        column = f"{measure}_central"
        weeks = FOUND.weekly(level).groupby("week")[column].apply(tenths)
        country = FOUND.weekly("country").groupby("week")[column].apply(tenths)
        assert (weeks == country).all()


@pytest.mark.parametrize("level", [level for level in LEVELS if level != "municipality"])
def test_aland_is_a_row_of_its_own(level: str) -> None:
    codes = {"region": "21", "wellbeing_county": "91"}
    if level == "country":
        assert FOUND.codes(level) == ("FI",)
        return
    row = TOTALS[level].set_index("area_code").loc[codes.get(level, ALAND)]
    assert row["municipalities"] == 16
    assert (
        row["contacts_mean"] == TOTALS["aland"].set_index("area_code").loc[ALAND, "contacts_mean"]
    )


def test_intervals_are_those_of_summed_draws() -> None:
    group = class_groups(ENGINE.snapshot)["size_class"]
    totals = FOUND.drawn.totals["contacts"]
    for at in range(len(group.codes)):
        summed = totals[:, group.index == at].sum(axis=1, dtype=np.float64)
        row = TOTALS["size_class"].iloc[at]
        expected = np.quantile(summed, [0.1, 0.5, 0.9])
        assert [row[f"contacts_p{percent}"] for percent in (10, 50, 90)] == pytest.approx(
            expected, abs=0.051
        )
    # weekly quantiles of the two ensembles are of the same draws
    both = [FOUND.classes.areas["aland"], FOUND.drawn.areas["region"]]
    at = ENGINE.snapshot.groups["region"].codes.index("21")
    assert (both[0]["hours"][:, 1] == both[1]["hours"][:, at]).all()


def test_size_classes_are_the_surveys() -> None:
    people = ENGINE.snapshot.people.sum(axis=1) + ENGINE.snapshot.minors
    group = class_groups(ENGINE.snapshot)["size_class"]
    of = {code: group.codes[group.index[ENGINE.snapshot.index(code)]] for code in ("091", "249")}

    assert of == {"091": "100000_over", "249": "5000_14999"}
    for code, low, high in (("under_5000", 0, 5000), ("15000_39999", 15000, 40000)):
        inside = people[group.index == group.codes.index(code)]
        assert (inside >= low).all()
        assert (inside < high).all()


def test_ranks_begin_where_most_is_short() -> None:
    frame = TOTALS["region"].sort_values("rank")

    assert frame["rank"].iloc[0] == 1
    assert frame["short_per_1000"].is_monotonic_decreasing


def test_an_unknown_level_is_named() -> None:
    with pytest.raises(PlannerError, match="planet"):
        FOUND.totals("planet")
