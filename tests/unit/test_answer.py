"""One municipality's answer: every figure a page shows, and how they hang together."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from planner.answer import Answer, answer
from planner.errors import PlannerError
from planner.scenario import Answers, default_scenario
from tests import worlds

DATE = dt.date
ENGINE = worlds.engine()
DEFAULT = default_scenario(ENGINE.assumptions)
TODAY = worlds.TODAY
LATE = DATE(2026, 11, 24)


def ask(
    code: str = "249",
    given: Answers | None = None,
    seen_from: dt.date | None = None,
    **changes: object,
) -> Answer:
    scenario = replace(DEFAULT, **changes)  # type: ignore[arg-type]
    return answer(ENGINE, scenario.with_answers(code, given), code, TODAY, seen_from)


def test_series_are_the_forecasts_and_sums_speak_of_the_view() -> None:
    found = ask(seen_from=DATE(2026, 3, 4))

    index = ENGINE.snapshot.index("249")
    result = ENGINE.forecast(DEFAULT, TODAY, DATE(2026, 3, 4))
    np.testing.assert_array_equal(found.contacts, result.contacts[0, index])
    np.testing.assert_array_equal(found.capacity, result.capacity.hours[0, index])
    assert found.mondays[found.view.start] == DATE(2026, 3, 2)
    assert found.total(found.contacts) == pytest.approx(found.contacts[15:].sum())
    assert found.peak >= 15
    assert found.contacts[found.peak] == found.contacts[15:].max()
    assert found.short[found.most_short] == found.short[15:].max()
    assert len(found.mondays) == found.contacts.size == found.needed.size == found.backlog.size


def test_by_name_and_by_code_the_answer_is_the_same() -> None:
    by_name = answer(ENGINE, DEFAULT.with_answers("249", Answers(5.0)), "keuruu", TODAY)

    assert by_name.place.code == "249"
    assert by_name.answers == Answers(5.0)
    assert not by_name.estimated
    with pytest.raises(PlannerError):
        answer(ENGINE, DEFAULT, "Entenhausen", TODAY)


def test_needed_hours_are_baseline_and_sources() -> None:
    found = ask()

    np.testing.assert_allclose(found.baseline + found.hours_by_source.sum(axis=0), found.needed)
    np.testing.assert_allclose(found.short, np.maximum(found.needed - found.capacity, 0), atol=1e-9)


@pytest.mark.parametrize("seen_from", [None, DATE(2026, 5, 4)])
def test_every_breakdown_comes_to_the_same_contacts(seen_from: dt.date | None) -> None:
    found = ask("091", seen_from=seen_from)

    total = found.total(found.contacts)
    for part in ("source", "age", "channel", "topic"):
        assert getattr(found.breakdown, part).sum() == pytest.approx(total), part


def test_seasons_cut_the_view_without_gap_or_overlap() -> None:
    found = ask()

    assert sum(season.contacts for season in found.seasons) == pytest.approx(found.contacts.sum())
    assert sum(season.hours for season in found.seasons) == pytest.approx(found.hours.sum())
    assert found.seasons[0].first == found.mondays[0]
    assert found.seasons[-1].last == found.mondays[-1] + dt.timedelta(days=6)
    for one, following in zip(found.seasons, found.seasons[1:], strict=False):
        assert following.first == one.last + dt.timedelta(days=1)
    turns = [season.last for season in found.seasons[:-1]]
    assert turns == [DATE(2025, 12, 28), DATE(2026, 6, 28), DATE(2027, 1, 3)]


def test_seasons_speak_in_whole_people_thirty_per_cent_around() -> None:
    for season in ask("295").seasons:
        people = season.contacts / 1.5  # one and a half visits each
        assert season.people_low == int(people * 0.7)
        assert season.people_high >= people * 1.3 > season.people_high - 1
        assert season.needed >= season.rollout_needed >= season.hours > 0


def test_small_places_are_those_with_a_peak_below_five() -> None:
    small, large = ask("295"), ask("091")

    assert small.contacts.max() < 5
    assert small.small
    assert not large.small


# --- the three answers ---


def test_estimates_and_answers() -> None:
    estimate, given = ask(), ask(given=Answers(20.0, 1))

    assert estimate.estimated
    assert not estimate.one_person
    assert not given.estimated
    assert given.one_person
    assert (given.capacity == 20.0).all()
    assert not ask(given=Answers(20.0, 2)).one_person


def test_plenty_of_hours_make_ready_and_ask_for_nothing() -> None:
    found = ask(given=Answers(100.0, 3))

    assert (found.verdict, found.suggestion.kind) == ("ready", "none")
    assert found.weeks_short == 0
    assert found.short_spans == ()
    assert found.gave_up == 0
    assert not found.no_support


def test_no_hours_at_all_are_short_or_tight_and_said_so() -> None:
    found = ask(given=Answers(0.0))

    assert found.no_support
    assert found.verdict in ("tight", "short")
    assert found.suggestion.kind == "sessions"
    assert found.gave_up > 0
    assert found.weeks_short > 0


def test_funding_that_ends_is_a_step_in_its_week() -> None:
    found = ask(given=Answers(20.0, 2, DATE(2026, 6, 30)))

    step = found.mondays.index(DATE(2026, 6, 29))
    assert found.funding_ends == DATE(2026, 6, 30)
    assert (found.capacity[: step + 1] == 20).all()
    assert not found.capacity[step + 1 :].any()
    assert (found.short[step + 1 :] >= 0.65 * 20).all()
    assert found.verdict != "ready"


@pytest.mark.parametrize("until", [DATE(2024, 1, 1), DATE(2025, 12, 1), DATE(2026, 1, 12)])
def test_funding_that_ended_long_ago_still_gives_an_answer(until: dt.date) -> None:
    found = ask(given=Answers(20.0, 2, until))

    assert found.funding_ends == until
    assert found.verdict != "ready"
    assert found.short_spans[-1].last == found.mondays[-1]
    assert found.suggestion.kind == "sessions"


def test_funding_beyond_the_horizon_does_not_end() -> None:
    found = ask(given=Answers(20.0, 2, DATE(2035, 1, 1)))

    assert found.funding_ends is None
    assert (found.capacity == 20).all()


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("249", Answers(3.0, 1)),
        ("181", None),  # Jämijärvi, where a single week parts two runs
    ],
)
def test_short_spans_are_the_runs_of_short_weeks(code: str, given: Answers | None) -> None:
    found = ask(code, given)

    weeks = [found.mondays[week] for week in np.flatnonzero(found.short > 0.05)]
    covered = [
        span.first + dt.timedelta(weeks=week)
        for span in found.short_spans
        for week in range((span.last - span.first).days // 7 + 1)
    ]
    assert covered == weeks
    assert found.weeks_short == len(weeks) > 0
    assert sum(span.total for span in found.short_spans) == pytest.approx(
        found.short[found.short > 0.05].sum()
    )
    assert max(span.most for span in found.short_spans) == found.short.max()


# --- the target ---


def test_target_check_by_hand_from_the_accounts() -> None:
    found = ask()

    result = ENGINE.forecast(DEFAULT, TODAY)
    index = ENGINE.snapshot.index("249")
    users = (result.accounts.existing + result.accounts.new)[0, index]
    np.testing.assert_allclose(found.target.share, users / ENGINE.snapshot.people[index])
    np.testing.assert_allclose(found.target.share[5:], [0.92, 0.73, 0.40], atol=0.01)
    np.testing.assert_allclose(found.target.reach[5:], [0.90, 0.68, 0.35])
    assert found.target.assisted > 0
    assert found.new_by_target == pytest.approx(result.accounts.new[0, index].sum())


def test_without_new_users_only_information_and_waves_remain() -> None:
    found = ask(new_users=0.0)

    assert found.new_by_target == 0
    information, activation, waves, echo = found.breakdown.source
    assert activation == echo == 0
    assert information > 0
    assert waves > 0


# --- the verdict and the suggestion fit together ---


@pytest.mark.parametrize("seen_from", [None, LATE])
def test_ready_places_get_no_suggestion_and_the_others_get_one(seen_from: dt.date | None) -> None:
    for code in ENGINE.snapshot.codes[::7]:
        found = ask(code, seen_from=seen_from)

        assert (found.verdict == "ready") == (found.suggestion.kind == "none"), code


def test_late_in_the_year_a_suggestion_is_of_the_size_of_the_weeks_to_come() -> None:
    """Kerava, seen from late November, misses a few hours in the spring of 2027."""
    found = ask("245", seen_from=LATE)

    rest = slice(found.suggestion.first, found.suggestion.last + 1)
    held = found.suggestion.hours * (found.suggestion.last - found.suggestion.first + 1)
    assert held <= 2 * found.hours[rest].sum()
