"""What a file really is, whatever its name says; only tables of text and workbooks are let in."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath
from typing import Final, Literal

from planner.errors import PlannerError

MAX_MEGABYTES: Final = 10
MAX_UNPACKED_MEGABYTES: Final = 50
MAX_ROWS: Final = 200_000

_MEGABYTE: Final = 1_000_000
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Excel 97–2003, or a locked workbook
_ARCHIVES: Final = (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")
_IMAGES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_CONTROL: Final = bytes(sorted({*range(32)} - set(b"\t\n\v\f\r\x1a")))
_WORKBOOK_NAMES: Final = (".xlsx", ".xlsm", ".xltx", ".xltm", "")
_TEXT_NAMES: Final = (".csv", ".txt", ".tsv", ".tab", "")


def recognised(data: bytes) -> Literal["workbook", "text"]:
    """Whether the bytes are a workbook or a text; PlannerError for anything else, by its kind."""
    if len(data) > MAX_MEGABYTES * _MEGABYTE:
        size = round(len(data) / _MEGABYTE, 1)
        raise PlannerError("error.upload.too_large", size=size, limit=MAX_MEGABYTES)
    if data.startswith(_ZIP):
        _check_package(data)
        return "workbook"
    _refuse_other_kinds(data)
    return "text"


def note_on_name(name: str, kind: Literal["workbook", "text"]) -> PlannerError | None:
    """A remark where the file's name says it is something else."""
    ending = PurePath(name).suffix.lower()
    if kind == "workbook" and ending not in _WORKBOOK_NAMES:
        return PlannerError("upload.note.is_workbook", name=clipped(name))
    if kind == "text" and ending not in _TEXT_NAMES:
        return PlannerError("upload.note.is_text", name=clipped(name))
    return None


def clipped(value: object, length: int = 60) -> str:
    """A value short enough to stand in a sentence."""
    text = " ".join(str(value).split())
    return text if len(text) <= length else text[: length - 1] + "…"


def decoded(data: bytes) -> str:
    """The text of a CSV file: UTF-8, UTF-16 with a byte order mark, or Windows-1252."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not wide and len(data.translate(None, _CONTROL)) < 0.99 * len(data):
        raise PlannerError("error.upload.not_a_table")
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding).replace("\x00", "").rstrip("\x1a")
        except UnicodeDecodeError as error:
            before = data[: error.start]
    row = max(before.count(b"\n"), before.count(b"\r")) + 1
    raise PlannerError("error.upload.undecodable", row=row)


def _check_package(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
            kind = b""
            if "mimetype" in names:
                # no more of it: how much a part unpacks to is not known yet
                with package.open("mimetype") as part:
                    kind = part.read(99)
    except Exception as error:
        raise PlannerError("error.upload.damaged") from error
    if b"opendocument.spreadsheet" in kind:
        raise PlannerError("error.upload.open_document")
    if "xl/workbook.bin" in names:
        raise PlannerError("error.upload.old_workbook")
    # Some programs name the parts otherwise, but none leaves out the list of their types.
    if "[Content_Types].xml" not in names or any(n.startswith(("word/", "ppt/")) for n in names):
        raise PlannerError("error.upload.archive")
    # What unpacks is never more than the parts' own sizes: zipfile stops there.
    if sum(part.file_size for part in parts) > MAX_UNPACKED_MEGABYTES * _MEGABYTE:
        raise PlannerError("error.upload.unpacked", limit=MAX_UNPACKED_MEGABYTES)


def _refuse_other_kinds(data: bytes) -> None:
    if data.startswith(_COMPOUND):
        locked = _LOCKED in data
        raise PlannerError("error.upload.locked" if locked else "error.upload.old_workbook")
    if data.startswith(_ARCHIVES):
        raise PlannerError("error.upload.archive")
    if data.startswith(_IMAGES) or data[4:8] == b"ftyp" or data[8:12] == b"WEBP":
        raise PlannerError("error.upload.image")
    start = data[:1024].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"%PDF"):
        raise PlannerError("error.upload.pdf")
    if start.startswith(b"<"):
        raise PlannerError("error.upload.web_page")
    if re.match(rb'[{\[]\s*["{\[}\]]', start):
        raise PlannerError("error.upload.json")
    if not start and len(data) <= 1024:
        raise PlannerError("error.upload.empty")
