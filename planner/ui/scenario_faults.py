"""What is wrong with a scenario from elsewhere, in a reader's words instead of a file's codes."""

from __future__ import annotations

from planner.assumptions import load_assumptions
from planner.errors import PlannerError
from planner.scenario import LEVERS
from planner.ui import shell
from planner.ui.assumption_rows import number
from planner.ui.shell import Frame

# Errors that name an assumption or a lever by its id, and in which of their values.
_NAMING = {
    "error.assumption_bounds": "name",
    "error.assumption_rows": "name",
    "error.reason_long": "value",
    "error.reason_signs": "value",
}


def tell(page: Frame, error: PlannerError, of_link: bool = False) -> None:
    """Shows what is wrong; of a link, also that the calculation goes on with the defaults."""
    told = in_words(page, error)
    if of_link:
        told = PlannerError("error.link_unused", reason=page.texts.error(told))
    shell.tell(told, page.texts)


def in_words(page: Frame, error: PlannerError) -> PlannerError:
    """The error with labels in place of ids, and bounds as the field of the assumption has them."""
    key = str(error.values.get(_NAMING.get(error.code, ""), ""))
    item = load_assumptions().items.get(key)
    if item is None and key not in LEVERS:
        return error
    text_id = f"scenario.lever.{key}" if item is None else f"assumption.{key}.label"
    values = {**error.values, _NAMING[error.code]: page.texts(text_id)}
    if item is not None and error.code == "error.assumption_bounds":
        values |= {
            name: number(bound, item.unit, page.fmt)
            for name, bound in zip(("low", "high"), item.bounds, strict=True)
        }
    return PlannerError(error.code, **values)
