"""Municipalities' services: what gives support today, estimated or entered, and kept in the store.

What has been entered for a municipality replaces its estimate and its three answers as a whole.
Rows can be checked, kept, written to files and read from them.
"""

from planner.services.checks import LONGEST_PLACE, MOST_ROWS, check_rows, doubts
from planner.services.estimate import estimated_rows
from planner.services.held import Held, held, held_of_all, supplies, unreadable
from planner.services.importing import Imported, PartlyImportedError, everything, import_rows
from planner.services.keeping import RowsConflictError, clear, keyed, save, save_before, save_scope
from planner.services.parsing import code_of, codes_of, hours_of, people_of, week_of
from planner.services.preview import preview
from planner.services.reading import read_rows
from planner.services.rows import PAID, ROW_CHANNELS, SCOPES, paid_of, tidy, with_paid
from planner.services.supply import as_supply, service_before
from planner.services.writing import template, write_csv, write_xlsx

__all__ = [
    "LONGEST_PLACE",
    "MOST_ROWS",
    "PAID",
    "ROW_CHANNELS",
    "SCOPES",
    "Held",
    "Imported",
    "PartlyImportedError",
    "RowsConflictError",
    "as_supply",
    "check_rows",
    "clear",
    "code_of",
    "codes_of",
    "doubts",
    "estimated_rows",
    "everything",
    "held",
    "held_of_all",
    "hours_of",
    "import_rows",
    "keyed",
    "paid_of",
    "people_of",
    "preview",
    "read_rows",
    "save",
    "save_before",
    "save_scope",
    "service_before",
    "supplies",
    "template",
    "tidy",
    "unreadable",
    "week_of",
    "with_paid",
    "write_csv",
    "write_xlsx",
]
