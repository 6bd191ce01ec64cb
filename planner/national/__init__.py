"""The national view: where help is needed most, where limited help should go, where hubs should be.

Joins the engine's draws with the plans: sums over areas and classes, a budget of extra hours under
three rules, hubs, and neighbours that could share. Figures are those of the same draws everywhere.
"""

from planner.national.aggregates import Aggregates, aggregates
from planner.national.allocation import Allocation, allocate, allocations
from planner.national.groups import ALAND, CLASS_LEVELS, LEVELS, SIZES, class_groups, group
from planner.national.hubs import HubPlan, full_time_hours, plan_hubs, travel_minutes
from planner.national.sharing import Shared, sharing
from planner.national.tables import (
    ALLOCATED,
    HUBBED,
    allocation_frame,
    comparison_frame,
    hub_frame,
    place_frame,
)
from planner.national.travel_table import read_travel
from planner.plans.allocation import RULES

__all__ = [
    "ALAND",
    "ALLOCATED",
    "CLASS_LEVELS",
    "HUBBED",
    "LEVELS",
    "RULES",
    "SIZES",
    "Aggregates",
    "Allocation",
    "HubPlan",
    "Shared",
    "aggregates",
    "allocate",
    "allocation_frame",
    "allocations",
    "class_groups",
    "comparison_frame",
    "full_time_hours",
    "group",
    "hub_frame",
    "place_frame",
    "plan_hubs",
    "read_travel",
    "sharing",
    "travel_minutes",
]
