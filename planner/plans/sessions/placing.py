"""Stage 2: when in the week each session of stage 1 is held, and which trainer leads it.

All sessions of a series share one weekday and start through their block, and keep those of the
block before where they can: people find a service that stays. A slot (weekday, start) costs

    10·(weeks in which it can't be held) + unpopularity + fresh·(differs from the block before)
    + CROWDED·(the venue has a session on that weekday already)
    + TOGETHER·(sessions anywhere in the plan on that weekday, mean over the weeks)

and the cheapest free one is taken; unpopularity counts from late morning, for every third series of
a venue from late afternoon, for those at work. Sessions spread over the week, so that few trainers
reach many venues and nobody waits for the one day on which all are held. Series with the fewest
slots choose first. A week in which the slot can't be held (a holiday, a closure, a trainer
elsewhere) moves alone to its cheapest free slot. Hard rules: inside the venue's windows, one
session per venue and time, and every trainer gets from place to place in time.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from planner.plans.sessions.presets import STEADY, Preset
from planner.plans.sessions.types import Floats, Ints, Placed, Placing, Series
from planner.plans.sessions.windows import Intervals

GRID = 30  # minutes between possible starts
CROWDED = 4.0
TOGETHER = 0.2
PER_DAY = 3  # sessions a trainer leads on one day at most
LIKED = 10 * 60  # the start that suits most
LATE = 16 * 60  # the start for those at work
THIRD = 3  # of a venue's series in a block one is for those at work
SLOT_MISS = 10.0


@dataclass(frozen=True, eq=False)
class Calendar:
    """What stage 2 needs to know.

    days: every day of the plan, seven a week; windows: [venue][day], where a session may be held;
    minutes: [venue, kind]; travel: minutes [venue, venue]; trainers: persons; locked: sessions that
    stand already; usual: (block, venue, kind) → (weekday, start) that people know there.
    """

    days: Sequence[dt.date]
    windows: Sequence[Sequence[Intervals]]
    minutes: Ints
    travel: Floats
    trainers: int
    locked: Sequence[Placed] = ()
    preset: Preset = STEADY
    usual: Mapping[tuple[int, int, int], Sequence[tuple[int, int]]] = field(default_factory=dict)


@dataclass(eq=False)
class _Diary:
    """Who and what is taken: sessions by venue and day, and by trainer and day."""

    calendar: Calendar
    venue: dict[tuple[int, int], list[tuple[int, int]]] = field(default_factory=dict)
    trainer: dict[tuple[int, int], list[tuple[int, int, int]]] = field(default_factory=dict)
    held: Counter[int] = field(default_factory=Counter)  # sessions by day

    def room_free(self, venue: int, day: int, start: int, end: int) -> bool:
        if not any(a <= start and end <= b for a, b in self.calendar.windows[venue][day]):
            return False
        return all(end <= a or b <= start for a, b in self.venue.get((venue, day), ()))

    def reaches(self, who: int, venue: int, day: int, start: int, end: int) -> bool:
        """Whether a trainer can be there, coming from and going on to their other sessions."""
        others = self.trainer.get((who, day), ())
        return len(others) < PER_DAY and all(
            b + self.calendar.travel[other, venue] <= start
            or end + self.calendar.travel[venue, other] <= a
            for a, b, other in others
        )

    def write(self, one: Placed, day: int) -> None:
        self.held[day] += 1
        self.venue.setdefault((one.venue, day), []).append((one.start, one.end))
        self.trainer.setdefault((one.trainer, day), []).append((one.start, one.end, one.venue))


def place(series: Sequence[Series], calendar: Calendar) -> Placing:
    """The Placing of the series: all that finds a free time, and what is left."""
    diary = _Diary(calendar)
    index = {day: number for number, day in enumerate(calendar.days)}
    placed = list(calendar.locked)
    for stands in calendar.locked:
        if stands.day in index:
            diary.write(stands, index[stands.day])
    usual: dict[tuple[int, int], list[tuple[int, int]]] = {}
    left: list[tuple[int, int, int]] = []
    for block in sorted({one.block for one in series}):
        kept: dict[tuple[int, int], list[tuple[int, int]]] = {}
        mine = [one for one in series if one.block == block]
        mine.sort(key=lambda one: (-len(one.weeks), _width(one, calendar), one.venue, one.kind))
        turn: Counter[int] = Counter()
        for one in mine:
            turn[one.venue] += 1
            before = usual.setdefault((one.venue, one.kind), [])
            before += calendar.usual.get((block, one.venue, one.kind), ())
            slot, found, missing = _place_series(
                one, diary, before, LATE if turn[one.venue] % THIRD == 0 else LIKED
            )
            if slot is not None:
                kept.setdefault((one.venue, one.kind), []).append(slot)
                if slot in before:
                    before.remove(slot)  # a second series keeps another one
            placed += found
            left += [(one.venue, one.kind, week) for week in missing]
        usual = {**usual, **kept}
    # the locked ones are known to whoever asked
    return Placing(tuple(placed[len(calendar.locked) :]), tuple(left))


def staying(sessions: Sequence[Placed], calendar: Calendar) -> list[Placed | None]:
    """Each of the sessions at its own time, with another trainer where need be; None: it can't be.

    Those that come first are preferred; the calendar's locked sessions stand before all of them.
    """
    diary = _Diary(calendar)
    index = {day: number for number, day in enumerate(calendar.days)}
    for stands in calendar.locked:
        diary.write(stands, index[stands.day])
    found: list[Placed | None] = []
    for one in sessions:
        day = index[one.day]
        who = None
        if diary.room_free(one.venue, day, one.start, one.end):
            staff = [one.trainer, *_trainers(diary, one.venue, day)]
            who = next(
                (
                    each
                    for each in staff
                    if each < calendar.trainers
                    and diary.reaches(each, one.venue, day, one.start, one.end)
                ),
                None,
            )
        held = None if who is None else replace(one, trainer=who)
        if held is not None:
            diary.write(held, day)
        found.append(held)
    return found


def _width(one: Series, calendar: Calendar) -> int:
    """Minutes of window in the series' first week: those with few choose first."""
    week = range(7 * one.weeks[0], 7 * one.weeks[0] + 7)
    return sum(b - a for day in week for a, b in calendar.windows[one.venue][day])


def _unpopular(start: int, weekday: int, liked: int) -> float:
    """How much less a slot suits people than Tuesday to Thursday at `liked`: 0 and up."""
    end_of_week = {0: 0.5, 4: 1.0, 5: 1.5, 6: 8.0}.get(weekday, 0.0)
    return abs(start - liked) / 60 + end_of_week


def _slots(one: Series, calendar: Calendar) -> dict[tuple[int, int], list[int]]:
    """Every (weekday, start) with the series' weeks in whose windows it fits."""
    minutes = int(calendar.minutes[one.venue, one.kind])
    found: dict[tuple[int, int], list[int]] = {}
    for week in one.weeks:
        for weekday in range(7):
            for opens, closes in calendar.windows[one.venue][7 * week + weekday]:
                first = -(-opens // GRID) * GRID
                for start in range(first, closes - minutes + 1, GRID):
                    found.setdefault((weekday, start), []).append(week)
    return found


def _place_series(
    one: Series, diary: _Diary, before: Sequence[tuple[int, int]], liked: int
) -> tuple[tuple[int, int] | None, list[Placed], list[int]]:
    """The slot chosen, its sessions, and the weeks that found no time."""
    calendar = diary.calendar
    minutes = int(calendar.minutes[one.venue, one.kind])
    slots = _slots(one, calendar)

    def cost(slot: tuple[int, int]) -> float:
        weekday, start = slot
        crowded = any((one.venue, 7 * week + weekday) in diary.venue for week in one.weeks)
        return (
            SLOT_MISS * (len(one.weeks) - len(slots[slot]))
            + _unpopular(start, weekday, liked)
            + (calendar.preset.fresh if before and slot not in before else 0.0)
            + CROWDED * crowded
            + TOGETHER * sum(diary.held[7 * week + weekday] for week in one.weeks) / len(one.weeks)
        )

    ordered = sorted(slots, key=lambda slot: (cost(slot), slot))
    chosen, trainer, best = None, None, 0
    for slot in ordered:
        if len(slots[slot]) <= best:
            continue  # can't be held more often than the one found
        who, times = _most_often(one, slot, slots[slot], minutes, diary)
        if times > best:
            chosen, trainer, best = slot, who, times
        if best == len(slots[ordered[0]]):
            break
    found: list[Placed] = []
    missing: list[int] = []
    for week in one.weeks:
        held = _hold(one, week, chosen, trainer, minutes, ordered, diary)
        if held is None:
            missing.append(week)
        else:
            found.append(held)
    return chosen, found, missing


def _trainers(diary: _Diary, venue: int, day: int) -> Iterator[int]:
    """Trainers, those already at the venue that day first, then by how little they have to do."""
    here = [
        who
        for (who, when), sessions in diary.trainer.items()
        if when == day and any(place == venue for _, _, place in sessions)
    ]
    yield from here
    yield from (who for who in range(diary.calendar.trainers) if who not in here)


def _most_often(
    one: Series, slot: tuple[int, int], weeks: Sequence[int], minutes: int, diary: _Diary
) -> tuple[int, int]:
    """The trainer who can hold the slot in most of the weeks, and in how many."""
    weekday, start = slot
    end = start + minutes
    free = [w for w in weeks if diary.room_free(one.venue, 7 * w + weekday, start, end)]
    best, times = 0, 0
    for who in range(diary.calendar.trainers):
        can = sum(diary.reaches(who, one.venue, 7 * w + weekday, start, end) for w in free)
        if can > times:
            best, times = who, can
        if times == len(free):
            break
    return best, times


def _hold(
    one: Series,
    week: int,
    slot: tuple[int, int] | None,
    trainer: int | None,
    minutes: int,
    others: Sequence[tuple[int, int]],
    diary: _Diary,
) -> Placed | None:
    """The session of one week, at the series' slot or at the cheapest that is free; None: none."""
    calendar = diary.calendar
    for weekday, start in ([slot] if slot is not None else []) + list(others):
        day, end = 7 * week + weekday, start + minutes
        if not diary.room_free(one.venue, day, start, end):
            continue
        usual = [] if trainer is None else [trainer]
        staff = [*usual, *_trainers(diary, one.venue, day)]
        who = next((t for t in staff if diary.reaches(t, one.venue, day, start, end)), None)
        if who is None:
            continue
        held = Placed(one.venue, one.kind, calendar.days[day], start, end, who)
        diary.write(held, day)
        return held
    return None
