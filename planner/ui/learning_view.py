"""What happened beside what was forecast: rows and sentences of an Outcome."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from planner.engine import Engine
from planner.learned.lesson import AHEAD
from planner.model.intervals import Interval
from planner.outcome import Change, Outcome, Track
from planner.snapshot import Municipality
from planner.texts import Texts
from planner.ui.format import Formats
from planner.ui.rows import week_number

WEEK = dt.timedelta(days=7)
SHOWN_AFTER = 26  # weeks of the chart after the date looked from
PERSON = 0.5  # contacts; fewer are none


def logged_sentence(found: Outcome, name: str | None, texts: Texts, fmt: Formats) -> str:
    """How many visits were logged, and how many were forecast for the same weeks.

    name: of the only municipality that keeps a log. Empty where nothing was learned at all.
    """
    if found.lesson.learned is None:
        return ""
    if not found.municipalities:
        return texts("learning.sentence.users")
    return texts(
        "learning.sentence.logged",
        where=_where(found, name, texts),
        logged=texts.count("learning.contacts", found.all.logged),
        expected=_range(found.all.expected, fmt),
    )


def unusual_sentence(found: Outcome, texts: Texts, fmt: Formats) -> str:
    """Weeks in which something out of the ordinary went on; empty where there were none."""
    weeks = found.lesson.unusual
    if not weeks:
        return ""
    said = ", ".join(week_number(monday) for monday in weeks)
    return texts.count("learning.unusual", len(weeks), weeks=said)


def hours_sentence(
    found: Outcome, track: Track, name: str | None, texts: Texts, fmt: Formats
) -> str:
    """What the change means for staff hours in the weeks that follow."""
    return texts.count(
        "learning.hours",
        AHEAD,
        where=_where(found, name, texts),
        after=fmt.hours(track.hours.after.middle),
        range=_range(track.hours.after, fmt),
        before=fmt.hours(track.hours.before.middle),
    )


def place_sentence(
    found: Outcome, place: Municipality, index: int, texts: Texts, fmt: Formats
) -> str:
    """One municipality: logged and forecast, hours that follow, its verdict before and after."""
    track = found.place
    if track is None:
        raise ValueError("no municipality was asked for")
    name = place.name(texts.lang)
    before, after = found.verdicts.before[index], found.verdicts.after[index]
    verdict = (
        texts("learning.place.same", after=texts(f"verdict.{after}"))
        if before == after
        else texts(
            "learning.place.other",
            before=texts(f"verdict.{before}"),
            after=texts(f"verdict.{after}"),
        )
    )
    if not track.points:
        return f"{texts('learning.place.no_log', place=name)} {verdict}"
    said = texts(
        "learning.place.logged",
        place=name,
        logged=texts.count("learning.contacts", track.logged),
        expected=_range(track.expected, fmt),
    )
    return f"{said} {verdict}"


def verdicts_sentence(found: Outcome, texts: Texts) -> str:
    """In how many municipalities support falls short, before and after."""
    before, after = found.verdicts.count("short")
    if not after:
        return texts.count("learning.verdicts.none", before) if before else texts("learning.enough")
    if before == after:
        return texts.count("learning.verdicts.same", after)
    return texts.count("learning.verdicts", after, before=before)


def figures(track: Track, texts: Texts, fmt: Formats) -> list[tuple[str, str, str]]:
    """Key figures: logged so far; visits, hours and missing hours of the weeks that follow."""
    items = []
    if track.points:
        expected = texts("learning.figure.expected", expected=_range(track.expected, fmt))
        items.append((texts("learning.figure.logged"), fmt.whole(track.logged), expected))
    for name, change in (
        ("contacts", track.contacts),
        ("hours", track.hours),
        ("short", track.short),
    ):
        label = texts.count(f"learning.figure.{name}", AHEAD)
        items.append((label, _range(change.after, fmt), _before(change, texts, fmt)))
    return items


def _before(change: Change, texts: Texts, fmt: Formats) -> str:
    return texts("learning.figure.before", value=_range(change.before, fmt))


def _range(value: Interval, fmt: Formats) -> str:
    """Eight cases out of ten, as people speak: "430–610"; "0" where there is nothing."""
    if value.high < PERSON:
        return "0"
    return fmt.between(value.low, value.high)


def track_title(found: Outcome, track: Track, name: str | None, texts: Texts, fmt: Formats) -> str:
    """The finding of a chart: what was logged, and what was forecast for the same weeks."""
    where = _where(found, name, texts)
    if not track.points:
        return texts("learning.title.none", where=where)
    return texts(
        "learning.title.logged",
        where=where,
        logged=texts.count("learning.contacts", track.logged),
        expected=_range(track.expected, fmt),
    )


def _where(found: Outcome, name: str | None, texts: Texts) -> str:
    if name is not None:
        return name
    if not found.municipalities:
        return texts("page.country")
    return texts.count("learning.places", found.municipalities)


def weeks(found: Outcome, track: Track) -> range:
    """The weeks of the chart: from the horizon's first to half a year after the date."""
    last = min(found.following.start + SHOWN_AFTER, found.span.count)
    return range(last)


def bands(found: Outcome, track: Track, texts: Texts, fmt: Formats) -> pd.DataFrame:
    """Rows of the chart's bands: forecast before and after by week."""
    return pd.DataFrame(
        {
            "week": (found.span.day(week) + WEEK / 2).isoformat(),
            "kind": kind,
            "label": texts(f"learning.key.{kind}"),
            "low": float(band.low[week]),
            "middle": float(band.middle[week]),
            "high": float(band.high[week]),
            "when": fmt.week(found.span.day(week), year=True),
            "spoken": _range(band.at(week), fmt),
        }
        for kind, band in (("before", track.before), ("after", track.after))
        for week in weeks(found, track)
    )


def mark(found: Outcome, texts: Texts, fmt: Formats) -> pd.DataFrame:
    """The line up to which the log was learned from."""
    label = texts("learning.chart.until", date=fmt.day_month(found.as_of))
    return pd.DataFrame([{"week": found.as_of.isoformat(), "label": label}])


def track_table(
    found: Outcome, track: Track, texts: Texts, fmt: Formats
) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of the table beside the chart: logged, forecast before and after."""
    heads = [texts("chart.week"), texts("table.monday"), texts("learning.logged")]
    heads += [texts("learning.table.before"), texts("learning.table.after")]
    logged = dict(track.points)
    rows = []
    for week in weeks(found, track):
        monday = found.span.day(week)
        rows.append(
            [
                week_number(monday),
                fmt.date(monday),
                fmt.whole(logged[monday]) if monday in logged else "–",
                *(_cell(band.at(week), texts, fmt) for band in (track.before, track.after)),
            ]
        )
    return heads, rows


def _cell(value: Interval, texts: Texts, fmt: Formats) -> str:
    return texts(
        "learning.table.cell",
        middle=fmt.whole(value.middle),
        low=fmt.whole(value.low),
        high=fmt.whole(value.high),
    )


def count_table(
    found: Outcome, engine: Engine, texts: Texts, fmt: Formats
) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of the counts of users beside the forecast."""
    heads = [texts(f"learning.counts.{name}") for name in ("date", "who", "counted", "forecast")]
    rows = []
    for each in found.counted:
        who = (
            texts("page.country")
            if each.place is None
            else engine.snapshot.municipalities[each.place].name(texts.lang)
        )
        if each.count.age_band is not None:
            band = texts("age.band", band=each.count.age_band.replace("-", "–"))
            who = f"{who}, {band}"
        forecast = "–" if each.forecast is None else fmt.about(each.forecast)
        rows.append([fmt.date(each.count.date), who, fmt.whole(each.count.users), forecast])
    return heads, rows


def backtest_table(
    pooled: pd.DataFrame, texts: Texts, fmt: Formats
) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of the backtest: a row per method."""
    heads = [texts(f"learning.backtest.{name}") for name in ("method", "wape", "pinball")]
    heads.append(texts("learning.backtest.coverage"))
    rows = [
        [
            texts(f"learning.method.{method}"),
            fmt.percent(row["wape"]),
            fmt.decimal(row["pinball"], 2),
            fmt.percent(row["coverage"]) if row["coverage"] == row["coverage"] else "–",
        ]
        for method, row in pooled.iterrows()
    ]
    return heads, rows


def backtest_sentence(pooled: pd.DataFrame, texts: Texts, fmt: Formats) -> str:
    """Which method came closest, in plain words."""
    wape = pooled["wape"]
    best = wape.idxmin()
    return texts(
        f"learning.backtest.best.{best}",
        update=fmt.percent(wape["update"]),
        none=fmt.percent(wape["none"]),
        repeat=fmt.percent(wape["repeat4"]),
    )
