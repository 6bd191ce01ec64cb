"""The address of a page as the single source of its state."""

from __future__ import annotations

import datetime as dt

import pytest

from planner.scenario import LONGEST_LINK
from planner.ui.state import State, page_language


def test_parameters_have_their_type() -> None:
    state = State(
        {"kunta": "049", "start": "2026-01-12", "target": "2800000", "hours": "12.5", "x": "1"}
    )
    assert state.code("kunta") == "049"
    assert state.date("start") == dt.date(2026, 1, 12)
    assert state.whole("target") == 2_800_000
    assert state.number("hours") == 12.5
    assert state.get("people") is None
    assert state.problems == {}


def test_what_cannot_be_understood_is_kept_as_typed_with_its_problem() -> None:
    state = State({"hours": "nan", "start": "tomorrow", "kunta": "<b>"})
    assert state.get("hours") is None
    assert state.raw("hours") == "nan"
    codes = {name: error.code for name, error in state.problems.items()}
    assert codes == {"hours": "error.number", "start": "error.date", "kunta": "error.code"}


def test_update_writes_codes_and_takes_out_what_is_none() -> None:
    query = {"kunta": "249", "hours": "3", "other": "kept"}
    state = State(query)
    changed = state.update(
        hours=None, start=dt.date(2026, 3, 2), target=1000, from_=dt.date(2026, 4, 1)
    )
    assert changed
    assert query == {
        "kunta": "249",
        "start": "2026-03-02",
        "target": "1000",
        "from": "2026-04-01",
        "other": "kept",
    }
    assert state.date("from") == dt.date(2026, 4, 1)
    assert not state.update(target=1000)


@pytest.mark.parametrize(("value", "written"), [(12.5, "12.5"), (12.0, "12"), (0.0, "0"), (7, "7")])
def test_numbers_travel_without_loss(value: float, written: str) -> None:
    query: dict[str, str] = {}
    state = State(query)
    state.update(hours=value)
    assert query == {"hours": written}
    assert state.number("hours") == value


def test_an_unknown_parameter_is_a_mistake_of_the_programmer() -> None:
    state = State({})
    with pytest.raises(KeyError):
        state.update(nonsense=1)
    with pytest.raises(KeyError):
        state.get("nonsense")


def test_links_keep_everything_but_the_change() -> None:
    state = State({"hours": "3", "kunta": "249", "other": "dropped"})
    assert state.link("country", lang="sv") == "country?lang=sv&kunta=249&hours=3"
    assert state.link(kunta=None) == "?hours=3"


def test_a_change_of_page_takes_the_parameters_along() -> None:
    memory: dict[str, object] = {}
    State({"kunta": "249"}).remember("municipality", memory)
    query: dict[str, str] = {}
    state = State(query)
    state.restore("country", memory)
    assert query == {"kunta": "249"}
    assert state.code("kunta") == "249"


def test_the_same_page_may_be_emptied_and_a_full_address_wins() -> None:
    memory: dict[str, object] = {}
    State({"kunta": "249"}).remember("municipality", memory)
    emptied, other = State({}), State({"kunta": "091"})
    emptied.restore("municipality", memory)
    assert emptied.query() == {}
    State({"kunta": "249"}).remember("municipality", memory)
    other.restore("country", memory)
    assert other.query() == {"kunta": "091"}


@pytest.mark.parametrize(
    ("lang", "kunta", "expected"),
    [
        (None, None, "fi"),
        (None, "249", "fi"),
        (None, "478", "sv"),
        (None, "Mariehamn", "sv"),
        (None, "no such place", "fi"),
        (None, "999", "fi"),
        ("fi", "478", "fi"),
        ("en", "478", "en"),
        ("sv", None, "sv"),
        ("de", None, "fi"),
        ("de", "478", "fi"),
        ("SV", None, "fi"),
        ("", "478", "sv"),
    ],
)
def test_language_of_an_address(lang: str | None, kunta: str | None, expected: str) -> None:
    assert page_language(lang, kunta) == expected


def test_sixteen_municipalities_are_read_in_swedish_by_themselves() -> None:
    from planner.snapshot import load_snapshot

    codes = load_snapshot().codes
    assert sum(page_language(None, code) == "sv" for code in codes) == 16


def test_a_scenario_may_be_long_and_nothing_else() -> None:
    long = "1." + "a" * 30_000
    state = State({"scenario": long, "compare": long, "kunta": "2" * 300, "draws": "1000"})
    assert state.raw("scenario") == state.code("compare") == long
    assert state.raw("kunta") == "2" * 200
    assert state.whole("draws") == 1000
    assert state.query()["scenario"] == long
    # one letter more than a link can have says that it is none
    assert len(State({"scenario": "a" * 90_000}).raw("scenario") or "") == LONGEST_LINK + 1
