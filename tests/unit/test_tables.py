"""Tidy tables: columns, order, sums over areas, digits."""

from __future__ import annotations

import datetime as dt
import io

import numpy as np
import pandas as pd
import pytest

from planner import tables
from planner.errors import PlannerError
from planner.model.forecast import Forecast
from planner.scenario import default_scenario
from tests import worlds

ENGINE = worlds.engine()
SNAPSHOT = ENGINE.snapshot
SCENARIO = default_scenario(ENGINE.assumptions)
ABOVE = ("region", "wellbeing_county", "development_centre", "country")


@pytest.fixture(scope="module")
def result() -> Forecast:
    return ENGINE.forecast(SCENARIO, worlds.TODAY)


def test_weekly_rows_are_areas_by_weeks(result: Forecast) -> None:
    frame = tables.weekly(SNAPSHOT, result, "municipality", "fi")

    assert list(frame.columns) == ["area_code", "area_name", "week", *tables.MEASURES]
    assert len(frame) == 308 * result.span.count
    assert frame["area_code"].unique().tolist() == list(SNAPSHOT.codes)
    assert (frame.groupby("area_code").size() == result.span.count).all()
    keuruu = frame[frame["area_code"] == "249"]
    assert keuruu["week"].tolist() == [day.isoformat() for day in result.span.mondays()]
    np.testing.assert_array_equal(keuruu["contacts"], result.contacts[0, SNAPSHOT.index("249")])


def test_weekly_rows_of_one_place_from_a_week_on(result: Forecast) -> None:
    places, since = [SNAPSHOT.index("249")], dt.date(2026, 3, 4)

    frame = tables.weekly(SNAPSHOT, result, "municipality", "sv", places, since)

    assert frame["area_name"].unique().tolist() == ["Keuru"]
    assert frame["week"].iloc[0] == "2026-03-02"
    assert len(frame) == result.span.count - result.span.index(since)


@pytest.mark.parametrize("level", ABOVE)
def test_areas_above_are_sums_of_their_municipalities(result: Forecast, level: str) -> None:
    group = SNAPSHOT.groups[level]
    small = tables.weekly(SNAPSHOT, result, "municipality", "en")
    small["area_code"] = np.repeat([group.codes[i] for i in group.index], result.span.count)

    large = tables.weekly(SNAPSHOT, result, level, "en").set_index(["area_code", "week"])

    sums = small.groupby(["area_code", "week"])[list(tables.MEASURES)].sum()
    assert len(large) == len(group.codes) * result.span.count
    expected = sums.loc[large.index]
    np.testing.assert_allclose(large[list(tables.MEASURES)], expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("level", ["region", "wellbeing_county", "development_centre"])
def test_aland_is_a_row_of_its_own(level: str) -> None:
    names = [name for _, name in tables.area_names(SNAPSHOT, level, "en")]

    assert sum("Åland" in name for name in names) == 1
    in_aland = np.array([place.is_aland for place in SNAPSHOT.municipalities])
    share = tables.by_area(SNAPSHOT, level, in_aland.astype(float))
    assert sorted(set(share)) == [0.0, 16.0]


def test_names_come_in_the_language_asked_for() -> None:
    def name(level: str, code: str, lang: str) -> str:
        return dict(tables.area_names(SNAPSHOT, level, lang))[code]

    assert [name("municipality", "249", lang) for lang in ("fi", "sv", "en")] == [
        "Keuruu",
        "Keuru",
        "Keuruu",
    ]
    assert [name("country", "FI", lang) for lang in ("fi", "sv", "en")] == [
        "Suomi",
        "Finland",
        "Finland",
    ]


def test_unknown_levels_are_refused() -> None:
    for call in (tables.check_level, lambda level: tables.area_names(SNAPSHOT, level, "en")):
        with pytest.raises(PlannerError) as caught:
            call("village")
        assert caught.value.code == "error.unknown_level"


def test_summaries_over_a_view(result: Forecast) -> None:
    view = slice(8, 20)

    frame = tables.summaries(SNAPSHOT, result, "municipality", view).set_index("code")

    index = SNAPSHOT.index("249")
    row = frame.loc["249"]
    contacts = result.contacts[0, index, view].sum()
    assert row["adults"] == pytest.approx(SNAPSHOT.people[index].sum())
    assert row["contacts"] == pytest.approx(contacts)
    assert row["contacts_per_1000"] == pytest.approx(1000 * contacts / row["adults"])
    # by the end of the target week, whatever the view
    by_target = result.new_users[0, index, : result.span.target_index + 1].sum()
    assert row["new_users"] == pytest.approx(by_target)
    assert row["short_per_1000"] == pytest.approx(1000 * row["short_hours"] / row["adults"])
    # twelve weeks of the winter's 62 staffed hours
    assert row["share_of_staffed"] == pytest.approx(row["hours"] / (12 * 62))
    assert frame[["ready", "tight", "short"]].sum(axis=1).eq(1).all()


def test_where_no_library_is_staffed_the_share_is_unknown(result: Forecast) -> None:
    frame = tables.summaries(SNAPSHOT, result, "municipality", slice(0, 85)).set_index("code")

    unknown = frame.index[frame["share_of_staffed"].isna()].tolist()
    assert unknown == ["295", "316", "766"]  # Kumlinge, Kärkölä, Sottunga


@pytest.mark.parametrize("level", ABOVE)
def test_summaries_above_add_up_and_rates_do_not(result: Forecast, level: str) -> None:
    view = slice(0, result.span.count)
    small = tables.summaries(SNAPSHOT, result, "municipality", view)

    large = tables.summaries(SNAPSHOT, result, level, view)

    for column in ("adults", "new_users", "contacts", "hours", "short_hours", "ready", "short"):
        assert large[column].sum() == pytest.approx(small[column].sum(), rel=1e-12), column
    assert large[["ready", "tight", "short"]].to_numpy().sum() == 308
    rate = 1000 * large["contacts"].sum() / large["adults"].sum()
    assert large["contacts_per_1000"].min() <= rate <= large["contacts_per_1000"].max()


# --- draws ---


def test_summaries_with_draws_add_quantiles_and_speak_of_their_p50(result: Forecast) -> None:
    drawn = ENGINE.ensemble(SCENARIO, worlds.TODAY, None, 200)
    view = result.span.view(None)

    plain = tables.summaries(SNAPSHOT, result, "municipality", view)
    frame = tables.summaries(
        SNAPSHOT, result, "municipality", view, drawn, ENGINE.verdicts(drawn, view)
    )

    added = [f"{name}_p{p}" for name in tables.TOTALS for p in (10, 50, 90)]
    assert sorted(set(frame.columns) - set(plain.columns)) == sorted(added)
    np.testing.assert_array_equal(frame["contacts"], plain["contacts"])
    for name in tables.TOTALS:
        columns = frame[[f"{name}_p{p}" for p in (10, 50, 90)]].to_numpy()
        assert (np.diff(columns, axis=1) >= 0).all()
        expected = np.quantile(drawn.totals[name].astype(np.float64), 0.5, axis=0)
        np.testing.assert_allclose(frame[f"{name}_p50"], expected)
    np.testing.assert_allclose(
        frame["contacts_per_1000"], 1000 * frame["contacts_p50"] / frame["adults"]
    )
    assert frame["ready"].sum() == (ENGINE.verdicts(drawn, view) == 0).sum()


@pytest.mark.parametrize("since", [None, dt.date(2026, 3, 4)])
def test_a_places_own_draws_make_the_same_rows_as_everybodys(
    result: Forecast, since: dt.date | None
) -> None:
    index = SNAPSHOT.index("249")
    asked = (SNAPSHOT, result, "municipality", "fi", [index], since)

    own = tables.weekly(*asked, ENGINE.place_draws(SCENARIO, index, worlds.TODAY, since))
    everybodys = tables.weekly(*asked, ENGINE.ensemble(SCENARIO, worlds.TODAY, since, 200))

    assert {"contacts_p10", "hours_p90", "short_hours_p80", "p_copes"} < set(own.columns)
    pd.testing.assert_frame_equal(own, everybodys, rtol=1e-4, atol=1e-5)
    np.testing.assert_array_equal(own["contacts_p50"], everybodys["contacts_p50"])
    np.testing.assert_array_equal(own["p_copes"], everybodys["p_copes"])


def test_csv_keeps_twelve_digits_and_reads_back(result: Forecast) -> None:
    frame = tables.weekly(SNAPSHOT, result, "country", "en")

    text = tables.as_csv(frame)

    back = pd.read_csv(io.StringIO(text), dtype={"area_code": str})
    assert text.splitlines()[0] == ",".join(frame.columns)
    assert "\r" not in text
    pd.testing.assert_frame_equal(back, frame, check_dtype=False, rtol=1e-11)
