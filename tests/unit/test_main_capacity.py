"""The command `capacity`: rows out, rows in, a workbook to fill in, and its mistakes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planner import services
from planner.__main__ import main
from planner.errors import PlannerError
from planner.records import CapacityRow
from planner.store import Change, Store, open_store, shown_place, to_content
from tests.services import HEAD, KEURUU, SCENARIO, SNAPSHOT, line, read

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def run(capsys: Capture, *arguments: str | Path) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of the command."""
    code = main(["capacity", *map(str, arguments)])
    return (code, *capsys.readouterr())


def entered(tmp_path: Path, *lines: str) -> Path:
    file = tmp_path / "entered.csv"
    file.write_text(HEAD + "".join(f"{each}\n" for each in lines), encoding="utf-8")
    return file


@pytest.mark.parametrize("name", ["all.csv", "all.XLSX"])
def test_an_export_imported_unchanged_changes_nothing(
    tmp_path: Path, capsys: Capture, name: str
) -> None:
    assert run(capsys, "export", tmp_path / name, "--lang", "sv") == (0, "", "")
    assert not Path(shown_place()).exists()  # whoever only looks makes no store

    assert run(capsys, "import", tmp_path / name) == (0, "changed: 0\nunchanged: 308\n", "")

    with open_store() as store:
        assert store.revision().number == 0
    rows = read((tmp_path / name).read_bytes()).rows
    assert {row.municipality for row in rows} == set(SNAPSHOT.codes)
    assert all(row.estimated for row in rows)


def test_what_is_imported_counts_in_figures_and_comes_out_again(
    tmp_path: Path, capsys: Capture
) -> None:
    file = entered(tmp_path, "Keuruu;kirjasto;pääkirjasto;12,5;;;2;palkattu;suomi;varma")

    done = run(capsys, "import", file, "--author", "Aino", "--lang", "fi")

    assert done == (0, "changed: 1\n249 Keuruu\nunchanged: 0\n", "")
    with open_store() as store:
        assert [change.author for change in store.history(KEURUU)] == ["Aino"]
        assert services.held(store, KEURUU).rows == (line(),)
    out = tmp_path / "keuruu.csv"
    assert run(capsys, "export", out, "--municipality", "keuruu") == (0, "", "")
    assert read(out.read_bytes()).rows == (line(),)
    assert main(["forecast", "--municipality", KEURUU, "--today", "2026-05-01"]) == 0
    weeks = [row.split(",") for row in capsys.readouterr().out.splitlines()]
    capacity = weeks[0].index("capacity_hours")
    assert {float(week[capacity]) for week in weeks[1:]} == {12.5}


def test_a_change_without_an_author_has_the_login_name(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "aino.virtanen")

    run(capsys, "import", entered(tmp_path, "Keuruu;kirjasto;;12,5;;;;;;"))

    with open_store() as store:
        assert [change.author for change in store.history(KEURUU)] == ["aino.virtanen"]


def test_a_scenario_has_its_own_estimate(tmp_path: Path, capsys: Capture) -> None:
    file, out = tmp_path / "ours.json", tmp_path / "ours.csv"
    file.write_text(SCENARIO.with_override("desk_share", (0.1,)).to_json(), encoding="utf-8")

    run(capsys, "export", out, "--municipality", KEURUU, "--scenario", file)

    assert read(out.read_bytes()).rows[0].hours == 6.2
    done = run(capsys, "import", out, "--scenario", file)
    assert done == (0, "changed: 0\nunchanged: 1\n", "")


def test_every_bad_row_is_told_and_nothing_imported(tmp_path: Path, capsys: Capture) -> None:
    file = entered(
        tmp_path,
        "Keuruu;kirjasto;;12,5;;;;;;",
        "Keuruu;museo;;1O;;;;;;",
        "Hanko;kirjasto;;3;31.8.2026;12.1.2026;;;;",
    )

    code, out, err = run(capsys, "import", file, "--lang", "fi")

    assert (code, out) == (2, "")
    assert [line.split(": ")[1] for line in err.splitlines()[1:4]] == ["Rivi 3", "Rivi 3", "Rivi 4"]
    assert "museo" in err
    assert "1O" in err
    assert not Path(shown_place()).exists()


def test_columns_that_are_not_read_are_told(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "more.csv"
    file.write_text("kunta;antaja;tunnit;kieli;puhelin\nKeuruu;kirjasto;3;suomi;040\n", "utf-8")

    code, out, err = run(capsys, "import", file)

    assert (code, out) == (0, "changed: 1\n249 Keuruu\nunchanged: 0\n")
    assert "puhelin" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("export", "rows.pdf"), ".csv, .xlsx"),
        (("export", "rows"), ".csv, .xlsx"),
        (("template", "rows.csv"), ".xlsx"),
        (("export", "nowhere/rows.csv"), "nowhere"),
        (("export", "rows.csv", "--municipality", "Keruu"), "Keuruu"),
        (("import", "missing.csv"), "missing.csv"),
        (("import", "rows.csv", "--municipality", "249"), "--municipality"),
        (("import",), "FILE"),
        ((), "action"),
        (("improt", "rows.csv"), "improt"),
    ],
)
def test_a_mistake_gives_one_line(
    capsys: Capture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)

    code, out, err = run(capsys, *arguments)

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_can_not_be_written_is_told(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "rows.csv").mkdir()

    code, out, err = run(capsys, "export", tmp_path / "rows.csv")

    assert (code, out) == (2, "")
    assert "rows.csv" in err


def test_a_locked_store_is_told(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.command_line.capacity.open_store", lambda: open_store(patience=0))
    file = entered(tmp_path, "Keuruu;kirjasto;;12,5;;;;;;")
    with open_store() as store:
        place = store.place

    with closing(sqlite3.connect(place)) as other:
        other.execute("BEGIN EXCLUSIVE")
        code, out, err = run(capsys, "import", file)
        other.rollback()

    assert (code, out) == (2, "")
    assert place in err.splitlines()[-1]


def test_an_import_that_stops_tells_how_far_it_came(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f"{name};kirjasto;;3;;;;;suomi;" for name in ("Keuruu", "Helsinki")]
    real = Store.replace

    def full(self: Store, municipality: str, *rest: Any) -> Change | None:
        if municipality == "091":
            raise PlannerError("error.store.full", place=self.place)
        return real(self, municipality, *rest)

    monkeypatch.setattr(Store, "replace", full)
    code, out, err = run(capsys, "import", entered(tmp_path, *rows))

    assert (code, out) == (2, "")
    stopped, why = err.splitlines()
    assert stopped.index("249") < stopped.index("091")
    assert "full" in why


def test_a_template_is_a_workbook(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "blank.xlsx"

    assert run(capsys, "template", file, "--municipality", "Ekenäs", "--lang", "sv")[0] == 2
    assert run(capsys, "template", file, "--municipality", "Raseborg", "--lang", "sv")[0] == 0

    rows = list(openpyxl.load_workbook(file).worksheets[0].values)
    assert rows[0][:3] == ("Kommun", "Stödgivare", "Plats")
    assert str(rows[1][0]).startswith("Raseborg")


def test_hours_for_a_service_that_was_entered_are_refused_instead_of_ignored(
    tmp_path: Path, capsys: Capture
) -> None:
    file = entered(tmp_path, "Keuruu;kirjasto;pääkirjasto;12,5;;;2;palkattu;suomi;varma")
    run(capsys, "import", file, "--author", "Aino", "--lang", "fi")

    code = main(["forecast", "--municipality", "249", "--hours", "100", "--lang", "fi"])

    assert code == 2
    assert "Kunnan Keuruu palvelu on ilmoitettu rivi riviltä" in capsys.readouterr().err


def test_a_municipality_that_no_longer_exists_stops_no_figure(capsys: Capture) -> None:
    with open_store() as store:
        row = to_content(CapacityRow("588", "library", "", 5.0))
        store.save("capacity", "588", row, "Aino")

    assert main(["forecast", "--by", "country"]) == 0
    assert capsys.readouterr().err == ""
