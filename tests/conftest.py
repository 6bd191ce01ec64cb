"""What all tests share: the profiles of hypothesis, and a word on what may be skipped."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# The same examples on every machine and at every run: a red build can be repeated. Without a
# deadline, since one slow moment of a shared machine says nothing about the code.
settings.register_profile(
    "planner",
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
# For a longer hunt: HYPOTHESIS_PROFILE=hunt pytest tests/property
settings.register_profile(
    "hunt", settings.get_profile("planner"), derandomize=False, max_examples=5000
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "planner"))


def pytest_report_header() -> str:
    """One line that says whether a missing browser or server skips its tests or fails the run."""
    strict = os.environ.get("PLANNER_REQUIRE_ALL") == "1"
    return "missing browser or PostgreSQL: " + ("failure" if strict else "its tests are skipped")


@pytest.fixture(autouse=True, scope="session")
def _own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test touches what the user of this machine has stored."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        patch.delenv("PLANNER_DATABASE_URL", raising=False)
        yield
