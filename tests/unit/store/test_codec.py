"""Records as contents and back."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json

import pytest

from planner import records
from planner.assumptions import CHANNELS
from planner.errors import PlannerError
from planner.snapshot import load_snapshot
from planner.store import KINDS, Store, from_content, kind_of, to_content

MONDAY = dt.date(2026, 1, 19)
RECORDS = [
    records.CapacityRow("091", "library", "Itäkeskus", 12.5),
    records.CapacityRow(
        "091",
        "association",
        "Kallio",
        3.0,
        MONDAY,
        MONDAY + dt.timedelta(weeks=9),
        2,
        paid=False,
        languages=("fi", "sv"),
        channels=CHANNELS,
        estimated=True,
        certainty="likely",
    ),
    records.ServiceBefore(12.5, 4.0),
    records.ServiceScope(("identification",)),
    records.VisitFile("käynnit.csv", (records.Visit("091", MONDAY, 3, "walk_in"),)),
    records.UserCountFile("users.csv", (records.UserCount(MONDAY, 5, None, "65-74"),)),
    records.TallySheet(
        MONDAY, (records.TallyRow("Kallio", "scams", 7.5, "fi", "solved", True, MONDAY),)
    ),
    records.SavedScenario("Talvi", '{"schema":1}'),
    records.SavedPlan("Kevät", "sessions", "{}"),
    records.Readiness((("lead", "named"), ("loop", "no")), MONDAY),
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_a_record_comes_back_equal(record: object) -> None:
    content = json.loads(json.dumps(to_content(record)))

    assert from_content(type(record), content) == record


def test_every_kind_has_its_record() -> None:
    assert {type(record) for record in RECORDS} == set(KINDS.values())
    assert all(KINDS[kind_of(record)] is type(record) for record in RECORDS)
    assert kind_of(records.CapacityRow) == "capacity"


def test_a_record_comes_back_from_the_store(store: Store) -> None:
    row = RECORDS[1]

    store.save(kind_of(row), "091", to_content(row), "Aino")

    (item,) = store.items("capacity", "091")
    assert from_content(records.CapacityRow, item.content) == row


def test_whole_hours_are_written_alike_however_they_were_typed() -> None:
    whole = records.CapacityRow("091", "library", "", hours=3)

    assert to_content(whole) == to_content(dataclasses.replace(whole, hours=3.0))


def test_every_field_is_written() -> None:
    assert set(to_content(RECORDS[0])) == {
        field.name for field in dataclasses.fields(records.CapacityRow)
    }


def test_a_field_that_is_missing_takes_its_default() -> None:
    content = to_content(RECORDS[0])
    del content["languages"]

    assert from_content(records.CapacityRow, content) == RECORDS[0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"hours": "3"},
        {"hours": True},
        {"people": 1.5},
        {"place": None},
        {"paid": 1},
        {"first": "soon"},
        {"first": 20260119},
        {"languages": "fi"},
        {"languages": [1]},
        {"unknown": 1},
    ],
    ids=str,
)
def test_a_content_of_another_shape_is_told(wrong: dict[str, object]) -> None:
    content = {**to_content(RECORDS[1]), **wrong}

    with pytest.raises(PlannerError) as caught:
        from_content(records.CapacityRow, content)

    assert caught.value.code == "error.store.content"


def test_parts_of_another_shape_are_told() -> None:
    for content in ({"name": "a", "rows": [3]}, {"name": "a"}, {"name": "a", "rows": [{}]}):
        with pytest.raises(PlannerError):
            from_content(records.VisitFile, content)
    with pytest.raises(PlannerError):
        from_content(records.Readiness, {"answers": [["a"]], "day": "2026-01-19"})


def test_only_records_have_a_content() -> None:
    with pytest.raises(TypeError):
        to_content({"hours": 1})
    with pytest.raises(TypeError):
        to_content(records.CapacityRow)
    with pytest.raises(KeyError):
        kind_of("text")


def test_the_country_is_the_one_of_the_data() -> None:
    assert records.COUNTRY in load_snapshot().groups["country"].codes
