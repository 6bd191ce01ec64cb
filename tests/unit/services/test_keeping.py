"""Saving rows: one change each, nobody's change lost, the baseline held still."""

from __future__ import annotations

import math

import numpy as np
import pytest

from planner import services
from planner.errors import PlannerError
from planner.model.forecast import Forecast
from planner.records import CapacityRow, ServiceBefore, ServiceScope
from planner.services.estimate import estimated_rows
from planner.store import Change, ConflictError, Store, to_content
from tests.services import ENGINE, FIRST, KEURUU, SCENARIO, line
from tests.uploads import said

START = SCENARIO.start


def save(store: Store, *rows: CapacityRow, seen: services.Held | None = None) -> Change | None:
    """Saves the rows as whoever has seen what is there, each with the key that suits it."""
    held = services.held(store, KEURUU) if seen is None else seen
    return services.save(store, KEURUU, services.keyed(rows, held), held, "Aino", START)


def fault(store: Store, *rows: CapacityRow) -> str:
    with pytest.raises(PlannerError) as caught:
        save(store, *rows)
    return said(caught.value)


def test_the_first_save_is_one_change_and_keeps_the_service_before(store: Store) -> None:
    change = save(store, line(), line(provider="parish", hours=4.0, first=START))

    assert change is not None
    assert [entry.kind for entry in change.entries] == ["capacity", "capacity", "before"]
    held = services.held(store, KEURUU)
    assert [row.provider for row in held.rows] == ["library", "parish"]
    assert held.before == ServiceBefore(12.5)
    assert [each.number for each in store.history(KEURUU)] == [1]


def test_later_saves_leave_the_service_before_alone(store: Store) -> None:
    save(store, line())

    change = save(store, line(hours=40.0))

    assert change is not None
    assert [(entry.kind, entry.before is None) for entry in change.entries] == [("capacity", False)]
    held = services.held(store, KEURUU)
    assert (held.rows, held.before) == ((line(hours=40.0),), ServiceBefore(12.5))


def test_more_capacity_does_not_raise_the_baseline(store: Store) -> None:
    def forecast() -> Forecast:
        return ENGINE.forecast(
            SCENARIO.with_capacity(services.supplies(store, START)), SCENARIO.target_date
        )

    at = ENGINE.snapshot.index(KEURUU)
    save(store, line())
    before = forecast()

    save(store, line(hours=40.0, people=3))

    after = forecast()
    begun = slice(after.span.start_index, None)  # before, nobody is served beyond what there is
    baselines = (each.supply.baseline[0, at, begun] for each in (before, after))
    np.testing.assert_array_equal(*baselines)
    assert (after.supply.hours[0, at] > before.supply.hours[0, at]).all()
    assert (after.short_hours[0, at] <= before.short_hours[0, at]).all()


def test_saving_what_is_there_changes_nothing(store: Store) -> None:
    save(store, line())

    assert save(store, line()) is None
    assert store.revision(KEURUU).number == 1


def test_rows_are_kept_tidy_and_as_the_municipality_s(store: Store) -> None:
    save(store, line(municipality="091", hours=20 / 3, place=" kylä\n"))

    assert services.held(store, KEURUU).rows == (line(hours=6.67, place="kylä"),)


def test_a_changed_row_stays_the_same_item(store: Store) -> None:
    save(store, line(), line(provider="parish"))
    keys = [item.key for item in services.held(store, KEURUU).items]

    change = save(store, line(hours=3.0, last=FIRST), line(provider="bank"))

    assert change is not None
    touched = {entry.key: (entry.before is None, entry.after is None) for entry in change.entries}
    assert touched[keys[0]] == (False, False)
    assert touched[keys[1]] == (False, True)
    assert len(touched) == 3


def test_two_alike_rows_keep_their_own_items(store: Store) -> None:
    rows = [line(last=FIRST), line(first=START.replace(month=6), hours=3.0)]
    save(store, *rows)
    before = services.held(store, KEURUU)

    keys = [key for key, _ in services.keyed([rows[1], rows[0]], before)]

    assert keys == [before.items[1].key, before.items[0].key]


def test_estimated_rows_keep_their_mark(store: Store) -> None:
    rows = estimated_rows(ENGINE, SCENARIO, "091")
    held = services.held(store, "091")

    services.save(store, "091", services.keyed(rows, held), held, "Aino", START)

    assert services.held(store, "091").rows == rows


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ((), "error.services.no_rows"),
        ((line(hours=-1.0),), "error.hours_range"),
        ((line(hours=math.nan),), "error.hours_range"),
        ((line(), line()), "error.services.overlap"),
        ((line(), line(municipality="091")), "error.services.overlap"),
    ],
)
def test_a_fault_is_told_and_nothing_saved(
    store: Store, rows: tuple[CapacityRow, ...], code: str
) -> None:
    assert fault(store, *rows) == code
    assert store.revision().number == 0


def test_a_change_has_an_author(store: Store) -> None:
    held = services.held(store, KEURUU)

    with pytest.raises(PlannerError) as caught:
        services.save(store, KEURUU, [(None, line())], held, "  ", START)

    assert said(caught.value) == "error.store.no_author"


# --- two people at once ---


def test_of_two_first_saves_the_second_is_told(store: Store) -> None:
    seen = services.held(store, KEURUU)
    save(store, line(), seen=seen)

    with pytest.raises(ConflictError) as caught:
        save(store, line(provider="parish"), seen=seen)

    assert caught.value.theirs.content["provider"] == "library"
    assert services.held(store, KEURUU).rows == (line(),)


def test_of_two_first_saves_the_second_sees_both_versions_and_what_is_only_in_theirs(
    store: Store,
) -> None:
    seen = services.held(store, KEURUU)
    save(store, line(hours=6.5), line(provider="bank"), seen=seen)
    project = line(provider="project", hours=4.0)

    with pytest.raises(services.RowsConflictError) as caught:
        save(store, project, line(hours=9.0), seen=seen)

    versions = [
        (None if each.mine is None else each.mine["hours"], each.theirs.content["provider"])
        for each in caught.value.conflicts
    ]
    assert versions == [(9, "library"), (None, "bank")]
    assert caught.value.only_mine == (project,)


def test_a_row_that_both_added_in_the_same_words_is_not_only_the_second_ones(
    store: Store,
) -> None:
    seen = services.held(store, KEURUU)
    save(store, line(), seen=seen)

    with pytest.raises(services.RowsConflictError) as caught:
        save(store, line(), line(provider="bank"), seen=seen)

    assert [row.provider for row in caught.value.only_mine] == ["bank"]


def test_rows_kept_without_a_service_before_say_what_it_was(store: Store) -> None:
    store.save("capacity", KEURUU, to_content(line(hours=3.0)), "Eino")

    save(store, line(hours=40.0))

    assert services.held(store, KEURUU).before == ServiceBefore(3.0)


def test_of_two_saves_of_one_row_the_second_sees_both_versions(store: Store) -> None:
    save(store, line())
    seen = services.held(store, KEURUU)
    save(store, line(hours=5.0), seen=seen)

    with pytest.raises(ConflictError) as caught:
        save(store, line(hours=8.0), seen=seen)

    assert caught.value.mine is not None
    assert (caught.value.mine["hours"], caught.value.theirs.content["hours"]) == (8, 5)
    assert services.held(store, KEURUU).rows == (line(hours=5.0),)


def test_a_row_that_somebody_added_is_not_taken_away(store: Store) -> None:
    save(store, line())
    seen = services.held(store, KEURUU)
    save(store, line(), line(provider="parish"), seen=seen)

    with pytest.raises(ConflictError):
        save(store, line(hours=8.0), seen=seen)

    assert len(services.held(store, KEURUU).rows) == 2


# --- the service before, the scope, back to the estimate ---


def test_the_service_before_is_moved_by_whoever_knows_better(store: Store) -> None:
    save(store, line())
    seen = services.held(store, KEURUU)

    services.save_before(store, KEURUU, ServiceBefore(3.0, 1.0), seen, "Eino")

    assert services.held(store, KEURUU).before == ServiceBefore(3.0, 1.0)
    assert services.supplies(store, START)[KEURUU].before == 3.0
    with pytest.raises(ConflictError):
        services.save_before(store, KEURUU, ServiceBefore(5.0), seen, "Aino")


@pytest.mark.parametrize("hours", [-1.0, math.nan, math.inf, 100_001.0])
def test_impossible_hours_before_are_told(store: Store, hours: float) -> None:
    seen = services.held(store, KEURUU)

    for before in (ServiceBefore(hours), ServiceBefore(1.0, hours)):
        with pytest.raises(PlannerError) as caught:
            services.save_before(store, KEURUU, before, seen, "Aino")
        assert said(caught.value) == "error.hours_range"


def test_the_scope_is_kept_in_its_own_order(store: Store) -> None:
    seen = services.held(store, KEURUU)
    scope = ServiceScope(("device_repair", "on_behalf", "device_repair"))

    services.save_scope(store, KEURUU, scope, seen, "Aino")

    assert services.held(store, KEURUU).scope == ServiceScope(("on_behalf", "device_repair"))
    with pytest.raises(ConflictError):
        services.save_scope(store, KEURUU, ServiceScope(()), seen, "Eino")
    with pytest.raises(PlannerError) as caught:
        services.save_scope(store, KEURUU, ServiceScope(("cooking",)), seen, "Aino")
    assert said(caught.value) == "error.services.scope"


def test_the_estimate_counts_again_once_the_rows_are_gone(store: Store) -> None:
    save(store, line())
    services.save_scope(
        store, KEURUU, ServiceScope(("on_behalf",)), services.held(store, KEURUU), "Aino"
    )

    change = services.clear(store, KEURUU, services.held(store, KEURUU), "Aino")

    held = services.held(store, KEURUU)
    assert change is not None
    assert (held.rows, held.before) == ((), None)
    assert held.scope == ServiceScope(("on_behalf",))
    assert dict(services.supplies(store, START)) == {}
    store.undo(KEURUU, change.number, "Aino")
    assert services.held(store, KEURUU).rows == (line(),)
    assert services.held(store, KEURUU).before == ServiceBefore(12.5)


def test_nothing_is_taken_away_that_somebody_has_changed(store: Store) -> None:
    save(store, line())
    seen = services.held(store, KEURUU)
    save(store, line(hours=5.0), seen=seen)

    with pytest.raises(ConflictError):
        services.clear(store, KEURUU, seen, "Eino")

    assert services.clear(store, "091", services.held(store, "091"), "Eino") is None


def test_undo_of_the_first_save_brings_the_estimate_back(store: Store) -> None:
    save(store, line())

    store.undo(KEURUU, 1, "Aino")

    held = services.held(store, KEURUU)
    assert (held.rows, held.before) == ((), None)
