"""The assumptions: what is shipped is sound and told, and a broken file is named with its fault."""

from __future__ import annotations

import datetime as dt
import math
import shutil
from pathlib import Path

import numpy as np
import pytest

from planner.__main__ import main
from planner.assumptions import (
    DATA,
    GRADES,
    ROWS,
    Assumption,
    Assumptions,
    check_assumptions,
    load_assumptions,
)
from planner.errors import PlannerError
from planner.texts import LANGUAGES, catalogue

SHIPPED = load_assumptions()
FILES = ("assumptions.toml", "waves.csv")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the two files that a test may break."""
    for name in FILES:
        shutil.copy(DATA / name, tmp_path / name)
    return tmp_path


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Replaces the first occurrence of a text that must be there."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def fault(folder: Path) -> dict[str, object]:
    """What the error says that loading the folder raises."""
    with pytest.raises(PlannerError) as caught:
        load_assumptions(folder)
    assert caught.value.code == "error.data"
    assert catalogue("fi").error(caught.value)
    return dict(caught.value.values)


def within(assumption_id: str, old: str, new: str) -> tuple[str, str]:
    """A replacement inside the block of one assumption."""
    text = (DATA / "assumptions.toml").read_text(encoding="utf-8")
    start = text.index(f'id = "{assumption_id}"')
    block = text[start : text.index("\n\n", start)]
    assert old in block
    return block, block.replace(old, new, 1)


def cited(assumptions: Assumptions) -> set[str]:
    """Every source that a setting, an assumption or a wave names."""
    entries = (*assumptions.settings.values(), *assumptions.items.values())
    named = {source for entry in entries for source in entry.sources}
    return named | {wave.source for wave in assumptions.waves}


def test_the_central_path_is_one_draw_of_central_values() -> None:
    central = SHIPPED.central()
    assert set(central) == set(SHIPPED.items)
    for name, item in SHIPPED.items.items():
        assert central[name].dtype == np.float64
        assert central[name].tolist() == [list(item.central)]
        assert central[name].shape == (1, ROWS[item.rows])


def test_an_override_replaces_its_assumption_alone() -> None:
    changed, plain = SHIPPED.central({"half_life": [6.0]}), SHIPPED.central()
    assert changed["half_life"].tolist() == [[6.0]]
    assert all(np.array_equal(changed[k], plain[k]) for k in plain if k != "half_life")


@pytest.mark.parametrize("item", SHIPPED.items.values(), ids=lambda item: item.id)
def test_the_central_value_lies_strictly_inside_its_range(item: Assumption) -> None:
    for low, central, high in zip(item.low, item.central, item.high, strict=True):
        assert low < central < high or low == central == high
        assert item.bounds[0] <= low <= high <= item.bounds[1]


@pytest.mark.parametrize("shares", ["channel", "topics"])
def test_shares_of_one_whole_add_up(shares: str) -> None:
    rows = [item.central for name, item in SHIPPED.items.items() if name.startswith(shares)]
    table = np.array(rows)
    assert len(rows) == 4
    # Channels share each age band among them, each phase its topics.
    assert table.sum(axis=0 if shares == "channel" else 1) == pytest.approx(1)


def test_correlations_name_other_assumptions() -> None:
    pairs = [(i.id, *pair) for i in SHIPPED.items.values() for pair in i.correlated_with]
    assert ("official_share", "need", 0.3) in pairs
    assert all(other in SHIPPED.items and -1 < value < 1 for _, other, value in pairs)


def test_the_scenario_ships_with_the_original_plan() -> None:
    start = SHIPPED.day("start")
    assert start == dt.date(2026, 1, 12)
    end = start + dt.timedelta(days=SHIPPED.number("target_days"))
    assert end == dt.date(2026, 12, 31)
    for setting in SHIPPED.settings.values():
        low, high = setting.bounds
        assert low <= setting.value <= high  # type: ignore[operator]
        assert setting.grade in GRADES


def test_every_source_cited_exists_and_every_source_is_used() -> None:
    assert cited(SHIPPED) == set(SHIPPED.sources)
    for source in SHIPPED.sources.values():
        assert all(source.cite(lang).strip() for lang in LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_is_told_in_every_language(lang: str) -> None:
    ids = catalogue(lang).ids
    wanted = {f"assumption.{name}.{part}" for name in SHIPPED.items for part in ("label", "why")}
    wanted |= {f"setting.{name}.{part}" for name in SHIPPED.settings for part in ("label", "why")}
    entries = (*SHIPPED.settings.values(), *SHIPPED.items.values())
    wanted |= {f"unit.{entry.unit}" for entry in entries}
    wanted |= {f"grade.{grade}" for grade in (*GRADES, "derived", "stated")}
    groups = {item.group for item in SHIPPED.items.values()} | {"settings", "waves"}
    wanted |= {f"assumption.group.{group}{part}" for group in groups for part in ("", ".lead")}
    assert wanted - ids == set()


def test_no_text_is_left_of_an_assumption_that_is_gone() -> None:
    told = {
        text_id.split(".")[1]
        for text_id in catalogue("fi").ids
        if text_id.startswith(("assumption.", "setting.")) and text_id.endswith(".why")
    }
    assert told == set(SHIPPED.items) | set(SHIPPED.settings)


@pytest.mark.parametrize(
    ("name", "values", "code"),
    [
        ("nothing_such", [1.0], "error.unknown_assumption"),
        ("need", [0.1], "error.assumption_rows"),
        ("half_life", [4.0, 4.0], "error.assumption_rows"),
        ("half_life", [0.1], "error.assumption_bounds"),
        ("half_life", [53.0], "error.assumption_bounds"),
        ("half_life", [math.nan], "error.assumption_bounds"),
        ("half_life", [math.inf], "error.assumption_bounds"),
    ],
)
def test_an_override_that_can_not_stand_is_refused(
    name: str, values: list[float], code: str
) -> None:
    with pytest.raises(PlannerError) as caught:
        SHIPPED.check_override(name, values)
    assert caught.value.code == code
    assert catalogue("sv").error(caught.value)


def test_the_bounds_themselves_are_allowed() -> None:
    for item in SHIPPED.items.values():
        for bound in item.bounds:
            SHIPPED.check_override(item.id, [bound] * ROWS[item.rows])


@pytest.mark.parametrize(
    ("assumption_id", "old", "new", "said"),
    [
        ("half_life", "central = 4", "central = 8", "strictly between"),
        ("half_life", "low = 2", "low = 0.1", "inside the bounds"),
        ("half_life", "high = 8", "high = 60", "inside the bounds"),
        ("half_life", "low = 2", "low = [2, 3]", "need 1 values"),
        ("need", "0.12, 0.20, 0.30, 0.45]", "0.12, 0.20, 0.30]", "need 8 values"),
        ("need", 'rows = "age"', 'rows = "sex"', "rows must be one of"),
        ("need", 'grade = "A"', 'grade = "B"', "grade must be one of"),
        ("need", 'sources = ["denmark_2014"', 'sources = ["hearsay"', "every source must stand"),
        ("need", 'sources = ["denmark_2014", "thl_2021"]', "sources = []", "every source"),
    ],
)
def test_an_unsound_assumption_is_named(
    folder: Path, assumption_id: str, old: str, new: str, said: str
) -> None:
    change(folder, "assumptions.toml", *within(assumption_id, old, new))
    told = fault(folder)
    assert told["where"] == "assumptions.toml"
    assert str(told["what"]).startswith(f"{assumption_id}: ")
    assert said in str(told["what"])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("schema = 1", "schema = 2", "schema is 2 where this version reads schema 1"),
        ("schema = 1", "schema = ", "Invalid value (at line 13, column 10)"),
        ('id = "tail"', 'id = "half_life"', "ids must be unique"),
        ("[sources.expert]", "[sources.experts]", "every source must stand"),
        ('en = "Expert assumption"', "", 'source expert: the key "en" is missing'),
        ("low = 0.25\n", 'low = "many"\n', "log_ins: low is 'many'"),
    ],
)
def test_a_broken_file_is_named(folder: Path, old: str, new: str, said: str) -> None:
    change(folder, "assumptions.toml", old, new)
    told = fault(folder)
    assert told["file"] == "assumptions.toml"
    assert said in str(told["what"])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "half_life"', 'it = "half_life"', '"id" is missing'),
        ("[2024-01-01, 2035-12-31]", "[2027-01-01, 2035-12-31]", "start: value is 2026-01-12"),
        ("bounds = [0, 1826]", "bounds = [0]", "target_days: bounds is [0]"),
        ("value = 353", "", 'target_days: the key "value" is missing'),
        ("value = 353", 'value = "353"', "target_days: value is '353'"),
        ("value = 353", f"value = 1{'0' * 400}", "target_days: value is 1000"),
        ("value = 353", "value = nan", "target_days: value is nan"),
        ("value = 353", "value = 2026-01-12", "target_days: value is 2026-01-12, not inside"),
        ("derived = true", "derivd = true", 'reach: the key "derivd" is not known'),
        ("{ need = 0.3 }", "{ ned = 0.3 }", "official_share: correlated_with has ned"),
        ("{ need = 0.3 }", "{ need = 3 }", "official_share: correlated_with has need = 3"),
    ],
)
def test_a_broken_entry_is_named_with_its_key(folder: Path, old: str, new: str, said: str) -> None:
    change(folder, "assumptions.toml", old, new)
    assert said in str(fault(folder)["what"])


def test_the_key_and_the_value_of_a_broken_number_are_told(folder: Path) -> None:
    change(folder, FILES[0], *within("half_life", "central = 4", 'central = "abc"'))
    assert "half_life: central is 'abc'" in str(fault(folder)["what"])


@pytest.mark.parametrize("section", ["scenario", "assumption", "sources"])
def test_a_section_without_entries_is_told(folder: Path, section: str) -> None:
    text = (folder / FILES[0]).read_text(encoding="utf-8")
    renamed = text.replace(f"[[{section}]]", "[[other]]").replace(f"[{section}.", "[other.")
    (folder / FILES[0]).write_text(renamed, encoding="utf-8")
    assert f"there is no {section}" in "\n".join(map(str, check_assumptions(folder)))


def test_every_problem_is_listed_and_the_first_raised(folder: Path) -> None:
    change(folder, FILES[0], *within("half_life", "central = 4", 'central = "abc"'))
    change(folder, FILES[0], *within("need", 'grade = "A"', 'grade = "B"'))
    change(folder, FILES[0], "schema = 1", "schema = 2")
    change(folder, FILES[1], "2026-01-15,8,", "2026-01-15,0,")
    problems = check_assumptions(folder)
    told = [str(problem) for problem in problems]
    assert len(told) == 4
    for line, said in zip(told, ("schema", "half_life", "need", "waves.csv, row 2"), strict=True):
        assert said in line
        assert "git checkout data" in line
    assert fault(folder)["what"] == problems[0].what


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "the file is empty"),
        (b" \n", "the file is empty"),
        ("schema = 1 # hyvä".encode("cp1252"), "byte 17 of the file is not UTF-8"),
    ],
)
def test_a_file_that_is_no_text_is_told(folder: Path, name: str, raw: bytes, said: str) -> None:
    (folder / name).write_bytes(raw)
    told = fault(folder)
    assert told["file"] == name
    assert said in str(told["what"])


@pytest.mark.parametrize("name", FILES)
def test_a_folder_in_place_of_a_file_is_told(folder: Path, name: str) -> None:
    (folder / name).unlink()
    (folder / name).mkdir()
    assert "can't be read" in str(fault(folder)["what"])


def test_a_byte_order_mark_is_accepted(folder: Path) -> None:
    for name in FILES:
        (folder / name).write_bytes(b"\xef\xbb\xbf" + (folder / name).read_bytes())
    assert load_assumptions(folder).waves == SHIPPED.waves


def test_no_folder_is_one_problem(folder: Path) -> None:
    for path, said in (
        (folder / "gone", "there is no such folder"),
        (folder / FILES[0], "this is a file, not a folder"),
        (folder / ("x" * 300), "the folder can't be opened"),
    ):
        (problem,) = check_assumptions(path)
        assert said in problem.what
        assert "name a folder" in problem.mend


@pytest.mark.parametrize("name", FILES)
def test_check_data_lists_the_problems_of_the_assumptions(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(DATA, copy)
    (copy / name).write_bytes(b"\xff")
    change(copy, "guidance_places.csv", "places", "plazas")
    code = main(["check-data", "--folder", str(copy)])
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert (code, err, lines[-1]) == (1, "", f"{len(lines) - 1} problems.")
    assert lines[0].startswith("guidance_places.csv")
    assert lines[-2].startswith(name)


def test_check_data_says_once_that_there_is_no_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["check-data", "--folder", str(tmp_path / "gone")])
    out, err = capsys.readouterr()
    assert (code, err, len(out.splitlines())) == (1, "", 2)
    assert "there is no such folder" in out


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_told(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert fault(folder)["file"] == name


def test_the_hash_follows_both_files(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    hashes = {load_assumptions(folder).hash, SHIPPED.hash}
    assert hashes == {SHIPPED.hash}
    for number, (name, old, new) in enumerate(
        [("assumptions.toml", "central = 4\n", "central = 5\n"), ("waves.csv", ",8,", ",9,")]
    ):
        other = tmp_path_factory.mktemp(str(number))
        for file in FILES:
            shutil.copy(folder / file, other / file)
        change(other, name, old, new)
        hashes.add(load_assumptions(other).hash)
    assert len(hashes) == 3
