"""Whether the audit is what was written: the chain walked from its beginning, and what it tells of compared with what stands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from according.ledger import audit, users
from according.ledger.audit import BEGINNING, Act, Head, Row, hash_of
from according.ledger.schema import decisions, event_decisions, second_opinions

#: What a decision's row in the audit holds a hash of: all but whose it is, which the audit tells itself.
_DECIDED = ("claim", "verdict", "correction", "seen", "note", "decided")
_OF_EVENTS = ("verdict", "one", "other", "note", "decided")
#: Rows of the audit that tell of a decision, and what it is called.
_WHAT: Mapping[str, str] = {
    Act.DECIDED: "decision", Act.SECOND: "second opinion", Act.MERGED: "merge or split", Act.SPLIT: "merge or split",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Broken:
    """Where the audit stops being what was written: a row's number, and a sentence."""

    row: int
    why: str


@dataclass(frozen=True, slots=True)
class Walk:
    """How far the chain holds, and where it first does not."""

    head: Head
    broken: Broken | None


def walk(connection: sa.Connection, noted_hash: str | None = None, noted_count: int | None = None) -> Walk:
    """Walk the chain. With a note of its head: whether it had so many rows, of which the last had that hash."""
    before, count, noted = BEGINNING, 0, noted_hash is None or (noted_hash == BEGINNING and not noted_count)
    told = _Told({what: {} for what in _WHAT.values()}, set(), [])
    for row in audit.rows(connection):
        if why := _unfit(row, count + 1, before):
            return Walk(Head(before, count), Broken(count + 1, why))
        before, count = row.hash, row.n
        told.take(row)
        if noted_hash == row.hash and noted_count in (None, count):
            noted = True
        if noted_count == count and noted_hash not in (None, row.hash):
            return Walk(Head(before, count), Broken(count, f"row {count} has another hash than was noted: the audit was written anew"))
    head = Head(before, count)
    if noted_count is not None and count < noted_count:
        return Walk(head, Broken(count + 1, f"row {count + 1} is missing: {noted_count:,} rows were noted, and there are {count:,}"))
    if not noted:
        return Walk(head, Broken(count + 1, "the row that was noted is missing: no row has its hash"))
    return Walk(head, next(_astray(connection, told), None))


def sealed(row: Any) -> str:
    """The hash of a decision on a claim or on events, as its row in the audit holds it."""
    names = _DECIDED if "claim" in row else _OF_EVENTS
    return audit.digest({name: row[name] for name in names})


def _unfit(row: Row, expected: int, before: str) -> str | None:
    if row.n != expected:
        return f"row {expected} is missing: after row {expected - 1} comes row {row.n}"
    if row.before != before:
        return f"row {row.n} does not follow {f'row {row.n - 1}' if row.n > 1 else 'the beginning'}: it tells of another hash before it"
    if row.hash != hash_of(row):
        return f"row {row.n} was changed: its hash is not that of what it says"
    return None


@dataclass(frozen=True, slots=True)
class _Told:
    """What the audit tells of decisions: of each kind by their numbers the rows that tell of them; the keys of reports that were forgotten;
    and the rows whose decision's number was given to another one, since the first was gone.
    """

    by_kind: dict[str, dict[int, Row]]
    forgotten: set[str]
    gone: list[Row]

    def take(self, row: Row) -> None:
        if row.action in _WHAT:
            by_number = self.by_kind[_WHAT[row.action]]
            number = json.loads(row.detail)["decision"]
            if (earlier := by_number.get(number)) and not self.excused(earlier):
                self.gone.append(earlier)
            by_number[number] = row
        elif row.action == Act.FORGOT:
            self.forgotten.add(row.subject.removeprefix("report "))

    def excused(self, row: Row) -> bool:
        """Whether the decision that it tells of went with its report."""
        return json.loads(row.detail).get("report") in self.forgotten


def _astray(connection: sa.Connection, told: _Told) -> Iterator[Broken]:
    """Decisions that are not as the audit tells. Those before the first one that it tells of are older than it."""
    for row in told.gone:
        yield Broken(row.n, f"row {row.n} tells of a decision which is not in the ledger any more")
    names = users.names(connection)
    for what, table in (("decision", decisions), ("second opinion", second_opinions), ("merge or split", event_decisions)):
        by_number = told.by_kind[what]
        standing = {row["n"]: row for row in connection.execute(sa.select(table)).mappings()}
        first = min(by_number, default=None)
        for number in sorted(standing.keys() | by_number.keys()):
            at = by_number.get(number)
            if at is None:
                if first is None or number > first:
                    yield Broken(0, f"the audit does not tell of {what} {number}, which stands in the ledger")
            elif number not in standing:
                if not told.excused(at):
                    yield Broken(at.n, f"row {at.n} tells of {what} {number}, which is not in the ledger any more")
            elif sealed(standing[number]) != json.loads(at.detail)["sha256"]:
                yield Broken(at.n, f"row {at.n} tells of {what} {number}, which was changed since")
            elif names.get(at.person, "") != standing[number]["person"]:
                yield Broken(at.n, f"row {at.n} tells of {what} {number}, which now bears another person's name")
