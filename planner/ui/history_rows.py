"""Changes in words: what an entry is called, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from planner import records
from planner.errors import PlannerError
from planner.store import KINDS, Change, Content, Entry, from_content
from planner.texts import Texts, spoken
from planner.ui.format import Formats

SHOWN = 3  # entries of a change that are told one by one
Describer = Callable[[Any, Texts, Formats], str]


def heads(texts: Texts) -> list[str]:
    """Heads of the table of changes."""
    return [texts(f"history.{name}") for name in ("number", "time", "author", "what")]


def row(change: Change, texts: Texts, fmt: Formats) -> list[str]:
    """One change as a row of the table."""
    time = spoken(change.time, texts.lang)
    return [str(change.number), time, change.author, told(change, texts, fmt)]


def told(change: Change, texts: Texts, fmt: Formats) -> str:
    """What a change did, in a sentence."""
    action = texts(f"history.action.{change.action}", number=change.undoes or 0)
    parts = [_entry(entry, texts, fmt) for entry in change.entries[:SHOWN]]
    rest = len(change.entries) - SHOWN
    if rest > 0:
        parts.append(texts.count("history.more", rest))
    return f"{action}: {'; '.join(parts)}"


def _entry(entry: Entry, texts: Texts, fmt: Formats) -> str:
    before, after = (
        None if content is None else named(entry.kind, content, texts, fmt)
        for content in (entry.before, entry.after)
    )
    if before is None:
        return texts("history.added", what=after or "")
    if after is None:
        return texts("history.deleted", what=before)
    return texts("history.changed", before=before, after=after)


def named(kind: str, content: Content, texts: Texts, fmt: Formats) -> str:
    """An entry in a few words."""
    try:
        return _DESCRIBERS[kind](from_content(KINDS[kind], content), texts, fmt)
    except (KeyError, PlannerError):
        return texts("history.kind.unknown")


def _capacity(row: records.CapacityRow, texts: Texts, fmt: Formats) -> str:
    said = {
        "provider": texts(f"capacity.provider.{row.provider}"),
        "hours": fmt.decimal(row.hours),
    }
    if row.place:
        return texts("history.kind.capacity", place=row.place, **said)
    return texts("history.kind.capacity.anywhere", **said)


def _before(before: records.ServiceBefore, texts: Texts, fmt: Formats) -> str:
    return texts("history.kind.before", hours=fmt.decimal(before.hours + before.contract))


def _scope(scope: records.ServiceScope, texts: Texts, fmt: Formats) -> str:
    if not scope.left_out:
        return texts("history.kind.scope.all")
    what = [texts(f"capacity.scope.{code}") for code in scope.left_out]
    return texts("history.kind.scope", what=what)


def _tally(sheet: records.TallySheet, texts: Texts, fmt: Formats) -> str:
    return texts.count("history.kind.tally", len(sheet.rows), week=fmt.date(sheet.week))


def _visits(log: records.VisitFile, texts: Texts, fmt: Formats) -> str:
    return texts.count("history.kind.visits", len(log.rows), name=log.name)


def _users(log: records.UserCountFile, texts: Texts, fmt: Formats) -> str:
    return texts.count("history.kind.users", len(log.rows), name=log.name)


def _scenario(saved: records.SavedScenario, texts: Texts, fmt: Formats) -> str:
    return texts("history.kind.scenario", name=saved.name)


def _plan(saved: records.SavedPlan, texts: Texts, fmt: Formats) -> str:
    return texts("history.kind.plan", name=saved.name)


def _readiness(given: records.Readiness, texts: Texts, fmt: Formats) -> str:
    return texts.count("history.kind.readiness", len(given.answers))


_DESCRIBERS: Mapping[str, Describer] = {
    "capacity": _capacity,
    "before": _before,
    "scope": _scope,
    "tally": _tally,
    "visits": _visits,
    "users": _users,
    "scenario": _scenario,
    "plan": _plan,
    "readiness": _readiness,
}
