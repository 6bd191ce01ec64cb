"""Municipalities' services: what gives support today, estimated or entered, and kept in the store.

What has been entered for a municipality replaces its estimate and its three answers as a whole.
"""

from planner.services.estimate import estimated_rows
from planner.services.held import Held, held, supplies
from planner.services.supply import as_supply, service_before

__all__ = [
    "Held",
    "as_supply",
    "estimated_rows",
    "held",
    "service_before",
    "supplies",
]
