"""Answers and levels as a table."""

from __future__ import annotations

import csv
import io

from planner.readiness import answer_frame, load_questionnaire, profile
from planner.readiness.frame import COLUMNS
from planner.snapshot import load_snapshot
from planner.tables import as_csv

QUESTIONS = load_questionnaire()
KEURUU = load_snapshot().municipalities[load_snapshot().index("Keuruu")]


def test_one_row_a_question_with_its_levels() -> None:
    given = {"lead": ("named",), "cover": ("unknown",), "reached": ("youth", "seniors")}

    text = as_csv(answer_frame(QUESTIONS, [(KEURUU, given, "2026-02-03", "Aino")], "fi"))

    rows = list(csv.DictReader(io.StringIO(text)))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 20
    found = {row["question"]: row for row in rows}
    assert list(found["lead"].values()) == [
        "249", "Keuruu", "2026-02-03", "Aino", "coordination", "lead", "named", "3", "3", "2",
    ]  # fmt: skip
    assert [found["cover"][name] for name in COLUMNS[6:]] == ["unknown", "", "", "2"]
    assert [found["funding"][name] for name in COLUMNS[6:]] == ["", "", "", "2"]
    assert [found["reached"][name] for name in COLUMNS[6:]] == ["seniors youth", "1", "1", "2"]
    assert profile(QUESTIONS, KEURUU, given).level == 2


def test_nobody_s_answers_are_the_heads_alone() -> None:
    assert as_csv(answer_frame(QUESTIONS, [], "sv")) == ",".join(COLUMNS) + "\n"
