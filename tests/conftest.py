"""Property tests try the same examples in every run; ``HYPOTHESIS_PROFILE=wide`` tries many others."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import postgres
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


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[postgres.Server]:
    """One server for the session, started when the first test asks for it; where none can be had, each such test is skipped."""
    try:
        with postgres.server() as server:
            yield server
    except postgres.NoServer as missing:
        pytest.skip(str(missing))


@pytest.fixture
def postgresql_url(postgresql_server: postgres.Server) -> Iterator[str]:
    """``postgresql://…``: an empty database for this test alone."""
    with postgresql_server.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where this test keeps its ledger, empty so far: a path for SQLite, then ``postgresql://…``. The test runs once on each."""
    if request.param == "sqlite":
        return str(tmp_path / "according.db")
    url: str = request.getfixturevalue("postgresql_url")
    return url
