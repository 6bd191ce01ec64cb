"""Small worlds for the model's tests: parameters inside their bounds, a few real places, dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from planner.engine import Engine, load_engine
from planner.model.demand import SOURCES, wave_shares
from planner.model.forecast import Facts, Settings
from planner.model.weeks import Horizon, horizon

Floats = NDArray[np.float64]
Arrays = dict[str, Floats]

# Helsinki, Keuruu, Kumlinge (no library), Kärkölä (no library, one guidance place), Mariehamn
PLACES = ("091", "249", "295", "316", "478")
TODAY = dt.date(2026, 5, 1)
START, TARGET = dt.date(2026, 1, 12), dt.date(2026, 12, 31)


def engine() -> Engine:
    """The engine on the shipped data (read once for all tests)."""
    return load_engine()


def central(**changes: float | Sequence[float]) -> Arrays:
    """The central values as one draw, [1, row]; one number stands for every row."""
    p = {name: value.copy() for name, value in engine().assumptions.central().items()}
    for name, value in changes.items():
        p[name] = np.broadcast_to(np.asarray(value, dtype=float), p[name].shape).copy()
    return p


def stacked(*sets: Arrays) -> Arrays:
    """Several sets of parameters as the draws of one, [draw, row]."""
    return {name: np.concatenate([each[name] for each in sets]) for name in sets[0]}


def one_draw(p: Arrays, draw: int) -> Arrays:
    """One draw of a set, [1, row]."""
    return {name: value[draw : draw + 1] for name, value in p.items()}


def facts(codes: Sequence[str] = PLACES) -> Facts:
    """What is known of some municipalities, in the order of the codes."""
    at = [engine().snapshot.index(code) for code in codes]
    everything = engine().facts
    return Facts(
        people=everything.people[at],
        covariates={name: values[at] for name, values in everything.covariates.items()},
        staffed_winter=everything.staffed_winter[at],
        staffed_summer=everything.staffed_summer[at],
        places=everything.places[at],
    )


def shipped_waves(span: Horizon) -> Floats:
    """The waves of data/waves.csv, [age, 104 + week]: two years before the horizon in front."""
    waves = [
        ((wave.date - span.first).days, wave.weeks, wave.share, wave.weights)
        for wave in engine().assumptions.waves
    ]
    return wave_shares(span, waves, 8, earlier=104)


# --- what hypothesis draws from ---

starts = st.dates(dt.date(2025, 1, 1), dt.date(2028, 12, 31)) | st.sampled_from(
    [
        dt.date(2025, 12, 29),  # the Monday of the first week of 2026
        dt.date(2026, 12, 31),  # in the 53rd week of 2026
        dt.date(2027, 1, 3),  # the Sunday of that week
        dt.date(2028, 2, 29),
        dt.date(2028, 12, 31),
    ]
)
durations = st.integers(0, 700) | st.sampled_from([0, 6, 353, 1826])


@st.composite
def horizons(draw: Callable[..., object], longest: int = 1826) -> Horizon:
    """A start between 2025 and 2028, a target date on or after it, and sometimes a later date."""
    start = draw(starts)
    assert isinstance(start, dt.date)
    days = draw(durations.map(lambda value: min(value, longest)))
    seen = draw(st.none() | st.integers(0, 900))
    assert isinstance(days, int)
    other = start + dt.timedelta(days=seen) if isinstance(seen, int) else None
    return horizon(start, start + dt.timedelta(days=days), other)


@st.composite
def parameter_sets(draw: Callable[..., object], draws: int = 2, keep: Sequence[str] = ()) -> Arrays:
    """A few assumptions anywhere inside their bounds, the others central: [draw, row]."""
    items = engine().assumptions.items
    names = sorted(set(items) - set(keep))
    changed = draw(st.lists(st.sampled_from(names), unique=True, max_size=6))
    p = stacked(*[central()] * draws)
    assert isinstance(changed, list)
    for name in changed:
        low, high = items[name].bounds
        share = draw(hnp.arrays(np.float64, p[name].shape, elements=st.floats(0.0, 1.0)))
        p[name] = np.clip(low + (high - low) * np.asarray(share), low, high)
    return p


@st.composite
def user_numbers(draw: Callable[..., object], adults: float) -> tuple[float, float]:
    """Users at the start and new users: from nobody to everybody, whole numbers or not."""
    existing = draw(st.just(0.0) | st.floats(1.0, adults - 1.0) | st.just(adults - 1.0))
    assert isinstance(existing, float)
    largest = adults - existing
    new = draw(st.sampled_from([0.0, 1.0, largest]) | st.floats(min(1.0, largest), largest))
    assert isinstance(new, float)
    return existing, new


some_sources = st.sets(st.sampled_from(SOURCES), min_size=1).map(
    lambda chosen: tuple(source for source in SOURCES if source in chosen)
)


@st.composite
def answers(draw: Callable[..., object], places: int, weeks: int) -> dict[str, object]:
    """Answers of some of the places, as fields of Settings; funding may have ended long ago."""
    chosen = draw(st.sets(st.integers(0, places - 1), max_size=places))
    assert isinstance(chosen, set)
    hours = draw(st.lists(st.floats(0.0, 500.0), min_size=len(chosen), max_size=len(chosen)))
    last = draw(st.lists(st.integers(-10, weeks + 10), min_size=len(chosen), max_size=len(chosen)))
    return {
        "answered": np.array(sorted(chosen), dtype=np.intp),
        "answered_hours": np.array(hours, dtype=np.float64),
        "answered_last": np.array(last, dtype=np.intp),
    }


def stated(
    span: Horizon,
    existing: float,
    new_users: float,
    sources: Sequence[str] = SOURCES,
    given: dict[str, object] | None = None,
) -> Settings:
    """Settings with the shipped waves."""
    return Settings(
        existing=existing,
        new_users=new_users,
        waves=shipped_waves(span)[:, 104:],
        earlier_waves=shipped_waves(span)[:, :104],
        sources=sources,
        **(given or {}),  # type: ignore[arg-type]
    )
