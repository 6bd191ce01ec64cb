"""An answer as plain values for JSON."""

from __future__ import annotations

import json

import pytest

from planner.answer import record
from tests.unit.answer.test_ask import ask


def test_the_record_has_the_pages_figures() -> None:
    found = ask()

    told = record(found)

    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert (told["draws"], told["seed"]) == (200, 1)
    assert told["verdict"] == found.verdict
    assert told["p_copes"] == found.p_copes[found.view].min()
    totals = found.totals
    assert told["contacts_p10"] == totals.contacts.low
    assert told["short_hours_p90"] == totals.short_hours.high
    assert told["contacts"] == pytest.approx(found.central.contacts.sum())
    weeks = told["weeks"]
    assert isinstance(weeks, list)
    assert len(weeks) == len(found.mondays)
    assert weeks[20]["week"] == found.mondays[20].isoformat()
    assert weeks[20]["needed_hours_p90"] == found.needed.high[20]
    assert weeks[20]["p_copes"] == found.p_copes[20]
    assert told["staffing"]["euros_p50"] == found.staffing["euros"].middle  # type: ignore[index]
