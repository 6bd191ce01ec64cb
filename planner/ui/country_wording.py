"""Sentences of the country page: an Overview in plain words, rounded as people speak."""

from __future__ import annotations

from planner.overview import Overview
from planner.texts import Texts
from planner.ui.format import Formats
from planner.ui.rows import spread, week_number


def country_sentence(found: Overview, texts: Texts, fmt: Formats) -> str:
    """The country's answer: in how many municipalities support falls short, is tight, copes."""
    values = {"short": found.short, "tight": found.tight, "ready": found.ready}
    if found.seen_from is None:
        return texts("country.sentence", **values)
    return texts("country.sentence.from", date=fmt.date(found.seen_from), **values)


def visits_title(found: Overview, texts: Texts, fmt: Formats) -> str:
    """The finding of the chart of visits: the busiest week and its range."""
    return texts(
        "country.visits.title",
        week=week_number(found.peak),
        number=fmt.about(found.peak_contacts.middle),
        range=spread(found.peak_contacts, texts, fmt),
    )


def figures(found: Overview, texts: Texts, fmt: Formats) -> list[tuple[str, str, str]]:
    """Headline figures of the country: label, figure, note."""
    return [
        (
            texts("figure.users"),
            fmt.about(found.new_by_target),
            texts("figure.users.note", date=fmt.date(found.scenario.target_date)),
        ),
        (
            texts("figure.visits"),
            fmt.about(found.contacts.middle),
            texts("figure.likely", range=spread(found.contacts, texts, fmt)),
        ),
        (
            texts("figure.hours"),
            fmt.hours(found.hours.middle),
            texts(
                "figure.person_years",
                range=spread(found.hours, texts, fmt),
                number=fmt.about(found.person_years.middle),
            ),
        ),
        (
            texts("figure.missing"),
            fmt.hours(found.short_hours.middle),
            texts("figure.missing.country", range=spread(found.short_hours, texts, fmt)),
        ),
    ]


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
