"""Keys made of what a thing is: the same report is the same key, whoever brings it, in whatever order, however often."""

from __future__ import annotations

import hashlib
import json

from according.model import Report

#: Bytes of what a thing is found by at the most.
LONGEST = 2_000


def report_key(report: Report) -> str:
    """16 hexadecimal digits over the report's id, text and what it tells of itself. With what, and out of which bytes, is no part of it."""
    published = report.published.isoformat() if report.published else None
    known = [report.id, report.text_sha256, report.url, report.source, report.title, report.byline, published]
    told = [*known, report.pages, report.furniture]
    return hashlib.sha256(json.dumps(told, ensure_ascii=True).encode()).hexdigest()[:16]


def indexed(name: str) -> str:
    """A path or an address as it can stand in an index: over 2,000 bytes (PostgreSQL holds no more) cut, with a hash of the whole."""
    told = name.encode()
    if len(told) <= LONGEST:
        return name
    return f"{told[: LONGEST - 20].decode(errors='ignore')}…{hashlib.sha256(told).hexdigest()[:16]}"
