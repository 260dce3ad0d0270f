"""The example reports that come with According: in a checkout at its root, in a wheel beside the pages."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from according.errors import SetupError


def folder() -> Path:
    """Where they lie. Raises ``SetupError`` where the install lacks them."""
    web = Path(str(resources.files("according.web")))
    for place in (web / "examples", web.parents[2] / "examples"):
        if (place / "news-page.html").is_file():
            return place
    raise SetupError("The example reports are not part of this install; `according ingest` and `according serve` open reports of your own.")
