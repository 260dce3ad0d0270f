"""Rows of the coding tests: a text as reports word it, and each claim that must be found in it, no more and no fewer.

A claim is written ``told("recaptured", "takes_territory", actor=["army"], …)``. Only the fields that are given are compared. Texts are
written for these tests; parties are compared without their articles, figures as (measure, min, max).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from according import code
from according.model import Claim

#: A Wednesday.
PUBLISHED = date(2023, 5, 17)

_ARTICLES = {"the", "a", "an"}


@dataclass(frozen=True)
class Told:
    """A claim that a text must be found to make: words of its trigger, and the fields to compare."""

    trigger: str
    fields: dict[str, Any] = field(default_factory=dict)


def told(trigger: str, type: str | None = None, **fields: Any) -> Told:
    return Told(trigger, {**({"type": type} if type else {}), **fields})


def coded(text: str, published: date | None = PUBLISHED) -> list[Claim]:
    claims = code(text, published=published)
    for claim in claims:
        assert text[claim.trigger.start : claim.trigger.end] == claim.trigger.text
    return claims


def check(text: str, expected: list[Told], published: date | None = PUBLISHED) -> None:
    """Fail, naming what differs, unless the text's claims are exactly those expected, in any order."""
    claims = coded(text, published)
    left = list(claims)
    wrong = []
    for want in expected:
        found = next((c for c in left if _overlap(want.trigger, c)), None)
        if found is None:
            wrong.append(f"no claim at {want.trigger!r}")
            continue
        left.remove(found)
        for name, value in want.fields.items():
            got = _field(found, name)
            if not _equal(name, value, got):
                wrong.append(f"{want.trigger!r}: {name} is {got!r}, not {value!r}")
    wrong += [f"spare claim at {c.trigger.text!r} ({c.type}, {c.status})" for c in left]
    assert not wrong, "; ".join(wrong) + f"\n{text}"


def _overlap(trigger: str, claim: Claim) -> bool:
    at = claim.sentence.text.find(trigger)
    start = claim.sentence.start + at
    return at >= 0 and start < claim.trigger.end and claim.trigger.start < start + len(trigger)


def _field(claim: Claim, name: str) -> Any:
    if name in ("said_by", "actor", "target"):
        return [party.span.text for party in getattr(claim, name)]
    if name == "place":
        return claim.place.span.text if claim.place else None
    if name == "within":
        return [place.span.text for place in claim.within]
    if name == "time":
        return claim.time.span.text if claim.time else None
    if name == "days":
        return (str(claim.time.start), str(claim.time.end)) if claim.time and claim.time.start else None
    if name == "figures":
        return [(str(f.measure), f.min, f.max) for f in claim.figures]
    if name == "cumulative":
        return [f.cumulative for f in claim.figures]
    return str(getattr(claim, name))


def _equal(name: str, value: Any, got: Any) -> bool:
    if name in ("said_by", "actor", "target", "within"):
        return sorted(map(_bare, value)) == sorted(map(_bare, got))
    if name in ("place", "time") and value is not None and got is not None:
        return _bare(value) == _bare(got)
    if name == "figures":
        return sorted(value, key=str) == sorted(got, key=str)
    return bool(value == got)


def _bare(words: str) -> list[str]:
    return [w for w in re.findall(r"[\w’'-]+", words.lower()) if w not in _ARTICLES]
