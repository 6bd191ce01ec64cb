"""From counts and places in the week to a SessionPlan: names, themes, languages, who is helped."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.engine import Engine
from planner.plans.sessions.themes import shared_out
from planner.plans.sessions.types import Counts, Floats, Placed
from planner.scenario import Scenario
from planner.sessions import labels
from planner.sessions.problem import Facts
from planner.sessions.types import Request, Session, SessionPlan, Village

UID_HOST = "suomifi-messages-rollout-planner"


@dataclass(frozen=True)
class Held:
    """A session at its place and time; `known`: the one it was already, None for a new one."""

    placed: Placed
    known: Session | None = None


def assembled(
    engine: Engine,
    scenario: Scenario,
    facts: Facts,
    request: Request,
    held: Sequence[Held],
    counts: Counts,
    names: Collection[str] = (),
) -> SessionPlan:
    """The SessionPlan of sessions that have their places, without notices and with counts' gap.

    names: names that no new session may take.
    """
    sessions = sessions_of(engine, scenario, facts, held, counts, names)
    return SessionPlan(
        request=request,
        first=max(request.first or facts.mondays[0], facts.mondays[0]),
        mondays=facts.mondays,
        venues=facts.venues,
        sessions=tuple(sessions),
        villages=_villages(engine, facts, counts.unserved),
        limit=facts.limit,
        used=hours_used(facts, sessions),
        contacts=facts.coming.sum(axis=(0, 1)),
        served=counts.served.sum(axis=(0, 1, 2)),
        unserved=counts.unserved.sum(axis=(0, 1)) + _homeless(facts),
        gap=counts.gap,
        people=facts.people,
    )


def sessions_of(
    engine: Engine,
    scenario: Scenario,
    facts: Facts,
    held: Sequence[Held],
    counts: Counts,
    names: Collection[str] = (),
) -> list[Session]:
    """The sessions in the order of the calendar; known ones keep name, theme, language and staff.

    Themes and languages of new ones follow the wanted shares, those of known ones counted in.
    """
    order = sorted(held, key=lambda one: (one.placed.day, one.placed.start, one.placed.venue))
    weeks = [week_of(facts, one.placed.day) for one in order]
    number = Counter(
        (one.placed.venue, one.placed.kind, week) for one, week in zip(order, weeks, strict=True)
    )
    known = [one.known for one in order]
    themes = _chosen(
        labels.theme_shares(engine, scenario, facts.mondays[0], weeks),
        [one.placed.venue for one in order],
        labels.THEMES,
        [one.theme if one else None for one in known],
    )
    languages = _chosen(
        _language_shares(engine, facts, order),
        [one.placed.venue for one in order],
        labels.LANGUAGES,
        [one.language if one else None for one in known],
    )
    taken = {*names, *(one.uid for one in known if one is not None)}
    found = []
    for each, week, theme, language in zip(order, weeks, themes, languages, strict=True):
        one = each.placed
        helped = float(counts.served[one.venue, :, one.kind, week].sum())
        people = helped / number[one.venue, one.kind, week]
        if each.known is not None:
            found.append(replace(each.known, expected_contacts=people))
            continue
        staff = int(facts.staff[one.venue, one.kind])
        venue, kind = facts.venues[one.venue].id, facts.kinds[one.kind]
        uid = new_name(venue, kind.code, facts.mondays[week], taken)
        taken.add(uid)
        found.append(
            Session(
                uid=uid,
                day=one.day,
                start=one.start,
                end=one.end,
                venue=venue,
                kind=kind.code,
                theme=theme,
                language=language,
                staff=staff,
                staff_hours=round(kind.hours(one.end - one.start, staff), 4),
                expected_contacts=people,
                trainer=one.trainer,
            )
        )
    return found


def new_name(venue: str, kind: str, day: dt.date, taken: Collection[str]) -> str:
    """A name that follows from what the session is, not from when in the week it is held.

    The first number that is free in `taken`.
    """
    year, week, _ = day.isocalendar()
    names = (f"{venue}-{kind}-{year}w{week:02d}-{n}@{UID_HOST}" for n in itertools.count(1))
    return next(name for name in names if name not in taken)


def week_of(facts: Facts, day: dt.date) -> int:
    """The plan's week of a day."""
    return (day - facts.days[0]).days // 7


def hours_used(facts: Facts, sessions: Sequence[Session]) -> Floats:
    """Staff hours of the sessions by week of the plan, [week]."""
    used = np.zeros(len(facts.mondays))
    for one in sessions:
        used[week_of(facts, one.day)] += one.staff_hours
    return used


def _chosen(
    shares: Floats, keys: Sequence[object], codes: Sequence[str], known: Sequence[str | None]
) -> list[str]:
    at = {code: index for index, code in enumerate(codes)}
    given = [None if code is None else at.get(code) for code in known]
    return [codes[choice] for choice in shared_out(shares, keys, given)]


def _language_shares(engine: Engine, facts: Facts, held: Sequence[Held]) -> Floats:
    places = [facts.venues[one.placed.venue].municipality for one in held]
    by_place = {code: labels.language_shares(engine, code) for code in set(places)}
    return np.array([by_place[code] for code in places]).reshape(-1, len(labels.LANGUAGES))


def _villages(engine: Engine, facts: Facts, unserved: Floats) -> tuple[Village, ...]:
    areas, snapshot = engine.snapshot.postal_areas, engine.snapshot
    share = np.divide(
        unserved,
        facts.counting.demand,
        out=np.zeros_like(unserved),
        where=facts.counting.demand > 0,
    )
    weeks = np.arange(len(facts.mondays))
    found = []
    for row, at in enumerate(facts.villages):
        home = facts.home[row]
        left = np.where(home[None, :] < 0, 1.0, share[home, :, weeks].T)
        found.append(
            Village(
                postal_code=areas.postal_code[at],
                municipality=snapshot.codes[int(areas.municipality[at])],
                people=float(areas.people[at]),
                venue=facts.venues[home[0]].id if home[0] >= 0 else "",
                contacts=facts.coming[row].sum(axis=0),
                unserved=(facts.coming[row] * left).sum(axis=0),
            )
        )
    return tuple(found)


def _homeless(facts: Facts) -> Floats:
    """Contacts of villages that no venue takes, [week]."""
    nowhere = facts.home < 0
    return np.asarray((facts.coming.sum(axis=1) * nowhere).sum(axis=0))
