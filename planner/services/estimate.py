"""What the planner supposes where nobody has entered anything, as rows that can be corrected."""

from __future__ import annotations

from dataclasses import replace

from planner.engine import Engine
from planner.model.weeks import monday
from planner.records import CapacityRow
from planner.scenario import Scenario


def estimated_rows(engine: Engine, scenario: Scenario, code: str) -> tuple[CapacityRow, ...]:
    """The rows behind a municipality's estimate, or behind its three answers where it gave them.

    Hours are central values, to a tenth of an hour: a share of the libraries' staffed hours in
    winter, and some hours for every place where associations guide. Whoever saves them says that
    they are so. An answer's row stands as it was given. Where no support is known of at all, a row
    says so with 0 hours.
    """
    answers, languages = dict(scenario.answers).get(code), spoken(engine, code)
    if answers is not None:
        last = None if answers.until is None else monday(answers.until)
        row = CapacityRow(
            code,
            "service_point",
            "",
            round(answers.hours, 2),
            last=last,
            people=answers.people,
            languages=languages,
            estimated=True,
        )
        return (row,)
    index, p = engine.snapshot.index(code), engine.parameters(scenario)
    libraries = round(float(p["desk_share"][0, 0] * engine.facts.staffed_winter[index]), 1)
    places = float(engine.facts.places[index])
    guidance = round(float(p["association_hours"][0, 0]) * places, 1)
    rows = (
        CapacityRow(code, "library", "", libraries, languages=languages),
        CapacityRow(code, "association", "", guidance, paid=False, languages=languages),
    )
    nothing = CapacityRow(code, "service_point", "", 0.0, languages=languages)
    there = [row for row in rows if row.hours > 0] or [nothing]
    return tuple(map(as_estimate, there))


def as_estimate(row: CapacityRow) -> CapacityRow:
    """The row as one that the planner supposes."""
    return replace(row, estimated=True)


def spoken(engine: Engine, code: str) -> tuple[str, ...]:
    """The languages that a municipality serves in, as its official languages have them."""
    place = engine.snapshot.municipalities[engine.snapshot.index(code)]
    return tuple(place.language_status.split("-"))
