"""The calendar of sessions in a browser: few steps to a file, moves that last, readable for all."""

from __future__ import annotations

from pathlib import Path

import icalendar
import pytest
from playwright.sync_api import Locator, Page, expect

from planner.texts import LANGUAGES, catalogue
from tests.browser.harness import (
    NARROW,
    OpenPage,
    faint_chart_texts,
    faults,
    overflow,
    wait_for_heading,
    wait_until_ready,
)
from tests.browser.test_capacity import Keyboard
from tests.browser.test_sums import open_all

FI = catalogue("fi")
MOST = 8  # interactions from opening the page to the downloaded calendar
TITLE = FI("sessions.page.title", place="Keuruu")


def events(file: Path) -> list[icalendar.Component]:
    """The events of a downloaded calendar."""
    return icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")


def test_a_calendar_of_twelve_weeks_in_a_few_clicks(open_page: OpenPage, tmp_path: Path) -> None:
    page, done = open_page("sessions", lang="fi"), 0

    page.get_by_role("combobox", name=FI("control.municipality")).click()
    page.keyboard.type("Keur")
    page.keyboard.press("Enter")
    done += 3
    wait_for_heading(page, TITLE)
    wait_until_ready(page)
    with page.expect_download() as download:
        page.get_by_role("button", name=FI("sessions.files.ics")).click()
    done += 1

    download.value.save_as(tmp_path / "s.ics")
    assert len(events(tmp_path / "s.ics")) >= 12
    assert done <= MOST


def test_the_same_by_keyboard(
    open_page: OpenPage, tmp_path: Path, record_property: pytest.RecordProperty
) -> None:
    page = open_page("sessions", lang="fi")
    keys, done = Keyboard(page), 0

    keys.tab_to(f"INPUT {FI('control.municipality')}")
    keys.type("Keur")
    keys.press("Enter")
    done += 3  # go to the field, type, confirm
    wait_for_heading(page, TITLE)
    wait_until_ready(page)
    keys.tab_to(f"BUTTON {FI('sessions.files.ics')}")
    with page.expect_download() as download:
        keys.press("Enter")
    done += 2

    record_property("key_presses", keys.presses)
    print(f"to the calendar by keyboard: {done} steps, {keys.presses} presses")  # noqa: T201
    download.value.save_as(tmp_path / "s.ics")
    assert len(events(tmp_path / "s.ics")) >= 12
    assert done <= MOST


def pick_first_session(page: Page) -> Locator:
    """Picks the first session to change; the field of its day."""
    page.get_by_role("combobox", name=FI("sessions.edit.which")).click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    day = page.get_by_label(FI("sessions.edit.day"), exact=True).first
    expect(day).to_be_visible()
    return day


def test_a_moved_session_survives_reload(open_page: OpenPage, tmp_path: Path) -> None:
    # a municipality of its own: the store is shared by the tests
    page = open_page("sessions", kunta="256", lang="fi", plan_from="2027-02-01", show="list")
    pick_first_session(page)
    start = page.get_by_label(FI("sessions.edit.start"), exact=True).first
    start.fill("10.07")
    page.get_by_role("button", name=FI("sessions.edit.move"), exact=True).click()
    expect(page.get_by_text("10.07").first).to_be_visible()
    page.get_by_role("textbox", name=FI("author.label")).fill("Aino")
    page.keyboard.press("Tab")
    wait_until_ready(page)
    page.get_by_role("button", name=FI("sessions.keep.save")).click()
    expect(page.get_by_text(FI("sessions.keep.saved"))).to_be_visible()

    other = open_page("sessions", kunta="256", lang="fi", show="list")

    expect(other.get_by_text("10.07").first).to_be_visible()
    with other.expect_download() as download:
        other.get_by_role("button", name=FI("sessions.files.ics")).click()
    download.value.save_as(tmp_path / "s.ics")
    (moved,) = [one for one in events(tmp_path / "s.ics") if one["sequence"] > 0]
    assert moved["dtstart"].dt.strftime("%H:%M") == "10:07"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_reads_well_for_everybody_with_every_fold_open(open_page: OpenPage, lang: str) -> None:
    page = open_page("sessions", kunta="249", lang=lang)
    assert faults(page, lang, NARROW) == {}

    open_all(page.locator("[data-testid=stExpander] > details > summary"))
    button = catalogue(lang)("sessions.edit.add.send")
    expect(page.get_by_role("button", name=button, exact=True)).to_be_visible()
    wait_until_ready(page)

    assert overflow(page) == []
    assert faults(page, lang) == {}
    assert faint_chart_texts(page) == []


@pytest.mark.parametrize("shown", ["week", "list"])
def test_every_view_fits(open_page: OpenPage, shown: str) -> None:
    page = open_page("sessions", kunta="091", lang="sv", show=shown)
    assert faults(page, "sv", NARROW) == {}
    assert faults(page, "sv") == {}
