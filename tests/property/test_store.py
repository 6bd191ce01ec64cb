"""Whatever is edited and undone in whatever order: history tells it, and all of it can go back."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.store import open_store
from tests.unit.store.walk import walk

numbers = st.integers(0, 3)
which = st.integers(0, 20)
stale = st.sampled_from([0, 0, 0, 1])
STEPS = st.one_of(
    st.tuples(st.just("save"), numbers),
    st.tuples(st.just("change"), which, numbers, stale),
    st.tuples(st.just("delete"), which, stale),
    st.tuples(st.just("replace"), st.lists(numbers, max_size=4), st.booleans()),
    st.tuples(st.just("undo"), which),
)


@settings(max_examples=60)
@given(steps=st.lists(STEPS, max_size=14))
def test_history_tells_every_change_and_the_way_back(steps: list[tuple[object, ...]]) -> None:
    with open_store("sqlite://") as store:
        walk(store, steps)
