"""What the tests of risks share: services as they are entered, and what is found in them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from planner.records import CapacityRow, ServiceScope
from planner.risks import Risk, risks
from planner.scenario import Scenario, default_scenario
from planner.services import Held, as_supply, service_before
from tests import worlds

ENGINE = worlds.engine()
SCENARIO = default_scenario(ENGINE.assumptions)
TODAY = dt.date(2026, 1, 5)  # a week before the start: everything lies ahead
DRAWS = 100
HELSINKI, KEURUU, HAILUOTO, INARI = "091", "249", "072", "148"
MARIEHAMN, KUMLINGE, UTSJOKI, SODANKYLA = "478", "295", "890", "758"
PLENTY = 500.0  # hours a week with which every week copes


def row(hours: float = 40.0, **changes: Any) -> CapacityRow:
    """A sound row of Keuruu's service: several paid people in the library."""
    given = {"provider": "library", "place": "", "people": 5, **changes}
    return CapacityRow(given.pop("code", KEURUU), hours=hours, **given)


def held(*rows: CapacityRow, left_out: tuple[str, ...] | None = ()) -> Held:
    """What the store would hold; left_out None: nobody has said what the service leaves out."""
    scope = None if left_out is None else ServiceScope(left_out)
    return Held(rows, (), None, None, scope, None)


def served(scenario: Scenario, *rows: CapacityRow) -> Scenario:
    """The scenario as pages have it, with the rows of one municipality."""
    supply = as_supply(rows, service_before(rows, scenario.start))
    return scenario.with_capacity({rows[0].municipality: supply})


def find(
    *rows: CapacityRow,
    code: str = KEURUU,
    left_out: tuple[str, ...] | None = (),
    scenario: Scenario = SCENARIO,
    today: dt.date = TODAY,
    **more: Any,
) -> tuple[Risk, ...]:
    """What is found in a service of these rows; none: nobody has entered any."""
    given = held(*rows, left_out=left_out) if rows or left_out else None
    code = rows[0].municipality if rows else code
    return risks(ENGINE, scenario, code, given, today, draws=DRAWS, **more)


def one(found: tuple[Risk, ...], kind: str) -> Risk:
    """The only risk of a kind."""
    (risk,) = (risk for risk in found if risk.kind == kind)
    return risk


def kinds(found: tuple[Risk, ...]) -> set[str]:
    """The kinds found."""
    return {risk.kind for risk in found}
