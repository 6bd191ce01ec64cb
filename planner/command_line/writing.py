"""Writing to a file or to standard output, with a sentence where that fails."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from planner.errors import PlannerError


def write(content: str | bytes, target: Path | None) -> None:
    """Write to a file, or to standard output; bytes as they are."""
    raw = content if isinstance(content, bytes) else content.encode()
    try:
        if target is None:
            sys.stdout.write(raw.decode())
            sys.stdout.flush()
        else:
            write_bytes(raw, target)
    except BrokenPipeError:
        # whoever read has enough; nothing more may be flushed at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise _unwritten("stdout", error) from error


def write_bytes(data: bytes, target: Path) -> None:
    """Write to a file."""
    try:
        if not target.parent.is_dir():
            raise PlannerError("error.no_folder", folder=str(target.parent))
        target.write_bytes(data)
    except OSError as error:
        raise _unwritten(str(target), error) from error


def _unwritten(name: str, error: OSError) -> PlannerError:
    return PlannerError("error.cannot_write", file=name, reason=error.strerror or str(error))
