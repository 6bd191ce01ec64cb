"""Sentences of the staffing page: what is missing, when, how sure, and the cheapest mix."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from planner.answer import HOURS_NOTICED
from planner.staffing import Option, Staffing
from planner.texts import Texts
from planner.ui import certainty, wording
from planner.ui.format import Formats, rounded
from planner.ui.rows import WEEK, spread, week_number

LEAST_SHARE = 0.1  # of a full-time employee; less is not told in employees


def code(found: Staffing) -> str:
    """How the plan's block looks: ready, tight or short."""
    if found.kind == "none":
        return "ready"
    return found.answer.verdict if found.answer.verdict != "ready" else "tight"


def word(found: Staffing, texts: Texts) -> str:
    """Whether hours are missing, and whether that is an estimate."""
    said = texts(f"staff.word.{'enough' if found.kind == 'none' else 'missing'}")
    return texts("verdict.estimate", word=said) if found.answer.estimated else said


def sentence(found: Staffing, texts: Texts, fmt: Formats) -> str:
    """How many hours, which part of a full-time employee and how much money are missing."""
    answer = found.answer
    total = answer.totals.short_hours
    if total.high <= HOURS_NOTICED:
        return texts("staff.sentence.enough")
    values = {"total": hours_in_all(total.middle, texts, fmt), "level": fmt.percent(found.level)}
    if found.kind == "none":
        return texts("staff.sentence.ready", **values)
    values["euros"] = euros(answer.staffing["euros"].middle, texts, fmt)
    values["period"] = wording.view_period(answer, fmt)
    if answer.small or not answer.short_spans:
        return texts("staff.sentence.small", **values)
    week = answer.most_short
    values["week"] = week_number(answer.mondays[week])
    values["hours"] = wording.about_hours(float(answer.short.middle[week]), texts, fmt)
    past = ".past" if answer.mondays[week] + WEEK <= answer.today else ""
    share = staff(_most_staff(found), texts, fmt)
    if share:
        return texts(f"staff.sentence.staff{past}", staff=share, **values)
    return texts(f"staff.sentence{past}", **values)


def notes(found: Staffing, texts: Texts, fmt: Formats) -> list[str]:
    """When hours are missing, how sure that is, and what to do about it."""
    said = []
    if found.kind != "none" and found.answer.short_spans and not found.answer.small:
        said.append(_when(found, texts, fmt))
    said.append(certainty.sure(found.answer, texts, fmt))
    said += advice(found, texts, fmt)
    return said


def _when(found: Staffing, texts: Texts, fmt: Formats) -> str:
    answer = found.answer
    first, last = answer.short_spans[0].first, answer.short_spans[-1].last
    when = wording.period(first, last + dt.timedelta(days=6), fmt)
    past = ".past" if last + WEEK <= answer.today else ""
    return texts.count(f"staff.when{past}", answer.weeks_short, period=when)


def advice(found: Staffing, texts: Texts, fmt: Formats) -> list[str]:
    """The cheapest mix, or why there is none."""
    if found.kind == "none":
        return [texts("suggestion.none")]
    if found.mix is None or found.last is None or found.first is None:
        return [texts(f"staff.advice.{found.kind}", level=fmt.percent(found.level))]
    values = {
        "mix": mix(found, texts, fmt),
        "period": plan_period(found, fmt),
        "euros": euros(found.mix.euros, texts, fmt),
        "level": fmt.percent(found.level),
    }
    kind = f"staff.advice.{found.kind}{'.past' if found.hindsight else ''}"
    said = [texts(kind, **values)]
    if found.judged is not None and found.judged > found.first:
        said.append(texts("staff.advice.from", date=fmt.date(found.judged)))
    if not found.proven:
        said.append(texts("staff.advice.near"))
    return said


def plan_period(found: Staffing, fmt: Formats) -> str:
    """The days of the plan."""
    assert found.first is not None
    assert found.last is not None
    return wording.period(found.first, found.last + dt.timedelta(days=6), fmt)


def mix(found: Staffing, texts: Texts, fmt: Formats) -> str:
    """The options of the mix with their hours: "ryhmäneuvonta (2 tuntia viikossa)"."""
    parts = [
        texts(
            "staff.mix.part",
            name=name(found, option, texts),
            hours=amount(found, option.mix_hours, texts),
        )
        for option in found.options
        if option.mix_units
    ]
    return listed(parts, texts)


def mix_staff(found: Staffing, texts: Texts, fmt: Formats) -> str:
    """Which part of a full-time employee the mix takes; "" where little, or by appointment."""
    if found.kind != "weekly" or found.mix is None:
        return ""
    said = staff(found.mix.hours / found.fte_week, texts, fmt)
    return texts("staff.mix.staff", staff=said) if said else ""


def listed(parts: Sequence[str], texts: Texts) -> str:
    """Things in a row: "a, b ja c"."""
    if len(parts) < 2:
        return "".join(parts)
    return texts("staff.list", first=", ".join(parts[:-1]), last=parts[-1])


def name(found: Staffing, option: Option, texts: Texts) -> str:
    """An option's name as it stands within a sentence."""
    if found.kind == "appointments" and option.id == "desk":
        return texts("staff.option.desk.agreed")
    return texts(f"staff.option.{option.id}")


def title(found: Staffing, option: Option, texts: Texts) -> str:
    """An option's name at the beginning of a line."""
    return capital(name(found, option, texts))


def capital(said: str) -> str:
    """The same with a capital letter."""
    return said[:1].upper() + said[1:]


def amount(found: Staffing, hours: float, texts: Texts) -> str:
    """Paid hours a week, or in all where times are agreed one by one."""
    said = texts.count("format.hours", round(hours, 1))
    kind = "all" if found.kind == "appointments" else "week"
    return texts(f"staff.amount.{kind}", hours=said)


def hours_in_all(value: float, texts: Texts, fmt: Formats) -> str:
    """A sum of hours: "noin 70 tuntia"; never nothing where some may be missing."""
    return wording.about_hours(value, texts, fmt)


def euros(value: float, texts: Texts, fmt: Formats) -> str:
    """An amount of money as people speak of it: "noin 5 000 euroa"."""
    return texts("staff.euros", euros=fmt.whole(rounded(value)))


def staff(employees: float, texts: Texts, fmt: Formats) -> str:
    """Full-time employees: a share of one's time below one, whole ones above; "" where few."""
    if employees < LEAST_SHARE:
        return ""
    if employees < 0.95:
        return texts("staff.part_time", share=fmt.percent(round(employees, 1)))
    return texts.count("staff.full_time", max(rounded(employees), 1))


def _most_staff(found: Staffing) -> float:
    """Full-time employees that the week with the most missing hours takes."""
    return float(found.weeks.fte_short.max())


def figures(found: Staffing, texts: Texts, fmt: Formats) -> list[tuple[str, str, str]]:
    """The key figures: label, figure, note."""
    answer = found.answer
    total, cost = answer.totals.short_hours, answer.staffing["euros"]
    said = []
    if not answer.small and answer.short_spans:
        week = week_number(answer.mondays[answer.most_short])
        hours = fmt.hours(float(answer.short.middle[answer.most_short]))
        note = staff(_most_staff(found), texts, fmt) or texts("staff.figure.little")
        label = texts("staff.figure.most", week=week)
        said.append((label, texts("figure.per_week", hours=hours), note))
    likely = texts("figure.missing.total", range=spread(total, texts, fmt))
    said.append((texts("staff.figure.total"), fmt.hours(total.middle), likely))
    price = texts("figure.likely", range=spread(cost, texts, fmt))
    said.append((texts("staff.figure.euros"), euros(cost.middle, texts, fmt), price))
    years = answer.staffing["person_years"]
    if years.middle >= LEAST_SHARE:
        many = f"{fmt.decimal(years.low)}–{fmt.decimal(years.high)}"
        said.append(
            (
                texts("staff.figure.years"),
                fmt.decimal(years.middle),
                texts("figure.likely", range=many),
            )
        )
    worst = float(answer.p_copes[answer.view].min())
    said.append((texts("staff.figure.copes"), fmt.percent(worst), texts("staff.figure.copes.note")))
    return said


def chart_title(found: Staffing, texts: Texts, fmt: Formats) -> str:
    """The finding of the chart."""
    return wording.hours_title(found.answer, texts, fmt)


def more_sentence(found: Staffing, texts: Texts, fmt: Formats) -> str:
    """What one more weekly session buys."""
    none, one = found.more[0], found.more[1]
    before, after = fmt.hours(none.short_hours), fmt.hours(one.short_hours)
    now, then = certainty.tenths(none.p_copes), certainty.tenths(one.p_copes)
    if before == after and now == then:
        return texts("one_more.little")
    values = {"before": before, "after": after, "date": fmt.date(found.more_from)}
    past = ".past" if found.hindsight else ""
    if now == then:
        return texts(f"staff.more.hours{past}", **values)
    return texts(f"staff.more.both{past}", now=now, then=then, **values)
