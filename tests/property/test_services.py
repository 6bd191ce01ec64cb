"""What must hold for any capacity rows: written and read they are the same, in every format."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from planner import services
from planner.errors import PlannerError
from planner.records import CERTAINTIES, LANGUAGES, PROVIDERS, CapacityRow
from planner.services.words import COLUMNS
from planner.store import open_store
from tests.services import ENGINE, SCENARIO, SNAPSHOT, noted, read, told
from tests.uploads import said

# no library, both languages, a name that differs from the Finnish one, a code that Excel shortens
CODES = ("005", "091", "249", "295", "478", "710")
FORMATS = st.sampled_from(["csv", "fi", "sv", "en"])
_DAYS = st.none() | st.dates(dt.date(2000, 1, 3), dt.date(2099, 12, 31))
_SIGNS = st.sampled_from(list("=+-@#'\"; ,\n\t|éäÃ¤–½ﬁ\u200b\x00´"))
PLACES = st.text(max_size=12) | st.text(_SIGNS, max_size=8) | st.sampled_from(["", "0", "1,5", "-"])


@st.composite
def capacity_rows(draw: st.DrawFn) -> CapacityRow:
    """Any row that can be kept, untidy as people type."""
    first, last = draw(_DAYS), draw(_DAYS)
    if first and last and last < first:
        first, last = last, first
    people = draw(st.none() | st.integers(0, 10_000))
    most = 168.0 if people is None else min(168.0 * people, 100_000.0)
    paid = draw(st.booleans())
    return CapacityRow(
        draw(st.sampled_from(CODES)),
        draw(st.sampled_from(PROVIDERS)),
        draw(PLACES),
        draw(st.floats(0, most) | st.sampled_from([0.0, -0.0, most])),
        first,
        last,
        people,
        paid,
        tuple(draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=7))),
        tuple(draw(st.lists(st.sampled_from(services.ROW_CHANNELS), max_size=6))),
        draw(st.booleans()),
        paid and draw(st.booleans()),
        draw(st.sampled_from(CERTAINTIES)),
    )


def sound(rows: list[CapacityRow]) -> tuple[CapacityRow, ...]:
    """The rows without those that overlap an earlier one."""
    neat = [services.tidy(row) for row in rows]
    faulty = {at for at, _ in services.check_rows(neat)}
    return tuple(row for at, row in enumerate(neat) if at not in faulty)


def written(rows: tuple[CapacityRow, ...], form: str) -> bytes:
    if form == "csv":
        return services.write_csv(rows, SNAPSHOT)
    return services.write_xlsx(rows, SNAPSHOT, form)


@given(capacity_rows())
def test_a_tidy_row_stays_as_it_is(row: CapacityRow) -> None:
    neat = services.tidy(row)

    assert services.tidy(neat) == neat
    assert services.with_paid(neat, services.paid_of(neat)) == neat


@settings(max_examples=60)
@given(st.lists(capacity_rows(), min_size=1, max_size=6), FORMATS)
def test_rows_written_and_read_are_the_same(rows: list[CapacityRow], form: str) -> None:
    expected = sound(rows)
    data = written(expected, form)

    reading = read(data, "rows.csv" if form == "csv" else "rows.xlsx")

    assert reading.rows == expected
    assert told(reading) == []
    assert set(noted(reading)) <= {"services.note.long_weeks", "services.note.no_place"}


@settings(max_examples=15)
@given(st.lists(capacity_rows(), min_size=1, max_size=6))
def test_rows_imported_are_those_of_an_export_and_twice_is_once(rows: list[CapacityRow]) -> None:
    given_rows = sound(rows)
    with open_store("sqlite://") as store:
        services.import_rows(store, ENGINE, SCENARIO, given_rows, "Aino")
        exported = services.everything(ENGINE, SCENARIO, store)
        before = store.revision()

        again = read(services.write_csv(exported, SNAPSHOT)).rows
        done = services.import_rows(store, ENGINE, SCENARIO, again, "Eino")

        assert done == services.Imported((), len(SNAPSHOT.codes))
        assert store.revision() == before
    entered = [row for row in exported if row.municipality in {r.municipality for r in given_rows}]
    assert {row.municipality for row in exported} == set(SNAPSHOT.codes)
    assert sorted(map(_bare, entered)) == sorted(map(_bare, given_rows))


def _bare(row: CapacityRow) -> tuple[str, ...]:
    """The row without the mark that it is estimated, which a changed estimate loses."""
    return tuple(str(value) for name, value in vars(row).items() if name != "estimated")


CELLS = st.sampled_from(
    [
        *("Keuruu", "249", "Yhteensä", "kirjasto", "museo", "12,5", "1.200", "-3", "169", "1O", ""),
        *("19.1.2026", "vko 4", "2026-W04", "46041", "31.12.1899", "2", "1,5", "palkattu", "ehkä"),
        *("suomi ja ruotsi", "fi sv", "klingon", "ryhmässä, etänä", "varma", "arvioitu", "#N/A"),
        *('"', "\n", ";", "=1+1", "'", "\x00", "٣", "Ã¤", "-", "Keuruu (esimerkki)"),
    ]
)


@given(st.lists(st.lists(CELLS, max_size=13), min_size=1, max_size=6), st.permutations(COLUMNS))
def test_any_cells_give_rows_or_are_told(lines: list[list[str]], columns: list[str]) -> None:
    content = "\n".join(";".join(cells) for cells in [columns, *lines])

    try:
        reading = read(content)
    except PlannerError as error:
        said(error)
        return

    assert services.check_rows(reading.rows) == []
    assert [services.tidy(row) for row in reading.rows] == list(reading.rows)
    assert all(row is not None for row, _ in told(reading))
    noted(reading)


@given(st.binary(max_size=300), st.sampled_from(["rows.csv", "rows.xlsx", ""]))
def test_any_bytes_give_a_reading_or_a_message(data: bytes, name: str) -> None:
    try:
        reading = read(data, name)
    except PlannerError as error:
        said(error)
    else:
        told(reading)
        noted(reading)
