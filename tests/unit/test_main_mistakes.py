"""The command line's answer to bad input: code 2, one line on standard error, nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from planner.__main__ import main
from planner.texts import LANGUAGES

ROOT = Path(__file__).parents[2]
Capture = pytest.CaptureFixture[str]
DESK = ["desk", "--arrivals-per-hour", "3", "--minutes", "30", "--wait", "15"]
KEURUU = ("--municipality", "249")
FAULTS = {
    "unknown municipality code": ("forecast", "--municipality", "999"),
    "unknown municipality name": ("forecast", "--municipality", "Keurusi"),
    "no municipality": ("forecast", "--municipality", ""),
    "two lines for a name": ("forecast", "--municipality", "a\nb"),
    "no date": ("forecast", "--start", "next week"),
    "no such day": ("forecast", "--target-date", "2026-02-29"),
    "no date to look from": ("forecast", "--from", "33.1.2026"),
    "no funding date": ("forecast", *KEURUU, "--hours", "5", "--until", "x"),
    "start long ago": ("forecast", "--start", "0001-01-01"),
    "start far ahead": ("forecast", "--start", "9999-12-31"),
    "target date before the start": ("forecast", "--target-date", "2026-01-11"),
    "target date far ahead": ("forecast", "--target-date", "9999-12-31"),
    "look from before the horizon": ("forecast", "--from", "2025-11-16"),
    "look from far ahead": ("forecast", "--from", "9999-12-31"),
    "target below zero": ("forecast", "--target", "-1"),
    "target above what adults allow": ("forecast", "--target", "3148846"),
    "target nan": ("forecast", "--target", "nan"),
    "target inf": ("forecast", "--target", "inf"),
    "target minus inf": ("forecast", "--target=-inf"),
    "target no number": ("forecast", "--target", "many"),
    "existing below zero": ("forecast", "--existing", "-5"),
    "existing above the adults": ("forecast", "--existing", "5000000"),
    "existing nan": ("forecast", "--existing", "nan"),
    "hours below zero": ("forecast", *KEURUU, "--hours", "-1"),
    "hours inf": ("forecast", *KEURUU, "--hours", "inf"),
    "too many hours": ("forecast", *KEURUU, "--hours", "100001"),
    "people below zero": ("forecast", *KEURUU, "--hours", "1", "--people", "-1"),
    "half a person": ("forecast", *KEURUU, "--hours", "1", "--people", "0.5"),
    "more hours than a week holds": ("forecast", *KEURUU, "--hours", "400", "--people", "2"),
    "people without hours": ("forecast", *KEURUU, "--people", "2"),
    "hours of nowhere": ("forecast", "--hours", "2"),
    "one municipality by region": ("forecast", *KEURUU, "--by", "region"),
    "unknown level": ("forecast", "--by", "village"),
    "no folder": ("forecast", "--out", "/no/such/folder/f.csv"),
    "a folder for a file": ("forecast", "--out", str(ROOT)),
    "unknown option": ("forecast", "--speed", "9"),
    "abbreviated option": ("forecast", "--targ", "9"),
    "option without value": ("forecast", "--target"),
    "unknown command": ("predict",),
    "no command": (),
    "desk without arrivals": ("desk", *DESK[3:], "--served", "0.8"),
    "desk serves more than all": (*DESK, "--served", "80"),
    "desk serves nan": (*DESK, "--served", "nan"),
    "desk with a wait below zero": (*DESK[:-1], "-1", "--served", "0.8"),
    "desk with no minutes": (*DESK[:4], "0", *DESK[5:], "--served", "0.8"),
    "desk with a crowd": ("desk", "--arrivals-per-hour", "1e9", *DESK[3:], "--served", "0.8"),
    "an answer of nowhere": ("answer", "--hours", "3", "--municipality", "atlantis"),
    "an answer without municipality": ("answer",),
    "no day for today": ("forecast", "--today", "yesterday"),
}


def refused(capsys: Capture, *arguments: str) -> str:
    """The one line a command that can't be run prints."""
    code = main(list(arguments))
    out, err = capsys.readouterr()
    assert code == 2
    assert out == ""
    assert err.endswith("\n")
    assert len(err.splitlines()) == 1, err
    assert "Traceback" not in err
    assert not err.startswith("error."), "a code, not a sentence"
    return err


@pytest.mark.parametrize("fault", FAULTS)
def test_mistakes_are_one_line_in_the_users_language(capsys: Capture, fault: str) -> None:
    arguments = FAULTS[fault]
    named = arguments[:1] not in ((), ("predict",))  # without a command there is no --lang

    said = {refused(capsys, *arguments, *(("--lang", lang) if named else ())) for lang in LANGUAGES}

    assert len(said) == (3 if named else 1)


def test_the_line_says_what_was_wrong_and_how_to_mend_it(capsys: Capture) -> None:
    late = refused(capsys, "forecast", "--target-date", "2026-01-11", "--lang", "sv")
    assert "11.1.2026" in late
    assert "12.1.2026" in late
    assert "3,148,845" in refused(capsys, "forecast", "--target", "4000000")
    assert "3\u00a0148\u00a0845" in refused(capsys, "forecast", "--target", "4e6", "--lang=fi")
    assert "/no/such/folder" in refused(capsys, "forecast", "--out", "/no/such/folder/f.csv")
    assert "development_centre" in refused(capsys, "forecast", "--by", "village")


@pytest.mark.parametrize("command", [("forecast",), (*DESK, "--served", "0.8"), ("check-data",)])
def test_unknown_languages_are_refused(capsys: Capture, command: tuple[str, ...]) -> None:
    for lang in ("xx", "FI", ""):
        assert "fi, sv" in refused(capsys, *command, "--lang", lang)


def test_a_file_that_cannot_be_written_is_named(capsys: Capture) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no file that is always full")

    assert str(full) in refused(capsys, "forecast", "--by", "country", "--out", str(full))


HARD = {
    "a year that no number holds": ("forecast", "--start", "1.1." + "9" * 20),
    "a name that no folder has": ("forecast", "--out", "/tmp/" + "x" * 300 + "/f.csv"),
    "today at the end of time": ("forecast", "--today", "9999-12-31"),
    "today in a thousand years": ("forecast", "--today", "3026-01-12"),
    "a target of 26 digits": ("forecast", "--target", "1e25"),
    "people of 26 digits": ("forecast", *KEURUU, "--hours", "1", "--people", "1e25"),
    "a crowd of 300 digits": ("desk", "--arrivals-per-hour", "1e300", *DESK[3:], "--served", "0.8"),
    "a name with a carriage return": ("forecast", "--municipality", "a\r\nb"),
}


@pytest.mark.parametrize("fault", HARD)
def test_outlandish_input_is_refused_like_any_other(capsys: Capture, fault: str) -> None:
    refused(capsys, *HARD[fault])


def test_a_full_standard_output_is_one_line() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no file that is always full")
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "planner", "forecast", "--by", "country"],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )

    assert "Traceback" not in done.stderr
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
