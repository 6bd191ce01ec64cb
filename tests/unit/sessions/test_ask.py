"""Plans on the real data, judged by a checker that shares no code with the planner."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from dataclasses import replace

import numpy as np
import pytest

from planner.engine import load_engine
from planner.errors import PlannerError
from planner.plans.sessions.windows import Busy, Timetable
from planner.scenario import default_scenario
from planner.sessions import KINDS, Request, Session, SessionPlan, Venue, plan_sessions
from planner.sessions.labels import LANGUAGES, THEMES, language_shares
from tests.session_checker import broken_rules

FIRST = dt.date(2026, 2, 2)
TODAY = dt.date(2026, 1, 20)

# Kumlinge and Sottunga have no branch, Kärkölä publishes no hours, Hailuoto is an island, Loviisa
# is bilingual, Utsjoki Sámi homeland, Mariehamn has Åland's holidays, Pello a branch with odd
# hours.
ODD = ("295", "766", "316", "072", "434", "890", "478", "854")
WEEK = (((540, 960),),) * 5 + ((), ())
HALL = Venue(
    "hall", "295", "Kommunkansliet", "town_hall", 20.77, 60.26, 35.0, Timetable(WEEK, WEEK)
)
USUAL = ("249", "005", "232", "508")


@functools.cache
def planned(request: Request, seconds: float = 6.0) -> SessionPlan:
    engine = load_engine()
    return plan_sessions(engine, default_scenario(engine.assumptions), request, TODAY, seconds)


def clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def rows(plan: SessionPlan) -> list[dict[str, object]]:
    """The sessions as the checker reads them."""
    return [
        {
            "date": one.day.isoformat(),
            "start": clock(one.start),
            "end": clock(one.end),
            "venue_id": one.venue,
            "venue": "somewhere",
            "kind": one.kind,
            "theme": one.theme,
            "language": one.language,
            "staff": one.staff,
            "staff_hours": one.staff_hours,
            "expected_contacts": one.expected_contacts,
            "trainer": one.trainer,
        }
        for one in plan.sessions
    ]


def broken(plan: SessionPlan) -> list[str]:
    limit = dict(zip(plan.mondays, plan.limit.tolist(), strict=True))
    codes = set(plan.request.codes)
    return broken_rules(rows(plan), codes, plan.first, plan.request.weeks, limit)


@pytest.mark.parametrize("code", [*ODD, *USUAL])
def test_every_plan_keeps_every_hard_rule(code: str) -> None:
    plan = planned(Request((code,), FIRST, 12))

    assert broken(plan) == []
    assert plan.gap < 0.05
    assert {one.theme for one in plan.sessions} <= set(THEMES)
    assert {one.language for one in plan.sessions} <= set(LANGUAGES)
    assert {one.kind for one in plan.sessions} <= set(KINDS)
    assert len({one.uid for one in plan.sessions}) == len(plan.sessions)


@pytest.mark.parametrize("code", ["249", "434", "478"])
def test_summer_has_its_own_timetable_and_holidays(code: str) -> None:
    plan = planned(Request((code,), dt.date(2026, 5, 18), 10))

    assert broken(plan) == []
    assert any(one.day >= dt.date(2026, 6, 8) for one in plan.sessions)


@pytest.mark.parametrize("code", ["249", "295", "434"])
def test_all_contacts_are_served_or_told_as_left(code: str) -> None:
    plan = planned(Request((code,), FIRST, 12))

    assert plan.served.sum() + plan.unserved.sum() == pytest.approx(plan.contacts.sum())
    villages = sum(village.unserved for village in plan.villages)
    assert np.asarray(villages) == pytest.approx(plan.unserved)
    helped = sum(one.expected_contacts for one in plan.sessions)
    assert helped == pytest.approx(plan.served.sum())
    assert all(village.venue for village in plan.villages)


def test_themes_and_languages_follow_the_place() -> None:
    finnish, bilingual, swedish = (
        planned(Request((code,), FIRST, 12)) for code in ("249", "434", "478")
    )

    assert {one.language for one in finnish.sessions} == {"fi"}
    assert {one.language for one in bilingual.sessions} == {"fi", "sv"}
    assert {one.language for one in swedish.sessions} == {"sv"}
    assert len({one.theme for one in finnish.sessions}) >= 5


def test_sessions_are_steady() -> None:
    plan = planned(Request(("249",), FIRST, 12))
    slots = [(one.venue, one.day.weekday(), one.start) for one in plan.sessions]

    assert len(set(slots)) <= 6
    assert len(slots) >= 20


def test_the_same_request_gives_the_same_plan() -> None:
    request = Request(("249",), FIRST, 12, staff_hours=6.0)

    once, again = planned(request), planned.__wrapped__(request, 6.0)

    assert once.sessions == again.sessions


def test_an_explicit_date_has_no_lead_time() -> None:
    assert planned(Request(("295",), TODAY, 4)).first == TODAY
    assert planned(Request(("295",), None, 4)).first == TODAY + dt.timedelta(weeks=4)


def test_days_before_the_first_are_left_alone() -> None:
    first = dt.date(2026, 2, 5)  # a Thursday

    plan = planned(Request(("249",), first, 4))

    assert min(one.day for one in plan.sessions) >= first
    assert broken(plan) == []


def test_nothing_is_planned_into_busy_times_and_closures() -> None:
    busy = tuple(Busy(FIRST + dt.timedelta(days=day), 0, 14 * 60) for day in range(28))
    shut = tuple((None, FIRST + dt.timedelta(days=day)) for day in range(7))

    plan = planned(Request(("249",), FIRST, 4, busy=busy, closures=shut))

    assert plan.sessions
    assert all(one.start >= 14 * 60 for one in plan.sessions)
    assert min(one.day for one in plan.sessions) >= FIRST + dt.timedelta(days=7)


def test_locked_sessions_stay_as_they_are() -> None:
    before = planned(Request(("249",), FIRST, 8, staff_hours=8.0))
    main = next(one for one in before.sessions if one.venue == "85126")
    moved = replace(main, start=15 * 60, end=17 * 60, sequence=1)

    after = planned(Request(("249",), FIRST, 8, staff_hours=8.0, locked=(moved,)))

    kept = [one for one in after.sessions if one.uid == moved.uid]
    assert len(kept) == 1
    assert (kept[0].start, kept[0].sequence, kept[0].locked) == (15 * 60, 1, True)
    assert broken(after) == []


def test_more_locked_sessions_than_staff_is_said() -> None:
    before = planned(Request(("249",), FIRST, 4, staff_hours=8.0))

    after = planned(Request(("249",), FIRST, 4, staff_hours=2.5, locked=before.sessions))

    assert {one.uid for one in before.sessions} <= {one.uid for one in after.sessions}
    assert "locked_over_limit" in after.notices


def test_contradictory_and_unknown_locks_are_said() -> None:
    one = planned(Request(("249",), FIRST, 4)).sessions[0]
    locked = (one, replace(one, uid="twin"), replace(one, uid="lost", venue="nowhere"))

    plan = planned(Request(("249",), FIRST, 4, locked=locked))

    assert {"locked_overlap", "locked_unknown"} <= set(plan.notices)


def test_a_venue_of_ones_own_takes_its_part() -> None:
    plan = planned(Request(("295",), FIRST, 8, venues=(HALL,), preset="wide"))

    assert {one.venue for one in plan.sessions} == {"hall"}
    assert {village.venue for village in plan.villages} == {"hall"}


def test_several_municipalities_share_trainers() -> None:
    plan = planned(Request(("249", "182"), FIRST, 4, staff_hours=20.0, people=2))

    assert broken(plan) == []
    codes = {venue.municipality for venue in plan.venues}
    assert codes == {"249", "182"}
    assert max(one.trainer for one in plan.sessions) <= 1


@pytest.mark.parametrize("preset", ["steady", "wide", "lean"])
def test_presets_keep_the_rules_and_differ(preset: str) -> None:
    plan = planned(Request(("508",), FIRST, 8, preset=preset))

    assert broken(plan) == []


def test_lean_takes_fewer_hours_than_wide_and_wide_reaches_as_many_venues() -> None:
    wide, lean = (planned(Request(("508",), FIRST, 8, preset=name)) for name in ("wide", "lean"))

    assert lean.used.sum() < wide.used.sum()
    assert len({one.venue for one in wide.sessions}) >= len({one.venue for one in lean.sessions})


def test_without_hours_nobody_is_served_and_the_plan_says_so() -> None:
    plan = planned(Request(("249",), FIRST, 4, staff_hours=0.0))

    assert plan.sessions == ()
    assert plan.unserved.sum() == pytest.approx(plan.contacts.sum())
    assert "no_hours" in plan.notices


def test_one_week_and_the_past_are_planned_with_a_notice() -> None:
    short = planned(Request(("249",), FIRST, 1))
    past = planned(Request(("249",), dt.date(2026, 1, 12), 4))

    assert "few_weeks" in short.notices
    assert "past" in past.notices
    assert broken(short) == broken(past) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"codes": ()}, "error.sessions_no_municipality"),
        ({"codes": ("Keurus",)}, "error.unknown_municipality_near"),
        ({"weeks": 0}, "error.sessions_weeks"),
        ({"weeks": 27}, "error.sessions_weeks"),
        ({"staff_hours": -1.0}, "error.sessions_hours"),
        ({"staff_hours": float("nan")}, "error.sessions_hours"),
        ({"people": -1}, "error.sessions_people"),
        ({"preset": "best"}, "error.sessions_preset"),
        ({"venues": (HALL, HALL)}, "error.sessions_venue_id"),
        ({"venues": (replace(HALL, id="85126"),)}, "error.sessions_venue_id"),
        ({"first": dt.date(2020, 1, 1)}, "error.from_range"),
    ],
)
def test_a_request_that_does_not_hold_is_explained(changes: dict[str, object], code: str) -> None:
    request = replace(Request(("249",), FIRST, 4), **changes)  # type: ignore[arg-type]

    with pytest.raises(PlannerError) as caught:
        planned.__wrapped__(request, 1.0)

    assert caught.value.code == code


def test_the_checker_sees_what_is_wrong() -> None:
    plan = planned(Request(("249",), FIRST, 4))
    good = rows(plan)
    first = good[0]
    changes: list[tuple[dict[str, object], str]] = [
        ({"start": "05:00", "end": "07:00"}, "outside staffed hours"),
        ({"date": "2026-04-03"}, "on a public holiday"),
        ({"venue_id": "84750"}, "venue of another municipality"),
        ({"staff_hours": 1.0}, "staff hours without preparation"),
        ({"language": "sv"}, "a language nobody speaks there"),
        ({"kind": "party"}, "unknown kind"),
    ]
    for change, told in changes:
        wrong = broken_rules([{**first, **change}], {"249"}, FIRST, 12, 100.0)
        assert any(told in line for line in wrong), told
    assert any("at once" in line for line in broken_rules([first, first], {"249"}, FIRST, 4, 99.0))
    assert any("staff hours" in line for line in broken_rules(good, {"249"}, FIRST, 4, 0.5))
    assert isinstance(plan.sessions[0], Session)


def test_more_staff_hours_never_serve_fewer_people_beyond_the_gap() -> None:
    plans = [
        planned(Request(("508",), FIRST, 8, staff_hours=hours)) for hours in (2.5, 5.0, 8.0, 14.0)
    ]

    for less, more in itertools.pairwise(plans):
        assert more.served.sum() >= less.served.sum() - more.gap * more.served.sum()


def test_a_plan_whose_sessions_are_all_locked_keeps_them_all() -> None:
    before = planned(Request(("249",), FIRST, 4, staff_hours=6.0))

    after = planned(Request(("249",), FIRST, 4, staff_hours=6.0, locked=before.sessions))

    kept = {one.uid: one for one in after.sessions}
    for one in before.sessions:
        same = replace(kept[one.uid], locked=False, expected_contacts=one.expected_contacts)
        assert same == one
    assert broken(after) == []


def test_an_added_session_never_takes_the_name_of_a_locked_one() -> None:
    before = planned(Request(("249",), FIRST, 4, staff_hours=6.0))

    after = planned(
        Request(("249",), FIRST, 4, staff_hours=12.0, people=2, locked=before.sessions[1:])
    )

    assert len({one.uid for one in after.sessions}) == len(after.sessions)


def test_a_longer_locked_session_counts_with_all_its_hours() -> None:
    before = planned(Request(("249",), FIRST, 4, staff_hours=6.0))
    long = replace(before.sessions[0], start=11 * 60, end=15 * 60, staff_hours=5.0)

    after = planned(Request(("249",), FIRST, 4, staff_hours=6.0, locked=(long,)))

    assert broken(after) == []
    assert any(one.uid == long.uid and one.staff_hours == 5.0 for one in after.sessions)


@pytest.mark.parametrize("code", ["249", "091", "148", "890", "295"])
def test_english_and_other_languages_are_chosen_by_hand_alone(code: str) -> None:
    shares = dict(zip(LANGUAGES, language_shares(load_engine(), code), strict=True))

    assert (shares["en"], shares["other"]) == (0, 0)
    assert sum(shares.values()) == pytest.approx(1)
