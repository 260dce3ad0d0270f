"""The development set is not to be scored lower than before. Skipped where the set is not there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GOLD = ROOT / os.environ.get("SHARED", "../shared") / "gold" / "dev"


@pytest.mark.skipif(not GOLD.is_dir(), reason="no development set beside this checkout (SHARED)")
def test_no_score_falls_below_its_floor():
    run = subprocess.run([sys.executable, ROOT / "bench" / "score.py"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, f"\n{run.stdout}{run.stderr}"
