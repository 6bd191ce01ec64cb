"""What must hold for any uploaded bytes: a reading or a message, the same every time."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.assumptions import CHANNELS
from planner.errors import PlannerError
from planner.records import UserCount, Visit
from planner.snapshot import AGE_BANDS
from planner.uploads import (
    Reading,
    read_users,
    read_visits,
    template,
    write_users,
    write_visits,
)
from tests.uploads import FIRST, LAST, SNAPSHOT, TODAY, noted, said, told

SPAN = (SNAPSHOT, FIRST, LAST, TODAY)
CSV = "Kunta;Viikko;Käynnit;Kanava\r\nPedersöre;19.1.2026;1 200;ryhmä\r\n249;2026-W05;3;\r\n"
WORKBOOK = template("visits", "xlsx", "fi")
CELLS = st.sampled_from(
    [
        *(
            "Keuruu",
            "249",
            "Maarianhamina",
            "Yhteensä",
            "19.1.2026",
            "2026-W04",
            "46041",
            "1/2/2026",
        ),
        *("", "-", "3", "3,0", "-1", "1.200", "#N/A", "ryhmä", "85+", '"', "\n", ";", ",", "\t"),
        *(
            "kunta",
            "viikko",
            "käynnit",
            "päivä",
            "käyttäjät",
            "65–74",
            "\x00",
            "²",
            "٣",
            "Ã¤",
            "3¹",
            "kuntanumero",
            "vuosi",
        ),
    ]
)


def outcome(data: bytes, name: str) -> list[object]:
    """What both readings give; anything but a reading or a message fails the test."""
    given: list[object] = []
    for read in (read_visits, read_users):
        try:
            reading: Reading[Visit] | Reading[UserCount] = read(data, name, *SPAN)
        except PlannerError as error:
            given.append((said(error), error.values))
        else:
            given.append((reading.rows, told(reading), noted(reading)))
    return given


@given(st.binary(max_size=400), st.sampled_from(["log.csv", "log.xlsx", "", "a/b.xls"]))
def test_any_bytes_give_a_reading_or_a_message(data: bytes, name: str) -> None:
    assert outcome(data, name) == outcome(data, name)


@given(
    st.lists(st.lists(CELLS, max_size=6), max_size=8),
    st.sampled_from([";", ",", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_table_gives_a_reading_or_a_message(
    rows: list[list[str]], separator: str, encoding: str
) -> None:
    for head in ("kunta", "viikko", "käynnit", "kanava"), ("päivä", "käyttäjät", "ikä", "kunta"):
        text = "\n".join(separator.join(row) for row in [list(head), *rows])
        assert outcome(text.encode(encoding), "log.csv")


@st.composite
def spoilt(draw: st.DrawFn, good: bytes) -> bytes:
    """Good bytes with a few places overwritten, cut out or put in."""
    data = bytearray(good)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = start + draw(st.integers(0, 8))
        data[start:end] = draw(st.binary(max_size=8))
    return bytes(data)


@given(spoilt(CSV.encode("cp1252")) | spoilt(CSV.encode()) | spoilt(CSV.encode("utf-16")))
def test_a_spoilt_csv_gives_a_reading_or_a_message(data: bytes) -> None:
    outcome(data, "log.csv")


@given(spoilt(WORKBOOK))
@settings(max_examples=40)
def test_a_spoilt_workbook_gives_a_reading_or_a_message(data: bytes) -> None:
    outcome(data, "log.xlsx")


@given(st.data())
@settings(max_examples=60)
def test_a_workbook_with_a_spoilt_part_gives_a_reading_or_a_message(data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    name = data.draw(st.sampled_from([name for name in parts if name.startswith("xl/")]))
    parts[name] = data.draw(spoilt(parts[name]))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        for part, content in parts.items():
            new.writestr(part, content)
    outcome(file.getvalue(), "log.xlsx")


MONDAYS = st.integers(0, (TODAY - FIRST).days // 7).map(lambda n: FIRST + dt.timedelta(weeks=n))
DAYS = st.dates(FIRST, TODAY)
CODES = st.sampled_from(SNAPSHOT.codes)


@given(
    st.lists(
        st.builds(Visit, CODES, MONDAYS, st.integers(0, 40), st.sampled_from(CHANNELS)),
        unique_by=lambda visit: (visit.municipality, visit.week, visit.channel),
        min_size=1,
    )
)
def test_written_visits_are_read_again(rows: list[Visit]) -> None:
    reading = read_visits(write_visits(rows), "log.csv", *SPAN)
    assert (reading.rows, reading.problems) == (tuple(rows), ())


@given(
    st.lists(
        st.builds(
            UserCount,
            DAYS,
            st.integers(0, 9),
            st.none() | CODES,
            st.none() | st.sampled_from(AGE_BANDS),
        ),
        unique_by=lambda users: (users.date, users.municipality, users.age_band),
        min_size=1,
    )
)
def test_written_user_counts_are_read_again(rows: list[UserCount]) -> None:
    reading = read_users(write_users(rows), "log.csv", *SPAN)
    assert (reading.rows, reading.problems) == (tuple(rows), ())
