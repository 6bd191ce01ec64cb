"""Words of the capacity page: lines, faults, effects and stored entries as sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from planner import services
from planner.answer import HOURS_NOTICED, Effect
from planner.records import CapacityRow, ServiceBefore, ServiceScope
from planner.services.supply import gives_in
from planner.store import Content, from_content
from planner.texts import Texts
from planner.ui import certainty, shell
from planner.ui.capacity_lines import Fault
from planner.ui.format import Formats
from planner.ui.rows import week_number

ARROW = " → "


def who(number: int, provider: str, texts: Texts) -> str:
    """What a line is called: "Rivi 2 (kirjasto)"."""
    if not provider:
        return texts("capacity.line", number=number)
    name = _inside(texts(f"capacity.provider.{provider}"))
    return texts("capacity.line.named", number=number, provider=name)


def fault(found: Fault, texts: Texts) -> str:
    """A fault with its line and column, plain enough to stand in Markdown."""
    line, what = who(found.number, found.provider, texts), shell.sentence(found.error, texts)
    if found.column is None:
        return texts("capacity.fault.line", line=line, what=what)
    column = _inside(texts(f"capacity.column.{found.column}"))
    return texts("capacity.fault.cell", line=line, column=column, what=what)


def _inside(word: str) -> str:
    """A label's words inside a sentence."""
    return word[:1].lower() + word[1:]


def listed(numbers: Sequence[int]) -> str:
    """Numbers of lines: "1, 3"."""
    return ", ".join(map(str, numbers))


def verdict(found: Effect, basis: str | None, texts: Texts) -> str:
    """Ready, tight or short; basis: "estimate" or "entered", where that is to be said."""
    word = texts(f"verdict.{found.verdict}")
    return word if basis is None else texts(f"verdict.{basis}", word=word)


def sentence(found: Effect, texts: Texts) -> str:
    """The verdict in one sentence."""
    if found.verdict == "tight" and found.short_hours.middle <= HOURS_NOTICED:
        return texts("sentence.slow")
    return texts(f"capacity.sentence.{found.verdict}")


def missing(found: Effect, texts: Texts, fmt: Formats) -> str:
    """Hours missing over the weeks of the view, in half of the draws."""
    hours = found.short_hours.middle
    return texts("figure.missing.nothing") if hours <= HOURS_NOTICED else fmt.hours(hours)


def worst(found: Effect, texts: Texts) -> str:
    """In how many cases of ten everybody is helped in time in the worst week, and which it is."""
    cases = texts("capacity.cases", cases=certainty.tenths(found.p_copes))
    if found.small or certainty.tenths(found.p_copes) == 10:  # which week it is, is chance
        return cases
    return texts("capacity.cases.week", cases=cases, week=week_number(found.worst))


def hours(value: float, texts: Texts) -> str:
    """Hours as they were entered: "12,5 tuntia"."""
    return texts.count("format.hours", round(value, 2))


def support(rows: Sequence[CapacityRow], today: dt.date, texts: Texts) -> str:
    """The service of today in one sentence: hours, people, by whom."""
    monday = today - dt.timedelta(days=today.weekday())
    now = [row for row in rows if gives_in(row, monday) and row.hours > 0]
    if not now:
        return texts("capacity.support.none")
    names = dict.fromkeys(_inside(texts(f"capacity.provider.{row.provider}")) for row in now)
    said = {"hours": hours(sum(row.hours for row in now), texts), "providers": list(names)}
    people = [row.people for row in now]
    if None in people:
        return texts("capacity.support", **said)
    return texts.count("capacity.support.people", sum(n or 0 for n in people), **said)


def describe(
    content: Content | None, kind: str, texts: Texts, fmt: Formats
) -> list[tuple[str, str]]:
    """A stored entry as label and value, for two versions of it side by side."""
    if content is None:
        return [(texts("capacity.entry"), texts("capacity.entry.deleted"))]
    if kind == "before":
        before = from_content(ServiceBefore, content)
        total = hours(before.hours + before.contract, texts)
        return [(texts("capacity.before.label"), total)]
    if kind == "scope":
        left = from_content(ServiceScope, content).left_out
        said = ", ".join(texts(f"capacity.scope.{code}") for code in left)
        return [(texts("capacity.scope.title"), said or texts("capacity.scope.nothing"))]
    return _row(from_content(CapacityRow, content), texts, fmt)


def _row(row: CapacityRow, texts: Texts, fmt: Formats) -> list[tuple[str, str]]:
    said = {
        "provider": texts(f"capacity.provider.{row.provider}"),
        "place": row.place,
        "hours": fmt.decimal(row.hours, 2),
        "first": "" if row.first is None else fmt.date(row.first),
        "last": "" if row.last is None else fmt.date(row.last),
        "people": "" if row.people is None else fmt.whole(row.people),
        "paid": texts(f"capacity.paid.{services.paid_of(row)}"),
        "certainty": texts(f"capacity.certainty.{row.certainty}"),
        "languages": ", ".join(texts(f"capacity.language.{code}") for code in row.languages),
        "channels": ", ".join(texts(f"capacity.channel.{code}") for code in row.channels),
    }
    return [(texts(f"capacity.column.{name}"), value or "–") for name, value in said.items()]


def summary(row: CapacityRow, texts: Texts) -> str:
    """A row in a few words: "Kirjasto, pääkirjasto: 12,5 tuntia"."""
    name = texts(f"capacity.provider.{row.provider}")
    where = f"{name}, {row.place}" if row.place else name
    return texts("capacity.summary", where=where, hours=hours(row.hours, texts))
