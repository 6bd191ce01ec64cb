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
