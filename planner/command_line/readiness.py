"""The command `readiness`: saved self-assessments with their levels; and a check of their words."""

from __future__ import annotations

import argparse
from pathlib import Path

from planner.command_line.writing import write
from planner.errors import PlannerError
from planner.handwritten import fault
from planner.readiness import (
    Held,
    all_held,
    answer_frame,
    as_given,
    check_readiness,
    load_questionnaire,
    text_ids,
)
from planner.snapshot import load_snapshot
from planner.snapshot.problems import Problem
from planner.store import is_there, open_store
from planner.tables import as_csv
from planner.texts import LANGUAGES, catalogue

FILE = "readiness.toml"


def run_readiness(options: argparse.Namespace) -> int:
    """Write the saved answers with their levels, of one municipality or of all."""
    snapshot, questions = load_snapshot(), load_questionnaire()
    saved = _saved()
    if options.municipality is not None:
        place = snapshot.municipalities[snapshot.index(options.municipality)]
        if place.code not in saved:
            raise PlannerError("error.readiness_none", place=place.name(options.lang))
        saved = {place.code: saved[place.code]}
    answers = [
        (place, as_given(kept.record), kept.record.day.isoformat(), kept.item.author)
        for place in snapshot.municipalities
        if (kept := saved.get(place.code)) is not None
    ]
    write(as_csv(answer_frame(questions, answers, options.lang)), options.out)
    return 0


def _saved() -> dict[str, Held]:
    """What the store holds, by municipality; nothing where there is no store."""
    if not is_there():
        return {}
    with open_store() as store:
        return dict(all_held(store))


def check_questions(folder: Path) -> list[Problem]:
    """Everything wrong with a folder's questions; without their words no page could show them."""
    return check_readiness(folder) or [
        fault(
            FILE,
            None,
            f'the text "{text}" is missing in the language {lang}',
            f"add it to planner/texts/{lang}/readiness.po",
        )
        for lang in LANGUAGES
        for text in text_ids(load_questionnaire(folder))
        if text not in catalogue(lang).ids
    ]
