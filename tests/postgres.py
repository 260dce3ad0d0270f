"""PostgreSQL for the tests: a server of their own on loopback, in a temporary folder, and a new database for each test.

``ACCORDING_TEST_POSTGRES=postgresql://user@host/database`` names a server to use instead; its user must be allowed to make databases.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

_PROGRAMS = ("initdb", "pg_ctl", "postgres")
_SUPERUSER = "postgres"
_PORTS_TRIED = 5  # another program may take a port between its choice and the server's start
# Nothing here outlives the session, so nothing needs to survive a power cut; connections come from this machine only.
_SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = '{folder}'
fsync = off
full_page_writes = off
synchronous_commit = off
shared_buffers = 32MB
jit = off
"""
# Waits for a line, or for the end of the session that holds the other end of the pipe, even where that was killed; then tidies up.
_KEEPER = 'read -r _; "$1" stop --silent --mode=immediate --pgdata="$2/data"; cd / && rm -rf "$2"'


class NoServer(Exception):
    """There is no PostgreSQL to be had here; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, by the address of a database of it that is always there."""

    url: URL

    @contextmanager
    def database(self) -> Iterator[str]:
        """The URL, as a user would write it, of an empty database that goes with all its connections at the end."""
        name = f"according_test_{uuid.uuid4().hex}"
        self._command("create database {} template template0 encoding 'UTF8'", name)
        try:
            yield _written(self.url.set(database=name))
        finally:
            self._command("drop database {} with (force)", name)

    def _command(self, command: str, name: str) -> None:
        with psycopg.connect(_written(self.url), autocommit=True) as connection:
            connection.execute(sql.SQL(command).format(sql.Identifier(name)))


@contextmanager
def server() -> Iterator[Server]:
    """The server that the environment names, or one started for as long as the block lasts. :raises NoServer: where neither can be."""
    if given := os.environ.get("ACCORDING_TEST_POSTGRES"):
        yield Server(make_url(given).set(drivername="postgresql"))
        return
    programs = _programs()
    with _folder(programs) as folder:
        yield Server(URL.create("postgresql", _SUPERUSER, host="127.0.0.1", port=_started(programs, folder), database="postgres"))


def _written(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def _programs() -> Path:
    """The folder of the server's programs, which Debian keeps off the PATH. :raises NoServer: where there is none."""
    for folder in _places():
        if all((folder / name).exists() for name in _PROGRAMS):
            return folder
    raise NoServer("PostgreSQL's server is not installed; `apt-get install postgresql` brings it.")


def _places() -> Iterator[Path]:
    if asked := shutil.which("pg_config"):
        yield Path(subprocess.run([asked, "--bindir"], capture_output=True, text=True, check=True).stdout.strip())
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    if found := shutil.which("initdb"):
        yield Path(found).parent


def _version(folder: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", folder.parent.name)]


@contextmanager
def _folder(programs: Path) -> Iterator[Path]:
    """A folder for a server's files. When the block ends, or the session is killed, the server is stopped and the folder removed."""
    # Not TMPDIR: a socket's path holds 107 bytes at most, and root's own folder for such things may be closed to others.
    folder = Path(tempfile.mkdtemp(prefix="according-postgres-", dir="/tmp"))
    if user := _user():
        shutil.chown(folder, user)
    command = ["sh", "-c", _KEEPER, "sh", str(programs / "pg_ctl"), str(folder)]
    # A session of its own: ctrl-C on the terminal must not reach the server before the tests have let go of it.
    keeper = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=folder, start_new_session=True, **_as(user))
    try:
        yield folder
    finally:
        keeper.communicate(b"\n")


def _started(programs: Path, folder: Path) -> int:
    """The port of 127.0.0.1 at which a new server answers."""
    data = folder / "data"
    initdb = [programs / "initdb", "--no-sync", f"--username={_SUPERUSER}", "--auth=trust", "--encoding=UTF8", "--locale=C"]
    _run([*initdb, *_order(programs), f"--pgdata={data}"], folder).check_returncode()
    with (data / "postgresql.conf").open("a") as settings:
        settings.write(_SETTINGS.format(folder=folder))
    start = [programs / "pg_ctl", "start", "--wait", f"--pgdata={data}", f"--log={folder / 'log'}"]
    for _ in range(_PORTS_TRIED):
        port = _free_port()
        if _run([*start, f"--options=-p {port}"], folder).returncode == 0:
            return port
    raise RuntimeError(f"PostgreSQL's server does not start:\n{(folder / 'log').read_text()}")


def _order(programs: Path) -> list[str]:
    """Words in the order of a dictionary, as on most servers, where PostgreSQL can (from 15): SQLite goes by code points."""
    known = subprocess.run([programs / "initdb", "--help"], capture_output=True, text=True, check=True).stdout
    return ["--locale-provider=icu", "--icu-locale=en"] if "--icu-locale" in known else []


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _run(command: list[Any], folder: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, **_as(_user()))


def _user() -> str | None:
    """Whom the server runs as: PostgreSQL refuses root. ``None`` is the user who runs the tests."""
    if os.geteuid() != 0:
        return None
    return "postgres" if any(entry.pw_name == "postgres" for entry in pwd.getpwall()) else "nobody"


def _as(user: str | None) -> dict[str, Any]:
    """What ``subprocess`` needs to start a program as ``user``."""
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
