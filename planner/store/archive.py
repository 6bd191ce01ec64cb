"""The file of a backup: a zip of lines of JSON and a manifest that tells whether they are whole.

It depends on no database. It appears under its name only once it is complete.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from planner.errors import PlannerError

FORMAT: Final = "suomifi-messages-rollout-planner store"
VERSION: Final = 1
MANIFEST: Final = "manifest.json"
LINES: Final = "changes.jsonl"
# What reading a damaged archive or line may raise.
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    TypeError,
    ValueError,
    NotImplementedError,  # a method of packing that we don't use
    RuntimeError,  # a password
)


def write_archive(file: Path, lines: Iterable[str]) -> int:
    """Writes the lines to a file, in place of one that is there; how many there were.

    PlannerError where it can't be written; then nothing is left of it.
    """
    if not file.parent.is_dir():
        raise PlannerError("error.no_folder", folder=str(file.parent))
    with _unreadable("error.cannot_write", file):
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
        unfinished = Path(name)
        try:
            with os.fdopen(handle, "wb") as target:
                count = _pack(target, lines)
                target.flush()
                os.fsync(target.fileno())
            unfinished.replace(file)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
    return count


@contextmanager
def open_archive(file: Path) -> Iterator[Iterator[str]]:
    """The lines of a backup that has been checked to be whole.

    PlannerError where the file can't be read, is none, is damaged, or was made by a newer planner;
    any mistake that the block finds in a line (ValueError, KeyError, TypeError) is damage, too.
    """
    with _unreadable("error.cannot_read", file):
        opened = file.open("rb")
    with opened, _damaged(file), zipfile.ZipFile(opened) as archive:
        manifest = json.loads(archive.read(MANIFEST))
        if manifest["format"] != FORMAT:
            raise PlannerError("error.backup.not_one", file=str(file))
        if manifest["version"] > VERSION:
            raise PlannerError("error.backup.newer", file=str(file))
        if (manifest["changes"], manifest["sha256"]) != _measure(archive):
            raise ValueError("the lines are not those that were written")
        with archive.open(LINES) as lines:
            yield (line.decode() for line in lines)


def _pack(target: Any, lines: Iterable[str]) -> int:
    checksum = hashlib.sha256()
    count = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(LINES, "w", force_zip64=True) as packed:
            for line in lines:
                count += 1
                data = f"{line}\n".encode()
                checksum.update(data)
                packed.write(data)
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "changes": count,
            "sha256": checksum.hexdigest(),
        }
        archive.writestr(MANIFEST, json.dumps(manifest, indent=2) + "\n")
    return count


def _measure(archive: zipfile.ZipFile) -> tuple[int, str]:
    """How many lines there are, and their checksum."""
    checksum = hashlib.sha256()
    count = 0
    with archive.open(LINES) as lines:
        for line in lines:
            count += 1
            checksum.update(line)
    return count, checksum.hexdigest()


@contextmanager
def _damaged(file: Path) -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        code = "error.backup.damaged" if zipfile.is_zipfile(file) else "error.backup.not_one"
        raise PlannerError(code, file=str(file)) from error


@contextmanager
def _unreadable(code: str, file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise PlannerError(code, file=str(file), reason=reason) from error
