"""Contents as text, the same on every database, and names that every database takes."""

from __future__ import annotations

import json
from typing import Any, Final

from planner.errors import PlannerError
from planner.store.types import Content

_LONGEST_NAME: Final = 100


def canonical(content: Content) -> str:
    """Canonical JSON: sorted keys, no spaces; equal contents give equal text.

    ValueError or TypeError where JSON can't hold it (not a number, half a surrogate pair, a date).
    """
    text = json.dumps(
        content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    text.encode()  # half a surrogate pair has no UTF-8
    return text


def parsed(text: str) -> dict[str, Any]:
    """The content behind its text; ValueError where it is not an object of JSON."""
    content = json.loads(text)
    if not isinstance(content, dict):
        raise ValueError("content is not an object")
    return content


def signed(author: str) -> str:
    """The author's name as it is kept: one line, at most 100 characters.

    PlannerError where nothing is left of it.
    """
    printable = "".join(char if char.isprintable() else " " for char in author)
    name = " ".join(printable.split())[:_LONGEST_NAME].rstrip()
    if not name:
        raise PlannerError("error.store.no_author")
    return name
