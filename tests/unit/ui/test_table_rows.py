"""Tables beside the charts: figures with their ranges, and nothing said too exactly."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from planner.answer import Answer, answer
from planner.model.intervals import Interval
from planner.scenario import default_scenario
from planner.texts import catalogue
from planner.ui import rows, table_rows
from planner.ui.format import formats
from tests import worlds

ENGINE = worlds.engine()
FI, FMT = catalogue("fi"), formats("fi")
RANGE = re.compile(r"^[\d\xa0,]+–[\d\xa0,]+$")


def ask(code: str, seen_from: dt.date | None = None) -> Answer:
    scenario = default_scenario(ENGINE.assumptions)
    return answer(ENGINE, scenario, code, worlds.TODAY, seen_from, 200)


def figures(worked: float, years: float = 0.0) -> dict[str, Interval]:
    """What staffing says of so many hours, a third to three times as many being likely."""

    def around(value: float) -> Interval:
        return Interval(value / 3, value, value * 3)

    return {
        "worked": around(worked),
        "contract": around(worked / 0.75),
        "person_years": around(years or worked / 1500),
        "euros": around(worked * 40),
    }


@pytest.mark.parametrize("seen_from", [None, dt.date(2026, 9, 1)])
def test_the_weekly_table_has_a_row_for_each_week_with_ranges(seen_from: dt.date | None) -> None:
    found = ask("249", seen_from)

    heads, body = table_rows.week_table(found, FI, FMT)

    assert len(body) == found.view.stop - found.view.start
    assert all(len(row) == len(heads) for row in body)
    ranges = [i for i, head in enumerate(heads) if head.endswith("vaihteluväli")]
    assert len(ranges) == 3
    assert all(RANGE.match(row[i]) or row[i] == "–" for row in body for i in ranges)
    peak = body[found.peak - found.view.start]
    assert peak[2] == FMT.whole(found.contacts.middle[found.peak])
    assert peak[-1] == FMT.percent(found.p_copes[found.peak])


def test_tables_of_users_and_causes_have_all_weeks() -> None:
    found = ask("249")

    users, causes = (
        table(found, FI, FMT) for table in (table_rows.users_table, table_rows.causes_table)
    )

    for heads, body in (users, causes):
        assert len(body) == len(found.mondays)
        assert all(len(row) == len(heads) for row in body)


def test_the_half_year_table_speaks_of_whole_people() -> None:
    found = ask("766")

    heads, body = table_rows.season_table(found, FI, FMT)

    assert [row[1] for row in body] == [f"{s.people_low}–{s.people_high}" for s in found.seasons]
    assert all(len(row) == len(heads) for row in body)
    assert not any("," in row[1] for row in body)


def test_staffing_has_a_row_for_each_figure() -> None:
    heads, body = table_rows.staffing_table(figures(3000.0), FI, FMT)

    assert len(heads) == 3
    assert [row[0] for row in body] == [
        FI(f"staffing.{name}") for name in ("worked", "contract", "person_years", "euros")
    ]
    assert body[2][1:] == ["2", "0,7–6"]
    assert body[3][1] == "120\xa0000"


def test_few_hours_are_not_told_in_hundredths_of_a_person() -> None:
    _, body = table_rows.staffing_table(figures(30.0), FI, FMT)

    assert body[2] == [FI("staffing.person_years"), "alle 0,1", "0–0,1"]
    _, less = table_rows.staffing_table(figures(15.0), FI, FMT)
    assert FI("staffing.person_years") not in [row[0] for row in less]


def test_less_than_a_weeks_work_hires_nobody() -> None:
    assert table_rows.staffing_table(figures(13.0), FI, FMT)[1] == []


def test_the_past_is_veiled_up_to_this_week() -> None:
    found = ask("249")

    veil = rows.past(found)

    # 1 May 2026 is a Friday: its own week is not over
    assert veil.to_dict("records") == [{"week": "2025-11-17", "end": "2026-04-27"}]
    assert rows.past(ask("249", dt.date(2026, 6, 1))).empty


def test_charts_of_hours_show_the_band_of_every_week() -> None:
    found = ask("249")

    data = rows.hours(found, FI, FMT)

    assert len(data["band"]) == len(found.mondays)
    assert (data["band"]["low"] <= data["band"]["high"]).all()
    assert data["middle"]["value"].iloc[-1] == data["middle"]["value"].iloc[-2]
    assert len(data["short"]) == found.weeks_short
