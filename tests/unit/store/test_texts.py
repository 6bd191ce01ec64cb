"""The sentences about the store: each that can be told exists, and each that exists can be told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planner import store
from planner.texts import LANGUAGES, catalogue

STORE = Path(store.__file__).parent


def test_the_texts_are_those_the_store_tells() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in STORE.glob("*.py"))
    named = set(re.findall(r'"(error\.(?:store|backup)\.\w+)"', source))
    kept = {i for i in catalogue("en").ids if i.startswith(("error.store.", "error.backup."))}

    assert named == kept


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_is_sent_to_the_changes_finds_the_page_by_its_name(lang: str) -> None:
    texts = catalogue(lang)
    values = {"author": "Aino", "time": "19.1.2026", "number": 7, "place": "here"}

    for name in ("no_author", "deleted_meanwhile", "no_such_change", "unsure"):
        assert texts("page.history") in texts(f"error.store.{name}", **values)


def test_undoing_is_called_what_the_button_says() -> None:
    texts = catalogue("fi")
    said = texts("error.store.changed_since", author="Aino", time="19.1.2026")

    assert texts("history.undo.button", number=7).startswith("Kumoa")
    assert "Kumoa ensin" in said
    assert "ei voi kumota" in said


@pytest.mark.parametrize(
    ("lang", "saved"), [("fi", "tallennettu."), ("sv", "sparades"), ("en", "saved.")]
)
def test_a_reader_is_not_told_of_a_save(lang: str, saved: str) -> None:
    texts = catalogue(lang)

    assert saved in texts("error.store.gone", place="here")
    assert saved not in texts("error.store.unreadable", place="here")
