"""Any sequence of edits and undos, followed in a model of a few lines beside the store."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from planner.store import Change, ConflictError, Edit, Store
from tests.unit.store.harness import check_consistent, whole_history

PLACE = "091"
Step = tuple[Any, ...]
State = dict[str, Any]  # contents by key, of what is not deleted


def walk(store: Store, steps: Sequence[Step]) -> None:
    """Takes the steps, checks the store after each, and then undoes them all, the last one first.

    Steps: ("save", number), ("change", which, number, stale), ("delete", which, stale),
    ("replace", numbers, with keys), ("undo", which change).
    """
    states = [_state(store)]  # before the first change and after each
    for step in steps:
        if step[0] == "undo":
            _undo(store, states, step[1])
        else:
            _edit(store, states, step)
        assert store.revision(PLACE).number == len(states) - 1
        assert _state(store) == states[-1]
    check_consistent(store)
    for number in range(len(states) - 1, 0, -1):
        undone = store.undo(PLACE, number, "Bertta")
        assert undone is None or undone.undoes == number
        assert _state(store) == states[number - 1]
    check_consistent(store)


def _state(store: Store) -> State:
    return {item.key: item.content for item in store.items("capacity", PLACE)}


def _edit(store: Store, states: list[State], step: Step) -> None:
    now = states[-1]
    expected = sorted(map(json.dumps, now.values()))
    if step[0] == "save":
        store.save("capacity", PLACE, {"n": step[1]}, "Aino")
        expected = sorted([*expected, json.dumps({"n": step[1]})])
    elif step[0] == "replace":
        keys = list(now) if step[2] else []
        rows = [
            (keys[i] if i < len(keys) else None, {"n": number}) for i, number in enumerate(step[1])
        ]
        store.replace(PLACE, "capacity", rows, "Aino")
        expected = sorted(json.dumps(content) for _, content in rows)
    elif now:
        _edit_one(store, list(now)[step[1] % len(now)], step)
        return _note(store, states)
    _note(store, states)
    assert sorted(map(json.dumps, states[-1].values())) == expected
    return None


def _edit_one(store: Store, key: str, step: Step) -> None:
    item = store.item(PLACE, key)
    assert item is not None
    content = {"n": step[2]} if step[0] == "change" else None
    edit = Edit("capacity", content, key, item.revision - step[-1])
    if step[-1]:
        with pytest.raises(ConflictError) as caught:
            store.edit(PLACE, [edit], "Aino")
        assert (caught.value.mine, caught.value.theirs) == (content, item)
    else:
        (after,) = store.edit(PLACE, [edit], "Aino")
        assert after.deleted == (content is None)
        assert after.content == (item.content if content is None else content)


def _note(store: Store, states: list[State]) -> None:
    """Notes the state after a change, if there was one; it must be what history tells."""
    told = store.history(PLACE, limit=1)
    if told and told[0].number == len(states):
        states.append(_following(states[-1], told[0]))


def _following(state: State, change: Change) -> State:
    after = dict(state)
    for entry in change.entries:
        assert after.pop(entry.key, None) == entry.before
        if entry.after is not None:
            after[entry.key] = entry.after
    return after


def _undo(store: Store, states: list[State], which: int) -> None:
    if len(states) == 1:
        return
    number = which % (len(states) - 1) + 1
    change = whole_history(store, PLACE)[number - 1]
    own = {entry.key for entry in change.entries}
    # nothing was left: what is there now belongs to another table
    between = not states[number] and states[-1].keys() - own
    if not between and all(states[-1].get(e.key) == e.after for e in change.entries):
        undone = store.undo(PLACE, number, "Bertta")
        assert undone is not None
        assert [(e.before, e.after) for e in undone.entries] == [
            (e.after, e.before) for e in change.entries
        ]
        _note(store, states)
    else:
        with pytest.raises(ConflictError):
            store.undo(PLACE, number, "Bertta")
