"""The self-assessment in words, and on paper."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from planner.readiness import Given, Milestones, dated, load_questionnaire, profile
from planner.snapshot import load_snapshot
from planner.texts import LANGUAGES, catalogue
from planner.ui import readiness_rows, readiness_sheet
from planner.ui.format import formats
from planner.ui.readiness_rows import Assessment

QUESTIONS = load_questionnaire()
FI, FMT = catalogue("fi"), formats("fi")
START = dt.date(2026, 1, 12)


def assessment(given: Given, today: dt.date = dt.date(2025, 10, 1)) -> Assessment:
    """Keuruu's answers, with the rollout's start as planned."""
    snapshot = load_snapshot()
    place = snapshot.municipalities[snapshot.index("Keuruu")]
    found = profile(QUESTIONS, place, given)
    days = Milestones(START, dt.date(2026, 2, 2))
    tasks = dated(found.tasks, days, today)
    return Assessment(QUESTIONS, place, given, found, tasks, days, START, today)


SOME = assessment(
    {"lead": ("informal",), "cover": ("deputy",), "time": ("both",), "reached": ("seniors",)}
)


def test_bars_say_what_is_not_answered() -> None:
    found = {name: said for name, _, said in readiness_rows.bars(SOME.profile, FI)}

    assert found["Koordinointi (1/2)"] == "taso 2"
    assert found["Jatkuvuus (1/2)"] == "taso 3"
    assert found["Tietosuoja"] == "ei vastausta"
    assert len(found) == 10


def test_a_limit_is_told_with_its_question() -> None:
    given = {each.id: (each.codes[2],) for each in QUESTIONS.questions if not each.choices}

    found = assessment({**given, "funding": ("within",)}).profile

    answered, limit = readiness_rows.notes(found, FI)
    assert answered.startswith("Vastauksia 19/20.")
    assert FI("readiness.q.funding") in limit
    assert len(readiness_rows.notes(SOME.profile, FI)) == 1


def test_days_are_said_from_the_start_and_from_the_busiest_week() -> None:
    said = {each.task.step.id: readiness_rows.when(each, FI, FMT) for each in SOME.tasks}

    assert said == {
        "lead_name": "Myöhässä: piti tehdä 22.9.2025 mennessä (16 viikkoa ennen aloitusta)",
        "reached_some": "17.11.2025 mennessä (8 viikkoa ennen aloitusta)",
        "cover_rota": "5.1.2026 mennessä (4 viikkoa ennen vilkkainta viikkoa)",
        "time_peak": "12.1.2026 mennessä (3 viikkoa ennen vilkkainta viikkoa)",
    }
    assert SOME.overdue == 1
    assert "22.9.2025" not in readiness_rows.days(SOME, FI, FMT)
    assert "viikko 6/2026" in readiness_rows.days(SOME, FI, FMT)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_rule_for_a_date_has_its_words(lang: str) -> None:
    texts = catalogue(lang)
    for since in ("start", "busiest"):
        for side in ("before", "after"):
            for weeks in (1, 3):
                assert texts.count(f"readiness.due.{since}.{side}", weeks)
        assert texts(f"readiness.due.{since}.at")


def test_groups_not_reached_are_named() -> None:
    task = next(each.task for each in SOME.tasks if each.task.step.id == "reached_some")

    said = readiness_rows.step(task, SOME.given, FI)

    assert "nuoret, työttömät" in said
    assert "ikääntyneet" not in said


def test_the_first_steps_are_the_most_useful() -> None:
    assert [each.rank for each in SOME.first] == [1, 2, 3]
    assert SOME.first[0].task.step.id == "lead_name"
    heads, rows = readiness_rows.task_table(SOME, FI, FMT)
    assert [row[-1] for row in rows] == ["1", "3", "4", "2"]
    assert len(heads) == len(rows[0])


def test_answers_in_words() -> None:
    questions = {question.id: question for question in QUESTIONS.questions}

    def said(name: str, *codes: str) -> str:
        return readiness_rows.answer(questions[name], codes, FI)

    assert said("lead", "nobody") == FI("readiness.q.lead.nobody")
    assert said("lead", "unknown") == "En tiedä"
    assert said("lead") == said("lead", "gone") == "–"
    assert said("reached", "youth", "seniors") == "Ikääntyneet; Nuoret"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sheet_has_every_task_and_every_open_question(lang: str) -> None:
    texts = catalogue(lang)

    sheet = readiness_sheet.document(SOME, texts, formats(lang))

    assert sheet.startswith(f'<!DOCTYPE html><html lang="{lang}">')
    assert sheet.count("☐") == len(SOME.tasks) == 4
    assert sheet.count("<li>") == 16
    assert re.findall(r"<strong>\((\d)\)</strong>", sheet) == ["1", "3", "2"]
    assert "http" not in sheet


def test_an_answered_sheet_asks_nothing() -> None:
    given = {q.id: (q.codes[0],) for q in QUESTIONS.questions}

    sheet = readiness_sheet.document(assessment(given), FI, FMT)

    assert FI("readiness.sheet.open") not in sheet
