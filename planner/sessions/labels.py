"""Themes and languages of sessions: codes whose mix follows the topics and the people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from planner.assumptions import TOPICS
from planner.engine import Engine
from planner.model.demand import topic_phases
from planner.model.splits import topic_shares
from planner.plans.sessions.themes import shared_out
from planner.scenario import Scenario
from planner.sessions.types import Floats

RELATIVES = "relatives"  # "help your parents with Messages"
RELATIVES_SHARE = 0.1
JOINT = "joint_day"  # with a bank, Kela or an association; chosen by hand
THEMES = (*TOPICS, RELATIVES, JOINT)

LANGUAGES = ("fi", "sv", "se", "smn", "sms", "easy_fi", "easy_sv", "en", "other")
"""Languages of a session; English and others are chosen by hand alone."""
HOMELAND_SHARE = 0.1  # of sessions in Northern Sámi where the whole municipality is homeland
LEAST_MINORITY = 0.1  # of sessions in the smaller language of a bilingual municipality


def theme_shares(
    engine: Engine, scenario: Scenario, first: dt.date, weeks: Sequence[int]
) -> Floats:
    """Wanted share of each theme in the weeks given (from `first`): float64 [session, theme]."""
    if not weeks:
        return np.zeros((0, len(THEMES)))
    span = engine.span(scenario, first, first)
    phases = topic_phases(span)[[span.index(first) + week for week in weeks]]
    topics = topic_shares(engine.parameters(scenario))[phases] * (1 - RELATIVES_SHARE)
    extra = np.tile([RELATIVES_SHARE, 0.0], (len(weeks), 1))
    return np.hstack([topics, extra])


def language_shares(engine: Engine, code: str) -> Floats:
    """Wanted share of each of LANGUAGES in a municipality's sessions: float64 [language]."""
    index = engine.snapshot.index(code)
    place = engine.snapshot.municipalities[index]
    swedish = float(engine.snapshot.background["swedish_pct"][index]) / 100
    shares = np.zeros(len(LANGUAGES))
    if place.is_bilingual:
        known = 0.5 if np.isnan(swedish) else swedish
        shares[1] = min(max(known, LEAST_MINORITY), 1 - LEAST_MINORITY)
    else:
        shares[1] = 1.0 if place.language_status == "sv" else 0.0
    shares[0] = 1 - shares[1]
    if place.sami_homeland == "whole":
        shares *= 1 - HOMELAND_SHARE
        shares[2] = HOMELAND_SHARE
    return shares


def chosen(shares: Floats, keys: Sequence[object], codes: Sequence[str]) -> list[str]:
    """A code for each session in turn; see planner.plans.sessions.themes.shared_out."""
    return [codes[at] for at in shared_out(shares, keys)]
