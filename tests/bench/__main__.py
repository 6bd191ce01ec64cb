"""Runs all benches, or those named, and prints their table; exit code 1 where a limit is missed."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from tests.bench.harness import BENCHES, table


def main(names: list[str]) -> int:
    """Exit code: 0 all limits kept, 1 a limit missed, 2 an unknown name."""
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        import_module(f"tests.bench.{path.stem}")
    unknown = sorted(set(names) - BENCHES.keys())
    if unknown:
        print(f"no bench {', '.join(unknown)}; there are {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    results = [result for name in names or BENCHES for result in BENCHES[name]()]
    print(table(results))
    return 0 if all(result.ok for result in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
