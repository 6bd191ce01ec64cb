"""The municipality page without a browser: what it says for odd places and odd addresses."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from planner.texts import LANGUAGES, catalogue
from tests.pages.conftest import RunPage


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


def test_a_village_is_spoken_of_in_whole_people(run_page: RunPage) -> None:
    app = run_page("municipality", kunta="766", lang="fi")
    texts = catalogue("fi")
    assert texts("who.small") in html(app)
    assert "viikossa (viikko" not in html(app).split("planner-figures")[0]


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
