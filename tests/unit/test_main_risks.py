"""The command `risks`: what it writes, with a store and without, and what it refuses."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest

from planner.__main__ import main
from planner.risks import COLUMNS
from planner.store import open_store, to_content
from tests.risks import row

FEW = ("--draws", "60", "--today", "2026-01-05")
Capture = pytest.CaptureFixture[str]


def table(capsys: Capture, *arguments: str) -> pd.DataFrame:
    """What a command that must work writes to standard output."""
    code = main(["risks", *FEW, *arguments])
    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    return pd.read_csv(io.StringIO(out), dtype={"municipality": str})


def test_an_estimate_is_written_with_what_is_unknown(capsys: Capture) -> None:
    found = table(capsys, "--municipality", "Keuruu")

    assert list(found.columns) == list(COLUMNS)
    assert set(found["municipality"]) == {"249"}
    assert {"ends", "one_person"} <= set(found.loc[found["severity"] == "unknown", "kind"])


def test_the_distance_and_the_answers_count(capsys: Capture) -> None:
    near = table(capsys, "--municipality", "249", "--distance", "5,5")
    far = table(capsys, "--municipality", "249", "--distance", "100")
    answered = table(capsys, "--municipality", "249", "--hours", "4", "--people", "1")

    assert near.loc[near["kind"] == "far", "distance_km"].tolist() == [5.5]
    assert "far" not in set(far["kind"])
    risk = answered.set_index("kind").loc["one_person"]
    assert (risk["severity"], risk["hours"], risk["weeks"]) == ("serious", 4, 3)


def test_rows_in_the_store_are_checked(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    entered = row(6, people=1, languages=("sv",))
    with open_store() as store:
        store.save("capacity", "249", to_content(entered), "Maija")

    found = table(capsys, "--municipality", "249").set_index("kind")

    assert found.loc["one_person", "hours"] == 6
    assert found.loc["language", "languages"] == "fi"
    assert found.loc["identification", "severity"] == "unknown"


def test_the_same_seed_gives_the_same_file(tmp_path: Path) -> None:
    files = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for file in files:
        assert main(["risks", "--municipality", "091", *FEW, "--out", str(file)]) == 0
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "--municipality"),
        (("--municipality", "Atlantis"), "Atlantis"),
        (("--municipality", "249", "--distance", "0"), "0 kilomet"),
        (("--municipality", "249", "--distance", "far"), "far"),
    ],
)
def test_a_mistake_is_one_line(capsys: Capture, arguments: tuple[str, ...], told: str) -> None:
    code = main(["risks", *FEW, *arguments])

    out, err = capsys.readouterr()
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert told in err
