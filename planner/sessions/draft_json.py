"""A draft as JSON and back: strict, so that what is read is what was written, or an explanation."""

from __future__ import annotations

import datetime as dt
import json
import math
import types
from collections.abc import Collection
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, NoReturn, get_args, get_origin, get_type_hints

from planner.errors import PlannerError
from planner.plans.sessions.presets import PRESETS
from planner.sessions.labels import LANGUAGES, THEMES
from planner.sessions.types import KINDS, Request, Session
from planner.sessions.venue_words import SORTS

SCHEMA = 1
WEEK = 7
MOST_CHANGES = 2**31 - 1  # a calendar file's largest whole number
MOST_SHOWN = 60  # characters of a stored code in a message
LARGEST = 8_000_000  # characters; a region's half year takes a third of it


def encoded(value: object) -> str:
    """Canonical JSON of a frozen dataclass: sorted keys, ISO dates; equal values, equal text."""
    content = {"schema": SCHEMA, "draft": _plain(value)}
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def decoded(text: str, kind: type) -> Any:
    """The dataclass that `encoded` wrote; PlannerError says where the text does not fit."""
    if len(text) > LARGEST:
        _wrong("", "size")
    try:
        content = json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
        text.encode()
        json.dumps(content, ensure_ascii=False).encode()  # halves of characters come as escapes
    except (ValueError, RecursionError) as error:
        raise PlannerError("error.sessions_draft", where="JSON") from error
    if not isinstance(content, dict) or set(content) != {"schema", "draft"}:
        _wrong("", "schema")
    if type(content["schema"]) is not int or content["schema"] != SCHEMA:
        raise PlannerError("error.sessions_draft_newer")
    return _read(content["draft"], kind, "draft")


def check_request(request: Request) -> None:
    """PlannerError where a stored request names a code that there isn't, or has no whole week."""
    _known(request.preset, PRESETS, "draft.request.preset")
    for at, venue in enumerate(request.venues):
        path = f"draft.request.venues[{at}]"
        for season in (venue.timetable.winter, venue.timetable.summer):
            if len(season) != WEEK:
                _wrong(f"{path}.timetable", f"{len(season)} != {WEEK}")
        if venue.name is None:  # only then its sort is what it is called by
            _known(venue.sort, SORTS, f"{path}.sort")


def check_codes(one: Session, path: str) -> None:
    """PlannerError where a stored session has a code that there isn't, or an impossible number."""
    _known(one.kind, KINDS, f"{path}.kind")
    _known(one.theme, THEMES, f"{path}.theme")
    _known(one.language, LANGUAGES, f"{path}.language")
    if not 0 <= one.sequence <= MOST_CHANGES:
        _wrong(f"{path}.sequence", f"0–{MOST_CHANGES}")


def _known(code: str, codes: Collection[str], path: str) -> None:
    if code not in codes:
        _wrong(path, code[:MOST_SHOWN])


def _wrong(path: str, what: str) -> NoReturn:
    raise PlannerError("error.sessions_draft", where=f"{path}: {what}" if path else what)


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name twice")
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(value: object, kind: Any, path: str) -> Any:
    if isinstance(kind, types.UnionType):
        if value is None and type(None) in get_args(kind):
            return None
        return _read(value, next(one for one in get_args(kind) if one is not type(None)), path)
    if get_origin(kind) is tuple:
        return _tuple(value, get_args(kind), path)
    if is_dataclass(kind):
        return _dataclass(value, kind, path)
    if kind is dt.date:
        return _day(value, path)
    if kind is float and type(value) in (int, float) and math.isfinite(_real(value)):
        return _real(value)
    if kind is not float and type(value) is kind:
        return value
    return _wrong(path, kind.__name__)


def _real(value: Any) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf


def _tuple(value: object, kinds: tuple[Any, ...], path: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        _wrong(path, "list")
    if kinds[-1:] == (Ellipsis,):
        kinds = (kinds[0],) * len(value)
    if len(kinds) != len(value):
        _wrong(path, f"{len(kinds)} != {len(value)}")
    return tuple(
        _read(one, kind, f"{path}[{at}]")
        for at, (one, kind) in enumerate(zip(value, kinds, strict=True))
    )


def _dataclass(value: object, kind: Any, path: str) -> Any:
    hints = _hints(kind)
    if not isinstance(value, dict):
        _wrong(path, kind.__name__)
    for name in value:
        if name not in hints:
            _wrong(path, name)
    for part in fields(kind):
        needed = part.default is MISSING and part.default_factory is MISSING
        if needed and part.name not in value:
            _wrong(path, part.name)
    given = {name: _read(one, hints[name], f"{path}.{name}") for name, one in value.items()}
    return kind(**given)


def _day(value: object, path: str) -> dt.date:
    try:
        if isinstance(value, str) and len(value) == 10:
            return dt.date.fromisoformat(value)
    except ValueError:
        pass
    return _wrong(path, "date")
