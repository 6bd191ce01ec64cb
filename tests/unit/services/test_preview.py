"""What an import would change is what it changes."""

from __future__ import annotations

from dataclasses import replace

from planner import services
from planner.engine import load_engine
from planner.records import CapacityRow
from planner.scenario import default_scenario
from planner.services.preview import preview
from planner.store import Store, open_store

ENGINE = load_engine()
SCENARIO = default_scenario(ENGINE.assumptions)
ROW = CapacityRow("249", "library", "pääkirjasto", 12.5, people=2)


def test_the_preview_tells_what_the_import_does() -> None:
    with open_store("sqlite://") as store:
        keep(store, ROW, replace(ROW, municipality="091"))
        estimate = services.estimated_rows(ENGINE, SCENARIO, "478")
        corrected = replace(services.estimated_rows(ENGINE, SCENARIO, "072")[0], hours=7.0)
        longer = replace(ROW, hours=15.0)
        rows = [longer, replace(ROW, municipality="091"), *estimate, corrected]

        found = preview(store, ENGINE, SCENARIO, rows)

        assert {code: tuple(map(list, both)) for code, both in found.items()} == {
            "249": ([ROW], [longer]),
            "072": (
                list(services.estimated_rows(ENGINE, SCENARIO, "072")),
                [replace(corrected, estimated=False)],
            ),
        }
        done = services.import_rows(store, ENGINE, SCENARIO, rows, "Aino")
        assert set(done.changed) == set(found)
        for code, (_, after) in found.items():
            assert list(services.held(store, code).rows) == list(after)
        assert preview(store, ENGINE, SCENARIO, rows) == {}


def keep(store: Store, *rows: CapacityRow) -> None:
    services.import_rows(store, ENGINE, SCENARIO, rows, "Eino")
