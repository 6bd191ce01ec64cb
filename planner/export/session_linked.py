"""A plan as events of Linked Events, the Finnish cities' event interface (api.hel.fi/linkedevents).

Field names, types and what an event needs before it is published follow the interface's own
description, version 1 (linkedevents/static/linked-events.yaml, and EventSerializer in
events/serializers.py of github.com/City-of-Helsinki/linkedevents): keywords, location, start_time,
a short description of at most 160 characters and a description in each language of the name, and a
price. Keywords are those of the General Finnish Ontology that the interface's own topics name.

What only the publisher knows is left open and begins with FILL_IN: the data source, the
organisation, and each place's id in the interface. Put the real ones in their stead, everywhere.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from planner.clock import HELSINKI
from planner.export.session_words import Words, described, titled, venue_name
from planner.sessions import Session, SessionPlan, Venue
from planner.snapshot import Snapshot
from planner.texts import LANGUAGES, Texts

API: Final = "https://api.hel.fi/linkedevents/v1"
DATA_SOURCE: Final = "FILL_IN_DATA_SOURCE"
PUBLISHER: Final = "FILL_IN_PUBLISHER"
PLACE: Final = "FILL_IN_PLACE"

NAME_MOST, SHORT_MOST, EXTRA_MOST = 255, 160, 400  # characters

GUIDANCE, LECTURES, WORKSHOPS = "yso:p2149", "yso:p15875", "yso:p19245"
KEYWORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "info": (GUIDANCE, LECTURES),
    "webinar": (GUIDANCE, LECTURES),
    "group": (GUIDANCE, WORKSHOPS),
}
"""Keywords by kind; the others have "guidance" alone."""

SPOKEN: Final = {"fi": "fi", "sv": "sv", "en": "en", "easy_fi": "fi", "easy_sv": "sv"}
"""Languages that the interface ships; an event in another one names it in its title."""


def linked_events(
    plan: SessionPlan,
    snapshot: Snapshot,
    texts_by_lang: Mapping[str, Texts],
    words: Words,
    stamp: dt.datetime,
    cancelled: Sequence[Session] = (),
) -> str:
    """The sessions as indented JSON text: a list of event objects, one a session.

    texts_by_lang: the catalogues of fi, sv and en; words: edited by hand, before the catalogue's;
    stamp: when it was made; cancelled: sessions sent before that are not held after all.
    """
    held = {one.uid for one in plan.sessions}
    gone = [one for one in cancelled if one.uid not in held]
    venues = {venue.id: venue for venue in plan.venues}
    events = [
        linked_event(one, venues.get(one.venue), snapshot, texts_by_lang, words, stamp)
        for one in (*plan.sessions, *gone)
    ]
    for event in events[len(plan.sessions) :]:
        event["event_status"] = "EventCancelled"
    return json.dumps(events, indent=2, ensure_ascii=False) + "\n"


def linked_event(
    one: Session,
    venue: Venue | None,
    snapshot: Snapshot,
    texts_by_lang: Mapping[str, Texts],
    words: Words,
    stamp: dt.datetime,
) -> dict[str, Any]:
    """One event. Its id follows from the session's uid, so that sending it again updates it.

    A moved session has no event_status: the interface itself marks an event whose time changes as
    rescheduled, and refuses to have it called scheduled again.
    """
    texts = [texts_by_lang[lang] for lang in LANGUAGES]
    texts_said = {each.lang: described(one, words, each) for each in texts}
    shorts = {each.lang: _short(one, words, each) for each in texts}
    event: dict[str, Any] = {
        "id": f"{DATA_SOURCE}:{one.uid.partition('@')[0]}",
        "origin_id": one.uid,
        "data_source": DATA_SOURCE,
        "publisher": PUBLISHER,
        "publication_status": "public",
        "type_id": "General",
        "name": {each.lang: clipped(titled(one, words, each), NAME_MOST) for each in texts},
        "short_description": shorts,
        "description": texts_said,
        "start_time": _moment(one.day, one.start),
        "end_time": _moment(one.day, one.end),
        "location": {"@id": f"{API}/place/{PLACE}:{one.venue}/"},
        "keywords": [
            {"@id": f"{API}/keyword/{word}/"} for word in KEYWORDS.get(one.kind, (GUIDANCE,))
        ],
        "in_language": [
            {"@id": f"{API}/language/{SPOKEN[language]}/"}
            for language in (one.language,)
            if language in SPOKEN
        ],
        "audience": [],  # everybody may come
        "offers": [{"is_free": True}],
        "last_modified_time": stamp.astimezone(dt.UTC).isoformat().replace("+00:00", "Z"),
    }
    if venue is not None:
        event["location_extra_info"] = {
            each.lang: clipped(venue_name(venue, snapshot, each), EXTRA_MOST) for each in texts
        }
    if one.sequence == 0:
        event["event_status"] = "EventScheduled"
    return event


def clipped(text: str, most: int) -> str:
    """The text with at most so many characters, cut between words where it can be."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    whole = head.rpartition(" ")[0] if text[most - 1] != " " else head
    return (whole or head).rstrip(" ,;:–-") + "…"


def _short(one: Session, words: Words, texts: Texts) -> str:
    """The theme's sentence, or the words edited by hand, short enough for the interface."""
    edited = any(
        (uid, lang) == (one.uid, texts.lang) and text.strip() for uid, lang, _, text in words
    )
    text = described(one, words, texts) if edited else texts(f"sessions.theme.{one.theme}.text")
    return clipped(text, SHORT_MOST)


def _moment(day: dt.date, minutes: int) -> str:
    """A time by Finland's clock with its offset from UTC."""
    clock = dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=minutes)
    return clock.replace(tzinfo=HELSINKI).isoformat()
