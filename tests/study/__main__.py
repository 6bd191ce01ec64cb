"""Runs the study, prints its table and puts it into the README; exit code 1 where a check fails."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from planner.engine import REPORT_DRAWS, load_engine
from planner.model.simulate import KINDS
from tests.study.report import checks, into_readme, table
from tests.study.trial import Trial, prepared, trial

# Seeds kept apart from those of all worlds that the method was developed on.
REPORTED = 2601
WELL, EACH = 10, 2
PLAN = ("well",) * WELL + tuple(kind for kind in KINDS[1:] for _ in range(EACH))


def study(first: int, draws: int, plan: Sequence[str] = PLAN) -> list[Trial]:
    """One trial for each kind of the plan, seeds counted from `first`."""
    bench = prepared(load_engine(), draws)
    return [trial(bench, kind, first + number) for number, kind in enumerate(plan)]


def main(arguments: Sequence[str]) -> int:
    """Exit code: 0 all shown, 1 something not shown."""
    parser = argparse.ArgumentParser(prog="python -m tests.study", description=__doc__)
    parser.add_argument("--first", type=int, default=REPORTED, help="seed of the first world")
    parser.add_argument("--draws", type=int, default=REPORT_DRAWS)
    parser.add_argument("--worlds", action="store_true", help="a line for each world too")
    options = parser.parse_args(arguments)
    trials = study(options.first, options.draws)
    if options.worlds:
        for one in trials:
            errors = " ".join(f"{n} {e / one.contacts:.3f}" for n, e in one.errors.items())
            print(f"{one.seed} {one.kind:9} {errors} ratio {one.ratio:.2f}")
    text = table(trials, options.draws)
    print(text)
    found = checks(trials)
    for check in found:
        word = "ok" if check.ok else "NOT SHOWN"
        print(f"{word}: {check.what} {check.found:.3f} ({check.least:g} to {check.most:g})")
    if options.first == REPORTED and options.draws == REPORT_DRAWS:
        into_readme(text)
    return 0 if all(check.ok for check in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
