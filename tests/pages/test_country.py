"""The country page without a browser."""

from __future__ import annotations

import json

import pytest

from planner.overview import MEASURES
from planner.texts import LANGUAGES, catalogue
from tests.pages.conftest import RunPage
from tests.pages.test_municipality import errors, html


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_has_a_map_and_a_table(run_page: RunPage, lang: str, measure: str) -> None:
    app = run_page("country", lang=lang, measure=measure)
    assert errors(app) == []
    spec = json.loads(app.get("vega_lite_chart")[0].proto.spec)
    assert spec["layer"][0]["data"]["url"] == "map/municipalities.topo.json"
    assert html(app).count("<tr>") > 308 + 20
    assert catalogue(lang)(f"measure.{measure}") in html(app)


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
