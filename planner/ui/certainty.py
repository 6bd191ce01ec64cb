"""How sure an answer is, in words: cases out of ten."""

from __future__ import annotations

import math

from planner.answer import Answer
from planner.texts import Texts
from planner.ui.format import Formats
from planner.ui.rows import WEEK, spread, week_number


def tenths(share: float) -> int:
    """Whole tenths of a share, rounded down: what is called 8 cases of ten is 0.8 at least."""
    return math.floor(10 * share + 1e-6)


def sure(answer: Answer, texts: Texts, fmt: Formats) -> str:
    """Visits and hours short of the headline's week, and in how many cases of ten all are helped.

    A place with few people has no headline week: its half year stands in the sentence above.
    """
    said = [] if answer.small else [_week(answer, texts, fmt)]
    ten = tenths(float(answer.p_copes[answer.worst]))
    if ten == 10:
        said.append(texts("sure.copes.always"))
    else:
        few = "" if ten else ".seldom"
        week = week_number(answer.mondays[answer.worst])
        said.append(texts(f"sure.copes{few}{past(answer, answer.worst)}", week=week, n=ten))
    return " ".join(said)


def past(answer: Answer, week: int) -> str:
    """The ending of a text's id for a week that is over."""
    return ".past" if answer.mondays[week] + WEEK <= answer.today else ""


def _week(answer: Answer, texts: Texts, fmt: Formats) -> str:
    week = answer.most_short if answer.short_spans else answer.peak
    visits = spread(answer.contacts.at(week), texts, fmt)
    number = week_number(answer.mondays[week])
    over = past(answer, week)
    if not answer.short_spans:
        return texts(f"sure.visits{over}", week=number, visits=visits)
    hours = spread(answer.short.at(week), texts, fmt)
    return texts(f"sure.both{over}", week=number, visits=visits, hours=hours)


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
