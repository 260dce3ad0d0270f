"""Where According keeps what it makes for itself: the gazetteer."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path


def home() -> Path:
    """The folder for According's own data: what ACCORDING_HOME says, else the user's data folder as the system has it."""
    told = os.environ.get("ACCORDING_HOME")
    return Path(told) if told else user_data_path("according", appauthor=False)
