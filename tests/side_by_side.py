"""Runs all tests in groups beside each other: what waits for a browser or a server costs no time.

Every group's output is printed whole once it has ended; exit code 1 where one of them failed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

GROUPS = (
    ("tests/browser",),
    ("tests/unit/store", "tests/pages"),
    ("tests/unit", "--ignore=tests/unit/store", "tests/property"),
)


def main(options: list[str]) -> int:
    """Exit code: 0 where every group passed, else 1; `options` go to each."""
    with tempfile.TemporaryDirectory() as folder:
        running = [
            _start(Path(folder) / str(number), group, options)
            for number, group in enumerate(GROUPS)
        ]
        try:
            codes = [_told(*each) for each in running]
        finally:
            for _, process, _ in running:
                process.terminate()
    return int(any(codes))


def _start(
    log: Path, group: tuple[str, ...], options: list[str]
) -> tuple[tuple[str, ...], subprocess.Popen[bytes], IO[bytes]]:
    output = log.open("w+b")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *group, *options]
    return group, subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT), output


def _told(group: tuple[str, ...], process: subprocess.Popen[bytes], output: IO[bytes]) -> int:
    """Exit code of a group, after its output has been printed."""
    start = time.monotonic()
    code = process.wait()
    output.seek(0)
    print(f"== {' '.join(group)}", flush=True)  # noqa: T201
    sys.stdout.buffer.write(output.read())
    sys.stdout.flush()
    output.close()
    print(f"exit code {code}, waited for {time.monotonic() - start:.0f} s", flush=True)  # noqa: T201
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
