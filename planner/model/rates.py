"""What one person of an age brings in a week: the part of the model that all places share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.assumptions import Parameters
from planner.model import adoption
from planner.model.demand import SENIOR, campaign_factor, helped_rate, information_weeks
from planner.model.forecast import Settings
from planner.model.kernels import carried_over, contact_kernel, spread
from planner.model.weeks import Horizon

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Rates:
    """What one person of an age brings in a week: float64 [draw, age, week] each.

    users: accounts opened; information: contacts before the start; plain: other contacts whatever
    the place; by_need: contacts of one person times the place's probability of needing help.
    """

    users: Floats
    information: Floats
    plain: Floats
    by_need: Floats


def rates(
    p: Parameters,
    span: Horizon,
    people: Floats,
    settings: Settings,
    kernel: Floats | None = None,
) -> Rates:
    """Rates of the country's ages, the same in every municipality; see Rates.

    Accounts follow age alone, so the country's age bands, [1, age], stand for every place. What
    passes through the contact kernel (`kernel` [draw, lag], where given) is added up first and
    spread once.
    """
    national = people.sum(axis=0, keepdims=True)
    flow, by_target = adoption.timing(p, span, "echo" in settings.sources)
    accounts = adoption.profile(national, p, settings.existing, settings.new_users, by_target)
    share = {
        name: value[:, 0, :, None] / national[0, :, None] for name, value in vars(accounts).items()
    }
    users = share["new"] * flow.opened_new + share["late"] * flow.opened_late
    needers, by_need = np.zeros_like(users), np.zeros_like(users)
    if "activation" in settings.sources:
        alone = share["new"] - share["new_assisted"], share["late"] - share["late_assisted"]
        by_need = alone[0] * flow.opened_new + alone[1] * flow.opened_late
        assisted = (
            share["new_assisted"] * flow.opened_new + share["late_assisted"] * flow.opened_late
        )
        needers += p["need_assisted"][:, :, None] * assisted
    if "waves" in settings.sources:
        new, late = flow.in_service()
        needers += settings.waves * (share["existing"] + share["new"] * new + share["late"] * late)
    if "echo" in settings.sources:
        again = share["new"] * flow.echo_new + share["late"] * flow.echo_late
        needers += p["echo_need"][:, :, None] * again
    delay = contact_kernel(p["half_life"], p["tail"]) if kernel is None else kernel
    later = spread(np.concatenate([needers, by_need], axis=1), delay)
    plain, by_need = np.split(later, 2, axis=1)
    if "waves" in settings.sources and settings.earlier_waves is not None:
        before = carried_over(settings.earlier_waves, delay, span.computed)
        plain = plain + share["existing"] * before
    lever = helped_rate(p)[:, :, None] * campaign_factor(p, span, settings.campaign)[:, None, :]
    return Rates(
        users, information(p, span, people, settings) * lever, plain * lever, by_need * lever
    )


def information(p: Parameters, span: Horizon, people: Floats, settings: Settings) -> Floats:
    """People of an age who ask before the start, per person: float64 [draw, age, week]."""
    if "information" not in settings.sources:
        return np.zeros((p["info_need"].shape[0], people.shape[1], span.computed))
    asking = (np.arange(people.shape[1]) >= SENIOR) * p["info_need"]
    return np.asarray(asking[:, :, None] * information_weeks(span))
