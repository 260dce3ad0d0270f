"""Copies among the ledger's reports: found by their sketches, verified on their texts, each tied to its original.

Of all reports that one copies the ledger keeps the earliest, since that alone decides which its original is. So a thousand outlets that
print one text are a thousand links and not half a million, and a new one is compared with the first of them and with no more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from according import likeness
from according.ledger import summaries, versions
from according.ledger.schema import likenesses, reports, sketches
from according.ledger.upsert import upsert
from according.likeness import Node, Text, Wording, wording
from according.portions import portions

#: Values in one query: databases limit how many a statement may hold.
_AT_ONCE = 500
#: Texts that are read to be compared, at once.
_TEXTS = 20
#: Characters of a text whose words are kept for the next comparison: some 50 kB of memory each.
_SHORT = 10_000


@dataclass(frozen=True, slots=True)
class Sketch:
    """What of a text is kept to find its copies by: how many shingles it has, and a sample of them."""

    shingles: int
    values: tuple[int, ...]


def sketched(text: str) -> Sketch:
    sequence = wording(text).sequence
    return Sketch(len(sequence), likeness.sketch(sequence))


def link(connection: sa.Connection, number: int, sketch: Sketch) -> None:
    """Keep a report's sketch, tie the report to the earliest that it copies and to it those that copy it, and say which are originals."""
    if sketch.values:
        connection.execute(sa.insert(sketches), [{"hash": value, "report": number} for value in sketch.values])
    later = _copies_of(connection, number, _tied(connection, number, sketch))
    others = [version.n for version in versions.of(connection, number)]  # which may have become versions of one another by it
    settle(connection, [*(row.copy for some in portions(others, _AT_ONCE) for row in connection.execute(_links(some))), *later])


def relink(connection: sa.Connection, numbers: Iterable[int]) -> None:
    """Find anew what these reports copy: what they were tied to is there no more."""
    changed = list(numbers)
    for number in changed:
        connection.execute(sa.delete(likenesses).where(likenesses.c.copy == number))
        values = tuple(connection.execute(sa.select(sketches.c.hash).where(sketches.c.report == number)).scalars())
        _tied(connection, number, Sketch(0, values))
    settle(connection, changed)


def settle(connection: sa.Connection, numbers: Iterable[int]) -> None:
    """Say of these reports, and of all that copy them over however many others, which original they copy."""
    seen: set[int] = set()
    new = set(numbers)
    while new:
        for number in new:
            _settle(connection, number)
        seen |= new
        new = {n for some in portions(sorted(new), _AT_ONCE) for n in copies(connection, some)} - seen


def _settle(connection: sa.Connection, number: int) -> None:
    root = number
    while (earlier := connection.execute(sa.select(likenesses.c.earlier).where(likenesses.c.copy == root)).scalar()) is not None:
        root = earlier
    original = None if root == number else root
    if original is not None and original in {version.n for version in versions.of(connection, number)}:
        original = None  # no report copies a version of itself
    different = reports.c.original.is_distinct_from(original)
    if connection.execute(sa.update(reports).where(reports.c.n == number, different).values(original=original)).rowcount:
        summaries.outdated(connection, number)


def _tied(connection: sa.Connection, number: int, sketch: Sketch) -> list[int]:
    """Tie the report to the earliest that it copies; the reports after it that may copy it, the earliest first."""
    shared = _sharing(connection, number, sketch)
    sizes = _sizes(connection, shared)
    near = [n for n, count in shared.items() if likeness.worth_comparing(count, len(sketch.values), sizes[n])]
    if not near:
        return []
    nodes = {row.n: Node(row.key, _day(row.published), row.shingles) for row in _rows(connection, [number, *near])}
    near.sort(key=lambda n: nodes[n].rank)
    own = nodes[number].rank
    [mine] = _texts(connection, [number]).values()
    for n, text in _read(connection, [n for n in near if nodes[n].rank < own]):
        if likeness.link(mine, text):
            connection.execute(sa.insert(likenesses).values(copy=number, earlier=n))
            break
    return [n for n in near if nodes[n].rank > own]


def _copies_of(connection: sa.Connection, number: int, later: list[int]) -> list[int]:
    """Tie to the report those of the later ones that copy it and are not tied to an earlier one yet; which they are."""
    if not later:
        return []
    tied = {row.copy: row.earlier for some in portions(later, _AT_ONCE) for row in connection.execute(_links(some))}
    ranks = {row.n: Node(row.key, _day(row.published), row.shingles).rank for row in _rows(connection, [number, *tied.values()])}
    open_ones = [n for n in later if n not in tied or ranks[tied[n]] > ranks[number]]
    [mine] = _texts(connection, [number]).values()
    found = [n for n, text in _read(connection, open_ones) if likeness.link(mine, text)]
    for n in found:
        upsert(connection, likenesses, {"copy": n, "earlier": number})
    return found


def _links(numbers: list[int]) -> sa.Select[Any]:
    return sa.select(likenesses).where(likenesses.c.copy.in_(numbers))


def copies(connection: sa.Connection, numbers: list[int]) -> list[int]:
    """The reports that are tied to one of these as the earliest that they copy."""
    return list(connection.execute(sa.select(likenesses.c.copy).where(likenesses.c.earlier.in_(numbers))).scalars())


def _sharing(connection: sa.Connection, number: int, sketch: Sketch) -> Counter[int]:
    """How many values of the sketch each other report shares."""
    shared: Counter[int] = Counter()
    for some in portions(sketch.values, _AT_ONCE):
        query = sa.select(sketches.c.report, sa.func.count()).where(sketches.c.hash.in_(some), sketches.c.report != number)
        shared.update({row[0]: row[1] for row in connection.execute(query.group_by(sketches.c.report))})
    return shared


def _sizes(connection: sa.Connection, numbers: Iterable[int]) -> Counter[int]:
    sizes: Counter[int] = Counter()
    for some in portions(numbers, _AT_ONCE):
        query = sa.select(sketches.c.report, sa.func.count()).where(sketches.c.report.in_(some)).group_by(sketches.c.report)
        sizes.update({row[0]: row[1] for row in connection.execute(query)})
    return sizes


def _read(connection: sa.Connection, numbers: list[int]) -> Iterator[tuple[int, Text]]:
    """The texts of these reports in their order, some at a time: the first of them may do."""
    for some in portions(numbers, _TEXTS):
        texts = _texts(connection, some)
        yield from ((n, texts[n]) for n in some)


def _texts(connection: sa.Connection, numbers: list[int]) -> dict[int, Text]:
    query = sa.select(reports.c.n, reports.c.key, reports.c.published, reports.c.text).where(reports.c.n.in_(numbers))
    return {row.n: Text(row.key, _day(row.published), _worded(row.text)) for row in connection.execute(query)}


def _worded(text: str) -> Wording:
    return _kept(text) if len(text) <= _SHORT else wording(text)


@lru_cache(maxsize=500)
def _kept(text: str) -> Wording:
    """Texts of one kind come together, and each is compared with many: their words are taken apart once."""
    return wording(text)


def _rows(connection: sa.Connection, numbers: Iterable[int]) -> list[Any]:
    query = sa.select(reports.c.n, reports.c.key, reports.c.published, reports.c.shingles)
    return [row for some in portions(sorted(set(numbers)), _AT_ONCE) for row in connection.execute(query.where(reports.c.n.in_(some)))]


def _day(published: str | None) -> date | None:
    return date.fromisoformat(published) if published else None
