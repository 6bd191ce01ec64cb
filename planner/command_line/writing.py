"""Writing to a file or to standard output, with a sentence where that fails."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from planner.errors import PlannerError


def write(text: str, target: Path | None) -> None:
    """Write to a file, or to standard output."""
    try:
        if target is None:
            sys.stdout.write(text)
            sys.stdout.flush()
        elif not target.parent.is_dir():
            raise PlannerError("error.no_folder", folder=str(target.parent))
        else:
            target.write_text(text, encoding="utf-8", newline="")
    except BrokenPipeError:
        # whoever read has enough; nothing more may be flushed at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        if target is None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        reason = error.strerror or str(error)
        name = "stdout" if target is None else str(target)
        raise PlannerError("error.cannot_write", file=name, reason=reason) from error
