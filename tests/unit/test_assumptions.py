"""The assumptions: what is shipped is sound and told, and a broken file is named with its fault."""

from __future__ import annotations

import datetime as dt
import math
import shutil
from pathlib import Path

import numpy as np
import pytest

from planner.assumptions import DATA, GRADES, ROWS, Assumption, Assumptions, load_assumptions
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
        ("schema = 1", "schema = 2", "schema 2"),
        ("schema = 1", "schema = ", "can't be read"),
        ('id = "tail"', 'id = "half_life"', "ids must be unique"),
        ("[sources.expert]", "[sources.experts]", "every source must stand"),
        ('en = "Expert assumption"', "", "can't be read"),
        ("low = 0.25\n", 'low = "many"\n', "can't be read"),
    ],
)
def test_a_broken_file_is_named(folder: Path, old: str, new: str, said: str) -> None:
    change(folder, "assumptions.toml", old, new)
    told = fault(folder)
    assert told["file"] == "assumptions.toml"
    assert said in str(told["what"])


@pytest.mark.parametrize(
    ("old", "new", "row"),
    [
        ("2026-01-15,8,", "15.1.2026,8,", 2),
        ("2026-01-15,8,", "2026-01-15,0,", 2),
        ("2026-03-02,10,", "2026-03-02,ten,", 4),
        ("Pre-filled tax returns 2026,0.006", "Pre-filled tax returns 2026,1.006", 4),
        ("Pre-filled tax returns 2026,0.006", "Pre-filled tax returns 2026,nan", 4),
        ("0.001,0.8,", "0.001,-0.8,", 12),
        (",1.8,2.0,E,kela_2025", "", 2),
    ],
)
def test_a_broken_wave_is_named_by_its_row(folder: Path, old: str, new: str, row: int) -> None:
    change(folder, "waves.csv", old, new)
    told = fault(folder)
    assert (told["file"], told["row"]) == ("waves.csv", row)
    assert told["where"] == f"waves.csv, row {row}"


def test_a_missing_column_of_weights_is_told(folder: Path) -> None:
    change(folder, "waves.csv", "weight_18_24", "first_band")
    assert fault(folder)["where"] == "waves.csv, row 2"


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
