"""All checks together: odd municipalities, order, what is unknown, whose figures."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import numpy as np
import pytest

from planner.errors import PlannerError
from planner.model.worlds import supplied
from planner.risks import COLUMNS, KINDS, SEVERITIES, Risk, applicable, frame, risks
from planner.risks.plan import phases, plan_of
from tests.risks import (
    DRAWS,
    ENGINE,
    HAILUOTO,
    HELSINKI,
    INARI,
    KEURUU,
    KUMLINGE,
    MARIEHAMN,
    SCENARIO,
    SODANKYLA,
    TODAY,
    UTSJOKI,
    find,
    held,
    kinds,
    one,
    row,
    served,
)

ODD = (HELSINKI, KEURUU, HAILUOTO, INARI, MARIEHAMN, KUMLINGE, UTSJOKI, SODANKYLA)
ODD += ("766", "445", "304", "316")


@pytest.mark.parametrize("code", ODD)
def test_an_estimate_is_asked_about_instead_of_warned_of(code: str) -> None:
    found = find(code=code, left_out=None)

    unknown = {risk.kind for risk in found if risk.severity == "unknown"}
    assert all(risk.severity in SEVERITIES and risk.kind in KINDS for risk in found)
    assert kinds(found) - unknown <= {"far", "campaign", "islands"}
    if code in (KUMLINGE, "766"):
        assert unknown == {"no_support"}
    else:
        assert {"ends", "one_person", "identification"} <= unknown


@pytest.mark.parametrize("code", ODD)
@pytest.mark.parametrize("today", [dt.date(2025, 11, 3), dt.date(2028, 6, 1)])
def test_odd_places_and_days_give_plain_values(code: str, today: dt.date) -> None:
    rows = row(3, code=code, people=1), row(1, code=code, provider="association", paid=False)

    for risk in find(*rows, today=today, left_out=("identification",)):
        for name, value in risk.values.items():
            assert isinstance(value, (str, int, float, dt.date, tuple)), name
            assert not isinstance(value, float) or np.isfinite(value), name
            assert type(value).__module__ != "numpy", name
        assert risk.week is None or risk.week.weekday() == 0


def test_the_worst_comes_first_and_each_kind_once() -> None:
    found = find(row(4, code=HELSINKI, people=1), left_out=("identification",))

    assert [risk.rank for risk in found] == sorted(risk.rank for risk in found)
    assert len(found) == len(kinds(found))
    assert found[0].severity == "serious"


def test_a_sound_service_has_no_risks() -> None:
    found = find(row(500, contract=True), distance_km=100)
    assert [(risk.kind, risk.severity) for risk in found] == [("campaign", "note")]


def test_the_figures_are_those_of_the_rows_checked() -> None:
    rows = row(6, people=1)
    with_rows = served(SCENARIO, rows)
    others = served(SCENARIO, row(300))

    assert find(rows) == find(rows, scenario=with_rows) == find(rows, scenario=others)
    nobody = risks(ENGINE, others, KEURUU, None, TODAY, draws=DRAWS)
    assert nobody == find(left_out=None)


def test_rows_give_together_what_the_engine_counts() -> None:
    rows = (
        row(10, certainty="uncertain"),
        row(20, contract=True, certainty="likely", last=dt.date(2026, 5, 25)),
        row(5, first=dt.date(2026, 3, 2)),
    )
    scenario = served(SCENARIO, *rows)
    plan = plan_of(ENGINE, scenario, KEURUU, rows, None, TODAY, None, DRAWS, 1)
    everywhere = slice(0, plan.span.computed)

    total = sum(
        np.outer(plan.net[at], plan.gives(each, everywhere)) for at, each in enumerate(rows)
    )

    world = ENGINE.worlds(scenario, TODAY, None, DRAWS, 1)
    counted = supplied(world, np.array([plan.index])).hours[0].T
    assert total == pytest.approx(counted, abs=1e-4)
    nothing = plan.without(rows, everywhere)
    assert nothing.capacity == pytest.approx(0, abs=1e-4)


def test_phases_cover_the_weeks_ahead_without_gap() -> None:
    rows = (row(1, last=dt.date(2026, 5, 25)), row(2, first=dt.date(2026, 5, 4)), row(3))
    span = ENGINE.span(SCENARIO, TODAY)

    found = phases(rows, span, slice(9, span.count))

    assert [phase.first for phase in found] == [9, *(phase.stop for phase in found[:-1])]
    assert found[-1].stop == span.count
    assert [len(phase.rows) for phase in found] == [2, 3, 2]


def test_the_view_decides_which_weeks_are_told() -> None:
    ending = row(20, provider="project", last=dt.date(2026, 3, 2))
    later = find(row(500), ending, seen_from=dt.date(2026, 6, 1))
    assert "ends" not in kinds(later)
    assert "ends" in kinds(find(row(500), ending))


@pytest.mark.parametrize("km", [0.0, -1.0, 5000.0, float("nan")])
def test_a_distance_out_of_bounds_is_refused(km: float) -> None:
    with pytest.raises(PlannerError) as caught:
        find(row(), distance_km=km)
    assert caught.value.code == "error.risks.distance"


def test_what_cannot_happen_in_a_place_is_not_checked() -> None:
    place = {place.code: place for place in ENGINE.snapshot.municipalities}
    assert set(KINDS) - set(applicable(place[KEURUU])) == {"language", "sami", "islands"}
    assert "language" in applicable(place[HELSINKI])
    assert "sami" in applicable(place[INARI])
    assert "islands" in applicable(place[HAILUOTO])


def test_the_frame_has_every_value() -> None:
    pause = (
        row(2, code=INARI, last=dt.date(2026, 5, 25)),
        row(2, code=INARI, first=dt.date(2026, 8, 3)),
    )
    found = find(row(4, code=INARI, people=1, certainty="uncertain"), *pause)
    found += find(row(3, code=HELSINKI, people=1), left_out=("identification",))

    table = frame(INARI, found)

    assert list(table.columns) == list(COLUMNS)
    assert {name for risk in found for name in risk.values} <= set(COLUMNS)
    assert {"uncertain", "ends", "sami", "far", "campaign", "language"} <= set(table["kind"])
    assert len(table) == len(found)
    far = table[table["kind"] == "far"].iloc[0]
    assert far["villages"].split()
    assert far["people"] == one(found, "far").values["people"]


def test_a_held_service_without_rows_is_an_estimate() -> None:
    given = held(left_out=("identification",))
    found = risks(ENGINE, SCENARIO, KEURUU, given, TODAY, draws=DRAWS)
    assert one(found, "identification").severity == "attention"
    assert one(found, "one_person").severity == "unknown"


def test_ranks_follow_severity_kind_and_week() -> None:
    early, late = dt.date(2026, 3, 2), dt.date(2026, 6, 1)
    ordered = [
        Risk("ends", "serious", early),
        Risk("ends", "serious", late),
        Risk("far", "serious"),
        Risk("ends", "attention", early),
    ]
    ranks = [risk.rank for risk in ordered]
    assert all(better < worse for better, worse in pairwise(ranks))
