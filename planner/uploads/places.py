"""Municipalities as logs name them, and how many people a count there can be about."""

from __future__ import annotations

import re
from typing import Final

from planner.errors import PlannerError
from planner.snapshot import AGE_BANDS, Snapshot
from planner.uploads.content import clipped
from planner.uploads.types import Cell
from planner.uploads.words import TOTALS, key

_KIND: Final = re.compile(r" (?:kunta|kaupunki|kommun|stad|municipality|city)$")
_CODE: Final = re.compile(r"(?:ku)?([0-9]{1,3})(?:[.,]0)?")
_BOTH: Final = re.compile(r"(?:ku)?([0-9]{1,3})\W+(\D+)|(\D+?)\W+(?:ku)?([0-9]{1,3})\W*")
_SUGGESTIONS: Final = 100  # each takes milliseconds; a file in the wrong column has thousands


class Places:
    """Looks municipalities up in a snapshot by code, by name, or by both in one cell."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._indices = {
            key(spelling): index
            for index, place in enumerate(snapshot.municipalities)
            for spelling in (place.code, place.name_fi, place.name_sv)
        }
        self._adults: dict[tuple[str | None, str | None], int] = {}
        self._suggested = 0

    def knows(self, cell: Cell) -> bool:
        """Whether a cell names a municipality in words."""
        return isinstance(cell, str) and not cell[:1].isdigit() and self._index(cell) is not None

    def code(self, cell: Cell) -> str:
        """The code of the municipality a cell names; PlannerError, with near names, if none."""
        index = self._index(cell)
        if index is None:
            raise self._unknown(cell)
        return self._snapshot.codes[index]

    def claim(self, cell: Cell) -> str | None:
        """The code, be it known or not, that a second column gives; None where it gives none."""
        index = self._index(cell)
        if index is not None:
            return self._snapshot.codes[index]
        found = _CODE.fullmatch(key(cell))
        # Words may name a village, and noughts the country.
        return found[1].zfill(3) if found and found[1].strip("0") else None

    def adults(self, code: str | None, band: str | None = None) -> int:
        """Adults of a municipality or the country, all or of one age band, in persons."""
        if (code, band) not in self._adults:
            rows = slice(None) if code is None else [self._snapshot.codes.index(code)]
            columns = slice(None) if band is None else [AGE_BANDS.index(band)]
            people = self._snapshot.people[rows][:, columns]
            self._adults[code, band] = round(float(people.sum()))
        return self._adults[code, band]

    def _index(self, cell: Cell) -> int | None:
        text = key(cell)
        if text in self._indices:
            return self._indices[text]
        if found := _CODE.fullmatch(text):
            return self._indices.get(found[1].zfill(3))
        if found := _BOTH.fullmatch(text):
            code, name = found[1] or found[4], found[2] or found[3]
            index = self._indices.get(code.zfill(3))
            return index if index == self._named(name) else None
        return self._named(text)

    def _named(self, name: str) -> int | None:
        name = name.strip(" -,()")
        return self._indices.get(name, self._indices.get(_KIND.sub("", name)))

    def _unknown(self, cell: Cell) -> PlannerError:
        said, text = clipped(cell), key(cell)
        if text in TOTALS:
            return PlannerError("error.upload.total_row", value=said)
        in_words = any(map(str.isalpha, text))
        if in_words and len(text) <= 60 and self._suggested < _SUGGESTIONS:
            self._suggested += 1
            try:
                self._snapshot.index(_KIND.sub("", text))
            except PlannerError as error:
                return PlannerError(error.code, **(error.values | {"value": said}))
        return PlannerError("error.unknown_municipality", value=said)
