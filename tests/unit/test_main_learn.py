"""The command `learn`: what it writes, and what it says about bad logs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from planner.__main__ import main
from planner.clock import today_in_finland
from planner.errors import PlannerError
from planner.texts import LANGUAGES, catalogue

FEW = ("--draws", "60", "--today", "2026-05-01")
LOG = "municipality,week,contacts\n249,2026-01-12,19\n249,2026-01-19,22\nKeuruu,2026-01-26,25\n"


def run(folder: Path, *options: str, log: str = LOG) -> tuple[int, pd.DataFrame | None]:
    visits, out = folder / "v.csv", folder / "after.csv"
    visits.write_text(log, encoding="utf-8")
    code = main(["learn", "--visits", str(visits), "--out", str(out), *FEW, *options])
    return code, pd.read_csv(out, dtype={"area_code": str}) if out.exists() else None


def forecast(folder: Path) -> pd.DataFrame:
    out = folder / "before.csv"
    assert main(["forecast", "--out", str(out), *FEW]) == 0
    return pd.read_csv(out, dtype={"area_code": str})


def test_a_log_above_the_forecast_lifts_the_place_and_the_others_less(tmp_path: Path) -> None:
    before = forecast(tmp_path)

    code, after = run(tmp_path, "--as-of", "2026-02-02")

    assert code == 0
    assert after is not None
    assert list(after.columns) == list(before.columns)
    assert (after[["area_code", "week"]] == before[["area_code", "week"]]).all(axis=None)
    place = before["area_code"] == "249"
    for name in ("contacts", "contacts_p50"):
        here, elsewhere = (
            after.loc[rows, name].sum() / before.loc[rows, name].sum() for rows in (place, ~place)
        )
        # the model knows less of the country's level than of how places differ
        assert here > elsewhere > 1


def test_weeks_after_the_day_are_not_learned_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = forecast(tmp_path)

    code, after = run(tmp_path, "--as-of", "2026-01-12")

    assert code == 0
    assert after is not None
    pd.testing.assert_frame_equal(after, before)
    assert "unchanged" in capsys.readouterr().err


def test_user_counts_alone_are_enough(tmp_path: Path) -> None:
    users, out = tmp_path / "u.csv", tmp_path / "after.csv"
    users.write_text("date;users\n28.2.2026;2 900 000\n", encoding="cp1252")

    code = main(["learn", "--users", str(users), "--as-of", "2026-04-06", "--out", str(out), *FEW])

    assert code == 0
    assert len(pd.read_csv(out)) == len(forecast(tmp_path))


def test_user_counts_teach_a_hundred_draws_too(tmp_path: Path) -> None:
    users, before, after = (tmp_path / name for name in ("u.csv", "before.csv", "after.csv"))
    users.write_text("date,users\n2026-03-30,2900000\n", encoding="utf-8")
    common = ("--draws", "100", "--today", "2026-05-01", "--by", "country")

    main(["forecast", "--out", str(before), *common])
    code = main(
        ["learn", "--users", str(users), "--as-of", "2026-04-06", "--out", str(after), *common]
    )

    assert code == 0
    low, high = (pd.read_csv(path)["contacts_p50"].sum() for path in (before, after))
    assert high > 1.02 * low


def test_user_counts_of_days_before_the_start_say_that_they_teach_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    users, out = tmp_path / "u.csv", tmp_path / "after.csv"
    users.write_text("date,users\n2026-01-05,1900000\n", encoding="utf-8")

    code = main(["learn", "--users", str(users), "--as-of", "2026-04-06", "--out", str(out), *FEW])

    assert code == 0
    pd.testing.assert_frame_equal(pd.read_csv(out, dtype={"area_code": str}), forecast(tmp_path))
    assert "unchanged" in capsys.readouterr().err


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("day", ["2035-01-01", "2026-05-02", "2025-11-23"])
def test_a_day_on_which_nothing_can_be_learned_yet_names_the_bounds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, day: str
) -> None:
    code, after = run(tmp_path, "--as-of", day, "--lang", lang)

    assert (code, after) == (2, None)
    error = PlannerError("error.as_of_option", low=dt.date(2025, 11, 24), high=dt.date(2026, 5, 1))
    said = capsys.readouterr().err.strip()
    assert catalogue(lang).error(error) in said
    assert "--as-of" in said
    assert len(said.splitlines()) == 1


def test_without_a_day_to_look_from_tomorrow_is_out_of_bounds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    visits = tmp_path / "v.csv"
    visits.write_text(LOG, encoding="utf-8")
    tomorrow = today_in_finland() + dt.timedelta(days=1)

    code = main(["learn", "--visits", str(visits), "--as-of", tomorrow.isoformat()])

    assert code == 2
    assert catalogue("en")("learn.nothing", date=tomorrow) not in capsys.readouterr().err


def test_a_backtest_is_written_beside(tmp_path: Path) -> None:
    mondays = pd.date_range("2026-01-12", periods=8, freq="7D").strftime("%Y-%m-%d")
    log = "municipality,week,contacts\n" + "".join(f"091,{day},200\n" for day in mondays)
    tried = tmp_path / "b.csv"

    code, _ = run(tmp_path, "--as-of", "2026-03-09", "--backtest", str(tried), log=log)

    assert code == 0
    frame = pd.read_csv(tried)
    assert set(frame["method"]) == {"update", "none", "repeat4"}
    assert {"origin", "horizon", "wape", "pinball", "coverage", "n"} <= set(frame.columns)


def test_bad_rows_are_named_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = "municipality,week,contacts\nKeurru,2026-01-12,3\n249,2026-01-13,4\n249,2026-01-19,-1\n"

    code, after = run(tmp_path, "--as-of", "2026-02-02", "--lang", "sv", log=bad)

    assert (code, after) == (2, None)
    lines = capsys.readouterr().err.strip().splitlines()
    assert [line.split(":")[1].strip() for line in lines[:3]] == ["Rad 2", "Rad 3", "Rad 4"]
    assert len(lines) == 4


@pytest.mark.parametrize(
    "options",
    [
        ("--as-of", "2026-02-02"),
        ("--visits", "nowhere.csv", "--as-of", "2026-02-02"),
        ("--visits", "nowhere.csv"),
        ("--visits", "nowhere.csv", "--as-of", "soon"),
    ],
)
def test_mistakes_are_one_line(
    options: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["learn", *options])

    assert code == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
