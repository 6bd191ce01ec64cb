"""What an import would change, before anything is stored."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from planner.engine import Engine
from planner.records import CapacityRow
from planner.scenario import Scenario
from planner.services.estimate import estimated_rows
from planner.services.rows import tidy
from planner.store import Store, from_content

Rows = Sequence[CapacityRow]


def preview(
    store: Store, engine: Engine, scenario: Scenario, rows: Rows
) -> Mapping[str, tuple[Rows, Rows]]:
    """The rows before and after `import_rows`, by code of the municipalities that it changes.

    A municipality is left alone where its rows are the estimate's or those it has; else they
    replace what it has as a whole. A row that says it is estimated but isn't the estimate's any
    more (somebody corrected its hours) counts as entered. PlannerError for an unknown municipality.
    """
    given = _by_municipality(engine, rows)
    kept = kept_rows(store, given)
    found: dict[str, tuple[Rows, Rows]] = {}
    for code, some in given.items():
        estimate, held = estimated_rows(engine, scenario, code), kept.get(code, [])
        wanted = _marked(some, (*estimate, *held))
        if not _same(some, estimate) and not _same(wanted, held):
            found[code] = (held or estimate, wanted)
    return found


def _by_municipality(engine: Engine, rows: Rows) -> dict[str, list[CapacityRow]]:
    """The rows, tidy, by code; PlannerError for an unknown municipality."""
    found: dict[str, list[CapacityRow]] = defaultdict(list)
    for row in rows:
        engine.snapshot.index(row.municipality)
        found[row.municipality].append(tidy(row))
    return found


def kept_rows(store: Store, codes: Collection[str]) -> dict[str, list[CapacityRow]]:
    """The rows that the store holds of the municipalities, by code; others' are not even read."""
    found: dict[str, list[CapacityRow]] = defaultdict(list)
    for item in store.items("capacity"):
        if item.municipality not in codes:
            continue
        found[item.municipality].append(from_content(CapacityRow, item.content))
    return found


def _marked(rows: Rows, known: Rows) -> list[CapacityRow]:
    """The rows, those entered that say they are estimated and aren't among the known ones."""
    return [row if row in known else replace(row, estimated=False) for row in rows]


def _same(some: Rows, others: Rows) -> bool:
    return Counter(some) == Counter(others)
