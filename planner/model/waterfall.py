"""From the support given already to the hours needed in one week, one changed factor at a time.

A chain of totals, each the model's own product with one factor more at its real value; what a step
adds is the difference of two totals, so the steps sum to the hours needed. In order, for
municipality m and week w:

baseline     support given before the rollout, which goes on
people       + adults[m] · the country's needers per adult, an average week of the view, as if all
             turned to official support once and were helped for half an hour
age          the country's ages → the municipality's ages
background   the country's need → the need that the municipality's background makes
timing       an average week of the view → week w
official     everybody turns to official support → the official share (and campaign)
contacts     one contact → contacts per helped person
minutes      half an hour → the time of each channel, shared by those who come to a group
preparation  without → with preparation
utilisation  all desk time spent on people → the share of it that keeps queues short

Over all municipalities the steps of age and background sum to zero: the first by construction, the
second because background moves need between places without changing it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from planner.assumptions import Parameters
from planner.model.demand import Demand, campaign_factor, demand
from planner.model.forecast import Facts, Forecast, Settings

Floats = NDArray[np.float64]

STEPS = (
    "baseline",
    "people",
    "age",
    "background",
    "timing",
    "official",
    "contacts",
    "minutes",
    "preparation",
    "utilisation",
)
STANDARD_HOURS = 0.5  # the contact that every real one is compared with


def needers(
    p: Parameters, facts: Facts, settings: Settings, result: Forecast, need: Floats
) -> Demand:
    """The forecast's demand as if every needer turned to official support, once, and no campaign.

    Its contacts are people who need help, in the week in which their contact would come. p: one
    draw; need: [draw, municipality, age].
    """
    once = {
        **p,
        "official_share": np.ones_like(p["official_share"]),
        "contacts_per_helped": np.ones_like(p["contacts_per_helped"]),
    }
    return demand(
        once,
        result.span,
        facts.people,
        result.accounts,
        result.flow,
        need,
        settings.waves,
        settings.sources,
        None,
        settings.earlier_waves,
    )


def waterfall(
    p: Parameters, facts: Facts, settings: Settings, result: Forecast, week: int, view: slice
) -> Floats:
    """What each of STEPS adds to the hours needed in `week`: float64 [municipality, step], hours.

    p: the central path's one draw, from which `result` was made; view: the weeks whose average the
    step `timing` starts from.
    """
    everywhere = np.broadcast_to(p["need"][:, None, :], result.need.shape)
    averages = _by_source(needers(p, facts, settings, result, everywhere), view)
    found = needers(p, facts, settings, result, result.need)
    spread, now = _by_source(found, view), _by_source(found, slice(week, week + 1))
    adults = facts.people.sum(axis=1)
    average = _all(averages)
    baseline = result.capacity.baseline[0, :, week]
    share = float(p["official_share"][0, 0])
    official = min(share, 1.0) * campaign_factor(p, result.span, settings.campaign)[0, week]
    visits = float(p["contacts_per_helped"][0, 0])
    ready = 1 + float(p["preparation"][0, 0])
    margin = 1 / float(p["utilisation"][0, 0]) - 1
    hours = _weighted(found, now, 0) * official * visits
    desk = _weighted(found, now, 1) * official * visits
    people = _all(now)
    totals = [
        np.zeros_like(baseline),
        baseline,
        baseline + STANDARD_HOURS * adults * average.sum() / adults.sum(),
        baseline + STANDARD_HOURS * average,
        baseline + STANDARD_HOURS * _all(spread),
        baseline + STANDARD_HOURS * people,
        baseline + STANDARD_HOURS * people * official,
        baseline + STANDARD_HOURS * people * official * visits,
        baseline + hours / ready,
        baseline + hours,
        baseline + hours + desk * margin,
    ]
    return np.diff(np.stack(totals, axis=-1), axis=-1)


def _by_source(found: Demand, weeks: slice) -> dict[str, Floats]:
    """Needers of an average week by source: [municipality, age] each."""
    return {
        source: np.asarray(
            sum(part.people[0] * part.rate[0, :, weeks].mean(axis=-1) for part in parts)
        )
        for source, parts in found.parts.items()
    }


def _all(tables: Mapping[str, Floats]) -> Floats:
    """The sum over sources and ages: [municipality]; zeros where every source is off."""
    return np.asarray(sum((table.sum(axis=-1) for table in tables.values()), np.zeros(())))


def _weighted(found: Demand, tables: Mapping[str, Floats], which: int) -> Floats:
    """Staff hours of one contact each (`which` 0), or the desk's part of them (1)."""
    hours = (table @ found.hours_of(source)[which][0] for source, table in tables.items())
    return np.asarray(sum(hours, np.zeros(())))
