"""What must hold of the risks of any service."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.records import CERTAINTIES, LANGUAGES, PROVIDERS, CapacityRow
from planner.risks import KINDS, SEVERITIES, Risk
from planner.risks.reach import far_from
from planner.services import as_supply, service_before
from tests.risks import ENGINE, HELSINKI, INARI, KEURUU, KUMLINGE, SCENARIO, TODAY, risks
from tests.risks import held as held_

MONDAYS = st.integers(-20, 80).map(lambda week: dt.date(2026, 1, 5) + dt.timedelta(weeks=week))
FEW = 30  # draws
HOURS = st.floats(0, 60).map(lambda hours: round(hours, 1))


@st.composite
def services(draw: st.DrawFn, code: str = KEURUU) -> tuple[CapacityRow, ...]:
    """Up to four rows of a municipality, of any kind."""

    def one() -> CapacityRow:
        days = sorted(draw(st.lists(MONDAYS, min_size=2, max_size=2)))
        first, last = (day if draw(st.booleans()) else None for day in days)
        paid = draw(st.booleans())
        return CapacityRow(
            code,
            draw(st.sampled_from(PROVIDERS)),
            draw(st.sampled_from(("", "Haapamäen kirjasto", "Kunnantalo"))),
            draw(HOURS),
            first,
            last,
            draw(st.sampled_from((None, 0, 1, 2, 5))),
            paid,
            tuple(draw(st.sets(st.sampled_from(LANGUAGES), min_size=1))),
            contract=paid and draw(st.booleans()),
            certainty=draw(st.sampled_from(CERTAINTIES)),
            estimated=draw(st.booleans()),
        )

    return tuple(one() for _ in range(draw(st.integers(1, 4))))


def found(rows: tuple[CapacityRow, ...], before: tuple[CapacityRow, ...]) -> tuple[Risk, ...]:
    """The risks of rows, the service before the start being that of other rows."""
    reference = service_before(before, SCENARIO.start)
    given = replace(held_(*rows, left_out=("identification",)), before=reference)
    return risks(ENGINE, SCENARIO, rows[0].municipality, given, TODAY, draws=FEW)


@settings(max_examples=30)
@given(st.sampled_from((KEURUU, HELSINKI, INARI, KUMLINGE)).flatmap(services))
def test_any_service_can_be_checked(rows: tuple[CapacityRow, ...]) -> None:
    for risk in found(rows, rows):
        assert risk.kind in KINDS
        assert risk.severity in SEVERITIES
        assert risk.week is None or risk.week.weekday() == 0
        for name, value in risk.values.items():
            if name.startswith(("coping", "share")):
                assert 0 <= value <= 1
            elif isinstance(value, float):
                assert 0 <= value < float("inf")


@settings(max_examples=30)
@given(services(), HOURS, st.integers(0, 3))
def test_more_capacity_never_adds_an_end(
    rows: tuple[CapacityRow, ...], more: float, which: int
) -> None:
    """Neither another row that goes on nor more hours in one that does."""
    going_on = CapacityRow(KEURUU, "service_point", "Kunnantalo", more, people=3)
    raised = tuple(
        replace(row, hours=row.hours + more)
        if at == which and row.first is None and row.last is None
        else row
        for at, row in enumerate(rows)
    )
    before = {risk.week: risk for risk in found(rows, rows) if risk.kind == "ends"}

    for after in (found((*rows, going_on), rows), found(raised, rows)):
        ends = {risk.week: risk for risk in after if risk.kind == "ends"}
        assert ends.keys() <= before.keys()
        for week, risk in ends.items():
            # what was enough without the hours is enough with them
            worse = SEVERITIES.index(risk.severity) < SEVERITIES.index(before[week].severity)
            assert not worse
            assert risk.values["short_after"] <= before[week].values["short_after"] + 1e-3


@settings(max_examples=30)
@given(services(), st.integers(0, 3))
def test_another_language_takes_no_risk_but_its_own_away(
    rows: tuple[CapacityRow, ...], which: int
) -> None:
    spoken = tuple(
        replace(row, languages=LANGUAGES) if at == which else row for at, row in enumerate(rows)
    )
    plain, more = found(rows, rows), found(spoken, rows)

    def other(risks_: tuple[Risk, ...]) -> list[Risk]:
        return [risk for risk in risks_ if risk.kind not in ("language", "sami")]

    assert other(plain) == other(more)
    assert sum(r.kind == "language" for r in more) <= sum(r.kind == "language" for r in plain)


@given(
    st.sampled_from(range(len(ENGINE.snapshot.codes))),
    st.floats(1, 200),
    st.floats(0, 100),
    st.booleans(),
)
@settings(max_examples=60)
def test_a_longer_distance_leaves_fewer_people_far(
    index: int, km: float, more: float, everywhere: bool
) -> None:
    code = ENGINE.snapshot.codes[index]
    own = [library.id for library in ENGINE.snapshot.libraries if library.municipality == code]
    points = frozenset(own if everywhere else own[:1])

    near, residents = far_from(ENGINE, code, points, km)
    far, _ = far_from(ENGINE, code, points, km + more)
    every, _ = far_from(ENGINE, code, frozenset(own), km)

    assert {village.postal_code for village in far} <= {village.postal_code for village in near}
    # another point of support takes nobody's away
    assert {village.postal_code for village in every} <= {village.postal_code for village in near}
    assert sum(village.people for village in near) <= residents + 1e-6


def test_rows_and_reference_make_the_supply() -> None:
    """The helper's `before` is what the model sees, or the tests above would prove little."""
    rows = (CapacityRow(KEURUU, "library", "", 10.0, people=2),)
    assert as_supply(rows, service_before(rows, SCENARIO.start)).before == pytest.approx(10)
