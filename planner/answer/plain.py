"""An answer as plain values for JSON: codes and ISO dates, nothing rounded."""

from __future__ import annotations

from collections.abc import Mapping

from planner.answer.types import Answer, Season
from planner.assumptions import CHANNELS, TOPICS
from planner.model.demand import SOURCES
from planner.model.intervals import Band, Floats, Interval
from planner.plans.suggestion import Suggestion
from planner.snapshot import AGE_BANDS

AXES = {"source": SOURCES, "age": AGE_BANDS, "channel": CHANNELS, "topic": TOPICS}


def record(found: Answer) -> dict[str, object]:
    """Every figure of an answer, unrounded, with codes and ISO dates, ready for JSON.

    Plain names are the central path's; those that end in _p10, _p50 and _p90 are the draws'.
    """
    return {
        "municipality": found.place.code,
        "name": found.place.name_fi,
        "scenario": found.scenario.id,
        "draws": found.draws,
        "seed": found.seed,
        "from": found.mondays[found.view.start].isoformat(),
        "to": found.mondays[found.view.stop - 1].isoformat(),
        "verdict": found.verdict,
        "p_copes": float(found.p_copes[found.worst]),
        "worst_week": _day(found, found.worst),
        "estimated": found.estimated,
        "entered": found.supply is not None,
        **_central(found),
        **_drawn(found),
        "suggestion": _plan(found, found.suggestion),
        "likely_suggestion": _plan(found, found.likely),
        "one_more_session": {**vars(found.one_more), "first": _day(found, found.one_more.first)},
        "staffing": _quantiles(found.staffing),
        "assisted_accounts": found.target.assisted,
        "target_share_by_age": dict(zip(AGE_BANDS, found.target.share.tolist(), strict=True)),
        "contacts_by": {
            axis: dict(zip(codes, getattr(found.breakdown, axis).tolist(), strict=True))
            for axis, codes in AXES.items()
        },
        "seasons": [_season(season) for season in found.seasons],
        "weeks": _weeks(found),
    }


def _day(found: Answer, week: int) -> str:
    return found.mondays[week].isoformat()


def _quantiles(figures: Mapping[str, Interval]) -> dict[str, float]:
    """name_p10, name_p50 and name_p90 of each figure."""
    return {
        f"{name}_p{percent}": value
        for name, figure in figures.items()
        for percent, value in zip((10, 50, 90), vars(figure).values(), strict=True)
    }


def _central(found: Answer) -> dict[str, object]:
    """Sums and extremes of the central path over the view."""
    central, view = found.central, found.view

    def peak(series: Floats) -> int:
        return int(series[view].argmax()) + int(view.start)

    busiest, shortest = peak(central.contacts), peak(central.short)
    until = slice(0, found.span.target_index + 1)
    return {
        "new_users_by_target": float(central.new_users[until].sum()),
        "contacts": float(central.contacts[view].sum()),
        "peak_contacts": float(central.contacts[busiest]),
        "peak_week": _day(found, busiest),
        "hours": float(central.hours[view].sum()),
        "short_hours": float(central.short[view].sum()),
        "most_short_hours": float(central.short[shortest]),
        "most_short_week": _day(found, shortest),
        "gave_up_contacts": float(central.gave_up[view].sum()),
        "capacity_hours": float(central.capacity[view.start]),
        "baseline_hours": float(central.baseline[view.start]),
    }


def _drawn(found: Answer) -> dict[str, object]:
    """What headlines and figures of the page say."""
    totals = found.totals
    figures = {
        "new_users_by_target": totals.new_by_target,
        "contacts": totals.contacts,
        "hours": totals.hours,
        "short_hours": totals.short_hours,
        "gave_up_contacts": totals.gave_up,
        "peak_contacts": found.contacts.at(found.peak),
        "most_short_hours": found.short.at(found.most_short),
        "capacity_hours": found.capacity.at(found.view.start),
    }
    return {
        **_quantiles(figures),
        # where the middle draw is 0 in every week, no week is the busiest
        "peak_week_p50": _day(found, found.peak) if figures["peak_contacts"].middle else None,
        "most_short_week_p50": _day(found, found.most_short) if found.weeks_short else None,
        "weeks_short_p50": found.weeks_short,
    }


def _plan(found: Answer, plan: Suggestion) -> dict[str, object]:
    planned = plan.kind in ("sessions", "appointments")
    return {
        "kind": plan.kind,
        "sessions": plan.sessions,
        "every_weeks": plan.every,
        "first": _day(found, plan.first) if planned else None,
        "last": _day(found, plan.last) if planned else None,
        "hours_per_week": plan.hours,
    }


def _season(season: Season) -> dict[str, object]:
    figures = {
        "contacts": season.contacts,
        "new_users": season.new_users,
        "hours": season.hours,
        "needed_hours": season.needed,
        "short_hours": season.short_hours,
    }
    return {
        "first": season.first.isoformat(),
        "last": season.last.isoformat(),
        "people_low": season.people_low,
        "people_high": season.people_high,
        **_quantiles(figures),
        "capacity_hours_p50": season.capacity,
    }


def _weeks(found: Answer) -> list[dict[str, object]]:
    """The weeks of the view, as in the page's tables."""
    bands: dict[str, Band] = {
        "new_users": found.new_users,
        "contacts": found.contacts,
        "hours": found.hours,
        "needed_hours": found.needed,
        "short_hours": found.short,
    }
    return [
        {
            "week": _day(found, week),
            **_quantiles({name: band.at(week) for name, band in bands.items()}),
            "capacity_hours_p50": float(found.capacity.middle[week]),
            "absorbable_hours_p50": float(found.absorbable[week]),
            "p_copes": float(found.p_copes[week]),
        }
        for week in range(found.view.start, found.view.stop)
    ]
