"""Sentences of the municipality page: an Answer in plain words, rounded as people speak."""

from __future__ import annotations

import datetime as dt

from planner.answer import Answer, Season, TargetCheck
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


def number(day: dt.date) -> str:
    """The number of the ISO week, without its year."""
    return str(day.isocalendar().week)


def short_period(answer: Answer, fmt: Formats) -> str:
    """From the first to the last day of the weeks that are short."""
    first, last = answer.short_spans[0].first, answer.short_spans[-1].last
    return period(first, last + dt.timedelta(days=6), fmt)


def busiest_season(answer: Answer) -> Season:
    """The half year in which most people come."""
    return max(answer.seasons, key=lambda season: season.contacts)


def season_people(season: Season, texts: Texts, fmt: Formats) -> str:
    """A range of people: "4–9 ihmistä"; "enintään 2 ihmistä" where it starts at zero."""
    if season.contacts_low == 0:
        return texts.count("people.at_most", season.contacts_high)
    return texts("people.range", low=season.contacts_low, high=season.contacts_high)


def verdict_word(answer: Answer, texts: Texts) -> str:
    """Ready, tight or short, and whether that is an estimate."""
    word = texts(f"verdict.{answer.verdict}")
    return texts("verdict.estimate", word=word) if answer.estimated else word


def verdict_sentence(answer: Answer, texts: Texts, fmt: Formats) -> str:
    """The verdict in one sentence."""
    if answer.small:
        return _small_sentence(answer, texts, fmt)
    if answer.verdict == "ready":
        if answer.seen_from is None:
            return texts("sentence.ready")
        return texts("sentence.ready.from", date=fmt.date(answer.seen_from))
    values = {
        "period": short_period(answer, fmt) if answer.short_spans else "",
        "hours": fmt.hours(float(answer.short[answer.most_short])),
        "week": number(answer.mondays[answer.most_short]),
    }
    if not answer.short_spans:
        return texts("sentence.slow")
    return texts(f"sentence.{answer.verdict}", **values)


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
    """What belongs to the verdict: suggestion, funding, one person, what an estimate rests on."""
    notes = [suggestion(answer, texts, fmt)]
    if answer.gave_up >= MANY_GAVE_UP and not answer.small:
        notes.append(texts("note.gave_up", people=fmt.people(answer.gave_up)))
    if answer.funding_ends is not None:
        notes.append(texts("note.funding_ends", date=fmt.date(answer.funding_ends)))
    if answer.one_person:
        notes.append(texts("note.one_person"))
    if answer.estimated:
        notes.append(texts("note.estimated.none" if answer.no_support else "note.estimated"))
    return notes


def suggestion(answer: Answer, texts: Texts, fmt: Formats) -> str:
    """What to do, in whole sessions; said to be history where its last week has passed."""
    plan = answer.suggestion
    label = texts("suggestion.label")
    if plan.kind == "none":
        return texts("suggestion.none", label=label)
    last = answer.mondays[plan.last] + dt.timedelta(days=6)
    if last < answer.today:
        label = texts("suggestion.label.past")
    values = {"label": label, "period": period(answer.mondays[plan.first], last, fmt)}
    if plan.kind != "sessions":
        return texts(f"suggestion.{plan.kind}", **values)
    many = ".many" if plan.sessions > 1 else ""
    values["place"] = texts(f"place.{'library' if answer.place_has_library else 'other'}{many}")
    if plan.every > 1:
        return texts("suggestion.every_second", **values)
    if plan.sessions == 1:
        return texts("suggestion.weekly", **values)
    hours = fmt.hours(plan.hours)
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
    start = answer.view.start
    capacity, baseline = float(answer.capacity[start]), float(answer.baseline[start])
    items.append(
        (
            texts("figure.capacity"),
            texts("figure.per_week", hours=fmt.hours(capacity)),
            texts("figure.capacity.note", hours=fmt.hours(baseline)),
        )
    )
    items.append(_missing(answer, texts, fmt))
    return items


def _visits(answer: Answer, texts: Texts, fmt: Formats) -> tuple[str, str, str]:
    total = answer.total(answer.contacts)
    if answer.small:
        season = busiest_season(answer)
        note = texts("figure.visits.season", period=period(season.first, season.last, fmt))
        return texts("figure.visits"), season_people(season, texts, fmt), note
    peak = float(answer.contacts[answer.peak])
    note = texts(
        "figure.visits.note", number=fmt.about(peak), week=number(answer.mondays[answer.peak])
    )
    return texts("figure.visits"), fmt.about(total), note


def _missing(answer: Answer, texts: Texts, fmt: Formats) -> tuple[str, str, str]:
    label = texts("figure.missing")
    if not answer.short_spans:
        return label, texts("figure.missing.nothing"), texts("figure.missing.nothing.note")
    total = answer.total(answer.short)
    if answer.small:
        return label, fmt.hours(total), texts("figure.missing.total")
    most = fmt.hours(float(answer.short[answer.most_short]))
    return (
        label,
        texts("figure.per_week", hours=most),
        texts.count("figure.missing.note", answer.weeks_short, total=fmt.hours(total)),
    )


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
    week = number(answer.mondays[answer.most_short])
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
