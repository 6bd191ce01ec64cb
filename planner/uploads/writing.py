"""Logs as files: the planner's own rows to be read again, and templates to be filled in."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import Final, Literal

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from planner.assumptions import CHANNELS
from planner.records import UserCount, Visit
from planner.snapshot import AGE_BANDS
from planner.uploads.words import CHANNEL_WORDS, EXAMPLE, LANGUAGES, OWN_HEADINGS

Kind = Literal["visits", "users"]
Form = Literal["csv", "xlsx"]

_FIELDS: Final = {
    "visits": ("municipality", "week", "contacts", "channel"),
    "users": ("date", "users", "municipality", "age_band"),
}
_COUNTRY: Final = ("whole country", "koko maa", "hela landet")
_PLACE: Final = ("Raseborg", "Raasepori", "Raseborg")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest a zip file knows


def write_visits(rows: Iterable[Visit]) -> bytes:
    """CSV that `read_visits` reads into the same rows, and that Excel opens in Finland."""
    cells = [(row.municipality, row.week, row.contacts, row.channel or "") for row in rows]
    return _csv([_FIELDS["visits"], *cells])


def write_users(rows: Iterable[UserCount]) -> bytes:
    """CSV that `read_users` reads into the same rows, and that Excel opens in Finland."""
    cells = [(row.date, row.users, row.municipality or "", row.age_band or "") for row in rows]
    return _csv([_FIELDS["users"], *cells])


def template(kind: Kind, form: Form = "csv", lang: str = "fi") -> bytes:
    """A file with the headings of a log and two example rows, which are refused when read."""
    spoken = LANGUAGES.index(lang)
    headings = [OWN_HEADINGS[field][spoken] for field in _FIELDS[kind]]
    rows = [headings, *_examples(kind, spoken)]
    return _csv(rows) if form == "csv" else _xlsx(rows)


def _examples(kind: Kind, spoken: int) -> list[tuple[object, ...]]:
    mark = f" ({EXAMPLE[spoken]})"
    place = _PLACE[spoken] + mark
    if kind == "visits":
        monday = dt.date(2026, 1, 19)
        words = [CHANNEL_WORDS[channel][spoken] for channel in CHANNELS]
        return [(place, monday, 12, words[0]), (place, monday, 3, words[1])]
    day = dt.date(2026, 1, 31)
    return [(day, 1_900_000, _COUNTRY[spoken] + mark, ""), (day, 2_500, place, AGE_BANDS[5])]


def _csv(rows: Iterable[Sequence[object]]) -> bytes:
    # Semicolons and a byte order mark: Excel in Finnish or Swedish then opens it as a table.
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(rows: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    for column, heading in enumerate(sheet[1], 1):
        heading.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = 26
    saved = io.BytesIO()
    book.save(saved)
    return timeless(saved.getvalue())


def timeless(package: bytes) -> bytes:
    """The same workbook without the moment it was made: one template, one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "docProps/core.xml":
                content = re.sub(
                    rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-01-01T00:00:00Z", content
                )
            info = zipfile.ZipInfo(part.filename, _EPOCH)
            new.writestr(info, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
