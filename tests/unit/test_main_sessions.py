"""The command `sessions`: the same plan in every format, and mistakes in one line."""

from __future__ import annotations

import csv
import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import icalendar
import openpyxl
import pytest

from planner.__main__ import main
from planner.sessions import SessionPlan, plan_sessions
from planner.snapshot import load_snapshot
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
    kinds = ("csv", "ics", "json", "xlsx", "linked-events")
    files = {kind: tmp_path / f"s.{kind}" for kind in kinds}

    for kind, file in files.items():
        assert run(capsys, *ASKED, "--format", kind, "--out", str(file))[0] == 0

    with files["csv"].open(encoding="utf-8", newline="") as opened:
        rows = [(row["date"], row["start"], row["venue_id"]) for row in csv.DictReader(opened)]
    record = json.loads(files["json"].read_text("utf-8"))
    assert [(one["date"], one["start"], one["venue_id"]) for one in record["sessions"]] == rows
    events = icalendar.Calendar.from_ical(files["ics"].read_bytes()).walk("VEVENT")
    moments = [event["DTSTART"].dt for event in events]
    assert [(f"{one:%Y-%m-%d}", f"{one:%H:%M}") for one in moments] == [row[:2] for row in rows]
    book = openpyxl.load_workbook(files["xlsx"])
    cells = book["sessions"].iter_rows(min_row=2, max_col=4, values_only=True)
    assert [(f"{day:%Y-%m-%d}", f"{start:%H:%M}", venue) for day, start, _, venue in cells] == rows
    linked = json.loads(files["linked-events"].read_text("utf-8"))
    assert [event["start_time"][:16] for event in linked] == [f"{a}T{b}" for a, b, _ in rows]
    assert [event["origin_id"] for event in linked] == [event["UID"] for event in events]
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
        ("--closed", "yesterday"),
        ("--closed", "2026-02-27..2026-02-23"),
        ("--closed", "2026-02-01..2028-02-01"),
        ("--closed", "2026-02-23@nowhere"),
        ("--closed", "2026-02-23@"),
        ("--school-holidays", "week 8"),
        ("--without", "295-visits,nowhere"),
        ("--second-person", "295-visits"),
        ("--second-person", "295-visits=perhaps"),
        ("--second-person", "nowhere=yes"),
        ("--region", "99"),
        ("--venues", "/no/such/file.csv"),
        ("--busy", "/no/such/file.ics"),
        ("--municipality", "Atlantis"),
        ("--municipality", ""),
        ("--from", "2019-01-01"),
        ("--from", "9999-12-20"),
        ("--from", "0001-01-01"),
        ("--from", "9999-12-20", "--busy", "/no/such/file.ics"),
        ("--today", "9999-12-20", "--busy", "/no/such/file.ics"),
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


VENUES = (
    "tunnus;kunta;nimi;laji;osoite;leveysaste;pituusaste;toinen ohjaaja;ma;ke\n"
    "talo;249;Kunnantalo;kunnantalo;Multiantie 5;62,255;24,71;ei;9-16;klo 9–12\n"
    "muualla;Kerava;Tori;tori;;60,4;25,1;;9-12;\n"
)


def rows_of(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(out.splitlines()))


def test_own_venues_take_the_place_of_those_left_out(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "venues.csv"
    file.write_text(VENUES, encoding="utf-8")
    asked = ("--venues", str(file), "--without", "85126,85945", "--without", "249-visits")

    code, out, err = run(capsys, *ASKED, *asked, "--lang", "fi")

    rows = rows_of(out)
    assert code == 0
    assert {row["venue_id"] for row in rows} == {"talo"}
    assert {row["venue"] for row in rows} == {"Kunnantalo, Multiantie 5"}
    days = {dt.date.fromisoformat(row["date"]).weekday() for row in rows}
    assert days <= {0, 2}
    assert all("09:00" <= row["start"] < row["end"] <= "16:00" for row in rows)
    assert err.startswith("venues.csv: ")
    assert "muualla" in err


def test_faults_of_venues_name_row_and_column_and_nothing_is_planned(
    tmp_path: Path, capsys: Capture
) -> None:
    file = tmp_path / "venues.csv"
    file.write_text(VENUES.replace("9-16", "9-36").replace("62,255", "x"), encoding="utf-8")

    code, out, err = run(capsys, *ASKED, "--venues", str(file))

    lines = [line for line in err.splitlines() if "muualla" not in line]
    assert (code, out, len(lines)) == (2, "", 3)
    assert all("Row 2" in line for line in lines[:2])
    assert "“ma”" in lines[0]
    assert "“leveysaste”" in lines[1]


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_the_template_of_venues_needs_no_municipality(
    tmp_path: Path, capsys: Capture, lang: str
) -> None:
    file = tmp_path / "venues.csv"

    code, out, err = run(
        capsys, "sessions", "--venues-template", "--lang", lang, "--out", str(file)
    )

    assert (code, out, err) == (0, "", "")
    assert len(file.read_text("utf-8-sig").splitlines()) == 3


def test_closed_days_and_school_holidays_hold_no_session(capsys: Capture) -> None:
    _, before, _ = run(capsys, *ASKED)
    own = rows_of(before)[-1]
    asked = (
        *("--closed", "2026-02-02..2026-02-08", "--school-holidays", "23.2.2026..1.3.2026"),
        *("--closed", f"{own['date']}@{own['venue_id']}"),
    )

    code, out, _ = run(capsys, *ASKED, *asked)

    dates = {row["date"] for row in rows_of(out)}
    assert code == 0
    assert {row["date"] for row in rows_of(before)} & {f"2026-02-0{day}" for day in range(2, 9)}
    assert not any("2026-02-02" <= date <= "2026-02-08" for date in dates)
    assert not any("2026-02-23" <= date <= "2026-03-01" for date in dates)
    taken = {(row["date"], row["venue_id"]) for row in rows_of(out)}
    assert (own["date"], own["venue_id"]) not in taken


def test_a_second_person_counts_in_staff_and_hours(capsys: Capture) -> None:
    # the main library has one person at a session, unless it is said otherwise
    _, one, _ = run(capsys, *ASKED, "--without", "85945")
    _, two, _ = run(capsys, *ASKED, "--without", "85945", "--second-person", "85126=kyllä")

    assert {row["staff"] for row in rows_of(one)} == {"1"}
    assert {row["staff"] for row in rows_of(two)} == {"2"}
    assert len(rows_of(two)) < len(rows_of(one))


def test_a_region_is_one_plan_that_shares_its_hours(capsys: Capture) -> None:
    asked = (*FIRST, "--weeks", "4", "--staff-hours", "12")

    code, out, err = run(capsys, "sessions", "--region", "Keski-Pohjanmaa", *asked)
    _, by_code, _ = run(capsys, "sessions", "--region", "16", *asked)

    rows = rows_of(out)
    assert (code, err, out) == (0, "", by_code)
    snapshot = load_snapshot()
    region = snapshot.groups["region"]
    members = {
        code
        for code, at in zip(snapshot.codes, region.index, strict=True)
        if region.codes[int(at)] == "16"
    }
    assert broken_rules(rows, members, dt.date(2026, 2, 2), 4, 12.0) == []
    homes = {library.id: library.municipality for library in snapshot.libraries}
    assert len({homes.get(row["venue_id"]) for row in rows}) > 1


def test_municipalities_and_regions_add_up_without_repeating(capsys: Capture) -> None:
    asked = (*FIRST, "--weeks", "2", "--staff-hours", "6")

    several = run(capsys, "sessions", "--municipality", "Kannus,217,Kannus", *asked)
    known = run(capsys, "sessions", "--municipality", "217", *asked)

    assert several == known
    assert several[0] == 0


def test_a_calendar_of_busy_times_that_does_not_parse_is_one_line(
    tmp_path: Path, capsys: Capture
) -> None:
    file = tmp_path / "busy.ics"
    file.write_bytes(
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Meeting\r\nDTSTART:soon\r\n"
        b"END:VEVENT\r\nEND:VCALENDAR\r\n"
    )

    code, out, err = run(capsys, *ASKED, "--busy", str(file), "--lang", "fi")

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "DTSTART" in err
    assert "Meeting" in err
    assert "soon" in err


def test_a_plan_cut_short_by_time_tells_its_gap(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_short(*asked: Any) -> SessionPlan:
        return replace(plan_sessions(*asked), gap=0.0764)

    monkeypatch.setattr("planner.command_line.sessions.plan_sessions", cut_short)

    code, out, err = run(capsys, *ASKED, "--weeks", "2", "--lang", "fi")

    assert code == 0
    assert rows_of(out)
    assert "7,6 %" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(("name", "start"), [("s.ICS", "BEGIN:VCALENDAR"), ("s.txt", "date,start")])
def test_without_a_format_the_files_name_says_it(
    tmp_path: Path, capsys: Capture, name: str, start: str
) -> None:
    assert run(capsys, *ASKED, "--out", str(tmp_path / name))[0] == 0
    assert (tmp_path / name).read_text("utf-8").startswith(start)
