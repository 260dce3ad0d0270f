"""What is taken from a disk, an archive or the web before anything is read from it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from according.errors import IntakeError

_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


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


def shown(name: str) -> str:
    """``name`` as it can be printed and stored, so that no file's name can garble a terminal or a message.

    Control characters, marks that turn the writing round and bytes that are no characters are written out, each as its number.
    """
    return _UNSHOWN.sub(lambda found: found.group().encode("unicode_escape").decode("ascii"), name)
