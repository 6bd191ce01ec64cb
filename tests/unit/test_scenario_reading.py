"""Scenario files read strictly: each fault has its own message, and nothing is guessed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from planner.errors import PlannerError
from planner.scenario import Answers, default_scenario, from_json, read_scenario
from planner.texts import LANGUAGES, catalogue
from tests import worlds

ENGINE = worlds.engine()
DEFAULT = default_scenario(ENGINE.assumptions)
CHANGED = (
    DEFAULT.with_override("stay", (0.5,))
    .with_answers("249", Answers(12.5, 2))
    .with_reason("stay", "kysytty kirjastosta")
)


def read(data: bytes) -> Any:
    """The scenario of a file, its municipalities checked as well."""
    return read_scenario(data, ENGINE.assumptions, ENGINE.adults, ENGINE.snapshot.codes)


def with_(**fields: object) -> bytes:
    """The default's file with some fields changed."""
    return json.dumps({**json.loads(DEFAULT.to_json()), **fields}).encode()


def fault(data: bytes) -> PlannerError:
    """The error that a file raises; told in every language."""
    with pytest.raises(PlannerError) as caught:
        read(data)
    for lang in LANGUAGES:
        assert catalogue(lang).error(caught.value)
    return caught.value


def test_the_file_may_be_indented_reordered_and_begin_with_a_mark() -> None:
    content = json.loads(CHANGED.to_json())
    backwards = dict(reversed(content.items()))

    assert read(CHANGED.to_json().encode()) == CHANGED
    assert read(json.dumps(backwards, indent=4).encode("utf-8-sig")) == CHANGED


def test_lists_left_out_are_as_shipped() -> None:
    content = json.loads(DEFAULT.to_json())
    for name in ("answers", "sources", "campaign", "overrides"):
        del content[name]

    assert read(json.dumps(content).encode()) == DEFAULT


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "error.scenario_empty"),
        (b" \n\t", "error.scenario_empty"),
        (b"\xef\xbb\xbf", "error.scenario_empty"),
        (b"\xff\xfe{\x00}\x00", "error.scenario_encoding"),
        ("{ä}".encode("latin-1"), "error.scenario_encoding"),
        (b"PK\x03\x04\x14\x00\x08\xe5", "error.scenario_encoding"),
        (b"code,hours\n249,5\n", "error.scenario_not_json"),
        (b'{"schema": 1,}', "error.scenario_not_json"),
        (b'{"schema": 1', "error.scenario_not_json"),
        (b"[" * 100_000, "error.scenario_not_json"),
        (b"[" * 900 + b"]" * 900, "error.scenario_other"),
        (b'{"schema": ' + b"9" * 5000 + b"}", "error.scenario_not_json"),
        (b" " * 262_145, "error.scenario_large"),
        (b"[]", "error.scenario_other"),
        (b'"scenario"', "error.scenario_other"),
        (b"null", "error.scenario_other"),
        (b"{}", "error.scenario_missing"),
        (b'{"schema": 1, "schema": 1}', "error.scenario_twice"),
    ],
)
def test_what_is_no_scenario_file(data: bytes, code: str) -> None:
    assert fault(data).code == code


def test_where_the_json_is_wrong_is_told() -> None:
    assert fault(b'{"schema": 1,\n "start": }').values == {"line": 2, "column": 11}


@pytest.mark.parametrize(
    ("schema", "code"),
    [
        (2, "error.scenario_newer"),
        (99, "error.scenario_newer"),
        (0, "error.scenario_whole"),
        (True, "error.scenario_whole"),
        ("1", "error.scenario_whole"),
        (1.0, "error.scenario_whole"),
        (None, "error.scenario_whole"),
    ],
)
def test_the_version_of_the_schema_is_judged_first(schema: object, code: str) -> None:
    assert fault(with_(schema=schema, unheard_of=1)).code == code


@pytest.mark.parametrize("name", ["start", "target_date", "existing", "new_users"])
def test_what_a_scenario_fixes_may_not_be_missing(name: str) -> None:
    content = json.loads(DEFAULT.to_json())
    del content[name]

    error = fault(json.dumps(content).encode())

    assert (error.code, error.values) == ("error.scenario_missing", {"field": name})


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"rain": 1}, "error.scenario_field"),
        ({"start": "12.1.2026"}, "error.scenario_date"),
        ({"start": "2026-02-30"}, "error.scenario_date"),
        ({"start": "20260112"}, "error.scenario_date"),
        ({"start": 2026}, "error.scenario_text"),
        ({"target_date": None}, "error.scenario_text"),
        ({"existing": "1500000"}, "error.scenario_number"),
        ({"existing": True}, "error.scenario_number"),
        ({"existing": None}, "error.scenario_number"),
        ({"existing": [1]}, "error.scenario_number"),
        ({"new_users": 1e16}, "error.scenario_number"),
        ({"new_users": 10**400}, "error.scenario_number"),
        ({"answers": []}, "error.scenario_table"),
        ({"answers": {"249": 5}}, "error.scenario_list"),
        ({"answers": {"249": [5]}}, "error.scenario_list"),
        ({"answers": {"249": [5, 2, None, 1]}}, "error.scenario_list"),
        ({"answers": {"249": [None, 2, None]}}, "error.scenario_number"),
        ({"answers": {"249": [5, 1.5, None]}}, "error.scenario_whole"),
        ({"answers": {"249": [5, False, None]}}, "error.scenario_number"),
        ({"answers": {"249": [5, 1, "soon"]}}, "error.scenario_date"),
        ({"answers": {"249": [200, 1, None]}}, "error.hours_for_people"),
        ({"answers": {"Keuruu": [5, 1, None]}}, "error.municipality_code"),
        ({"answers": {"999": [5, 1, None]}}, "error.unknown_municipality"),
        ({"answers": {"\ud800": [5, 1, None]}}, "error.scenario_signs"),
        ({"sources": "waves"}, "error.scenario_list"),
        ({"sources": [1]}, "error.scenario_text"),
        ({"sources": ["rain"]}, "error.unknown_source"),
        ({"campaign": {}}, "error.scenario_list"),
        ({"campaign": [["2026-03-02", 4]]}, "error.scenario_list"),
        ({"campaign": [["2026-03-02", 4.5, 2]]}, "error.scenario_whole"),
        ({"campaign": [["2026-03-02", 4, "2"]]}, "error.scenario_number"),
        ({"campaign": [["2026-03-02", 0, 2]]}, "error.campaign_range"),
        ({"overrides": {"stay": 0.5}}, "error.scenario_list"),
        ({"overrides": {"stay": [True]}}, "error.scenario_number"),
        ({"overrides": {"stay": []}}, "error.assumption_rows"),
        ({"overrides": {"need": [0.1]}}, "error.assumption_rows"),
        ({"overrides": {"stay": [1.5]}}, "error.assumption_bounds"),
        ({"overrides": {"rain": [1]}}, "error.unknown_assumption"),
        ({"baselines": {"249": "5"}}, "error.scenario_number"),
        ({"baselines": {"249": -5}}, "error.hours_range"),
        ({"baselines": {"999": 5}}, "error.unknown_municipality"),
        ({"reasons": {"need": 5}}, "error.scenario_text"),
        ({"reasons": {"rain": "it falls"}}, "error.reason_key"),
        ({"reasons": {"need": "a\nb"}}, "error.reason_signs"),
        ({"reasons": {"need": "\ud800"}}, "error.scenario_signs"),
        ({"overrides": {"\ud800": [1]}}, "error.scenario_signs"),
        ({"sources": ["\ud800"]}, "error.scenario_signs"),
        ({"\ud800": 1}, "error.scenario_signs"),
        ({"start": "1999-01-01"}, "error.start_range"),
        ({"target_date": "2025-01-01"}, "error.target_before_start"),
        ({"existing": 9e6}, "error.existing_too_large"),
        ({"new_users": 9e6}, "error.target_too_large"),
    ],
)
def test_each_field_has_its_own_message(fields: dict[str, object], code: str) -> None:
    assert fault(with_(**fields)).code == code


@pytest.mark.parametrize("literal", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_without_end_are_refused(literal: str) -> None:
    text = DEFAULT.to_json().replace('"existing":1500000', f'"existing":{literal}')

    assert fault(text.encode()).code in ("error.not_a_number", "error.scenario_number")


def test_a_field_that_is_wrong_is_named_short_and_printable() -> None:
    error = fault(with_(**{"x\n" + "y" * 100: 1}))

    assert error.values == {"field": "x?" + "y" * 38}


@pytest.mark.parametrize(
    "fields",
    [
        {"overrides": {"x\n" + "y" * 30_000: [1]}},
        {"sources": ["x\n" + "y" * 30_000]},
        {"reasons": {"x\n" + "y" * 30_000: "why"}},
    ],
)
def test_a_name_that_stands_for_nothing_is_told_short_and_printable(
    fields: dict[str, object],
) -> None:
    assert fault(with_(**fields)).values == {"value": "x?" + "y" * 38}


def test_from_json_leaves_bounds_to_the_check() -> None:
    assert from_json(with_(existing=9e6).decode()).existing == 9e6
