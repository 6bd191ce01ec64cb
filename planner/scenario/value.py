"""The scenario: one immutable value with canonical JSON and an id that follows from its content."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from planner.assumptions import Assumptions
from planner.errors import PlannerError
from planner.scenario.supply import Supply

SCHEMA = 1
SOURCES = ("information", "activation", "waves", "echo")
PRESETS = ("national_target", "press_estimate", "todays_reach")
# What may be changed beside the assumptions; a reason may stand for each, under its name.
LEVERS = (
    "start",
    "target_date",
    "existing",
    "new_users",
    "sources",
    "campaign",
    "answers",
    "baselines",
)

Campaign = tuple[dt.date, int, float]
Stated = Any  # a lever's value: date, number, text, Answers or a tuple of them


@dataclass(frozen=True)
class Answers:
    """The three answers: hours of support a week now, by how many people, funded until when."""

    hours: float
    people: int | None = None
    until: dt.date | None = None


@dataclass(frozen=True)
class Scenario:
    """What is assumed about the rollout; defaults come from data/assumptions.toml.

    existing, new_users: persons; answers: by municipality code; sources: the sources of demand that
    count; campaign: (Monday of the first week, weeks, factor on the official share); overrides:
    central values by assumption id; baselines: hours a week of support before the rollout by
    municipality code, as a tally week showed; reasons: a sentence by assumption id or lever.

    capacity: what the store holds of municipalities' services, by code. It counts in the figures
    instead of estimate and answers, but belongs to no file, link or id: those say what is assumed.

    Equal scenarios are equal values: whatever the order in which parts were given, they are kept
    sorted, the last of two with one key counts, and a campaign starts on the Monday of its week.
    """

    start: dt.date
    target_date: dt.date
    existing: float
    new_users: float
    answers: tuple[tuple[str, Answers], ...] = ()
    sources: tuple[str, ...] = SOURCES
    campaign: tuple[Campaign, ...] = ()
    overrides: tuple[tuple[str, tuple[float, ...]], ...] = ()
    baselines: tuple[tuple[str, float], ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    capacity: tuple[tuple[str, Supply], ...] = ()
    schema: int = field(default=SCHEMA)

    def __post_init__(self) -> None:
        ordered: dict[str, object] = {
            "existing": _number(self.existing),
            "new_users": _number(self.new_users),
            "answers": _by_key(
                (code, replace(value, hours=_number(value.hours))) for code, value in self.answers
            ),
            "sources": tuple(sorted(set(self.sources), key=_source_order)),
            "campaign": tuple(
                sorted((_monday(day), weeks, _number(f)) for day, weeks, f in self.campaign)
            ),
            "overrides": _by_key(
                (name, tuple(map(_number, values))) for name, values in self.overrides
            ),
            "baselines": _by_key((code, _number(hours)) for code, hours in self.baselines),
            "capacity": _by_key(self.capacity),
            "reasons": _by_key((key, text) for key, text in self.reasons if text),
        }
        for name, value in ordered.items():
            object.__setattr__(self, name, value)

    def __hash__(self) -> int:
        return self._hash

    @functools.cached_property
    def _hash(self) -> int:
        # every cache asks for it, and the services of a whole country are long
        return hash(tuple(getattr(self, each.name) for each in fields(self)))

    @functools.cached_property
    def id(self) -> str:
        """Twelve hex digits that follow from the content alone."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()[:12]

    def to_json(self) -> str:
        """Canonical JSON: sorted keys, ISO dates, no spaces; equal scenarios give equal text.

        Baselines and reasons are left out where there are none.
        """
        content: dict[str, object] = {
            "schema": self.schema,
            "start": self.start.isoformat(),
            "target_date": self.target_date.isoformat(),
            "existing": _plain(self.existing),
            "new_users": _plain(self.new_users),
            "answers": {code: _answers(value) for code, value in self.answers},
            "sources": sorted(self.sources),
            "campaign": [[day.isoformat(), weeks, _plain(f)] for day, weeks, f in self.campaign],
            "overrides": {name: [_plain(v) for v in values] for name, values in self.overrides},
        }
        if self.baselines:
            content["baselines"] = {code: _plain(hours) for code, hours in self.baselines}
        if self.reasons:
            content["reasons"] = dict(self.reasons)
        return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    def with_answers(self, code: str, answers: Answers | None) -> Scenario:
        """This scenario with one municipality's answers set, or taken away where None."""
        return replace(self, answers=_with(self.answers, code, answers))

    def with_baseline(self, code: str, hours: float | None) -> Scenario:
        """This scenario with one municipality's baseline set, or taken away where None."""
        return replace(self, baselines=_with(self.baselines, code, hours))

    def with_capacity(self, entered: Mapping[str, Supply]) -> Scenario:
        """This scenario with what has been entered of municipalities' services, by code."""
        return replace(self, capacity=tuple({**dict(self.capacity), **entered}.items()))

    def with_override(self, name: str, values: Sequence[float] | None) -> Scenario:
        """This scenario with one assumption's central values set, or as shipped where None.

        The reason for a change goes with it.
        """
        given = None if values is None else tuple(values)
        changed = replace(self, overrides=_with(self.overrides, name, given))
        return changed if given is not None else changed.with_reason(name, "")

    def with_reason(self, key: str, text: str) -> Scenario:
        """This scenario with the reason for one change, or without it where the text is empty."""
        return replace(self, reasons=_with(self.reasons, key, text or None))

    def demand(self) -> Scenario:
        """What the demand depends on: scenarios that differ in services only have one demand."""
        served = self.answers or self.baselines or self.capacity
        plain = replace(self, answers=(), baselines=(), capacity=()) if served else self
        return plain.without_reasons()

    def without_reasons(self) -> Scenario:
        """What the figures depend on: scenarios that differ in reasons only have one result."""
        return replace(self, reasons=()) if self.reasons else self


@dataclass(frozen=True)
class Difference:
    """One thing in which two scenarios differ.

    lever: one of LEVERS, or "overrides"; key: assumption id or municipality code, "" where the
    lever is one value; before, after: its values, None where a scenario doesn't set it.
    """

    lever: str
    key: str
    before: Stated
    after: Stated

    @property
    def reason_key(self) -> str:
        """Under what a scenario keeps the reason for this change."""
        return self.key if self.lever == "overrides" else self.lever


def difference(before: Scenario, after: Scenario) -> tuple[Difference, ...]:
    """In what two scenarios differ, levers first; reasons are no difference."""
    found = [
        Difference(name, "", getattr(before, name), getattr(after, name))
        for name in ("start", "target_date", "existing", "new_users", "sources", "campaign")
    ]
    for name in ("answers", "baselines", "overrides"):
        old: Mapping[str, Stated] = dict(getattr(before, name))
        new: Mapping[str, Stated] = dict(getattr(after, name))
        found += [Difference(name, key, old.get(key), new.get(key)) for key in sorted({*old, *new})]
    return tuple(each for each in found if each.before != each.after)


def default_scenario(
    assumptions: Assumptions,
    start: dt.date | None = None,
    target_date: dt.date | None = None,
    existing: float | None = None,
    new_users: float | None = None,
) -> Scenario:
    """The shipped scenario with what is given instead; the target date follows the start."""
    begin = assumptions.day("start") if start is None else start
    end = following_target(assumptions, begin) if target_date is None else target_date
    return Scenario(
        start=begin,
        target_date=end,
        existing=assumptions.number("existing") if existing is None else existing,
        new_users=assumptions.number("new_users") if new_users is None else new_users,
    )


def following_target(
    assumptions: Assumptions, start: dt.date, like: Scenario | None = None
) -> dt.date:
    """The target date that follows a start: as many days later as in the original plan, or `like`.

    PlannerError where no calendar holds that day.
    """
    planned = dt.timedelta(days=assumptions.number("target_days"))
    try:
        return start + (planned if like is None else like.target_date - like.start)
    except OverflowError as error:
        low, high = assumptions.settings["start"].bounds
        raise PlannerError("error.start_range", low=low, high=high) from error


def _with(pairs: tuple[tuple[str, Any], ...], key: str, value: object) -> Any:
    rest = tuple(pair for pair in pairs if pair[0] != key)
    return rest if value is None else (*rest, (key, value))


def _by_key(pairs: Any) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted(dict(pairs).items(), key=lambda pair: pair[0]))


def _source_order(source: str) -> tuple[int, str]:
    return (SOURCES.index(source) if source in SOURCES else len(SOURCES), source)


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _number(value: float) -> float:
    # plain floats and one zero: −0.0 would write itself as 0 and come back another value
    return float(value) + 0.0


def _plain(value: float) -> float | int:
    return int(value) if value.is_integer() else value


def _answers(value: Answers) -> list[object]:
    return [_plain(value.hours), value.people, value.until and value.until.isoformat()]
