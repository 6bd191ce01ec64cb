"""Sentences of the municipality page: an Answer in plain words, rounded as people speak."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from planner.answer import HOURS_NOTICED, Answer, Season, Span, StepDown, TargetCheck
from planner.model.demand import SOURCES
from planner.plans.suggestion import Suggestion
from planner.texts import Texts
from planner.ui import certainty
from planner.ui.format import Formats
from planner.ui.rows import WEEK, likely_tenths, spread, week_number

MANY_GAVE_UP = 2.0  # persons; fewer are not worth a sentence
MOST_STEPS = 3  # weeks with less support than before that are told one by one
LATE_DAYS = 182  # half a year into the rollout, its first wave is history


def period(first: dt.date, last: dt.date, fmt: Formats) -> str:
    """A run of days: "12.1.–5.7.2026"."""
    start = fmt.day_month(first) if first.year == last.year else fmt.date(first)
    dash = " – " if fmt.lang == "en" else "–"
    return f"{start}{dash}{fmt.date(last)}"


def short_span(answer: Answer) -> Span:
    """The run of short weeks in which most hours are missing at once."""
    return max(answer.short_spans, key=lambda span: span.most)


def busiest_season(answer: Answer) -> Season:
    """The half year in which most people come."""
    return max(answer.seasons, key=lambda season: season.contacts.middle)


def season_people(season: Season, texts: Texts, fmt: Formats) -> str:
    """A range of people: "4–9 ihmistä"; "enintään 2 ihmistä" where it starts at zero."""
    if season.people_low == 0:
        return texts.count("people.at_most", season.people_high)
    return texts("people.range", low=season.people_low, high=season.people_high)


def verdict_word(answer: Answer, texts: Texts) -> str:
    """Ready, tight or short, and whether that rests on an estimate or on rows entered."""
    word = texts(f"verdict.{answer.verdict}")
    if answer.supply is not None:
        return texts("verdict.entered", word=word)
    return texts("verdict.estimate", word=word) if answer.estimated else word


def verdict_sentence(answer: Answer, texts: Texts, fmt: Formats) -> str:
    """The verdict in one sentence; what lies in the past is told as past."""
    if answer.small:
        return _small_sentence(answer, texts, fmt)
    if answer.verdict == "ready":
        if answer.seen_from is None:
            return texts("sentence.ready")
        return texts("sentence.ready.from", date=fmt.date(answer.seen_from))
    if not answer.short_spans:
        return texts("sentence.slow")
    span = short_span(answer)
    last = span.last + dt.timedelta(days=6)
    values = {
        "period": period(span.first, last, fmt),
        "hours": about_hours(float(answer.short.middle[answer.most_short]), texts, fmt),
        "week": week_number(answer.mondays[answer.most_short]),
    }
    kind = "none" if answer.no_support else answer.verdict
    return texts(f"sentence.{kind}{'.past' if last < answer.today else ''}", **values)


def about_hours(value: float, texts: Texts, fmt: Formats) -> str:
    """Hours of an estimate: "noin 4,5 tuntia"; never nothing where some are missing."""
    hours = _noticed_hours(value, texts, fmt)
    return texts("hours.about", hours=hours) if round(value * 2) else hours


def _noticed_hours(value: float, texts: Texts, fmt: Formats) -> str:
    return fmt.hours(value) if round(value * 2) else texts("hours.under_half")


def _small_sentence(answer: Answer, texts: Texts, fmt: Formats) -> str:
    season = busiest_season(answer)
    values = {
        "people": season_people(season, texts, fmt),
        "cases": texts(f"cases.{likely_tenths(season.people_low == 0)}"),
        "period": period(season.first, season.last, fmt),
    }
    past = ".past" if season.last < answer.today else ""
    if answer.no_support:
        return texts(f"sentence.small.none{past}", **values)
    if answer.verdict == "ready" and answer.seen_from is not None:
        since = fmt.date(answer.seen_from)
        return texts(f"sentence.small.ready.from{past}", date=since, **values)
    return texts(f"sentence.small.{answer.verdict}{past}", **values)


def verdict_notes(
    answer: Answer, texts: Texts, fmt: Formats, matters: str | None = None
) -> list[str]:
    """What belongs to the verdict: how sure, what to do, what it buys, and what may go wrong.

    matters: a sentence on the assumption that matters most.
    """
    notes = _contradiction(answer, texts)
    notes += [certainty.sure(answer, texts, fmt), suggestion(answer, texts, fmt)]
    plan = answer.suggestion
    if plan.kind in ("sessions", "beyond") and not certainty.past(answer, plan.last):
        notes.append(certainty.one_more(answer, texts, fmt))
    if matters is not None:
        notes.append(matters)
    gave_up = answer.totals.gave_up.middle
    if gave_up >= MANY_GAVE_UP and not answer.small and answer.verdict != "ready":
        past = ".past" if _shortage_is_over(answer) else ""
        notes.append(texts(f"note.gave_up{past}", visits=fmt.about(gave_up)))
    if answer.steps_down:
        notes += steps_down(answer.steps_down, answer.today, texts, fmt)
    elif answer.funding_ends is not None:
        past = ".past" if answer.funding_ends < answer.today else ""
        notes.append(texts(f"note.funding_ends{past}", date=fmt.date(answer.funding_ends)))
    if answer.one_person:
        notes.append(texts("note.one_person"))
    return notes


def _contradiction(answer: Answer, texts: Texts) -> list[str]:
    """That a tally week and the answer can't both be right, where they can't."""
    tally = contradicting_tally(answer)
    if answer.answers is None or tally is None:
        return []
    given, counted = (
        texts.count("format.hours", round(hours, 2)) for hours in (answer.answers.hours, tally)
    )
    return [texts("note.tally_above_answer", given=given, tally=counted)]


def contradicting_tally(answer: Answer) -> float | None:
    """A tally week's hours where, without Messages, they exceed all that the answer gives."""
    code, scenario = answer.place.code, answer.scenario
    tally = dict(scenario.baselines).get(code)
    if tally is None or answer.answers is None or code in dict(scenario.capacity):
        return None
    return tally if tally > answer.answers.hours else None


def _shortage_is_over(answer: Answer) -> bool:
    spans = answer.short_spans
    return bool(spans) and all(span.last + WEEK <= answer.today for span in spans)


def steps_down(found: Sequence[StepDown], today: dt.date, texts: Texts, fmt: Formats) -> list[str]:
    """In which weeks entered support becomes less, and by how much."""
    told = [
        texts(
            f"note.step{'' if step.after else '.none'}{'' if step.week >= today else '.past'}",
            week=week_number(step.week),
            date=fmt.date(step.week),
            before=texts.count("format.hours", round(step.before, 2)),
            after=texts.count("format.hours", round(step.after, 2)),
        )
        for step in found[:MOST_STEPS]
    ]
    rest = len(found) - MOST_STEPS
    return [*told, texts.count("note.step.more", rest)] if rest > 0 else told


def estimate_note(answer: Answer, texts: Texts) -> str:
    """What today's support rests on where the three questions have no answer."""
    if answer.supply is not None:
        return texts.count("note.entered", len(answer.supply.shifts))
    if _only_tallied(answer):
        return texts("note.estimated.tally")
    known = answer.staffed_hours_known
    kind = ".none" if answer.no_support else "" if known else ".places"
    return texts(f"note.estimated{kind}")


def _only_tallied(answer: Answer) -> bool:
    """Whether no more support is known than what a tally week counted beside Messages."""
    tally = dict(answer.scenario.baselines).get(answer.place.code)
    known = answer.capacity.at(answer.view.start).middle
    return bool(tally) and answer.estimated and round(known, 2) <= round(tally or 0, 2)


def suggestion(answer: Answer, texts: Texts, fmt: Formats) -> str:
    """What to do, in whole sessions, from today on; told as past where its last week is over.

    What copes in half of the draws comes first, then what copes in eight of ten; where nothing is
    needed in half of them, what to be prepared for.
    """
    safe, plan = answer.suggestion, answer.likely
    if safe.kind == "none":
        return texts("suggestion.none")
    spare = plan.kind == "none"
    plan = safe if spare else plan
    first, last = answer.mondays[plan.first], answer.mondays[plan.last] + dt.timedelta(days=6)
    past = last < answer.today
    if not past:
        first = max(first, answer.today - dt.timedelta(days=answer.today.weekday()))
    when = period(first, last, fmt)
    if plan.kind != "sessions":
        return texts(f"suggestion.{plan.kind}{'.past' if past else ''}", period=when)
    label = texts(f"suggestion.label{'.past' if past else '.spare' if spare else ''}")
    said = _sessions(answer, plan, label, when, texts)
    if spare or past or safe.kind != "sessions":
        return said
    if (safe.sessions, safe.every) == (plan.sessions, plan.every):
        return f"{said} {texts('suggestion.safe.same')}"
    return f"{said} {texts.count('suggestion.safe', safe.sessions)}"


def _sessions(answer: Answer, plan: Suggestion, label: str, when: str, texts: Texts) -> str:
    where = "other" if not answer.libraries else "library"
    many = ".many" if answer.libraries > 1 and plan.sessions > 1 else ""
    values = {"label": label, "place": texts(f"place.{where}{many}"), "period": when}
    if plan.every > 1:
        return texts("suggestion.every_second", **values)
    if plan.sessions == 1:
        return texts("suggestion.weekly", **values)
    hours = texts.count("format.hours", plan.hours)
    return texts("suggestion.many", sessions=plan.sessions, hours=hours, **values)


def figures(answer: Answer, texts: Texts, fmt: Formats) -> list[tuple[str, str, str]]:
    """The key figures: label, figure, note."""
    users, hours = answer.totals.new_by_target, answer.totals.hours
    target_day = fmt.date(answer.scenario.target_date)
    return [
        (
            texts("figure.users"),
            fmt.about(users.middle),
            texts("figure.users.note", date=target_day),
        ),
        _visits(answer, texts, fmt),
        (
            texts("figure.hours"),
            fmt.hours(hours.middle),
            texts(
                "figure.hours.note",
                range=spread(hours, texts, fmt),
                period=view_period(answer, fmt),
            ),
        ),
        _capacity(answer, texts, fmt),
        _missing(answer, texts, fmt),
    ]


def _capacity(answer: Answer, texts: Texts, fmt: Formats) -> tuple[str, str, str]:
    label, start = texts("figure.capacity"), answer.view.start
    if answer.no_support:
        return label, texts("figure.capacity.none"), ""
    hours = answer.capacity.at(start)
    # an answer is repeated as it was given, an estimate as people speak
    given = texts.count("format.hours", round(hours.middle, 2))
    said = fmt.hours(hours.middle) if answer.estimated else given
    baseline = fmt.hours(float(answer.baseline[start]))
    tally = contradicting_tally(answer)
    if tally is not None:
        counted = texts.count("format.hours", round(tally, 2))
        note = texts("figure.capacity.note.contradicted", hours=counted)
    elif _only_tallied(answer):
        note = texts("figure.capacity.note.tally")
    elif not answer.estimated:
        note = texts("figure.capacity.note", hours=baseline)
    else:
        likely = spread(hours, texts, fmt)
        note = texts("figure.capacity.note.estimated", range=likely, hours=baseline)
    return label, texts("figure.per_week", hours=said), note


def _visits(answer: Answer, texts: Texts, fmt: Formats) -> tuple[str, str, str]:
    if answer.small:
        season = busiest_season(answer)
        note = texts("figure.visits.season", period=period(season.first, season.last, fmt))
        return texts("figure.people"), season_people(season, texts, fmt), note
    total, peak = answer.totals.contacts, float(answer.contacts.middle[answer.peak])
    note = texts(
        "figure.visits.note",
        range=spread(total, texts, fmt),
        number=fmt.about(peak),
        week=week_number(answer.mondays[answer.peak]),
    )
    return texts("figure.visits"), fmt.about(total.middle), note


def _missing(answer: Answer, texts: Texts, fmt: Formats) -> tuple[str, str, str]:
    label, total = texts("figure.missing"), answer.totals.short_hours
    likely = spread(total, texts, fmt)
    if total.high <= HOURS_NOTICED:
        return label, texts("figure.missing.nothing"), texts("figure.missing.nothing.note")
    if answer.small or not answer.short_spans:
        return label, fmt.hours(total.middle), texts("figure.missing.total", range=likely)
    hours = _noticed_hours(float(answer.short.middle[answer.most_short]), texts, fmt)
    most = texts("figure.per_week", hours=hours)
    week = week_number(answer.mondays[answer.most_short])
    if answer.verdict == "ready":
        return label, most, texts("figure.missing.ready", week=week)
    said = {"week": week, "total": fmt.hours(total.middle), "range": likely}
    return label, most, texts.count("figure.missing.note", answer.weeks_short, **said)


def view_period(answer: Answer, fmt: Formats) -> str:
    """The weeks the figures speak of."""
    last = answer.mondays[answer.view.stop - 1] + dt.timedelta(days=6)
    return period(answer.mondays[answer.view.start], last, fmt)


def hours_title(answer: Answer, texts: Texts, fmt: Formats) -> str:
    """The finding of the hours chart."""
    if answer.small:
        return texts("title.hours.small")
    if not answer.short_spans:
        never = answer.totals.short_hours.high <= HOURS_NOTICED
        return texts(f"title.hours.{'enough' if never else 'likely'}")
    week = week_number(answer.mondays[answer.most_short])
    return texts.count("title.hours.short", answer.weeks_short, week=week)


def users_title(answer: Answer, texts: Texts, fmt: Formats) -> str:
    """The finding of the chart of new users."""
    series = answer.new_users.middle
    most = int(series[answer.view].argmax()) + answer.view.start
    if series[most] < 1:
        return texts("title.users.none")
    week = week_number(answer.mondays[most])
    return texts("title.users", number=fmt.people(float(series[most])), week=week)


def causes_title(answer: Answer, texts: Texts) -> str:
    """The finding of the chart of visits by cause."""
    most = SOURCES[int(answer.breakdown.source.argmax())]
    return texts("title.causes", cause=texts(f"series.{most}"))


def is_late(answer: Answer) -> bool:
    """Whether the rollout is half a year old and seen whole: time to offer the later view."""
    return (answer.today - answer.scenario.start).days > LATE_DAYS and answer.seen_from is None


def target_sentence(check: TargetCheck, texts: Texts, fmt: Formats) -> str:
    """What the target asks of the three oldest bands, and how many need somebody's help."""
    share = check.share
    values = {
        "younger": fmt.percent(float(share[5])),
        "older": fmt.percent(float(share[6])),
        "oldest": fmt.percent(float(share[7])),
    }
    sentence = texts("target.asks", **values)
    if check.assisted < 0.5:
        return f"{sentence} {texts('target.carried')}"
    return f"{sentence} {texts('target.assisted', number=fmt.about(check.assisted))}"
