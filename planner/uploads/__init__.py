"""Uploaded logs: visits and user counts read from CSV or XLSX, every fault told with its row."""

from planner.uploads.logs import read_users, read_visits
from planner.uploads.types import Problem, Reading
from planner.uploads.writing import template, write_users, write_visits

__all__ = [
    "Problem",
    "Reading",
    "read_users",
    "read_visits",
    "template",
    "write_users",
    "write_visits",
]
