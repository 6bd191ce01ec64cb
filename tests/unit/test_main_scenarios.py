"""Scenario files on the command line, and what its options change in them."""

from __future__ import annotations

import datetime as dt
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import pytest

from planner.command_line.scenarios import scenario_of
from planner.errors import PlannerError
from planner.scenario import Scenario, default_scenario, to_link
from planner.ui.choices import chosen
from planner.ui.state import State
from tests import worlds

ENGINE = worlds.engine()
DEFAULT = default_scenario(ENGINE.assumptions)
SHORT = replace(DEFAULT, target_date=DEFAULT.start + dt.timedelta(days=100))


def stated(file: Path, **said: object) -> Scenario:
    """The scenario of a file and of options that lie on top of it."""
    names = ("start", "target_date", "existing", "target", "hours", "people", "until")
    options = Namespace(**{**dict.fromkeys((*names, "municipality")), "scenario": file, **said})
    return scenario_of(ENGINE, options)[0]


def test_a_start_moves_the_files_target_date_as_on_the_page(tmp_path: Path) -> None:
    file, start = tmp_path / "s.json", dt.date(2026, 2, 9)
    file.write_text(SHORT.to_json(), encoding="utf-8")

    found = stated(file, start=start)

    assert (found.start, found.target_date) == (start, start + dt.timedelta(days=100))
    page = State({"scenario": to_link(SHORT), "start": start.isoformat()})
    assert found == chosen(page, ENGINE, None).scenario
    later = dt.date(2026, 12, 1)
    assert stated(file, start=start, target_date=later).target_date == later


def test_a_start_at_the_end_of_the_calendar_is_told(tmp_path: Path) -> None:
    file = tmp_path / "s.json"
    file.write_text(SHORT.to_json(), encoding="utf-8")

    with pytest.raises(PlannerError) as caught:
        stated(file, start=dt.date(9999, 12, 1))

    assert caught.value.code == "error.start_range"
