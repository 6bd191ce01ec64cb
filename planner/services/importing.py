"""All municipalities' rows as one table, and the way back into the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.engine import Engine
from planner.errors import PlannerError
from planner.records import CapacityRow
from planner.scenario import Scenario
from planner.services.checks import check_rows
from planner.services.estimate import estimated_rows
from planner.services.held import Held, held
from planner.services.keeping import keyed, save
from planner.services.preview import kept_rows, preview
from planner.store import Store


@dataclass(frozen=True)
class Imported:
    """What an import did.

    changed: codes of the municipalities whose rows are others now; unchanged: how many others of
    the file were left alone.
    """

    changed: tuple[str, ...]
    unchanged: int


class PartlyImportedError(PlannerError):
    """An import that had to stop in the middle.

    changed: codes of the municipalities that were done; left: of those that were not. The same
    file can be imported again.
    """

    def __init__(self, cause: PlannerError, changed: Sequence[str], left: Sequence[str]) -> None:
        super().__init__(cause.code, **cause.values)
        self.changed = tuple(changed)
        self.left = tuple(left)


def everything(engine: Engine, scenario: Scenario, store: Store | None) -> tuple[CapacityRow, ...]:
    """The rows of all municipalities: those entered, the estimate's where none are.

    PlannerError where the store can't be read; without one all are estimated.
    """
    kept = {} if store is None else kept_rows(store, engine.snapshot.codes)
    return tuple(
        row
        for code in engine.snapshot.codes
        for row in kept.get(code) or estimated_rows(engine, scenario, code)
    )


def import_rows(
    store: Store,
    engine: Engine,
    scenario: Scenario,
    rows: Sequence[CapacityRow],
    author: str,
    looked_at: Mapping[str, Held] | None = None,
) -> Imported:
    """Makes the rows those of their municipalities where `preview` says so, one change for each.

    looked_at: what the store held, by municipality, when somebody looked at the preview;
    ConflictError where a municipality has been changed since. None: as it stands now.

    Municipalities without a row in the file are left alone. Nothing is written where a row has a
    fault (PlannerError); where the store fails after some municipalities, PartlyImportedError says
    which were done.
    """
    waiting = {code: after for code, (_, after) in preview(store, engine, scenario, rows).items()}
    for _, fault in check_rows([row for wanted in waiting.values() for row in wanted]):
        raise fault
    changed: list[str] = []
    for code, wanted in waiting.items():
        try:
            seen = (looked_at or {}).get(code) or held(store, code)
            if save(store, code, keyed(wanted, seen), seen, author, scenario.start):
                changed.append(code)
        except PlannerError as error:
            if not changed:
                raise
            left = [other for other in waiting if other not in changed]
            raise PartlyImportedError(error, changed, left) from error
    return Imported(tuple(changed), len({row.municipality for row in rows}) - len(changed))
