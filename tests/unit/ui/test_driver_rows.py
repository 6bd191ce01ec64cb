"""Words and rows of what drives a result and of the waterfall."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from planner.influence import Influence, Waterfall
from planner.model.drivers import Driver
from planner.model.waterfall import STEPS
from planner.texts import LANGUAGES, Language, catalogue
from planner.ui import driver_charts, driver_rows
from planner.ui.format import formats
from tests import worlds

ASSUMPTIONS = worlds.engine().assumptions
FI, FI_FORMATS = catalogue("fi"), formats("fi")
FOUND = Influence(
    "short",
    (
        Driver("official_share", 0.5, 7.6, 47.9, 127.8),
        Driver("minutes_individual", 0.4, 18.3, 47.9, 121.2),
        Driver("need", 0.3, 15.6, 47.9, 108.2),
        Driver("desk_share", -0.2, 67.0, 47.9, 25.8),
    ),
    ("cost",),
    200,
)
CHANGES = (1387.3, 1927.8, 0.0, -0.0, 4231.6, -4927.6, 615.9, 58.7, 476.6, 298.4)
WEEK = Waterfall(
    dt.date(2026, 2, 2), tuple(zip(STEPS, CHANGES, strict=True)), sum(CHANGES), 2134.2, 1944.0
)


def test_ranges_carry_their_units() -> None:
    spans = [
        driver_rows.span(ASSUMPTIONS.items[driver.id], FI, FI_FORMATS) for driver in FOUND.drivers
    ]

    assert spans == ["10–35\u00a0%", "15–60 minuuttia", "iän mukaan", "2–10\u00a0%"]


def test_the_title_names_what_matters_most() -> None:
    assert driver_rows.title(FOUND, FI) == "Eniten vaikuttaa oletus ”Virallista tukea hakevat”"
    nothing = Influence("short", (), ("cost",), 200)
    assert driver_rows.title(nothing, FI) == "Mikään oletus ei muuta tulosta"
    assert driver_rows.sentence(nothing, FI, FI_FORMATS)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("measure", ["short", "tightest", "hours"])
def test_every_measure_has_its_words(lang: Language, measure: str) -> None:
    found = Influence(measure, FOUND.drivers, FOUND.idle, 200)
    texts, fmt = catalogue(lang), formats(lang)

    told = driver_rows.sentence(found, texts, fmt)

    assert "130" in told  # what 127.8 is called
    assert driver_rows.idle(found, texts).count("”") == 2


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("measure", ["short", "tightest"])
def test_the_verdicts_sentence_names_its_assumption(lang: Language, measure: str) -> None:
    found = Influence(measure, FOUND.drivers, FOUND.idle, 200)
    texts, fmt = catalogue(lang), formats(lang)

    told = driver_rows.key_sentence(found, texts, fmt)

    assert texts("assumption.official_share.label") in told
    assert "130" in told


def test_a_page_that_tells_another_figure_says_why() -> None:
    same = driver_rows.sentence(FOUND, FI, FI_FORMATS, 48.0)
    other = driver_rows.sentence(FOUND, FI, FI_FORMATS, 65.0)

    assert same == driver_rows.sentence(FOUND, FI, FI_FORMATS)
    assert "Sivun arvio, 65 tuntia, poikkeaa" in other


def test_hours_left_are_no_negative_hours() -> None:
    spare = Influence("tightest", (Driver("use", 0.9, -20.0, -10.0, 2.0),), (), 200)

    told = driver_rows.sentence(spare, FI, FI_FORMATS)

    assert "jää yli 20 tuntia" in told
    assert "puuttuu 2 tuntia" in told


def test_bars_begin_at_the_central_result() -> None:
    rows = driver_rows.bars(FOUND, ASSUMPTIONS, FI, FI_FORMATS)

    bars = rows["bars"]
    assert (bars["from"] == 47.9).all()
    assert bars["to"].tolist() == [7.6, 127.8, 18.3, 121.2, 15.6, 108.2, 67.0, 25.8]
    assert rows["central"]["to"].tolist() == [47.9] * 4


def test_labels_stand_above_their_bars_and_touch_nothing() -> None:
    layout = driver_rows.layout(["a" * 20, " ".join(["word"] * 20), "b"], -5.0)

    lines = layout["text"].str.count("\n") + 1
    assert lines.tolist() == [1, 3, 1]
    assert (layout["bar"] >= layout["top"] + driver_rows.LINE * lines).all()
    assert (layout["left"] == -5.0).all()
    for bar, top in pairwise(zip(layout["bar"], layout["top"], strict=True)):
        assert top[1] >= bar[0] + driver_rows.BAR


def test_no_more_bars_than_can_be_read() -> None:
    many = Influence("short", FOUND.drivers * 5, (), 200)

    rows = driver_rows.bars(many, ASSUMPTIONS, FI, FI_FORMATS)
    _, table = driver_rows.table(many, ASSUMPTIONS, FI, FI_FORMATS)

    assert len(rows["labels"]) == driver_rows.SHOWN
    assert len(table) == 20


def test_the_waterfall_goes_on_where_the_step_before_ended() -> None:
    rows = driver_rows.waterfall(WEEK, FI, FI_FORMATS)["bars"]

    steps = rows.iloc[: len(STEPS)]
    assert steps["from"].iloc[1:].tolist() == steps["to"].iloc[:-1].tolist()
    assert rows["kind"].tolist()[-2:] == ["needed", "capacity"]
    assert rows["to"].iloc[-2] == pytest.approx(steps["to"].iloc[-1])
    assert set(rows["kind"]) == set(driver_charts.KINDS)
    labels = rows["label"].tolist()
    assert labels[1].endswith(": +1\u00a0928")
    assert labels[2].endswith(": 0")
    assert labels[3].endswith(": 0")
    assert labels[5].endswith(": \u22124\u00a0928")


@pytest.mark.parametrize(
    ("most", "places"), [(4069.0, 0), (100.0, 0), (8.9, 1), (0.17, 2), (0.0, 2)]
)
def test_few_hours_have_more_decimals(most: float, places: int) -> None:
    assert driver_rows.decimals(most) == places


@pytest.mark.parametrize("country", [True, False])
def test_the_table_sums_step_by_step(country: bool) -> None:
    heads, rows = driver_rows.steps_table(WEEK, country, FI, FI_FORMATS)

    assert len(heads) == 4
    assert [row[3] for row in rows][-1] == "4\u00a0069"
    assert rows[2][2] == "0"


@pytest.mark.parametrize(
    ("short", "country", "words"),
    [
        (0.0, False, "riittävät"),
        (4.2, False, "joten 4 tuntia puuttuu"),
        (1944.0, True, "eivät auta"),
    ],
)
def test_the_week_is_told_beside_what_there_is(short: float, country: bool, words: str) -> None:
    week = Waterfall(WEEK.week, WEEK.steps, WEEK.needed, WEEK.capacity, short)

    assert words in driver_rows.steps_sentence(week, country, FI, FI_FORMATS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_charts_are_as_high_as_their_rows(lang: Language) -> None:
    texts, fmt = catalogue(lang), formats(lang)
    rows = driver_rows.bars(FOUND, ASSUMPTIONS, texts, fmt)

    ranked = driver_charts.ranked(lang, "short", rows)
    falling = driver_charts.waterfall(lang, driver_rows.waterfall(WEEK, texts, fmt))

    assert ranked["height"] > rows["bars"]["bottom"].max()
    assert falling["height"] > ranked["height"]
    marks = [layer["mark"] for spec in (ranked, falling) for layer in spec["layer"]]
    assert all(mark["aria"] is False for mark in marks)
