"""What has been entered on the pages counts on the command line too."""

from __future__ import annotations

from planner import services
from planner.scenario import Scenario
from planner.store import is_there, open_store


def with_services(scenario: Scenario) -> Scenario:
    """The scenario with what the store holds of municipalities' services, if there is a store."""
    if not is_there():
        return scenario
    with open_store() as store:
        return scenario.with_capacity(services.supplies(store, scenario.start))


def held_of(code: str) -> services.Held | None:
    """What the store holds of a municipality's service, if there is a store."""
    if not is_there():
        return None
    with open_store() as store:
        return services.held(store, code)
