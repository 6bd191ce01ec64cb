"""A plan as JSON: every figure of it, codes and ISO dates."""

from __future__ import annotations

import json
from typing import Any

from planner.export.session_rows import clock
from planner.export.session_words import Words, described, titled, venue_name
from planner.sessions import SessionPlan
from planner.snapshot import Snapshot
from planner.texts import Texts


def session_json(plan: SessionPlan, snapshot: Snapshot, texts: Texts, words: Words = ()) -> str:
    """The plan as indented JSON text; words: edited by hand, before the catalogue's."""
    record = session_record(plan, snapshot, texts, words)
    return json.dumps(record, indent=2, ensure_ascii=False) + "\n"


def session_record(
    plan: SessionPlan, snapshot: Snapshot, texts: Texts, words: Words = ()
) -> dict[str, Any]:
    """The plan as plain values: persons and hours unrounded, weeks by their Mondays."""
    names = {venue.id: venue_name(venue, snapshot, texts) for venue in plan.venues}
    weeks = zip(
        plan.mondays, plan.limit, plan.used, plan.contacts, plan.served, plan.unserved, strict=True
    )
    return {
        "municipalities": list(plan.request.codes),
        "from": plan.first.isoformat(),
        "weeks": [
            {
                "week": monday.isoformat(),
                "staff_hours_limit": float(limit),
                "staff_hours": float(used),
                "contacts": float(contacts),
                "served": float(served),
                "unserved": float(unserved),
            }
            for monday, limit, used, contacts, served, unserved in weeks
        ],
        "preset": plan.request.preset,
        "gap": plan.gap,
        "people": plan.people,
        "binding": plan.binding,
        "changes": [vars(change) for change in plan.changes],
        "notices": list(plan.notices),
        "villages": [
            {
                "postal_code": village.postal_code,
                "municipality": village.municipality,
                "venue_id": village.venue,
                "contacts": float(village.contacts.sum()),
                "unserved": [float(value) for value in village.unserved],
            }
            for village in plan.villages
        ],
        "not_placed": [
            {"venue_id": venue, "kind": kind, "week": monday.isoformat()}
            for venue, kind, monday in plan.left
        ],
        "sessions": [
            {
                "uid": one.uid,
                "sequence": one.sequence,
                "date": one.day.isoformat(),
                "start": clock(one.start),
                "end": clock(one.end),
                "venue_id": one.venue,
                "venue": names[one.venue],
                "kind": one.kind,
                "theme": one.theme,
                "language": one.language,
                "staff": one.staff,
                "staff_hours": one.staff_hours,
                "expected_contacts": one.expected_contacts,
                "trainer": one.trainer + 1,
                "locked": one.locked,
                "title": titled(one, words, texts),
                "description": described(one, words, texts),
            }
            for one in plan.sessions
        ],
    }
