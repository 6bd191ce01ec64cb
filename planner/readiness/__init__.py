"""The self-assessment of a municipality's digital support: levels, next steps, a list of tasks."""

from planner.readiness.dates import dated, milestones
from planner.readiness.frame import answer_frame
from planner.readiness.held import (
    Distribution,
    Held,
    all_held,
    as_given,
    as_record,
    distribution,
    held,
    save,
)
from planner.readiness.profile import MOST_USEFUL, profile
from planner.readiness.reading import check_readiness, load_questionnaire, text_ids
from planner.readiness.types import (
    LEVELS,
    NONE,
    UNKNOWN,
    Answer,
    Dated,
    Given,
    Milestones,
    Profile,
    Question,
    Questionnaire,
    Standing,
    Step,
    Task,
)

__all__ = [
    "LEVELS",
    "MOST_USEFUL",
    "NONE",
    "UNKNOWN",
    "Answer",
    "Dated",
    "Distribution",
    "Given",
    "Held",
    "Milestones",
    "Profile",
    "Question",
    "Questionnaire",
    "Standing",
    "Step",
    "Task",
    "all_held",
    "answer_frame",
    "as_given",
    "as_record",
    "check_readiness",
    "dated",
    "distribution",
    "held",
    "load_questionnaire",
    "milestones",
    "profile",
    "save",
    "text_ids",
]
