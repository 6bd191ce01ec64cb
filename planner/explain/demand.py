"""New users and visits as chains: who opens an account, who needs help, who comes for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.assumptions import Parameters
from planner.explain.chains import Chain, Column, Factor, Grid, Term, ratio
from planner.model.demand import SENIOR, Demand, Product
from planner.model.forecast import Facts, Forecast
from planner.snapshot import AGE_BANDS

Floats = NDArray[np.float64]

ADOPTION = ("reach", "existing_profile")
TIMES = ("log_ins", "log_in_rate", "log_in_shape", "season")
HELP = ("official_share", "contacts_per_helped")
LATER = ("half_life", "tail")
EFFECTS = ("effect_basic_education", "effect_foreign_language", "effect_poverty", "effect_rural")
RETURN = ("opt_out", "opt_out_weeks", "echo_delay", "echo_share", "echo_need")
USED = {
    "information": ("info_need",),
    "activation": (*ADOPTION, *TIMES, "need", "need_assisted", *EFFECTS, *LATER),
    "waves": (*ADOPTION, *TIMES, *LATER),
    "echo": (*ADOPTION, *TIMES, *RETURN, *LATER),
}


@dataclass(frozen=True, eq=False)
class Place:
    """One municipality's central path.

    needers: the demand if every needer came once (planner.model.waterfall.needers); answer, tally:
    hours of support a week now, and those counted in a tally week; None where not given. entered:
    hours of the rows entered, those with clients and those of employment, [2, week], and `before`
    the start, [2]; None where none are.
    """

    p: Parameters
    facts: Facts
    result: Forecast
    needers: Demand
    index: int
    answer: float | None = None
    tally: float | None = None
    entered: Floats | None = None
    before: Floats | None = None

    def number(self, name: str) -> float:
        """An assumption that is one number."""
        return float(self.p[name][0, 0])

    @property
    def people(self) -> Floats:
        """Adults by age: [age]."""
        return np.asarray(self.facts.people[self.index], dtype=np.float64)

    def accounts(self, name: str) -> Floats:
        """A field of the profile of accounts: [age], persons."""
        values: Floats = getattr(self.result.accounts, name)
        return np.asarray(values[0, self.index])

    def of(self, part: Product, weeks: slice) -> Floats:
        """What a product brings in the weeks: [age], persons."""
        return np.asarray(part.people[0, self.index] * part.rate[0, :, weeks].sum(axis=-1))

    def coming(self, source: str, weeks: slice) -> Floats:
        """People who need help and whose contact would fall into the weeks: [age], persons."""
        return np.asarray(sum(self.of(part, weeks) for part in self.needers.parts[source]))

    def contacts(self, source: str, weeks: slice) -> Floats:
        """Contacts in the weeks: [age], persons."""
        return np.asarray(sum(self.of(part, weeks) for part in self.result.demand.parts[source]))

    def days(self, weeks: slice) -> tuple[dt.date, dt.date]:
        """First and last Monday of the weeks."""
        span = self.result.span
        return span.day(weeks.start), span.day(weeks.stop - 1)


def new_users(place: Place) -> Chain:
    """Accounts opened by the end of the target week."""
    existing, new = place.accounts("existing"), place.accounts("new")
    columns = (
        Column("people", place.people, "persons"),
        Column("share_at_start", ratio(existing, place.people), "share", beside=True),
        Column("share_at_target", ratio(existing + new, place.people), "share", beside=True),
        Column("opened_share", ratio(new, place.people), "share", computed=True),
    )
    grid = Grid("age", AGE_BANDS, columns, "accounts", "persons")
    span = place.result.span
    return Chain(
        "new_users",
        "persons",
        (Term("opened", "persons", grid=grid),),
        *place.days(slice(span.start_index, span.target_index + 1)),
        used=ADOPTION,
        stated=("start", "target_date", "existing", "new_users"),
        facts=("people",),
    )


def visits(place: Place, weeks: slice, name: str = "visits") -> Chain:
    """Contacts in the weeks, a term a source."""
    grids = {
        "information": _information,
        "activation": _activation,
        "waves": _waves,
        "echo": _echo,
    }
    sources = [source for source in grids if source in place.result.demand.parts]
    terms = tuple(_helped(place, source, grids[source](place, weeks), weeks) for source in sources)
    used = dict.fromkeys(name for source in sources for name in USED[source])
    facts = ["people"]
    facts += ["background"] if "activation" in sources else []
    facts += ["waves"] if "waves" in sources else []
    return Chain(
        name,
        "visits",
        terms,
        *place.days(weeks),
        used=(*used, *HELP),
        stated=("start", "target_date", "existing", "new_users"),
        facts=tuple(facts),
    )


def _helped(place: Place, source: str, grid: Grid, weeks: slice) -> Term:
    """A source's contacts: needers × official share × contacts each (× what a campaign adds)."""
    official = min(place.number("official_share"), 1.0)
    factors = [
        Factor("official_share", official, "share"),
        Factor("contacts_per_helped", place.number("contacts_per_helped"), "ratio"),
    ]
    plain = Term(source, "visits", tuple(factors), grid).value
    found = float(place.contacts(source, weeks).sum())
    if abs(found - plain) > 1e-9 * max(plain, 1e-9):
        campaign = found / plain if plain else 0.0
        factors.append(Factor("campaign", campaign, "ratio", computed=True))
    return Term(source, "visits", tuple(factors), grid)


def _grid(*columns: Column, bands: tuple[str, ...] = AGE_BANDS) -> Grid:
    return Grid("age", bands, columns, "needers", "persons")


def _information(place: Place, weeks: slice) -> Grid:
    """The ages that ask: those from SENIOR on."""
    people = place.people[SENIOR:]
    need = np.full(people.size, place.number("info_need"))
    inside = ratio(place.coming("information", weeks)[SENIOR:], people * need)
    return _grid(
        Column("people", people, "persons"),
        Column("info_need", need, "share"),
        Column("inside", inside, "share", computed=True),
        bands=AGE_BANDS[SENIOR:],
    )


def _activation(place: Place, weeks: slice) -> Grid:
    """Accounts of the whole horizon; need: of this place, those opened with help among them."""
    flow = place.result.flow
    shown = slice(0, place.result.span.count)
    late = flow.opened_late[0, :, shown].sum(axis=-1)
    accounts = place.accounts("new") + late * place.accounts("late")
    new, later = place.needers.parts["activation"]
    needing = new.people[0, place.index] + late * later.people[0, place.index]
    return _grid(
        Column("accounts_in_all", accounts, "persons"),
        Column("need_here", ratio(needing, accounts), "share", computed=True),
        Column("inside", ratio(place.coming("activation", weeks), needing), "share", computed=True),
    )


def _waves(place: Place, weeks: slice) -> Grid:
    """Users on average in the weeks, and the share of them whom letters bring in these weeks."""
    new, late = (part[0, :, weeks].mean(axis=-1) for part in place.result.flow.in_service())
    users = place.accounts("existing")
    users = users + new * place.accounts("new") + late * place.accounts("late")
    return _grid(
        Column("users", users, "persons"),
        Column("by_waves", ratio(place.coming("waves", weeks), users), "share", computed=True),
    )


def _echo(place: Place, weeks: slice) -> Grid:
    flow, p = place.result.flow, place.p
    late = flow.opened_late[0, :, : place.result.span.count].sum(axis=-1)
    accounts = place.accounts("new") + late * place.accounts("late")
    out, again, need = p["opt_out"][0], p["echo_share"][0, 0], p["echo_need"][0, 0]
    same = np.ones(len(AGE_BANDS))
    coming = place.coming("echo", weeks)
    return _grid(
        Column("accounts_in_all", accounts, "persons"),
        Column("opt_out", out, "share"),
        Column("echo_share", again * same, "share"),
        Column("echo_need", need * same, "share"),
        Column("inside", ratio(coming, accounts * out * again * need), "share", computed=True),
    )


def people(place: Place, weeks: slice) -> Chain:
    """People helped in the weeks: visits ÷ visits of one person."""
    found = sum(float(place.contacts(s, weeks).sum()) for s in place.result.demand.parts)
    each = Factor("contacts_per_helped", place.number("contacts_per_helped"), "ratio", divides=True)
    term = Term("people", "persons", (Factor("visits", found, "visits"), each))
    return Chain("people", "persons", (term,), *place.days(weeks), used=("contacts_per_helped",))
