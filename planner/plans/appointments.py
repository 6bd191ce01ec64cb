"""The cheapest mix of options where so few people come that times are agreed with each of them.

Then nobody waits for a weekly session, and nobody is paid to wait for people: what counts is how
many hours are worked in all. Symbols: option o, draw d; W[d] hours missing over the period; s[o]
share of them that suits the option; g[o] hours of help in a paid hour; n[o] paid hours in all,
whole. A draw copes when for every share s, 0 included,

    (1 − s) · W[d] ≤ Σ over s[o] > s of g[o] · n[o]

(work that suits a narrower option suits every wider one, see planner.plans.options). All of these
follow one number, W[d], so the share of draws p that must cope asks for the p-quantile of it, and
the integer programme of planner.plans.programme is exact.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from planner.plans.mix import Alone, Mix
from planner.plans.options import Floats, Offer, Units, levels
from planner.plans.programme import Programme


@dataclass(frozen=True, eq=False)
class Appointments:
    """The hours missing in all, [draw], and the options by the hour.

    offer: one unit is one paid hour in the whole period; most: hours there can be of each.
    """

    missing: Floats
    offer: Offer

    def wanted(self, level: float) -> float:
        """The hours missing that are enough in that share of the draws."""
        rank = math.ceil(level * self.missing.size - 1e-9)
        return float(np.sort(self.missing)[max(rank, 1) - 1])

    def served(self, units: Units) -> float:
        """The hours missing that the units can work at most."""
        most = math.inf
        for s in levels(self.offer).tolist():
            help_ = float((self.offer.share > s) @ (units * self.offer.work))
            most = min(most, help_ / (1 - s))
        return most

    def p_copes(self, units: Units) -> float:
        """Share of draws in which the units work all that is missing."""
        return float((self.missing <= self.served(units) + 1e-6).mean())

    def left(self, units: Units) -> Floats:
        """Hours still missing in each draw: float64 [draw]."""
        used = np.full(self.missing.shape, np.inf)
        for s in levels(self.offer).tolist():
            help_ = float((self.offer.share > s) @ (units * self.offer.work))
            used = np.minimum(used, s * self.missing + help_)
        return np.asarray(np.maximum(self.missing - used, 0.0))

    def cost(self, units: Units) -> Floats:
        """Euros of each option, setting up included: float64 [option]."""
        return np.asarray(self.offer.price * units + self.offer.setup * (units > 0))


def cheapest_hours(found: Appointments, level: float) -> Mix | None:
    """The cheapest paid hours in all that are enough in that share of the draws; None if none."""
    offer, wanted = found.offer, found.wanted(level)
    useful = np.ceil(wanted / offer.work) + 1
    least = [
        (np.where(offer.share > s, offer.work, 0.0), (1 - s) * wanted)
        for s in levels(offer).tolist()
    ]
    most = np.minimum(np.floor(offer.most), useful)
    units = Programme(offer.price, offer.setup, most, least).solve()
    if units is None:
        return None
    return Mix(units, found.cost(units), found.p_copes(units), proven=True)


def hours_alone(found: Appointments, option: int, level: float) -> Alone:
    """The fewest paid hours with which one option alone works all that is missing and suits it."""
    offer, wanted = found.offer, found.wanted(level)
    part = float(offer.share[option]) * wanted
    count = int(min(math.ceil(part / offer.work[option] - 1e-9), np.floor(offer.most[option])))
    p_copes = found.p_copes(np.where(np.arange(offer.size) == option, count, 0).astype(np.int64))
    return Alone(count, p_copes, p_copes >= level)
