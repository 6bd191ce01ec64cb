"""What the calendar and the poster of sessions say."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from planner.plans.sessions.windows import Timetable
from planner.sessions import KINDS, Request, Session, SessionPlan, Venue
from planner.sessions.draft import Draft
from planner.texts import LANGUAGES, Language, Texts, catalogue
from planner.ui import sessions_calendar_rows as rows
from planner.ui.format import Formats, formats
from planner.ui.sessions_poster import FEW, SOME, poster
from tests import worlds

SNAPSHOT = worlds.engine().snapshot
FI, FI_FORMATS = catalogue("fi"), formats("fi")
CSS = (Path(rows.__file__).parent / "sessions.css").read_text(encoding="utf-8")
FIRST = dt.date(2026, 3, 30)  # a Monday
NONE = np.zeros(0)


@dataclass
class Page:
    """What a poster asks of its page."""

    lang: Language

    @property
    def texts(self) -> Texts:
        return catalogue(self.lang)

    @property
    def fmt(self) -> Formats:
        return formats(self.lang)


def venue(id: str = "a", name: str | None = "Keuruun pääkirjasto", **changes: object) -> Venue:
    """A venue in Keuruu, of visits where it has no name."""
    sort = "library" if name else "visits"
    hours = Timetable(((),) * 7, ((),) * 7)
    return replace(Venue(id, "249", name, sort, 24.7, 62.3, 40.0, hours), **changes)  # type: ignore[arg-type]


def session(uid: str, day: dt.date, start: int = 600, **changes: object) -> Session:
    """Two hours of a walk-in clinic in Finnish at venue "a"."""
    one = Session(uid, day, start, start + 120, "a", "clinic", "account", "fi", 1, 2.5, 2.4)
    return replace(one, **changes)  # type: ignore[arg-type]


def plan(*sessions: Session, venues: tuple[Venue, ...] = (), **asked: object) -> SessionPlan:
    """Four weeks of sessions."""
    mondays = tuple(FIRST + dt.timedelta(weeks=i) for i in range(4))
    request = Request(("249",), FIRST, 4, **asked)  # type: ignore[arg-type]
    places = venues or (venue(),)
    counts = (NONE,) * 5
    return SessionPlan(request, FIRST, mondays, places, sessions, (), *counts, 0.0, 1)


def draft(found: SessionPlan, *words: tuple[str, str, str, str]) -> Draft:
    return Draft(found.request, found.sessions, words)


def made(found: SessionPlan, month: dt.date, lang: Language = "fi", **words: Draft) -> str:
    """The poster of venue "a"."""
    held = words.get("draft", draft(found))
    return poster(Page(lang), found, held, SNAPSHOT, "a", month)  # type: ignore[arg-type]


def entries(found: SessionPlan, *words: tuple[str, str, str, str]) -> list[rows.Entry]:
    return rows.entries(found, words, found.sessions, SNAPSHOT, FI, FI_FORMATS)


def test_months_and_weeks_cover_the_whole_plan() -> None:
    found = plan(session("1", FIRST))

    months = rows.periods(found, "month", FI, FI_FORMATS)
    weeks = rows.periods(found, "week", FI, FI_FORMATS)

    assert months == [
        (dt.date(2026, 3, 1), "Maaliskuu 2026"),
        (dt.date(2026, 4, 1), "Huhtikuu 2026"),
    ]
    assert [day for day, _ in weeks] == [FIRST + dt.timedelta(weeks=i) for i in range(4)]
    assert weeks[0][1] == "Viikko 14/2026, 30.3.–5.4."


def test_a_session_moved_beyond_the_plan_has_its_period() -> None:
    found = plan(session("1", dt.date(2026, 6, 3)))

    assert rows.periods(found, "month", FI, FI_FORMATS)[-1][0] == dt.date(2026, 6, 1)
    assert rows.periods(found, "week", FI, FI_FORMATS)[-1][0] == dt.date(2026, 6, 1)


@pytest.mark.parametrize("shown", rows.SHOWN)
@pytest.mark.parametrize("number", [0, 30, rows.LIST_AT_ONCE + 1])
def test_every_session_is_shown_once_over_all_periods(shown: str, number: int) -> None:
    days = [FIRST + dt.timedelta(days=i % 28) for i in range(number)]
    found = plan(*(session(str(i), day) for i, day in enumerate(days)))

    periods = rows.periods(found, shown, FI, FI_FORMATS)
    told = [one.uid for day, _ in periods for one in rows.within(found, shown, day, None)]

    assert sorted(told) == sorted(one.uid for one in found.sessions)
    for day, label in periods:
        name, first, last = rows.bounds(found, shown, day, FI, FI_FORMATS)
        held = rows.within(found, shown, day, None)
        assert name == label
        assert all(first <= one.day <= last for one in held)


def test_sessions_of_one_place_in_the_order_of_the_day() -> None:
    late, early = session("1", FIRST, 840), session("2", FIRST, 600)
    other = session("3", FIRST, venue="b")
    found = plan(late, early, other, venues=(venue(), venue("b", "Haapamäen kirjasto")))

    assert rows.within(found, "week", FIRST, "a") == [early, late]


@pytest.mark.parametrize(
    ("start", "end", "lang", "told"),
    [
        (600, 720, "fi", "10–12"),
        (540, 630, "fi", "9.00–10.30"),
        (810, 900, "sv", "13.30–15.00"),
        (540, 660, "en", "9:00–11:00"),
        (1320, 1440, "fi", "22–24"),
    ],
)
def test_times_as_each_language_writes_them(
    start: int, end: int, lang: Language, told: str
) -> None:
    assert rows.times(session("1", FIRST, start, end=end), lang) == told


@pytest.mark.parametrize(
    ("people", "told"), [(0.0, "0"), (0.04, "< 1"), (0.97, "< 1"), (1.0, "1"), (2.6, "3")]
)
def test_people_are_whole_or_less_than_one(people: float, told: str) -> None:
    assert rows.expected(people, FI_FORMATS) == told


def test_a_month_has_whole_weeks_and_no_days_of_others() -> None:
    weeks = rows.month_days(dt.date(2026, 4, 17))

    assert all(len(week) == 7 for week in weeks)
    assert weeks[0][:3] == [None, None, dt.date(2026, 4, 1)]
    assert weeks[-1][3:] == [dt.date(2026, 4, 30), None, None, None]
    assert sum(day is not None for week in weeks for day in week) == 30


def test_words_by_hand_win_in_their_language_alone() -> None:
    found = plan(session("1", FIRST), session("2", FIRST))

    first, second = entries(found, ("1", "fi", "Oma nimi", ""), ("2", "sv", "Eget namn", ""))

    assert first.title == "Oma nimi"
    assert second.title == FI("sessions.theme.account.title")


def test_sessions_at_the_same_time_stand_by_the_names_of_their_places() -> None:
    places = (venue("a", "Ylikylän kirjasto"), venue("b", "Alakylän kirjasto"))
    found = plan(
        session("1", FIRST), session("2", FIRST, venue="b"), session("3", FIRST, 540), venues=places
    )

    assert [each.uid for each in entries(found)] == ["3", "2", "1"]


def test_marks_say_what_was_done_by_hand() -> None:
    found = plan(
        session("1", FIRST), session("2", FIRST, locked=True, sequence=1), session("3", FIRST)
    )

    assert [each.marks for each in entries(found)] == [(), ("lukittu", "siirretty"), ()]


def test_short_names_stay_apart() -> None:
    places = (
        venue("a", "Lähikirjasto (Pohjoinen)"),
        venue("b", "Lähikirjasto (Etelä)"),
        venue("c", "Pääkirjasto (Keuruu)"),
        venue("d", None),
    )
    names = {each.id: each.name or "käynnit" for each in places}

    short = rows.short_names(places, names, SNAPSHOT, FI)

    assert short == {
        "a": "Lähikirjasto (Pohjoinen)",
        "b": "Lähikirjasto (Etelä)",
        "c": "Pääkirjasto",
        "d": "Keuruu",
    }


@pytest.mark.parametrize(
    ("lang", "name"), [("fi", "Pitkäperjantai"), ("sv", "Långfredagen"), ("en", "Good Friday")]
)
def test_holidays_are_named(lang: Language, name: str) -> None:
    friday, thursday = dt.date(2026, 4, 3), dt.date(2026, 4, 2)

    told = rows.closed_days(plan(), [thursday, friday], None, SNAPSHOT, catalogue(lang))

    assert told == {friday: name}


def test_alands_day_is_one_in_aland_alone() -> None:
    day = dt.date(2026, 6, 9)
    aland = plan(venues=(venue(municipality="478"),))

    assert rows.closed_days(aland, [day], None, SNAPSHOT, FI) != {}
    assert rows.closed_days(plan(), [day], None, SNAPSHOT, FI) == {}


def test_closures_of_all_places_or_of_the_one_shown() -> None:
    all_closed, one_closed = FIRST, FIRST + dt.timedelta(days=1)
    found = plan(
        venues=(venue(), venue("b", "Haapamäen kirjasto")),
        closures=((None, all_closed), ("b", one_closed)),
    )
    days = [all_closed, one_closed]

    assert set(rows.closed_days(found, days, None, SNAPSHOT, FI)) == {all_closed}
    assert set(rows.closed_days(found, days, "b", SNAPSHOT, FI)) == {all_closed, one_closed}


def test_every_kind_has_a_colour_that_can_be_read() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))

    rule = r"\.planner-kind-(\w+) { --kind: (#\w{6}); --ground: (#\w{6}); }"
    found = {kind: (ink, ground) for kind, ink, ground in re.findall(rule, CSS)}

    assert set(found) == set(KINDS)
    for ink, ground in found.values():
        for text, below in ((ink, ground), (ink, "#ffffff"), ("#212121", ground)):
            assert (light(below) + 0.05) / (light(text) + 0.05) >= 4.5, (text, below)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("number", [0, 1, SOME, 20])
def test_a_poster_for_few_and_many_sessions(lang: Language, number: int) -> None:
    days = [dt.date(2026, 4, 1 + i) for i in range(number)]
    found = plan(*(session(str(i), day, theme="scams") for i, day in enumerate(days)))

    page = made(found, dt.date(2026, 4, 1), lang)

    assert f'lang="{lang}"' in page
    assert page.count("<tr><th scope=") == number + (number > 0)
    size = "few" if number <= FEW else "some" if number <= SOME else "many"
    assert (f'<table class="{size}">' in page) == (number > 0)
    # a poster's words are those of people, and it needs nothing from elsewhere
    assert not re.search(r"digituki|digital support|digitalt stöd", page, re.IGNORECASE)
    assert not re.search(r"(src|href)=|url\(|@import", page)
    told = catalogue(lang)("sessions.theme.scams.text")
    assert page.count(told) == (number if number <= SOME else 1)


def test_a_month_without_sessions_tells_the_next_time() -> None:
    found = plan(session("1", dt.date(2026, 4, 14), 780), session("2", dt.date(2026, 5, 4)))

    page = made(found, dt.date(2026, 3, 1))

    assert "Seuraava kerta: ti 14.4. klo\u00a013–15." in page
    assert "Seuraava" not in made(found, dt.date(2026, 6, 1))


def test_a_poster_says_how_to_come() -> None:
    day = dt.date(2026, 4, 14)
    walk_in = made(plan(session("1", day)), day)
    booked = made(plan(session("1", day, kind="booked")), day)

    assert "Ei ajanvarausta" in walk_in
    assert "Varaa aika" not in walk_in
    assert "Varaa aika" in booked
    assert "Lisätietoja ja ajanvaraus" in booked


@pytest.mark.parametrize(
    ("known", "told", "missing"),
    [
        (True, "on esteetön", "ei ole täysin"),
        (False, "ei ole täysin esteetön", "on esteetön"),
        (None, "Maksutonta", "esteetön"),
    ],
)
def test_a_poster_tells_access_where_it_is_known(
    known: bool | None, told: str, missing: str
) -> None:
    found = plan(venues=(venue(accessible=known),))

    page = made(found, FIRST)

    assert told in page
    assert missing not in page


def test_a_poster_escapes_names_and_words_by_hand() -> None:
    found = plan(session("1", FIRST), venues=(venue(name="Kirjasto <i>& Kahvila"),))
    own = draft(found, ("1", "fi", "Nimi <script>", "Kuvaus <b>"))

    page = made(found, FIRST, draft=own)

    assert "Kirjasto &lt;i&gt;&amp; Kahvila" in page
    assert "Nimi &lt;script&gt;" in page
    assert "Kuvaus &lt;b&gt;" in page
    assert "<script>" not in page


def test_a_poster_of_visits_bears_the_municipalitys_name() -> None:
    found = plan(session("1", FIRST, kind="visit"), venues=(venue(name=None),))

    page = made(found, FIRST)

    assert "Apua Suomi.fi-viesteihin: Keuruu</h1>" in page
    assert FI("sessions_calendar.poster.how.visit") in page
