"""What events depend on besides their claims: a ledger that was grouped by another version is grouped anew."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources

from according import __version__

_DIGITS = 12


@cache
def version() -> str:
    """The version of this package, and a digest of the tables by which claims are weighed."""
    files = sorted(
        (file for file in resources.files("according.events").iterdir() if file.name.endswith(".toml")), key=lambda file: file.name
    )
    told = b"\0".join(file.name.encode() + b"\0" + file.read_bytes() for file in files)
    return f"{__version__}/{hashlib.sha256(told).hexdigest()[:_DIGITS]}"
