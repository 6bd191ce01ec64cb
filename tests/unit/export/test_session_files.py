"""Calendar files and workbooks: cancelled and edited sessions, real dates, lines, both readers."""

from __future__ import annotations

import datetime as dt
import functools
import json
from dataclasses import replace
from io import BytesIO
from zoneinfo import ZoneInfo

import icalendar
import openpyxl
import pytest
import vobject

from planner.engine import load_engine
from planner.export.session_ics import session_calendar
from planner.export.session_json import session_json
from planner.export.session_rows import session_frame
from planner.export.session_words import Words, described, titled, venue_name
from planner.export.session_xlsx import session_workbook
from planner.plans.sessions.windows import Timetable
from planner.scenario import default_scenario
from planner.sessions import Request, Session, SessionPlan, Venue, plan_sessions
from planner.sessions.edit import moved
from planner.sessions.venue_words import SORTS
from planner.texts import LANGUAGES, catalogue

FIRST = dt.date(2026, 2, 2)
STAMP = dt.datetime(2026, 1, 20, tzinfo=dt.UTC)
HELSINKI = ZoneInfo("Europe/Helsinki")
SNAPSHOT = load_engine().snapshot
FINNISH = catalogue("fi")
ALWAYS = (((0, 1440),),) * 7
WORDS: Words = (
    ("a-1@x", "fi", "Kahvia ja neuvoja; tule, istu", "Kerromme å, ä ja ö."),
    ("a-1@x", "sv", "Kaffe och råd", ""),
)


@functools.cache
def plan() -> SessionPlan:
    engine = load_engine()
    scenario = default_scenario(engine.assumptions)
    return plan_sessions(engine, scenario, Request(("249",), FIRST, 4), FIRST)


def session(**changes: object) -> Session:
    usual = Session("a-1@x", FIRST, 600, 720, "v", "clinic", "account", "fi", 1, 2.5)
    return replace(usual, **changes)  # type: ignore[arg-type]


def holding(*sessions: Session) -> SessionPlan:
    venue = Venue("v", "249", "Kirjasto", "library", 24.7, 62.25, 35.0, Timetable(ALWAYS, ALWAYS))
    return replace(plan(), sessions=sessions, venues=(venue,))


def events(
    of: SessionPlan, lang: str = "fi", words: Words = (), cancelled: tuple[Session, ...] = ()
) -> list[icalendar.Event]:
    content = session_calendar(of, SNAPSHOT, catalogue(lang), STAMP, words, cancelled)
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def test_words_edited_by_hand_win_in_every_file_that_has_words() -> None:
    held = holding(session())

    (event,) = events(held, words=WORDS)
    record = json.loads(session_json(held, SNAPSHOT, FINNISH, WORDS))["sessions"][0]
    book = openpyxl.load_workbook(BytesIO(session_workbook(held, SNAPSHOT, FINNISH, WORDS)))
    heads, row = book["sessions"].iter_rows(values_only=True)
    told = dict(zip(heads, row, strict=True))

    wanted = WORDS[0][2:]
    assert (str(event["SUMMARY"]), str(event["DESCRIPTION"])) == wanted
    assert (record["title"], record["description"]) == wanted
    assert (told["title"], told["description"]) == wanted
    assert not session_frame(held, SNAPSHOT, FINNISH).isin(wanted).any().any()


def test_an_empty_edit_or_another_language_leaves_the_usual_words() -> None:
    one, other = session(), session(uid="b-2@x")

    assert titled(one, WORDS, catalogue("sv")) == "Kaffe och råd"
    assert described(one, WORDS, catalogue("sv")) == described(other, (), catalogue("sv"))
    assert titled(one, WORDS, catalogue("en")) == titled(other, (), catalogue("en"))
    assert titled(other, WORDS, FINNISH) == titled(one, (), FINNISH)


def test_a_move_keeps_the_uid_and_raises_the_sequence_of_that_event_alone() -> None:
    before = plan()
    third = before.sessions[2]
    later = moved(third, third.day + dt.timedelta(days=1), third.start + 30)
    after = replace(
        before, sessions=tuple(later if one is third else one for one in before.sessions)
    )

    old, new = events(before), events(after)

    assert [event["UID"] for event in old] == [event["UID"] for event in new]
    raised = [event["SEQUENCE"] - known["SEQUENCE"] for known, event in zip(old, new, strict=True)]
    assert raised == [1 if one is third else 0 for one in before.sessions]
    assert new[2]["DTSTART"].dt.date() == third.day + dt.timedelta(days=1)


def test_a_cancelled_session_stays_in_the_file_as_cancelled() -> None:
    gone = session(uid="b-2@x", sequence=2, venue="gone")

    kept, told = events(holding(session()), cancelled=(gone, session()))

    assert (str(kept["STATUS"]), str(told["STATUS"])) == ("CONFIRMED", "CANCELLED")
    assert (str(told["UID"]), told["SEQUENCE"]) == ("b-2@x", 3)
    assert "LOCATION" not in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_session_of_every_week_of_the_year_is_at_its_hour_for_two_readers(lang: str) -> None:
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=7 * week) for week in range(52)]
    days += [dt.date(2026, 3, 28), dt.date(2026, 3, 29), dt.date(2026, 10, 24)]
    days += [dt.date(2026, 10, 25)]
    held = [session(uid=f"{day}@x", day=day) for day in days]
    content = session_calendar(holding(*held), SNAPSHOT, catalogue(lang), STAMP)

    first = [event["DTSTART"].dt for event in icalendar.Calendar.from_ical(content).walk("VEVENT")]
    second = [event.dtstart.value for event in vobject.readOne(content.decode()).vevent_list]

    wanted = [dt.datetime.combine(day, dt.time(10), tzinfo=HELSINKI) for day in days]
    for read in (first, second):
        told = [moment.astimezone(dt.UTC) for moment in read]
        assert told == [moment.astimezone(dt.UTC) for moment in wanted]


def test_lines_have_at_most_75_octets_and_never_part_a_letter() -> None:
    long = "ö" * 300 + " Åbo, ä"
    content = session_calendar(
        holding(session()), SNAPSHOT, FINNISH, STAMP, (("a-1@x", "fi", long, long),)
    )

    lines = content.split(b"\r\n")

    assert max(map(len, lines)) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    for line in lines:
        line.decode("utf-8")
    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert str(event["SUMMARY"]) == long
    assert vobject.readOne(content.decode()).vevent.summary.value == long


def test_a_calendar_has_what_the_standard_asks_for() -> None:
    calendar = icalendar.Calendar.from_ical(
        session_calendar(plan(), SNAPSHOT, FINNISH, STAMP, cancelled=(session(uid="b-2@x"),))
    )

    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Helsinki"]
    found = calendar.walk("VEVENT")
    assert len({str(event["UID"]) for event in found}) == len(found) == len(plan().sessions) + 1
    for event in found:
        assert event["DTSTAMP"].dt == STAMP
        assert event["DTEND"].dt > event["DTSTART"].dt
        assert not event.errors


def test_a_session_until_midnight_ends_there() -> None:
    late = holding(session(start=1320, end=1440))

    (event,) = events(late)
    book = openpyxl.load_workbook(BytesIO(session_workbook(late, SNAPSHOT, FINNISH)))

    assert event["DTEND"].dt == dt.datetime(2026, 2, 3, tzinfo=HELSINKI)
    assert book["sessions"]["C2"].value == dt.time(23, 59)


def test_the_workbook_has_real_dates_and_times_codes_and_words() -> None:
    book = openpyxl.load_workbook(BytesIO(session_workbook(plan(), SNAPSHOT, FINNISH)))
    sheet = book["sessions"]
    heads = [cell.value for cell in sheet[1]]

    for row, one in zip(sheet.iter_rows(min_row=2), plan().sessions, strict=True):
        told = dict(zip(heads, row, strict=True))
        assert told["date"].value.date() == one.day
        assert told["date"].is_date
        assert told["date"].number_format == "yyyy-mm-dd"
        assert told["start"].value == dt.time(one.start // 60, one.start % 60)
        assert told["start"].number_format == "hh:mm"
        assert told["kind"].value == one.kind
        assert told["kind_words"].value == FINNISH(f"sessions.kind.{one.kind}")
        assert told["theme_words"].value == FINNISH(f"sessions.theme.{one.theme}.title")
        assert told["language_words"].value == FINNISH(f"sessions.language.{one.language}")
        assert isinstance(told["staff_hours"].value, int | float)
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["A"].width > len("2026-02-02")
    assert sheet.column_dimensions["E"].width > max(len(str(cell.value)) for cell in sheet["E"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_venue_without_a_name_is_called_by_its_sort(lang: str) -> None:
    unnamed = [
        Venue("v", "249", None, sort, 24.7, 62.25, 35.0, Timetable(ALWAYS, ALWAYS))
        for sort in (*SORTS, "visits")
    ]

    names = {venue_name(venue, SNAPSHOT, catalogue(lang)) for venue in unnamed}

    assert len(names) == len(unnamed)
    assert all("Keuru" in name for name in names)
