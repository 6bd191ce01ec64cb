"""Events for Linked Events: against the schema kept beside the tests, and what they say."""

from __future__ import annotations

import copy
import datetime as dt
import functools
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from planner.engine import load_engine
from planner.export.session_linked import clipped, linked_events
from planner.export.session_words import Words
from planner.plans.sessions.windows import Timetable
from planner.scenario import default_scenario
from planner.sessions import KINDS, Request, Session, SessionPlan, Venue, plan_sessions
from planner.sessions.labels import LANGUAGES as SPOKEN
from planner.sessions.labels import THEMES
from planner.texts import LANGUAGES, catalogue

FIRST = dt.date(2026, 3, 23)
STAMP = dt.datetime(2026, 1, 20, tzinfo=dt.UTC)
TEXTS = {lang: catalogue(lang) for lang in LANGUAGES}
SCHEMA = json.loads(
    (Path(__file__).parents[2] / "schemas" / "linked_events.schema.json").read_text("utf-8")
)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
ALWAYS = (((0, 1440),),) * 7


@functools.cache
def plan() -> SessionPlan:
    engine = load_engine()
    scenario = default_scenario(engine.assumptions)
    return plan_sessions(engine, scenario, Request(("249",), FIRST, 4), FIRST)


def session(**changes: object) -> Session:
    usual = Session("a-1@x", FIRST, 600, 720, "v", "clinic", "account", "fi", 1, 2.5)
    return replace(usual, **changes)  # type: ignore[arg-type]


def holding(*sessions: Session, name: str = "Kirjasto") -> SessionPlan:
    venue = Venue("v", "249", name, "town_hall", 24.7, 62.25, 35.0, Timetable(ALWAYS, ALWAYS))
    return replace(plan(), sessions=sessions, venues=(venue,))


def events(
    of: SessionPlan, words: Words = (), cancelled: tuple[Session, ...] = ()
) -> list[dict[str, Any]]:
    found = json.loads(
        linked_events(of, load_engine().snapshot, TEXTS, words, STAMP, cancelled)  # type: ignore[arg-type]
    )
    VALIDATOR.validate(found)
    return list(found)


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_a_plan_validates_one_event_a_session() -> None:
    found = events(plan())

    assert [event["origin_id"] for event in found] == [one.uid for one in plan().sessions]
    assert len({event["id"] for event in found}) == len(found) > 0
    places = {event["location"]["@id"].rstrip("/").rpartition(":")[2] for event in found}
    assert places == {one.venue for one in plan().sessions}


def test_every_kind_theme_and_language_validates() -> None:
    held = [
        session(uid=f"{kind}-{theme}-{language}@x", kind=kind, theme=theme, language=language)
        for kind in KINDS
        for theme in THEMES
        for language in SPOKEN
    ]

    found = events(holding(*held, name="Pitkä nimi " * 60))

    easy = next(event for event in found if event["origin_id"].endswith("-easy_sv@x"))
    sami = next(event for event in found if event["origin_id"].endswith("-se@x"))
    assert [one["@id"] for one in easy["in_language"]] == [
        "https://api.hel.fi/linkedevents/v1/language/sv/"
    ]
    assert sami["in_language"] == []  # no language of the interface's own: the title says it
    assert "pohjoissaame" in sami["name"]["fi"]


def test_times_tell_their_offset_on_both_sides_of_the_clock_changes() -> None:
    days = [
        dt.date(2026, 3, 27),
        dt.date(2026, 3, 30),
        dt.date(2026, 10, 23),
        dt.date(2026, 10, 26),
    ]

    found = events(holding(*(session(uid=f"{day}@x", day=day) for day in days)))

    offsets = ("+02:00", "+03:00", "+03:00", "+02:00")
    assert [event["start_time"] for event in found] == [
        f"{day}T10:00:00{offset}" for day, offset in zip(days, offsets, strict=True)
    ]


def test_words_edited_by_hand_win_in_their_language_alone() -> None:
    words = (("a-1@x", "sv", "Kaffe och råd", "Kom & fråga " * 30),)

    (event,) = events(holding(session()), words)
    (usual,) = events(holding(session()))

    assert event["name"]["sv"] == "Kaffe och råd"
    assert event["description"]["sv"].startswith("Kom & fråga Kom")
    assert event["short_description"]["sv"].startswith("Kom & fråga Kom")
    assert event["short_description"]["sv"].endswith("…")
    assert event["name"]["fi"] == usual["name"]["fi"]


def test_what_only_the_publisher_knows_is_left_to_fill_in() -> None:
    (event,) = events(holding(session()))

    assert event["data_source"] == "FILL_IN_DATA_SOURCE"
    assert event["publisher"] == "FILL_IN_PUBLISHER"
    assert event["id"] == "FILL_IN_DATA_SOURCE:a-1"
    assert event["location"]["@id"].endswith("/place/FILL_IN_PLACE:v/")


def test_a_moved_session_keeps_its_id_and_leaves_its_status_to_the_interface() -> None:
    (before,) = events(holding(session()))
    (after,) = events(holding(session(start=900, end=1020, sequence=1)))

    assert before["id"] == after["id"]
    assert before["event_status"] == "EventScheduled"
    assert "event_status" not in after


def test_a_cancelled_session_is_sent_as_cancelled_unless_it_is_held_again() -> None:
    gone = session(uid="b-2@x", venue="gone")

    found = events(holding(session()), cancelled=(gone, session()))

    assert [event.get("event_status") for event in found] == ["EventScheduled", "EventCancelled"]
    assert found[1]["origin_id"] == "b-2@x"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("start_time", "2026-03-23T10:00:00"),
        ("start_time", "2026-03-23"),
        ("offers", []),
        ("keywords", []),
        ("short_description", {"fi": "x" * 161, "sv": "x", "en": "x"}),
        ("description", {"fi": "x"}),
        ("event_status", "EventRescheduled"),
        ("location", None),
        ("extra", 1),
    ],
)
def test_the_schema_refuses_what_the_interface_refuses(field: str, value: object) -> None:
    wrong = copy.deepcopy(events(holding(session())))
    wrong[0][field] = value

    assert not VALIDATOR.is_valid(wrong)


def test_a_text_is_cut_between_words() -> None:
    assert clipped("yksi kaksi kolme", 16) == "yksi kaksi kolme"
    assert clipped("yksi kaksi kolme", 15) == "yksi kaksi…"
    assert clipped("yksi kaksi kolme", 11) == "yksi kaksi…"
    assert clipped("x" * 20, 5) == "xxxx…"


@pytest.mark.parametrize(("language", "said"), [("en", ["en"]), ("other", []), ("sms", [])])
def test_a_language_that_the_interface_lacks_stays_empty_and_is_named(
    language: str, said: list[str]
) -> None:
    (event,) = events(holding(session(language=language)))

    found = [one["@id"].rstrip("/").rpartition("/")[2] for one in event["in_language"]]
    assert found == said
    word = TEXTS["fi"](f"sessions.language.{language}")
    assert event["name"]["fi"].endswith(f"({word})")
