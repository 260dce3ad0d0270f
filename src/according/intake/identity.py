"""Names for reports that bring none: the same bytes under the same name always get the same one."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePath


def sha256(data: bytes) -> str:
    """64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def file_id(name: str, data: bytes) -> str:
    """A report's id: its file's stem, to be known by, and 8 digits of its content, so that no two different files share it."""
    stem = re.sub(r"[^\w.-]+", "-", PurePath(name).stem).strip("-.")[:60]
    return f"{stem or 'report'}-{sha256(data)[:8]}"


def text_id(text: str) -> str:
    """An id from the text alone: ``text-`` and 12 digits."""
    return f"text-{sha256(text.encode('utf-8', 'surrogatepass'))[:12]}"
