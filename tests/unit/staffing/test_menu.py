"""The options' figures: what is shipped is sound and told, and a broken file is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from planner.__main__ import main
from planner.assumptions import DATA, GRADES, load_assumptions
from planner.errors import PlannerError
from planner.staffing import check_options, load_menu
from planner.staffing.menu import BASES, FIGURES, OPTIONAL
from planner.texts import LANGUAGES, catalogue

SHIPPED = load_menu()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the files that a test may break."""
    for name in ("options.toml", "assumptions.toml", "waves.csv"):
        shutil.copy(DATA / name, tmp_path / name)
    return tmp_path


def change(folder: Path, old: str, new: str) -> None:
    """Replaces the first occurrence of a text that must be there."""
    file = folder / "options.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_options_of_the_survey_are_there() -> None:
    assert SHIPPED.ids == ("desk", "group", "regional", "volunteers", "peers", "remote")
    assert check_options(DATA) == []
    for item in SHIPPED.items:
        assert item.base in BASES
        assert set(FIGURES) - set(OPTIONAL) <= set(item.figures) <= set(FIGURES)
        for figure in item.figures.values():
            assert figure.bounds[0] <= figure.central <= figure.bounds[1]
            assert figure.grade in GRADES
            assert set(figure.sources) <= set(load_assumptions().sources)


def test_volunteers_alone_can_never_be_the_service() -> None:
    by_id = {item.id: item for item in SHIPPED.items}
    assert by_id["volunteers"]["share"] < 0.5
    assert "most" in by_id["volunteers"].figures
    # a group, a peer and a connection don't suit everybody either
    assert all(by_id[name]["share"] < 1 for name in ("group", "peers", "remote"))
    assert by_id["regional"]["share"] == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_is_told_in_every_language(lang: str) -> None:
    ids = catalogue(lang).ids
    wanted = {f"staff.option.{name}{part}" for name in SHIPPED.ids for part in ("", ".what")}
    wanted |= {f"staff.basis.{name}" for name in FIGURES}
    wanted |= {f"unit.{unit}" for unit in SHIPPED.units.values()}
    assert wanted - ids == set()


def test_volunteers_are_said_to_have_no_official_liability() -> None:
    words = {"fi": "ilman virkavastuuta", "sv": "utan tjänsteansvar", "en": "official liability"}
    for lang, said in words.items():
        assert said in catalogue(lang)("staff.option.volunteers.what")
        assert said in catalogue(lang)("staff.volunteers")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("share = { central = 0.9, bounds", "share = { central = 1.9, bounds", "lies outside"),
        ("bounds = [0.8, 1]", "bounds = [0.8, 1.5]", "a share can't be above 1"),
        ("hours = { central = 2, bounds = [1", "hours = { central = 0, bounds = [0", "above 0"),
        ("bounds = [0, 10]", "bounds = [-1, 10]", "0 or above"),
        ('base = "group"', 'base = "crowd"', "base is"),
        ('grade = "E"', 'grade = "B"', "grade is"),
        ('sources = ["expert"]', 'sources = ["hearsay"]', '"hearsay" is not in the [sources]'),
        ('sources = ["expert"]', "sources = []", "sources is empty"),
        ('id = "group"', 'id = "desk"', "two entries have this id"),
        ("lead = { central = 3", "leads = { central = 3", '"lead" is missing'),
        ("bounds = [1, 10]", "bounds = [1, 2026-01-12]", "bounds is"),
        ("central = 2,", 'central = "2",', "central is"),
        ("schema = 1", "schema = 2", "schema is 2 where this version reads schema 1"),
        ('hours = "hours_per_week"', "", '"hours" is missing'),
        (
            "share = { central = 1, bounds = [0.9, 1]",
            "share = { central = 0.9, bounds = [0.9, 1]",
            "",
        ),
    ],
)
def test_an_unsound_file_is_named(folder: Path, old: str, new: str, said: str) -> None:
    change(folder, old, new)
    problems = check_options(folder)
    assert problems
    assert all(problem.file == "options.toml" for problem in problems)
    wanted = said or "no option serves everybody"
    assert any(wanted in problem.what for problem in problems), [p.what for p in problems]
    with pytest.raises(PlannerError) as caught:
        load_menu(folder)
    assert caught.value.code == "error.data"
    assert catalogue("fi").error(caught.value)


def test_a_missing_file_is_told(folder: Path) -> None:
    (folder / "options.toml").unlink()
    (problem,) = check_options(folder)
    assert "missing" in problem.what


def test_check_data_lists_the_problems_of_the_options(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(DATA, copy)
    change(copy, "central = 0.9, bounds = [0.8, 1]", "central = 0.7, bounds = [0.8, 1]")

    code = main(["check-data", "--folder", str(copy)])

    out, err = capsys.readouterr()
    assert (code, err) == (1, "")
    assert out.startswith("options.toml: desk: share: central 0.7 lies outside 0.8 to 1")


def test_sources_are_not_checked_where_they_can_not_be_read(folder: Path) -> None:
    (folder / "assumptions.toml").write_bytes(b"\xff")
    assert check_options(folder) == []
