"""History told again: checked change by change, and the items that follow from it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Final, get_args

from planner.store.content import canonical
from planner.store.types import Action

_ACTIONS: Final = get_args(Action)


@dataclass
class Replay:
    """Rows of the tables, by name of their columns, as changes are followed one after another.

    numbers: the latest change by municipality; changes, entries: the rows of those followed since
    they were last taken; items: as they stand now, by municipality and key.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    changes: list[dict[str, Any]] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)
    items: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def follow(self, told: dict[str, Any]) -> None:
        """Takes in the next change; ValueError, KeyError or TypeError where it can't be one."""
        municipality, number = _text(told["municipality"]), told["number"]
        _check(number == self.numbers.get(municipality, 0) + 1, "a change is missing")
        undoes = told["undoes"]
        _check(undoes is None or (type(undoes) is int and 0 < undoes < number), "what it undoes")
        _check(told["action"] in _ACTIONS and told["entries"], "what it does")
        time = dt.datetime.fromisoformat(told["time"])
        _check(time.tzinfo is not None, "a time without a zone")
        place = {"municipality": municipality, "number": number}
        signature = {"author": _text(told["author"]), "time": time}
        self.numbers[municipality] = number
        self.changes.append(
            {
                **place,
                **signature,
                "action": told["action"],
                "undoes": undoes,
                "token": _text(told["token"]),
            }
        )
        for position, entry in enumerate(told["entries"]):
            row = self._entry(municipality, entry)
            self.entries.append({**place, "position": position, **row})
            made = {"made": number, "position": position}
            kept = self.items.get((municipality, row["key"]), made)
            self.items[municipality, row["key"]] = {
                "municipality": municipality,
                **row,
                **signature,
                "made": kept["made"],
                "position": kept["position"],
            }

    def _entry(self, municipality: str, told: dict[str, Any]) -> dict[str, Any]:
        key, kind, revision = _text(told["key"]), _text(told["kind"]), told["revision"]
        before = self.items.get((municipality, key))
        _check(revision == (before["revision"] if before else 0) + 1, "a revision is missing")
        _check(before is None or before["kind"] == kind, "a kind that changes")
        _check(type(told["deleted"]) is bool, "whether it was deleted")
        _check(isinstance(told["content"], dict), "its content")
        return {
            "key": key,
            "kind": kind,
            "revision": revision,
            "deleted": told["deleted"],
            "content": canonical(told["content"]),
        }


def _check(true: object, what: str) -> None:
    if not true:
        raise ValueError(f"no history: {what}")


def _text(value: object) -> str:
    # a name or key holds no control characters: PostgreSQL would not take them
    if not isinstance(value, str) or not value or not value.isprintable():
        raise ValueError(f"no history: {value!r} is no text")
    return value
