"""What entered capacity comes to: the answer's own figures, and the weeks in which it ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from planner.answer import Answer, StepDown, answer, effect, hours_in, record, referred
from planner.assumptions import TOPICS
from planner.errors import PlannerError
from planner.scenario import Answers, Scenario, Shift, Supply, default_scenario
from tests import worlds

ENGINE = worlds.engine()
DEFAULT = default_scenario(ENGINE.assumptions)
TODAY = worlds.TODAY
DESK = Shift(6.0)
PROJECT = Shift(20.0, last=dt.date(2026, 5, 25), contract=True)
DOUBT = Shift(9.0, first=dt.date(2026, 3, 2), certainty="uncertain")
SUPPLY = Supply((DESK, PROJECT, DOUBT), 6.0, 10.0)
ENTERED = DEFAULT.with_capacity({"249": SUPPLY})
SCENARIOS = {
    "estimate": DEFAULT,
    "answers": DEFAULT.with_answers("249", Answers(9.0, 1, dt.date(2026, 6, 30))),
    "entered": ENTERED,
    "tally": ENTERED.with_baseline("249", 3.0),
}


def ask(scenario: Scenario, code: str = "249", seen_from: dt.date | None = None) -> Answer:
    return answer(ENGINE, scenario, code, TODAY, seen_from, 50)


@pytest.mark.parametrize("seen_from", [None, dt.date(2026, 5, 4)])
@pytest.mark.parametrize("code", ["249", "295"])
@pytest.mark.parametrize("name", SCENARIOS)
def test_the_effect_is_the_answers(name: str, code: str, seen_from: dt.date | None) -> None:
    scenario = SCENARIOS[name]

    found = effect(ENGINE, scenario, code, TODAY, seen_from, 50)

    whole = ask(scenario, code, seen_from)
    assert found.verdict == whole.verdict
    assert found.short_hours == whole.totals.short_hours
    assert found.worst == whole.mondays[whole.worst]
    assert found.p_copes == whole.p_copes[whole.worst]
    assert found.capacity == pytest.approx(whole.capacity.middle[whole.view.start])
    assert found.baseline == pytest.approx(whole.baseline[whole.view.start])
    assert (found.small, found.steps_down) == (whole.small, whole.steps_down)


def test_rows_replace_estimate_and_answers() -> None:
    found = ask(ENTERED.with_answers("249", Answers(3.0, 1)))

    assert (found.supply, found.answers, found.estimated) == (SUPPLY, None, False)
    assert not found.one_person
    assert record(found)["entered"] is True
    assert record(ask(DEFAULT))["entered"] is False
    assert ask(DEFAULT).supply is None
    assert ask(ENTERED, "091").estimated


def test_the_week_in_which_rows_end_is_told() -> None:
    found = ask(ENTERED)

    # the uncertain row begins in between: hours are those entered
    assert found.steps_down == (StepDown(dt.date(2026, 6, 1), 35.0, 15.0),)
    assert found.funding_ends == dt.date(2026, 5, 31)


@pytest.mark.parametrize(
    ("shifts", "weeks"),
    [
        ((DESK,), []),
        ((DESK, replace(PROJECT, last=None)), []),
        # another row takes over
        ((PROJECT, Shift(20.0, first=dt.date(2026, 6, 1))), []),
        ((PROJECT, Shift(5.0, first=dt.date(2026, 6, 1))), [dt.date(2026, 6, 1)]),
        (
            (PROJECT, replace(DESK, last=dt.date(2026, 2, 23))),
            [dt.date(2026, 3, 2), dt.date(2026, 6, 1)],
        ),
        # beyond the weeks shown, and before them
        ((replace(DESK, last=dt.date(2035, 1, 1)),), []),
        ((replace(DESK, last=dt.date(2020, 1, 6)),), []),
    ],
)
def test_only_hours_that_nobody_takes_over_are_a_step(
    shifts: tuple[Shift, ...], weeks: list[dt.date]
) -> None:
    found = ask(DEFAULT.with_capacity({"249": Supply(shifts, 6.0)}))

    assert [step.week for step in found.steps_down] == weeks


def test_a_step_before_the_view_is_not_told() -> None:
    assert ask(ENTERED, seen_from=dt.date(2026, 6, 1)).steps_down != ()
    assert ask(ENTERED, seen_from=dt.date(2026, 6, 8)).steps_down == ()
    assert hours_in(SUPPLY, dt.date(2026, 6, 1)) == 15.0


def test_more_capacity_is_never_worse_and_leaves_what_was_before() -> None:
    found = [
        effect(ENGINE, DEFAULT.with_capacity({"249": replace(SUPPLY, shifts=(Shift(hours),))}),
               "249", TODAY, None, 50)
        for hours in (0.0, 5.0, 10.0, 40.0)
    ]  # fmt: skip

    short = [each.short_hours.middle for each in found]
    assert short == sorted(short, reverse=True)
    assert [each.p_copes for each in found] == sorted(each.p_copes for each in found)
    later = [ask(DEFAULT.with_capacity({"249": replace(SUPPLY, shifts=(Shift(hours),))}))
             for hours in (20.0, 40.0)]  # fmt: skip
    assert (later[0].baseline == later[1].baseline).all()


def test_visits_about_what_is_left_out_are_those_of_its_topic() -> None:
    found = referred(ENGINE, ENTERED, "249", TODAY)

    topics = dict(zip(TOPICS, ask(DEFAULT).breakdown.topic.tolist(), strict=True))
    assert found == pytest.approx(
        {
            "on_behalf": topics["on_behalf"],
            "identification": topics["identification"],
            "device_repair": topics["device"],
        }
    )


def test_an_unknown_municipality_is_told() -> None:
    with pytest.raises(PlannerError):
        effect(ENGINE, DEFAULT, "999", TODAY)
