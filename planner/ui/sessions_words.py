"""A plan of sessions in words: what it covers, what it leaves open, what holds it back.

A visitor is one visit ("kävijä" as libraries count them): the same person may come several times.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from planner.export.session_words import venue_name
from planner.sessions import Change, SessionPlan
from planner.sessions.cover import Cover, Left, cover
from planner.snapshot import Snapshot
from planner.texts import Texts
from planner.ui.format import Formats, rounded

NAMED = 3  # villages named in a sentence
PROVEN = 1e-9
UNFINISHED = 0.5  # a gap from which on no share is told: the search had hardly begun
HOPELESS = 0.5  # visits: less isn't worth a change


def headline(plan: SessionPlan, texts: Texts, fmt: Formats) -> str:
    """The plan in a sentence: how many sessions help how many, how many are left, when, where.

    A second one follows where the sessions have fewer visitors than there are sessions.
    """
    found = cover(plan)
    said = _headline(found, texts, fmt)
    return f"{said} {texts('cover.headline.sparse')}" if found.sparse else said


def _headline(found: Cover, texts: Texts, fmt: Formats) -> str:
    weeks = texts.count("cover.weeks", found.weeks)
    if not found.coming and not found.sessions:
        return texts("cover.headline.nobody", weeks=weeks)
    if not found.sessions:
        first = texts("cover.headline.none", weeks=weeks)
    elif not found.helped:
        first = texts.count("cover.headline.held", found.sessions, weeks=weeks)
    else:
        people = visitors(found.helped, texts, fmt)
        first = texts.count("cover.headline", found.sessions, weeks=weeks, visitors=people)
    if not found.coming:
        return texts("cover.headline.idle", first=first)
    if not found.left:
        return texts("cover.headline.all", first=first)
    said = {"first": first, "left": visitors(found.left, texts, fmt)}
    if found.span is not None:
        said["weeks"] = on_weeks(*found.span, texts)
    if found.worst is not None:
        said["village"] = found.worst.village.postal_code
    return texts(f"cover.headline.left{_parts(found)}", **said)


def _parts(found: Cover) -> str:
    """Which form of a sentence there is: with weeks, with a village, with both, with neither."""
    if found.span is not None:
        return ".both" if found.worst is not None else ".when"
    return "" if found.worst is None else ".where"


def visitors(value: float, texts: Texts, fmt: Formats) -> str:
    """A number of visitors with its noun: "noin 40 kävijää", "alle yksi kävijä"; never nobody."""
    number = rounded(value)
    if number < 1:
        return texts("cover.visitors.below_one" if value > 0 else "cover.visitors.none")
    if number == 1:
        return texts("cover.visitors.one")
    return texts("cover.visitors.many", number=fmt.about(value))


def on_weeks(first: dt.date, last: dt.date, texts: Texts) -> str:
    """In which weeks: "viikolla 8", "viikoilla 8–10"."""
    a, b = first.isocalendar(), last.isocalendar()
    if a[:2] == b[:2]:
        return texts("cover.on_week", week=str(a.week))
    if a.year == b.year:
        return texts("cover.on_weeks", first=str(a.week), last=str(b.week))
    return texts("cover.on_weeks", first=f"{a.week}/{a.year}", last=f"{b.week}/{b.year}")


def gap(plan: SessionPlan, texts: Texts, fmt: Formats) -> str:
    """How far from the best plan it is at most; for a plan that a search has found."""
    if not plan.gap < UNFINISHED:  # nan and infinity too
        return texts("cover.gap.unfinished")
    if plan.gap <= PROVEN:
        return texts("cover.gap.best")
    share = max(round(plan.gap, 3), 0.001)
    return texts("cover.gap", share=fmt.percent(share, 1 if share < 0.1 else 0))


def notices(plan: SessionPlan, texts: Texts) -> list[str]:
    """A sentence for each notice of the plan."""
    return [texts(f"cover.notice.{name}") for name in plan.notices]


def doubts(names: Sequence[str], texts: Texts) -> list[str]:
    """A sentence for each doubt about a session."""
    return [texts(f"cover.doubt.{name}") for name in names]


def unplaced(plan: SessionPlan, snapshot: Snapshot, texts: Texts) -> str:
    """Sessions that found no time, with their venues; "" where there are none."""
    if not plan.left:
        return ""
    names = venue_names(plan, snapshot, texts)
    where = list(dict.fromkeys(names.get(venue, venue) for venue, _, _ in plan.left))
    return texts.count("cover.unplaced", len(plan.left), venues=listed(where, texts))


def left(plan: SessionPlan, texts: Texts, fmt: Formats) -> list[str]:
    """What is left: how many, in which weeks, in which villages."""
    found = cover(plan)
    if not found.coming:
        return [texts("cover.left.nobody")]
    if not found.left:
        return [texts("cover.left.none")]
    people = visitors(found.left, texts, fmt)
    said = [texts("cover.left", left=people, coming=visitors(found.coming, texts, fmt))]
    if found.left < 1:
        return said
    if found.span is not None:
        said.append(texts("cover.left.when", weeks=on_weeks(*found.span, texts)))
    elif found.weeks > 1 and found.several:
        said.append(texts("cover.left.throughout"))
    return [*said, *_where(found, texts, fmt)]


def _where(found: Cover, texts: Texts, fmt: Formats) -> list[str]:
    """The villages with most left; nothing where there is but one village or hardly anybody."""
    if len(found.villages) < 2:
        return []
    most = [one for one in found.villages if one.visits >= 1][:NAMED]
    if not most:
        return [texts("cover.left.villages.few")]
    parts = [_village(one, texts, fmt) for one in most]
    return [texts("cover.left.villages", villages=listed(parts, texts))]


def _village(one: Left, texts: Texts, fmt: Formats) -> str:
    code, number = one.village.postal_code, fmt.about(one.visits)
    return texts("cover.left.village", village=code, number=number)


def listed(parts: Sequence[str], texts: Texts) -> str:
    """Things in a row: "a, b ja c"."""
    if len(parts) < 2:
        return "".join(parts)
    return texts("staff.list", first=", ".join(parts[:-1]), last=parts[-1])


def binding(plan: SessionPlan, texts: Texts) -> str:
    """The rule that holds the plan back; "" where there is nothing to say."""
    if plan.binding is not None:
        return texts(f"cover.binding.{plan.binding}")
    return texts("cover.binding.none") if plan.unserved.sum() >= HOPELESS else ""


def change(plan: SessionPlan, snapshot: Snapshot, texts: Texts, fmt: Formats) -> list[str]:
    """The single change that would help most, and the others that would help."""
    if plan.change is None:
        hopeless = plan.unserved.sum() >= HOPELESS
        return [texts("cover.change.none")] if hopeless else []
    said = [texts("cover.change.best", change=_change(plan, plan.change, snapshot, texts, fmt))]
    others = [one for one in plan.changes if one != plan.change]
    if others:
        parts = [_change(plan, one, snapshot, texts, fmt) for one in others]
        said.append(texts("cover.change.others", changes="; ".join(parts)))
    return said


def _change(
    plan: SessionPlan, found: Change, snapshot: Snapshot, texts: Texts, fmt: Formats
) -> str:
    """One change with what it does: "2,5 tuntia työaikaa lisää viikossa: apua saa …"."""
    values: dict[str, object] = {"hours": fmt.hours(found.amount)}
    if found.venue is not None:
        names = venue_names(plan, snapshot, texts)
        values["venue"] = names.get(found.venue, found.venue)
    if found.rule == "people":
        what = texts.count("cover.change.people", int(found.amount))
    else:
        what = texts(f"cover.change.{found.rule}", **values)
    people = visitors(found.contacts, texts, fmt)
    return texts("cover.change", what=what, visitors=people)


def venue_names(plan: SessionPlan, snapshot: Snapshot, texts: Texts) -> dict[str, str]:
    """Names of a plan's venues by id."""
    return {venue.id: venue_name(venue, snapshot, texts) for venue in plan.venues}


def preset(code: str, texts: Texts) -> tuple[str, str]:
    """A preset's name and what it means in a line."""
    return texts(f"cover.preset.{code}"), texts(f"cover.preset.{code}.note")


def served_title(plan: SessionPlan, texts: Texts, fmt: Formats) -> str:
    """The finding of the chart of visitors by week."""
    found = cover(plan)
    if not found.coming:
        return texts("cover.chart.served.nobody")
    if not found.left:
        return texts("cover.chart.served.all")
    if not found.helped:
        return texts("cover.chart.served.none")
    if found.span is None:
        people = visitors(found.left, texts, fmt)
        return texts("cover.chart.served.left", left=people)
    return texts("cover.chart.served.when", weeks=on_weeks(*found.span, texts))


def hours_title(plan: SessionPlan, texts: Texts, fmt: Formats) -> str:
    """The finding of the chart of staff hours by week."""
    found = cover(plan)
    if found.over:
        return texts.count("cover.chart.hours.over", len(found.over))
    if not found.sessions:
        return texts("cover.chart.hours.none")
    return texts("cover.chart.hours.kept", hours=fmt.hours(found.fullest))


def village_title(plan: SessionPlan, texts: Texts) -> str:
    """The finding of the table of villages."""
    found = cover(plan)
    if not found.left:
        return texts("cover.villages.all" if found.coming else "cover.villages.nobody")
    if found.worst is None:
        return texts("cover.villages.left")
    return texts("cover.villages.worst", village=found.worst.village.postal_code)
