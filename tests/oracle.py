"""The model once more, one number at a time: slow, plain, and written from its formulas alone.

Only the facts (people, covariates, library hours) and the numbers of the assumptions are shared
with the planner; every step from them to hours short and people waiting is this file's own.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Row = Sequence[float]
CHANNELS = ("walk_in", "booked", "group", "outreach")


@dataclass(frozen=True)
class World:
    """A country: people[m][a], covariates[id][m][a], library hours and guidance places by m."""

    people: Sequence[Row]
    covariates: Mapping[str, Sequence[Row]]
    winter: Row
    summer: Row
    places: Row
    p: Mapping[str, Row]
    existing: float
    new_users: float
    start: dt.date
    target: dt.date
    first: dt.date  # a Monday, eight weeks before the start's
    weeks: int  # all that are computed, two of them beyond the horizon
    waves: Sequence[tuple[dt.date, int, float, Row]] = ()  # date, weeks, share, age weights

    def value(self, name: str) -> float:
        return float(self.p[name][0])


@dataclass(frozen=True)
class Course:
    """One municipality's weekly series."""

    new_users: list[float]
    users: list[float]
    contacts: list[float]
    hours: list[float]
    capacity: list[float]
    short: list[float]
    backlog_contacts: list[float]


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x > 0 else math.exp(x) / (1 + math.exp(x))


def odds(share: float) -> float:
    return math.log(share / (1 - share))


def root(rising: Callable[[float], float]) -> float:
    """Where a rising function is zero, by halving."""
    low, high = -50.0, 50.0
    for _ in range(120):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return (low + high) / 2


def total(table: Sequence[Row]) -> float:
    return math.fsum(value for row in table for value in row)


# --- who, and by when ---


def profiles(w: World) -> tuple[list[list[float]], list[list[float]], list[list[float]]]:
    """Existing users, new users and the potential of today's reach, [m][a] each."""
    base = [odds(share) for share in w.p["existing_profile"]]

    def at(log_odds: Row, delta: float) -> list[list[float]]:
        share = [sigmoid(value + delta) for value in log_odds]
        return [[n * s for n, s in zip(row, share, strict=True)] for row in w.people]

    delta = root(lambda d: total(at(base, d)) - w.existing)
    existing = at(base, delta)
    reach = [max(odds(r), b + delta) for r, b in zip(w.p["reach"], base, strict=True)]
    potential = less(at(reach, 0.0), existing)
    room = total(potential)
    if w.new_users <= room:
        return existing, [[v * w.new_users / room for v in row] for row in potential], potential
    more = root(lambda d: total(at(reach, d)) - w.existing - w.new_users)
    return existing, less(at(reach, more), existing), potential


def less(one: Sequence[Row], other: Sequence[Row]) -> list[list[float]]:
    return [[a - b for a, b in zip(x, y, strict=True)] for x, y in zip(one, other, strict=True)]


def not_yet(w: World, age: int) -> list[float]:
    """Share of those who will log in that has not, at each week's end."""
    season = w.p["season"]
    mean = sum(season) / 12
    rate = w.value("log_ins") * w.p["log_in_rate"][age]
    k = w.value("log_in_shape")
    passed, shares = 0.0, []
    for week in range(w.weeks):
        for day in range(7):
            date = w.first + dt.timedelta(days=7 * week + day)
            if date >= w.start:
                passed += season[date.month - 1] / mean / 7
        shares.append((1 + rate * passed / k) ** -k)
    return shares


def opened(w: World, age: int, new: float, existing: float, people: float) -> list[list[float]]:
    """Accounts opened by week, those that count towards the target and those after it."""
    s = [1.0, *not_yet(w, age)]  # s[week] before, s[week + 1] after the week
    end = (w.target - w.first).days // 7
    by_target = 1 - s[end + 1]
    late = min(new / by_target, people - existing) - new
    on_time, after = [], []
    for week in range(w.weeks):
        step = s[week] - s[week + 1]
        on_time.append(new * step / by_target if week <= end else 0.0)
        after.append(late * step / s[end + 1] if week > end else 0.0)
    return [on_time, after, [late]]


# --- help ---


def delayed(flow: Row, kernel: Row) -> list[float]:
    return [
        math.fsum(flow[week - lag] * kernel[lag] for lag in range(min(week + 1, len(kernel))))
        for week in range(len(flow))
    ]


def even(start: float, length: float, lags: int) -> list[float]:
    return [
        max(0.0, min(lag + 1, start + length) - max(lag, start)) / length for lag in range(lags)
    ]


def contact_lags(half_life: float, tail: float) -> list[float]:
    fading = [0.5 ** (lag / half_life) for lag in range(104)]
    return [
        (1 - tail) * value / sum(fading) + (tail / 52 if lag < 52 else 0.0)
        for lag, value in enumerate(fading)
    ]


def need(w: World, at: int, age: int, weight: Row) -> float:
    """Probability of needing help in one place and band; weight: accounts by m."""
    mean = odds(w.p["need"][age])
    shift = [
        sum(w.value(name) * rows[m][age] for name, rows in w.covariates.items())
        for m in range(len(w.people))
    ]
    target = w.p["need"][age] * sum(weight)
    delta = root(
        lambda d: (
            math.fsum(v * sigmoid(mean + z + d) for v, z in zip(weight, shift, strict=True))
            - target
        )
    )
    return sigmoid(mean + shift[at] + delta)


def hours_each(w: World, age: int, size: str = "group_size") -> tuple[float, float]:
    """Staff hours of one contact, and the desk's part of them; size: how many come to a group."""
    ready = (1 + w.value("preparation")) / 60
    desk = w.value("minutes_individual") * ready
    hours = {
        "walk_in": desk,
        "booked": desk,
        "group": w.value("group_minutes") * ready / w.value(size),
        "outreach": w.value("outreach_minutes") * ready,
    }
    share = {channel: w.p[f"channel_{channel}"][age] for channel in CHANNELS}
    parts = {channel: share[channel] / sum(share.values()) * hours[channel] for channel in CHANNELS}
    return sum(parts.values()), parts["walk_in"] + parts["booked"]


def mean_chance(accounts: float, beyond: float, chance: float, helped: float) -> float:
    """Probability of needing help, where `beyond` of the accounts lie beyond today's reach."""
    return 0.0 if accounts <= 0 else ((accounts - beyond) * chance + beyond * helped) / accounts


def band(
    w: World, at: int, age: int, tables: tuple[list[list[float]], ...]
) -> tuple[list[float], list[float], list[float]]:
    """Accounts opened, users in service and people who come to need help, of one age band."""
    existing, new, potential = tables
    old, now, room = existing[at][age], new[at][age], potential[at][age]
    on_time, after, (late,) = opened(w, age, now, old, w.people[at][age])
    beyond = max(0.0, now - room)
    beyond_late = max(0.0, now + late - room) - beyond
    within = [min(row[age], top[age]) for row, top in zip(new, potential, strict=True)]
    chance, helped = need(w, at, age, within), w.value("need_assisted")
    per_new = mean_chance(now, beyond, chance, helped)
    per_late = mean_chance(late, beyond_late, chance, helped)

    flow = [x + y for x, y in zip(on_time, after, strict=True)]
    gone = delayed(flow, even(0, w.value("opt_out_weeks"), w.weeks))
    back = [share * w.p["opt_out"][age] for share in gone]
    returning = delayed(back, even(w.value("echo_delay"), 8, w.weeks))
    again = [share * w.value("echo_share") for share in returning]
    stock, needers, in_service = [], [], old
    for week in range(w.weeks):
        in_service += flow[week] - back[week] + again[week]
        stock.append(in_service)
        needers.append(
            on_time[week] * per_new
            + after[week] * per_late
            + in_service * wave_share(w, week, age)
            + again[week] * w.value("echo_need")
        )
    return flow, stock, needers


def course(w: World, at: int, answered: tuple[float, dt.date] | None = None) -> Course:
    """What happens in municipality `at`; answered: hours a week and the last day they are paid."""
    tables = profiles(w)
    kernel = contact_lags(w.value("half_life"), w.value("tail"))
    each = w.value("official_share") * w.value("contacts_per_helped")
    start = (w.start - w.first).days // 7
    arrivals, stock, contacts, hours, desk = ([0.0] * w.weeks for _ in range(5))
    for age in range(len(w.people[at])):
        flow, users, needers = band(w, at, age, tables)
        asking = w.value("info_need") * w.people[at][age] / 8 if age >= 4 else 0.0
        cost, cost_desk = hours_each(w, age)
        event, event_desk = hours_each(w, age, "event_size")
        earlier = [tables[0][at][age] * wave_share(w, u, age) for u in range(-104, 0)]
        for week, later in enumerate(delayed([*earlier, *needers], kernel)[104:]):
            needing, curious = each * later, each * asking * (start - 8 <= week < start)
            arrivals[week] += flow[week]
            stock[week] += users[week]
            contacts[week] += needing + curious
            hours[week] += needing * cost + curious * event
            desk[week] += needing * cost_desk + curious * event_desk
    return queue(w, at, answered, arrivals, stock, contacts, hours, desk)


def wave_share(w: World, week: int, age: int) -> float:
    """Share of a band's users whom letters send for help in a week, day by day."""
    share = 0.0
    for day in range(7):
        date = w.first + dt.timedelta(days=7 * week + day)
        for begins, length, of_users, weights in w.waves:
            if 0 <= (date - begins).days < 7 * length:
                share += of_users * weights[age] / (7 * length)
    return share


# --- what is missing ---


def service(w: World, at: int, week: int, answered: tuple[float, dt.date] | None) -> list[float]:
    """Hours of support in a week, and those that were taken before the rollout."""
    monday = w.first + dt.timedelta(weeks=week)
    thursday = monday + dt.timedelta(days=3)
    in_summer = dt.date(thursday.year, 6, 8) <= thursday <= dt.date(thursday.year, 8, 9)
    staffed = w.summer[at] if in_summer else w.winter[at]
    hours = w.value("desk_share") * staffed + w.value("association_hours") * w.places[at]
    taken = w.value("use") * hours
    if answered is not None:
        hours = answered[0] if monday <= answered[1] else 0.0
        taken = w.value("use") * answered[0]
    before_start = monday + dt.timedelta(days=6) < w.start
    return [hours, min(taken, hours) if before_start else taken]


def queue(
    w: World,
    at: int,
    answered: tuple[float, dt.date] | None,
    arrivals: list[float],
    stock: list[float],
    contacts: list[float],
    hours: list[float],
    desk: list[float],
) -> Course:
    backlog, short, waiting, capacity = 0.0, [], [], []
    for week in range(w.weeks):
        have, taken = service(w, at, week, answered)
        other = hours[week] - desk[week]
        short.append(max(0.0, taken + other + desk[week] / w.value("utilisation") - have))
        backlog = w.value("stay") * max(0.0, backlog + hours[week] - max(0.0, have - taken))
        waiting.append(backlog)
        capacity.append(have)
    per_hour = sum(contacts) / sum(hours) if sum(hours) > 0 else 0.0
    people_waiting = [value * per_hour for value in waiting]
    return Course(arrivals, stock, contacts, hours, capacity, short, people_waiting)
