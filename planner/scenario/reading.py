"""A scenario's JSON read strictly: whatever is not as it should be is named, nothing is guessed."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Callable, Collection
from typing import Any, NoReturn

from planner.assumptions import Assumptions, shown
from planner.errors import PlannerError
from planner.scenario.checks import check, check_municipalities
from planner.scenario.value import SCHEMA, Answers, Campaign, Scenario

LARGEST_FILE = 262_144  # bytes; room for any indentation
LARGEST_NUMBER = 1e15
_REQUIRED = ("schema", "start", "target_date", "existing", "new_users")
_OPTIONAL = ("answers", "sources", "campaign", "overrides", "baselines", "reasons")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_scenario(
    data: bytes, assumptions: Assumptions, adults: float, codes: Collection[str] | None = None
) -> Scenario:
    """The scenario of a file, checked; PlannerError says what is wrong with it and how to mend it.

    data: UTF-8, with or without a byte order mark, indented or not; codes: municipalities that
    answers and baselines may stand for (not checked where None).
    """
    if len(data) > LARGEST_FILE:
        raise PlannerError("error.scenario_large", most=LARGEST_FILE // 1024)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PlannerError("error.scenario_encoding") from error
    scenario = from_json(text)
    check(scenario, assumptions, adults)
    if codes is not None:
        check_municipalities(scenario, codes)
    return scenario


def from_json(text: str) -> Scenario:
    """The scenario that `to_json` wrote, to the last digit; PlannerError where it is none.

    Types and fields are checked here, what can be computed by `check`.
    """
    content = _content(text)
    _schema(content)
    for name in content:
        if name not in (*_REQUIRED, *_OPTIONAL):
            raise PlannerError("error.scenario_field", field=shown(name))
    for name in _REQUIRED:
        if name not in content:
            raise PlannerError("error.scenario_missing", field=name)
    given: dict[str, Any] = {
        "start": _day(content["start"], "start"),
        "target_date": _day(content["target_date"], "target_date"),
        "existing": _number(content["existing"], "existing"),
        "new_users": _number(content["new_users"], "new_users"),
    }
    read: dict[str, Callable[[object, str], object]] = {
        "answers": _answers,
        "sources": _sources,
        "campaign": _campaign,
        "overrides": _overrides,
        "baselines": _baselines,
        "reasons": _reasons,
    }
    given |= {name: read[name](content[name], name) for name in _OPTIONAL if name in content}
    return Scenario(**given)


def _content(text: str) -> dict[str, object]:
    if not text.strip():
        raise PlannerError("error.scenario_empty")
    try:
        content = json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
        _check_for_whole_characters(content)
    except json.JSONDecodeError as error:
        raise PlannerError(
            "error.scenario_not_json", line=error.lineno, column=error.colno
        ) from error
    except (RecursionError, ValueError) as error:
        # nested without end, or a number of thousands of digits
        raise PlannerError("error.scenario_not_json", line=1, column=1) from error
    if not isinstance(content, dict):
        raise PlannerError("error.scenario_other")
    return content


def _check_for_whole_characters(content: object) -> None:
    """Raise PlannerError where a text holds half a character: it could be neither shown nor kept.

    JSON lets halves of UTF-16 pairs in as escapes.
    """
    try:
        json.dumps(content, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise PlannerError("error.scenario_signs") from error


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise PlannerError("error.scenario_twice", field=shown(name))
        found[name] = value
    return found


def _no_number(text: str) -> NoReturn:
    raise PlannerError("error.not_a_number", value=text)


def _schema(content: dict[str, object]) -> None:
    if "schema" not in content:
        raise PlannerError("error.scenario_missing", field="schema")
    schema = content["schema"]
    if type(schema) is not int or schema < 1:
        raise PlannerError("error.scenario_whole", field="schema")
    if schema > SCHEMA:
        raise PlannerError("error.scenario_newer", schema=schema, known=SCHEMA)


def _table(value: object, name: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise PlannerError("error.scenario_table", field=name)
    return value


def _list(value: object, name: str, length: int | None = None) -> list[object]:
    if not isinstance(value, list) or length not in (None, len(value)):
        raise PlannerError("error.scenario_list", field=name)
    return value


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise PlannerError("error.scenario_text", field=name)
    return value


def _number(value: object, name: str) -> float:
    # true and false are whole numbers to Python
    if type(value) is not int and type(value) is not float:
        raise PlannerError("error.scenario_number", field=name)
    if abs(value) > LARGEST_NUMBER or not math.isfinite(value):
        raise PlannerError("error.scenario_number", field=name)
    return float(value)


def _whole(value: object, name: str) -> int:
    number = _number(value, name)
    if not number.is_integer():
        raise PlannerError("error.scenario_whole", field=name)
    return int(number)


def _day(value: object, name: str) -> dt.date:
    text = _text(value, name)
    try:
        if _DAY.fullmatch(text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise PlannerError("error.scenario_date", field=name)


def _entries(value: object, name: str) -> list[tuple[str, str, object]]:
    """Of a table's entries: key, the name to tell a reader, value."""
    return [(key, f"{name}.{shown(key)}", entry) for key, entry in _table(value, name).items()]


def _answers(value: object, name: str) -> tuple[tuple[str, Answers], ...]:
    found = []
    for code, at, entry in _entries(value, name):
        hours, people, until = _list(entry, at, 3)
        answers = Answers(
            _number(hours, at),
            None if people is None else _whole(people, at),
            None if until is None else _day(until, at),
        )
        found.append((code, answers))
    return tuple(found)


def _sources(value: object, name: str) -> tuple[str, ...]:
    return tuple(_text(entry, name) for entry in _list(value, name))


def _campaign(value: object, name: str) -> tuple[Campaign, ...]:
    entries = [_list(entry, name, 3) for entry in _list(value, name)]
    return tuple(
        (_day(day, name), _whole(weeks, name), _number(factor, name))
        for day, weeks, factor in entries
    )


def _overrides(value: object, name: str) -> tuple[tuple[str, tuple[float, ...]], ...]:
    return tuple(
        (key, tuple(_number(number, at) for number in _list(values, at)))
        for key, at, values in _entries(value, name)
    )


def _baselines(value: object, name: str) -> tuple[tuple[str, float], ...]:
    return tuple((code, _number(hours, at)) for code, at, hours in _entries(value, name))


def _reasons(value: object, name: str) -> tuple[tuple[str, str], ...]:
    return tuple((key, _text(text, at)) for key, at, text in _entries(value, name))
