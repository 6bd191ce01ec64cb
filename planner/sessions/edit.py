"""Changes made by hand to a plan's sessions, and what differs between two plans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from planner.plans.sessions.windows import Busy
from planner.sessions.types import Request, Session


@dataclass(frozen=True)
class Difference:
    """Sessions of the later plan that are new, those of the earlier one that are gone, and pairs
    (earlier, later) of those whose day, time, venue, theme, language or staff have changed."""

    added: tuple[Session, ...]
    removed: tuple[Session, ...]
    changed: tuple[tuple[Session, Session], ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def moved(session: Session, day: dt.date, start: int, venue: str | None = None) -> Session:
    """The session at another time (and venue), locked there; its name stays, its sequence grows."""
    where = venue or session.venue
    if (day, start, where) == (session.day, session.start, session.venue):
        return replace(session, locked=True)
    return replace(
        session,
        day=day,
        start=start,
        end=start + session.end - session.start,
        venue=where,
        sequence=session.sequence + 1,
        locked=True,
    )


def with_lock(request: Request, session: Session) -> Request:
    """The request with a session that must stay as it is, in place of one of the same name."""
    others = tuple(one for one in request.locked if one.uid != session.uid)
    return replace(request, locked=(*others, replace(session, locked=True)))


def without_lock(request: Request, uid: str) -> Request:
    """The request with that session free to go elsewhere."""
    return replace(request, locked=tuple(one for one in request.locked if one.uid != uid))


def cancelled(request: Request, session: Session) -> Request:
    """The request with the session's time at its venue kept free."""
    slot = Busy(session.day, session.start, session.end, session.venue)
    return replace(without_lock(request, session.uid), busy=(*request.busy, slot))


def difference(before: Sequence[Session], after: Sequence[Session]) -> Difference:
    """What differs, by the sessions' names."""
    old, new = ({one.uid: one for one in sessions} for sessions in (before, after))
    return Difference(
        added=tuple(one for one in after if one.uid not in old),
        removed=tuple(one for one in before if one.uid not in new),
        changed=tuple(
            (old[one.uid], one)
            for one in after
            if one.uid in old and _seen(old[one.uid]) != _seen(one)
        ),
    )


def place(one: Session) -> tuple[object, ...]:
    """What people who come need to know: a calendar that holds anything else is out of date."""
    return (one.day, one.start, one.end, one.venue, one.theme, one.language)


def _seen(one: Session) -> tuple[object, ...]:
    return (*place(one), one.staff)
