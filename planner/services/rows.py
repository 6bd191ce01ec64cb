"""Capacity rows in the one form in which they are kept, compared and written."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from planner.assumptions import CHANNELS
from planner.model.weeks import monday
from planner.records import CapacityRow
from planner.uploads.words import filled

PAID: Final = ("paid", "contract", "volunteer")
"""Who gives the hours: paid staff with clients, paid staff by contract, volunteers."""

ROW_CHANNELS: Final = (*CHANNELS, "remote")
"""Channels of a capacity row."""

SCOPES: Final = (
    "on_behalf",
    "identification",
    "applications",
    "device_repair",
    "other_authorities",
)
"""What a municipality's support may leave to others, ServiceScope.left_out."""


def paid_of(row: CapacityRow) -> str:
    """The code of PAID that stands for a row's `paid` and `contract`."""
    if not row.paid:
        return "volunteer"
    return "contract" if row.contract else "paid"


def with_paid(row: CapacityRow, code: str) -> CapacityRow:
    """The row with `paid` and `contract` as a code of PAID says."""
    return replace(row, paid=code != "volunteer", contract=code == "contract")


def tidy(row: CapacityRow) -> CapacityRow:
    """The row as it is kept: Mondays, hours to a hundredth, the place on one line, codes once."""
    return replace(
        row,
        place=tidy_place(row.place),
        hours=round(row.hours, 2) + 0.0,  # one zero: −0.0 would be written as another
        first=None if row.first is None else monday(row.first),
        last=None if row.last is None else monday(row.last),
        languages=tuple(dict.fromkeys(row.languages)),
        channels=tuple(dict.fromkeys(row.channels)),
    )


def tidy_place(place: str) -> str:
    """The name of a place on one line; "" where it stands for nothing ("-", "n/a").

    As a file's cells are cleaned, and again until nothing changes: read back, it is the same.
    """
    before = ""
    while place and place != before:
        before = place
        printable = "".join(sign if sign.isprintable() else " " for sign in place)
        place = filled(printable) or ""
    return place


def place_key(row: CapacityRow) -> str:
    """The place as it is compared: its name may be written in two ways."""
    return " ".join(row.place.split()).casefold()
