"""Show the sum: every chain's product is the central path's figure."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import numpy as np
import pytest

from planner.answer import Answer, answer
from planner.explain import Chain, Sums, record, sums
from planner.scenario import Answers, Scenario, Shift, Supply, default_scenario
from tests import worlds

ENGINE = worlds.engine()
DEFAULT = default_scenario(ENGINE.assumptions)
TODAY = worlds.TODAY
# Helsinki, Keuruu, Kumlinge, Kärkölä, Mariehamn and Inari
PLACES = (*worlds.PLACES, "148")
UNTIL = dt.date(2026, 6, 30)
OPEN = Shift(12.5, certainty="likely")
PROJECT = Shift(20.0, last=dt.date(2026, 5, 25), contract=True)
UNSURE = Shift(7.0, certainty="uncertain")
SCENARIOS: dict[str, Scenario] = {
    "campaign": replace(DEFAULT, campaign=((dt.date(2026, 2, 2), 6, 1.7),)),
    "crowded": replace(DEFAULT, campaign=((dt.date(2025, 12, 1), 20, 60.0),)),
    "nothing": replace(DEFAULT, sources=()),
    "information": replace(DEFAULT, sources=("information",)),
    "no echo": replace(DEFAULT, sources=("information", "activation", "waves")),
    "answers": DEFAULT.with_answers("249", Answers(12.0, 1, UNTIL)),
    "ended": DEFAULT.with_answers("249", Answers(12.0, 1, dt.date(2025, 1, 1))),
    "nothing given": DEFAULT.with_answers("249", Answers(0.0)),
    "tally": DEFAULT.with_baseline("249", 4.5),
    "rows": DEFAULT.with_capacity({"249": Supply((OPEN, PROJECT, UNSURE), 10.0, 8.0)}),
    "rows of employment": DEFAULT.with_capacity({"249": Supply((PROJECT,), 0.0, 20.0)}),
    "rows of later": DEFAULT.with_capacity({"249": Supply((replace(OPEN, first=UNTIL),), 6.0)}),
    "rows and a tally": DEFAULT.with_capacity({"249": Supply((OPEN,), 6.0)}).with_baseline(
        "249", 4.5
    ),
    "large tally": DEFAULT.with_baseline("249", 30.0),
    "nobody asks": replace(DEFAULT, overrides=(("official_share", (0.0,)),)),
    "no return": replace(DEFAULT, overrides=(("opt_out", (0.0,) * 8),)),
    "few users": replace(DEFAULT, new_users=0.0, existing=1.0),
}


def asked(scenario: Scenario, code: str, seen: dt.date | None = None) -> tuple[Answer, Sums]:
    """An answer and the sums behind it."""
    found = answer(ENGINE, scenario, code, TODAY, seen, draws=20)
    return found, sums(ENGINE, found)


def figures(found: Answer, week: int) -> dict[str, float]:
    """The central path's figures that chains explain."""
    central, view, scenario = found.central, found.view, found.scenario
    absorbable = ENGINE.forecast(scenario, TODAY, found.seen_from).capacity.absorbable
    each = float(ENGINE.parameters(scenario)["contacts_per_helped"][0, 0])
    return {
        "new_users": central.new_users[: found.span.target_index + 1].sum(),
        "visits": central.contacts[view].sum(),
        "people": central.contacts[view].sum() / each,
        "hours": central.hours[view].sum(),
        "capacity": central.capacity[view.start],
        "baseline": central.baseline[view.start],
        "week_visits": central.contacts[week],
        "needed": central.needed[week],
        "short": central.short[week],
        "absorbable": absorbable[0, ENGINE.snapshot.index(found.place.code), week],
        "short_total": central.short[view].sum(),
    }


def check(found: Answer, behind: Sums) -> None:
    """Every chain gives its figure."""
    wanted = figures(found, found.span.index(behind.week))
    assert set(behind.chains) == set(wanted)
    for name, value in wanted.items():
        assert behind.chains[name].value == pytest.approx(value, rel=1e-9, abs=1e-12), name


def factors(chain: Chain) -> set[str]:
    """Ids of all factors of a chain."""
    return {factor.id for term in chain.terms for factor in term.factors}


@pytest.mark.parametrize("code", PLACES)
def test_chains_give_the_central_paths_figures(code: str) -> None:
    found, behind = asked(DEFAULT, code)

    check(found, behind)

    # without a campaign, an answer or a lack of funds nothing else is needed to make them fit
    assert not set().union(*map(factors, behind.chains.values())) & {"campaign", "limit"}


@pytest.mark.parametrize("name", SCENARIOS)
def test_chains_follow_the_scenario(name: str) -> None:
    check(*asked(SCENARIOS[name], "249"))


@pytest.mark.parametrize("seen", [dt.date(2025, 12, 1), TODAY, dt.date(2027, 2, 1)])
def test_chains_follow_the_view(seen: dt.date) -> None:
    check(*asked(DEFAULT, "249", seen))


def test_visits_are_told_source_by_source() -> None:
    found, behind = asked(DEFAULT, "249")

    terms = {term.id: term.value for term in behind.chains["visits"].terms}

    wanted = found.central.contacts_by_source[:, found.view].sum(axis=1)
    assert list(terms) == ["information", "activation", "waves", "echo"]
    np.testing.assert_allclose(list(terms.values()), wanted)


def test_what_was_put_in_stands_in_the_chain() -> None:
    _, behind = asked(DEFAULT, "249")

    visits = {term.id: term for term in behind.chains["visits"].terms}
    assert {f.id: f.value for f in visits["echo"].factors} == {
        "official_share": 0.2,
        "contacts_per_helped": 1.5,
    }
    echo = {column.id: column for column in visits["echo"].grid.columns}
    np.testing.assert_array_equal(echo["opt_out"].values, [0.01] * 5 + [0.03, 0.06, 0.06])
    assert not echo["opt_out"].computed
    assert echo["inside"].computed
    people = behind.chains["new_users"].terms[0].grid.columns[0]
    index = ENGINE.snapshot.index("249")
    np.testing.assert_array_equal(people.values, ENGINE.facts.people[index])


def test_shares_of_what_falls_into_the_view_are_shares() -> None:
    _, behind = asked(DEFAULT, "249", TODAY)

    for term in behind.chains["visits"].terms:
        inside = [c for c in term.grid.columns if c.computed]
        assert inside
        assert all((c.values >= 0).all() and (c.values <= 1).all() for c in inside), term.id


def test_hours_split_by_channel_and_before_the_start_by_event() -> None:
    found, behind = asked(DEFAULT, "091")

    terms = {term.id: term for term in behind.chains["hours"].terms}

    sizes = {
        name: dict(zip(term.grid.rows, term.grid.columns[2].values, strict=True))
        for name, term in terms.items()
    }
    assert sizes["service"] == {"walk_in": 1.0, "booked": 1.0, "group": 8.0, "outreach": 1.0}
    assert sizes["events"]["group"] == 20.0
    visits = sum(term.grid.columns[0].values.sum() for term in terms.values())
    assert visits == pytest.approx(found.central.contacts[found.view].sum())


def test_a_campaign_is_a_factor_of_its_own() -> None:
    _, behind = asked(SCENARIOS["campaign"], "249")

    lifted = {
        factor.id: factor for term in behind.chains["week_visits"].terms for factor in term.factors
    }
    assert lifted["campaign"].value == pytest.approx(1.7)
    assert lifted["campaign"].computed


def test_answers_and_tallies_stand_in_place_of_estimates() -> None:
    _, answered = asked(SCENARIOS["answers"], "249")
    _, tallied = asked(SCENARIOS["tally"], "249")
    _, ended = asked(SCENARIOS["ended"], "249")

    assert answered.chains["capacity"].stated == ("answers",)
    assert factors(answered.chains["capacity"]) == {"answer"}
    assert factors(answered.chains["baseline"]) == {"support_before", "use"}
    assert factors(tallied.chains["baseline"]) == {"tally"}
    assert "tally" not in factors(tallied.chains["capacity"])
    # the money ran out: what is left of the answer is named
    assert factors(ended.chains["capacity"]) == {"answer", "limit"}


def test_rows_entered_stand_in_place_of_the_estimate() -> None:
    _, behind = asked(SCENARIOS["rows"], "249")

    capacity, baseline = behind.chains["capacity"], behind.chains["baseline"]
    # what is uncertain isn't there on the central path, and leave is taken off employment alone
    assert [f.value for term in capacity.terms for f in term.factors] == [12.5, 20.0, 0.75]
    assert (capacity.used, capacity.stated, capacity.facts) == (("shrinkage",), ("rows",), ())
    assert factors(baseline) == {"support_before", "contract_before", "at_work", "use"}
    _, employed = asked(SCENARIOS["rows of employment"], "249")
    assert factors(employed.chains["capacity"]) == {"contract_rows", "at_work"}
    _, plain = asked(SCENARIOS["rows and a tally"], "249")
    assert factors(plain.chains["capacity"]) == {"rows"}
    assert factors(plain.chains["baseline"]) == {"tally"}


def test_a_tally_above_the_estimate_stands_behind_the_capacity() -> None:
    found, behind = asked(SCENARIOS["large tally"], "249")

    chain = behind.chains["capacity"]
    assert (chain.value, chain.stated, factors(chain)) == (30.0, ("tally",), {"tally"})
    assert found.capacity.middle[found.view.start] == 30.0


def test_the_week_explained_is_the_pages_worst() -> None:
    found, behind = asked(DEFAULT, "249")
    assert behind.week == found.mondays[found.most_short]

    found, behind = asked(DEFAULT.with_answers("249", Answers(500.0)), "249")
    assert found.weeks_short == 0
    assert behind.week == found.mondays[int(found.central.needed.argmax())]
    assert behind.chains["short"].value == 0.0


def test_beside_each_figure_stands_what_the_page_shows() -> None:
    found, behind = asked(DEFAULT, "249")

    assert set(behind.chains) - set(behind.shown) == {"people"}
    assert behind.shown["visits"] == found.totals.contacts.middle
    assert behind.shown["short"] == found.short.middle[found.most_short]


def test_everything_used_is_an_assumption_a_setting_or_a_fact() -> None:
    for scenario in (DEFAULT, SCENARIOS["answers"], SCENARIOS["tally"]):
        _, behind = asked(scenario, "249")
        for chain in behind.chains.values():
            assert set(chain.used) <= set(ENGINE.assumptions.items), chain.id


def test_the_record_is_plain() -> None:
    _, behind = asked(DEFAULT, "316")

    plain = json.loads(json.dumps(record(behind), allow_nan=False))

    assert plain["visits"]["value"] == behind.chains["visits"].value
    echo = plain["visits"]["terms"][-1]
    assert echo["by"] == "age"
    assert sum(echo["needers"]) * 0.2 * 1.5 == pytest.approx(echo["value"])
