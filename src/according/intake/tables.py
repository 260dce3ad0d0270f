"""The TOML tables beside this code: what a user may want to read or change."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from according.data import toml


@cache
def load(name: str) -> dict[str, Any]:
    """The table of that file name, read once."""
    return toml(__package__, name)


def pattern(row: str) -> re.Pattern[str]:
    """A row of a table as a regular expression: case does not matter, a line break with its indent is not part of it."""
    return re.compile(re.sub(r"\n\s*", "", row), re.IGNORECASE)
