"""The commands `allocate` and `hubs`: what they write, and what they refuse."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest

from planner.__main__ import main
from planner.national import ALLOCATED, HUBBED, RULES

FEW = ("--draws", "40", "--today", "2026-01-05")
Capture = pytest.CaptureFixture[str]


def read(text: str) -> pd.DataFrame:
    """A table with its codes as text."""
    codes = {"area_code": str, "hub_code": str}
    return pd.read_csv(io.StringIO(text), dtype=codes, keep_default_na=False)


@pytest.mark.parametrize("rule", RULES)
def test_allocate_writes_a_row_for_every_area_and_week(rule: str, tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    code = main(["allocate", "--hours-per-week", "300", "--rule", rule, *FEW, "--out", str(target)])

    found = read(target.read_text(encoding="utf-8"))
    assert code == 0
    assert tuple(found.columns) == ALLOCATED
    assert found["area_code"].nunique() == 308
    assert len(found) == 308 * found["week"].nunique()
    assert (found["short_hours_after"] <= found["short_hours_before"]).all()
    sums = found.groupby("week")["extra_hours"].sum()
    assert (sums <= 300 + 1e-6).all()
    if rule == "equal-per-head":
        assert sums.round(6).eq(300).all()


def test_limits_and_the_comparison(capsys: Capture, tmp_path: Path) -> None:
    other = tmp_path / "rules.csv"
    limits = ("--at-least", "Keuruu=2,5", "--at-most", "091=10", "--at-most", "249=4")
    code = main(["allocate", "--hours-per-week", "300", *limits, *FEW, "--compare", str(other)])

    found = read(capsys.readouterr().out).groupby("area_code")["extra_hours"]
    assert code == 0
    assert found.min()["249"] >= 2.5
    assert found.max()["249"] <= 4
    assert found.max()["091"] <= 10
    assert pd.read_csv(other)["rule"].tolist() == list(RULES)


def test_an_odd_budget_is_told_with_its_reason(capsys: Capture) -> None:
    assert main(["allocate", "--hours-per-week", "0", *FEW, "--lang", "fi"]) == 0

    out, err = capsys.readouterr()
    assert read(out)["extra_hours"].eq(0).all()
    assert "ei annettu" in err


def test_hubs_leave_empty_what_is_not_covered(capsys: Capture) -> None:
    assert main(["hubs", "--count", "30", "--minutes", "60", *FEW]) == 0

    out, err = capsys.readouterr()
    found = read(out)
    assert tuple(found.columns) == HUBBED
    assert len(found) == 308
    away = found[found["hub_code"] == ""]
    assert len(away) > 0
    assert (away["minutes"].astype(str) == "").all()
    assert (away["share_served"] == 0).all()
    assert "estimates" in err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("allocate",), "--hours-per-week"),
        (("allocate", "--hours-per-week", "-5"), "-5"),
        (("allocate", "--hours-per-week", "9", "--rule", "fair"), "fair"),
        (("allocate", "--hours-per-week", "9", "--at-least", "249"), "249"),
        (("allocate", "--hours-per-week", "9", "--at-least", "249=10"), "10"),
        (("allocate", "--hours-per-week", "9", "--municipality", "249"), "--municipality"),
        (("hubs", "--count", "309"), "308"),
        (("hubs", "--count", "3", "--fixed", "Atlantis"), "Atlantis"),
        (("hubs", "--count", "1", "--fixed", "249,091"), "2 places"),
        (("hubs", "--count", "1", "--capacity", "0"), "0 hours"),
        (("hubs", "--count", "1", "--travel", "nowhere.csv"), "nowhere.csv"),
    ],
)
def test_a_mistake_is_one_line(capsys: Capture, arguments: tuple[str, ...], told: str) -> None:
    code = main([*arguments, *(FEW if len(arguments) > 1 else ())])

    out, err = capsys.readouterr()
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert told in err
