"""What missing hours mean in people, hours, euros and dates, and what to do about them.

Joins the engine's draws with the plans: the weeks of the view, the options of data/options.toml
side by side, the cheapest mix that keeps the level asked for, and what more sessions buy.
"""

from planner.staffing.ask import staffing
from planner.staffing.menu import Figure, Menu, MenuItem, check_options, load_menu
from planner.staffing.tables import MIX, NONE, OPTIONS, WEEKLY, options_frame, weekly_frame
from planner.staffing.types import (
    KINDS,
    LEAST_LEVEL,
    LEVEL,
    MOST_LEVEL,
    Amount,
    MoreSessions,
    Option,
    Staffing,
    Weeks,
)

__all__ = [
    "KINDS",
    "LEAST_LEVEL",
    "LEVEL",
    "MIX",
    "MOST_LEVEL",
    "NONE",
    "OPTIONS",
    "WEEKLY",
    "Amount",
    "Figure",
    "Menu",
    "MenuItem",
    "MoreSessions",
    "Option",
    "Staffing",
    "Weeks",
    "check_options",
    "load_menu",
    "options_frame",
    "staffing",
    "weekly_frame",
]
