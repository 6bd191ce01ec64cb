"""Scenarios: identity, defaults, and every rule that keeps a computation possible."""

from __future__ import annotations

import datetime as dt
import json
import math
from dataclasses import replace

import pytest

from planner.errors import PlannerError
from planner.scenario import (
    Answers,
    Campaign,
    Scenario,
    check,
    check_municipalities,
    default_scenario,
    difference,
    following_target,
)
from tests import worlds

DATE = dt.date
ASSUMPTIONS = worlds.engine().assumptions
ADULTS = 4_300_000.0
DEFAULT = default_scenario(ASSUMPTIONS)


def fault(scenario: Scenario) -> str:
    """The code of the error a scenario raises."""
    with pytest.raises(PlannerError) as caught:
        check(scenario, ASSUMPTIONS, ADULTS)
    return caught.value.code


# --- defaults and identity ---


def test_shipped_scenario_is_the_original_plan() -> None:
    assert DEFAULT.start == DATE(2026, 1, 12)
    assert DEFAULT.target_date == DATE(2026, 12, 31)
    assert (DEFAULT.existing, DEFAULT.new_users) == (1_500_000, 2_800_000)
    assert DEFAULT.sources == ("information", "activation", "waves", "echo")
    assert DEFAULT.answers == DEFAULT.overrides == DEFAULT.campaign == ()


@pytest.mark.parametrize(
    ("start", "target"),
    [
        (DATE(2027, 1, 3), DATE(2027, 12, 22)),
        (DATE(2028, 2, 29), DATE(2029, 2, 16)),
    ],
)
def test_the_target_date_follows_the_start_by_353_days(start: dt.date, target: dt.date) -> None:
    assert default_scenario(ASSUMPTIONS, start=start).target_date == target


def test_what_is_given_replaces_the_defaults_zero_included() -> None:
    scenario = default_scenario(ASSUMPTIONS, DATE(2027, 5, 3), DATE(2027, 5, 3), 0.0, 0.0)

    assert scenario == Scenario(DATE(2027, 5, 3), DATE(2027, 5, 3), 0.0, 0.0)


def test_a_start_whose_target_date_no_calendar_holds_is_out_of_range() -> None:
    with pytest.raises(PlannerError) as caught:
        default_scenario(ASSUMPTIONS, start=DATE(9999, 12, 31))

    assert caught.value.code == "error.start_range"


def test_equal_content_gives_equal_json_and_id_whatever_its_order() -> None:
    one = replace(
        DEFAULT,
        answers=(("249", Answers(5.0, 2)), ("091", Answers(40.0, 9, DATE(2026, 6, 30)))),
        sources=("echo", "waves"),
        overrides=(("stay", (0.5,)), ("flex", (0.2,))),
    )
    other = replace(
        one, answers=one.answers[::-1], sources=("waves", "echo"), overrides=one.overrides[::-1]
    )

    assert one.to_json() == other.to_json()
    assert one.id == other.id
    assert len(one.id) == 12


def test_json_is_canonical_and_holds_every_field() -> None:
    scenario = replace(
        DEFAULT,
        new_users=2_800_000.5,
        answers=(("249", Answers(12.5, 2, DATE(2026, 6, 30))),),
        campaign=((DATE(2026, 3, 2), 4, 1.5),),
        overrides=(("stay", (0.5,)),),
    )

    text = scenario.to_json()

    assert json.loads(text) == {
        "schema": 1,
        "start": "2026-01-12",
        "target_date": "2026-12-31",
        "existing": 1_500_000,
        "new_users": 2_800_000.5,
        "answers": {"249": [12.5, 2, "2026-06-30"]},
        "sources": ["activation", "echo", "information", "waves"],
        "campaign": [["2026-03-02", 4, 1.5]],
        "overrides": {"stay": [0.5]},
    }
    assert " " not in text
    assert '"existing":1500000,' in text  # 1500000.0 and 1500000 are the same scenario


@pytest.mark.parametrize(
    "change",
    [
        {"start": DATE(2026, 1, 13)},
        {"target_date": DATE(2026, 12, 30)},
        {"existing": 1_500_000.25},
        {"new_users": 2_799_999.0},
        {"answers": (("249", Answers(1.0)),)},
        {"sources": ("waves",)},
        {"campaign": ((DATE(2026, 1, 12), 1, 2.0),)},
        {"overrides": (("stay", (0.5,)),)},
    ],
)
def test_every_change_gives_another_id(change: dict[str, object]) -> None:
    assert replace(DEFAULT, **change).id != DEFAULT.id  # type: ignore[arg-type]


def test_answers_are_set_replaced_and_taken_away() -> None:
    once = DEFAULT.with_answers("249", Answers(5.0)).with_answers("091", Answers(9.0))

    twice = once.with_answers("249", Answers(6.0, 1))

    assert dict(twice.answers) == {"091": Answers(9.0), "249": Answers(6.0, 1)}
    assert twice.with_answers("249", None).with_answers("091", None) == DEFAULT
    assert DEFAULT.answers == ()


# --- what can't be computed ---


@pytest.mark.parametrize("start", [DATE(2024, 1, 1), DATE(2028, 2, 29), DATE(2035, 12, 31)])
def test_sound_scenarios_pass(start: dt.date) -> None:
    for target in (start, start + dt.timedelta(days=1826)):
        check(default_scenario(ASSUMPTIONS, start, target), ASSUMPTIONS, ADULTS)


@pytest.mark.parametrize(
    ("start", "target", "code"),
    [
        (DATE(2023, 12, 31), DATE(2024, 12, 1), "error.start_range"),
        (DATE(2036, 1, 1), DATE(2036, 12, 1), "error.start_range"),
        (DATE(2026, 1, 12), DATE(2026, 1, 11), "error.target_before_start"),
        (DATE(2026, 1, 12), DATE(2026, 1, 12) + dt.timedelta(days=1827), "error.target_too_late"),
        (DATE(2026, 1, 12), DATE(9999, 12, 31), "error.target_too_late"),
    ],
)
def test_dates_that_make_no_rollout(start: dt.date, target: dt.date, code: str) -> None:
    assert fault(replace(DEFAULT, start=start, target_date=target)) == code


@pytest.mark.parametrize(
    ("existing", "new", "code"),
    [
        (math.nan, 0.0, "error.not_a_number"),
        (0.0, math.inf, "error.not_a_number"),
        (-math.inf, 0.0, "error.not_a_number"),
        (-1.0, 0.0, "error.existing_negative"),
        (1.0, -0.001, "error.new_users_negative"),
        (ADULTS, 0.0, "error.existing_too_large"),
        (5e6, 0.0, "error.existing_too_large"),
        (ADULTS - 1, 1.001, "error.target_too_large"),
        (0.0, ADULTS + 0.001, "error.target_too_large"),
    ],
)
def test_users_that_cannot_be(existing: float, new: float, code: str) -> None:
    assert fault(replace(DEFAULT, existing=existing, new_users=new)) == code


@pytest.mark.parametrize("existing", [0.0, 1.0, ADULTS - 1])
def test_the_largest_target_passes(existing: float) -> None:
    check(replace(DEFAULT, existing=existing, new_users=ADULTS - existing), ASSUMPTIONS, ADULTS)


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        (Answers(-0.5), "error.hours_range"),
        (Answers(100_001.0), "error.hours_range"),
        (Answers(math.nan), "error.hours_range"),
        (Answers(math.inf), "error.hours_range"),
        (Answers(1.0, -1), "error.people_range"),
        (Answers(1.0, 10_001), "error.people_range"),
        (Answers(169.0, 1), "error.hours_for_people"),
        (Answers(0.5, 0), "error.hours_for_people"),
    ],
)
def test_answers_that_cannot_be(answers: Answers, code: str) -> None:
    assert fault(DEFAULT.with_answers("249", answers)) == code


@pytest.mark.parametrize(
    "answers",
    [Answers(0.0), Answers(0.0, 0), Answers(168.0, 1), Answers(100_000.0), Answers(5.0, 10_000)],
)
def test_answers_at_the_limits_pass(answers: Answers) -> None:
    check(DEFAULT.with_answers("249", answers), ASSUMPTIONS, ADULTS)


@pytest.mark.parametrize(
    ("overrides", "code"),
    [
        ((("no_such", (1.0,)),), "error.unknown_assumption"),
        ((("stay", (0.5, 0.5)),), "error.assumption_rows"),
        ((("need", (0.1,)),), "error.assumption_rows"),
        ((("stay", (1.01,)),), "error.assumption_bounds"),
        ((("stay", (math.nan,)),), "error.assumption_bounds"),
        ((("need", (0.1,) * 7 + (1.0,)),), "error.assumption_bounds"),
    ],
)
def test_overrides_that_cannot_be(
    overrides: tuple[tuple[str, tuple[float, ...]], ...], code: str
) -> None:
    scenario = replace(DEFAULT, new_users=1000.0, overrides=overrides)

    assert fault(scenario) == code


def test_unknown_sources_are_named() -> None:
    assert fault(replace(DEFAULT, new_users=1.0, sources=("rain",))) == "error.unknown_source"


@pytest.mark.parametrize("factor", [math.nan, math.inf, -1.0])
def test_a_campaign_factor_that_is_no_number_is_refused(factor: float) -> None:
    with pytest.raises(PlannerError):
        check(
            replace(DEFAULT, new_users=1.0, campaign=((DATE(2026, 2, 2), 4, factor),)),
            ASSUMPTIONS,
            ADULTS,
        )


@pytest.mark.parametrize(
    ("campaign", "code"),
    [
        (((DATE(2026, 2, 2), 0, 2.0),), "error.campaign_range"),
        (((DATE(2026, 2, 2), 261, 2.0),), "error.campaign_range"),
        (((DATE(2026, 2, 2), 1, 100.1),), "error.campaign_range"),
        (((DATE(1999, 2, 2), 1, 2.0),), "error.campaign_date"),
        (((DATE(2099, 2, 2), 1, 2.0),), "error.campaign_date"),
        (((DATE(2026, 2, 9), 2, 2.0), (DATE(2026, 2, 2), 2, 3.0)), "error.campaign_overlap"),
        (
            tuple((DATE(2026, 1, 5) + dt.timedelta(weeks=n), 1, 2.0) for n in range(21)),
            "error.campaign_many",
        ),
    ],
)
def test_campaigns_that_cannot_be(campaign: tuple[Campaign, ...], code: str) -> None:
    assert fault(replace(DEFAULT, campaign=campaign)) == code


def test_campaigns_that_follow_each_other_pass() -> None:
    campaign = ((DATE(2026, 2, 2), 2, 2.0), (DATE(2026, 2, 16), 260, 0.0))

    check(replace(DEFAULT, campaign=campaign), ASSUMPTIONS, ADULTS)


@pytest.mark.parametrize(
    ("baselines", "code"),
    [
        ((("249", -0.1),), "error.hours_range"),
        ((("249", math.nan),), "error.hours_range"),
        ((("249", 100_000.5),), "error.hours_range"),
        ((("Keuruu", 1.0),), "error.municipality_code"),
    ],
)
def test_baselines_that_cannot_be(baselines: tuple[tuple[str, float], ...], code: str) -> None:
    assert fault(replace(DEFAULT, baselines=baselines)) == code


@pytest.mark.parametrize(
    ("reasons", "code"),
    [
        ((("rain", "it falls"),), "error.reason_key"),
        ((("need", "x" * 201),), "error.reason_long"),
        ((("need", "two\nlines"),), "error.reason_signs"),
        ((("need", " padded"),), "error.reason_signs"),
        ((("start", "half a pair \ud800"),), "error.reason_signs"),
    ],
)
def test_reasons_that_cannot_be(reasons: tuple[tuple[str, str], ...], code: str) -> None:
    assert fault(replace(DEFAULT, reasons=reasons)) == code


def test_more_than_a_link_can_carry_is_refused() -> None:
    answers = tuple((f"{n:03}", Answers(n / 7 + 0.1, 9, DATE(2026, 6, 30))) for n in range(999))

    assert fault(replace(DEFAULT, answers=answers)) == "error.scenario_long"


def test_codes_that_stand_for_no_municipality_are_named() -> None:
    for scenario in (DEFAULT.with_answers("999", Answers(1.0)), DEFAULT.with_baseline("999", 1.0)):
        with pytest.raises(PlannerError) as caught:
            check_municipalities(scenario, ("249", "091"))
        assert caught.value.values == {"value": "999"}
    check_municipalities(DEFAULT.with_answers("249", Answers(1.0)), ("249", "091"))


# --- changes and differences ---


def test_an_override_is_set_replaced_and_taken_away_with_its_reason() -> None:
    once = DEFAULT.with_override("stay", [0.5]).with_reason("stay", "asked at the desk")

    twice = once.with_override("stay", (0.6,))

    assert twice.overrides == (("stay", (0.6,)),)
    assert twice.reasons == (("stay", "asked at the desk"),)
    assert twice.with_override("stay", None) == DEFAULT
    assert twice.without_reasons().reasons == ()


def test_a_baseline_is_set_and_taken_away() -> None:
    tallied = DEFAULT.with_baseline("249", 12.5)

    assert tallied.baselines == (("249", 12.5),)
    assert json.loads(tallied.to_json())["baselines"] == {"249": 12.5}
    assert tallied.with_baseline("249", None) == DEFAULT


def test_equal_scenarios_are_equal_values() -> None:
    one = Scenario(
        DATE(2026, 1, 12), DATE(2026, 12, 31), 0, 5, campaign=((DATE(2026, 3, 4), 2, 2),)
    )
    other = Scenario(
        DATE(2026, 1, 12), DATE(2026, 12, 31), -0.0, 5.0, campaign=((DATE(2026, 3, 2), 2, 2.0),)
    )

    assert one == other
    assert hash(one) == hash(other)
    assert one.campaign == ((DATE(2026, 3, 2), 2, 2.0),)  # the Monday of its week


def test_what_differs_is_named_with_both_values() -> None:
    after = replace(
        DEFAULT.with_override("stay", (0.5,)).with_answers("249", Answers(3.0)),
        start=DATE(2026, 3, 2),
        sources=("waves",),
        reasons=(("start", "the law came later"),),
    )

    found = difference(DEFAULT, after)

    assert [(each.lever, each.key) for each in found] == [
        ("start", ""),
        ("sources", ""),
        ("answers", "249"),
        ("overrides", "stay"),
    ]
    assert (found[0].before, found[0].after) == (DATE(2026, 1, 12), DATE(2026, 3, 2))
    assert (found[3].before, found[3].after) == (None, (0.5,))
    assert [each.reason_key for each in found] == ["start", "sources", "answers", "stay"]
    assert difference(after, replace(after, reasons=())) == ()


def test_the_target_date_follows_another_scenario_by_its_own_days() -> None:
    long = replace(DEFAULT, target_date=DATE(2027, 1, 12))

    assert following_target(ASSUMPTIONS, DATE(2026, 2, 1), like=long) == DATE(2027, 2, 1)
