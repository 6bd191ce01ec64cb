"""Everything a user may change: the scenario, its rules, its canonical JSON, file and link."""

from planner.scenario.checks import EARLIEST_FUNDING, HOURS_IN_WEEK, check, check_municipalities
from planner.scenario.link import LONGEST_LINK, from_link, to_link
from planner.scenario.reading import from_json, read_scenario
from planner.scenario.supply import Shift, Supply
from planner.scenario.value import (
    LEVERS,
    PRESETS,
    SCHEMA,
    SOURCES,
    Answers,
    Campaign,
    Difference,
    Scenario,
    default_scenario,
    difference,
    following_target,
)

__all__ = [
    "EARLIEST_FUNDING",
    "HOURS_IN_WEEK",
    "LEVERS",
    "LONGEST_LINK",
    "PRESETS",
    "SCHEMA",
    "SOURCES",
    "Answers",
    "Campaign",
    "Difference",
    "Scenario",
    "Shift",
    "Supply",
    "check",
    "check_municipalities",
    "default_scenario",
    "difference",
    "following_target",
    "from_json",
    "from_link",
    "read_scenario",
    "to_link",
]
