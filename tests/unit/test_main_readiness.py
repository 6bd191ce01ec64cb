"""Self-assessments on the command line."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import pytest

from planner import readiness
from planner.__main__ import main
from planner.readiness import as_record, load_questionnaire
from planner.store import open_store

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def _answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store in which Keuruu and Porvoo have answered."""
    url = f"sqlite:///{tmp_path / 'store.sqlite'}"
    monkeypatch.setenv("PLANNER_DATABASE_URL", url)
    day = dt.date(2026, 2, 3)
    with open_store(url) as store:
        for code, answer in (("638", "named"), ("249", "nobody")):
            record = as_record(load_questionnaire(), {"lead": (answer,)}, day)
            readiness.save(store, code, record, "Aino", None)


@pytest.mark.usefixtures("_answered")
def test_all_that_is_saved(capsys: Capture) -> None:
    assert main(["readiness", "--lang", "sv"]) == 0

    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 20 + 21
    told = [
        (row["municipality_name"], row["day"], row["author"], row["answer"], row["overall_level"])
        for row in rows
        if row["question"] == "lead"
    ]
    assert told == [
        ("Keuru", "2026-02-03", "Aino", "nobody", "1"),
        ("Borgå", "2026-02-03", "Aino", "named", "3"),
    ]


@pytest.mark.usefixtures("_answered")
def test_one_municipality_into_a_file(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "r.csv"

    assert main(["readiness", "--municipality", "Keuruu", "--out", str(file)]) == 0

    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    assert {row["municipality"] for row in rows} == {"249"}
    assert len(rows) == 20
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("_answered")
@pytest.mark.parametrize(("place", "said"), [("Helsinki", "Helsinki"), ("Atlantis", "Atlantis")])
def test_who_has_not_answered_is_told(place: str, said: str, capsys: Capture) -> None:
    assert main(["readiness", "--municipality", place, "--lang", "fi"]) == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert len(err.splitlines()) == 1


def test_without_a_store_none_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    assert main(["readiness"]) == 0

    assert len(capsys.readouterr().out.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
