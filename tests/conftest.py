"""Property tests try the same examples in every run; ``HYPOTHESIS_PROFILE=wide`` tries many others."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from according.places import building

SLOW_MODEL = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("steady", derandomize=True, max_examples=40, **SLOW_MODEL)
settings.register_profile("wide", max_examples=1000, **SLOW_MODEL)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_configure(config: pytest.Config) -> None:
    """The tests have a gazetteer of their own, made once and kept between runs, unless ACCORDING_HOME names another."""
    os.environ.setdefault("ACCORDING_HOME", str(config.cache.mkdir("gazetteer")))  # type: ignore[union-attr]


@pytest.fixture(scope="session", autouse=True)
def _made() -> None:
    """The gazetteer is there before any command is run: making it says so on standard error, which is no part of what they test."""
    building.ready()
