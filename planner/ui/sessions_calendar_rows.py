"""What a calendar of sessions says: its periods, days, holidays, and the words of each session."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import holidays
from babel.dates import get_day_names

from planner.export import session_words
from planner.sessions import Session, SessionPlan, Venue
from planner.sessions.holidays import ALAND, public_holidays
from planner.snapshot import Snapshot
from planner.texts import Language, Texts, locale_of
from planner.ui.format import Formats

SHOWN: Final = ("month", "week", "list")
LIST_AT_ONCE: Final = 100  # sessions that one list shows before it is parted by months
_WEEK: Final = dt.timedelta(weeks=1)
_HOLIDAY_LANGUAGES: Final = {"fi": "fi", "sv": "sv_FI", "en": "en_US"}
_BRACKETS: Final = re.compile(r"\s*\([^)]*\)$")


@dataclass(frozen=True)
class Entry:
    """A session in words: kind is its code, word what the calendar calls it.

    marks: "locked" and "moved" in words; expected: people as a whole number, or less than one.
    """

    uid: str
    day: dt.date
    time: str
    place: str
    short: str
    title: str
    kind: str
    word: str
    language: str
    marks: tuple[str, ...]
    staff: int
    expected: str


@dataclass(frozen=True)
class Day:
    """A day of the calendar; closed: the holiday's name or that the place is closed, else empty."""

    day: dt.date
    closed: str
    entries: tuple[Entry, ...]


def periods(plan: SessionPlan, shown: str, texts: Texts, fmt: Formats) -> list[tuple[dt.date, str]]:
    """The periods of a plan that a view of it shows one at a time: first day, and what it's called.

    Months and weeks are whole ones, sessions or none; a list of at most LIST_AT_ONCE sessions is
    one period, a longer one has a period for each month.
    """
    first, last = span(plan)
    if shown == "week":
        monday = first - dt.timedelta(days=first.weekday())
        weeks = range((last - monday) // _WEEK + 1)
        return [(monday + i * _WEEK, week_label(monday + i * _WEEK, fmt)) for i in weeks]
    if shown == "list" and len(plan.sessions) <= LIST_AT_ONCE:
        return [(first, texts("sessions_calendar.whole", first=fmt.day_month(first), last=last))]
    return [(month, started(fmt.month(month))) for month in _months(first, last)]


def bounds(
    plan: SessionPlan, shown: str, at: dt.date, texts: Texts, fmt: Formats
) -> tuple[str, dt.date, dt.date]:
    """The period that a view shows when asked for a day: its name, first and last day."""
    if shown == "week":
        days = week_days(at)
        return week_label(days[0], fmt), days[0], days[-1]
    if shown == "list" and len(plan.sessions) <= LIST_AT_ONCE:
        first, label = periods(plan, shown, texts, fmt)[0]
        return label, first, span(plan)[1]
    in_month = [day for week in month_days(at) for day in week if day is not None]
    return started(fmt.month(at)), in_month[0], in_month[-1]


def within(plan: SessionPlan, shown: str, at: dt.date, venue: str | None) -> list[Session]:
    """The sessions that a view shows when asked for a day, in the order of the calendar.

    venue: the id of the only place shown, None for all.
    """
    found = [one for one in plan.sessions if venue in (None, one.venue)]
    if shown == "week":
        days = week_days(at)
        found = [one for one in found if days[0] <= one.day <= days[-1]]
    elif shown == "month" or len(plan.sessions) > LIST_AT_ONCE:
        month = (at.year, at.month)
        found = [one for one in found if (one.day.year, one.day.month) == month]
    return sorted(found, key=lambda one: (one.day, one.start, one.venue, one.uid))


def span(plan: SessionPlan) -> tuple[dt.date, dt.date]:
    """The first and the last day of a plan, sessions moved beyond its weeks included."""
    held = [one.day for one in plan.sessions]
    ends = [monday + dt.timedelta(days=6) for monday in plan.mondays[-1:]]
    return min([plan.first, *held]), max([plan.first, *ends, *held])


def _months(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + dt.timedelta(days=31)).replace(day=1)


def week_label(monday: dt.date, fmt: Formats) -> str:
    """A week by its number and days: "Viikko 6/2026, 2.2.–8.2."."""
    sunday = monday + dt.timedelta(days=6)
    number = started(fmt.week(monday, year=True))
    return f"{number}, {fmt.day_month(monday)}–{fmt.day_month(sunday)}"


def started(text: str) -> str:
    """The text with a capital letter at its start."""
    return text[:1].upper() + text[1:]


def month_days(at: dt.date) -> list[list[dt.date | None]]:
    """The weeks of a month, Monday to Sunday; None stands for a day of another month."""
    weeks = calendar.Calendar().monthdatescalendar(at.year, at.month)
    return [[day if day.month == at.month else None for day in week] for week in weeks]


def week_days(at: dt.date) -> list[dt.date]:
    """The days of the week in which a day lies, Monday to Sunday."""
    monday = at - dt.timedelta(days=at.weekday())
    return [monday + dt.timedelta(days=i) for i in range(7)]


def day_names(lang: Language) -> list[str]:
    """The days of the week by name, Monday to Sunday."""
    names = get_day_names("wide", "stand-alone", locale_of(lang))
    return [started(names[i]) for i in range(7)]


def times(session: Session, lang: Language) -> str:
    """From when to when, as readers of the language write it, without the "klo" of the texts.

    "10–12" or "13.30–15.00", in English "10:00–12:00".
    """
    ends = (session.start, session.end)
    if lang == "en":
        return "–".join(f"{minutes // 60}:{minutes % 60:02d}" for minutes in ends)
    if any(minutes % 60 for minutes in ends):
        return "–".join(f"{minutes // 60}.{minutes % 60:02d}" for minutes in ends)
    return "–".join(str(minutes // 60) for minutes in ends)


def expected(people: float, fmt: Formats) -> str:
    """Expected people as a whole number; what is less than one says so."""
    return "< 1" if 0 < people < 1 else fmt.whole(people)


def entries(
    plan: SessionPlan,
    words: session_words.Words,
    sessions: Sequence[Session],
    snapshot: Snapshot,
    texts: Texts,
    fmt: Formats,
) -> list[Entry]:
    """Sessions of a plan in words, by day, start and the name of the place.

    words: what has been written by hand, see Draft.words.
    """
    venues = {venue.id: venue for venue in plan.venues}
    names = {id: session_words.venue_name(venue, snapshot, texts) for id, venue in venues.items()}
    shorts = short_names(plan.venues, names, snapshot, texts)
    by_hand: dict[str, session_words.Words] = {}
    for each in words:
        by_hand[each[0]] = (*by_hand.get(each[0], ()), each)
    return [
        Entry(
            uid=one.uid,
            day=one.day,
            time=texts("sessions_calendar.time", time=times(one, texts.lang)),
            place=names[one.venue],
            short=shorts[one.venue],
            title=session_words.titled(one, by_hand.get(one.uid, ()), texts),
            kind=one.kind,
            word=texts(f"sessions_calendar.kind.{one.kind}"),
            language=texts(f"sessions.language.{one.language}"),
            marks=marks(one, texts),
            staff=one.staff,
            expected=expected(one.expected_contacts, fmt),
        )
        for one in sorted(
            sessions, key=lambda one: (one.day, one.start, shorts[one.venue], one.uid)
        )
    ]


def marks(session: Session, texts: Texts) -> tuple[str, ...]:
    """What has been done to a session by hand, in words."""
    found = [("locked", session.locked), ("moved", session.sequence > 0)]
    return tuple(texts(f"sessions_calendar.{name}") for name, is_so in found if is_so)


def short_names(
    venues: Sequence[Venue], names: dict[str, str], snapshot: Snapshot, texts: Texts
) -> dict[str, str]:
    """Names for a narrow cell: without what stands in brackets, as long as they stay apart."""
    short = {
        venue.id: _BRACKETS.sub("", place_name(venue, snapshot, texts)) or names[venue.id]
        for venue in venues
    }
    taken = Counter(short.values())
    return {id: name if taken[name] == 1 else names[id] for id, name in short.items()}


def place_name(venue: Venue, snapshot: Snapshot, texts: Texts) -> str:
    """The venue's name; of visits, which have no place of their own, that of the municipality."""
    if venue.name is None and venue.sort == session_words.VISITS:
        return snapshot.municipalities[snapshot.index(venue.municipality)].name(texts.lang)
    return session_words.venue_name(venue, snapshot, texts)


def days(
    plan: SessionPlan,
    found: Sequence[Entry],
    wanted: Sequence[dt.date],
    venue: str | None,
    snapshot: Snapshot,
    texts: Texts,
) -> dict[dt.date, Day]:
    """The wanted days with their sessions and what closes them."""
    held: dict[dt.date, list[Entry]] = {day: [] for day in wanted}
    for entry in found:
        if entry.day in held:
            held[entry.day].append(entry)
    closed = closed_days(plan, wanted, venue, snapshot, texts)
    return {day: Day(day, closed.get(day, ""), tuple(ones)) for day, ones in held.items()}


def closed_days(
    plan: SessionPlan,
    wanted: Sequence[dt.date],
    venue: str | None,
    snapshot: Snapshot,
    texts: Texts,
) -> dict[dt.date, str]:
    """Why a day is closed: the holiday by name, or that all places (or the one shown) are closed.

    A day that is a holiday in Åland alone is named as well where the plan has a place there.
    """
    codes = {each.municipality for each in plan.venues if venue in (None, each.id)}
    codes = codes or set(plan.request.codes)
    found = {
        day: texts("sessions_calendar.closed")
        for where, day in plan.request.closures
        if where is None or where == venue
    }
    for aland in {snapshot.municipalities[snapshot.index(code)].is_aland for code in codes}:
        names = _holidays(tuple(sorted({day.year for day in wanted})), aland, texts.lang)
        found |= {day: names[day] for day in wanted if day in names}
    return found


@cache
def _holidays(years: tuple[int, ...], aland: bool, lang: Language) -> dict[dt.date, str]:
    named = holidays.country_holidays(
        "FI", subdiv=ALAND if aland else None, years=years, language=_HOLIDAY_LANGUAGES[lang]
    )
    return {day: named[day] for day in public_holidays(years, aland)}
