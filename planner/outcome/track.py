"""Contacts of some municipalities together: logged, and forecast before and after a lesson."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from planner.engine import Engine
from planner.learned.lesson import AHEAD
from planner.model.intervals import band, interval
from planner.model.weeks import Horizon
from planner.model.worlds import GROUP, THREADS, Worlds, draw
from planner.outcome.types import Change, Track
from planner.records import Visit

Singles = NDArray[np.float32]
Logs = dict[int, dict[int, int]]


def by_place(engine: Engine, span: Horizon, visits: Sequence[Visit]) -> dict[int, dict[int, int]]:
    """Logged contacts by municipality (position) and week (index) of the forecast."""
    logs: dict[int, dict[int, int]] = {}
    for row in visits:
        week = span.index(row.week)
        if 0 <= week < span.count:
            place = logs.setdefault(engine.snapshot.index(row.municipality), {})
            place[week] = place.get(week, 0) + row.contacts
    return dict(sorted(logs.items()))


def track(both: tuple[Worlds, Worlds], logs: dict[int, dict[int, int]], first: int) -> Track:
    """The Track of some municipalities together.

    A week's forecast is that of the municipalities that logged it; where nobody did, or nobody
    could yet, that of all of them.
    """
    span = both[0].span
    places = np.array(list(logs), dtype=np.intp)
    kept = np.zeros((places.size, span.count), dtype=bool)
    for row, weeks in enumerate(logs.values()):
        kept[row, list(weeks)] = True
    learned_from = kept.copy()
    learned_from[:, first:] = False
    counted = kept | ~kept.any(axis=0)
    ahead = slice(first, min(first + AHEAD, span.count))
    (contacts, past, hours, short), after = (
        _sums(world, places, counted, learned_from, ahead) for world in both
    )
    weekly: dict[int, int] = {}
    for log in logs.values():
        for week, number in log.items():
            weekly[week] = weekly.get(week, 0) + number
    return Track(
        before=band(contacts),
        after=band(after[0]),
        points=tuple((span.day(week), weekly[week]) for week in sorted(weekly)),
        logged=sum(number for week, number in weekly.items() if week < first),
        expected=interval(past),
        contacts=_change(contacts, after[0], ahead),
        hours=Change(interval(hours), interval(after[2])),
        short=Change(interval(short), interval(after[3])),
        uneven=bool((kept.any(axis=0) & ~kept.all(axis=0)).any()),
    )


def _change(before: Singles, after: Singles, weeks: slice) -> Change:
    sums = (part[:, weeks].sum(axis=1, dtype=np.float64) for part in (before, after))
    return Change(*(interval(part) for part in sums))


def _sums(
    world: Worlds,
    places: NDArray[np.intp],
    counted: NDArray[np.bool_],
    learned_from: NDArray[np.bool_],
    ahead: slice,
) -> tuple[Singles, Singles, Singles, Singles]:
    """Sums over places: contacts [draw, week]; [draw]: contacts learned from, hours, short ahead.

    counted, learned_from: which weeks of a place are added up, [place, week].
    """

    def part(rows: slice) -> tuple[Singles, Singles, Singles, Singles]:
        found = draw(world, places[rows])
        return (
            (found.contacts * counted[rows, :, None]).sum(axis=0),
            (found.contacts * learned_from[rows, :, None]).sum(axis=(0, 1)),
            found.hours[:, ahead].sum(axis=(0, 1)),
            found.short_hours[:, ahead].sum(axis=(0, 1)),
        )

    blocks = [slice(at, at + GROUP) for at in range(0, places.size, GROUP)]
    with ThreadPoolExecutor(max_workers=THREADS) as pool:
        parts = list(pool.map(part, blocks))
    # in the order of the blocks, so that no digit follows from which was ready first
    contacts, past, hours, short = (np.sum(each, axis=0) for each in zip(*parts, strict=True))
    return contacts.T, past, hours, short
