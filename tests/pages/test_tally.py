"""The tally of a week without a browser: its sheet, its files, what it does to the forecast."""

from __future__ import annotations

import datetime as dt

import pytest
from streamlit.testing.v1 import AppTest

from planner.records import TallyRow, TallySheet
from planner.store import Store, to_content
from planner.tally import TALLY_TOPICS, write_tally
from planner.texts import LANGUAGES, catalogue
from planner.ui import kept_logs
from tests.pages.conftest import RunPage
from tests.pages.test_learning import held, tally_row
from tests.pages.test_municipality import address, errors, html

MONDAY = dt.date(2026, 1, 5)
CONTACT = TallyRow("Kirjasto", "other", 30, "fi", "solved")


def page(run_page: RunPage, lang: str = "fi", week: str = "7.1.2026", **params: object) -> AppTest:
    """The page of Keuruu's tally with the week and a service point typed."""
    app = run_page("learning", lang=lang, kunta="249", **params)
    app.text_input(key="tally-week-249").set_value(week).run()
    return app.text_input(key="tally-point-249").set_value("Kirjasto").run()


def upload(app: AppTest, *rows: TallyRow) -> AppTest:
    """The page after a file with these rows was put into the tally's upload."""
    return app.file_uploader[2].set_value(("tally.csv", write_tally(rows), "text/csv")).run()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_forms_topics_carry_the_numbers_of_the_sheet(run_page: RunPage, lang: str) -> None:
    options = page(run_page, lang).selectbox(key="tally-topic-249").options
    assert [option.partition(". ")[0] for option in options[1:]] == [
        str(number) for number in range(1, len(TALLY_TOPICS) + 1)
    ]


def test_rows_without_a_day_keep_the_week_of_their_sheet(run_page: RunPage) -> None:
    app = page(run_page)
    tally_row(app, "other", "60")
    app.text_input(key="tally-week-249").set_value("14.1.2026").run()
    tally_row(app, "other", "180")
    weeks = [row.week for row in held(app).sheets["249"]]
    assert weeks == [MONDAY, MONDAY + dt.timedelta(weeks=1)]
    assert catalogue("fi")("tally.weeks.note") in html(app)
    app.button(key="tally-baseline").click().run()
    assert address(app, "baseline") == "2"


@pytest.mark.parametrize(
    ("week", "told"),
    [
        ("7.1.2035", "1.1.2035 ei ole vielä tullut"),
        ("7.1.2016", "4.1.2016 on liian kaukana menneisyydessä"),
        ("joskus", "joskus"),
    ],
)
def test_a_row_of_a_week_that_cannot_be_stays_in_its_fields(
    run_page: RunPage, week: str, told: str
) -> None:
    app = page(run_page, week=week)
    tally_row(app, "other", "60")
    assert [told in error for error in errors(app)] == [True, True]  # at the field, and of the row
    assert app.text_input(key="tally-minutes-249").value == "60"
    assert held(app).sheets == {}


def test_a_file_added_twice_is_warned_of(run_page: RunPage) -> None:
    texts = catalogue("fi")
    app = upload(page(run_page), CONTACT, CONTACT)
    assert texts.count("tally.upload.undated", 2, week="viikko 2/2026") in html(app)
    assert texts.count("tally.upload.adds", 2) not in html(app)
    app.button(key="tally-249-confirm").click().run()
    assert [row.week for row in held(app).sheets["249"]] == [MONDAY, MONDAY]

    upload(app, CONTACT, CONTACT)

    assert [warning.value for warning in app.warning] == [texts.count("tally.upload.repeated", 2)]
    assert texts.count("tally.upload.adds", 2) in html(app)
    app.button(key="tally-249-cancel").click().run()
    assert len(held(app).sheets["249"]) == 2
    assert [warning.value for warning in app.warning] == []


def test_the_file_of_a_sheet_without_days_keeps_its_week(run_page: RunPage) -> None:
    row = TallyRow("Kirjasto", "other", 5, "fi", "solved", week=MONDAY)
    app = upload(page(run_page, week="26.1.2026"), row)
    app.button(key="tally-249-confirm").click().run()
    assert [row.week for row in held(app).sheets["249"]] == [MONDAY]


def test_a_week_with_hardly_any_rows_is_remarked_on(run_page: RunPage) -> None:
    rows = [TallyRow("Kirjasto", "other", 30, "fi", "solved", day=MONDAY)] * 9
    mistyped = TallyRow("Kirjasto", "other", 30, "fi", "solved", day=dt.date(2026, 2, 5))
    app = upload(page(run_page), *rows, mistyped)
    remark = catalogue("fi")("tally.note.thin_weeks", weeks=[dt.date(2026, 2, 2)])
    assert remark in [info.value for info in app.info]
    app.button(key="tally-249-confirm").click().run()
    assert [warning.value for warning in app.warning] == [remark]


def test_undo_is_offered_for_the_own_sheet_alone(run_page: RunPage) -> None:
    app = page(run_page)
    tally_row(app, "other", "60")
    assert "tally-undo" in {button.key for button in app.button}
    app.selectbox(key="municipality").select("091").run()
    assert address(app, "kunta") == "091"
    assert "tally-undo" not in {button.key for button in app.button}


def test_a_baseline_of_the_address_can_be_dropped_without_its_rows(run_page: RunPage) -> None:
    app = page(run_page, baseline="12")
    app.button(key="tally-baseline-drop").click().run()
    assert address(app, "baseline") is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_answer_below_the_tally_is_told_to_contradict_it(run_page: RunPage, lang: str) -> None:
    texts = catalogue(lang)
    six, twelve = (texts.count("format.hours", hours) for hours in (6, 12))
    told = texts("note.tally_above_answer", given=six, tally=twelve)
    figure = texts("figure.capacity.note.contradicted", hours=twelve)

    body = html(run_page(lang=lang, kunta="249", hours="6", baseline="12"))
    assert told in body
    assert figure in body
    assert texts("figure.capacity.note", hours=six) not in body

    body = html(run_page(lang=lang, kunta="249", hours="12", baseline="6"))
    assert told not in body
    assert texts("figure.capacity.note", hours=six) in body


@pytest.mark.parametrize("hours", ["12", "8.37"])
def test_a_tally_above_the_estimate_makes_no_shortage_of_its_own(
    run_page: RunPage, hours: str
) -> None:
    texts = catalogue("fi")
    body = html(run_page(lang="fi", kunta="249", baseline=hours))
    assert "planner-tight" in body
    assert texts("note.estimated.tally") in body
    assert texts("figure.capacity.note.tally") in body


def test_a_tally_below_the_estimate_leaves_it_as_it_is(run_page: RunPage) -> None:
    texts = catalogue("fi")
    body = html(run_page(lang="fi", kunta="249", baseline="2"))
    assert texts("note.estimated") in body
    assert texts("figure.capacity.note.tally") not in body


def test_two_who_save_a_sheet_see_both_versions(run_page: RunPage, own_store: Store) -> None:
    app = tally_row(page(run_page), "other", "15")
    theirs = TallyRow("Kirjasto", "scams", 30, "sv", "solved", week=MONDAY)
    own_store.save("tally", "249", to_content(TallySheet(MONDAY, (theirs,))), "Eino")
    app.text_input(key="author-tally").input("Aino")

    app.button(key="tally-keep").click().run()
    told, shown, kept = errors(app), html(app), kept_rows(own_store)
    app.button(key="conflict-mine-tally").click().run()

    assert any("Eino" in each for each in told)
    assert "Kirjasto, 5.1.2026" in shown or "ruotsi" in shown
    assert kept == (theirs,)
    assert [row.minutes for row in kept_rows(own_store)] == [15]
    assert [change.author for change in own_store.history("249")] == ["Aino", "Eino"]


def test_a_sheet_that_is_kept_is_seen_by_the_next_reader(
    run_page: RunPage, own_store: Store
) -> None:
    app = tally_row(page(run_page), "other", "15")
    app.text_input(key="author-tally").input("Aino")
    app.button(key="tally-keep").click().run()

    other = run_page("learning", lang="fi", kunta="249")

    assert catalogue("fi")("keep.kept") in html(other)
    assert catalogue("fi")("keep.not_yet") not in html(app)


def kept_rows(store: Store) -> tuple[TallyRow, ...]:
    """The rows of Keuruu's kept sheet."""
    return kept_logs.sheet_rows(store.items("tally", "249"))
