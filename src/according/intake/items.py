"""What is taken from a disk, an archive or the web before anything is read from it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from according.errors import IntakeError


@dataclass(frozen=True)
class Item:
    """Bytes as they were taken."""

    where: str  # a path or URL; what lies in a container after "!/": "archive.zip!/pages/a.html", "reports.jsonl!/17"
    data: bytes
    taken: datetime | None = None  # when they were so: fetched, archived, else last written; in UTC
    url: str | None = None  # where they were published, where the container or the fetch tells it
    media: str | None = None  # their content type, where it is told

    @cached_property
    def key(self) -> str:
        """64 hexadecimal digits: the same bytes from the same address are the same item, wherever they lie now."""
        return hashlib.sha256(f"{hashlib.sha256(self.data).hexdigest()} {self.url or ''}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that gives no bytes, and why."""

    where: str
    error: IntakeError


@dataclass(frozen=True, slots=True)
class Link:
    """A page that a feed or a list of reports points to, with what that tells of it."""

    url: str
    where: str  # the feed's own path or URL
    title: str | None = None
    published: date | None = None
