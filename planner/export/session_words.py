"""The words of a session: what it is called, what is said of it, and where it is."""

from __future__ import annotations

from planner.sessions import Session, SessionPlan, Venue
from planner.snapshot import Snapshot
from planner.texts import Texts

VISITS = "visits"

Words = tuple[tuple[str, str, str, str], ...]
"""(uid, language, title, description) of sessions whose words somebody has edited."""


def venue_name(venue: Venue, snapshot: Snapshot, texts: Texts) -> str:
    """A venue's own name, or what the planner calls one without: its sort and municipality."""
    if venue.name is not None:
        return venue.name
    place = snapshot.municipalities[snapshot.index(venue.municipality)].name(texts.lang)
    if venue.sort == VISITS:
        return texts("sessions.venue.visits", place=place)
    return texts("sessions.venue.unnamed", sort=texts(f"sessions.sort.{venue.sort}"), place=place)


def title(session: Session, texts: Texts) -> str:
    """What the session is called, with its language where that isn't the text's own."""
    name = texts(f"sessions.theme.{session.theme}.title")
    if session.language == texts.lang:
        return name
    language = texts(f"sessions.language.{session.language}")
    return texts("sessions.event.title", title=name, language=language)


def description(session: Session, texts: Texts) -> str:
    """One sentence on what happens, and how to come."""
    return texts(
        "sessions.event.text",
        text=texts(f"sessions.theme.{session.theme}.text"),
        kind=texts(f"sessions.kind.{session.kind}"),
    )


def titled(session: Session, words: Words, texts: Texts) -> str:
    """The title edited by hand in the language of `texts`, else `title`."""
    return _edited(session, words, texts)[0] or title(session, texts)


def described(session: Session, words: Words, texts: Texts) -> str:
    """The description edited by hand in the language of `texts`, else `description`."""
    return _edited(session, words, texts)[1] or description(session, texts)


def _edited(session: Session, words: Words, texts: Texts) -> tuple[str, str]:
    """Title and description edited by hand, the last ones where there are several; else empty."""
    found = "", ""
    for uid, lang, name, text in words:
        if (uid, lang) == (session.uid, texts.lang):
            found = name.strip(), text.strip()
    return found


def places(plan: SessionPlan, snapshot: Snapshot, texts: Texts) -> str:
    """The names of a plan's municipalities, as a list."""
    found = [
        snapshot.municipalities[snapshot.index(code)].name(texts.lang)
        for code in plan.request.codes
    ]
    return ", ".join(found)
