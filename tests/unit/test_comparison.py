"""The few figures that two scenarios are compared by."""

from __future__ import annotations

import numpy as np
import pytest

from planner.answer import answer
from planner.comparison import COUNTS, FIGURES, Change, Figure, changes, headlines
from planner.errors import PlannerError
from planner.overview import overview
from planner.scenario import Scenario, default_scenario
from tests import worlds

ENGINE = worlds.engine()
DEFAULT = default_scenario(ENGINE.assumptions)
DRAWS = 30
BEFORE = headlines(ENGINE, DEFAULT, worlds.TODAY, None, "249", DRAWS)


def after(scenario: Scenario) -> dict[str, Change]:
    """The country's figures of the default and of another scenario."""
    other = headlines(ENGINE, scenario, worlds.TODAY, None, "249", DRAWS)
    return {each.name: each for each in changes(BEFORE.country, other.country)}


def test_the_figures_are_those_of_the_country_page() -> None:
    found = overview(ENGINE, DEFAULT, worlds.TODAY, None, DRAWS)
    result = ENGINE.forecast(DEFAULT, worlds.TODAY)
    view = result.span.view(None)

    assert tuple(BEFORE.country) == (*FIGURES, *COUNTS)
    assert BEFORE.country["contacts"].value == pytest.approx(result.contacts[0, :, view].sum())
    counts = [BEFORE.country[name].value for name in COUNTS]
    assert dict(zip(COUNTS, counts, strict=True)) == {
        "places_ready": found.ready,
        "places_tight": found.tight,
        "places_short": found.short,
    }
    assert sum(counts) == 308
    assert BEFORE.country["new_users"].value == pytest.approx(2_800_000)


def test_a_municipality_has_its_figures_and_verdict() -> None:
    result = ENGINE.forecast(DEFAULT, worlds.TODAY)
    keuruu = ENGINE.snapshot.index("249")

    assert tuple(BEFORE.place) == FIGURES
    assert BEFORE.place["hours"].value == pytest.approx(
        result.hours[0, keuruu, result.span.view(None)].sum()
    )
    assert BEFORE.verdict in ("ready", "tight", "short")
    nowhere = headlines(ENGINE, DEFAULT, worlds.TODAY, None, None, DRAWS)
    assert (nowhere.place, nowhere.verdict) == ({}, None)
    with pytest.raises(PlannerError):
        headlines(ENGINE, DEFAULT, worlds.TODAY, None, "999", DRAWS)


def test_ranges_are_those_of_summed_draws() -> None:
    drawn = ENGINE.ensemble(DEFAULT, worlds.TODAY, draws=DRAWS)
    sums = drawn.totals["contacts"].sum(axis=1, dtype=np.float64)

    found = BEFORE.country["contacts"]

    told = (found.low, found.middle, found.high)
    assert told == pytest.approx(tuple(np.quantile(sums, (0.1, 0.5, 0.9))))
    assert BEFORE.country["new_users"].middle is None


def test_medians_are_those_of_the_other_pages() -> None:
    country = overview(ENGINE, DEFAULT, worlds.TODAY, None, DRAWS)
    place = answer(ENGINE, DEFAULT, "249", worlds.TODAY, None, DRAWS)

    for name in ("contacts", "hours", "short_hours"):
        assert BEFORE.country[name].middle == pytest.approx(getattr(country, name).middle)
        assert BEFORE.place[name].middle == pytest.approx(getattr(place.totals, name).middle)


def test_twice_the_official_share_is_twice_the_visits() -> None:
    found = after(DEFAULT.with_override("official_share", (0.4,)))

    assert found["contacts"].share == pytest.approx(1.0)
    assert found["hours"].share == pytest.approx(1.0)
    assert found["new_users"].difference == pytest.approx(0.0, abs=1e-6)
    assert found["places_short"].difference > 0


@pytest.mark.parametrize(
    ("name", "figure"),
    [("shrinkage", "contract"), ("fte_hours", "person_years"), ("cost", "euros")],
)
def test_staff_figures_follow_their_assumptions_alone(name: str, figure: str) -> None:
    item = ENGINE.assumptions.items[name]

    found = after(DEFAULT.with_override(name, item.high))

    moved = {each.name for each in found.values() if each.difference and each.name not in COUNTS}
    assert moved == {figure}


def test_reasons_change_no_figure() -> None:
    told = headlines(ENGINE, DEFAULT.with_reason("need", "why"), worlds.TODAY, None, "249", DRAWS)

    assert told == BEFORE


def test_a_share_of_nothing_is_none() -> None:
    assert Change("contacts", Figure(0.0), Figure(3.0)).share is None


def test_the_central_values_alone_are_the_same_without_ranges_and_verdicts() -> None:
    quick = headlines(ENGINE, DEFAULT, worlds.TODAY, None, "249", None)

    assert tuple(quick.country) == tuple(quick.place) == FIGURES
    assert quick.verdict is None
    for name in FIGURES:
        assert quick.country[name] == Figure(BEFORE.country[name].value)
        assert quick.place[name] == Figure(BEFORE.place[name].value)
