"""Records as contents and back: dates as ISO text, tuples as lists, whole numbers without a dot."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import types
import typing
from collections.abc import Callable
from typing import Any, Final, TypeVar

from planner import records
from planner.errors import PlannerError
from planner.store.types import Content

R = TypeVar("R")

KINDS: Final[dict[str, type]] = {
    "capacity": records.CapacityRow,
    "before": records.ServiceBefore,
    "scope": records.ServiceScope,
    "tally": records.TallySheet,
    "visits": records.VisitFile,
    "users": records.UserCountFile,
    "scenario": records.SavedScenario,
    "plan": records.SavedPlan,
    "readiness": records.Readiness,
}
"""Kinds of items and the record behind each."""


def kind_of(record: type | object) -> str:
    """The kind of a record or of its class; KeyError where it is none that is kept."""
    wanted = record if isinstance(record, type) else type(record)
    return _kinds()[wanted]


def to_content(record: object) -> dict[str, Any]:
    """A record as JSON can hold it, every field of it: a default may change, what is kept not."""
    if not dataclasses.is_dataclass(record) or isinstance(record, type):
        raise TypeError(f"{record!r} is not a record")
    return {field.name: _plain(getattr(record, field.name)) for field in dataclasses.fields(record)}


def from_content(record: type[R], content: Content) -> R:
    """The record behind a content; PlannerError where it doesn't fit."""
    try:
        return _record(record, content)
    except (TypeError, ValueError, KeyError) as error:
        raise PlannerError("error.store.content") from error


@functools.cache
def _kinds() -> dict[type, str]:
    return {record: kind for kind, record in KINDS.items()}


def _plain(value: object) -> Any:
    if dataclasses.is_dataclass(value):
        return to_content(value)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _record(record: type[R], content: object) -> R:
    if not isinstance(content, dict):
        raise TypeError("not an object")
    readers = _readers(typing.cast(type, record))
    return record(**{name: readers[name](value) for name, value in content.items()})


@functools.cache
def _readers(record: type) -> dict[str, Callable[[Any], Any]]:
    """What reads each field of a record, by its annotation."""
    return {name: _reader(hint) for name, hint in typing.get_type_hints(record).items()}


def _reader(hint: Any) -> Callable[[Any], Any]:
    if isinstance(hint, types.UnionType):
        (inner,) = (_reader(part) for part in hint.__args__ if part is not types.NoneType)
        return lambda value: None if value is None else inner(value)
    if typing.get_origin(hint) is tuple:
        return _tuple_reader(typing.get_args(hint))
    if dataclasses.is_dataclass(hint):
        return lambda value: _record(typing.cast(type, hint), value)
    if hint is dt.date:
        return dt.date.fromisoformat
    if hint is float:
        return _number
    return lambda value: _exactly(hint, value)


def _tuple_reader(parts: tuple[Any, ...]) -> Callable[[Any], Any]:
    def read(value: Any) -> tuple[Any, ...]:
        given = _exactly(list, value)
        readers = [_reader(parts[0])] * len(given) if parts[1:] == (...,) else map(_reader, parts)
        return tuple(reader(part) for reader, part in zip(readers, given, strict=True))

    return read


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{value!r} is not a number")
    return float(value)


def _exactly(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise TypeError(f"{value!r} is not {kind.__name__}")
    return value
