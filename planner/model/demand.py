"""Who needs support, why, in which week: contacts and staff hours of the rollout.

Every source of demand is a sum of products A[d, m, a] · B[d, a, w] (accounts by place and age times
a weekly share by age), so that a total is one matrix product and places can be taken in blocks.
Symbols: draw d, municipality m, adult age band a, week w, channel c.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit

from planner.assumptions import CHANNELS, Parameters
from planner.model.adoption import Profile, Timing
from planner.model.kernels import carried_over, contact_kernel, spread
from planner.model.weeks import WEEKS_BEFORE, Horizon

Floats = NDArray[np.float64]

SOURCES = ("information", "activation", "waves", "echo")
DESK_CHANNELS = ("walk_in", "booked")
SENIOR = 4  # first age band (55–64) that asks for information before the start


@dataclass(frozen=True)
class Product:
    """A part of a source's contacts: people [draw, municipality, age] × rate [draw, age, week]."""

    people: Floats
    rate: Floats

    def total(self, weight: Floats | None = None) -> Floats:
        """Σ over ages, [draw, municipality, week]; `weight` [draw, age] multiplies each age."""
        people = self.people if weight is None else self.people * weight[:, None, :]
        return np.asarray(np.matmul(people, self.rate))

    def by_age(self) -> Floats:
        """[draw, municipality, age, week]."""
        return self.people[:, :, :, None] * self.rate[:, None, :, :]


@dataclass(frozen=True)
class Demand:
    """Rollout contacts by source as products, and what one contact costs.

    hours_per_contact, desk_hours_per_contact: float64 [draw, age], staff hours, and the same at
    information events; shape: (draws, municipalities, weeks), also where every source is off.
    """

    parts: Mapping[str, tuple[Product, ...]]
    hours_per_contact: Floats
    desk_hours_per_contact: Floats
    event_hours_per_contact: Floats
    event_desk_hours_per_contact: Floats
    shape: tuple[int, int, int]

    def contacts(self, source: str) -> Floats:
        """Contacts of one source, persons: float64 [draw, municipality, week]."""
        return np.asarray(sum(part.total() for part in self.parts[source]))

    def contacts_by_age(self, source: str) -> Floats:
        """Contacts of one source, persons: float64 [draw, municipality, age, week]."""
        return np.asarray(sum(part.by_age() for part in self.parts[source]))

    def hours_of(self, source: str) -> tuple[Floats, Floats]:
        """Staff hours of one contact of a source, and the desk's part: float64 [draw, age] each."""
        if source == "information":
            return self.event_hours_per_contact, self.event_desk_hours_per_contact
        return self.hours_per_contact, self.desk_hours_per_contact

    def totals(self) -> tuple[Floats, Floats, Floats]:
        """Contacts (persons), staff hours, and of these the desk's: [draw, municipality, week]."""
        parts = [(source, part) for source, parts in self.parts.items() for part in parts]
        if not parts:
            nobody = np.zeros(self.shape)
            return nobody, nobody, nobody
        people = np.concatenate([part.people for _, part in parts], axis=-1)
        rate = np.concatenate([part.rate for _, part in parts], axis=-2)
        whole = Product(people, rate)
        hours, desk = (
            np.concatenate([self.hours_of(source)[which] for source, _ in parts], axis=-1)
            for which in (0, 1)
        )
        return whole.total(), whole.total(hours), whole.total(desk)


def background_need(
    p: Parameters, covariates: Mapping[str, Floats], accounts: Floats, people: Floats
) -> Floats:
    """Probability of needing help, by place and age: float64 [draw, municipality, age].

    logit(need[a]) is shifted by Σ_b effect_b·z_b[m, a] (covariates: assumption id → [municipality,
    age], centred and age-standardised, in the effect's units); per age band a second delta keeps
    Σ_m accounts·need = need[a]·Σ_m accounts. accounts: [draw, municipality, age].

    Newton's method, each draw by itself; expit(x + delta) = 1 / (1 + exp(−x)·exp(−delta)), so that
    the exponential is taken once.
    """
    shift = sum(p[name][:, :, None] * value[None] for name, value in covariates.items())
    weight = np.where(accounts.sum(axis=1, keepdims=True) > 0, accounts, people[None])
    weight = weight / np.maximum(weight.sum(axis=1, keepdims=True), 1e-300)
    mean = p["need"][:, None, :]
    against = np.exp(-logit(mean) - shift)
    delta = np.zeros_like(mean)
    settled = np.zeros(mean.shape, dtype=np.bool_)
    for _ in range(50):
        value = 1 / (1 + against * np.exp(-delta))
        part = weight * value
        total = part.sum(axis=1, keepdims=True)
        slope = total - (part * value).sum(axis=1, keepdims=True)
        step = np.clip((total - mean) / np.maximum(slope, 1e-300), -2.0, 2.0)
        # each draw stops by itself: no other may change its last digit
        delta = np.where(settled, delta, delta - step)
        settled |= np.abs(step) < 1e-14
        if settled.all():
            break
    return np.asarray(1 / (1 + against * np.exp(-delta)))


def channel_shares(p: Parameters) -> Floats:
    """Share of each channel by age: float64 [draw, age, channel], sum 1 over channels."""
    shares = np.stack([p[f"channel_{channel}"] for channel in CHANNELS], axis=-1)
    total = shares.sum(axis=-1, keepdims=True)
    return np.where(total > 0, shares / np.where(total > 0, total, 1.0), 1 / len(CHANNELS))


def channel_hours(p: Parameters, group_size: str = "group_size") -> Floats:
    """Staff hours of one contact by channel, preparation included: float64 [draw, channel].

    group_size: the assumption that says how many come to a group, "event_size" before the start.
    """
    ready = (1 + p["preparation"]) / 60
    individual = p["minutes_individual"] * ready
    group = p["group_minutes"] * ready / p[group_size]
    outreach = p["outreach_minutes"] * ready
    by_channel = {"walk_in": individual, "booked": individual, "group": group, "outreach": outreach}
    return np.concatenate([by_channel[channel] for channel in CHANNELS], axis=-1)


def event_hours(p: Parameters) -> tuple[Floats, Floats]:
    """As contact_hours, the groups being information events: float64 [draw, age] each."""
    return contact_hours(p, "event_size")


def contact_hours(p: Parameters, group_size: str = "group_size") -> tuple[Floats, Floats]:
    """Staff hours of one contact by age, and the desk's part: float64 [draw, age] each."""
    hours = channel_shares(p) * channel_hours(p, group_size)[:, None, :]
    desk = [CHANNELS.index(channel) for channel in DESK_CHANNELS]
    return hours.sum(axis=-1), hours[:, :, desk].sum(axis=-1)


def helped_rate(p: Parameters) -> Floats:
    """Contacts that one needer brings to official support: float64 [draw, 1]."""
    return np.asarray(np.minimum(p["official_share"], 1.0) * p["contacts_per_helped"])


def information_weeks(span: Horizon) -> Floats:
    """Spread of the information need over the eight weeks before the start: float64 [week]."""
    share = np.zeros(span.computed)
    share[span.start_index - WEEKS_BEFORE : span.start_index] = 1 / WEEKS_BEFORE
    return share


def demand(
    p: Parameters,
    span: Horizon,
    people: Floats,
    accounts: Profile,
    flow: Timing,
    need: Floats,
    waves: Floats,
    sources: Sequence[str] = SOURCES,
    campaign: Floats | None = None,
    earlier_waves: Floats | None = None,
) -> Demand:
    """Rollout contacts by source; see Demand.

    people: [municipality, age], persons; need: [draw, municipality, age]; waves: share of a band's
    users who come to need help in each week, [age, week]; earlier_waves: the same of the weeks
    before the horizon, whose needers still come; sources: the ones that are switched on;
    campaign: factor on the official share by week, [week] (the share stays at most 1).
    Information need has its own eight weeks and no further delay; the other sources' contacts
    follow the contact kernel.
    """
    kernel = contact_kernel(p["half_life"], p["tail"])
    rate = helped_rate(p)[:, :, None]
    lever = campaign_factor(p, span, campaign)[:, None, :]

    def product(who: Floats, when: Floats) -> Product:
        return Product(who, when * rate * lever)

    parts: dict[str, tuple[Product, ...]] = {}
    if "information" in sources:
        asking = (np.arange(people.shape[1]) >= SENIOR) * people * p["info_need"][:, :, None]
        weeks = np.broadcast_to(
            information_weeks(span), (rate.shape[0], people.shape[1], span.computed)
        )
        parts["information"] = (product(asking, weeks),)
    if "activation" in sources:
        helped = p["need_assisted"][:, :, None]
        new = (accounts.new - accounts.new_assisted) * need + accounts.new_assisted * helped
        late = (accounts.late - accounts.late_assisted) * need + accounts.late_assisted * helped
        parts["activation"] = (
            product(new, spread(flow.opened_new, kernel)),
            product(late, spread(flow.opened_late, kernel)),
        )
    if "waves" in sources:
        new_stock, late_stock = flow.in_service()
        steady = spread(np.broadcast_to(waves, new_stock.shape), kernel)
        if earlier_waves is not None:
            steady = steady + carried_over(earlier_waves, kernel, span.computed)
        parts["waves"] = (
            product(accounts.existing, steady),
            product(accounts.new, spread(waves * new_stock, kernel)),
            product(accounts.late, spread(waves * late_stock, kernel)),
        )
    if "echo" in sources:
        asking_again = p["echo_need"][:, :, None]
        parts["echo"] = (
            product(accounts.new * asking_again, spread(flow.echo_new, kernel)),
            product(accounts.late * asking_again, spread(flow.echo_late, kernel)),
        )
    shape = (rate.shape[0], people.shape[0], span.computed)
    return Demand(parts, *contact_hours(p), *event_hours(p), shape)


def campaign_factor(p: Parameters, span: Horizon, campaign: Floats | None) -> Floats:
    """Factor on contacts by week, the official share capped at 1: float64 [draw, week]."""
    share = np.minimum(p["official_share"], 1.0)
    if campaign is None:
        return np.ones((share.shape[0], span.computed))
    lifted = np.minimum(share * np.maximum(campaign[None, :], 0.0), 1.0)
    return np.asarray(np.where(share > 0, lifted / np.where(share > 0, share, 1.0), 0.0))


def wave_shares(
    span: Horizon,
    waves: Sequence[tuple[int, int, float, Sequence[float]]],
    ages: int,
    earlier: int = 0,
) -> Floats:
    """Share of each band's users who come to need help, by week: float64 [age, earlier + week].

    waves: (days from the horizon's first Monday, weeks, share, age weights); a wave is spread
    evenly over its days. earlier: weeks before the horizon that stand in front.
    """
    table = np.zeros((ages, earlier + span.computed))
    edges = 7 * np.arange(-earlier, span.computed)
    for day, weeks, share, weights in waves:
        overlap = np.minimum(edges + 7, day + 7 * weeks) - np.maximum(edges, day)
        table += np.outer(np.asarray(weights) * share, np.maximum(overlap, 0) / (7 * weeks))
    return np.minimum(table, 1.0)


def topic_phases(span: Horizon, opening_weeks: int = 13) -> NDArray[np.intp]:
    """Phase of each computed week: 0 before, 1 opening, 2 settling, 3 after the target: [week]."""
    week = np.arange(span.computed)
    phase = np.full(span.computed, 2, dtype=np.intp)
    phase[week < span.start_index + opening_weeks] = 1
    phase[week > span.target_index] = 3
    phase[week < span.start_index] = 0
    return phase
