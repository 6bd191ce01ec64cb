"""Turns: one after the other, unless one takes too long."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from planner.ui.turns import Turns


def test_runs_take_turns() -> None:
    turns, together, most = Turns(patience=30), [0], [0]

    def run(_: int) -> bool:
        with turns.turn() as came:
            together[0] += 1
            most[0] = max(most[0], together[0])
            threading.Event().wait(0.01)  # lets the others in, if anything does
            together[0] -= 1
        return came

    with ThreadPoolExecutor(8) as pool:
        came = list(pool.map(run, range(16)))

    assert all(came)
    assert most == [1]


def test_a_long_run_holds_nobody_up_for_long() -> None:
    turns, begun, done = Turns(patience=0.05), threading.Event(), threading.Event()

    def long() -> None:
        with turns.turn():
            begun.set()
            assert done.wait(30)

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(long)
        assert begun.wait(30)
        with turns.turn() as came:
            pass
        done.set()
        running.result()

    assert not came
    with turns.turn() as came:  # and the one who did not wait gave nothing back
        assert came
    with turns.turn() as first, turns.turn() as second:
        assert (first, second) == (True, False)
    with turns.turn() as came:
        assert came


def test_a_run_that_fails_gives_its_turn_back() -> None:
    turns = Turns(patience=0)

    with pytest.raises(RuntimeError), turns.turn():
        raise RuntimeError

    with turns.turn() as came:
        assert came


def test_who_waits_for_something_long_lets_the_others_go_on() -> None:
    turns, entered, seen = Turns(patience=30), threading.Event(), threading.Event()

    def long() -> None:
        with turns.turn(), turns.aside():
            entered.set()
            assert seen.wait(30)

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(long)
        assert entered.wait(30)
        with turns.turn() as came:
            assert came
        seen.set()
        running.result()
    with turns.aside():  # outside of any turn there is nothing to give
        pass
    with turns.turn() as first:
        assert first
