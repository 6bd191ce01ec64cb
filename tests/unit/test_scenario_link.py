"""Links: what damage, trickery and time may do to them."""

from __future__ import annotations

import base64
import dataclasses
import json
import zlib
from pathlib import Path

import numpy as np
import pytest

from planner.engine import settings
from planner.errors import PlannerError
from planner.model.forecast import Forecast, forecast
from planner.model.weeks import horizon
from planner.scenario import (
    LONGEST_LINK,
    Scenario,
    default_scenario,
    from_json,
    from_link,
    to_link,
)
from planner.scenario.checks import MOST_BYTES
from tests import worlds

ENGINE = worlds.engine()
DEFAULT = default_scenario(ENGINE.assumptions)
CHANGED = DEFAULT.with_override("stay", (0.5,)).with_reason("stay", "kysytty kirjastosta")
OLD = json.loads((Path(__file__).parent / "old_links.json").read_text("utf-8"))


def fault(link: str) -> str:
    """The code of the error that a link raises."""
    with pytest.raises(PlannerError) as caught:
        from_link(link)
    return caught.value.code


def packed(data: bytes, mark: str = "1") -> str:
    """Any bytes as a link."""
    return f"{mark}.{base64.urlsafe_b64encode(zlib.compress(data, 9)).decode().rstrip('=')}"


def figures(scenario: Scenario) -> Forecast:
    """The forecast itself, past the engine's cache."""
    span = horizon(scenario.start, scenario.target_date)
    return forecast(
        ENGINE.parameters(scenario), span, ENGINE.facts, settings(ENGINE, scenario, span)
    )


def test_a_link_has_only_letters_that_an_address_may_have() -> None:
    link = to_link(CHANGED)

    assert link.startswith("1.")
    assert set(link) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")
    assert len(link) < 400


@pytest.mark.parametrize(
    "link",
    [
        "",
        "1",
        "1.",
        "0.abc",
        "one.abc",
        "-1.abc",
        "1.abc",
        "1.abc!",
        "1.äö",
        "abc",
        "１.abc",
        "1." + "A" * LONGEST_LINK,
        packed(b"\xff\xfe"),
        packed(DEFAULT.to_json().encode()) + "AAAA",
    ],
)
def test_what_is_no_link(link: str) -> None:
    assert fault(link) == "error.link_damaged"


def test_a_cut_link_is_noticed_wherever_it_was_cut() -> None:
    link = to_link(CHANGED)

    assert {fault(link[:end]) for end in range(len(link))} == {"error.link_damaged"}


def test_a_changed_letter_is_noticed_wherever_it_is() -> None:
    link = to_link(CHANGED)
    for at in range(2, len(link) - 1):
        changed = link[:at] + ("A" if link[at] != "A" else "B") + link[at + 1 :]
        assert fault(changed) == "error.link_damaged", at


@pytest.mark.parametrize("mark", ["2", "17", "9999"])
def test_a_newer_link_says_so(mark: str) -> None:
    assert fault(packed(b"whatever", mark)) == "error.link_newer"


def test_a_newer_scenario_in_a_link_says_so() -> None:
    newer = DEFAULT.to_json().replace('"schema":1', '"schema":2')

    assert fault(packed(newer.encode())) == "error.scenario_newer"


def test_a_link_that_unpacks_without_end_is_stopped() -> None:
    bomb = packed(b" " * 30_000_000)

    assert len(bomb) < LONGEST_LINK
    assert fault(bomb) == "error.link_damaged"


def test_the_largest_scenario_still_fits_into_a_link() -> None:
    noise = np.random.default_rng(1).bytes(MOST_BYTES)

    assert len(packed(noise)) <= LONGEST_LINK


# --- links of earlier versions ---


@pytest.mark.parametrize("old", OLD, ids=[old["what"] for old in OLD])
def test_links_of_earlier_versions_open_with_the_same_figures(old: dict[str, str]) -> None:
    scenario, meant = from_link(old["link"]), from_json(old["scenario"])

    ENGINE.check(scenario)
    assert scenario == meant
    assert scenario.id == old["id"]
    one, other = figures(scenario), figures(meant)
    for name in ("new_users", "contacts", "needed", "short_hours"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


def test_the_old_links_reach_every_field() -> None:
    opened = [from_link(old["link"]) for old in OLD]

    for field in dataclasses.fields(Scenario):
        # what the store holds of services belongs to no link
        if field.name not in ("schema", "capacity"):
            values = {getattr(scenario, field.name) for scenario in opened}
            assert len(values) > 1, field.name


def test_a_link_keeps_what_it_fixed_though_the_default_changes() -> None:
    link = to_link(DEFAULT)
    later = dict(ENGINE.assumptions.settings)
    for name in ("new_users", "existing"):
        later[name] = dataclasses.replace(later[name], value=1_000_000)
    changed = dataclasses.replace(ENGINE.assumptions, settings=later)

    assert default_scenario(changed).new_users == 1_000_000
    assert (from_link(link).new_users, from_link(link).existing) == (2_800_000, 1_500_000)
    assert (from_link(link).start, from_link(link).target_date) == (
        DEFAULT.start,
        DEFAULT.target_date,
    )
