"""Pages run without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from planner.store import Store, open_store
from planner.ui import kept

ROOT = Path(__file__).parents[2]

RunPage = Callable[..., AppTest]


@pytest.fixture
def run_page() -> RunPage:
    """Runs a page by its key with the parameters of its address; `from_` stands for `from`."""

    def run(key: str = "municipality", **params: object) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
        for name, value in params.items():
            app.query_params[name.removesuffix("_")] = str(value)
        app.switch_page(f"planner/ui/pages/{key}.py")
        return app.run()

    return run


def unfold(app: AppTest, *keys: str) -> AppTest:
    """The page once a reader has opened these folded parts."""
    for key in keys:
        app.session_state[f"fold-{key}"] = True
    return app.run()


@pytest.fixture
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store for one test alone, which the pages of this test use."""
    with open_store(f"sqlite:///{tmp_path / 'planner.sqlite'}", patience=0.2) as store:
        monkeypatch.setattr(kept, "store", lambda: store)
        yield store
