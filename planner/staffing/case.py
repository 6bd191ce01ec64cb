"""What is planned for: a municipality's draws, the options as arrays, the weeks they serve."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from planner.answer import Answer
from planner.assumptions import Parameters
from planner.model.worlds import PlaceDraws
from planner.plans.options import Offer
from planner.plans.suggestion import Service, Suggestion, suggest
from planner.staffing.menu import Menu, MenuItem

HOURLY = "appointments"
_GROUP = ("group_size", "minutes_individual", "group_minutes")


@dataclass(frozen=True, eq=False)
class Case:
    """One municipality and the options it has.

    needed: what the suggestion of sessions says of the view; hindsight: the need began before
    today; now: index of today's week.
    """

    service: Service
    drawn: PlaceDraws
    found: Answer
    central: Parameters
    menu: Menu
    left_out: tuple[str, ...]
    level: float
    needed: Suggestion
    hindsight: bool
    now: int

    @property
    def hourly(self) -> bool:
        """Whether so few people come that times are agreed with each of them."""
        return self.needed.kind == HOURLY

    @property
    def first(self) -> NDArray[np.intp]:
        """Index of the first week in which each option can be there: intp [option]."""
        lead = np.array([item["lead"] for item in self.menu.items])
        if self.hindsight:
            return np.full(lead.shape, self.needed.first, dtype=np.intp)
        begun = max(self.needed.first, int(self.found.view.start))
        return np.asarray(np.maximum(self.now + np.ceil(lead), begun), dtype=np.intp)

    @property
    def start(self) -> int:
        """Index of the first week in which anything can be there."""
        return int(self.first.min())

    @property
    def possible(self) -> NDArray[np.bool_]:
        """Which options have not been ruled out: bool [option]."""
        return np.array([name not in self.left_out for name in self.menu.ids])

    @property
    def hours(self) -> NDArray[np.float64]:
        """Paid hours of one unit: in a week, or one in all."""
        hours = np.array([item["hours"] for item in self.menu.items])
        return np.ones_like(hours) if self.hourly else hours


def case_of(
    service: Service,
    drawn: PlaceDraws,
    found: Answer,
    central: Parameters,
    menu: Menu,
    left_out: tuple[str, ...],
    level: float,
) -> Case:
    """The Case of a municipality.

    The need begins in the first week of the view that doesn't cope and lasts as long as the
    suggested sessions would. Options take their lead time from today on; where the need began
    before today, they count as if made ready in time.
    """
    now = found.span.index(found.today)
    needed = suggest(service, found.view, level)
    hindsight = needed.kind != "none" and needed.first < now
    return Case(service, drawn, found, central, menu, left_out, level, needed, hindsight, now)


def offer_of(case: Case) -> Offer:
    """The options as arrays: one unit a week, or one paid hour in all where times are agreed."""
    price = float(case.central["cost"][0, 0])
    items = case.menu.items
    hours = np.array([item["hours"] for item in items])
    per_hour = np.array([item["price"] * price for item in items])
    most = np.array([most_units(item, case.found.adults) for item in items])
    offer = Offer(
        share=np.array([item["share"] for item in items]),
        work=np.array([served_hours(item, case.central) for item in items]),
        price=hours * per_hour,
        setup=np.array([item["setup"] * price for item in items]),
        most=np.where(case.possible, most, 0.0),
        first=case.first,
    )
    return _by_the_hour(case, offer, hours) if case.hourly else offer


def _by_the_hour(case: Case, offer: Offer, hours: NDArray[np.float64]) -> Offer:
    """The offer with a paid hour in all as its unit."""
    weeks = np.maximum(case.needed.last - case.first + 1, 0)
    # of a handful of people no group meets
    there = (weeks > 0) & np.array([item.base == "individual" for item in case.menu.items])
    limited = np.isfinite(offer.most)
    in_all = np.where(limited, np.where(limited, offer.most, 0.0) * hours * weeks, np.inf)
    most = np.where(there & case.possible, in_all, 0.0)
    agreed = [item["agreed" if "agreed" in item.figures else "share"] for item in case.menu.items]
    work, price = offer.work / hours, offer.price / hours
    return replace(offer, share=np.array(agreed), work=work, price=price, most=most)


def served_hours(item: MenuItem, central: Parameters) -> float:
    """Hours of individual help that one unit replaces in a week.

    A group has the help of all its people at once: group_size visits of minutes_individual in the
    group_minutes that a session takes.
    """
    hours = item["hours"] * item["work"]
    if item.base == "individual":
        return hours
    size, each, session = (float(central[name][0, 0]) for name in _GROUP)
    return hours * size * each / session


def visit_hours(central: Parameters) -> float:
    """Staff hours of one visit of one person, preparation included."""
    minutes, ready = (float(central[name][0, 0]) for name in ("minutes_individual", "preparation"))
    return minutes * (1 + ready) / 60


def most_units(item: MenuItem, adults: float) -> float:
    """Units there can be: so many for 1,000 adults, one at least; inf where nothing limits them."""
    if "most" not in item.figures:
        return math.inf
    return max(1.0, math.floor(item["most"] * adults / 1000))
