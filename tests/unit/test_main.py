"""The command line, in this process and (a few) in their own."""

from __future__ import annotations

import datetime as dt
import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.__main__ import main
from planner.command_line.values import day, number, whole_number
from planner.errors import PlannerError
from planner.scenario import default_scenario
from planner.texts import LANGUAGES, catalogue
from tests import worlds

ROOT = Path(__file__).parents[2]
TODAY = ("--today", "2026-05-01")
COLUMNS = [
    "area_code",
    "area_name",
    "week",
    "new_users",
    "contacts",
    "hours",
    "capacity_hours",
    "short_hours",
    "backlog_contacts",
]
MEASURES = COLUMNS[3:]
Capture = pytest.CaptureFixture[str]


def table(text: str) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(text), dtype={"area_code": str})


def forecast(capsys: Capture, *arguments: str) -> pd.DataFrame:
    """What a forecast that must work writes to standard output."""
    code = main(["forecast", *TODAY, *arguments])
    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    return table(out)


# --- the table ---


def test_all_municipalities_and_at_least_a_year_of_weeks(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "f.csv"

    code = main(["forecast", "--by", "municipality", *TODAY, "--out", str(file)])

    assert (code, *capsys.readouterr()) == (0, "", "")
    found = table(file.read_text(encoding="utf-8"))
    assert list(found.columns) == COLUMNS
    assert found["area_code"].nunique() == 308
    weeks = found.groupby("area_code")["week"]
    assert (weeks.nunique() >= 52).all()
    assert (weeks.size() == weeks.nunique()).all()
    mondays = [dt.date.fromisoformat(week) for week in sorted(found["week"].unique())]
    assert mondays == [mondays[0] + dt.timedelta(weeks=week) for week in range(len(mondays))]
    assert mondays[0].weekday() == 0
    assert (found[MEASURES].to_numpy() >= 0).all()
    by_target = found.loc[found["week"] <= "2026-12-28", "new_users"].sum()
    assert by_target == pytest.approx(2_800_000, rel=1e-6)


@pytest.mark.parametrize(
    ("level", "areas"),
    [("region", 19), ("wellbeing_county", 23), ("development_centre", 11), ("country", 1)],
)
def test_sums_by_area_agree(capsys: Capture, level: str, areas: int) -> None:
    small = forecast(capsys).groupby("week")[MEASURES].sum()

    large = forecast(capsys, "--by", level)

    assert large["area_code"].nunique() == areas
    pd.testing.assert_frame_equal(large.groupby("week")[MEASURES].sum(), small, rtol=1e-8)


@pytest.mark.parametrize("target", ["2800000", "1500000", "1000", "1", "0", "0.5", "3 100 000"])
def test_the_target_is_met_in_the_target_week(capsys: Capture, target: str) -> None:
    found = forecast(capsys, "--by", "region", "--target", target)

    total = found.loc[found["week"] <= "2026-12-28", "new_users"].sum()
    assert total == pytest.approx(float(target.replace(" ", "")), rel=1e-6, abs=0)


@pytest.mark.parametrize(
    ("start", "target_week"),
    [
        ("2025-01-01", "2025-12-15"),
        ("2025-12-29", "2026-12-14"),
        ("2026-12-31", "2027-12-13"),
        ("3.1.2027", "2027-12-20"),
        ("2028-02-29", "2029-02-12"),
        ("2028-12-31", "2029-12-17"),
    ],
)
def test_any_start_meets_the_target_353_days_later(
    capsys: Capture, start: str, target_week: str
) -> None:
    found = forecast(capsys, "--by", "country", "--start", start)

    until = found["week"] <= target_week
    assert found.loc[until, "new_users"].sum() == pytest.approx(2_800_000, rel=1e-6)
    assert found.loc[found["week"] == target_week, "new_users"].item() > 0
    assert len(found) >= 52
    first = dt.date.fromisoformat(found["week"].iloc[0])
    assert (day(start) - first).days // 7 == 8


def test_start_and_target_on_one_day(capsys: Capture) -> None:
    found = forecast(
        capsys, "--by", "country", "--start", "2028-02-29", "--target-date", "29.2.2028"
    )

    assert found.set_index("week")["new_users"]["2028-02-28"] == pytest.approx(2_800_000)


def test_the_target_date_may_be_given(capsys: Capture) -> None:
    found = forecast(capsys, "--by", "country", "--target-date", "2027-06-30")

    until = found["week"] <= "2027-06-28"
    assert found.loc[until, "new_users"].sum() == pytest.approx(2_800_000, rel=1e-6)
    assert found["week"].iloc[-1] == "2027-12-27"


def test_users_at_the_start_change_who_is_left(capsys: Capture) -> None:
    few = forecast(capsys, "--by", "country", "--existing", "0", "--target", "1000000")
    many = forecast(capsys, "--by", "country", "--existing", "3000000", "--target", "1000000")

    assert few["new_users"].sum() != pytest.approx(many["new_users"].sum(), rel=1e-3)
    for found in (few, many):
        until = found["week"] <= "2026-12-28"
        assert found.loc[until, "new_users"].sum() == pytest.approx(1_000_000, rel=1e-6)


def test_figures_have_at_least_nine_significant_digits(capsys: Capture) -> None:
    main(["forecast", "--by", "country", *TODAY])

    rows = [line.split(",") for line in capsys.readouterr().out.splitlines()[1:]]
    column = COLUMNS.index("contacts")
    digits = [len(row[column].replace(".", "").strip("0")) for row in rows]
    assert max(digits) >= 9
    result = worlds.engine().forecast(default_scenario(worlds.engine().assumptions), worlds.TODAY)
    written = [float(row[column]) for row in rows]
    np.testing.assert_allclose(written, result.contacts[0].sum(axis=0), rtol=5e-10)


@pytest.mark.parametrize("name", ["249", "Keuruu", " keuru ", "KEURUU"])
def test_one_municipality_by_code_or_name(capsys: Capture, name: str) -> None:
    found = forecast(capsys, "--municipality", name)

    assert found["area_code"].unique().tolist() == ["249"]
    assert len(found) == 85


def test_rows_from_a_week_on_and_a_horizon_that_reaches_beyond(capsys: Capture) -> None:
    middle = forecast(capsys, "--by", "country", "--from", "2026-03-04")
    late = forecast(capsys, "--by", "country", "--from", "3.1.2028")

    assert middle["week"].iloc[0] == "2026-03-02"
    assert late["week"].iloc[0] == "2028-01-03"
    assert len(late) == 27


def test_answers_replace_the_estimate(capsys: Capture) -> None:
    found = forecast(
        capsys, "--municipality", "249", "--hours", "12,5", "--people", "2", "--until", "30.6.2026"
    ).set_index("week")["capacity_hours"]

    assert (found[:"2026-06-29"] == 12.5).all()
    assert (found["2026-07-06":] == 0).all()


def test_names_follow_the_language(capsys: Capture) -> None:
    for lang, name in (("fi", "Turku"), ("sv", "Åbo"), ("en", "Turku")):
        found = forecast(capsys, "--municipality", "853", "--lang", lang)

        assert found["area_name"].unique().tolist() == [name]


def test_the_same_command_gives_the_same_bytes(capsys: Capture) -> None:
    texts = set()
    for _ in range(2):
        main(["forecast", "--by", "region", *TODAY])
        texts.add(capsys.readouterr().out)

    assert len(texts) == 1


# --- answer and assumptions ---


def test_answer_is_the_pages_figures_as_json(capsys: Capture) -> None:
    scenario = ("--municipality", "Keuruu", "--hours", "3", "--from", "2026-03-04")

    code = main(["answer", *TODAY, *scenario])

    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    found = json.loads(out, parse_constant=pytest.fail)  # no NaN, which is not JSON
    rows = forecast(capsys, *scenario)
    assert (found["municipality"], found["estimated"]) == ("249", False)
    assert (found["from"], found["to"]) == (rows["week"].iloc[0], rows["week"].iloc[-1])
    for name in ("contacts", "hours", "short_hours"):
        assert found[name] == pytest.approx(rows[name].sum(), rel=1e-9)
    peak = rows.loc[rows["contacts"].idxmax()]
    assert (found["peak_week"], found["capacity_hours"]) == (peak["week"], 3.0)
    assert found["peak_contacts"] == pytest.approx(peak["contacts"])
    for part in found["contacts_by"].values():
        assert sum(part.values()) == pytest.approx(found["contacts"])


def test_answers_of_every_kind_of_place_are_sound_json(capsys: Capture) -> None:
    for name in ("Kumlinge", "Sottunga", "Kärkölä", "Helsinki"):
        for more in ((), ("--target", "0"), ("--from", "2027-12-31"), ("--hours", "0")):
            code = main(["answer", *TODAY, "--municipality", name, *more])

            out, _ = capsys.readouterr()
            assert code == 0
            assert json.loads(out, parse_constant=pytest.fail)["name"] == name


def test_assumptions_are_a_row_for_every_number(capsys: Capture) -> None:
    code = main(["assumptions"])

    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    found = pd.read_csv(io.StringIO(out))
    assert (found["low"] <= found["central"]).all()
    assert (found["central"] <= found["high"]).all()
    need = found[found["id"] == "need"]["central"]
    assert need.tolist() == worlds.central()["need"][0].tolist()


# --- desk and check-data ---


DESK = ["desk", "--arrivals-per-hour", "3", "--minutes", "30", "--wait", "15"]


def test_desk_prints_exactly_two_lines(capsys: Capture) -> None:
    code = main([*DESK, "--served", "0.8"])

    assert (code, *capsys.readouterr()) == (0, "staff: 3\nserved: 0.89\n", "")


def test_desk_without_arrivals_needs_nobody(capsys: Capture) -> None:
    code = main(["desk", "--arrivals-per-hour", "0", *DESK[3:], "--served", "0,8"])

    assert (code, capsys.readouterr().out) == (0, "staff: 0\nserved: 1.00\n")


def test_shipped_data_is_in_order(capsys: Capture) -> None:
    for lang in LANGUAGES:
        code = main(["check-data", "--lang", lang])

        assert (code, *capsys.readouterr()) == (0, catalogue(lang)("check_data.ok") + "\n", "")


# --- values ---


@pytest.mark.parametrize(
    ("text", "value"), [("12.5", 12.5), ("12,5", 12.5), ("1 500 000", 1.5e6), ("-3", -3), ("0", 0)]
)
def test_numbers_are_read_with_comma_or_point(text: str, value: float) -> None:
    assert number(text) == value


@pytest.mark.parametrize("text", ["nan", "inf", "-inf", "", "x", "1.2.3", "1e400", "Infinity"])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(PlannerError) as caught:
        number(text)
    assert caught.value.code == "error.not_a_number"


def test_whole_numbers() -> None:
    assert whole_number("2.0") == 2
    with pytest.raises(PlannerError) as caught:
        whole_number("2.5")
    assert caught.value.code == "error.not_whole"


def test_dates_are_read_in_two_ways() -> None:
    assert day("2028-02-29") == day("29.2.2028") == day(" 29.02.2028 ") == dt.date(2028, 2, 29)


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-02-29", "31.4.2026", "2026-13-01", "1.1.", "1.1.1.1", "12/1/2026"]
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(PlannerError) as caught:
        day(text)
    assert caught.value.code == "error.not_a_date"


# --- in a process of its own ---


def run(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "planner", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", check=False)


def test_the_module_runs_and_its_exit_codes_reach_the_shell() -> None:
    good = run(*DESK, "--served", "0.8")
    bad = run("forecast", "--municipality", "999")

    assert (good.returncode, good.stdout, good.stderr) == (0, "staff: 3\nserved: 0.89\n", "")
    assert (bad.returncode, bad.stdout, bad.stderr.count("\n")) == (2, "", 1)


def test_a_forecast_written_by_its_own_process_is_the_same(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "f.csv"

    done = run("forecast", "--by", "country", *TODAY, "--out", str(file))

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    main(["forecast", "--by", "country", *TODAY])
    assert file.read_text(encoding="utf-8") == capsys.readouterr().out


def test_draws_add_quantiles_and_the_same_seed_gives_the_same_file(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.csv", "b.csv", "c.csv")]
    for file, seed in zip(files, ("5", "5", "6"), strict=True):
        told = ["forecast", "--draws", "20", "--seed", seed, "--by", "region", "--out", str(file)]
        assert main([*told, "--today", "2026-03-01"]) == 0

    assert files[0].read_bytes() == files[1].read_bytes() != files[2].read_bytes()
    frame = pd.read_csv(files[0])
    assert list(frame.columns)[-12:] == [
        *(f"{name}_p{q}" for name in ("new_users", "contacts", "hours") for q in (10, 50, 90)),
        "short_hours_p50",
        "short_hours_p80",
        "p_copes",
    ]
    assert (frame["contacts_p10"] <= frame["contacts_p90"]).all()
    assert frame["p_copes"].isna().all()
