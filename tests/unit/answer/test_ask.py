"""One municipality's answer: every figure a page shows, and how they hang together."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from planner.answer import Answer, answer
from planner.engine import PAGE_DRAWS
from planner.errors import PlannerError
from planner.model.gap import VERDICTS
from planner.model.worlds import PlaceDraws
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
    draws: int = PAGE_DRAWS,
    today: dt.date = TODAY,
    **changes: object,
) -> Answer:
    scenario = replace(DEFAULT, **changes)  # type: ignore[arg-type]
    return answer(ENGINE, scenario.with_answers(code, given), code, today, seen_from, draws)


def drawn(code: str = "249", seen_from: dt.date | None = None) -> PlaceDraws:
    """The draws behind the default answer."""
    return ENGINE.place_draws(DEFAULT, ENGINE.snapshot.index(code), TODAY, seen_from)


def quantiles(draws: np.ndarray) -> list[float]:
    """P10, P50 and P90 of sums, [draw]."""
    return [float(value) for value in np.quantile(draws.astype(np.float64), [0.1, 0.5, 0.9])]


def test_the_central_path_is_the_forecasts_and_extremes_speak_of_the_view() -> None:
    found = ask(seen_from=DATE(2026, 3, 4))

    index = ENGINE.snapshot.index("249")
    result = ENGINE.forecast(DEFAULT, TODAY, DATE(2026, 3, 4))
    np.testing.assert_array_equal(found.central.contacts, result.contacts[0, index])
    np.testing.assert_array_equal(found.central.capacity, result.capacity.hours[0, index])
    assert found.mondays[found.view.start] == DATE(2026, 3, 2)
    assert found.peak >= 15
    assert found.contacts.middle[found.peak] == found.contacts.middle[15:].max()
    assert found.short.middle[found.most_short] == found.short.middle[15:].max()
    assert found.p_copes[found.worst] == found.p_copes[15:].min()
    weeks = len(found.mondays)
    assert weeks == found.central.contacts.size == found.needed.low.size == found.p_copes.size


# --- the draws ---


def test_bands_are_the_quantiles_of_the_draws() -> None:
    found, draws = ask(), drawn()

    for name in ("new_users", "contacts", "hours", "needed", "capacity"):
        band = getattr(found, name)
        expected = np.quantile(getattr(draws, name), [0.1, 0.5, 0.9], axis=0)
        np.testing.assert_allclose([band.low, band.middle, band.high], expected, rtol=1e-4)
    np.testing.assert_allclose(found.p_copes, draws.copes.mean(axis=0), rtol=1e-6)
    assert (found.draws, found.seed) == (200, 1)


@pytest.mark.parametrize("seen_from", [None, DATE(2026, 3, 4)])
def test_totals_are_quantiles_of_summed_draws(seen_from: dt.date | None) -> None:
    found, draws = ask(seen_from=seen_from), drawn(seen_from=seen_from)

    first = found.view.start
    for name in ("contacts", "hours", "short_hours"):
        figure = getattr(found.totals, name)
        expected = quantiles(getattr(draws, name)[:, first:].sum(axis=1, dtype=np.float64))
        assert list(vars(figure).values()) == pytest.approx(expected)
    until = found.span.target_index + 1
    users = quantiles(draws.new_users[:, :until].sum(axis=1, dtype=np.float64))
    assert list(vars(found.totals.new_by_target).values()) == pytest.approx(users)


def test_the_central_path_lies_within_the_interval() -> None:
    found = ask()

    for name in ("contacts", "hours", "short_hours"):
        series = found.central.short if name == "short_hours" else getattr(found.central, name)
        figure = getattr(found.totals, name)
        assert figure.low < series[found.view].sum() < figure.high
        assert figure.low < figure.middle < figure.high


def test_more_draws_tell_nearly_the_same() -> None:
    few, many = ask("091"), ask("091", draws=1000)

    assert many.draws == 1000
    for one, other in zip(
        vars(few.totals.contacts).values(), vars(many.totals.contacts).values(), strict=True
    ):
        assert one == pytest.approx(other, rel=0.15)
    assert few.p_copes[few.view].min() == pytest.approx(many.p_copes[many.view].min(), abs=0.08)


def test_another_seed_draws_other_worlds() -> None:
    one = ask()
    other = answer(ENGINE, DEFAULT, "249", TODAY, None, PAGE_DRAWS, seed=2)

    assert other.seed == 2
    assert other.totals.contacts != one.totals.contacts
    np.testing.assert_array_equal(other.central.contacts, one.central.contacts)


@pytest.mark.parametrize("draws", [0, 1, 10_001])
def test_too_few_or_too_many_draws_are_refused(draws: int) -> None:
    with pytest.raises(PlannerError) as caught:
        ask(draws=draws)
    assert caught.value.code == "error.draws_range"


@pytest.mark.parametrize("seen_from", [None, LATE])
def test_page_and_map_give_the_same_verdict(seen_from: dt.date | None) -> None:
    many = ENGINE.ensemble(DEFAULT, TODAY, seen_from, PAGE_DRAWS)
    verdicts = ENGINE.verdicts(many, many.span.view(seen_from))
    for code in ENGINE.snapshot.codes[::9]:
        index = ENGINE.snapshot.index(code)

        found = ask(code, seen_from=seen_from)

        assert found.verdict == VERDICTS[verdicts[index]], code
        np.testing.assert_array_equal(found.p_copes, many.p_copes[index])
        np.testing.assert_allclose(
            found.totals.contacts.middle, np.median(many.totals["contacts"][:, index])
        )


def test_the_verdict_rests_on_the_share_of_draws_that_cope() -> None:
    # 6 hours a week carry Keuruu on the central path, but not in eight worlds of ten
    found = ask(given=Answers(12.0))

    assert found.verdict == ("ready" if found.p_copes[found.view].min() >= 0.8 else "tight")
    enough, little = ask(given=Answers(60.0)), ask(given=Answers(1.0))
    assert enough.p_copes[enough.view].min() >= 0.8
    assert enough.verdict == "ready"
    assert little.p_copes[little.view].min() < 0.8
    assert little.verdict != "ready"


def test_by_name_and_by_code_the_answer_is_the_same() -> None:
    by_name = answer(ENGINE, DEFAULT.with_answers("249", Answers(5.0)), "keuruu", TODAY)

    assert by_name.place.code == "249"
    assert by_name.answers == Answers(5.0)
    assert not by_name.estimated
    with pytest.raises(PlannerError):
        answer(ENGINE, DEFAULT, "Entenhausen", TODAY)


def test_visits_by_cause_add_up_week_by_week() -> None:
    central = ask().central

    np.testing.assert_allclose(central.contacts_by_source.sum(axis=0), central.contacts)
    np.testing.assert_allclose(
        central.short, np.maximum(central.needed - central.capacity, 0), atol=1e-9
    )


@pytest.mark.parametrize("seen_from", [None, DATE(2026, 5, 4)])
def test_every_breakdown_comes_to_the_same_contacts(seen_from: dt.date | None) -> None:
    found = ask("091", seen_from=seen_from)

    total = found.central.contacts[found.view].sum()
    for part in ("source", "age", "channel", "topic"):
        assert getattr(found.breakdown, part).sum() == pytest.approx(total), part


def test_small_places_are_those_with_a_peak_below_five() -> None:
    small, large = ask("295"), ask("091")

    assert small.central.contacts.max() < 5
    assert small.small
    assert not large.small


# --- the three answers ---


def test_estimates_and_answers() -> None:
    estimate, given = ask(), ask(given=Answers(20.0, 1))

    assert estimate.estimated
    assert not estimate.one_person
    assert not given.estimated
    assert given.one_person
    assert (given.capacity.low == 20.0).all()
    assert (given.capacity.high == 20.0).all()
    assert (estimate.capacity.low < estimate.capacity.high).all()
    assert not ask(given=Answers(20.0, 2)).one_person


def test_plenty_of_hours_make_ready_and_ask_for_nothing() -> None:
    found = ask(given=Answers(100.0, 3))

    assert (found.verdict, found.suggestion.kind) == ("ready", "none")
    assert found.weeks_short == 0
    assert found.short_spans == ()
    assert found.totals.gave_up.middle == 0
    assert found.one_more.short_after <= found.one_more.short_before < 1
    assert not found.no_support


def test_no_hours_at_all_are_short_or_tight_and_said_so() -> None:
    found = ask(given=Answers(0.0))

    assert found.no_support
    assert found.verdict in ("tight", "short")
    assert found.suggestion.kind == "sessions"
    assert found.totals.gave_up.low > 0
    assert found.weeks_short > 0


def test_funding_that_ends_is_a_step_in_its_week() -> None:
    found = ask(given=Answers(20.0, 2, DATE(2026, 6, 30)))

    step = found.mondays.index(DATE(2026, 6, 29))
    assert found.funding_ends == DATE(2026, 6, 30)
    assert (found.capacity.middle[: step + 1] == 20).all()
    assert not found.capacity.high[step + 1 :].any()
    assert (found.central.short[step + 1 :] >= 0.65 * 20).all()
    assert (found.short.low[step + 1 :] >= 0.45 * 20).all()
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
    assert (found.capacity.low == 20).all()


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
    users = found.central.new_users[: found.span.target_index + 1].sum()
    assert users == pytest.approx(result.accounts.new[0, index].sum())


def test_without_new_users_only_information_and_waves_remain() -> None:
    found = ask(new_users=0.0)

    assert found.totals.new_by_target.high == 0
    information, activation, waves, echo = found.breakdown.source
    assert activation == echo == 0
    assert information > 0
    assert waves > 0


# --- in staff and money ---


def test_staffing_covers_the_hours_short() -> None:
    found = ask("091")

    staff = found.staffing
    assert staff["worked"] == found.totals.short_hours
    assert staff["contract"].middle == pytest.approx(staff["worked"].middle / 0.75, rel=0.05)
    assert staff["person_years"].middle == pytest.approx(staff["worked"].middle / 1500, rel=0.05)
    assert staff["euros"].middle == pytest.approx(staff["worked"].middle * 40, rel=0.08)


@pytest.mark.parametrize(
    ("assumption", "value", "figure"),
    [
        ("shrinkage", 0.5, "contract"),
        ("fte_hours", 1000.0, "person_years"),
        ("cost", 80.0, "euros"),
    ],
)
def test_assumptions_of_cost_change_the_answer(assumption: str, value: float, figure: str) -> None:
    usual = ask().staffing[figure]

    changed = ask(overrides=((assumption, (value,)),)).staffing[figure]

    assert changed.middle > 1.2 * usual.middle


def test_who_does_not_wait_gives_up() -> None:
    nobody_waits = ask(overrides=(("stay", (0.0,)),))
    few_wait = ask(overrides=(("stay", (0.001,)),))

    assert nobody_waits.totals.gave_up.middle > 10
    assert nobody_waits.totals.gave_up.middle == pytest.approx(
        few_wait.totals.gave_up.middle, rel=0.02
    )
