"""What all tests share: the profiles of hypothesis, and a word on what may be skipped."""

from __future__ import annotations

import os

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
    """One line that says whether a missing browser skips its tests or fails the run."""
    strict = os.environ.get("PLANNER_REQUIRE_ALL") == "1"
    return "missing browser: " + ("failure" if strict else "its tests are skipped")
