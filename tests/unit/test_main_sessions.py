"""The command `sessions`: the same plan in every format, and mistakes in one line."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import icalendar
import pytest

from planner.__main__ import main
from tests.session_checker import COLUMNS, broken_rules

FIRST = ("--from", "2026-02-02")
ASKED = ("sessions", "--municipality", "249", *FIRST, "--weeks", "12", "--staff-hours", "6")
Capture = pytest.CaptureFixture[str]


def run(capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    return (code, *capsys.readouterr())


def test_csv_keeps_every_rule(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "s.csv"

    assert run(capsys, *ASKED, "--format", "csv", "--out", str(file)) == (0, "", "")

    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert list(rows[0]) == COLUMNS
    assert len(rows) > 10
    assert broken_rules(rows, {"249"}, dt.date(2026, 2, 2), 12, 6.0) == []


def test_every_format_holds_the_same_plan(tmp_path: Path, capsys: Capture) -> None:
    files = {kind: tmp_path / f"s.{kind}" for kind in ("csv", "ics", "json", "xlsx")}

    for kind, file in files.items():
        assert run(capsys, *ASKED, "--format", kind, "--out", str(file))[0] == 0

    with files["csv"].open(encoding="utf-8", newline="") as opened:
        rows = [(row["date"], row["start"], row["venue_id"]) for row in csv.DictReader(opened)]
    record = json.loads(files["json"].read_text("utf-8"))
    assert [(one["date"], one["start"], one["venue_id"]) for one in record["sessions"]] == rows
    events = icalendar.Calendar.from_ical(files["ics"].read_bytes()).walk("VEVENT")
    moments = [event["DTSTART"].dt for event in events]
    assert [(f"{one:%Y-%m-%d}", f"{one:%H:%M}") for one in moments] == [row[:2] for row in rows]
    assert files["xlsx"].read_bytes()[:2] == b"PK"
    # with six hours a week people are left, and the plan says what would help
    assert record["binding"] == "staff_hours"
    assert record["changes"]


def test_without_a_branch_visits_are_planned(capsys: Capture) -> None:
    code, out, err = run(capsys, "sessions", "--municipality", "Kumlinge", *FIRST, "--lang", "sv")

    rows = list(csv.DictReader(out.splitlines()))
    assert (code, err) == (0, "")
    assert {row["venue_id"] for row in rows} == {"295-visits"}
    assert "besök" in rows[0]["venue"]
    assert broken_rules(rows, {"295"}, dt.date(2026, 2, 2), 12, 99.0) == []


@pytest.mark.parametrize(
    "wrong",
    [
        ("--weeks", "0"),
        ("--weeks", "99"),
        ("--weeks", "many"),
        ("--staff-hours", "-1"),
        ("--preset", "best"),
        ("--format", "pdf"),
        ("--format", "xlsx"),
        ("--municipality", "Atlantis"),
        ("--municipality", ""),
        ("--from", "2019-01-01"),
    ],
)
def test_a_mistake_is_one_line(capsys: Capture, wrong: tuple[str, str]) -> None:
    code, out, err = run(capsys, "sessions", "--municipality", "295", *FIRST, *wrong)

    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert "error." not in err


def test_zero_staff_hours_are_a_plan_without_sessions(capsys: Capture) -> None:
    code, out, _ = run(capsys, "sessions", "--municipality", "249", *FIRST, "--staff-hours", "0")

    assert code == 0
    assert out.splitlines() == [",".join(COLUMNS)]
