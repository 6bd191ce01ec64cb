"""The page on what happened, without a browser: logs, the example, the tally."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from streamlit.testing.v1 import AppTest

from planner.clock import today_in_finland
from planner.store import Store
from planner.texts import LANGUAGES, catalogue
from planner.ui import shelf
from planner.ui.format import formats
from tests.pages.conftest import RunPage
from tests.pages.test_municipality import address, errors, html

FAULTY = (
    "municipality;week;contacts\n"
    "249;2026-01-19;12\n"
    "249;2026-01-26;15\n"
    "Keurru;2026-01-26;15\n"
    "245;2026-02-02;-3\n"
    "245;2026-01-26;31\n"
)


def ten_weeks(code: str, contacts: int) -> str:
    """A log of one municipality with the same number every week."""
    first = dt.date(2026, 1, 12)
    days = [first + dt.timedelta(weeks=week) for week in range(10)]
    rows = "".join(f"{code};{day.isoformat()};{contacts}\n" for day in days)
    return f"municipality;week;contacts\n{rows}"


def upload(app: AppTest, content: str | bytes, kind: int = 0, name: str = "log.csv") -> AppTest:
    """The page after a file was put into one of its two uploads."""
    data = content.encode() if isinstance(content, str) else content
    return app.file_uploader[kind].set_value((name, data, "text/csv")).run()


def held(app: AppTest) -> shelf.Shelf:
    """What the session holds."""
    found = app.session_state["planner_shelf"]
    assert isinstance(found, shelf.Shelf)
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_faulty_rows_are_named_and_good_ones_wait_for_a_word(run_page: RunPage, lang: str) -> None:
    texts = catalogue(lang)
    app = upload(run_page("learning", lang=lang, kunta="249"), FAULTY)
    assert errors(app) == []
    body = html(app)
    assert '<th scope="row">4</th>' in body
    assert '<th scope="row">5</th>' in body
    assert '<th scope="row">3</th>' not in body
    assert "Keurru" in body
    assert texts.count("learning.left_out", 2, rows="4, 5") in app.warning[0].value
    label = f"{texts.count('learning.confirm', 3)}; {texts.count('learning.confirm.left_out', 2)}"
    assert app.button(key="visits-confirm").label == label
    assert held(app).logs is None

    app.button(key="visits-confirm").click().run()
    assert errors(app) == []
    log = held(app).logs.visits
    assert log is not None
    assert (len(log.rows), log.left_out, log.simulated) == (3, 2, False)
    assert texts.count("learning.use.left_out", 2) in html(app)
    assert "planner-verdict" in html(app)
    assert texts("learning.simulated.log") not in html(app)


def test_a_file_that_is_none_is_told_and_offers_nothing(run_page: RunPage) -> None:
    app = upload(run_page("learning", lang="fi"), b"%PDF-1.7 ...", name="loki.csv")
    texts = catalogue("fi")
    assert texts("learning.nothing_read", name="loki.csv") in html(app)
    assert "visits-confirm" not in {button.key for button in app.button}
    app.button(key="visits-cancel").click().run()
    assert texts("learning.nothing_read", name="loki.csv") not in html(app)


def test_a_log_can_be_taken_out_and_had_back(run_page: RunPage) -> None:
    app = upload(run_page("learning", lang="sv"), "kommun;vecka;besök\nKervo;19.1.2026;12\n")
    app.button(key="visits-confirm").click().run()
    app.button(key="visits-remove").click().run()
    assert held(app).logs.visits is None
    app.button(key="logs-undo").click().run()
    assert held(app).logs.visits is not None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_example_says_that_it_is_simulated_wherever_it_shows(
    run_page: RunPage, lang: str
) -> None:
    texts = catalogue(lang)
    app = run_page("learning", lang=lang, kunta="249")
    app.button(key="demo").click().run()
    assert errors(app) == []
    said = [warning.value for warning in app.warning]
    assert texts("learning.simulated.banner") in said
    assert texts("learning.simulated.log") in said
    charts = [chart.proto for chart in app.get("vega_lite_chart")]
    assert len(charts) == 2
    simulated = texts("learning.simulated.alt", title="")
    assert all(chart.alt.startswith(simulated) for chart in charts)
    assert html(app).count(f"<caption>{simulated}") == 2
    assert html(app).count(texts("learning.key.simulated")) == 2
    log = held(app).logs.visits
    assert log is not None
    assert log.name.startswith(texts("learning.simulated.file"))


def test_own_figures_put_the_example_away(run_page: RunPage) -> None:
    app = run_page("learning", lang="fi")
    app.button(key="demo").click().run()
    upload(app, "päivä;käyttäjät\n31.1.2026;1900000\n", kind=1)
    app.button(key="users-confirm").click().run()
    assert held(app).logs.visits is None
    assert [warning.value for warning in app.warning] == []


def test_the_date_decides_what_is_learned_from(run_page: RunPage) -> None:
    rows = "".join(f"249;2026-01-{day};9\n" for day in (12, 19, 26))
    app = upload(run_page("learning", lang="fi", kunta="249"), f"kunta;viikko;käynnit\n{rows}")
    app.button(key="visits-confirm").click().run()
    field = app.text_input(key="as_of-249-learning")
    assert field.value == "2.2.2026"
    field.set_value("26.1.2026").run()
    assert address(app, "as_of") == "2026-01-26"
    spec = json.loads(app.get("vega_lite_chart")[0].proto.spec)
    assert spec["layer"]
    app.text_input(key="as_of-249-learning").set_value("1.1.2031").run()
    assert "1.1.2031" not in str(address(app, "as_of"))
    assert errors(app)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_backtest_compares_three_ways_when_asked(run_page: RunPage, lang: str) -> None:
    texts = catalogue(lang)
    app = run_page("learning", lang=lang)
    app.button(key="demo").click().run()
    assert texts("learning.method.repeat4") not in html(app)
    app.toggle(key="backtest").set_value(True).run()
    assert errors(app) == []
    for method in ("update", "none", "repeat4"):
        assert texts(f"learning.method.{method}") in html(app)
    assert any(texts("learning.backtest.words") == block.value for block in app.markdown)


def test_too_short_a_log_is_told_when_the_comparison_is_asked_for(run_page: RunPage) -> None:
    app = upload(run_page("learning", lang="fi"), FAULTY)
    app.button(key="visits-confirm").click().run()
    app.toggle(key="backtest").set_value(True).run()
    assert errors(app) == []
    assert catalogue("fi")("learning.backtest.few") in html(app)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_log_of_zeros_cannot_be_compared_and_is_told_to_be_odd(
    run_page: RunPage, lang: str
) -> None:
    texts = catalogue(lang)
    app = upload(run_page("learning", lang=lang), ten_weeks("249", 0))
    app.button(key="visits-confirm").click().run()
    app.toggle(key="backtest").set_value(True).run()
    assert errors(app) == []
    assert texts("learning.backtest.zeros") in html(app)
    name = "Keuru" if lang == "sv" else "Keuruu"
    assert app.warning[0].value == texts.count("learning.remark.silent", 1, names=name)
    assert texts("learning.verdict.few.changed", where=name) in html(app)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_single_village_is_spoken_of_by_its_name(run_page: RunPage, lang: str) -> None:
    texts = catalogue(lang)
    app = upload(run_page("learning", lang=lang), ten_weeks("766", 80))
    app.button(key="visits-confirm").click().run()
    assert errors(app) == []
    body = html(app)
    assert texts("learning.verdict.few.changed", where="Sottunga") in body
    said = texts.count("learning.sentence.times", 8, where="Sottunga", range="\0").split("\0")
    assert all(part in body for part in said)
    assert texts.count("learning.few", 1, low="\0", high="\0").split("\0")[0] in body
    assert app.warning[0].value == texts.count("learning.remark.loud", 1, names="Sottunga")


def test_numbers_of_users_of_days_before_the_start_say_why_they_teach_nothing(
    run_page: RunPage,
) -> None:
    texts = catalogue("fi")
    app = upload(run_page("learning", lang="fi"), "päivä;käyttäjät\n5.1.2026;1900000\n", kind=1)
    app.button(key="users-confirm").click().run()
    assert errors(app) == []
    body = html(app)
    assert texts("learning.sentence.same_users", start="12.1.2026") in body
    assert texts("learning.sentence.users") not in body


def test_before_the_first_week_only_today_can_be_chosen(run_page: RunPage) -> None:
    app = run_page("learning", lang="fi", start=f"{today_in_finland().year + 1}-12-01")
    app.button(key="demo").click().run()
    today = formats("fi").date(today_in_finland())
    app.text_input(key="as_of--learning").set_value(today).run()
    assert app.text_input(key="as_of--learning").value == today
    assert errors(app) == []


def test_numbers_of_users_alone_are_learned_from_too(run_page: RunPage) -> None:
    texts = catalogue("sv")
    content = "datum;användare;kommun;åldersgrupp\n31.1.2026;2400000;;\n31.1.2026;900;Keuru;65–74\n"
    app = upload(run_page("learning", lang="sv"), content, kind=1)
    app.button(key="users-confirm").click().run()
    assert errors(app) == []
    assert texts("learning.sentence.users") in html(app)
    assert texts("learning.counts") in html(app)


def test_a_date_of_the_address_that_does_not_hold_is_told(run_page: RunPage) -> None:
    app = upload(run_page("learning", lang="fi", as_of="1999-01-01"), FAULTY)
    app.button(key="visits-confirm").click().run()
    assert "as_of" not in app.query_params
    assert app.text_input(key="as_of--learning").value == "2.2.2026"


def tally_row(app: AppTest, topic: str, minutes: str, outcome: str = "solved") -> AppTest:
    """The page after a row was typed and added."""
    app.selectbox(key="tally-topic-249").select(topic)
    app.radio(key="tally-outcome-249").set_value(outcome)
    app.text_input(key="tally-minutes-249").set_value(minutes)
    return app.button(key="tally-add-249").click().run()


def test_a_tally_gives_hours_and_a_baseline(run_page: RunPage) -> None:
    texts = catalogue("fi")
    app = run_page("learning", lang="fi", kunta="249")
    app.text_input(key="tally-week-249").set_value("6.1.2026").run()
    app.text_input(key="tally-point-249").set_value("Pääkirjasto").run()
    tally_row(app, "other", "90")
    tally_row(app, "account", "37,5")
    tally_row(app, "other", "", "turned_away")
    assert errors(app) == []
    body = html(app)
    assert texts("figure.per_week", hours="2,1 tuntia") in body
    assert texts("tally.figure.turned_away") in body
    assert app.text_input(key="tally-minutes-249").value == ""
    assert app.text_input(key="tally-point-249").value == "Pääkirjasto"
    app.button(key="tally-baseline").click().run()
    assert address(app, "baseline") == "1.5"
    assert texts("tally.baseline.set", hours="1,5 tuntia") in [s.value for s in app.success]


def test_a_later_sheet_leaves_messages_out_of_the_baseline_too(run_page: RunPage) -> None:
    app = run_page("learning", lang="en", kunta="249")
    app.text_input(key="tally-week-249").set_value("2.3.2026").run()
    app.text_input(key="tally-point-249").set_value("Library").run()
    tally_row(app, "other", "90")
    tally_row(app, "account", "30")
    app.button(key="tally-baseline").click().run()
    assert address(app, "baseline") == "1.5"


@pytest.mark.parametrize(
    ("topic", "minutes", "code"),
    [
        ("", "15", "error.tally_topic"),
        ("other", "", "error.tally_no_minutes"),
        ("other", "0", "error.tally_no_minutes"),
        ("other", "vartti", "error.number"),
        ("other", "9000", "error.number_above"),
    ],
)
def test_a_row_that_cannot_be_counted_stays_in_its_fields(
    run_page: RunPage, topic: str, minutes: str, code: str
) -> None:
    app = run_page("learning", lang="fi", kunta="249")
    app.text_input(key="tally-point-249").set_value("Kirjasto").run()
    tally_row(app, topic, minutes)
    values = {"value": minutes, "maximum": 720}
    named = {} if code.startswith("error.tally") else values
    assert errors(app) == [catalogue("fi")(code, **named)]
    assert app.text_input(key="tally-minutes-249").value == minutes
    assert held(app).sheets == {}


def test_a_row_can_be_removed_and_had_back(run_page: RunPage) -> None:
    app = run_page("learning", lang="fi", kunta="249")
    app.text_input(key="tally-point-249").set_value("Kirjasto").run()
    tally_row(app, "other", "10")
    tally_row(app, "other", "20")
    app.selectbox(key="tally-row-249").select(1).run()
    app.button(key="tally-remove-249").click().run()
    assert [row.minutes for row in held(app).sheets["249"]] == [20]
    app.button(key="tally-undo").click().run()
    assert [row.minutes for row in held(app).sheets["249"]] == [10, 20]


def test_what_is_typed_survives_a_change_of_page(run_page: RunPage) -> None:
    app = run_page("learning", lang="fi", kunta="249")
    app.text_input(key="tally-point-249").set_value("Kirjasto").run()
    app.text_input(key="tally-minutes-249").set_value("25").run()
    app.switch_page("planner/ui/pages/how.py").run()
    app.switch_page("planner/ui/pages/learning.py").run()
    assert app.text_input(key="tally-point-249").value == "Kirjasto"
    assert app.text_input(key="tally-minutes-249").value == "25"


def test_without_a_municipality_the_tally_asks_for_one(run_page: RunPage) -> None:
    app = run_page("learning", lang="sv")
    assert catalogue("sv")("tally.choose") in html(app)
    assert errors(app) == []


def test_a_log_is_saved_for_everybody_and_taken_out_again(
    run_page: RunPage, own_store: Store
) -> None:
    app = run_page("learning", lang="fi", kunta="249", as_of="2026-03-30")
    upload(app, ten_weeks("249", 5), name="käynnit.csv")
    app.button(key="visits-confirm").click().run()
    app.text_input(key="author-logs").input("Aino")
    app.button(key="visits-keep").click().run()

    other = run_page("learning", lang="fi", kunta="249", as_of="2026-03-30")
    seen = html(other)
    other.text_input(key="author-logs").input("Eino")
    other.button(key="visits-take-out").click().run()

    assert "käynnit.csv" in seen
    assert catalogue("fi")("keep.kept") in seen
    assert own_store.items("visits", "249") == []
    assert own_store.history("249")[0].author == "Eino"
