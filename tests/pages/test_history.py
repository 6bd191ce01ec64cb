"""The page of changes without a browser: what was done, by whom, and the way back."""

from __future__ import annotations

import html as markup

from streamlit.testing.v1 import AppTest

from planner.records import CapacityRow, SavedScenario, ServiceBefore
from planner.store import Edit, Store, to_content
from planner.texts import catalogue
from tests.pages.conftest import RunPage

TEXTS = catalogue("fi")


def html(app: AppTest) -> str:
    """All plain HTML of the page, its entities read."""
    return markup.unescape(" ".join(block.proto.body for block in app.get("html")))


def capacity(hours: float, place: str = "Itäkeskus") -> dict[str, object]:
    return to_content(CapacityRow("091", "library", place, hours))


def test_nothing_entered_is_said(run_page: RunPage, own_store: Store) -> None:
    app = run_page("history", kunta="091", lang="fi")

    assert "Kunnalle Helsinki ei ole vielä syötetty mitään." in html(app)
    assert own_store.place in html(app)


def test_changes_are_told_with_who_and_what(run_page: RunPage, own_store: Store) -> None:
    row = own_store.save("capacity", "091", capacity(4.5), "Aino")
    own_store.save("capacity", "091", capacity(6), "Eino", row.key, row.revision)
    own_store.delete(own_store.items("capacity", "091")[0], "Aino")

    shown = html(run_page("history", kunta="091", lang="fi"))

    assert "lisätty Kirjasto, Itäkeskus: 4,5 tuntia viikossa" in shown
    assert "Itäkeskus: 4,5 tuntia viikossa → Kirjasto, Itäkeskus: 6 tuntia" in shown
    assert "poistettu Kirjasto, Itäkeskus: 6 tuntia viikossa" in shown
    order = [shown.index(f"{word} Kirjasto") for word in ("poistettu", "muutettu", "lisätty")]
    assert order == sorted(order)


def test_a_change_is_undone(run_page: RunPage, own_store: Store) -> None:
    row = own_store.save("capacity", "091", capacity(4.5), "Aino")
    own_store.save("capacity", "091", capacity(6), "Eino", row.key, row.revision)
    app = run_page("history", kunta="091", lang="fi")
    app.text_input(key="author").input("Helmi")

    app.button(key="undo-do").click().run()

    assert own_store.items("capacity", "091")[0].content["hours"] == 4.5
    assert own_store.history("091")[0].author == "Helmi"
    assert [each.value for each in app.success] == [TEXTS("history.undo.done", number=2)]


def test_undoing_needs_a_name(run_page: RunPage, own_store: Store) -> None:
    own_store.save("capacity", "091", capacity(4.5), "Aino")
    app = run_page("history", kunta="091", lang="fi")

    app.button(key="undo-do").click().run()

    assert [error.value for error in app.error] == [TEXTS("error.store.no_author")]
    assert len(own_store.history("091")) == 1


def test_an_earlier_change_waits_for_the_later_one(run_page: RunPage, own_store: Store) -> None:
    row = own_store.save("capacity", "091", capacity(4.5), "Aino")
    own_store.save("capacity", "091", capacity(6), "Eino", row.key, row.revision)
    app = run_page("history", kunta="091", lang="fi")
    app.text_input(key="author").input("Helmi")
    app.selectbox(key="undo-091").set_value(1)

    app.button(key="undo-do").click().run()

    assert own_store.items("capacity", "091")[0].content["hours"] == 6
    assert "Eino" in app.error[0].value


def test_long_changes_are_cut_and_counted(run_page: RunPage, own_store: Store) -> None:
    edits = [Edit("capacity", capacity(1, f"Piste {n}")) for n in range(5)]
    before = Edit("before", to_content(ServiceBefore(5.0)))
    own_store.edit("091", [before, *edits], "Aino")

    shown = html(run_page("history", kunta="091", lang="fi"))

    assert "palvelu ennen käyttöönottoa: 5 tuntia viikossa" in shown
    assert "ja 3 muuta" in shown


def test_the_countrys_changes_stand_without_a_municipality(
    run_page: RunPage, own_store: Store
) -> None:
    own_store.save("scenario", "FI", to_content(SavedScenario("Talvi", "{}")), "Aino")

    shown = html(run_page("history", lang="sv"))

    assert "scenariot Talvi" in shown
    assert "Hela landet: ändringar" in shown


def test_what_another_version_made_is_said(run_page: RunPage, own_store: Store) -> None:
    own_store.save("capacity", "091", {"odd": 1}, "Aino")

    shown = html(run_page("history", kunta="091", lang="fi"))

    assert TEXTS("history.kind.unknown") in shown
