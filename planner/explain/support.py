"""Staff hours, today's support and what is missing, as chains."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from planner.assumptions import CHANNELS
from planner.explain.chains import Chain, Column, Factor, Grid, Term, fitted
from planner.explain.demand import Place
from planner.model import splits
from planner.model.demand import DESK_CHANNELS
from planner.model.entered import CENTRAL, CERTAINTY
from planner.model.forecast import Settings
from planner.model.gap import ROUNDING

Floats = NDArray[np.float64]

MINUTES = ("minutes_individual", "group_minutes", "outreach_minutes", "preparation")
SHARES = tuple(f"channel_{channel}" for channel in CHANNELS)
ESTIMATE = ("desk_share", "association_hours")


def hours(place: Place, weeks: slice) -> Chain:
    """Rollout staff hours in the weeks."""
    terms, sizes = _rollout(place, weeks, margin=False)
    used = (*SHARES, *MINUTES, *sizes)
    return Chain("hours", "hours", terms, *place.days(weeks), used=used)


def needed(place: Place, week: int) -> Chain:
    """All hours needed in a week: baseline and rollout, the desk's with the utilisation."""
    before = baseline(place, week)
    terms, sizes = _rollout(place, slice(week, week + 1), margin=True)
    return Chain(
        "needed",
        "hours",
        (*before.terms, *terms),
        *place.days(slice(week, week + 1)),
        used=(*before.used, *SHARES, *MINUTES, *sizes, "utilisation"),
        facts=before.facts,
    )


def _rollout(place: Place, weeks: slice, margin: bool) -> tuple[tuple[Term, ...], tuple[str, ...]]:
    """Rollout hours by channel: after the start in groups, before it at information events."""
    terms, sizes = [], []
    for kind, size in (("service", "group_size"), ("events", "event_size")):
        sources = [s for s in place.needers.parts if (s == "information") == (kind == "events")]
        ages = sum((place.contacts(s, weeks) for s in sources), np.zeros(len(place.people)))
        if ages.any():
            terms.append(_by_channel(place, kind, size, ages, margin))
            sizes.append(size)
    return tuple(terms), tuple(sizes)


def _by_channel(place: Place, kind: str, size: str, ages: Floats, margin: bool) -> Term:
    """Visits of ages [age] by channel × minutes ÷ people in a group (÷ utilisation), in hours."""
    minutes = {
        "walk_in": place.number("minutes_individual"),
        "booked": place.number("minutes_individual"),
        "group": place.number("group_minutes"),
        "outreach": place.number("outreach_minutes"),
    }
    persons = [place.number(size) if channel == "group" else 1.0 for channel in CHANNELS]
    columns = [
        Column("visits", splits.by_channel(place.p, ages[:, None])[:, 0], "persons"),
        Column("minutes", np.array([minutes[channel] for channel in CHANNELS]), "minutes"),
        Column("participants", np.array(persons), "persons", divides=True),
    ]
    if margin:
        use = place.number("utilisation")
        busy = [use if channel in DESK_CHANNELS else 1.0 for channel in CHANNELS]
        columns.append(Column("utilisation", np.array(busy), "share", divides=True))
    ready = Factor("with_preparation", 1 + place.number("preparation"), "ratio")
    factors = (ready, Factor("to_hours", 60.0, "minutes", divides=True))
    grid = Grid("channel", CHANNELS, tuple(columns), "staff_minutes", "minutes")
    return Term(kind, "hours", factors, grid)


def capacity(place: Place, week: int) -> Chain:
    """Hours of support that can be given in a week: as entered row by row, as answered, estimated,
    or at least tallied."""
    value = float(place.result.capacity.hours[0, place.index, week])
    days = place.days(slice(week, week + 1))
    if place.entered is not None:
        given = place.entered[:, week]
        terms = _rows(place, given, "rows", "contract_rows")
        return Chain("capacity", "hours", terms, *days, used=_leave(given), stated=("rows",))
    if place.answer is not None:
        term = fitted("answer", "hours", (Factor("answer", place.answer, "hours"),), value)
        return Chain("capacity", "hours", (term,), *days, stated=("answers",))
    if place.tally == value:
        term = Term("tally", "hours", (Factor("tally", value, "hours"),))
        return Chain("capacity", "hours", (term,), *days, stated=("tally",))
    library = (
        Factor("staffed_hours", float(place.result.staffed[place.index, week]), "hours"),
        Factor("desk_share", place.number("desk_share"), "share"),
    )
    guidance = (
        Factor("guidance_places", float(place.facts.places[place.index]), "places"),
        Factor("association_hours", place.number("association_hours"), "hours"),
    )
    return Chain(
        "capacity",
        "hours",
        (Term("library", "hours", library), Term("associations", "hours", guidance)),
        *days,
        used=ESTIMATE,
        facts=("staffed_hours", "guidance_places"),
    )


def entered(stated: Settings, index: int) -> tuple[Floats | None, Floats | None]:
    """Hours of a municipality's rows that count on the central path, [2, week], and of its service
    before the start, [2]; None, None where no rows are entered. See planner.model.entered."""
    found = stated.entered
    if found is None or index not in found.places:
        return None, None
    row = int(np.flatnonzero(found.places == index)[0])
    counted = np.array(CERTAINTY) > CENTRAL
    return np.asarray(found.hours[row, counted].sum(axis=0)), found.before[row]


def _rows(place: Place, hours: Floats, open_id: str, contract_id: str) -> tuple[Term, ...]:
    """Entered hours, [2]: those with clients as they are, those of employment without leave."""
    with_clients = Term(open_id, "hours", (Factor(open_id, float(hours[0]), "hours"),))
    if not hours[1]:
        return (with_clients,)
    at_work = Factor("at_work", 1 - place.number("shrinkage"), "share")
    contract = (Factor(contract_id, float(hours[1]), "hours"), at_work)
    terms = (with_clients, Term(contract_id, "hours", contract))
    return terms if hours[0] else terms[1:]


def _leave(hours: Floats) -> tuple[str, ...]:
    return ("shrinkage",) if hours[1] else ()


def _entered_before(
    place: Place, before: Floats, value: float, days: tuple[dt.date, dt.date]
) -> Chain:
    """The share of the entered service before the start that is in use already."""
    use = Factor("use", place.number("use"), "share")
    terms = tuple(
        replace(term, factors=(*term.factors, use))
        for term in _rows(place, before, "support_before", "contract_before")
    )
    given = sum(term.value for term in terms)
    if abs(given - value) > 1e-9 * max(abs(value), 1.0):  # before the start no more than there is
        limit = Factor("limit", value / given if given else 0.0, "share", computed=True)
        terms = tuple(replace(term, factors=(*term.factors, limit)) for term in terms)
    used = ("use", *_leave(before))
    return Chain("baseline", "hours", terms, *days, used=used, stated=("rows",))


def baseline(place: Place, week: int) -> Chain:
    """Hours a week of support given before the rollout, which goes on."""
    value = float(place.result.capacity.baseline[0, place.index, week])
    days = place.days(slice(week, week + 1))
    if place.tally is not None:
        term = fitted("tally", "hours", (Factor("tally", place.tally, "hours"),), value)
        return Chain("baseline", "hours", (term,), *days, stated=("tally",))
    if place.before is not None:
        return _entered_before(place, place.before, value, days)
    given = float(place.result.capacity.hours[0, place.index, week])
    before = given if place.answer is None else place.answer
    factors = (
        Factor("support_before", before, "hours"),
        Factor("use", place.number("use"), "share"),
    )
    term = fitted("baseline", "hours", factors, value)
    return Chain("baseline", "hours", (term,), *days, used=("use",))


def absorbable(place: Place, week: int) -> Chain:
    """Staffed library hours that could be turned to support in a week."""
    factors = (
        Factor("staffed_hours", float(place.result.staffed[place.index, week]), "hours"),
        Factor("flex", place.number("flex"), "share"),
    )
    return Chain(
        "absorbable",
        "hours",
        (Term("absorbable", "hours", factors),),
        *place.days(slice(week, week + 1)),
        used=("flex",),
        facts=("staffed_hours",),
    )


def short(place: Place, week: int) -> Chain:
    """Hours missing in a week: needed − capacity, nothing where there are enough."""
    value = float(place.result.needed[0, place.index, week])
    need = Term("needed", "hours", (Factor("needed", value, "hours"),))
    given = capacity(place, week)
    return Chain(
        "short",
        "hours",
        (need, *(replace(term, taken=True) for term in given.terms)),
        *place.days(slice(week, week + 1)),
        used=given.used,
        stated=given.stated,
        facts=given.facts,
        floored=True,
    )


def short_total(place: Place, weeks: slice) -> Chain:
    """Hours missing over the weeks: weeks in which any are, times their average."""
    missing = place.result.short_hours[0, place.index, weeks]
    count = int((missing > ROUNDING).sum())
    average = float(missing.sum()) / count if count else 0.0
    factors = (
        Factor("weeks_short", float(count), "weeks", computed=True),
        Factor("average_short", average, "hours", computed=True),
    )
    term = Term("short_total", "hours", factors)
    return Chain("short_total", "hours", (term,), *place.days(weeks))
