"""The staffing plan as tidy frames: one source for page, spreadsheet and command line."""

from __future__ import annotations

import pandas as pd

from planner.staffing.types import Amount, Option, Staffing

WEEKLY = (
    "week",
    "needed_hours_p50",
    "needed_hours_p80",
    "capacity_hours",
    "short_hours_p50",
    "p_copes",
    "fte_short",
    "euros",
)
OPTIONS = (
    "option",
    "unit",
    "share",
    "paid_hours",
    "served_hours",
    "euros_per_hour",
    "setup_euros",
    "lead_weeks",
    "first_week",
    "last_week",
    "units",
    "hours",
    "enough",
    "p_copes",
    "short_hours_p50",
    "euros",
    "mix_units",
    "mix_hours",
    "mix_euros",
)
NONE, MIX = "none", "mix"


def weekly_frame(found: Staffing) -> pd.DataFrame:
    """A row for every week of the view: WEEKLY, week as its Monday in ISO form.

    fte_short and euros follow from short_hours_p50; see planner.staffing.ask.weekly.
    """
    weeks = found.weeks
    columns = (
        [day.isoformat() for day in weeks.mondays],
        weeks.needed_p50,
        weeks.needed_p80,
        weeks.capacity,
        weeks.short,
        weeks.p_copes,
        weeks.fte_short,
        weeks.euros,
    )
    return pd.DataFrame(dict(zip(WEEKLY, columns, strict=True)))


def options_frame(found: Staffing) -> pd.DataFrame:
    """What each option does, alone and in the mix: OPTIONS.

    A row "none" without any, a row for every option, and a row "mix" where there is one. unit:
    "week", units are there every week, or "hour", paid hours in all. share to lead_weeks: of one
    unit; first_week, last_week: Mondays; units to euros: of the option alone, or of the row; mix_…:
    its part in the cheapest mix.
    """
    unit = "hour" if found.kind == "appointments" else "week"
    rows = [{"option": NONE, "unit": unit, **_amount(found.without, _kept(found))}]
    rows += [_option(option, found, unit) for option in found.options]
    if found.mix is not None:
        days = {"first_week": _day(found.judged), "last_week": _day(found.last)}
        total = {"mix_hours": found.mix.hours, "mix_euros": found.mix.euros}
        # units of different options are no sum
        mixed = {**_amount(found.mix, True), "units": None, **total}
        rows.append({"option": MIX, "unit": unit, **days, **mixed})
    return pd.DataFrame(rows, columns=list(OPTIONS)).astype(
        {"units": "Int64", "mix_units": "Int64"}
    )


def _option(option: Option, found: Staffing, unit: str) -> dict[str, object]:
    return {
        "option": option.id,
        "unit": unit,
        "share": option.share,
        "paid_hours": option.paid_hours,
        "served_hours": option.served_hours,
        "euros_per_hour": option.euros_per_hour,
        "setup_euros": option.setup,
        "lead_weeks": option.item["lead"],
        "first_week": option.ready.isoformat(),
        "last_week": _day(found.last),
        **_amount(option.alone, option.enough),
        "mix_units": option.mix_units,
        "mix_hours": option.mix_hours,
        "mix_euros": option.mix_euros,
    }


def _amount(amount: Amount, enough: bool) -> dict[str, object]:
    return {
        "units": amount.units,
        "hours": amount.hours,
        "enough": "yes" if enough else "no",
        "p_copes": amount.p_copes,
        "short_hours_p50": amount.short_hours,
        "euros": amount.euros,
    }


def _kept(found: Staffing) -> bool:
    return found.without.p_copes >= found.level


def _day(day: object) -> str | None:
    return None if day is None else str(day)
