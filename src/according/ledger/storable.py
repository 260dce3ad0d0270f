"""What a ledger can keep of a report, in either database. What it cannot is refused, so that it stops no run and no backup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from according.errors import BadRecord
from according.intake.addresses import canonical
from according.ledger.keys import LONGEST
from according.model import Report

_UNKEPT = re.compile("[\x00\ud800-\udfff]")


def check(report: Report) -> None:
    """Raises ``BadRecord`` for a report with half characters or NULs in it, or with an id, source or url that is too long."""
    for name, words in _words(report):
        if found := _UNKEPT.search(words):
            kind = "a NUL character" if found.group() == "\0" else "half a character (a lone surrogate)"
            raise BadRecord(f"Report {report.id!a:.60}: its {name} holds {kind}; leave that out.")
    address = canonical(report.url) if report.url else None
    for name, found_by in (("id", report.id), ("source", report.source), ("url", address)):
        if found_by and len(found_by.encode()) > LONGEST:
            raise BadRecord(f"Report {report.id!a:.60}: its {name} is longer than {LONGEST:,} bytes; give a shorter one.")


def _words(report: Report) -> Iterator[tuple[str, str]]:
    for name in ("id", "text", "title", "source", "byline", "url", "language", "extractor"):
        if words := getattr(report, name):
            yield name, words
    yield from (("furniture", words) for words in report.dropped)
    yield from (("note", words) for words in report.notes)
