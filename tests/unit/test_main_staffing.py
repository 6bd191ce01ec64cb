"""The command `staffing`: its columns, and the same figures as everywhere else."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.__main__ import main
from planner.scenario import default_scenario
from planner.staffing import OPTIONS, options_frame, staffing, weekly_frame
from planner.tables import as_csv
from planner.texts import LANGUAGES
from tests import worlds

KEURUU = ("--municipality", "249", "--today", "2026-05-01")
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
Capture = pytest.CaptureFixture[str]


def written(capsys: Capture, *arguments: str) -> pd.DataFrame:
    """What a command that must work writes to standard output."""
    code = main(["staffing", *arguments])
    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    return pd.read_csv(io.StringIO(out))


def test_weekly_columns_follow_from_the_hours_missing(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "s.csv"

    code = main(["staffing", *KEURUU, "--out", str(file)])

    assert (code, *capsys.readouterr()) == (0, "", "")
    found = pd.read_csv(file)
    assert list(found.columns) == COLUMNS
    p = worlds.engine().assumptions.central()
    week = p["fte_hours"][0, 0] / 52
    np.testing.assert_allclose(found["fte_short"], found["short_hours_p50"] / week, rtol=1e-9)
    price = p["cost"][0, 0]
    np.testing.assert_allclose(found["euros"], found["short_hours_p50"] * price, rtol=1e-9)
    assert found["euros"].max() > 0


def test_hours_missing_are_those_of_the_forecast(capsys: Capture) -> None:
    found = written(capsys, *KEURUU, "--draws", "300", "--seed", "7")
    main(["forecast", *KEURUU, "--draws", "300", "--seed", "7"])
    forecast = pd.read_csv(io.StringIO(capsys.readouterr().out))

    for name in ("short_hours_p50", "p_copes"):
        np.testing.assert_array_equal(found[name], forecast[name])
    assert found["week"].tolist() == forecast["week"].tolist()


def test_the_options_are_the_plans(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "o.csv"
    arguments = ("--copes", "0,9", "--without", "volunteers, peers", "--hours", "4,5")

    weeks = written(capsys, *KEURUU, *arguments, "--options", str(file))

    engine = worlds.engine()
    from planner.scenario import Answers

    scenario = default_scenario(engine.assumptions).with_answers("249", Answers(4.5))
    found = staffing(
        engine,
        scenario,
        "249",
        dt.date(2026, 5, 1),
        level=0.9,
        left_out=("volunteers", "peers"),
    )
    assert file.read_text(encoding="utf-8") == as_csv(options_frame(found))
    read = pd.read_csv(file)
    assert list(read.columns) == list(OPTIONS)
    pd.testing.assert_frame_equal(weeks, pd.read_csv(io.StringIO(as_csv(weekly_frame(found)))))


def test_a_view_and_a_language(capsys: Capture) -> None:
    for lang in LANGUAGES:
        found = written(capsys, *KEURUU, "--from", "3.6.2026", "--draws", "50", "--lang", lang)
        assert found["week"].iloc[0] == "2026-06-01"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--municipality"),
        (("--municipality", "Keurru"), "Keuruu"),
        ((*KEURUU, "--copes", "80"), "0.8"),
        ((*KEURUU, "--copes", "many"), "many"),
        ((*KEURUU, "--without", "robots"), "robots"),
        ((*KEURUU, "--out", "/no/such/folder/s.csv"), "/no/such/folder"),
        ((*KEURUU, "--options", "/no/such/folder/o.csv"), "/no/such/folder"),
        ((*KEURUU, "--draws", "1"), "draws"),
        ((*KEURUU, "--by", "region"), "--by"),
    ],
)
def test_a_mistake_is_one_line(arguments: tuple[str, ...], said: str, capsys: Capture) -> None:
    code = main(["staffing", *arguments])
    out, err = capsys.readouterr()

    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert said in err
