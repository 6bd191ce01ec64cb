"""The capacity page without a browser: what the table says, what a change does, what is kept."""

from __future__ import annotations

import datetime as dt
import html as markup
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from planner import services
from planner.answer import answer
from planner.clock import today_in_finland
from planner.engine import load_engine
from planner.errors import PlannerError
from planner.records import CapacityRow, ServiceBefore, ServiceScope
from planner.scenario import default_scenario
from planner.services import Held
from planner.store import Store, to_content
from planner.texts import LANGUAGES, catalogue
from planner.ui import kept
from planner.ui.format import formats
from tests.pages.conftest import RunPage

TEXTS = catalogue("fi")
FMT = formats("fi")
ENGINE = load_engine()
SCENARIO = default_scenario(ENGINE.assumptions)
LIBRARY = CapacityRow("249", "library", "pääkirjasto", 12.5, people=2)
VOLUNTEERS = CapacityRow("249", "association", "", 4.0, paid=False, certainty="likely")


def html(app: AppTest) -> str:
    """All plain HTML of the page, its entities read."""
    return markup.unescape(" ".join(block.proto.body for block in app.get("html")))


def messages(app: AppTest) -> str:
    """Everything said in boxes."""
    boxes = [*app.error, *app.warning, *app.info, *app.success]
    return " ".join(box.value.replace("\\", "") for box in boxes)


def cells(app: AppTest) -> list[dict[str, Any]]:
    """The table that the screen begins with."""
    (table,) = app.dataframe
    found: list[dict[str, Any]] = table.value.to_dict("records")
    return found


def edit(app: AppTest, code: str = "249", lang: str = "fi", **done: Any) -> AppTest:
    """Does something to the table: rows={line: {column: text}}, added=[...], gone=[...]."""
    version = app.session_state["planner_capacity"][code].version
    app.session_state[f"capacity-{code}-{lang}-{version}"] = {
        "edited_rows": done.get("rows", {}),
        "added_rows": done.get("added", []),
        "deleted_rows": done.get("gone", []),
    }
    return app.run()


def save(app: AppTest, name: str = "Aino") -> AppTest:
    """Saves the table under a name."""
    app.text_input(key="author").input(name)
    return app.button(key="capacity-save").click().run()


def keep(store: Store, *rows: CapacityRow, author: str = "Eino") -> Held:
    """Somebody else keeps rows."""
    seen = services.held(store, rows[0].municipality)
    services.save(
        store, rows[0].municipality, services.keyed(rows, seen), seen, author, SCENARIO.start
    )
    return services.held(store, rows[0].municipality)


def figures(app: AppTest) -> list[list[str]]:
    """The table of the verdict's figures, its head first."""
    body = html(app).split("planner-table")[1].split("</table>")[0]
    rows = body.split("<tr>")[1:]
    return [
        [cell.split(">", 1)[1].split("<")[0] for cell in row.split("<t")[1:] if cell[0] in "hd"]
        for row in rows
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kunta", ["091", "249", "072", "478", "890"])
def test_it_starts_from_the_estimate(
    run_page: RunPage, own_store: Store, kunta: str, lang: str
) -> None:
    texts = catalogue(lang)
    app = run_page("capacity", kunta=kunta, lang=lang)

    assert messages(app) in ("", texts("capacity.empty"))
    rows = services.estimated_rows(ENGINE, SCENARIO, kunta)
    assert [row["provider"] for row in cells(app)] == [
        texts(f"capacity.provider.{row.provider}") for row in rows
    ]
    assert {row["origin"] for row in cells(app)} <= {texts("capacity.origin.estimated")}
    assert own_store.place in html(app)
    assert own_store.items("capacity") == []


def test_without_a_municipality_it_asks_for_one(run_page: RunPage, own_store: Store) -> None:
    app = run_page("capacity", lang="fi")

    assert [each.value for each in app.markdown] == [TEXTS("capacity.welcome")]


def test_it_starts_from_the_three_answers(run_page: RunPage, own_store: Store) -> None:
    app = run_page("capacity", kunta="249", lang="fi", hours="7.5", people="2", until="2027-05-31")

    (row,) = cells(app)
    # the Monday of the week that the funding ends in
    assert (row["hours"], row["people"], row["last"]) == ("7,5", "2", "31.5.2027")
    assert TEXTS("capacity.all_answered") in html(app)
    assert row["origin"] == "Arvioitu"
    assert TEXTS("verdict.estimate", word=TEXTS("verdict.tight")) not in html(app)


def test_a_change_shows_what_it_does_at_once(run_page: RunPage, own_store: Store) -> None:
    app = run_page("capacity", kunta="249", lang="fi")

    edit(app, rows={0: {"hours": "32,5", "certainty": "Varma"}})

    row = replace(
        services.estimated_rows(ENGINE, SCENARIO, "249")[0],
        hours=32.5,
        certainty="certain",
        estimated=False,
    )
    rows = [row, services.estimated_rows(ENGINE, SCENARIO, "249")[1]]
    supply = services.as_supply(rows, services.service_before(rows, SCENARIO.start))
    changed = SCENARIO.with_capacity({"249": supply})
    now = answer(ENGINE, changed, "249", today_in_finland(), None, 200)
    assert now.verdict == "ready"
    assert "planner-verdict planner-ready" in html(app)
    arrow = f"{TEXTS('verdict.estimate', word=TEXTS('verdict.tight'))} → {TEXTS('verdict.ready')}"
    assert arrow in html(app)
    assert figures(app)[0] == ["Luku", "Voimassa nyt", "Muutoksen jälkeen"]
    baseline = TEXTS("figure.per_week", hours=FMT.hours(float(now.baseline[now.view.start])))
    assert [row[2] for row in figures(app)[3:]] == ["34,5 tuntia viikossa", baseline]
    assert TEXTS("capacity.unsaved") in html(app)
    assert own_store.items("capacity") == []


def test_an_untouched_estimate_tells_what_saving_it_does(
    run_page: RunPage, own_store: Store
) -> None:
    app = run_page("capacity", kunta="249", lang="fi")

    told = figures(app)
    assert told[0] == ["Luku", "Voimassa nyt", TEXTS("capacity.effect.as_is")]
    assert TEXTS("capacity.unsaved") not in html(app)
    assert " → " not in html(app).split("</section>")[0]
    save(app)
    assert [row[1] for row in figures(app)[1:]] == [row[2] for row in told[1:]]
    assert figures(app)[0] == ["Luku", "Voimassa nyt"]


def test_it_says_which_rows_are_the_estimates(run_page: RunPage, own_store: Store) -> None:
    app = run_page("capacity", kunta="249", lang="fi")
    assert TEXTS("capacity.all_estimated") in html(app)

    edit(app, rows={0: {"hours": "9"}})

    assert TEXTS.count("capacity.corrected", 1, lines="1") in html(app)
    assert TEXTS.count("capacity.still_estimated", 1, lines="2") in html(app)
    edit(app, rows={0: {"hours": "9"}, 1: {"hours": "1"}})
    assert TEXTS.count("capacity.corrected", 2, lines="1, 2") in html(app)


def test_nothing_but_the_table_counts_once_it_is_saved(run_page: RunPage, own_store: Store) -> None:
    app = edit(run_page("capacity", kunta="249", lang="fi"), rows={0: {"hours": "12,5"}})

    save(app)

    assert [each.value for each in app.success] == [TEXTS("capacity.done.saved")]
    held = services.held(own_store, "249")
    assert [(row.hours, row.estimated) for row in held.rows] == [(12.5, False), (2.0, True)]
    assert held.before == ServiceBefore(14.5)
    assert own_store.history("249")[0].author == "Aino"
    assert [row["origin"] for row in cells(app)] == ["Ilmoitettu", "Arvioitu"]
    assert figures(app)[0] == ["Luku", "Voimassa nyt"]
    assert "(arvio)" not in html(app).split("</section>")[0]


def test_more_capacity_never_moves_what_was_there_before(
    run_page: RunPage, own_store: Store
) -> None:
    keep(own_store, LIBRARY)
    app = run_page("capacity", kunta="249", lang="fi")

    edit(app, rows={0: {"hours": "40"}})

    before, now = zip(*(row[1:] for row in figures(app)[3:]), strict=True)
    assert before[1] == now[1]
    assert now[0] == "40 tuntia viikossa"
    assert "12,5 tuntia viikossa, ja noiden" in html(app)


def test_rows_kept_alone_say_what_was_there_before(run_page: RunPage, own_store: Store) -> None:
    own_store.save("capacity", "249", to_content(LIBRARY), "Eino")
    app = run_page("capacity", kunta="249", lang="fi")

    edit(app, rows={0: {"hours": "40"}})

    before, now = zip(*(row[1:] for row in figures(app)[3:]), strict=True)
    assert before[1] == now[1]
    assert now[0] == "40 tuntia viikossa"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"hours": "kuusi"}, "Rivi 1 (kirjasto), tuntia/vko: Tunnit ”kuusi”"),
        ({"hours": "-2"}, "Rivi 1 (kirjasto): "),
        ({"first": "1.6.2026", "last": "1.5.2026"}, "Rivi 1 (kirjasto): "),
        ({"hours": ""}, TEXTS("capacity.missing.hours")),
    ],
)
def test_a_bad_cell_is_told_and_nothing_typed_is_lost(
    run_page: RunPage, own_store: Store, typed: dict[str, str], said: str
) -> None:
    app = edit(run_page("capacity", kunta="249", lang="fi"), rows={0: {"place": "tori", **typed}})
    assert said in messages(app)

    save(app)

    assert TEXTS.count("capacity.not_saved", 1, lines="1") in messages(app)
    assert own_store.items("capacity") == []
    line = app.session_state["planner_capacity"]["249"].typed[0]
    assert {column: line.cells[column] for column in typed} == typed
    assert line.cells["place"] == "tori"


def test_what_cannot_count_yet_is_left_out_of_the_figures(
    run_page: RunPage, own_store: Store
) -> None:
    app = edit(
        run_page("capacity", kunta="249", lang="fi"),
        rows={0: {"hours": "20"}},
        added=[{"provider": "Hanke", "paid": "Palkattu", "certainty": "Varma"}],
    )

    assert TEXTS.count("capacity.left_out", 1, lines="3") in html(app)
    assert figures(app)[3][2] == "22 tuntia viikossa"
    assert TEXTS("capacity.unfilled") in messages(app)
    assert TEXTS("capacity.wrong") not in messages(app)


def test_rows_are_added_and_taken_out(run_page: RunPage, own_store: Store) -> None:
    new = {
        "provider": "Hanke",
        "place": "Haapamäki",
        "hours": "20",
        "first": "2.2.2026",
        "last": "25.5.2026",
        "people": "1",
        "paid": "Työsuhteen tunnit",
        "certainty": "Epävarma",
        "languages": ["suomi", "ruotsi"],
        "channels": ["ryhmässä"],
    }
    app = edit(run_page("capacity", kunta="249", lang="fi"), added=[new], gone=[0])

    save(app)

    _, project = services.held(own_store, "249").rows
    assert project == CapacityRow(
        "249",
        "project",
        "Haapamäki",
        20.0,
        dt.date(2026, 2, 2),
        dt.date(2026, 5, 25),
        1,
        languages=("fi", "sv"),
        channels=("group",),
        contract=True,
        certainty="uncertain",
    )
    assert "Viikolla 23/2026 (1.6.2026 alkaen) tuki väheni: 22 tuntia → 2 tuntia" in html(app)


def test_an_empty_table_is_not_saved(run_page: RunPage, own_store: Store) -> None:
    app = save(edit(run_page("capacity", kunta="249", lang="fi"), gone=[0, 1]))

    assert TEXTS("capacity.empty") in messages(app)
    assert own_store.items("capacity") == []
    assert app.session_state["planner_capacity"]["249"].changed


def test_saving_needs_a_name(run_page: RunPage, own_store: Store) -> None:
    app = save(edit(run_page("capacity", kunta="249", lang="fi"), rows={0: {"hours": "9"}}), "")

    assert TEXTS("error.store.no_author") in messages(app)
    assert app.session_state["planner_capacity"]["249"].typed[0].cells["hours"] == "9"


@pytest.mark.parametrize(
    "code", ["error.store.locked", "error.store.read_only", "error.store.full", "error.store.gone"]
)
def test_a_failing_store_is_told_and_nothing_typed_is_lost(
    run_page: RunPage, own_store: Store, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    app = edit(run_page("capacity", kunta="249", lang="fi"), rows={0: {"hours": "9"}})

    def fail(*_: object, **__: object) -> None:
        raise PlannerError(code, place="levy")

    with monkeypatch.context() as broken:
        broken.setattr(Store, "replace", fail)
        save(app)
    assert TEXTS(code, place="levy") in messages(app)
    assert app.session_state["planner_capacity"]["249"].typed[0].cells["hours"] == "9"

    app.button(key="capacity-save").click().run()

    assert services.held(own_store, "249").rows[0].hours == 9.0


def test_a_store_that_is_gone_leaves_the_table(
    run_page: RunPage, own_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = edit(run_page("capacity", kunta="249", lang="fi"), rows={0: {"hours": "9"}})

    def gone() -> Store:
        raise PlannerError("error.store.gone", place="levy")

    monkeypatch.setattr(kept, "store", gone)
    app.run()

    assert TEXTS("error.store.gone", place="levy") in messages(app)
    assert app.session_state["planner_capacity"]["249"].typed[0].cells["hours"] == "9"
    assert "planner-verdict" in html(app)


def test_what_is_typed_stays_from_page_to_page_and_language_to_language(
    run_page: RunPage, own_store: Store
) -> None:
    app = edit(run_page("capacity", kunta="249", lang="fi"), rows={0: {"hours": "9,5"}})
    app.switch_page("planner/ui/pages/how.py").run()
    app.query_params["lang"] = "sv"

    app.switch_page("planner/ui/pages/capacity.py").run()

    assert cells(app)[0]["hours"] == "9,5"
    assert cells(app)[0]["provider"] == "Bibliotek"
    assert catalogue("sv")("capacity.unsaved") in html(app)


def test_changes_are_given_up(run_page: RunPage, own_store: Store) -> None:
    app = edit(run_page("capacity", kunta="249", lang="fi"), rows={0: {"hours": "9,5"}})

    app.button(key="capacity-discard").click().run()

    assert cells(app)[0]["hours"] == "3,1"
    assert TEXTS("capacity.unsaved") not in html(app)
    assert "capacity-discard" not in {button.key for button in app.button}


def test_an_untouched_table_follows_what_others_save(run_page: RunPage, own_store: Store) -> None:
    app = run_page("capacity", kunta="249", lang="fi")
    keep(own_store, LIBRARY)

    app.run()

    assert [row["hours"] for row in cells(app)] == ["12,5"]


@pytest.mark.parametrize(("wanted", "hours"), [("mine", 20.0), ("theirs", 15.0)])
def test_who_is_second_sees_both_versions_and_chooses(
    run_page: RunPage, own_store: Store, wanted: str, hours: float
) -> None:
    keep(own_store, LIBRARY)
    app = edit(run_page("capacity", kunta="249", lang="fi"), rows={0: {"hours": "20"}})
    keep(own_store, replace(LIBRARY, hours=15.0))

    save(app)

    assert "Eino muutti samaa tietoa" in messages(app)
    told = html(app)
    assert "20" in told
    assert "15" in told
    assert services.held(own_store, "249").rows[0].hours == 15.0
    assert app.session_state["planner_capacity"]["249"].typed[0].cells["hours"] == "20"

    app.button(key=f"conflict-{wanted}-saved").click().run()

    assert [row.hours for row in services.held(own_store, "249").rows] == [hours]
    done = "saved" if wanted == "mine" else "theirs"
    assert [each.value for each in app.success] == [TEXTS(f"capacity.done.{done}")]
    assert len(own_store.history("249")) == (3 if wanted == "mine" else 2)


def test_of_two_first_saves_the_second_sees_their_own_version_too(
    run_page: RunPage, own_store: Store
) -> None:
    new = {"provider": "Hanke", "hours": "4", "languages": ["suomi"]}
    new |= {"paid": "Palkattu", "certainty": "Varma"}
    app = edit(
        run_page("capacity", kunta="249", lang="fi"),
        rows={0: {"hours": "9"}},
        added=[new],
        gone=[1],
    )
    keep(own_store, replace(services.estimated_rows(ENGINE, SCENARIO, "249")[0], hours=6.5))

    save(app)

    assert "<td>9</td><td>6,5</td>" in html(app).replace(' class="planner-text"', "")
    assert TEXTS.count("capacity.only_mine", 1, rows="Hanke: 4 tuntia") in messages(app)
    assert TEXTS("capacity.entry.deleted") not in html(app)


def test_a_third_one_is_not_overwritten_unseen(run_page: RunPage, own_store: Store) -> None:
    keep(own_store, LIBRARY)
    app = edit(run_page("capacity", kunta="249", lang="fi"), rows={0: {"hours": "20"}})
    keep(own_store, replace(LIBRARY, hours=15.0))
    save(app)
    keep(own_store, replace(LIBRARY, hours=16.0), author="Kerttu")

    app.button(key="conflict-mine-saved").click().run()

    assert services.held(own_store, "249").rows[0].hours == 16.0
    assert "Kerttu muutti samaa tietoa" in messages(app)
    app.button(key="conflict-mine-saved").click().run()
    assert services.held(own_store, "249").rows[0].hours == 20.0


def test_ones_own_version_is_not_saved_without_its_faulty_lines(
    run_page: RunPage, own_store: Store
) -> None:
    keep(own_store, LIBRARY, VOLUNTEERS)
    app = edit(run_page("capacity", kunta="249", lang="fi"), rows={0: {"hours": "20"}})
    keep(own_store, replace(LIBRARY, hours=15.0), VOLUNTEERS)
    save(app)
    edit(app, rows={0: {"hours": "20"}, 1: {"hours": "neljä"}})

    app.button(key="conflict-mine-saved").click().run()

    assert [row.hours for row in services.held(own_store, "249").rows] == [15.0, 4.0]
    assert "neljä" in app.error[-1].value
    assert app.session_state["planner_capacity"]["249"].typed[1].cells["hours"] == "neljä"


def test_rows_that_cannot_be_read_are_not_overwritten(run_page: RunPage, own_store: Store) -> None:
    own_store.save("capacity", "249", {"later": 1}, "Eino")
    app = edit(run_page("capacity", kunta="249", lang="fi"), rows={0: {"hours": "9"}})

    save(app)

    assert TEXTS("error.store.content") in messages(app)
    assert [item.content for item in own_store.items("capacity", "249")] == [{"later": 1}]
    assert app.session_state["planner_capacity"]["249"].typed[0].cells["hours"] == "9"


def test_the_way_back_to_the_estimate(run_page: RunPage, own_store: Store) -> None:
    keep(own_store, LIBRARY, VOLUNTEERS)
    app = run_page("capacity", kunta="249", lang="fi")
    app.text_input(key="author").input("Aino")

    app.button(key="capacity-back-confirm").click().run()

    assert own_store.items("capacity") == own_store.items("before") == []
    assert [each.value for each in app.success] == [TEXTS("capacity.done.back")]
    assert {row["origin"] for row in cells(app)} == {"Arvioitu"}


def test_the_service_before_is_changed_by_who_knows_better(
    run_page: RunPage, own_store: Store
) -> None:
    keep(own_store, LIBRARY)
    app = run_page("capacity", kunta="249", lang="fi")
    app.text_input(key="author").input("Aino")
    app.text_input(key="before-249-fi-hours").input("6,5").run()

    app.button(key="capacity-before-save").click().run()

    assert services.held(own_store, "249").before == ServiceBefore(6.5)
    assert "Ennen 12.1.2026 tukea annettiin 6,5 tuntia viikossa" in html(app)


def test_a_bad_figure_for_the_service_before_is_told(run_page: RunPage, own_store: Store) -> None:
    keep(own_store, LIBRARY)
    app = run_page("capacity", kunta="249", lang="fi")

    app.text_input(key="before-249-fi-hours").input("paljon").run()

    assert "”paljon”" in messages(app)
    assert app.text_input(key="before-249-fi-hours").value == "paljon"


def test_the_table_s_unsaved_rows_survive_a_save_beside_it(
    run_page: RunPage, own_store: Store
) -> None:
    app = edit(run_page("capacity", kunta="249", lang="fi"), rows={0: {"hours": "9"}})
    app.text_input(key="author").input("Aino")
    app.checkbox(key="scope-249-identification").check().run()

    app.button(key="capacity-scope-save").click().run()

    assert services.held(own_store, "249").scope == ServiceScope(("identification",))
    assert app.session_state["planner_capacity"]["249"].typed[0].cells["hours"] == "9"
    assert app.checkbox(key="scope-249-identification").value
    save(app)
    assert services.held(own_store, "249").rows[0].hours == 9.0


def test_ticks_tell_how_many_visits_go_elsewhere(run_page: RunPage, own_store: Store) -> None:
    app = run_page("capacity", kunta="249", lang="fi")
    assert "Muualle ohjataan" not in html(app)
    labels = {box.key: box.label for box in app.checkbox}
    assert "aiheesta noin" in labels["scope-249-identification"]
    assert "aiheesta" not in labels["scope-249-applications"]

    app.checkbox(key="scope-249-identification").check().run()

    assert "Muualle ohjataan enintään noin" in html(app)


def test_two_people_ticking_see_both_versions(run_page: RunPage, own_store: Store) -> None:
    app = run_page("capacity", kunta="249", lang="fi")
    app.text_input(key="author").input("Aino")
    app.checkbox(key="scope-249-identification").check().run()
    seen = services.held(own_store, "249")
    services.save_scope(own_store, "249", ServiceScope(("applications",)), seen, "Eino")

    app.button(key="capacity-scope-save").click().run()
    assert "Eino muutti samaa tietoa" in messages(app)
    app.button(key="conflict-mine-scope").click().run()

    assert services.held(own_store, "249").scope == ServiceScope(("identification",))


def taken(app: AppTest, name: str, data: bytes) -> AppTest:
    """Brings a file to the page."""
    (uploader,) = app.get("file_uploader")
    uploader.upload(name, data, "text/csv")
    return app.run()


Made = Callable[[list[CapacityRow]], bytes]


def as_csv(rows: list[CapacityRow]) -> bytes:
    return services.write_csv(rows, ENGINE.snapshot)


def as_xlsx(rows: list[CapacityRow]) -> bytes:
    return services.write_xlsx(rows, ENGINE.snapshot, "fi")


@pytest.mark.parametrize(("name", "made"), [("a.csv", as_csv), ("a.xlsx", as_xlsx)])
def test_a_file_of_the_municipality_goes_into_the_table(
    run_page: RunPage, own_store: Store, name: str, made: Made
) -> None:
    app = taken(run_page("capacity", kunta="249", lang="fi"), name, made([LIBRARY, VOLUNTEERS]))
    assert "Kirjasto, pääkirjasto: 12,5 tuntia" in html(app)
    assert own_store.items("capacity") == []

    app.button(key="capacity-take").click().run()
    assert [row["hours"] for row in cells(app)] == ["12,5", "4"]
    assert TEXTS("capacity.unsaved") in html(app)
    save(app)

    assert services.held(own_store, "249").rows == (LIBRARY, VOLUNTEERS)


def test_a_file_of_several_municipalities_is_stored_after_a_look(
    run_page: RunPage, own_store: Store
) -> None:
    other = replace(LIBRARY, municipality="091")
    estimate = services.estimated_rows(ENGINE, SCENARIO, "478")
    app = run_page("capacity", kunta="249", lang="fi")
    app.text_input(key="author").input("Aino")
    taken(app, "a.csv", as_csv([LIBRARY, other, *estimate]))
    assert TEXTS("capacity.upload.same") in html(app)
    assert own_store.items("capacity") == []

    app.button(key="capacity-import").click().run()

    assert {item.municipality for item in own_store.items("capacity")} == {"249", "091"}
    assert TEXTS.count("capacity.upload.done", 2) in messages(app)


def test_a_file_of_other_municipalities_leaves_what_is_typed(
    run_page: RunPage, own_store: Store
) -> None:
    app = edit(run_page("capacity", kunta="249", lang="fi"), rows={0: {"hours": "9"}})
    app.text_input(key="author").input("Aino")
    taken(app, "a.csv", as_csv([replace(LIBRARY, municipality="091")]))

    app.button(key="capacity-import").click().run()

    assert {item.municipality for item in own_store.items("capacity")} == {"091"}
    assert app.session_state["planner_capacity"]["249"].typed[0].cells["hours"] == "9"


def test_what_was_saved_after_the_look_at_a_file_is_told(
    run_page: RunPage, own_store: Store
) -> None:
    other = replace(LIBRARY, municipality="091")
    app = run_page("capacity", kunta="249", lang="fi")
    app.text_input(key="author").input("Aino")
    taken(app, "a.csv", as_csv([other]))
    keep(own_store, replace(other, hours=5.0))

    app.button(key="capacity-import").click().run()

    assert "Eino muutti samaa tietoa" in messages(app)
    assert services.held(own_store, "091").rows[0].hours == 5.0
    app.button(key="capacity-import").click().run()
    assert services.held(own_store, "091").rows[0].hours == 12.5


def test_an_export_brought_back_changes_nothing(run_page: RunPage, own_store: Store) -> None:
    rows = list(services.estimated_rows(ENGINE, SCENARIO, "249"))

    app = taken(run_page("capacity", kunta="249", lang="fi"), "a.csv", as_csv(rows))

    assert TEXTS("capacity.upload.no_change") in html(app)
    assert "capacity-take" not in {button.key for button in app.button}


def test_a_faulty_file_is_told_row_by_row_and_changes_nothing(
    run_page: RunPage, own_store: Store
) -> None:
    text = "kunta;tuen antaja;tunnit\n249;kirjasto;kuusi\n249;Torikahvila;3\n249;pankki;2\n"

    app = taken(run_page("capacity", kunta="249", lang="fi"), "a.csv", text.encode())

    assert TEXTS.count("capacity.upload.problems", 2) in messages(app)
    assert "Tiedoston rivi 2: " in messages(app)
    assert "Tiedoston rivi 3: " in messages(app)
    assert not {"capacity-take", "capacity-import"} & {button.key for button in app.button}
    assert len(cells(app)) == 2


def test_the_municipality_page_tells_what_was_entered(run_page: RunPage, own_store: Store) -> None:
    keep(own_store, LIBRARY, replace(VOLUNTEERS, people=3))

    app = run_page("municipality", kunta="249", lang="fi", hours="5")

    assert "16,5 tuntia viikossa, antajia on 5 henkilöä: kirjasto, järjestö." in html(app)
    assert TEXTS("capacity.support.unused") in html(app)
    assert TEXTS("question.hours") not in {field.label for field in app.text_input}
    assert TEXTS("note.estimated") not in html(app)
    assert TEXTS.count("note.entered", 2) in html(app)
    assert TEXTS("verdict.entered", word="").strip() in html(app)


def test_the_municipality_page_leads_to_the_table(run_page: RunPage, own_store: Store) -> None:
    app = run_page("municipality", kunta="249", lang="fi")

    assert TEXTS("question.hours") in {field.label for field in app.text_input}
    labels = {link.proto.label for link in app.get("page_link")}
    assert TEXTS("capacity.support.detail") in labels
