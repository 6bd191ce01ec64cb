"""The page of the calendar of sessions: planning, changes by hand, saving, files."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from planner.errors import PlannerError
from planner.records import SavedPlan
from planner.sessions import Draft, SessionPlan, search
from planner.sessions.draft import from_json, planned
from planner.store import Store, from_content, to_content
from planner.texts import LANGUAGES, catalogue
from planner.ui import sessions_request
from planner.ui.sessions_state import Held
from tests.pages.conftest import RunPage, unfold
from tests.pages.test_municipality import address, errors, html

FI = catalogue("fi")
SPRING = "2027-02-01"


def held(app: AppTest, code: str = "249") -> Held:
    """What the session holds of a municipality."""
    found: Held = app.session_state["planner_sessions"][code]
    return found


def press(app: AppTest, text_id: str) -> AppTest:
    """Presses the button of that text."""
    button = next(one for one in app.button if one.label == FI(text_id))
    return button.click().run()


def pick(app: AppTest, uid: str, code: str = "249") -> AppTest:
    """Picks a session to change."""
    return app.selectbox(key=f"session-{code}").set_value(uid).run()


def typed(app: AppTest, text_id: str, text: str, nth: int = 0) -> None:
    """Types into the field of that label."""
    [one for one in app.text_input if one.label == FI(text_id)][nth].set_value(text)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kunta", ["249", "478", "295", "890", "072"])
def test_every_place_gets_a_calendar_or_an_explanation(
    run_page: RunPage, lang: str, kunta: str
) -> None:
    app = run_page("sessions", kunta=kunta, lang=lang, plan_from=SPRING)

    assert not app.exception
    assert errors(app) == []
    assert catalogue(lang)("sessions.files.ics") in [
        one.label for one in app.get("download_button")
    ]


def test_without_a_municipality_it_asks_for_one(run_page: RunPage) -> None:
    app = run_page("sessions", lang="fi")
    assert FI("sessions.page.welcome") in [one.value for one in app.markdown]


def test_the_address_says_what_is_planned(run_page: RunPage) -> None:
    app = run_page(
        "sessions", kunta="249", lang="fi", plan_from=SPRING, weeks=4, plan_hours=6, plan="lean"
    )
    request = held(app).draft.request
    assert (request.first, request.weeks, request.staff_hours, request.preset) == (
        dt.date(2027, 2, 1),
        4,
        6.0,
        "lean",
    )
    app.text_input(key="weeks-249-sessions").set_value("5").run()
    assert held(app).draft.request.weeks == 5
    assert address(app, "weeks") == "5"


@pytest.mark.parametrize(
    "wrong",
    [
        {"weeks": "27"},
        {"weeks": "0"},
        {"plan_hours": "-1"},
        {"plan": "dear"},
        {"trainers": "1,5"},
        {"show": "year"},
        {"plan_from": "1.13.2027"},
        {"plan_from": "1900-01-01"},
        {"venue": "nowhere"},
        {"day": "2031-01-01"},
    ],
)
def test_an_odd_address_is_told_and_the_calendar_stands(
    run_page: RunPage, wrong: dict[str, str]
) -> None:
    app = run_page("sessions", kunta="249", lang="fi", **wrong)

    assert not app.exception
    if not {"venue", "day"} & wrong.keys():
        assert errors(app)
    assert FI("error.unexpected") not in errors(app)
    if wrong.get("plan_from") != "1900-01-01":  # no forecast reaches it, and there was none before
        assert any(one.label == FI("sessions.files.ics") for one in app.get("download_button"))


def test_a_day_that_no_forecast_reaches_leaves_the_calendar(run_page: RunPage) -> None:
    app = run_page("sessions", kunta="249", lang="fi", plan_from=SPRING, weeks=4)
    before = held(app).draft
    app.text_input(key="plan_from-249-sessions").set_value("1.1.1900").run()
    assert errors(app)
    assert FI("error.unexpected") not in errors(app)
    assert held(app).draft == before


def test_a_session_is_moved_locked_and_stays_when_planned_again(run_page: RunPage) -> None:
    app = run_page("sessions", kunta="249", lang="fi", plan_from=SPRING, weeks=6)
    one = held(app).draft.sessions[0]
    pick(app, one.uid)
    typed(app, "sessions.edit.start", "10.07")
    press(app, "sessions.edit.move")
    moved = held(app).draft.session(one.uid)
    assert (moved.start, moved.sequence, moved.locked) == (607, one.sequence + 1, True)

    press(app, "sessions.edit.again")
    assert held(app).draft.session(one.uid).start == 607
    press(app, "sessions.edit.undo")
    press(app, "sessions.edit.undo")
    back = held(app).draft.session(one.uid)
    assert (back.day, back.start, back.locked) == (one.day, one.start, one.locked)
    assert back.sequence >= moved.sequence  # a calendar that took the move over takes this over too


def test_undo_takes_a_setting_of_the_address_back(run_page: RunPage) -> None:
    app = run_page("sessions", kunta="249", lang="fi", plan_from=SPRING, weeks=4)
    before = held(app).draft
    app.text_input(key="weeks-249-sessions").set_value("6").run()
    assert held(app).draft.request.weeks == 6
    press(app, "sessions.edit.undo")
    assert held(app).draft.request == before.request
    assert held(app).draft.sessions == before.sessions
    assert address(app, "weeks") == "4"
    assert app.text_input(key="weeks-249-sessions").value == "4"


def test_nothing_changed_is_said(run_page: RunPage) -> None:
    app = run_page("sessions", kunta="249", lang="fi", plan_from=SPRING, weeks=6)
    before = held(app).draft
    press(app, "sessions.edit.again")
    assert held(app).draft.sessions == before.sessions
    assert FI("sessions.edit.same") in html(app)


@pytest.mark.parametrize(("day", "start"), [("31.2.2027", "10.00"), ("1.2.2027", "25.00")])
def test_a_wrong_time_stays_in_its_field_and_moves_nothing(
    run_page: RunPage, day: str, start: str
) -> None:
    app = run_page("sessions", kunta="249", lang="fi", plan_from=SPRING, weeks=4)
    one = held(app).draft.sessions[0]
    pick(app, one.uid)
    typed(app, "sessions.edit.day", day)
    typed(app, "sessions.edit.start", start)
    press(app, "sessions.edit.move")
    assert errors(app)
    assert held(app).draft.session(one.uid) == one
    assert next(f for f in app.text_input if f.label == FI("sessions.edit.day")).value == day


def test_a_session_outside_the_opening_hours_is_doubted(run_page: RunPage) -> None:
    app = run_page("sessions", kunta="249", lang="fi", plan_from=SPRING, weeks=4)
    pick(app, held(app).draft.sessions[0].uid)
    typed(app, "sessions.edit.day", "7.2.2027")  # a Sunday
    press(app, "sessions.edit.move")
    assert len(app.warning) >= 1


def test_cancelling_reading_and_adding(run_page: RunPage) -> None:
    app = run_page("sessions", kunta="249", lang="sv", plan_from=SPRING, weeks=4)
    sv = catalogue("sv")
    first, second = held(app).draft.sessions[:2]
    app.selectbox(key="session-249").set_value(first.uid).run()
    next(one for one in app.button if one.label == sv("sessions.edit.cancel")).click().run()
    assert first.uid not in [one.uid for one in held(app).draft.sessions]

    app.selectbox(key="session-249").set_value(second.uid).run()
    next(f for f in app.text_input if f.label == sv("sessions.edit.words.title")).set_value(
        "Kaffe & post"
    )
    next(one for one in app.button if one.label == sv("sessions.edit.words.save")).click().run()
    assert "Kaffe &amp; post" in html(app)

    unfold(app, "sessions-own")
    app.text_input(key="session-add-day").set_value("3.2.2027")
    app.text_input(key="session-add-from").set_value("13")
    app.text_input(key="session-add-to").set_value("15.30")
    next(one for one in app.button if one.label == sv("sessions.edit.add.send")).click().run()
    own = [one for one in held(app).draft.sessions if one.end == 930]
    assert [(one.day, one.start, one.locked) for one in own] == [(dt.date(2027, 2, 3), 780, True)]


def test_a_saved_calendar_is_there_for_everybody(run_page: RunPage, own_store: Store) -> None:
    app = run_page("sessions", kunta="249", lang="fi", plan_from=SPRING, weeks=4)
    app.text_input(key="author").set_value("Aino")
    press(app, "sessions.keep.save")
    (item,) = own_store.items("plan", "249")
    assert from_json(from_content(SavedPlan, item.content).plan) == held(app).draft

    other = run_page("sessions", kunta="249", lang="sv")
    assert held(other).draft == held(app).draft
    assert "Aino" in html(other)


def test_two_who_save_both_see_both_versions(run_page: RunPage, own_store: Store) -> None:
    mine = run_page("sessions", kunta="249", lang="fi", plan_from=SPRING, weeks=4)
    theirs = run_page("sessions", kunta="249", lang="fi", plan_from=SPRING, weeks=5)
    for app, name in ((theirs, "Bo"), (mine, "Aino")):
        app.text_input(key="author").set_value(name)
        press(app, "sessions.keep.save")
    assert "Bo" in html(mine)
    assert errors(mine)

    press(mine, "conflict.keep_mine")

    (item,) = own_store.items("plan", "249")
    assert from_json(from_content(SavedPlan, item.content).plan).request.weeks == 4


def test_a_closed_day_is_kept_free(run_page: RunPage) -> None:
    app = run_page("sessions", kunta="249", lang="fi", plan_from=SPRING, weeks=4)
    unfold(app, "sessions-more")
    day = held(app).draft.sessions[0].day
    app.text_input(key="plan-closed-days").set_value(f"{day.day}.{day.month}.{day.year}")
    press(app, "sessions.page.closed.add")
    assert day not in {one.day for one in held(app).draft.sessions}
    assert held(app).draft.request.closures == ((None, day),)
    press(app, "sessions.page.closed.clear")
    assert held(app).draft.request.closures == ()


def test_a_day_outside_the_weeks_is_refused(run_page: RunPage) -> None:
    app = run_page("sessions", kunta="249", lang="fi", plan_from=SPRING, weeks=4)
    one = held(app).draft.sessions[0]
    pick(app, one.uid)
    typed(app, "sessions.edit.day", "3.3.2027")
    press(app, "sessions.edit.move")
    assert "3.3.2027" in errors(app)[0]
    assert held(app).draft.session(one.uid) == one


def test_a_session_of_ones_own_is_doubted_too(run_page: RunPage) -> None:
    app = run_page("sessions", kunta="249", lang="fi", plan_from=SPRING, weeks=4)
    unfold(app, "sessions-own")
    app.text_input(key="session-add-day").set_value("7.2.2027")  # a Sunday
    app.text_input(key="session-add-from").set_value("13")
    app.text_input(key="session-add-to").set_value("15")
    press(app, "sessions.edit.add.send")
    assert app.warning


def test_other_settings_give_what_they_would_give_alone(run_page: RunPage) -> None:
    app = run_page("sessions", kunta="249", lang="fi", plan_from=SPRING, weeks=8, plan="lean")
    app.radio(key="plan").set_value("wide").run()
    fresh = run_page("sessions", kunta="249", lang="fi", plan_from=SPRING, weeks=8, plan="wide")
    assert held(app).draft.sessions == held(fresh).draft.sessions
    app.text_input(key="plan_hours-249-sessions").set_value("3").run()
    assert held(app).draft.request.staff_hours == 3
    app.text_input(key="plan_hours-249-sessions").set_value("").run()
    assert held(app).draft.request.staff_hours is None
    assert address(app, "weeks") == "8"


@pytest.mark.parametrize("broken", ["{", "", '{"version": 99}'])
def test_a_damaged_stored_calendar_can_be_replaced(
    run_page: RunPage, own_store: Store, broken: str
) -> None:
    content = to_content(SavedPlan("Keuruu", "sessions", broken))
    own_store.save("plan", "249", content, "Bo", "sessions", 0)
    app = run_page("sessions", kunta="249", lang="fi", plan_from=SPRING, weeks=4)
    assert errors(app)
    assert FI("error.unexpected") not in errors(app)
    app.text_input(key="author").set_value("Aino")
    press(app, "sessions.keep.save")
    (item,) = own_store.items("plan", "249")
    assert from_json(from_content(SavedPlan, item.content).plan) == held(app).draft


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("24.12.2026", 1),
        ("15.2.2027-21.2.2027", 7),
        ("15.2.2027–21.2.2027; 24.12.2026", 8),
        ("15.–21.2.2027", 7),
        ("28.12.2026..3.1.2027", 7),
        ("30.1.–2.2.2027", 4),
        ("2027-02-15", 1),
    ],
)
def test_closing_days_are_read_as_people_write_them(written: str, days: int) -> None:
    assert len(sessions_request.days_of(written)) == days


@pytest.mark.parametrize("written", ["31.2.2027", "21.2.2027-15.2.2027", "viikko 8", "1.1.–2.2"])
def test_other_closing_days_are_refused(written: str) -> None:
    with pytest.raises(PlannerError):
        sessions_request.days_of(written)


def test_a_cancelled_session_of_a_saved_calendar_is_told_in_the_file(
    run_page: RunPage, own_store: Store
) -> None:
    app = run_page("sessions", kunta="249", lang="fi", plan_from=SPRING, weeks=4)
    app.text_input(key="author").set_value("Aino")
    one, two = held(app).draft.sessions[:2]
    press(pick(app, two.uid), "sessions.edit.cancel")
    assert held(app).cancelled == ()  # nobody can have it
    press(app, "sessions.keep.save")
    press(pick(app, one.uid), "sessions.edit.cancel")
    assert [gone.uid for gone in held(app).cancelled] == [one.uid]
    assert own_store.items("plan", "249")


def test_a_long_search_shows_its_best_and_can_be_stopped(
    run_page: RunPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, calls = threading.Event(), []

    def slowly(*asked: Any) -> tuple[Draft, SessionPlan]:
        draft, plan = planned(*asked)
        calls.append(asked)
        if len(calls) > 1:
            assert go_on.wait(30)
        return draft, replace(plan, gap=0.5 / len(calls))

    monkeypatch.setattr(search, "planned", slowly)
    app = run_page("sessions", kunta="249", lang="fi", plan_from=SPRING, weeks=4)
    labels = [one.label for one in app.button]
    assert any(one.label == FI("sessions.files.ics") for one in app.get("download_button"))
    assert FI("sessions.page.stop") in labels
    assert FI("sessions.keep.save") not in labels  # nothing can be changed that would be lost

    press(app, "sessions.page.stop")
    go_on.set()
    running = app.session_state["planner_sessions_search"][1]
    assert running.wait(30)
    app.run()
    assert FI("sessions.keep.save") in [one.label for one in app.button]
    assert held(app).gap == 0.25
    assert len(calls) == 2
