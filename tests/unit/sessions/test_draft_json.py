"""A stored draft: written and read unchanged, or an explanation of what does not fit, and where."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest

from planner.errors import PlannerError
from planner.plans.sessions.windows import Timetable
from planner.sessions import Draft, Request, Venue, plan_sessions
from planner.sessions import draft as drafts
from tests.unit.sessions.test_draft import DAY, FIRST, planned, world


def full_draft() -> Draft:
    """A draft in which nothing is left at what it is by itself."""
    draft, _ = planned()
    week = (((540, 960),),) * 5 + ((), ())
    hall = Venue("hall", "249", "Kylätalo", "hall", 24.7, 62.3, 20.0, Timetable(week, week))
    draft = replace(
        draft,
        request=replace(
            draft.request,
            venues=(hall,),
            staff_hours=7.5,
            people=2,
            closures=((None, FIRST), ("85126", FIRST + DAY)),
            single_staffed=(("85126", True),),
            without=("86745",),
        ),
    )
    first, second, third = (one.uid for one in draft.sessions[:3])
    draft = drafts.moved(draft, first, FIRST + 2 * DAY, 600)
    draft = drafts.cancelled(draft, second)
    draft = drafts.forbidden(draft, None, FIRST + 9 * DAY, 480, 720)
    return drafts.worded(draft, third, "fi", "Ääkköset ja ”lainaus”", "Rivi\ntoinen")


def test_json_gives_the_same_draft_back() -> None:
    draft = full_draft()

    text = drafts.to_json(draft)

    assert drafts.from_json(text) == draft
    assert drafts.to_json(drafts.from_json(text)) == text


def broken_drafts() -> list[tuple[str, str]]:
    text = drafts.to_json(planned()[0])
    whole = json.loads(text)
    inner, one = whole["draft"], whole["draft"]["sessions"][0]

    def with_session(**changes: object) -> str:
        return json.dumps({**whole, "draft": {**inner, "sessions": [{**one, **changes}]}})

    def with_request(**changes: object) -> str:
        request = {**inner["request"], **changes}
        return json.dumps({**whole, "draft": {**inner, "request": request}})

    return [
        ("", "error.sessions_draft"),
        (text[:-20], "error.sessions_draft"),
        ("[]", "error.sessions_draft"),
        ("[" * 100_000, "error.sessions_draft"),
        ('{"draft": NaN, "schema": 1}', "error.sessions_draft"),
        (text.replace('"schema":1', '"schema":2'), "error.sessions_draft_newer"),
        (text.replace('"schema":1', '"schema":true'), "error.sessions_draft_newer"),
        (json.dumps({**whole, "more": 1}), "error.sessions_draft"),
        (json.dumps({**whole, "draft": {**inner, "more": 1}}), "error.sessions_draft"),
        (json.dumps({**whole, "draft": {"sessions": []}}), "error.sessions_draft"),
        (with_session(day="2026-02-30"), "error.sessions_draft"),
        (with_session(day="20260202"), "error.sessions_draft"),
        (with_session(start="10:00"), "error.sessions_draft"),
        (with_session(start=True), "error.sessions_draft"),
        (with_session(start=600.5), "error.sessions_draft"),
        (with_session(end=2000), "error.sessions_draft_times"),
        (with_session(staff=10**400), "error.sessions_draft_staff"),
        (with_session(staff_hours=10**400), "error.sessions_draft"),
        (with_session(expected_contacts="many"), "error.sessions_draft"),
        (with_session(kind="party"), "error.sessions_draft"),
        (with_session(uid="\ud800"), "error.sessions_draft"),
        (with_session(theme="gardening"), "error.sessions_draft"),
        (with_session(language="tlh"), "error.sessions_draft"),
        (with_session(sequence=-1), "error.sessions_draft"),
        (with_request(preset="best"), "error.sessions_draft"),
        (with_request(locked=[{**one, "theme": "x"}]), "error.sessions_draft"),
        (json.dumps({**whole, "draft": {**inner, "gone": [{**one, "kind": "x"}]}}), "draft"),
        (json.dumps({**whole, "draft": {**inner, "sessions": [one, one]}}), "_twice"),
        (json.dumps({**whole, "draft": {**inner, "words": [["a", "fi", "x"]]}}), "draft"),
        (text.replace('"words":[]', '"words":[],"words":[]'), "error.sessions_draft"),
    ]


@pytest.mark.parametrize("at", range(30))
def test_what_does_not_fit_is_explained(at: int) -> None:
    text, code = broken_drafts()[at]

    with pytest.raises(PlannerError) as caught:
        drafts.from_json(text)

    assert code in caught.value.code


def stored(**changes: object) -> str:
    """A stored draft whose first session, or whose request, has been tampered with."""
    whole = json.loads(drafts.to_json(full_draft()))
    inner = whole["draft"]
    for name, value in changes.items():
        part = inner["request"] if name in inner["request"] else inner["sessions"][0]
        part[name] = value
    return json.dumps(whole)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"theme": "gardening"}, "draft.sessions[0].theme: gardening"),
        ({"language": "tlh" * 100}, f"draft.sessions[0].language: {'tlh' * 20}"),
        ({"kind": ""}, "draft.sessions[0].kind: "),
        ({"preset": "best"}, "draft.request.preset: best"),
    ],
)
def test_an_unknown_code_is_told_with_its_place(changes: dict[str, object], where: str) -> None:
    with pytest.raises(PlannerError) as caught:
        drafts.from_json(stored(**changes))

    assert (caught.value.code, caught.value.values["where"]) == ("error.sessions_draft", where)


def test_a_venue_s_week_has_seven_days_and_its_sort_a_name() -> None:
    draft = full_draft()
    (hall,) = draft.request.venues
    short = replace(hall, timetable=replace(hall.timetable, summer=hall.timetable.summer[:6]))
    nameless = replace(hall, name=None, sort="castle")

    for venue, where in ((short, "timetable"), (nameless, "sort")):
        odd = replace(draft, request=replace(draft.request, venues=(venue,)))
        with pytest.raises(PlannerError) as caught:
            drafts.from_json(drafts.to_json(odd))
        assert f"draft.request.venues[0].{where}" in str(caught.value.values["where"])


def test_a_stored_municipality_that_is_no_more_is_explained() -> None:
    gone = drafts.from_json(stored(codes=["249", "999"]))

    for use in (drafts.evaluated, drafts.replanned):
        with pytest.raises(PlannerError):
            use(*world(), gone, FIRST)


def test_a_stored_library_that_is_no_more_is_left_out_with_a_notice() -> None:
    whole = drafts.to_json(full_draft()).replace('"85126"', '"85126000"')
    gone = drafts.from_json(whole)
    lost = [one for one in gone.sessions if one.venue == "85126000"]

    found = drafts.evaluated(*world(), gone, FIRST)
    told = drafts.doubts(*world(), gone, lost[0], FIRST)

    assert "locked_unknown" in found.notices
    assert len(found.sessions) == len(gone.sessions) - len(lost)
    assert "outside_hours" in told
    drafts.replanned(*world(), gone, FIRST)


def test_a_venue_that_has_become_a_library_is_explained() -> None:
    gone = drafts.from_json(drafts.to_json(full_draft()).replace('"hall"', '"85126"'))

    with pytest.raises(PlannerError, match="sessions_venue_id"):
        drafts.evaluated(*world(), gone, FIRST)


@pytest.mark.parametrize("day", [dt.date.max, dt.date(9999, 12, 20), dt.date.min])
def test_a_day_that_no_forecast_reaches_is_explained(day: dt.date) -> None:
    far = replace(planned()[0], request=Request(("249",), day, 8))
    session = far.sessions[0]

    for use in (
        lambda: plan_sessions(*world(), far.request, FIRST),
        lambda: drafts.evaluated(*world(), far, FIRST),
        lambda: drafts.replanned(*world(), far, FIRST),
        lambda: drafts.doubts(*world(), far, session, FIRST),
        lambda: plan_sessions(*world(), Request(("249",)), day),
    ):
        with pytest.raises(PlannerError, match="from_range"):
            use()
