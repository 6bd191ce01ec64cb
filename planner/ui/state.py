"""What the address of a page says: codes, dates and numbers, the single source of a page's state.

A page reads its choices here and writes them back here, so every view can be shared as a link and
survives a change of page or of language. Addresses carry codes and ISO dates, never words.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, MutableMapping
from datetime import date
from typing import Final, Literal
from urllib.parse import urlencode

from planner.errors import PlannerError
from planner.scenario import LONGEST_LINK
from planner.texts import DEFAULT_LANGUAGE, LANGUAGES, Language
from planner.ui.format import parse_date, parse_number, parse_whole

log = logging.getLogger(__name__)

Kind = Literal["code", "date", "whole", "number", "scenario"]
Value = str | int | float | date

# Every parameter an address may carry, in the order in which links write them.
PARAMETERS: Final[Mapping[str, Kind]] = {
    "lang": "code",
    "kunta": "code",
    "area": "code",
    "level": "code",
    "measure": "code",
    "view": "code",
    "from": "date",
    "draws": "whole",
    "preset": "code",
    "start": "date",
    "target": "whole",
    "target_date": "date",
    "existing": "whole",
    "hours": "number",
    "people": "whole",
    "until": "date",
    "baseline": "number",
    "as_of": "date",
    "week": "date",
    "topic": "code",
    "distance": "number",
    "copes": "whole",
    "without": "code",
    "visits": "whole",
    "points": "whole",
    "open": "number",
    "wait": "whole",
    "staff": "whole",
    "plan": "code",
    "plan_from": "date",
    "weeks": "whole",
    "plan_hours": "number",
    "trainers": "whole",
    "show": "code",
    "day": "date",
    "venue": "code",
    "practice_days": "code",
    "practice_time": "code",
    "practice_every": "code",
    "practice_kind": "code",
    "practice_venue": "code",
    "rule": "code",
    "budget": "number",
    "scenario": "scenario",
    "compare": "scenario",
}

_MIRROR: Final = "_planner_last_query"
_LONGEST: Final = 200


class State:
    """The parameters of one page load, read once; what cannot be understood is in `problems`."""

    def __init__(self, query: MutableMapping[str, str]) -> None:
        self._query: Final = query
        self._values: dict[str, Value] = {}
        self.problems: dict[str, PlannerError] = {}
        self._read()

    def _read(self) -> None:
        self._values, self.problems = {}, {}
        for name, text in self._texts().items():
            kind = PARAMETERS[name]
            try:
                self._values[name] = _parse(text, kind)
            except PlannerError as error:
                self.problems[name] = error

    def raw(self, name: str) -> str | None:
        """A parameter as it stands in the address, or None where it is absent or empty."""
        _known(name)
        return _clipped(name, self._query.get(name, ""))

    def _texts(self) -> dict[str, str]:
        """All parameters as they stand in the address, in a fixed order."""
        given = dict(self._query.items())  # asked for one by one, each takes its time
        found = {name: _clipped(name, given[name]) for name in PARAMETERS if name in given}
        return {name: text for name, text in found.items() if text}

    def get(self, name: str) -> Value | None:
        """A parameter's value, or None where it is absent or cannot be understood."""
        _known(name)
        return self._values.get(name)

    def code(self, name: str) -> str | None:
        """A parameter that is a code."""
        value = self.get(name)
        return value if isinstance(value, str) else None

    def date(self, name: str) -> date | None:
        """A parameter that is a date."""
        value = self.get(name)
        return value if isinstance(value, date) else None

    def whole(self, name: str) -> int | None:
        """A parameter that is a whole number."""
        value = self.get(name)
        return value if isinstance(value, int) else None

    def number(self, name: str) -> float | None:
        """A parameter that is a number."""
        value = self.get(name)
        return float(value) if isinstance(value, (int, float)) else None

    def update(self, **changes: Value | None) -> bool:
        """Whether the address changed; None takes a parameter out, `from_` stands for `from`."""
        wanted = self.query(**changes)
        if wanted == self.query():
            return False
        for name in PARAMETERS:
            if name in wanted:
                self._query[name] = wanted[name]
            elif name in self._query:
                del self._query[name]
        self._read()
        return True

    def query(self, **changes: Value | None) -> dict[str, str]:
        """The parameters an address with these changes carries, in a fixed order."""
        texts: dict[str, str | None] = dict(self._texts())
        for name, value in changes.items():
            name = name.removesuffix("_")
            _known(name)
            texts[name] = None if value is None else _write(value)
        return {name: text for name in PARAMETERS if (text := texts.get(name))}

    def link(self, path: str = "", **changes: Value | None) -> str:
        """A relative address: of another page, or of this one with other parameters."""
        return f"{path}?{urlencode(self.query(**changes))}"

    def restore(self, page: str, memory: MutableMapping[str, object]) -> None:
        """Takes the parameters of the page before along when a change of page dropped them."""
        last = memory.get(_MIRROR)
        if isinstance(last, tuple) and last[0] != page and not self.query():
            self._query.update(last[1])
            self._read()
        self.remember(page, memory)

    def remember(self, page: str, memory: MutableMapping[str, object]) -> None:
        """Keeps the parameters for the next page."""
        memory[_MIRROR] = (page, self.query())


def page_language(lang: str | None, kunta: str | None) -> Language:
    """The language a page is written in, from the parameters of its address.

    A named language wins; an unknown one is Finnish (the page says so). Where none is named, the
    municipalities of Åland are read in Swedish and everything else in Finnish.
    """
    if lang:
        return next((known for known in LANGUAGES if known == lang), DEFAULT_LANGUAGE)
    return "sv" if kunta and is_aland(kunta) else DEFAULT_LANGUAGE


def is_aland(municipality: str) -> bool:
    """Whether a code or a name is one of the 16 municipalities of Åland."""
    from planner.snapshot import load_snapshot

    try:
        snapshot = load_snapshot()
        return bool(snapshot.municipalities[snapshot.index(municipality)].is_aland)
    except PlannerError:
        # Unknown municipality or unreadable data: the page itself says so, in Finnish.
        return False


def _clipped(name: str, text: str) -> str | None:
    # one letter more than a link may have: who opens it sees that it is too long
    longest = LONGEST_LINK + 1 if PARAMETERS[name] == "scenario" else _LONGEST
    return text.strip()[:longest] or None


def _known(name: str) -> None:
    if name not in PARAMETERS:
        raise KeyError(f"{name!r} is not a parameter of the planner's addresses")


def _parse(text: str, kind: Kind) -> Value:
    if kind == "date":
        return parse_date(text)
    if kind == "whole":
        return parse_whole(text)
    if kind == "number":
        # an address carries numbers as machines write them; a reader's spelling is let in as well
        plain = re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text)
        return float(text) if plain and len(text) < 13 else parse_number(text)
    if kind == "scenario":
        return text  # whoever opens it says what is wrong with it
    if not re.fullmatch(r"[\w .:,'’-]+", text):
        raise PlannerError("error.code", value=text)
    return text


def _write(value: Value) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return value.isoformat() if isinstance(value, date) else str(value)
