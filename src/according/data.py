"""Knowledge kept as data: the TOML tables that stand beside the code that uses them."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any


def toml(package: str, name: str) -> dict[str, Any]:
    """The TOML table of that file name in a package, or in a folder of it: ``toml("according.places", "data/features.toml")``."""
    return tomllib.loads(resources.files(package).joinpath(*name.split("/")).read_text(encoding="utf-8"))
