"""Where the data lie that measuring needs, and how the tool and the scorers are run over them. Standard library only.

The data are no part of the project: SHARED names their folder, ``../shared`` beside the checkout if it is not set.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHARED = (ROOT / os.environ.get("SHARED", "../shared")).resolve()


def according(*arguments: str | Path) -> None:
    """Run the command of this checkout. Inputs that it refuses are no error here; anything else is."""
    run = subprocess.run(command(*arguments), env=environment(), check=False)
    if run.returncode not in (0, 1):
        sys.exit(f"according {arguments[0]} ended with status {run.returncode}")


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "according", *map(str, arguments)]


def environment() -> dict[str, str]:
    path = os.environ.get("PYTHONPATH")
    return os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), *([path] if path else [])])}


def scored(scorer: Path, gold: Path, predictions: Path) -> dict[str, Any]:
    """What a scorer prints with ``--json``."""
    run = subprocess.run([sys.executable, scorer, gold, predictions, "--json"], capture_output=True, text=True, check=False)
    if run.returncode:
        sys.exit(f"{scorer.name} on {gold.parent.name}: {run.stderr.strip()}")
    result: dict[str, Any] = json.loads(run.stdout)
    return result


def write_lines(path: Path, records: Iterable[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
