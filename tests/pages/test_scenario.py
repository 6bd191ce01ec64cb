"""The scenario page without a browser: change, undo, take along, bring back, compare."""

from __future__ import annotations

import base64
import html as markup
import json
import re
import zlib
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from planner.engine import load_engine
from planner.records import CapacityRow
from planner.scenario import Scenario, default_scenario, from_link, to_link
from planner.store import Store, to_content
from planner.texts import LANGUAGES, catalogue
from planner.ui import controls, scenario_state
from planner.ui.scenario_editor import groups
from tests.pages.conftest import RunPage

ENGINE = load_engine()
DEFAULT = default_scenario(ENGINE.assumptions)
TEXTS = catalogue("fi")
LESS_HELP = DEFAULT.with_override("official_share", (0.4,))
OLD = json.loads((Path(__file__).parents[1] / "unit" / "old_links.json").read_text("utf-8"))


@pytest.fixture(autouse=True)
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages rest on so few draws that a test takes no time over them."""
    monkeypatch.setattr(controls, "chosen_draws", lambda page: 20)


def html(app: AppTest) -> str:
    """All plain HTML of the page, its entities read."""
    return markup.unescape(" ".join(block.proto.body for block in app.get("html")))


def rows(app: AppTest, caption: str) -> list[list[str]]:
    """The cells of the table with that caption."""
    for table in re.findall(r"<table.*?</table>", html(app), re.DOTALL):
        if f"<caption>{caption}</caption>" in table:
            body = table.split("<tbody>")[1]
            found = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
            return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in found]
    return []


def errors(app: AppTest) -> list[str]:
    """The messages the page shows."""
    return [error.value.replace("\\", "") for error in app.error]


def scenario(app: AppTest) -> Scenario | None:
    """The scenario of the address."""
    value = app.query_params.get("scenario")
    link = value[0] if isinstance(value, list) else value
    return None if link is None else from_link(link)


def choose(app: AppTest, group: str) -> AppTest:
    """The page with another group of fields."""
    return app.selectbox(key="scenario-group").select(group).run()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_changed_at_first(run_page: RunPage, lang: str) -> None:
    app, texts = run_page("scenario", lang=lang, kunta="249"), catalogue(lang)

    assert errors(app) == []
    assert texts("scenario.nothing") in [text.value for text in app.markdown]
    assert [len(row) for row in rows(app, texts("page.country"))] == [2] * 10
    assert scenario(app) is None


def test_a_changed_assumption_differs_has_an_effect_and_can_be_taken_back(
    run_page: RunPage,
) -> None:
    app = run_page("scenario", lang="fi", kunta="249")

    app.text_input(key="entry-official_share-0").set_value("40").run()

    assert scenario(app) == LESS_HELP
    [line] = rows(app, TEXTS.count("scenario.differs", 1))
    assert line[1:3] == ["20\xa0%", "40\xa0%"]
    visits = next(row for row in rows(app, "Keuruu") if row[0] == TEXTS("scenario.figure.contacts"))
    assert visits[3].endswith("(+100\xa0%)")

    app.text_input(key="entry-reason-official_share").set_value("Vain puolet  autetaan").run()
    assert dict(scenario(app).reasons) == {"official_share": "Vain puolet autetaan"}
    assert rows(app, TEXTS.count("scenario.differs", 1))[0][3] == "Vain puolet autetaan"

    app.button(key="reset-official_share").click().run()
    assert scenario(app) is None
    assert app.text_input(key="entry-official_share-0").value == "20"
    assert TEXTS("scenario.nothing") in [text.value for text in app.markdown]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("140", TEXTS("error.number_above", value="140", maximum=100)),
        ("-1", TEXTS("error.number_below", value="-1", minimum=0)),
        ("puolet", TEXTS("error.number", value="puolet")),
        ("nan", TEXTS("error.number", value="nan")),
    ],
)
def test_what_does_not_hold_stays_in_its_field_and_changes_nothing(
    run_page: RunPage, typed: str, said: str
) -> None:
    app = run_page("scenario", lang="fi")
    field = "entry-official_share-0"

    app.text_input(key=field).set_value(typed).run()

    assert errors(app) == [said]
    assert app.text_input(key=field).value == typed
    assert scenario(app) is None
    choose(app, "demand")
    choose(app, "asked")
    assert app.text_input(key=field).value == typed  # also after a look elsewhere
    app.text_input(key=field).set_value("25 %").run()
    assert errors(app) == []
    assert scenario(app) == DEFAULT.with_override("official_share", (0.25,))


def test_an_emptied_field_is_the_default_again(run_page: RunPage) -> None:
    app = run_page("scenario", lang="fi", scenario=to_link(LESS_HELP))

    app.text_input(key="entry-official_share-0").set_value("").run()

    assert scenario(app) is None
    assert app.text_input(key="entry-official_share-0").value == "20"


def test_every_assumption_and_lever_has_its_field(run_page: RunPage) -> None:
    app = run_page("scenario", lang="sv", kunta="249")
    keys, labels = set(), set()
    for group in groups(ENGINE):
        choose(app, group)
        assert errors(app) == []
        assert not app.exception
        keys |= {field.key for field in app.text_input} | {box.key for box in app.checkbox}
        labels |= {box.label for box in app.expander}
    items = ENGINE.assumptions.items.values()
    scalars = {f"entry-{item.id}-0" for item in items if not item.rows}
    levers = {f"entry-{name}" for name in ("new_users", "existing", "start", "target_date")}
    sources = {f"source-{name}" for name in DEFAULT.sources}
    assert scalars | levers | sources | {"entry-hours-249", "entry-baseline-249"} <= keys
    for item in items:
        name = catalogue("sv")(f"assumption.{item.id}.label")
        assert not item.rows or any(label.startswith(name) for label in labels), item.id


def test_rows_are_drawn_once_they_are_open(run_page: RunPage) -> None:
    app = run_page("scenario", lang="fi")
    assert not [field for field in app.text_input if field.key.startswith("entry-need-")]

    app.session_state["rows-need"] = True
    app.run()
    app.text_input(key="entry-need-5").set_value("15").run()

    central = ENGINE.assumptions.items["need"].central
    assert scenario(app) == DEFAULT.with_override("need", (*central[:5], 0.15, *central[6:]))
    [line] = rows(app, TEXTS.count("scenario.differs", 1))
    assert "65–74 v." in line[0]
    app.text_input(key="entry-all-need").set_value("1,5").run()
    assert dict(scenario(app).overrides)["need"][0] == 0.045
    app.text_input(key="entry-all-need").set_value("50").run()
    assert len(errors(app)) == 1
    assert "99,9" in errors(app)[0]


def test_levers(run_page: RunPage) -> None:
    app = run_page("scenario", lang="fi", start="2026-03-02")

    choose(app, "timetable")
    app.radio(key="scenario-preset").set_value("press_estimate").run()
    assert scenario(app).new_users == 2_000_000
    assert "start" not in app.query_params  # it lies no longer on top
    assert str(scenario(app).start) == "2026-03-02"
    app.text_input(key="entry-start").set_value("1.9.2026").run()
    assert (scenario(app).target_date - scenario(app).start).days == 353

    choose(app, "sources")
    app.checkbox(key="source-waves").uncheck().run()
    assert "waves" not in scenario(app).sources

    choose(app, "campaign")
    app.button(key="campaign-add").click().run()
    app.text_input(key="entry-campaign-0-factor").set_value("1,5").run()
    app.text_input(key="entry-campaign-0-weeks").set_value("0").run()
    assert scenario(app).campaign[0][1:] == (4, 1.5)
    assert len(errors(app)) == 1
    app.button(key="campaign-0-remove").click().run()
    assert scenario(app).campaign == ()

    app.button(key="scenario-reset").click().run()
    assert scenario(app) is None


def test_a_fault_mends_itself_when_what_it_clashed_with_is_changed(run_page: RunPage) -> None:
    app = choose(run_page("scenario", lang="fi"), "timetable")

    app.text_input(key="entry-new_users").set_value("4 000 000").run()
    assert len(errors(app)) == 1
    assert scenario(app) is None

    app.text_input(key="entry-existing").set_value("500 000").run()
    assert errors(app) == []
    assert (scenario(app).existing, scenario(app).new_users) == (500_000, 4_000_000)


def test_a_municipalitys_own_figures_go_into_the_scenario(run_page: RunPage) -> None:
    app = choose(run_page("scenario", lang="fi", kunta="249", hours="12.5"), "place")
    assert app.text_input(key="entry-hours-249").value == "12,5"
    assert rows(app, TEXTS.count("scenario.differs", 1))[0][2].startswith("12,5 tuntia")

    app.text_input(key="entry-people-249").set_value("2").run()

    answers = dict(scenario(app).answers)["249"]
    assert (answers.hours, answers.people) == (12.5, 2)
    assert "hours" not in app.query_params
    app.text_input(key="entry-baseline-249").set_value("6").run()
    assert scenario(app).baselines == (("249", 6.0),)
    app.text_input(key="entry-hours-249").set_value("").run()
    assert scenario(app).answers == ()


@pytest.mark.parametrize(
    ("key", "link", "code"),
    [
        ("scenario", to_link(LESS_HELP)[:-9], "error.link_damaged"),
        ("scenario", "2." + to_link(LESS_HELP)[2:], "error.link_newer"),
        ("municipality", to_link(LESS_HELP)[:-9], "error.link_damaged"),
        ("country", "rubbish", "error.link_damaged"),
    ],
)
def test_a_link_that_does_not_open_is_told_and_the_default_counts(
    run_page: RunPage, key: str, link: str, code: str
) -> None:
    app = run_page(key, lang="fi", kunta="249", scenario=link)
    shipped = run_page(key, lang="fi", kunta="249")

    assert errors(app) == [TEXTS("error.link_unused", reason=TEXTS(code))]
    if key == "scenario":
        assert rows(app, "Keuruu") == rows(shipped, "Keuruu") != []
    else:
        figures = [html(page).split("planner-figures")[1] for page in (app, shipped)]
        assert figures[0].split("</dl>")[0] == figures[1].split("</dl>")[0]


def test_a_link_out_of_bounds_is_told_and_the_default_counts(run_page: RunPage) -> None:
    app = run_page("scenario", lang="fi", scenario=to_link(DEFAULT.with_override("stay", (7,))))

    label = TEXTS("assumption.stay.label")
    bounds = TEXTS("error.assumption_bounds", name=label, low="0\xa0%", high="100\xa0%")
    assert errors(app) == [TEXTS("error.link_unused", reason=bounds)]
    assert TEXTS("scenario.nothing") in [text.value for text in app.markdown]


@pytest.mark.parametrize("key", ["scenario", "municipality", "country"])
def test_half_a_character_in_a_link_is_told_and_the_default_counts(
    run_page: RunPage, key: str
) -> None:
    text = DEFAULT.to_json().replace('"overrides":{}', '"overrides":{"\\ud800":[1]}')
    packed = base64.urlsafe_b64encode(zlib.compress(text.encode())).decode().rstrip("=")

    app = run_page(key, lang="fi", kunta="249", scenario=f"1.{packed}")

    assert errors(app) == [TEXTS("error.link_unused", reason=TEXTS("error.scenario_signs"))]
    assert not app.exception


@pytest.mark.parametrize("kunta", [{}, {"kunta": "249"}])
def test_hours_of_the_address_that_do_not_hold_are_told(
    run_page: RunPage, kunta: dict[str, str]
) -> None:
    app = run_page("scenario", lang="fi", hours="-1", **kunta)

    assert errors(app) == [TEXTS("error.hours_range", value=-1)]
    assert TEXTS("control.fallback") in html(app)
    field = run_page("municipality", lang="fi", hours="-1", kunta="249")
    assert len(errors(field)) == 1  # there its field tells it


def test_the_scenario_counts_on_the_other_pages(run_page: RunPage) -> None:
    figures = [
        html(run_page("municipality", lang="fi", kunta="249", **params)).split("planner-figures")[1]
        for params in ({}, {"scenario": to_link(LESS_HELP)})
    ]

    assert figures[0].split("</dl>")[0] != figures[1].split("</dl>")[0]


def test_the_link_opens_the_same_scenario_with_everything_that_lay_on_top(
    run_page: RunPage,
) -> None:
    app = run_page("scenario", lang="fi", kunta="249", hours="9", target="1000000")

    link = app.get("code")[0].value
    found = from_link(re.search(r"scenario=([\w.-]+)", link)[1])

    assert (found.new_users, dict(found.answers)["249"].hours) == (1_000_000, 9.0)
    assert "hours=" not in link
    assert "kunta=249" in link


@pytest.mark.parametrize("old", OLD[1::3], ids=[old["what"] for old in OLD[1::3]])
def test_links_of_earlier_versions_open(run_page: RunPage, old: dict[str, str]) -> None:
    app = run_page("scenario", lang="sv", scenario=old["link"])

    assert errors(app) == []
    assert old["id"] in html(app)


def test_two_scenarios_side_by_side(run_page: RunPage) -> None:
    other = DEFAULT.with_override("minutes_individual", (45.0,))
    app = run_page("scenario", lang="fi", scenario=to_link(LESS_HELP))

    pasted = f"http://localhost/scenario?lang=sv&target=2000000&scenario={to_link(other)}"
    app.text_input(key="scenario-pasted").set_value(pasted).run()

    found = rows(app, TEXTS("scenario.compare.caption"))
    assert [row[1:3] for row in found] == [
        ["2\xa0000\xa0000", "2\xa0800\xa0000"],
        ["45", "30"],
        ["20\xa0%", "40\xa0%"],
    ]
    users = rows(app, TEXTS("page.country"))[0]
    assert users[1:] == ["2\xa0000\xa0000", "2\xa0800\xa0000", "+800\xa0000 (+40\xa0%)"]

    app.button(key="scenario-stop").click().run()
    assert rows(app, TEXTS("page.country"))[0][1] == "2\xa0800\xa0000"
    app.text_input(key="scenario-pasted").set_value("http://localhost/?scenario=1.x").run()
    assert errors(app) == [TEXTS("error.link_damaged")]


def test_the_present_one_can_be_kept_to_compare_with(run_page: RunPage) -> None:
    app = run_page("scenario", lang="fi", scenario=to_link(LESS_HELP))

    app.button(key="scenario-keep").click().run()
    assert TEXTS("scenario.compare.same") in [text.value for text in app.markdown]
    app.text_input(key="entry-minutes_individual-0").set_value("60").run()

    assert [row[1:3] for row in rows(app, TEXTS("scenario.compare.caption"))] == [["30", "60"]]
    assert len(rows(app, TEXTS.count("scenario.differs", 2))) == 2


def test_a_damaged_scenario_to_compare_with_leaves_the_default(run_page: RunPage) -> None:
    app = run_page("scenario", lang="fi", compare="1.x")

    assert errors(app) == [TEXTS("error.link_damaged")]
    assert TEXTS("scenario.compare.fallback") in html(app)


def test_a_file_is_told_first_and_taken_when_asked(run_page: RunPage) -> None:
    app = run_page("scenario", lang="fi")

    app.file_uploader(key="scenario-file").set_value(
        ("s.json", LESS_HELP.to_json().encode(), "application/json")
    ).run()
    assert scenario(app) is None
    assert TEXTS.count("scenario.upload.found", 1, id=LESS_HELP.id) in [
        text.value for text in app.markdown
    ]
    app.button(key="scenario-use").click().run()

    assert scenario(app) == LESS_HELP
    assert app.text_input(key="entry-official_share-0").value == "40"


def test_a_file_that_is_none_changes_nothing(run_page: RunPage) -> None:
    app = run_page("scenario", lang="fi", scenario=to_link(LESS_HELP))

    app.file_uploader(key="scenario-file").set_value(
        ("s.json", b"municipality;week", "application/json")
    ).run()

    assert errors(app) == [TEXTS("error.scenario_not_json", line=1, column=1)]
    assert TEXTS("scenario.upload.kept") in html(app)
    assert scenario(app) == LESS_HELP


@pytest.mark.parametrize("settled", [3.0, 0.0])
def test_a_change_survives_a_browser_that_is_behind(
    run_page: RunPage, monkeypatch: pytest.MonkeyPatch, settled: float
) -> None:
    monkeypatch.setattr(scenario_state, "SETTLED", settled)  # also where the server was busy
    app = run_page("scenario", lang="fi")
    app.text_input(key="entry-official_share-0").set_value("40").run()
    link = app.query_params["scenario"]
    app.text_input(key="entry-half_life-0").set_value("6").run()

    app.query_params["scenario"] = link  # the next change comes with the address before
    app.text_input(key="entry-minutes_individual-0").set_value("60").run()
    del app.query_params["scenario"]  # and the next with the very first one
    app.text_input(key="entry-use-0").set_value("70").run()

    wanted = LESS_HELP.with_override("minutes_individual", (60.0,))
    wanted = wanted.with_override("half_life", (6.0,)).with_override("use", (0.7,))
    assert scenario(app) == wanted


def test_a_look_at_another_group_undoes_nothing(run_page: RunPage) -> None:
    app = run_page("scenario", lang="fi")
    app.text_input(key="entry-official_share-0").set_value("40").run()

    del app.query_params["scenario"]
    choose(app, "demand")

    assert scenario(app) == LESS_HELP


def test_back_takes_a_change_back(run_page: RunPage, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run_page("scenario", lang="fi")
    app.text_input(key="entry-official_share-0").set_value("40").run()

    monkeypatch.setattr(scenario_state, "SETTLED", 0.0)  # as if some seconds had passed
    del app.query_params["scenario"]
    app.run()

    assert scenario(app) is None
    assert app.text_input(key="entry-official_share-0").value == "20"


def test_a_scenario_is_kept_and_opened_again(run_page: RunPage, own_store: Store) -> None:
    app = run_page("scenario", lang="fi", scenario=to_link(LESS_HELP))
    app.text_input(key="author").input("Aino")
    app.text_input(key="scenario-kept-name").input(" Vähemmän  apua ")

    app.button(key="scenario-kept-save").click().run()
    again = run_page("scenario", lang="fi")
    again.button(key="scenario-kept-open").click().run()

    assert TEXTS("scenario.kept.saved", name="Vähemmän apua") in [s.value for s in app.success]
    assert scenario(again) == LESS_HELP


def test_a_name_that_is_taken_is_only_replaced_when_asked(
    run_page: RunPage, own_store: Store
) -> None:
    for link in (to_link(LESS_HELP), to_link(DEFAULT.with_override("official_share", (0.3,)))):
        app = run_page("scenario", lang="fi", scenario=link)
        app.text_input(key="author").input("Aino")
        app.text_input(key="scenario-kept-name").input("Oma")
        app.button(key="scenario-kept-save").click().run()
    asked = [warning.value for warning in app.warning]
    alone = len(own_store.history("FI"))
    app.button(key="scenario-kept-replace").click().run()

    assert any("Oma" in each and "Aino" in each for each in asked)
    assert alone == 1
    assert len(own_store.items("scenario", "FI")) == 1
    assert len(own_store.history("FI")) == 2


def test_a_scenario_without_a_name_is_not_kept(run_page: RunPage, own_store: Store) -> None:
    app = run_page("scenario", lang="fi")
    app.text_input(key="author").input("Aino")

    app.button(key="scenario-kept-save").click().run()

    assert TEXTS("error.scenario_name") in errors(app)
    assert own_store.items("scenario") == []


def test_the_effect_stands_on_the_services_that_were_entered(
    run_page: RunPage, own_store: Store
) -> None:
    plain = rows(run_page("scenario", lang="fi", kunta="249"), "Keuruu")
    row = CapacityRow("249", "library", "", 60.0)
    own_store.save("capacity", "249", to_content(row), "Aino")

    entered = rows(run_page("scenario", lang="fi", kunta="249"), "Keuruu")

    assert plain != entered
    assert any("Riittää" in cell for line in entered for cell in line)
