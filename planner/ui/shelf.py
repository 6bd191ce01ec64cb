"""What a reader has brought along: logs taken into use, files being looked at, tally sheets.

One typed value per browser session, the only place that holds them. It goes when the tab is closed;
pages say so, offer everything as a download and to keep it in the store. A session that has brought
nothing along sees what the store holds.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

import streamlit as st

from planner.errors import PlannerError
from planner.records import TallyRow, UserCount, Visit
from planner.store import Stored
from planner.ui import kept_logs
from planner.uploads import Problem

_KEY: Final = "planner_shelf"
V = TypeVar("V")


@dataclass(frozen=True)
class VisitLog:
    """Visits in use: the file they came from, how many of its rows were left out, whose they are.

    simulated: whether they are the simulator's.
    """

    name: str
    rows: tuple[Visit, ...]
    left_out: int = 0
    simulated: bool = False


@dataclass(frozen=True)
class UserLog:
    """User counts in use; see VisitLog."""

    name: str
    rows: tuple[UserCount, ...]
    left_out: int = 0
    simulated: bool = False


@dataclass(frozen=True)
class TallyFile:
    """Rows of a tally that wait to be added to a sheet."""

    name: str
    rows: tuple[TallyRow, ...]


Log = VisitLog | UserLog


@dataclass(frozen=True)
class Pending:
    """A file that has been read and waits for the reader's word; nothing of it counts yet."""

    log: Log | TallyFile
    mistakes: tuple[Problem, ...] = ()
    notes: tuple[PlannerError, ...] = ()


@dataclass(frozen=True)
class Draft:
    """The row that is being typed, as it stands in the fields.

    week: any day of the sheet's week; day: an ISO date, empty where it isn't said.
    """

    week: str = ""
    point: str = ""
    day: str = ""
    topic: str = ""
    language: str = ""
    outcome: str = ""
    within_other: bool = False
    minutes: str = ""


@dataclass(frozen=True)
class Logs:
    """The logs in use. A simulated log and real figures never stand side by side."""

    visits: VisitLog | None = None
    users: UserLog | None = None

    @property
    def simulated(self) -> bool:
        """Whether what is in use comes from the simulator."""
        return any(log is not None and log.simulated for log in (self.visits, self.users))

    def taking(self, log: Log) -> Logs:
        """These with a log in place of the one of its kind; what it may not stand beside goes."""
        if isinstance(log, VisitLog):
            other = self.users
            kept = other if other is not None and other.simulated == log.simulated else None
            return Logs(log, kept)
        visits = self.visits
        return Logs(
            visits if visits is not None and visits.simulated == log.simulated else None, log
        )


Sheets = Mapping[str, tuple[TallyRow, ...]]


@dataclass(frozen=True)
class Shelf:
    """Everything a session holds; `*_before` is what a change replaced, for undo.

    logs: None, and no sheet: those of the store; pending: by "visits", "users" or "tally-" and a
    municipality code; sheets, sheets_before, drafts: by that code; begun_from: by that code, the
    stored sheet that a session's own was begun from.
    """

    logs: Logs | None = None
    logs_before: Logs | None = None
    pending: Mapping[str, Pending] = field(default_factory=dict)
    sheets: Sheets = field(default_factory=dict)
    sheets_before: Sheets = field(default_factory=dict)
    begun_from: Mapping[str, tuple[Stored, ...]] = field(default_factory=dict)
    drafts: Mapping[str, Draft] = field(default_factory=dict)


def shelf() -> Shelf:
    """What the session holds."""
    held = st.session_state.get(_KEY)
    return held if isinstance(held, Shelf) else Shelf()


def _keep(changed: Shelf) -> None:
    st.session_state[_KEY] = changed


def logs() -> Logs:
    """The logs in use: the session's, or else those of the store."""
    held = shelf().logs
    return stored_logs() if held is None else held


def stored_logs() -> Logs:
    """The logs of the store."""
    visits, users = kept_logs.logs("visits", "users")
    return Logs(
        None if visits is None else VisitLog(visits.name, visits.rows),
        None if users is None else UserLog(users.name, users.rows),
    )


def use_stored() -> None:
    """Lets the session follow the store again."""
    _keep(replace(shelf(), logs=None, logs_before=None))


def put_logs(changed: Logs) -> None:
    """Makes these the logs in use; the ones before can be had back."""
    held = shelf()
    _keep(replace(held, logs=changed, logs_before=logs()))


def undo_logs() -> None:
    """Takes the last change of the logs back; nothing happens where there was none."""
    held = shelf()
    if held.logs_before is not None:
        _keep(replace(held, logs=held.logs_before, logs_before=None))


def put_pending(kind: str, pending: Pending | None) -> None:
    """Keeps a file that waits for the reader's word, or lets it go where None."""
    held = shelf()
    rest = {name: other for name, other in held.pending.items() if name != kind}
    _keep(replace(held, pending=rest if pending is None else {**rest, kind: pending}))


def confirm(kind: str) -> None:
    """Takes the file that waits into use: a log in place of its like, a tally's rows added."""
    pending = shelf().pending.get(kind)
    if pending is None:
        return
    if isinstance(pending.log, TallyFile):
        code = kind.removeprefix("tally-")
        put_sheet(code, (*sheet(code), *pending.log.rows))
    else:
        put_logs(logs().taking(pending.log))
    put_pending(kind, None)


def sheet(code: str) -> tuple[TallyRow, ...]:
    """The rows of a municipality's tally sheet: the session's, or else those of the store."""
    held = shelf().sheets
    return held[code] if code in held else kept_logs.sheet(code)


def put_sheet(code: str, rows: tuple[TallyRow, ...]) -> None:
    """Keeps the rows of a municipality's tally sheet; those before can be had back."""
    held = shelf()
    stored = held.begun_from.get(code)
    if code not in held.sheets or stored is None:
        stored = kept_logs.sheet_items(code)
    _keep(
        replace(
            held,
            sheets={**held.sheets, code: rows},
            sheets_before={**held.sheets_before, code: sheet(code)},
            begun_from={**held.begun_from, code: stored},
        )
    )


def follow_store(code: str) -> None:
    """Lets a municipality's sheet be the store's again: after saving, or instead of it."""
    held = shelf()
    _keep(
        replace(
            held,
            sheets=_without(held.sheets, code),
            sheets_before=_without(held.sheets_before, code),
            begun_from=_without(held.begun_from, code),
        )
    )


def _without(entries: Mapping[str, V], code: str) -> dict[str, V]:
    return {key: value for key, value in entries.items() if key != code}


def undo_sheet(code: str) -> None:
    """Takes the last change of a municipality's sheet back; nothing where there was none."""
    held = shelf()
    before = dict(held.sheets_before)
    if code in before:
        sheets = {**held.sheets, code: before.pop(code)}
        _keep(replace(held, sheets=sheets, sheets_before=before))


def draft(code: str) -> Draft:
    """What is being typed for a municipality's sheet."""
    return shelf().drafts.get(code, Draft())


def put_draft(code: str, typed: Draft) -> None:
    """Keeps what is being typed."""
    held = shelf()
    if held.drafts.get(code) != typed:
        _keep(replace(held, drafts={**held.drafts, code: typed}))


def actual_visits(code: str | None = None) -> list[tuple[dt.date, int]]:
    """Monday and contacts of every logged week of a municipality, its channels added up.

    Without a code: of all that are logged together. A week that nobody logged is left out: no line
    in a log is no count of zero.
    """
    log = logs().visits
    return weekly(() if log is None else log.rows, code)


def weekly(rows: Sequence[Visit], code: str | None = None) -> list[tuple[dt.date, int]]:
    """Monday and contacts of every week in the rows, of one municipality or of all."""
    weeks: dict[dt.date, int] = defaultdict(int)
    for row in rows:
        if code in (None, row.municipality):
            weeks[row.week] += row.contacts
    return sorted(weeks.items())


def logged() -> frozenset[str]:
    """Codes of the municipalities with a log."""
    log = logs().visits
    return frozenset() if log is None else frozenset(row.municipality for row in log.rows)
