"""Names for reports that bring none: the same content always gets the same one, wherever it was found."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata

from according.model import Report

_LONGEST = 24  # characters of the part of an id that a person knows the report by
_FIRST = 400  # characters of a text among which its first words are looked for
_DIGITS = 10


def sha256(data: bytes) -> str:
    """64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def text_id(text: str) -> str:
    """An id from the text alone: ``text-`` and 12 digits."""
    return f"text-{sha256(text.encode('utf-8', 'surrogatepass'))[:12]}"


def content_id(report: Report) -> str:
    """A report's id: its title in plain letters (or its first words) to be known by, and 10 digits of its :func:`content`."""
    return f"{_slug(report.title or '') or _slug(report.text[:_FIRST]) or 'report'}-{content(report)[:_DIGITS]}"


def content(report: Report) -> str:
    """64 hexadecimal digits of all that a reader sees of a report: its text, and what is told of it; its id is no part of that."""
    published = report.published.isoformat() if report.published else None
    seen = [report.text, report.title, published, report.byline, report.source, report.url]
    return sha256(json.dumps(seen, ensure_ascii=True, separators=(",", ":")).encode("ascii"))


def _slug(words: str) -> str:
    """Lower-case ASCII letters and digits, joined by hyphens, cut between words where that can be."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii").lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
    if len(slug) <= _LONGEST:
        return slug
    whole, _, cut = slug[: _LONGEST + 1].rpartition("-")
    return whole if len(whole) > len(cut) else slug[:_LONGEST].strip("-")
