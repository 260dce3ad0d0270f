"""Two tellings of one claim compared field by field, for a person to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from according.model import Claim
from according.web import words
from according.web.facts import counted, dated, placed
from according.web.named import actor_name


@dataclass(frozen=True, slots=True)
class Change:
    """What a field was, and what it is."""

    field: str
    before: str
    after: str


def changes(before: Claim, after: Claim) -> tuple[Change, ...]:
    """The fields that are told otherwise, in the order in which pages tell them."""
    old, new = dict(_told(before)), dict(_told(after))
    return tuple(Change(field, old[field], new[field]) for field in new if old[field] != new[field])


def _told(claim: Claim) -> Iterator[tuple[str, str]]:
    yield "type", words.told(claim.type)
    yield "status", words.told(claim.status)
    yield "manner", words.told(claim.manner)
    for field, parties in (("said by", claim.said_by), ("done by", claim.actor), ("to", claim.target)):
        told = (f"“{p.span.text}”{f' ({actor_name(p.actor)})' if p.actor else ''}" for p in parties)
        yield field, "; ".join(told) or words.NOTHING
    yield "where", f"“{claim.place.span.text}”: {placed(claim.place)}" if claim.place else words.NOTHING
    yield "when", f"“{claim.time.span.text}”: {dated(claim.time)}" if claim.time else words.NOTHING
    yield "how many", "; ".join(f"“{f.span.text}”: {counted(f)}" for f in claim.figures) or words.NOTHING
