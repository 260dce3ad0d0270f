"""Versions of one report: the same address, or the same id from the same source, with another content.

The newest replaces the others. Which one that is follows from the reports (published, else taken, else key), never from the order in
which they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa

from according.ledger.schema import reports
from according.likeness import contained, wording
from according.portions import portions

#: Reports of no named source that bear the same id are versions where so much of the one's words stands in the other. Below that
#: they are two suppliers' report no. 1, and neither may hide the other.
ALIKE = 0.2
#: Values in one query: databases limit how many a statement may hold.
_AT_ONCE = 500

_COLUMNS = (reports.c.n, reports.c.key, reports.c.id, reports.c.address, reports.c.outlet, reports.c.published, reports.c.taken)


def link(connection: sa.Connection, number: int) -> None:
    """Say of each version of this report which one replaces it."""
    _link(connection, of(connection, number))


def settle(connection: sa.Connection, numbers: Iterable[int]) -> None:
    """Say of these reports, and of all their versions, which one replaces each."""
    left = set(numbers)
    while left:
        rows = of(connection, min(left))
        _link(connection, rows)
        left -= {row.n for row in rows}


def of(connection: sa.Connection, number: int) -> list[Any]:
    """The rows of all versions of a report, itself among them."""
    select = sa.select(*_COLUMNS, reports.c.replaced_by)
    found = {number: connection.execute(select.where(reports.c.n == number)).one()}
    new = list(found.values())
    while new:
        near = {row.n: row for row in _near(connection, select, new) if row.n not in found}
        new = [row for row in near.values() if any(_same(connection, row, other) for other in new)]
        found |= {row.n: row for row in new}
    return list(found.values())


def _near(connection: sa.Connection, select: sa.Select[Any], rows: Sequence[Any]) -> Iterator[Any]:
    """The rows that bear an address or an id of one of these."""
    for column in (reports.c.address, reports.c.id):
        names = sorted({name for row in rows if (name := getattr(row, column.name))})
        for some in portions(names, _AT_ONCE):
            yield from connection.execute(select.where(column.in_(some)))


def _same(connection: sa.Connection, one: Any, other: Any) -> bool:
    if one.address and one.address == other.address and not _front(one.address):
        return True
    if one.id != other.id or one.outlet != other.outlet:
        return False
    return bool(one.outlet) or _alike(connection, one.n, other.n)


def _front(address: str) -> bool:
    """Whether the address is that of a site and not of a page: some suppliers give it with every report."""
    parts = urlsplit(address)
    return parts.path == "/" and not parts.query


def _link(connection: sa.Connection, rows: Iterable[Any]) -> None:
    ordered = sorted(rows, key=lambda row: (row.published or "", row.taken or "", row.key))
    for older, newer in pairwise([*ordered, None]):
        assert older is not None
        if older.replaced_by != (newer.n if newer else None):
            connection.execute(sa.update(reports).where(reports.c.n == older.n).values(replaced_by=newer.n if newer else None))


def _alike(connection: sa.Connection, a: int, b: int) -> bool:
    texts = connection.execute(sa.select(reports.c.text).where(reports.c.n.in_([a, b]))).scalars().all()
    one, other = map(wording, texts)
    return max(contained(one, other), contained(other, one)) >= ALIKE
