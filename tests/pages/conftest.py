"""Pages run without a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

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
