"""The municipality page without a browser: what it says for odd places and odd addresses."""

from __future__ import annotations

import datetime as dt
import html as markup
import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from planner.__main__ import main
from planner.answer import answer
from planner.clock import today_in_finland
from planner.engine import load_engine
from planner.scenario import default_scenario
from planner.texts import LANGUAGES, catalogue
from planner.ui import certainty
from planner.ui.format import formats
from tests.pages.conftest import RunPage, unfold


def html(app: AppTest) -> str:
    """All plain HTML of the page."""
    return " ".join(block.proto.body for block in app.get("html"))


def address(app: AppTest, name: str) -> str | None:
    """A parameter of the address."""
    value = app.query_params.get(name)
    return value[0] if isinstance(value, list) else value


def errors(app: AppTest) -> list[str]:
    """The messages the page shows."""
    return [error.value.replace("\\", "") for error in app.error]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kunta", ["091", "249", "072", "148", "478", "295", "766", "316"])
def test_every_odd_place_has_an_answer(run_page: RunPage, kunta: str, lang: str) -> None:
    app = run_page("municipality", kunta=kunta, lang=lang)
    assert errors(app) == []
    assert "planner-verdict" in html(app)
    assert not re.search(r"\bnan\b", html(app), re.IGNORECASE)


@pytest.mark.parametrize("kunta", ["766", "295", "072"])
def test_a_village_is_spoken_of_by_half_years_in_whole_people(
    run_page: RunPage, kunta: str
) -> None:
    app = run_page("municipality", kunta=kunta, lang="fi")
    texts = catalogue("fi")
    body = html(app)
    verdict = body.split("planner-verdict")[1].split("</section>")[0]
    assert texts("who.small") in body
    assert "viikossa (viikko" not in body.split("planner-figures")[0]
    eight, nine = "kahdeksassa tapauksessa kymmenestä", "yhdeksässä tapauksessa kymmenestä"
    season = rf"apua hak(ee|i) ({eight} \d+–\d+|{nine} enintään \d+) ihmi"
    assert re.search(season, verdict)
    assert not re.search(r"\d,\d+ ihmi", body)
    assert not re.search(r"[Vv]iik\w+ \(?\d+/20", verdict)  # no week of a few people is told
    assert texts("waterfall.small") in markup.unescape(body)


def shown_verdict(app: AppTest) -> str:
    """The verdict's code."""
    found = re.search(r"planner-verdict planner-(\w+)", html(app))
    assert found is not None
    return found.group(1)


@pytest.mark.parametrize("kunta", ["249", "072", "316"])
@pytest.mark.parametrize("draws", [None, "200"])
def test_the_page_says_what_the_engine_answers(
    run_page: RunPage, kunta: str, draws: str | None
) -> None:
    chosen = {} if draws is None else {"draws": draws}
    app = run_page("municipality", kunta=kunta, lang="fi", from_="2026-06-01", **chosen)

    asked = (kunta, today_in_finland(), dt.date(2026, 6, 1), int(draws or 1000))
    found = answer(load_engine(), default_scenario(load_engine().assumptions), *asked)
    assert errors(app) == []
    assert shown_verdict(app) == found.verdict
    assert certainty.sure(found, catalogue("fi"), formats("fi")) in markup.unescape(html(app))
    assert app.radio(key="draws").value == (draws or "1000")


@pytest.mark.parametrize("kunta", ["249", "766"])
def test_the_command_line_gives_the_pages_verdict(
    run_page: RunPage, kunta: str, capsys: pytest.CaptureFixture[str]
) -> None:
    app = run_page("municipality", kunta=kunta, lang="fi", draws="1000", hours="7")
    capsys.readouterr()

    code = main(["answer", "--municipality", kunta, "--hours", "7", "--draws", "1000"])

    told = json.loads(capsys.readouterr().out)
    assert (code, told["draws"]) == (0, 1000)
    assert shown_verdict(app) == told["verdict"]
    unfold(app, "seasons")
    for season in told["seasons"] if kunta == "766" else ():
        assert f"{season['people_low']}–{season['people_high']}" in html(app)


def test_more_draws_stand_in_the_address(run_page: RunPage) -> None:
    app = run_page("municipality", kunta="249", lang="fi", hours="5")
    assert app.radio(key="draws").value == "200"
    app.radio(key="draws").set_value("1000").run()
    assert address(app, "draws") == "1000"
    app.radio(key="draws").set_value("200").run()
    assert "draws" not in app.query_params


@pytest.mark.parametrize("draws", ["5", "many", "1e9", "-200"])
def test_other_numbers_of_draws_are_told(run_page: RunPage, draws: str) -> None:
    app = run_page("municipality", kunta="249", lang="fi", draws=draws)
    assert len(errors(app)) == 1
    assert draws in errors(app)[0]
    assert app.radio(key="draws").value == "1000"
    assert "planner-verdict" in html(app)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_bands_stand_on_the_charts_and_in_the_tables(run_page: RunPage, lang: str) -> None:
    app = run_page("municipality", kunta="249", lang=lang)
    texts = catalogue(lang)
    specs = [chart.proto.spec for chart in app.get("vega_lite_chart")]
    assert sum('"band"' in spec for spec in specs) == 2
    heading = texts("table.range", what=texts("table.contacts"))
    assert heading not in html(app)  # worked out only for who opens the table
    body = html(unfold(app, "hours"))
    assert heading in body
    assert texts("series.band") in body
    assert texts("staffing.caption") in body
    finding = app.get("vega_lite_chart")[0].proto.alt
    assert finding.startswith(f"{app.header[0].value}. ")
    assert len(finding) > len(app.header[0].value) + 60


def test_what_covering_the_shortage_takes_stands_on_the_page(run_page: RunPage) -> None:
    texts = catalogue("fi")
    body = html(run_page("municipality", kunta="091", lang="fi"))
    table = body.split(f"<caption>{texts('staffing.caption')}</caption>")[1].split("</table>")[0]
    for name in ("worked", "contract", "person_years", "euros"):
        assert texts(f"staffing.{name}") in table
    enough = html(run_page("municipality", kunta="249", lang="fi", hours="60"))
    assert texts("staffing.little") in enough


def test_without_a_municipality_it_asks_for_one(run_page: RunPage) -> None:
    app = run_page("municipality", lang="fi")
    assert app.title[0].value == catalogue("fi")("welcome.title")
    assert "planner-verdict" not in html(app)


def test_an_unknown_municipality_is_told_with_near_names(run_page: RunPage) -> None:
    app = run_page("municipality", kunta="Keurru", lang="fi")
    assert "Keuruu" in errors(app)[0]
    assert app.title[0].value == catalogue("fi")("welcome.title")


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"start": "2026-13-01"}, "2026-13-01"),
        ({"start": "1999-01-01"}, "1.1.2024"),
        ({"target": "-5"}, "-5"),
        ({"target": "99000000"}, "3 148 845"),
        ({"target": "nan"}, "nan"),
        ({"existing": "99000000"}, "99 000 000"),
        ({"target_date": "2025-01-01"}, "1.1.2025"),
        ({"from": "1999-01-01"}, "17.11.2025"),
        ({"preset": "moon"}, "moon"),
        ({"hours": "inf"}, "inf"),
        ({"hours": "9999999"}, "100 000"),
        ({"people": "1,5", "hours": "3"}, "1,5"),
        ({"until": "joulu", "hours": "3"}, "joulu"),
    ],
)
def test_what_does_not_hold_is_told_and_the_rest_works(
    run_page: RunPage, params: dict[str, str], said: str
) -> None:
    changed = {name.replace("from", "from_"): value for name, value in params.items()}
    app = run_page("municipality", kunta="249", lang="fi", **changed)
    told = " ".join(errors(app)).replace("\xa0", " ")
    assert said in told
    assert "planner-verdict" in html(app)
    assert not app.exception


def test_answers_replace_the_estimate(run_page: RunPage) -> None:
    texts = catalogue("fi")
    before = html(run_page("municipality", kunta="249", lang="fi"))
    after = html(run_page("municipality", kunta="249", lang="fi", hours="40", people="1"))
    assert texts("note.estimated") in before
    assert texts("note.estimated") not in after
    assert texts("note.one_person") in after
    assert texts("verdict.ready") in after


def test_the_end_of_funding_is_told(run_page: RunPage) -> None:
    app = run_page("municipality", kunta="249", lang="fi", hours="8", until="2026-05-31")
    assert "31.5.2026" in html(app)
    assert catalogue("fi")("verdict.short") in html(app)


def test_people_without_hours_are_asked_for_the_hours(run_page: RunPage) -> None:
    app = run_page("municipality", kunta="249", lang="fi", people="2")
    assert catalogue("fi")("question.hours.missing") in html(app)


def test_a_typed_answer_stands_in_the_address(run_page: RunPage) -> None:
    app = run_page("municipality", kunta="249", lang="fi")
    app.text_input(key="hours-249-municipality").set_value("12,5").run()
    assert address(app, "hours") == "12.5"
    app.text_input(key="hours-249-municipality").set_value("kuusi").run()
    assert app.text_input(key="hours-249-municipality").value == "kuusi"
    assert "kuusi" in errors(app)[0]
    assert address(app, "hours") == "12.5"


def test_another_municipality_has_no_answers_of_the_first(run_page: RunPage) -> None:
    app = run_page("municipality", kunta="249", lang="fi", hours="5")
    app.selectbox(key="municipality").select("091").run()
    assert address(app, "kunta") == "091"
    assert "hours" not in app.query_params
    assert app.text_input(key="hours-091-municipality").value == ""


def test_a_preset_sets_the_target(run_page: RunPage) -> None:
    app = run_page("municipality", kunta="249", lang="fi", target="1000")
    few = html(app)
    app.radio(key="preset").set_value("press_estimate").run()
    assert address(app, "preset") == "press_estimate"
    assert "target" not in app.query_params
    assert app.text_input(key="target-249-municipality").value == ""
    assert html(app) != few


def test_a_three_decimal_answer_of_an_address_is_read_as_written(run_page: RunPage) -> None:
    app = run_page("municipality", kunta="249", lang="fi", hours="2.125")
    assert errors(app) == []
    app.run()
    assert address(app, "hours") == "2.125"


@pytest.mark.parametrize(
    "params",
    [
        {"existing": "9" * 29},
        {"target": "9" * 29},
        {"start": "9999-12-31"},
        {"until": "0001-01-01", "hours": "3"},
        {"kunta": "http://evil.example/login"},
    ],
)
def test_outlandish_addresses_leave_the_page_standing(
    run_page: RunPage, params: dict[str, str]
) -> None:
    app = run_page("municipality", **{"kunta": "249", "lang": "fi", **params})
    told = " ".join(errors(app))
    assert told
    assert catalogue("fi")("error.unexpected") not in told
    assert "http://" not in told


def test_one_fault_leaves_the_other_parts_of_the_basis(run_page: RunPage) -> None:
    app = run_page("municipality", kunta="249", lang="fi", start="2026-09-01", target="5000000")
    assert len(errors(app)) == 1
    whole = run_page("municipality", kunta="249", lang="fi", start="2026-09-01")
    figures = html(app).split("planner-figures")[1].split("</dl>")[0]
    assert figures == html(whole).split("planner-figures")[1].split("</dl>")[0]


def test_zero_hours_are_said_to_be_none(run_page: RunPage) -> None:
    body = html(run_page("municipality", kunta="249", lang="fi", hours="0"))
    assert "Digitukea ei anneta." in body
