"""A change's time is the same moment on every database, whatever zones the clocks go by."""

from __future__ import annotations

import datetime as dt
import time
import zoneinfo
from collections.abc import Iterator

import pytest

from planner.store import open_store
from planner.texts import LANGUAGES, Language, catalogue

HELSINKI = zoneinfo.ZoneInfo("Europe/Helsinki")
MOMENTS = {
    "utc": dt.datetime(2026, 1, 19, 22, 30, 0, 123456, dt.UTC),
    "helsinki": dt.datetime(2026, 7, 1, 0, 30, tzinfo=HELSINKI),
    "before the clocks go back": dt.datetime(2026, 10, 25, 3, 30, tzinfo=HELSINKI, fold=0),
    "after": dt.datetime(2026, 10, 25, 3, 30, tzinfo=HELSINKI, fold=1),
    "kiritimati": dt.datetime(2026, 1, 1, 0, 0, tzinfo=dt.timezone(dt.timedelta(hours=14))),
}


@pytest.fixture(params=["UTC", "America/St_Johns"])
def machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The time zone of the machine."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_moment_comes_back_as_it_was(url: str, system: str, machine: str, moment: str) -> None:
    if system == "postgresql":
        url += "%20-ctimezone%3DAsia/Tokyo"  # one more option of the session

    with open_store(url, now=lambda: MOMENTS[moment]) as store:
        saved = store.save("plan", "FI", {"name": "Talvi"}, "Aino")
        found = (store.items("plan")[0].time, store.history("FI")[0].time)

    expected = MOMENTS[moment].astimezone(dt.UTC)
    assert found == (expected, expected)
    assert (saved.time, saved.time.utcoffset()) == (expected, dt.timedelta(0))
    assert found[0].utcoffset() == dt.timedelta(0)


def test_a_clock_without_a_zone_is_refused(url: str) -> None:
    with open_store(url) as store:
        store._now = lambda: dt.datetime(2026, 1, 1)  # noqa: DTZ001
        with pytest.raises(ValueError, match="time zone"):
            store.save("plan", "FI", {"name": "Talvi"}, "Aino")
        assert store.items("plan") == []


@pytest.mark.parametrize(
    ("moment", "fi", "sv", "en"),
    [
        ("utc", "20.1.2026 klo 0.30", "20.1.2026 kl. 0.30", "20 January 2026 at 0:30"),
        ("helsinki", "1.7.2026 klo 0.30", "1.7.2026 kl. 0.30", "1 July 2026 at 0:30"),
        ("after", "25.10.2026 klo 3.30", "25.10.2026 kl. 3.30", "25 October 2026 at 3:30"),
    ],
)
def test_it_is_told_by_finlands_clock(moment: str, fi: str, sv: str, en: str) -> None:
    expected: dict[Language, str] = {"fi": fi, "sv": sv, "en": en}

    for lang in LANGUAGES:
        shown = catalogue(lang)(
            "error.store.conflict", author="Aino", time=MOMENTS[moment].astimezone(dt.UTC)
        )
        assert expected[lang] in shown


def test_a_moment_without_a_zone_is_not_told() -> None:
    with pytest.raises(ValueError, match="time zone"):
        catalogue("fi")("error.store.conflict", author="Aino", time=dt.datetime(2026, 1, 1))  # noqa: DTZ001
