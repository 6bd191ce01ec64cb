"""What must hold for any tally: its file gives it back, and no file is more than a message."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from planner import tally
from planner.errors import PlannerError
from planner.records import OUTCOMES, TallyRow
from planner.texts import LANGUAGES, catalogue

TODAY = dt.date(2026, 4, 1)
PERIOD = tally.period(dt.date(2026, 1, 12), TODAY)
DAYS = st.dates(PERIOD.first, TODAY)
WEEKS = DAYS.map(lambda day: day - dt.timedelta(days=day.weekday())).filter(PERIOD.first.__le__)
WHEN = st.one_of(
    st.just((None, None)), DAYS.map(lambda d: (d, None)), WEEKS.map(lambda w: (None, w))
)
ROWS = st.builds(
    lambda point, topic, minutes, language, outcome, within, when: TallyRow(
        point, topic, minutes, language, outcome, within, *when
    ),
    st.sampled_from(["Pääkirjasto", "Kirjasto; A", '"Kallio"', "=SUM(1;2)", "@torilla", "Ii,Oulu"]),
    st.sampled_from(tally.TALLY_TOPICS),
    st.integers(1, 1440).map(lambda half: half / 2),
    st.sampled_from(tally.TALLY_LANGUAGES),
    st.sampled_from(OUTCOMES),
    st.booleans(),
    WHEN,
)
CELLS = st.sampled_from(
    [
        *(
            "point",
            "aihe",
            "minuutit",
            "tulos",
            "päivä",
            "vko",
            "vuosi",
            "Kirjasto",
            "3",
            "9.",
            "33",
        ),
        *("muu digituki", "15", "7,5", "1e9", "nan", "ratkesi", "blev utan hjälp", "kyllä", "#N/A"),
        *("5.1.2026", "2026-W02", "2", "1/2/2026", "46041", '"', "\n", ";", "\t", "-", "", "²"),
    ]
)


@settings(max_examples=60)
@given(st.lists(ROWS, min_size=1, max_size=8))
def test_a_file_gives_back_its_rows(rows: list[TallyRow]) -> None:
    found = tally.read_tally(tally.write_tally(rows), "tally.csv", PERIOD)
    assert (found.rows, found.problems) == (tuple(rows), ())


@settings(max_examples=60)
@given(st.lists(ROWS, min_size=1, max_size=8))
def test_hours_a_week_lie_between_the_sum_and_its_share_of_all_weeks(rows: list[TallyRow]) -> None:
    found = tally.summarise(rows)
    whole = sum(row.minutes for row in rows) / 60
    assert whole / found.weeks - 1e-9 <= found.hours <= whole + 1e-9
    assert -1e-9 <= found.baseline <= found.hours + 0.005


@settings(max_examples=100)
@given(st.lists(st.lists(CELLS, max_size=9), max_size=8), st.booleans())
def test_any_cells_give_a_reading_or_a_message(cells: list[list[str]], headed: bool) -> None:
    heads = ["point;topic;minutes;outcome;day;week;year;language;within other"] if headed else []
    text = "\n".join([*heads, *(";".join(row) for row in cells)])
    try:
        found = tally.read_tally(text.encode(), "tally.csv", PERIOD)
    except PlannerError as error:
        told = [error]
    else:
        told = [*(problem.error for problem in found.problems), *found.notes]
        assert all(row.minutes <= tally.MOST_MINUTES for row in found.rows)
    for lang in LANGUAGES:
        assert all(catalogue(lang).error(error) for error in told)
