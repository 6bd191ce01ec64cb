"""The study's table and what it must show."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import stats

from tests.study.trial import ENOUGH, METHODS, Trial

README = Path(__file__).parents[2] / "README.md"
WIDTH = 104  # characters of a line of the README
BEGIN, END = "<!-- study -->", "<!-- /study -->"
NAMES = {
    "well": "as the model has it",
    "delay": "another shape of the delay",
    "campaign": "a campaign nobody told of",
    "outage": "a week of outage in the log",
    "triple": "5–12 municipalities triple",
    "forty": "40 municipalities keep a log",
}


@dataclass(frozen=True)
class Check:
    """A requirement: what, the figure found, its bounds."""

    what: str
    found: float
    least: float
    most: float

    @property
    def ok(self) -> bool:
        """Whether the figure lies within the bounds."""
        return self.least <= self.found <= self.most


def wape(trials: Sequence[Trial], method: str) -> float:
    """Σ|count − forecast| over Σ counts, pooled over trials."""
    return sum(t.errors[method] for t in trials) / sum(t.contacts for t in trials)


def closed(trials: Sequence[Trial]) -> float:
    """Share of the distance from no update to the oracle that the update closes, pooled."""
    none, update, oracle = (wape(trials, name) for name in ("none", "update", "oracle"))
    return (none - update) / (none - oracle)


def coverage(trials: Sequence[Trial], method: str = "update") -> float:
    """Share of counts within P10–P90 where the median forecast is at least ENOUGH."""
    judged = sum(t.judged[method] for t in trials)
    return sum(t.inside[method] for t in trials) / judged if judged else np.nan


def pit_distance(trials: Sequence[Trial]) -> float:
    """Largest distance of the randomised PITs' distribution from the uniform one (Kolmogorov)."""
    pits = np.concatenate([t.pits for t in trials])
    return float(stats.kstest(pits, "uniform").statistic) if pits.size else np.nan


def checks(trials: Sequence[Trial]) -> list[Check]:
    """What the study must show."""
    well = [t for t in trials if t.kind == "well"]
    wrong = [t for t in trials if t.kind != "well"]
    gain = wape(trials, "update") / wape(trials, "repeat4")
    return [
        Check("share of the distance closed", closed(trials), 0.5, np.inf),
        Check("worst world, update over no update", max(t.ratio for t in trials), 0, 1.05),
        Check("update over repeating four weeks", gain, 0, 1),
        Check("coverage, worlds as the model has them", coverage(well), 0.76, 0.85),
        Check("coverage, the other worlds", coverage(wrong), 0.70, 1),
    ]


def table(trials: Sequence[Trial], draws: int) -> str:
    """The Markdown that goes into the README."""
    groups: list[tuple[str, Callable[[Trial], bool]]] = [
        (name, lambda t, kind=kind: t.kind == kind) for kind, name in NAMES.items()
    ]
    groups += [("**half with another structure**", lambda t: t.kind != "well")]
    groups += [("**all**", lambda t: True)]
    heads = ("worlds", "", *METHODS, "closed", "worst", "P10–P90", "PIT")
    lines = ["| " + " | ".join(heads) + " |", "|---|--:" + "|--:" * (len(heads) - 2) + "|"]
    for name, inside in groups:
        chosen = [t for t in trials if inside(t)]
        if chosen:
            lines.append("| " + " | ".join(_cells(name, chosen)) + " |")
    return "\n".join([*lines, "", _words(trials, draws)])


def _cells(name: str, trials: Sequence[Trial]) -> list[str]:
    figures = [f"{wape(trials, method):.2f}" for method in METHODS]
    worst = max(t.ratio for t in trials)
    figures += [f"{100 * closed(trials):.0f} %", f"{worst:.2f}"]
    figures += [f"{100 * coverage(trials):.1f} %", f"{pit_distance(trials):.2f}"]
    return [name, str(len(trials)), *figures]


def _words(trials: Sequence[Trial], draws: int) -> str:
    first, last = min(t.seed for t in trials), max(t.seed for t in trials)
    words = (
        "WAPE of municipalities' weekly contacts over the eight weeks after six weeks of log: "
        "without update, with it, repeating the mean of the last four weeks (where no log is kept, "
        "at the others' rate), and an oracle that knows the true mean. *closed*: share of the way "
        "from no update to the oracle; *worst*: the worst world's error over that without update; "
        f"*P10–P90*: counts inside that interval where the median forecast is {ENOUGH} or more "
        "(whole numbers make it a little more than 80 %); *PIT*: below that, the largest distance "
        "of the randomised probability integral transform from the uniform distribution. "
        f"{draws:,} draws; worlds {first}–{last}, none of which was used to develop the method."
    )
    return textwrap.fill(words, WIDTH, break_on_hyphens=False)


def into_readme(text: str) -> None:
    """Put the table between the README's two marks; ValueError where they are missing."""
    whole = README.read_text(encoding="utf-8")
    if BEGIN not in whole or END not in whole.split(BEGIN, 1)[1]:
        raise ValueError(f"README.md has no {BEGIN} … {END}")
    before, rest = whole.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    README.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")
