"""The self-assessment without a browser."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from planner import readiness
from planner.errors import PlannerError
from planner.readiness import as_given, as_record, load_questionnaire
from planner.store import Store, open_store
from planner.texts import LANGUAGES, catalogue
from planner.ui import kept
from tests.pages.conftest import RunPage
from tests.pages.test_municipality import errors, html

KEURUU, PORVOO, UTSJOKI = "249", "638", "890"
QUESTIONS = load_questionnaire()
FI = catalogue("fi")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store that the pages use in this test alone."""
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}", patience=0.1) as opened:
        monkeypatch.setattr(kept, "store", lambda: opened)
        yield opened


def failing(code: str) -> Callable[..., object]:
    """A method of a store that can't do its part."""

    def fail(*_: object, **__: object) -> object:
        raise PlannerError(code, place="x")

    return fail


def keep(store: Store, code: str, author: str = "Bertta", **answers: str) -> None:
    """Saves answers as somebody else."""
    seen = readiness.held(store, code)
    given = {name: (answer,) for name, answer in answers.items()}
    record = as_record(QUESTIONS, given, dt.date(2026, 2, 3))
    readiness.save(store, code, record, author, seen.item if seen else None)


def saved(store: Store, code: str = KEURUU) -> dict[str, tuple[str, ...]]:
    """What the store holds."""
    found = readiness.held(store, code)
    return as_given(found.record if found else None)


def pick(app: AppTest, question: str, answer: str, code: str = KEURUU) -> None:
    """Picks an answer and lets the page run."""
    app.radio(key=f"readiness-{code}-{question}").set_value(answer).run()


def tick(app: AppTest, choice: str, code: str = KEURUU) -> None:
    """Ticks a group that is reached."""
    app.checkbox(key=f"readiness-{code}-reached-{choice}").check().run()


def save(app: AppTest, name: str = "Aino") -> None:
    """Signs and saves."""
    app.text_input(key="author").set_value(name)
    app.button(key="readiness-save").click().run()


def order(app: AppTest) -> list[str]:
    """The headings in the order of the page."""
    return [heading.value for heading in app.header]


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_question_is_asked_with_its_answers(run_page: RunPage, lang: str) -> None:
    app = run_page("readiness", lang=lang, kunta=KEURUU)

    texts = catalogue(lang)
    assert errors(app) == []
    radios = [radio for radio in app.radio if (radio.key or "").startswith("readiness-")]
    assert [radio.label for radio in radios] == [
        texts(f"readiness.q.{q.id}")
        for q in QUESTIONS.questions
        if q.only is None and not q.choices
    ]
    assert all(radio.value is None for radio in radios)
    assert all(radio.options[-1] == texts("readiness.unknown") for radio in radios)
    assert len([box for box in app.checkbox if "-reached-" in (box.key or "")]) == 10
    assert order(app) == [texts("readiness.form.title"), texts("readiness.save.title")]
    assert app.button(key="readiness-save").disabled


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(("kunta", "more"), [(PORVOO, "languages"), (UTSJOKI, "sami")])
def test_languages_are_asked_about_where_they_belong(
    run_page: RunPage, kunta: str, more: str
) -> None:
    app = run_page("readiness", lang="fi", kunta=kunta)

    asked = {radio.key for radio in app.radio}
    assert {f"readiness-{kunta}-{name}" for name in ("languages", "sami")} & asked == {
        f"readiness-{kunta}-{more}"
    }


@pytest.mark.usefixtures("store")
def test_without_a_municipality_one_is_asked_for(run_page: RunPage) -> None:
    assert FI("readiness.choose") in html(run_page("readiness", lang="fi"))
    told = errors(run_page("readiness", lang="fi", kunta="Atlantis"))
    assert "Atlantis" in " ".join(told)


def test_who_answers_first_sees_the_questions_stay_and_the_result_after_them(
    run_page: RunPage, store: Store
) -> None:
    app = run_page("readiness", lang="fi", kunta=KEURUU)
    pick(app, "lead", "nobody")
    tick(app, "youth")
    result = FI("readiness.overall", level=1, name=FI("readiness.level.1"))
    title, end = FI("readiness.form.title"), FI("readiness.save.title")

    assert order(app) == [title, result, end]
    assert FI("readiness.step.lead_name") in html(app)
    assert FI("readiness.answered", answered=2, asked=20) in html(app)
    assert saved(store) == {}

    save(app)

    assert errors(app) == []
    assert saved(store) == {"lead": ("nobody",), "reached": ("youth",)}
    assert order(app) == [result, title, end]
    assert FI("readiness.saved") in app.success[0].value
    app.run()
    assert not app.success


def test_saved_answers_are_there_for_the_next_reader(run_page: RunPage, store: Store) -> None:
    keep(store, KEURUU, lead="network", quality="unknown", reached="none")

    app = run_page("readiness", lang="sv", kunta=KEURUU)

    assert app.radio(key=f"readiness-{KEURUU}-lead").value == "network"
    assert app.radio(key=f"readiness-{KEURUU}-quality").value == "unknown"
    assert app.checkbox(key=f"readiness-{KEURUU}-reached-none").value
    texts = catalogue("sv")
    assert order(app)[0] == texts("readiness.overall", level=3, name=texts("readiness.level.3"))
    assert "Bertta" in html(app)


@pytest.mark.usefixtures("store")
def test_none_of_the_groups_and_the_groups_exclude_each_other(run_page: RunPage) -> None:
    app = run_page("readiness", lang="fi", kunta=KEURUU)

    def ticked() -> set[str]:
        prefix = f"readiness-{KEURUU}-reached-"
        boxes = [box for box in app.checkbox if (box.key or "").startswith(prefix) and box.value]
        return {(box.key or "").removeprefix(prefix) for box in boxes}

    tick(app, "youth")
    tick(app, "seniors")
    assert ticked() == {"youth", "seniors"}
    tick(app, "none")
    assert ticked() == {"none"}
    tick(app, "at_risk")
    assert ticked() == {"at_risk"}


def test_answers_outlive_other_pages_and_municipalities(run_page: RunPage, store: Store) -> None:
    keep(store, PORVOO, lead="named")
    app = run_page("readiness", lang="fi", kunta=KEURUU)
    pick(app, "lead", "informal")
    tick(app, "youth")

    app.switch_page("planner/ui/pages/how.py").run()
    app.query_params["kunta"] = PORVOO
    app.switch_page("planner/ui/pages/readiness.py").run()
    assert app.radio(key=f"readiness-{PORVOO}-lead").value == "named"
    app.query_params["kunta"] = KEURUU
    app.run()

    assert app.radio(key=f"readiness-{KEURUU}-lead").value == "informal"
    assert app.checkbox(key=f"readiness-{KEURUU}-reached-youth").value
    assert saved(store) == {}


def test_a_name_is_needed_and_nothing_is_lost(run_page: RunPage, store: Store) -> None:
    app = run_page("readiness", lang="fi", kunta=KEURUU)
    pick(app, "lead", "informal")

    save(app, " ")

    assert FI("error.store.no_author") in errors(app)
    save(app)
    assert saved(store) == {"lead": ("informal",)}


@pytest.mark.parametrize(
    "code", ["error.store.locked", "error.store.read_only", "error.store.gone", "error.store.full"]
)
def test_a_save_that_fails_is_told_and_loses_nothing(
    run_page: RunPage, store: Store, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    app = run_page("readiness", lang="fi", kunta=KEURUU)
    pick(app, "lead", "informal")
    tick(app, "youth")
    with monkeypatch.context() as patch:
        patch.setattr(store, "edit", failing(code))
        save(app)

        assert [FI(code, place="x")] == [told.replace("\\", "") for told in errors(app)]
        assert app.radio(key=f"readiness-{KEURUU}-lead").value == "informal"
        assert app.text_input(key="author").value == "Aino"
    app.button(key="readiness-save").click().run()

    assert errors(app) == []
    assert saved(store) == {"lead": ("informal",), "reached": ("youth",)}


def test_a_store_that_can_t_be_read_is_told_once_and_answers_wait(
    run_page: RunPage, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(kept, "store", failing("error.store.gone"))
        app = run_page("readiness", lang="fi", kunta=KEURUU)
        pick(app, "lead", "informal")

        assert [FI("error.store.gone", place="x")] == errors(app)
        assert FI("readiness.unread") in html(app)
    app.run()

    assert errors(app) == []
    assert app.radio(key=f"readiness-{KEURUU}-lead").value == "informal"
    save(app)
    assert saved(store) == {"lead": ("informal",)}


def in_conflict(run_page: RunPage, store: Store) -> AppTest:
    """A reader whose save met somebody else's."""
    app = run_page("readiness", lang="fi", kunta=KEURUU)
    pick(app, "lead", "informal")
    pick(app, "find", "site")
    keep(store, KEURUU, lead="named", cover="rota", find="site")
    save(app)
    return app


def test_the_second_sees_both_versions(run_page: RunPage, store: Store) -> None:
    app = in_conflict(run_page, store)

    told = " ".join(errors(app))
    assert "Bertta" in told
    body = html(app)
    for code in ("lead.informal", "lead.named", "cover.rota"):
        assert FI(f"readiness.q.{code}") in body
    assert FI("readiness.q.find.site") not in body  # in which they agree
    assert saved(store) == {"lead": ("named",), "cover": ("rota",), "find": ("site",)}
    # what is changed meanwhile belongs to the reader's own version
    pick(app, "cover", "deputy")
    assert FI("readiness.q.cover.deputy") in html(app)
    assert "Bertta" in " ".join(errors(app))


def test_the_reader_s_own_version_can_be_kept(run_page: RunPage, store: Store) -> None:
    app = in_conflict(run_page, store)

    app.button(key="conflict-mine-readiness").click().run()

    assert errors(app) == []
    assert saved(store) == {"lead": ("informal",), "find": ("site",)}
    assert [change.author for change in store.history(KEURUU)] == ["Aino", "Bertta"]


def test_the_other_s_version_can_be_taken(run_page: RunPage, store: Store) -> None:
    app = in_conflict(run_page, store)

    app.button(key="conflict-theirs-readiness").click().run()

    assert errors(app) == []
    assert app.radio(key=f"readiness-{KEURUU}-lead").value == "named"
    assert app.radio(key=f"readiness-{KEURUU}-cover").value == "rota"
    assert len(store.history(KEURUU)) == 1
    pick(app, "lead", "network")
    save(app)
    assert saved(store)["lead"] == ("network",)


def test_what_was_undone_is_gone_from_the_page(run_page: RunPage, store: Store) -> None:
    app = run_page("readiness", lang="fi", kunta=KEURUU)
    pick(app, "lead", "informal")
    save(app)
    store.undo(KEURUU, 1, "Aino")

    app.run()

    assert app.radio(key=f"readiness-{KEURUU}-lead").value is None
    pick(app, "lead", "named")
    save(app)
    assert saved(store) == {"lead": ("named",)}


def test_tasks_follow_the_start_of_the_scenario(run_page: RunPage, store: Store) -> None:
    keep(store, KEURUU, lead="nobody")

    planned = html(run_page("readiness", lang="fi", kunta=KEURUU))
    later = html(run_page("readiness", lang="fi", kunta=KEURUU, start="2030-03-04"))

    assert "22.9.2025" in planned
    assert FI.count("readiness.tasks.overdue", 1) in planned
    assert "12.11.2029" in later
    assert FI.count("readiness.tasks.overdue", 1) not in later


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_country_counts_who_has_answered(run_page: RunPage, store: Store, lang: str) -> None:
    texts = catalogue(lang)
    assert texts("readiness.country.none") in order(run_page("country", lang=lang, draws="200"))
    for code, lead in ((KEURUU, "nobody"), (PORVOO, "named"), ("091", "named")):
        keep(store, code, lead=lead)

    app = run_page("country", lang=lang, draws="200")

    assert texts.count("readiness.country.title", 3) in order(app)
    body = html(app)
    part = body[body.index(texts("readiness.country.caption")) :]
    figures = [cell.split("</span>")[0] for cell in part.split("</span><span>")[1:5]]
    assert figures == ["1", "0", "2", "0"]
