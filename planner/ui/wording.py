"""Sentences of the municipality page: an Answer in plain words, rounded as people speak."""

from __future__ import annotations

import datetime as dt

from planner.answer import Answer, Season, Span, TargetCheck
from planner.overview import Overview
from planner.texts import Texts
from planner.ui.format import Formats
from planner.ui.rows import week_number

MANY_GAVE_UP = 2.0  # persons; fewer are not worth a sentence
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
    return max(answer.seasons, key=lambda season: season.contacts)


def season_people(season: Season, texts: Texts, fmt: Formats) -> str:
    """A range of people: "4–9 ihmistä"; "enintään 2 ihmistä" where it starts at zero."""
    if season.people_low == 0:
        return texts.count("people.at_most", season.people_high)
    return texts("people.range", low=season.people_low, high=season.people_high)


def verdict_word(answer: Answer, texts: Texts) -> str:
    """Ready, tight or short, and whether that is an estimate."""
    word = texts(f"verdict.{answer.verdict}")
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
        "hours": fmt.hours(float(answer.short[answer.most_short])),
        "week": week_number(answer.mondays[answer.most_short]),
    }
    kind = "none" if answer.no_support else answer.verdict
    return texts(f"sentence.{kind}{'.past' if last < answer.today else ''}", **values)


def _small_sentence(answer: Answer, texts: Texts, fmt: Formats) -> str:
    season = busiest_season(answer)
    values = {
        "people": season_people(season, texts, fmt),
        "period": period(season.first, season.last, fmt),
    }
    if answer.no_support:
        return texts("sentence.small.none", **values)
    if answer.verdict == "ready" and answer.seen_from is not None:
        return texts("sentence.small.ready.from", date=fmt.date(answer.seen_from), **values)
    return texts(f"sentence.small.{answer.verdict}", **values)


def verdict_notes(answer: Answer, texts: Texts, fmt: Formats) -> list[str]:
    """What belongs to the verdict: suggestion, visits not made, end of funding, one person."""
    notes = [suggestion(answer, texts, fmt)]
    if answer.gave_up >= MANY_GAVE_UP and not answer.small:
        notes.append(texts("note.gave_up", visits=fmt.about(answer.gave_up)))
    if answer.funding_ends is not None:
        past = ".past" if answer.funding_ends < answer.today else ""
        notes.append(texts(f"note.funding_ends{past}", date=fmt.date(answer.funding_ends)))
    if answer.one_person:
        notes.append(texts("note.one_person"))
    return notes


def estimate_note(answer: Answer, texts: Texts) -> str:
    """What the estimate of today's support rests on."""
    known = answer.staffed_hours_known
    kind = ".none" if answer.no_support else "" if known else ".places"
    return texts(f"note.estimated{kind}")


def suggestion(answer: Answer, texts: Texts, fmt: Formats) -> str:
    """What to do, in whole sessions, from today on; told as past where its last week is over."""
    plan = answer.suggestion
    if plan.kind == "none":
        return texts("suggestion.none")
    first, last = answer.mondays[plan.first], answer.mondays[plan.last] + dt.timedelta(days=6)
    past = last < answer.today
    if not past:
        first = max(first, answer.today - dt.timedelta(days=answer.today.weekday()))
    when = period(first, last, fmt)
    if plan.kind != "sessions":
        return texts(f"suggestion.{plan.kind}{'.past' if past else ''}", period=when)
    where = "other" if not answer.libraries else "library"
    many = ".many" if answer.libraries > 1 and plan.sessions > 1 else ""
    values = {
        "label": texts(f"suggestion.label{'.past' if past else ''}"),
        "place": texts(f"place.{where}{many}"),
        "period": when,
    }
    if plan.every > 1:
        return texts("suggestion.every_second", **values)
    if plan.sessions == 1:
        return texts("suggestion.weekly", **values)
    hours = texts.count("format.hours", plan.hours)
    return texts("suggestion.many", sessions=plan.sessions, hours=hours, **values)


def figures(answer: Answer, texts: Texts, fmt: Formats) -> list[tuple[str, str, str]]:
    """The key figures: label, figure, note."""
    target_day = answer.scenario.target_date
    items = [
        (
            texts("figure.users"),
            fmt.about(answer.new_by_target),
            texts("figure.users.note", date=fmt.date(target_day)),
        ),
        _visits(answer, texts, fmt),
        (
            texts("figure.hours"),
            fmt.hours(answer.total(answer.hours)),
            texts("figure.hours.note", period=view_period(answer, fmt)),
        ),
    ]
    items.append(_capacity(answer, texts, fmt))
    items.append(_missing(answer, texts, fmt))
    return items


def _capacity(answer: Answer, texts: Texts, fmt: Formats) -> tuple[str, str, str]:
    label, start = texts("figure.capacity"), answer.view.start
    if answer.no_support:
        return label, texts("figure.capacity.none"), ""
    hours = float(answer.capacity[start])
    # an answer is repeated as it was given, an estimate as people speak
    given = texts.count("format.hours", round(hours, 2)) if answer.answers else fmt.hours(hours)
    baseline = fmt.hours(float(answer.baseline[start]))
    note = texts("figure.capacity.note", hours=baseline)
    return label, texts("figure.per_week", hours=given), note


def _visits(answer: Answer, texts: Texts, fmt: Formats) -> tuple[str, str, str]:
    total = answer.total(answer.contacts)
    if answer.small:
        season = busiest_season(answer)
        note = texts("figure.visits.season", period=period(season.first, season.last, fmt))
        return texts("figure.people"), season_people(season, texts, fmt), note
    peak = float(answer.contacts[answer.peak])
    note = texts(
        "figure.visits.note", number=fmt.about(peak), week=week_number(answer.mondays[answer.peak])
    )
    return texts("figure.visits"), fmt.about(total), note


def _missing(answer: Answer, texts: Texts, fmt: Formats) -> tuple[str, str, str]:
    label = texts("figure.missing")
    if not answer.short_spans:
        return label, texts("figure.missing.nothing"), texts("figure.missing.nothing.note")
    total = answer.total(answer.short)
    if answer.small:
        return label, fmt.hours(total), texts("figure.missing.total")
    most = texts("figure.per_week", hours=fmt.hours(float(answer.short[answer.most_short])))
    if answer.verdict == "ready":
        return label, most, texts("figure.missing.ready")
    note = texts.count("figure.missing.note", answer.weeks_short, total=fmt.hours(total))
    return label, most, note


def view_period(answer: Answer, fmt: Formats) -> str:
    """The weeks the figures speak of."""
    last = answer.mondays[answer.view.stop - 1] + dt.timedelta(days=6)
    return period(answer.mondays[answer.view.start], last, fmt)


def hours_title(answer: Answer, texts: Texts, fmt: Formats) -> str:
    """The finding of the hours chart."""
    if answer.small:
        return texts("title.hours.small")
    if not answer.short_spans:
        return texts("title.hours.enough")
    week = week_number(answer.mondays[answer.most_short])
    return texts.count("title.hours.short", answer.weeks_short, week=week)


def users_title(answer: Answer, texts: Texts, fmt: Formats) -> str:
    """The finding of the chart of new users."""
    series = answer.new_users[answer.view]
    most = int(series.argmax()) + answer.view.start
    if series.max() < 1:
        return texts("title.users.none")
    week = week_number(answer.mondays[most])
    return texts("title.users", number=fmt.people(float(answer.new_users[most])), week=week)


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


def country_sentence(found: Overview, texts: Texts, fmt: Formats) -> str:
    """The country's answer: in how many municipalities support falls short, is tight, copes."""
    values = {"short": found.short, "tight": found.tight, "ready": found.ready}
    if found.seen_from is None:
        return texts("country.sentence", **values)
    return texts("country.sentence.from", date=fmt.date(found.seen_from), **values)


def scale_sentence(found: Overview, texts: Texts, fmt: Formats) -> str:
    """The result beside national totals."""
    scale = found.scale
    return texts(
        "country.scale",
        visits=fmt.about(scale.contacts),
        sessions=fmt.whole(scale.association_sessions),
        years=fmt.about(scale.person_years),
        library_years=fmt.whole(scale.library_person_years),
    )


def map_alt(found: Overview, measure: str, texts: Texts, fmt: Formats) -> str:
    """The text alternative of the map: what it shows, and the finding."""
    finding = country_sentence(found, texts, fmt)
    return texts("country.map.alt", measure=texts(f"measure.{measure}"), finding=finding)
