"""The TOML tables beside this code: what a user may want to read or change."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The table of that file name, read once."""
    return tomllib.loads((resources.files(__package__) / name).read_text("utf-8"))


def pattern(row: str) -> re.Pattern[str]:
    """A row of a table as a regular expression: case does not matter, a line break with its indent is not part of it."""
    return re.compile(re.sub(r"\n\s*", "", row), re.IGNORECASE)
