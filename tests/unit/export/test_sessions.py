"""Files of a plan: what other programs read in them."""

from __future__ import annotations

import datetime as dt
import functools
import json
import re
import zipfile
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
from planner.export.session_rows import COLUMNS, session_frame
from planner.export.session_xlsx import session_workbook
from planner.plans.sessions.windows import Timetable
from planner.scenario import default_scenario
from planner.sessions import Request, Session, SessionPlan, Venue, labels, plan_sessions
from planner.texts import LANGUAGES, catalogue

FIRST = dt.date(2026, 2, 2)
STAMP = dt.datetime(2026, 1, 20, tzinfo=dt.UTC)
HELSINKI = ZoneInfo("Europe/Helsinki")
SNAPSHOT = load_engine().snapshot
ALWAYS = (((0, 1440),),) * 7


@functools.cache
def plan() -> SessionPlan:
    engine = load_engine()
    scenario = default_scenario(engine.assumptions)
    return plan_sessions(engine, scenario, Request(("249",), FIRST, 4), FIRST)


def with_sessions(*sessions: Session, name: str = "Kirjasto") -> SessionPlan:
    """The plan with these sessions alone, at a venue of that name."""
    venue = Venue("v", "249", name, "town_hall", 24.7, 62.25, 35.0, Timetable(ALWAYS, ALWAYS))
    return replace(plan(), sessions=sessions, venues=(venue,))


def session(day: dt.date, start: int = 600, **changes: object) -> Session:
    """A clinic of two hours."""
    usual = Session("a-1@x", day, start, start + 120, "v", "clinic", "account", "fi", 1, 2.5)
    return replace(usual, **changes)  # type: ignore[arg-type]


def events(content: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_event_a_session_in_finnish_time(lang: str) -> None:
    content = session_calendar(plan(), SNAPSHOT, catalogue(lang), STAMP)

    found = events(content)

    assert [str(event["UID"]) for event in found] == [one.uid for one in plan().sessions]
    for event, one in zip(found, plan().sessions, strict=True):
        moment = event["DTSTART"].dt
        assert moment.astimezone(HELSINKI).replace(tzinfo=None) == dt.datetime.combine(
            one.day, dt.time(one.start // 60, one.start % 60)
        )
        assert event["DTSTART"].params["TZID"] == "Europe/Helsinki"
        assert str(event["LOCATION"])
        assert len(str(event["SUMMARY"])) > 5


def test_two_readers_agree_on_both_sides_of_the_clock_changes() -> None:
    days = [
        dt.date(2026, 3, 27),
        dt.date(2026, 3, 30),
        dt.date(2026, 10, 23),
        dt.date(2026, 10, 26),
    ]
    held = [session(day, uid=f"{day}@x") for day in days]

    content = session_calendar(with_sessions(*held), SNAPSHOT, catalogue("fi"), STAMP)

    wanted = [(day, hour) for day, hour in zip(days, (8, 7, 7, 8), strict=True)]
    one_reader = [event["DTSTART"].dt for event in events(content)]
    other = [event.dtstart.value for event in vobject.readOne(content.decode()).vevent_list]
    for read in (one_reader, other):
        utc = [moment.astimezone(dt.UTC) for moment in read]
        assert [(moment.date(), moment.hour) for moment in utc] == wanted


def test_letters_commas_and_long_lines_come_back_whole() -> None:
    name = "Åbo, Äänekoski; Öster \\ " + "pitkä nimi åäö " * 12

    content = session_calendar(
        with_sessions(session(FIRST), name=name), SNAPSHOT, catalogue("fi"), STAMP
    )

    assert str(events(content)[0]["LOCATION"]) == name
    assert vobject.readOne(content.decode()).vevent.location.value == name
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_a_moved_session_keeps_its_uid_and_raises_its_sequence() -> None:
    moved = session(FIRST, start=900, sequence=1)

    before, after = (
        events(session_calendar(with_sessions(one), SNAPSHOT, catalogue("fi"), STAMP))[0]
        for one in (session(FIRST), moved)
    )

    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)


def test_the_language_of_a_session_is_told_where_it_is_another() -> None:
    held = session(FIRST, language="sv")

    finnish, swedish = (
        str(
            events(session_calendar(with_sessions(held), SNAPSHOT, catalogue(lang), STAMP))[0][
                "SUMMARY"
            ]
        )
        for lang in ("fi", "sv")
    )

    assert finnish.endswith("(ruotsiksi)")
    assert "(" not in swedish


def test_the_table_holds_codes_dates_and_hours() -> None:
    frame = session_frame(plan(), SNAPSHOT, catalogue("fi"))

    assert tuple(frame.columns) == COLUMNS
    assert len(frame) == len(plan().sessions) > 0
    assert frame["start"].str.fullmatch(r"\d\d:\d\d").all()
    assert frame["venue_id"].isin([library.id for library in SNAPSHOT.libraries]).all()


def test_json_and_workbook_hold_the_same_sessions() -> None:
    record = json.loads(session_json(plan(), SNAPSHOT, catalogue("fi")))

    book = openpyxl.load_workbook(BytesIO(session_workbook(plan(), SNAPSHOT, catalogue("fi"))))

    assert book.sheetnames == ["sessions", "weeks", "villages"]
    rows = list(book["sessions"].iter_rows(min_row=2, values_only=True))
    assert [row[0].date() for row in rows] == [one.day for one in plan().sessions]
    assert [one["uid"] for one in record["sessions"]] == [one.uid for one in plan().sessions]
    assert [row[3] for row in rows] == [one["venue_id"] for one in record["sessions"]]
    assert len(record["weeks"]) == 4


def test_a_workbook_tells_no_moment_of_its_making() -> None:
    file = session_workbook(plan(), SNAPSHOT, catalogue("fi"))

    with zipfile.ZipFile(BytesIO(file)) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        about = package.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", about)) == {"2026-01-01T"}


def test_a_name_in_a_workbook_is_never_a_formula() -> None:
    named = with_sessions(replace(plan().sessions[0], venue="v"), name="=1+1")

    book = openpyxl.load_workbook(BytesIO(session_workbook(named, SNAPSHOT, catalogue("fi"))))

    assert (book["sessions"]["E2"].value, book["sessions"]["E2"].data_type) == ("=1+1", "s")


@pytest.mark.parametrize("name", ["=1+1", "+358", "-2", "@a", "\t=1+1", "\r=1", "\x00=1"])
def test_a_venue_s_name_is_no_formula_in_a_table(name: str) -> None:
    odd = replace(plan(), venues=tuple(replace(one, name=name) for one in plan().venues))

    frame = session_frame(odd, SNAPSHOT, catalogue("fi"))

    assert set(frame["venue"]) == {f"'{name}"}


def test_a_plain_name_stays_as_it_is_in_a_table() -> None:
    frame = session_frame(plan(), SNAPSHOT, catalogue("fi"))

    assert set(frame["venue"]) <= {library.name for library in SNAPSHOT.libraries}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("language", labels.LANGUAGES)
def test_every_language_that_can_be_chosen_is_told_in_every_file(lang: str, language: str) -> None:
    texts = catalogue(lang)
    held = with_sessions(session(FIRST, language=language))

    (event,) = events(session_calendar(held, SNAPSHOT, texts, STAMP))
    (row,) = json.loads(session_json(held, SNAPSHOT, texts))["sessions"]

    word = texts(f"sessions.language.{language}")
    assert row["language"] == language
    assert (f"({word})" in str(event["SUMMARY"])) is (language != lang)
    assert session_workbook(held, SNAPSHOT, texts)
