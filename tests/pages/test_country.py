"""The country page without a browser."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest

from planner.clock import today_in_finland
from planner.engine import load_engine
from planner.overview import MEASURES, overview
from planner.scenario import default_scenario
from planner.store import Store
from planner.texts import LANGUAGES, catalogue
from planner.ui import country_wording
from planner.ui.format import formats
from tests.pages.conftest import RunPage
from tests.pages.test_municipality import errors, html, shown_verdict


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_has_a_map_and_a_table(run_page: RunPage, lang: str, measure: str) -> None:
    app = run_page("country", lang=lang, measure=measure)
    assert errors(app) == []
    spec = json.loads(app.get("vega_lite_chart")[0].proto.spec)
    assert spec["layer"][0]["data"]["url"] == "map/municipalities.topo.json"
    assert html(app).count("<tr>") > 308 + 20
    assert catalogue(lang)(f"table.places.{measure}") in html(app)


@pytest.mark.parametrize("level", ["region", "wellbeing_county", "development_centre"])
def test_sums_by_area_have_aland_and_the_country(run_page: RunPage, level: str) -> None:
    body = html(run_page("country", lang="sv", level=level))
    assert '<th scope="row">Åland</th>' in body
    assert '<th scope="row">Finland</th>' in body or '<th scope="row">Hela landet</th>' in body


def test_seen_late_most_are_ready_and_the_page_says_so(run_page: RunPage) -> None:
    app = run_page("country", lang="fi", from_="2026-11-24")
    sentence = next(block.value for block in app.markdown if "24.11.2026" in block.value)
    ready = int(sentence.split("riittää ")[1].split()[0])
    assert ready > 231  # three quarters of 308


@pytest.mark.parametrize(
    ("params", "said"),
    [({"measure": "luck"}, "luck"), ({"level": "planet"}, "planet"), ({"target": "-1"}, "-1")],
)
def test_unknown_choices_are_told(run_page: RunPage, params: dict[str, str], said: str) -> None:
    app = run_page("country", lang="fi", **params)
    assert said in " ".join(errors(app))
    assert "planner-table" in html(app)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_countrys_visits_have_their_band(run_page: RunPage, lang: str) -> None:
    app = run_page("country", lang=lang)
    texts = catalogue(lang)
    chart = app.get("vega_lite_chart")[1].proto
    assert '"band"' in chart.spec
    assert app.header[0].value == chart.alt
    body = html(app)
    for column in ("table.contacts", "table.hours", "table.short"):
        assert texts("table.range", what=texts(column)) in body
    assert texts("staffing.caption") in body


@pytest.mark.parametrize("draws", [None, "200"])
def test_the_page_counts_what_the_engine_finds(run_page: RunPage, draws: str | None) -> None:
    chosen = {} if draws is None else {"draws": draws}
    app = run_page("country", lang="fi", from_="2026-06-01", **chosen)
    engine = load_engine()

    asked = (today_in_finland(), dt.date(2026, 6, 1), int(draws or 1000))
    found = overview(engine, default_scenario(engine.assumptions), *asked)
    sentence = country_wording.country_sentence(found, catalogue("fi"), formats("fi"))
    assert any(sentence in block.value for block in app.markdown)
    assert app.radio(key="draws").value == (draws or "1000")


def test_country_and_municipality_agree(run_page: RunPage) -> None:
    body = html(run_page("country", lang="fi"))
    texts = catalogue("fi")
    for kunta, name in (("091", "Helsinki"), ("148", "Inari"), ("837", "Tampere")):
        row = re.search(rf'<th scope="row"><a [^>]*>{name}</a></th><td>([^<]*)</td>', body)
        assert row is not None
        own = shown_verdict(run_page("municipality", kunta=kunta, lang="fi"))
        assert row.group(1).endswith(texts(f"verdict.{own}"))


def test_services_that_cannot_be_read_are_told_and_stop_nothing(
    run_page: RunPage, own_store: Store
) -> None:
    own_store.save("capacity", "249", {"odd": 1}, "Aino")

    app = run_page("country", lang="fi")

    assert [error.value for error in app.error] == [
        catalogue("fi")("error.kept_unreadable", codes=["249"])
    ]
    assert len(app.get("vega_lite_chart")) > 0
