"""Copies among the ledger's reports: found by their sketches, verified on their texts, each tied to its original."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa

from according import likeness
from according.ledger import versions
from according.ledger.schema import likenesses, reports, sketches
from according.likeness import Node, Text, wording

T = TypeVar("T")

#: Values in one query: databases limit how many a statement may hold.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Sketch:
    """What of a text is kept to find its copies by: how many shingles it has, and a sample of them."""

    shingles: int
    values: tuple[int, ...]


def sketched(text: str) -> Sketch:
    sequence = wording(text).sequence
    return Sketch(len(sequence), likeness.sketch(sequence))


def link(connection: sa.Connection, number: int, sketch: Sketch) -> None:
    """Keep a report's sketch, tie the report to those that it copies or that copy it, and say anew which are originals."""
    shared = _sharing(connection, sketch)
    if sketch.values:
        connection.execute(sa.insert(sketches), [{"hash": value, "report": number} for value in sketch.values])
    sizes = _sizes(connection, shared)
    near = [n for n, count in shared.items() if likeness.worth_comparing(count, len(sketch.values), sizes[n])]
    if near:
        texts = _texts(connection, [number, *near])
        pairs = [pair for n in near if (pair := likeness.link(texts[number], texts[n]))]
        by_key = {text.key: n for n, text in texts.items()}
        if pairs:
            connection.execute(sa.insert(likenesses), [{"copy": by_key[copy], "earlier": by_key[earlier]} for copy, earlier in pairs])
    settle(connection, [row.n for row in versions.of(connection, number)])


def settle(connection: sa.Connection, numbers: Iterable[int]) -> None:
    """Say of these reports, and of all that likenesses tie to them, which original they copy."""
    pairs = _tied(connection, numbers)
    group = {n for pair in pairs for n in pair} | set(numbers)
    rows = {row.n: row for row in _rows(connection, group)}
    nodes = [Node(row.key, _day(row.published), row.shingles) for row in rows.values()]
    found = likeness.originals(nodes, [(rows[copy].key, rows[earlier].key) for copy, earlier in pairs])
    by_key = {row.key: n for n, row in rows.items()}
    family = {root: {version.n for version in versions.of(connection, by_key[root])} for root in set(found.values()) if root}
    for n, row in rows.items():
        root = found[row.key]
        original = by_key[root] if root and n not in family[root] else None  # no report copies a version of itself
        if row.original != original:
            connection.execute(sa.update(reports).where(reports.c.n == n).values(original=original))


def tied(connection: sa.Connection, number: int) -> list[int]:
    """The reports that likenesses tie to this one, over however many others."""
    return sorted({n for pair in _tied(connection, [number]) for n in pair} - {number})


def _tied(connection: sa.Connection, numbers: Iterable[int]) -> set[tuple[int, int]]:
    pairs: set[tuple[int, int]] = set()
    seen: set[int] = set()
    new = set(numbers)
    while new:
        some = set(list(new)[:_AT_ONCE])
        seen |= some
        either = sa.or_(likenesses.c.copy.in_(some), likenesses.c.earlier.in_(some))
        pairs |= {(row.copy, row.earlier) for row in connection.execute(sa.select(likenesses).where(either))}
        new = {n for pair in pairs for n in pair} - seen | (new - some)
    return pairs


def _sharing(connection: sa.Connection, sketch: Sketch) -> Counter[int]:
    """How many values of the sketch each other report shares."""
    shared: Counter[int] = Counter()
    for some in _batched(sketch.values):
        query = sa.select(sketches.c.report, sa.func.count()).where(sketches.c.hash.in_(some)).group_by(sketches.c.report)
        shared.update({row[0]: row[1] for row in connection.execute(query)})
    return shared


def _sizes(connection: sa.Connection, numbers: Iterable[int]) -> Counter[int]:
    sizes: Counter[int] = Counter()
    for some in _batched(numbers):
        query = sa.select(sketches.c.report, sa.func.count()).where(sketches.c.report.in_(some)).group_by(sketches.c.report)
        sizes.update({row[0]: row[1] for row in connection.execute(query)})
    return sizes


def _texts(connection: sa.Connection, numbers: Iterable[int]) -> dict[int, Text]:
    query = sa.select(reports.c.n, reports.c.key, reports.c.published, reports.c.text)
    found = [row for some in _batched(numbers) for row in connection.execute(query.where(reports.c.n.in_(some)))]
    return {row.n: Text(row.key, _day(row.published), wording(row.text)) for row in found}


def _rows(connection: sa.Connection, numbers: Iterable[int]) -> list[Any]:
    query = sa.select(reports.c.n, reports.c.key, reports.c.published, reports.c.shingles, reports.c.original)
    return [row for some in _batched(sorted(numbers)) for row in connection.execute(query.where(reports.c.n.in_(some)))]


def _day(published: str | None) -> date | None:
    return date.fromisoformat(published) if published else None


def _batched(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
