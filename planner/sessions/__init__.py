"""Sessions a library can publish: what is asked, the plan, and the two stages behind it."""

from planner.sessions.ask import plan_sessions
from planner.sessions.busy import read_busy
from planner.sessions.draft import DOUBTS, Draft, evaluated, planned, replanned
from planner.sessions.edit import Difference
from planner.sessions.help import explained
from planner.sessions.search import Found, Search
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
    "DOUBTS",
    "KINDS",
    "Change",
    "Difference",
    "Draft",
    "Found",
    "Request",
    "Search",
    "Session",
    "SessionPlan",
    "Venue",
    "Village",
    "evaluated",
    "explained",
    "plan_sessions",
    "planned",
    "read_busy",
    "replanned",
]
