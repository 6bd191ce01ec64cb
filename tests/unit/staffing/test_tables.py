"""The plan as frames: columns, rows, and the figures they are made of."""

from __future__ import annotations

import datetime as dt
import io

import pandas as pd
import pytest

from planner.staffing import OPTIONS, WEEKLY, options_frame, weekly_frame
from planner.tables import as_csv
from tests.unit.staffing.test_staffing import AMID, BEFORE, answered, ask

COLUMNS = [
    "week",
    "needed_hours_p50",
    "needed_hours_p80",
    "capacity_hours",
    "short_hours_p50",
    "p_copes",
    "fte_short",
    "euros",
]


def test_weekly_columns() -> None:
    found = ask("249", BEFORE)
    frame = weekly_frame(found)

    assert list(frame.columns) == COLUMNS == list(WEEKLY)
    assert frame["week"].tolist() == [day.isoformat() for day in found.weeks.mondays]
    assert (frame["p_copes"].between(0, 1)).all()
    assert (frame[["fte_short", "euros"]] >= 0).all(axis=None)


def test_options_side_by_side() -> None:
    found = ask("249", BEFORE)
    frame = options_frame(found).set_index("option")

    assert list(options_frame(found).columns) == list(OPTIONS)
    assert frame.index.tolist() == ["none", *(each.id for each in found.options), "mix"]
    assert frame.loc["none", "enough"] == "no"
    assert frame.loc["mix", "enough"] == "yes"
    assert frame.loc["mix", "mix_euros"] == pytest.approx(frame["mix_euros"].iloc[1:-1].sum())
    assert frame.loc["mix", "euros"] == frame.loc["mix", "mix_euros"]
    assert frame["unit"].eq("week").all()
    desk = frame.loc["desk"]
    weeks = dt.date.fromisoformat(desk["last_week"]) - dt.date.fromisoformat(desk["first_week"])
    held = weeks.days // 7 + 1
    price = desk["euros_per_hour"] * desk["hours"] * held + desk["setup_euros"]
    assert desk["euros"] == pytest.approx(price)
    assert desk["hours"] == desk["units"] * desk["paid_hours"]


def test_a_village_and_a_place_that_needs_nothing() -> None:
    village, enough = (
        options_frame(ask("295", BEFORE)),
        options_frame(ask("249", scenario=answered("249", 60.0))),
    )

    assert village["unit"].eq("hour").all()
    assert enough.set_index("option").loc["mix", "euros"] == 0
    assert enough.set_index("option").loc["none", "enough"] == "yes"


def test_where_no_mix_is_enough_there_is_no_row_for_it() -> None:
    found = ask("249", AMID, AMID, answered("249", 0.0), left_out=("desk", "regional", "peers"))
    assert "mix" not in options_frame(found)["option"].tolist()


def test_csv_comes_back() -> None:
    frame = options_frame(ask("249", BEFORE))
    read = pd.read_csv(io.StringIO(as_csv(frame)))

    assert list(read.columns) == list(OPTIONS)
    assert read["units"].dropna().mod(1).eq(0).all()
