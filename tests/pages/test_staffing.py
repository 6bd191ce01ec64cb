"""The staffing page without a browser: the same figures as the files, in whole people's words."""

from __future__ import annotations

import datetime as dt
import html as markup
import io
import re

import pandas as pd
import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from planner.__main__ import main
from planner.clock import today_in_finland
from planner.engine import load_engine
from planner.scenario import default_scenario
from planner.staffing import OPTIONS, WEEKLY, Staffing, options_frame, staffing, weekly_frame
from planner.staffing.desk import desk
from planner.texts import LANGUAGES, Language, catalogue
from planner.ui import staffing_files, staffing_rows, staffing_words
from planner.ui.format import formats
from tests.pages.conftest import RunPage, unfold
from tests.pages.test_municipality import address, errors, html

FI, FMT = catalogue("fi"), formats("fi")
PLACES = ["091", "249", "072", "148", "478", "295", "766", "316"]


def plan(code: str, **more: object) -> Staffing:
    """What the page with the shipped scenario shows."""
    engine = load_engine()
    scenario = default_scenario(engine.assumptions)
    return staffing(engine, scenario, code, today_in_finland(), **more)  # type: ignore[arg-type]


def verdict(app: AppTest) -> str:
    """The block at the top, in words."""
    body = markup.unescape(html(app))
    return re.sub(r"<[^>]+>", " ", body.split("planner-verdict")[1].split("</section>")[0])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kunta", PLACES)
def test_every_odd_place_has_its_plan(run_page: RunPage, kunta: str, lang: Language) -> None:
    app = run_page("staffing", kunta=kunta, lang=lang)
    texts, fmt, found = catalogue(lang), formats(lang), plan(kunta)
    assert errors(app) == []
    assert not app.exception
    assert not re.search(r"\b(nan|inf)\b", html(app), re.IGNORECASE)
    said = verdict(app)
    assert staffing_words.sentence(found, texts, fmt) in said
    for line in staffing_words.advice(found, texts, fmt):
        assert line in said
    for item in found.options:
        assert texts(f"staff.option.{item.id}.what") in " ".join(b.value for b in app.markdown)


@pytest.mark.parametrize("kunta", ["766", "295", "072"])
def test_a_village_reads_whole_hours_and_no_part_of_a_person(run_page: RunPage, kunta: str) -> None:
    app = run_page("staffing", kunta=kunta, lang="fi")
    said = verdict(app)
    assert "kokoaikai" not in said
    assert not re.search(r"[Vv]iik\w+ \(?\d+/20", said)
    figures = html(app).split("planner-figures")[1].split("</dl>")[0]
    assert FI("staff.figure.years") not in figures
    assert not re.search(r"\d,\d+ (ihmi|käyn)", html(app))
    # hardly anybody comes: no line forms, and one person is enough
    assert "yksi neuvoja riittää" in html(app)


def test_without_a_municipality_it_asks_for_one(run_page: RunPage) -> None:
    app = run_page("staffing", lang="fi")
    assert app.title[0].value == FI("page.staffing")
    assert FI("staff.welcome") in [block.value for block in app.markdown]


def test_an_unknown_municipality_is_told(run_page: RunPage) -> None:
    app = run_page("staffing", kunta="Keurru", lang="fi")
    assert "Keuruu" in errors(app)[0]


@pytest.mark.parametrize("kunta", ["249", "295"])
def test_page_spreadsheet_and_command_line_say_the_same(
    run_page: RunPage, kunta: str, tmp_path: object, capsys: pytest.CaptureFixture[str]
) -> None:
    app = run_page("staffing", kunta=kunta, lang="fi", copes="90", without="peers")
    file = f"{tmp_path}/o.csv"
    arguments = ["--municipality", kunta, "--copes", "0.9", "--without", "peers"]
    assert main(["staffing", *arguments, "--options", file]) == 0
    weeks, options = pd.read_csv(io.StringIO(capsys.readouterr().out)), pd.read_csv(file)

    found = plan(kunta, level=0.9, left_out=("peers",))
    book = load_workbook(io.BytesIO(staffing_files.book(found, "fi")))
    for name, frame in (("Viikot", weeks), ("Keinot", options)):
        rows = [[each.value for each in row] for row in book[name].iter_rows(min_row=2)]
        assert len(rows) == len(frame)
        for row, values in zip(rows, frame.itertuples(index=False), strict=True):
            for given, told in zip(row, values, strict=True):
                if isinstance(told, float | int) and not pd.isna(told):
                    assert given == pytest.approx(told, rel=1e-11)
                elif isinstance(given, dt.datetime):
                    assert given.date().isoformat() == told
    # the page: the table of options, and the button's file
    body = markup.unescape(html(app))
    for row in staffing_rows.option_table(found, FI, FMT)[1]:
        assert f'<th scope="row">{row[0]}</th>' in body
    mix = options.set_index("option").loc["mix"]
    assert FMT.whole(mix["euros"]) in body
    assert staffing_words.euros(mix["euros"], FI, FMT) in body
    assert weekly_frame(found)["short_hours_p50"].to_numpy() == pytest.approx(
        weeks["short_hours_p50"].to_numpy(), rel=1e-11
    )


def test_the_workbook_speaks_the_pages_language() -> None:
    found = plan("249")
    for lang in LANGUAGES:
        texts = catalogue(lang)
        book = load_workbook(io.BytesIO(staffing_files.book(found, lang)))
        assert book.sheetnames == [
            texts(f"staff.sheet.{name}") for name in ("weeks", "options", "about")
        ]
        heads = [cell.value for cell in book.worksheets[0][1]]
        assert heads == [texts(f"staff.column.{name}") for name in WEEKLY]
        heads = [cell.value for cell in book.worksheets[1][1]]
        assert heads == [texts(f"staff.column.{name}") for name in OPTIONS]


def test_the_level_stands_in_the_address_and_changes_the_mix(run_page: RunPage) -> None:
    app = run_page("staffing", kunta="249", lang="fi")
    assert app.text_input(key="copes-249-staffing").value == "80"
    before = verdict(app)
    app.text_input(key="copes-249-staffing").set_value("95 %").run()
    assert errors(app) == []
    assert address(app, "copes") == "95"
    assert verdict(app) != before
    assert "95" in verdict(app)
    app.text_input(key="copes-249-staffing").set_value("80").run()
    assert "copes" not in app.query_params


@pytest.mark.parametrize("typed", ["100", "7", "paljon"])
def test_a_level_that_is_none_stays_in_its_field(run_page: RunPage, typed: str) -> None:
    app = run_page("staffing", kunta="249", lang="fi")
    before = verdict(app)
    app.text_input(key="copes-249-staffing").set_value(typed).run()
    assert typed in errors(app)[0]
    assert app.text_input(key="copes-249-staffing").value == typed
    assert verdict(app) == before


def test_an_option_can_be_ruled_out(run_page: RunPage) -> None:
    app = run_page("staffing", kunta="249", lang="fi", without="volunteers,robots")
    assert errors(app) == []
    assert app.checkbox(key="staffing-volunteers").value is False
    app.checkbox(key="staffing-group").uncheck().run()
    assert address(app, "without") == "group,volunteers"
    assert FI("staff.option.group") not in verdict(app)
    app.checkbox(key="staffing-group").check().run()
    assert address(app, "without") == "volunteers"


def test_where_nothing_is_enough_the_page_says_so(run_page: RunPage) -> None:
    app = run_page("staffing", kunta="249", lang="fi", hours="0", without="desk,regional,peers")
    assert errors(app) == []
    wanted = FI("staff.advice.unreachable", level=FMT.percent(0.8))
    assert wanted in verdict(app)


def test_the_chart_states_its_finding_and_has_its_table(run_page: RunPage) -> None:
    app = run_page("staffing", kunta="249", lang="sv")
    texts = catalogue("sv")
    (chart,) = app.get("vega_lite_chart")
    found = plan("249")
    assert staffing_words.sentence(found, texts, formats("sv")) in chart.proto.alt
    assert all(f'"{name}"' in chart.proto.spec for name in ("band", "middle", "upper", "capacity"))
    heads = [texts(f"staff.column.{name}") for name in WEEKLY[1:]]
    unfold(app, "need")
    assert all(head in markup.unescape(html(app)) for head in heads)


def test_the_desk_answers_both_ways(run_page: RunPage) -> None:
    app = run_page("staffing", kunta="249", lang="fi", visits="60", points="2", open="10")
    # three visits an hour of 37.5 minutes keep nearly two busy: four serve 80 % within 15 minutes
    assert desk(60, 2, 10, 37.5, 15).needed == 4
    assert "Tarvitaan 4 neuvojaa yhtä aikaa" in html(app)
    app.text_input(key="staff-249-staffing").set_value("1").run()
    assert address(app, "staff") == "1"
    assert errors(app) == []
    assert "jono vain kasvaa" in html(app)
    app.text_input(key="staff-249-staffing").set_value("9").run()
    assert "Kun paikalla on 9 neuvojaa" in html(app)
    app.text_input(key="open-249-staffing").set_value("12,5").run()
    assert address(app, "open") == "12.5"


def test_another_municipality_starts_with_its_own_desk(run_page: RunPage) -> None:
    app = run_page("staffing", kunta="249", lang="fi", visits="60", staff="4", wait="10")
    app.selectbox(key="municipality").select("478").run()
    assert address(app, "kunta") == "478"
    assert not {"visits", "staff"} & set(app.query_params)
    assert address(app, "wait") == "10"  # what is promised goes with the reader


def test_what_comes_from_today_on_takes_its_lead_time(run_page: RunPage) -> None:
    app = run_page("staffing", kunta="249", lang="fi", from_=today_in_finland().isoformat())
    assert errors(app) == []
    found = plan("249", seen_from=today_in_finland())
    for option in found.options:
        assert FMT.date(option.ready) in html(app)


def test_all_options_stand_in_the_frame() -> None:
    frame = options_frame(plan("249"))
    assert set(frame["option"]) - {"none", "mix"} == {each.id for each in plan("249").options}
