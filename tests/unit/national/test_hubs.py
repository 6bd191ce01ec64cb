"""Hubs of the country, travel times, islands, a table of one's own, and neighbours that share."""

from __future__ import annotations

import datetime as dt
import io
import itertools

import numpy as np
import pytest

from planner.errors import PlannerError
from planner.national import (
    HUBBED,
    full_time_hours,
    hub_frame,
    plan_hubs,
    read_travel,
    sharing,
    travel_minutes,
)
from planner.scenario import default_scenario
from tests import worlds

ENGINE = worlds.engine()
SNAPSHOT = ENGINE.snapshot
DEFAULT = default_scenario(ENGINE.assumptions)
TODAY, DRAWS = dt.date(2026, 5, 1), 60
ISLANDS = [SNAPSHOT.index(name) for name in ("Hailuoto", "Kumlinge", "Kökar")]


def at(name: str) -> int:
    """A municipality's position."""
    return SNAPSHOT.index(name)


def test_travel_times_are_believable() -> None:
    minutes = travel_minutes(ENGINE)

    assert (minutes == minutes.T).all()
    assert (minutes.diagonal() == 0).all()
    assert 15 < minutes[at("Helsinki"), at("Espoo")] < 35
    assert (
        40 < minutes[at("Keuruu"), at("Jyväskylä")] < 95
    )  # an hour by car: the speed of the slower end is cautious
    assert minutes[at("Inari"), at("Utsjoki")] > 60
    for island in ISLANDS:
        assert np.isinf(np.delete(minutes[island], island)).all()


def test_thirty_hubs_within_an_hour() -> None:
    plan = plan_hubs(ENGINE, DEFAULT, TODAY, 30, draws=DRAWS)
    frame = hub_frame(plan).set_index("area_code")

    assert len(plan.places) == 30
    assert (frame.index.name, *frame.columns) == HUBBED
    assert plan.covered == pytest.approx(plan.bound)
    assert 0.9 * plan.total < plan.covered < plan.total
    assert frame.loc[frame["hub_code"] != "", "minutes"].max() <= 60
    away = frame[frame["hub_code"] == ""]
    assert away["minutes"].isna().all()
    assert (away["share_served"] == 0).all()
    for island in ISLANDS:
        assert frame.iloc[island]["hub_code"] in ("", SNAPSHOT.codes[island])
    # a hub lies in its own municipality, in the town rather than beside it
    assert all(frame.loc[code, "minutes"] == 0 for code in plan.places)


def test_fixed_and_forbidden_places_and_capacities() -> None:
    plan = plan_hubs(
        ENGINE, DEFAULT, TODAY, 5, 60.0, 20.0, ("Keuruu", "148"), ("Helsinki",), draws=DRAWS
    )

    assert {"249", "148"} <= set(plan.places)
    assert "091" not in plan.places
    assert plan.covered <= 5 * 20.0 + 1e-6
    assert ((plan.served >= 0) & (plan.served <= 1)).all()
    assert 50 < full_time_hours(ENGINE, DEFAULT) < 65


@pytest.mark.parametrize(
    ("asked", "code", "named"),
    [
        ({"count": 309}, "error.hubs.count", "308"),
        ({"count": -1}, "error.hubs.count", "-1"),
        ({"count": 3, "minutes": -5.0}, "error.hubs.minutes", "-5"),
        ({"count": 3, "fixed": ("249",), "forbidden": ("Keuruu",)}, "error.hubs.both", "Keuruu"),
        ({"count": 3, "fixed": ("Atlantis",)}, "error.unknown_municipality_near", "Atlantis"),
    ],
)
def test_what_cannot_be_is_named(asked: dict[str, object], code: str, named: str) -> None:
    with pytest.raises(PlannerError) as caught:
        plan_hubs(ENGINE, DEFAULT, TODAY, draws=DRAWS, **asked)  # type: ignore[arg-type]

    assert caught.value.code == code
    assert named in str(caught.value)


def travel_csv(change: dict[tuple[str, str], str] | None = None) -> bytes:
    """A whole table of 30 minutes everywhere, some cells changed, None-like "" for a hole."""
    out = io.StringIO()
    out.write("from,to,minutes\n")
    for pair in itertools.combinations(SNAPSHOT.codes, 2):
        value = (change or {}).get(pair, "30")
        if value != "left out":
            out.write(f"{pair[0]},{pair[1]},{value}\n")
    return out.getvalue().encode()


def test_a_table_of_ones_own_replaces_the_estimates() -> None:
    reading = read_travel(travel_csv({("005", "009"): "no"}), "t.csv", SNAPSHOT)

    assert reading.problems == ()
    table = reading.rows[0]
    assert np.isinf(table[0, 1])
    assert table[1, 5] == 30
    assert table[5, 1] == 30
    plan = plan_hubs(ENGINE, DEFAULT, TODAY, 1, table=table, draws=DRAWS)
    assert not plan.estimated
    assert plan.covered == pytest.approx(plan.total, rel=0.01)


@pytest.mark.parametrize(
    ("value", "code", "row"),
    [
        ("", "error.travel.no_minutes", 2),
        ("far", "error.travel.minutes", 2),
        ("-3", "error.travel.minutes", 2),
        ("9999", "error.travel.minutes", 2),
        ("left out", "error.travel.hole", None),
    ],
)
def test_a_faulty_table_names_its_row(value: str, code: str, row: int | None) -> None:
    reading = read_travel(travel_csv({("005", "009"): value}), "t.csv", SNAPSHOT)

    assert reading.rows == ()
    assert [(problem.row, problem.error.code) for problem in reading.problems] == [(row, code)]


def test_wrong_codes_and_columns_are_named() -> None:
    data = travel_csv().replace(b"005,010,30", b"999,010,30", 1)

    reading = read_travel(data, "t.csv", SNAPSHOT)

    assert [problem.row for problem in reading.problems] == [3]
    with pytest.raises(PlannerError, match=r"error.travel.columns"):
        read_travel(b"a,b,c\n1,2,3\n", "t.csv", SNAPSHOT)


def test_neighbours_save_no_more_than_they_lack() -> None:
    found = sharing(ENGINE, DEFAULT, TODAY, draws=DRAWS)

    assert found
    minutes = travel_minutes(ENGINE)
    for pair in found:
        assert all(
            0 <= saved <= short + 1e-6 for saved, short in zip(pair.saved, pair.short, strict=True)
        )
        assert pair.minutes == minutes[at(pair.codes[0]), at(pair.codes[1])] <= 45
        assert pair.covered[1] >= pair.covered[0]
    together = [pair.saved_together for pair in found]
    assert together == sorted(together, reverse=True)


def test_where_no_roads_are_near_nobody_shares() -> None:
    assert sharing(ENGINE, DEFAULT, TODAY, 0.0, DRAWS) == ()
