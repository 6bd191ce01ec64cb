"""How sure an answer is, in words: cases out of ten."""

from __future__ import annotations

import math

from planner.answer import Answer
from planner.texts import Texts
from planner.ui.format import Formats
from planner.ui.rows import WEEK, holds, spread, week_number

FEW = 5  # cases of ten; fewer are "only" so many


def tenths(share: float) -> int:
    """Whole tenths of a share, rounded down: what is called 8 cases of ten is 0.8 at least."""
    return math.floor(10 * share + 1e-6)


def sure(answer: Answer, texts: Texts, fmt: Formats) -> str:
    """Visits and hours short of the headline's week, and in how many cases of ten all are helped.

    A place with few people has no headline week: its half year stands in the sentence above.
    """
    copes = _copes(answer, texts)
    return copes if answer.small else f"{_week(answer, texts, fmt)} {copes}"


def _copes(answer: Answer, texts: Texts) -> str:
    ten, over = tenths(float(answer.p_copes[answer.worst])), past(answer, answer.worst)
    if ten == 10:
        return texts("sure.copes.always")
    said = {"cases": texts(f"cases.{ten}")} if ten else {}
    if answer.small:  # which week is its worst is chance
        return texts(f"sure.copes.small{'' if ten else '.seldom'}{over}", **said)
    kind = ".seldom" if ten == 0 else ".few" if ten < FEW else ""
    week = week_number(answer.mondays[answer.worst])
    return texts(f"sure.copes{kind}{over}", week=week, **said)


def past(answer: Answer, week: int) -> str:
    """The ending of a text's id for a week that is over."""
    return ".past" if answer.mondays[week] + WEEK <= answer.today else ""


def _week(answer: Answer, texts: Texts, fmt: Formats) -> str:
    week = answer.most_short if answer.short_spans else answer.peak
    visits, over = answer.contacts.at(week), past(answer, week)
    cases = holds(visits, texts)
    said = {"week": week_number(answer.mondays[week]), "visits": spread(visits, texts, fmt)}
    said["cases"] = cases
    if not answer.short_spans:
        return texts(f"sure.visits{over}", **said)
    hours = answer.short.at(week)
    said["hours"], other = spread(hours, texts, fmt), holds(hours, texts)
    if other == cases:
        return texts(f"sure.both{over}", **said)
    return texts(f"sure.apart{over}", other=other, **said)


def one_more(answer: Answer, texts: Texts, fmt: Formats) -> str:
    """What one more session a week from now on buys in hours and in cases of ten."""
    gain = answer.one_more
    before, after = fmt.hours(gain.short_before), fmt.hours(gain.short_after)
    now, then = tenths(gain.coping_before), tenths(gain.coping_after)
    if before == after and now == then:
        return texts("one_more.little")
    rest = ".rest" if gain.first > answer.view.start else ""
    if now == then:
        return texts(f"one_more.hours{rest}", before=before, after=after)
    return texts(f"one_more.both{rest}", before=before, after=after, now=now, then=then)
