"""A registry of benches, a stop-watch and the table they print."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Result:
    """One line of the table: a measured figure and its limit, both in `unit`."""

    what: str
    measured: float
    limit: float
    unit: str
    at_least: bool = False  # the limit is a floor (times faster), not a ceiling (ms)

    @property
    def ok(self) -> bool:
        within = self.measured >= self.limit if self.at_least else self.measured <= self.limit
        return bool(within)


Bench = Callable[[], Iterator[Result]]
BENCHES: dict[str, Bench] = {}


def bench(function: Bench) -> Bench:
    """The function, known to the runner by its name."""
    if function.__name__ in BENCHES:
        raise ValueError(f"two benches are called {function.__name__}")
    BENCHES[function.__name__] = function
    return function


def seconds(work: Callable[[], object], times: int, before: Callable[[], object] = int) -> float:
    """Median time of `times` runs, seconds; `before` runs ahead of each, untimed."""
    taken = []
    for _ in range(times):
        before()
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return median(taken)


def table(results: Sequence[Result]) -> str:
    """The results as aligned text; the ratio is measured / limit."""
    head = ("what", "measured", "limit", "ratio", "ok")
    rows = [
        (
            result.what,
            f"{result.measured:,.2f} {result.unit}",
            f"{'>=' if result.at_least else '<='} {result.limit:,g} {result.unit}",
            f"{result.measured / result.limit:.2f}",
            "yes" if result.ok else "NO",
        )
        for result in results
    ]
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = [
        "  ".join(
            [row[0].ljust(widths[0])]
            + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        )
        for row in (head, tuple("-" * width for width in widths), *rows)
    ]
    return "\n".join(lines)
