"""Sessions a library can publish: what is asked, the plan, and the two stages behind it."""

from planner.sessions.ask import plan_sessions
from planner.sessions.busy import read_busy
from planner.sessions.help import explained
from planner.sessions.types import (
    KINDS,
    Change,
    Request,
    Session,
    SessionPlan,
    Venue,
    Village,
)

__all__ = [
    "KINDS",
    "Change",
    "Request",
    "Session",
    "SessionPlan",
    "Venue",
    "Village",
    "explained",
    "plan_sessions",
    "read_busy",
]
