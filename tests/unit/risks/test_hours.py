"""Hours that end, that are not sure, that advertising would take: present and absent."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from planner.scenario import Answers
from tests.risks import (
    DRAWS,
    ENGINE,
    KEURUU,
    PLENTY,
    SCENARIO,
    TODAY,
    find,
    kinds,
    one,
    row,
    served,
)

JUNE = dt.date(2026, 6, 1)
LAST = dt.date(2026, 5, 27)  # a Wednesday: the row gives support through that week
PROJECT = row(20, provider="project", last=LAST)


def test_a_project_that_ends_steps_down_in_the_week_after() -> None:
    risk = one(find(row(PLENTY), PROJECT), "ends")

    assert (risk.week, risk.severity) == (JUNE, "attention")
    assert risk.values["hours"] == 20
    assert risk.values["left"] == PLENTY
    assert risk.values["providers"] == ("project",)
    assert "until" not in risk.values


def test_an_end_after_which_support_does_not_cope_is_serious() -> None:
    risk = one(find(row(5), PROJECT), "ends")

    assert risk.severity == "serious"
    assert risk.values["coping_after"] < 0.8
    assert risk.values["short_after"] > 0


def test_what_another_row_replaces_is_no_end() -> None:
    goes_on = row(20, provider="service_point", first=JUNE)
    assert "ends" not in kinds(find(row(5), PROJECT, goes_on))
    assert "ends" not in kinds(find(row(5), row(20)))


def test_an_end_beyond_the_horizon_is_none() -> None:
    assert "ends" not in kinds(find(row(5), row(20, last=dt.date(2035, 1, 1))))


def test_a_pause_tells_until_when() -> None:
    again = row(20, provider="project", first=dt.date(2026, 8, 17))

    risk = one(find(row(PLENTY), PROJECT, again), "ends")

    assert (risk.week, risk.values["until"]) == (JUNE, dt.date(2026, 8, 10))


def test_a_pause_that_is_over_is_not_told_but_an_end_is() -> None:
    again = row(20, provider="project", first=dt.date(2026, 8, 17))
    later = dt.date(2026, 9, 1)

    assert "ends" not in kinds(find(row(PLENTY), PROJECT, again, today=later))
    assert one(find(row(PLENTY), PROJECT, today=later), "ends").week == JUNE


def test_several_ends_are_told_each() -> None:
    early = row(10, provider="project", last=dt.date(2026, 3, 2))
    found = find(row(PLENTY), PROJECT, early)
    assert [risk.week for risk in found if risk.kind == "ends"] == [dt.date(2026, 3, 9), JUNE]


def test_the_funding_of_the_three_answers_ends_too() -> None:
    scenario = SCENARIO.with_answers(KEURUU, Answers(10, 3, LAST))

    found = find(scenario=scenario, left_out=None)

    assert (one(found, "ends").week, one(found, "ends").values["left"]) == (JUNE, 0)


def test_coping_that_rests_on_uncertain_hours() -> None:
    unsure = row(PLENTY, provider="project", certainty="uncertain")

    risk = one(find(row(5), unsure), "uncertain")

    assert risk.severity == "serious"
    assert risk.values["providers"] == ("project",)
    assert risk.values["coping_after"] < 0.8 <= risk.values["coping_before"]


@pytest.mark.parametrize(
    "rows",
    [
        (row(PLENTY), row(10, certainty="uncertain")),  # enough without
        (row(1), row(1, certainty="uncertain")),  # too little with them
        (row(5), row(PLENTY, certainty="likely")),
    ],
)
def test_hours_that_decide_nothing_are_no_such_risk(rows: tuple[object, ...]) -> None:
    assert "uncertain" not in kinds(find(*rows))


def test_with_uncertain_hours_there_or_not_the_figures_are_the_engines() -> None:
    unsure = row(30, provider="project", certainty="uncertain")
    risk = one(find(row(10), unsure), "uncertain")
    week = ENGINE.span(SCENARIO, TODAY)
    at = ENGINE.snapshot.index(KEURUU)

    def coping(*rows: object) -> object:
        scenario = served(SCENARIO, *rows)
        # the same people come as before, whatever row is entered
        before = served(SCENARIO, row(10), unsure)
        supply = replace(dict(scenario.capacity)[KEURUU], before=40.0)
        assert dict(before.capacity)[KEURUU].before == 40
        drawn = ENGINE.place_draws(
            scenario.with_capacity({KEURUU: supply}), at, TODAY, None, DRAWS, 1
        )
        return drawn.copes.mean(axis=0)[week.index(TODAY) :]

    sure, all_of_it = coping(row(10)), coping(row(10), row(30))
    worst = int(np.argmax(np.where((all_of_it >= 0.8) & (sure < 0.8), all_of_it - sure, -1)))
    assert risk.values["coping_before"] == pytest.approx(all_of_it[worst])
    assert risk.values["coping_after"] == pytest.approx(sure[worst])


def test_advertising_that_support_cannot_take() -> None:
    risk = one(find(row(12)), "campaign")

    assert risk.severity == "attention"
    assert (risk.values["weeks"], risk.values["factor"]) == (8, 1.5)
    assert risk.values["short_after"] > risk.values["short_before"]
    assert risk.values["visits"] > 0


def test_advertising_that_support_can_take_is_a_note() -> None:
    risk = one(find(row(PLENTY)), "campaign")
    assert risk.severity == "note"
    assert risk.values["coping_after"] >= 0.8


def test_what_is_advertised_already_is_no_such_risk() -> None:
    louder = replace(SCENARIO, campaign=((dt.date(2026, 2, 2), 4, 2.0),))

    assert "campaign" not in kinds(find(row(12), scenario=louder))
    # one that is over says nothing of the weeks ahead
    assert "campaign" in kinds(find(row(12), scenario=louder, today=dt.date(2026, 4, 1)))


@pytest.mark.parametrize("hours", [12, 40])
def test_advertising_is_what_the_scenarios_campaign_does(hours: float) -> None:
    given = row(hours)
    risk = one(find(given), "campaign")
    first = risk.week or TODAY
    louder = replace(served(SCENARIO, given), campaign=((first, 8, 1.5),))
    at = ENGINE.snapshot.index(KEURUU)
    drawn = ENGINE.place_draws(louder, at, TODAY, None, DRAWS, 1)
    start = ENGINE.span(louder, TODAY).index(first)

    short = np.median(drawn.short_hours[:, start : start + 8].sum(axis=1))
    coping = drawn.copes.mean(axis=0)[start:].min()

    # visits are multiplied instead of drawn anew: the same but for chance
    assert risk.values["short_after"] == pytest.approx(short, rel=0.1, abs=1.0)
    assert risk.values["coping_after"] == pytest.approx(coping, abs=0.05)
