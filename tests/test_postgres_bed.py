"""The tests' own PostgreSQL: each test has an empty database, and nothing is left of the server when its session ends."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, inspect, make_url, text

import postgres

KILLED = """
import os, signal, postgres
with postgres.server() as server:
    print(server.url.port, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_starts_with_an_empty_place(ledger_url: str, turn: int) -> None:
    url = make_url(ledger_url).set(drivername="postgresql+psycopg") if "://" in ledger_url else f"sqlite:///{ledger_url}"
    engine = create_engine(url)
    with engine.begin() as connection:
        assert connection.execute(text("select 1")).scalar_one() == 1
        assert inspect(connection).get_table_names() == []
        connection.execute(text("create table left_behind (turn integer)"))


def test_a_database_goes_though_a_connection_to_it_is_open(postgresql_server: postgres.Server) -> None:
    with postgresql_server.database() as url:
        connection = psycopg.connect(url)
    with pytest.raises(psycopg.OperationalError):
        connection.execute("select 1")
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(url)


def test_words_of_any_script_come_back_as_written(postgresql_url: str) -> None:
    written = "Çanakkale, إدلب, 𐤀"
    with psycopg.connect(postgresql_url) as connection:
        assert connection.execute("select %s::text", [written]).fetchone() == (written,)


def test_two_servers_stand_beside_each_other(own_server: None) -> None:
    with postgres.server() as one, postgres.server() as other:
        assert one.url.port != other.url.port
        for server in (one, other):
            with server.database() as url, psycopg.connect(url) as connection:
                assert connection.execute("select 1").fetchone() == (1,)


def test_a_server_goes_with_its_session_though_that_was_killed(own_server: None) -> None:
    ended = subprocess.run([sys.executable, "-c", KILLED], cwd=Path(__file__).parent, stdout=subprocess.PIPE, text=True)
    gone = f"postgresql://postgres@127.0.0.1:{int(ended.stdout)}/postgres"
    until = time.monotonic() + 20
    while _answers(gone) and time.monotonic() < until:
        time.sleep(0.1)
    assert not _answers(gone)


def test_without_the_programs_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ACCORDING_TEST_POSTGRES", raising=False)
    monkeypatch.setattr(postgres, "_places", lambda: iter([Path("/nowhere")]))
    with pytest.raises(postgres.NoServer, match="apt-get install postgresql"), postgres.server():
        pass


@pytest.fixture
def own_server(postgresql_server: postgres.Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets a test start servers of its own, where the session has one of its own too."""
    if os.environ.get("ACCORDING_TEST_POSTGRES"):
        pytest.skip("ACCORDING_TEST_POSTGRES names a server: none is started here.")


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True
