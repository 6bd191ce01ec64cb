"""The sentences about the store: each that can be told exists, and each that exists can be told."""

from __future__ import annotations

import re
from pathlib import Path

from planner import store
from planner.texts import catalogue

STORE = Path(store.__file__).parent


def test_the_texts_are_those_the_store_tells() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in STORE.glob("*.py"))
    named = set(re.findall(r'"(error\.(?:store|backup)\.\w+)"', source))
    kept = {i for i in catalogue("en").ids if i.startswith(("error.store.", "error.backup."))}

    assert named == kept
