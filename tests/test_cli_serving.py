"""`according demo` as a user runs it: opened, asked, ended by Ctrl-C."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import tomllib
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from according.cli import cli
from according.errors import SetupError
from according.web import example_reports as examples

ROOT = Path(__file__).parent.parent
#: Far more seconds than a loaded machine takes.
_PATIENCE = 300


@contextmanager
def demo(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command under way, and the address that it tells. What it leaves in its temporary folder lies in ``folder``."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "TMPDIR": str(folder)}
    command = [sys.executable, "-m", "according", "demo", "--no-open"]
    with subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True) as running:
        late = threading.Timer(_PATIENCE, running.kill)
        late.start()
        try:
            assert running.stderr
            told = ""
            while not (found := re.search(r"open at (http://127\.0\.0\.1:\d+/)", told)):
                line = running.stderr.readline()
                assert line, told
                told += line
            yield running, found[1]
        finally:
            late.cancel()
            running.kill()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_demo_serves_the_examples_until_it_is_stopped_and_leaves_nothing(tmp_path: Path, how: signal.Signals) -> None:
    with demo(tmp_path) as (running, address):
        assert list(tmp_path.glob("according-demo-*/examples.db"))
        with urllib.request.urlopen(f"{address}sources", timeout=_PATIENCE) as answer:
            told = answer.read().decode()
            assert answer.status == 200 and "default-src 'self'" in answer.headers["content-security-policy"]
        assert "The Mirna Post" in told
        with urllib.request.urlopen(f"{address}reports", timeout=_PATIENCE) as answer:
            assert answer.read().decode().count('href="/report/') == 3
        running.send_signal(how)
        assert running.wait(_PATIENCE) == 0
        assert running.stderr and "Traceback" not in running.stderr.read()
    assert not list(tmp_path.glob("according-demo-*"))


def test_the_examples_are_those_of_the_checkout_and_go_into_the_wheel() -> None:
    assert examples.folder() == ROOT / "examples"
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["force-include"] == {"examples": "according/web/examples"}


def test_an_install_without_the_examples_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examples.resources, "files", lambda name: tmp_path / "a" / "b" / "c")
    with pytest.raises(SetupError, match="not part of this install"):
        examples.folder()


def test_make_demo_ends_by_saying_how_to_open_it() -> None:
    recipe = re.search(r"^demo:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert recipe and "according demo" in recipe[1].splitlines()[-1]
    assert "according demo" in CliRunner().invoke(cli, ["demo", "--help"]).output
