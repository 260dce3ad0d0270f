"""A report as a row of the ledger, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from according.ledger.keys import report_key
from according.model import Report

Row = dict[str, Any]


def row_of(report: Report, address: str | None) -> Row:
    """The columns that the report itself fills; ``address`` is its url in canonical form."""
    return {
        "key": report_key(report),
        "id": report.id,
        "outlet": report.source,
        "url": report.url,
        "address": address,
        "title": report.title,
        "byline": report.byline,
        "published": report.published.isoformat() if report.published else None,
        "language": report.language,
        "text": report.text,
        "text_sha256": report.text_sha256,
        "raw_sha256": report.raw_sha256,
        "extractor": report.extractor,
        "furniture": json.dumps(report.furniture),
        "dropped": json.dumps(report.dropped, ensure_ascii=False),
        "notes": json.dumps(report.notes, ensure_ascii=False),
    }


def page_rows(report: Report) -> list[Row]:
    return [{"number": number, "start": start, "stop": stop} for number, (start, stop) in enumerate(report.pages, 1)]


def report_of(row: Mapping[Any, Any], pages: Iterable[Mapping[Any, Any]] = ()) -> Report:
    """The report that a row tells of; ``pages`` in the order of their numbers."""
    return Report(
        id=row["id"],
        text=row["text"],
        title=row["title"],
        published=date.fromisoformat(row["published"]) if row["published"] else None,
        source=row["outlet"],
        byline=row["byline"],
        url=row["url"],
        language=row["language"],
        raw_sha256=row["raw_sha256"],
        extractor=row["extractor"],
        dropped=tuple(json.loads(row["dropped"])),
        furniture=tuple((start, stop) for start, stop in json.loads(row["furniture"])),
        notes=tuple(json.loads(row["notes"])),
        pages=tuple((page["start"], page["stop"]) for page in pages),
    )
