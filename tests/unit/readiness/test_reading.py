"""The questions in the data folder: the shipped ones hold, and every fault is told."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from planner.__main__ import main
from planner.assumptions import DATA
from planner.errors import PlannerError
from planner.readiness import check_readiness, load_questionnaire, text_ids
from planner.readiness.reading import FILE
from planner.texts import LANGUAGES, catalogue

SHIPPED = load_questionnaire()
TEXT = (DATA / FILE).read_text(encoding="utf-8")
AREAS = (
    "coordination",
    "continuity",
    "skills",
    "access",
    "cooperation",
    "findability",
    "privacy",
    "authorities",
    "sender",
    "groups",
)
GROUPS = (
    "seniors",
    "youth",
    "unemployed",
    "homebound",
    "visually_impaired",
    "immigrants",
    "low_income",
    "beginners",
    "at_risk",
)


def changed(folder: Path, old: str, new: str) -> str:
    """What is said about the shipped file with one place of it changed."""
    assert old in TEXT
    (folder / FILE).write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    return "\n".join(map(str, check_readiness(folder)))


def test_the_shipped_questions_cover_the_survey() -> None:
    assert SHIPPED.areas == AREAS
    assert len(SHIPPED.questions) == 22
    assert next(question.choices for question in SHIPPED.questions if question.choices) == GROUPS
    for question in SHIPPED.questions:
        assert [answer.level for answer in question.answers] == [1, 2, 3, 4]
        # each weak answer leads somewhere, the best nowhere
        assert all(answer.step for answer in question.answers[:3])
        assert question.answers[-1].step is None
    assert check_readiness(DATA) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_question_has_its_words_and_every_word_its_use(lang: str) -> None:
    ui = Path(__file__).parents[3] / "planner"
    used = set(text_ids(SHIPPED))
    patterns = []
    for path in [*(ui / "ui").rglob("*.py"), *(ui / "command_line").glob("*.py")]:
        source = path.read_text(encoding="utf-8")
        for made, name in re.findall(r"(f?)\"((?:readiness|error\.readiness)[\w.{}]*)\"", source):
            shape = re.sub(r"\{[^}]*\}", "\0", name) if made else name
            patterns.append(re.compile(re.escape(shape).replace("\0", r"\w+")))
        for name in re.findall(r"'(readiness\.[\w.{}]*)'", source):
            shape = re.sub(r"\{[^}]*\}", "\0", name)
            patterns.append(re.compile(re.escape(shape).replace("\0", r"\w+")))
    kept = {i for i in catalogue(lang).ids if i.startswith(("readiness.", "error.readiness"))}

    assert set(text_ids(SHIPPED)) <= kept
    unused = {i for i in kept - used if not any(pattern.fullmatch(i) for pattern in patterns)}
    assert unused == set()
    # questions, answers and steps are asked for by shapes that any id has: only known ones may be
    own = ("readiness.q.", "readiness.step.", "readiness.area.")
    assert {i for i in kept - used if i.startswith(own)} == {
        "readiness.area.head",
        "readiness.area.partly",
    }


@pytest.mark.parametrize(
    ("old", "new", "what", "mend"),
    [
        ("schema = 1", "schema = 2", "schema is 2", "write schema = 1"),
        ("schema = 1", "schema = ", "can't be read as TOML", "correct the TOML"),
        ('"coordination",\n', "", 'lead: area is "coordination"', "use one of continuity"),
        ('areas = [\n', 'areas = []\nold = [\n', "there is no areas", 'areas = ["…"]'),
        ('id = "lead"', 'id = "Lead"', "Lead: id is 'Lead'", "small letters"),
        ('id = "lead"', 'id = "quality"', "quality: two entries have this id", "another id"),
        ("weight = 3", "weight = 4", "lead: weight is 4", "one of 1, 2, 3"),
        ("weight = 3\n", "", 'lead: the key "weight" is missing', "add weight"),
        ("weight = 3", "weight = true", "lead: weight is True", "one of 1, 2, 3"),
        ("weight = 3\n", "weight = 3\nnote = 1\n", 'the key "note" is not known', "remove it"),
        ('only = "bilingual"', 'only = "aland"', "only is 'aland'", '"bilingual", "sami_homeland"'),
        ("level = 4 }", "level = 5 }", "lead, answer 4: level is 5", "one of 1, 2, 3, 4"),
        ("level = 4 }", "level = 3 }", "levels of its answers are [1, 2, 3, 3]", "weakest"),
        ('id = "named", ', "", "lead: ids of its answers", "an id of its own"),
        ('id = "named", ', 'id = "unknown", ', "lead: ids of its answers", '"unknown"'),
        ('id = "named"', 'id = "named", at_least = 1', "without choices", "add choices"),
        (', to = 3 }', ' }', "lead: step and to go together", "both"),
        ("to = 3 }", "to = 1 }", "leads from 1 to 1", "a better answer"),
        ('step = "lead_name"', 'step = "name"', 'there is no step "name"', "add the step"),
        ('step = "quality_count"', 'step = "lead_name"', "two questions lead to it", "own"),
        ('[[step]]\nid = "lead_name"', '[[step]]\nid = "a"\neffort = 1\nfrom = "start"\nweeks = 1'
         '\n\n[[step]]\nid = "lead_name"', "a: no answer leads to it", "remove it"),
        ('from = "busiest"', 'from = "peak"', "from is 'peak'", '"start", "busiest"'),
        ("weeks = -16", "weeks = -160", "weeks is -160", "from -104 to 104"),
        ("weeks = -16", "weeks = 1.5", "weeks is 1.5", "whole weeks"),
        ("limit = 2", "limit = 0", "limit is 0", "one of 1, 2, 3, 4"),
        ("limit = 1", "limit = 3", "limits of its answers are [3, 2, 4, 4]", "lower limit"),
        ('"seniors",\n', '"none",\n', "reached: choices are ['none'", "small letters"),
        ('"seniors",\n', '"youth",\n', "reached: choices are ['youth', 'youth'", "differ"),
        ("at_least = 0", "at_least = 1", "reached: at_least is [1, 3, 5, 8]", "begin with 0"),
        ("at_least = 8", "at_least = 10", "at_least is [0, 3, 5, 10]", "beyond the number"),
        ("{ at_least = 0", '{ id = "a", at_least = 0', "ids beside choices", "drop the ids"),
        ("choices = [", 'answers2 = [', 'the key "answers2" is not known', "remove it"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_the_way_out(
    tmp_path: Path, old: str, new: str, what: str, mend: str
) -> None:
    told = changed(tmp_path, old, new)

    assert what in told
    assert mend in told
    assert "git checkout data" in told
    with pytest.raises(PlannerError) as caught:
        load_questionnaire(tmp_path)
    assert caught.value.code == "error.data"
    assert caught.value.values["file"] == FILE


def test_an_area_needs_a_question_that_everybody_is_asked(tmp_path: Path) -> None:
    told = changed(tmp_path, 'area = "authorities"\n', 'area = "authorities"\nonly = "bilingual"\n')

    assert "no question of the area authorities is asked everywhere" in told


def test_a_question_needs_two_answers(tmp_path: Path) -> None:
    answers = TEXT[TEXT.index("answers = [") : TEXT.index("]\n", TEXT.index("answers = [")) + 1]

    assert "lead: it has 0 answers" in changed(tmp_path, answers, "answers = []")
    assert "lead: answers is" in changed(tmp_path, answers, "answers = 4")
    assert "lead, answer 1: it is no table" in changed(tmp_path, answers, "answers = [1, 2]")


def test_a_missing_file_and_a_missing_folder_are_told(tmp_path: Path) -> None:
    (problem,) = check_readiness(tmp_path)
    assert (problem.file, "the file is missing" in problem.what) == (FILE, True)
    (problem,) = check_readiness(tmp_path / "gone")
    assert "there is no such folder" in problem.what


def check_data(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines of check-data on a folder, with what it says at the end."""
    code = main(["check-data", "--folder", str(folder)])
    lines = capsys.readouterr().out.splitlines()
    assert code == 1
    return lines


def test_check_data_lists_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(DATA, copy)
    changed(copy, "weight = 3", "weight = 30")

    first, last = check_data(copy, capsys)

    assert first.startswith(f"{FILE}: lead: weight is 30")
    assert last == "1 problem."


def test_check_data_misses_words_for_a_new_question(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(DATA, copy)
    changed(copy, 'id = "time"', 'id = "money"')

    lines = check_data(copy, capsys)

    # the question and its four answers, in three languages
    assert len(lines) == 3 * 5 + 1
    assert f'{FILE}: the text "readiness.q.money" is missing in the language fi' in lines[0]
    assert "planner/texts/fi/readiness.po" in lines[0]
