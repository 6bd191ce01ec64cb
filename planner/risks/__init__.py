"""What can go wrong with a municipality's service, checked on every plan.

The survey of municipalities named most of it: one person carries the service, a project ends,
nobody is told for fear of demand.
"""

from planner.risks.access import DEFAULT_KM
from planner.risks.ask import LEAST_KM, MOST_KM, applicable, risks
from planner.risks.table import COLUMNS, frame
from planner.risks.types import KINDS, SEVERITIES, Risk, Village

__all__ = [
    "COLUMNS",
    "DEFAULT_KM",
    "KINDS",
    "LEAST_KM",
    "MOST_KM",
    "SEVERITIES",
    "Risk",
    "Village",
    "applicable",
    "frame",
    "risks",
]
