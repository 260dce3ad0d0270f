"""Whether a ledger is sound: the file, its references and indexes, and every span's words against the text that they are of."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from according.errors import BadRecord, LedgerError
from according.ledger import deciding, kept, reading
from according.ledger.claimrows import page_of
from according.ledger.keys import report_key
from according.ledger.opening import WRITES
from according.ledger.schema import (
    claims,
    decisions,
    events,
    figures,
    happenings,
    pages,
    parties,
    reports,
    stages,
    surroundings,
    tellings,
    ungrouped,
)
from according.ledger.stages import Stage
from according.model import Report
from according.portions import portions
from according.records import claim_from

_REPORTS_AT_ONCE = 50
_CLAIMS_AT_ONCE = 500
#: Of one kind of fault in the file itself no more are told: they are seldom alone.
_TOLD = 20
#: The tables whose rows are each a span of a claim; and the spans of a claim's own row, by their prefixes.
_HANGING = (parties, surroundings, figures)
_OWN = ("trigger_", "sentence_", "place_", "time_")
_MEND = "according doctor --mend makes it anew"
_UNBOXED = """
SELECT count(*) FROM claims c LEFT JOIN claim_boxes b ON b.n = c.n WHERE c.place_lat IS NOT NULL
AND (b.n IS NULL OR c.place_lat NOT BETWEEN b.south AND b.north OR c.place_lon NOT BETWEEN b.west AND b.east)
"""
_OVERBOXED = "SELECT count(*) FROM claim_boxes WHERE n NOT IN (SELECT n FROM claims WHERE place_lat IS NOT NULL)"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a ledger: what kind of thing, and a sentence."""

    kind: str
    message: str


def faults(connection: sa.Connection) -> Iterator[Fault]:
    """All that is wrong, as it is found. Reads every report; writes nothing.

    Raises ``DatabaseError`` where the file is so damaged that it cannot be read on.
    """
    if connection.dialect.name == "sqlite":
        yield from _of_indexes(connection)
        yield from _of_file(connection)
    yield from _of_links(connection)
    yield from _of_events(connection)
    for numbers in _batches(connection):
        found: dict[int, Report] = {}
        for number in numbers:
            yield from _of_report(connection, number, found)
        yield from _of_claims(connection, found)
        yield from _of_decisions(connection, numbers)


def _of_file(connection: sa.Connection) -> Iterator[Fault]:
    path = connection.engine.url.database
    size, pages_told = (connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("page_size", "page_count"))
    if path and os.path.getsize(path) % size:
        yield Fault("file", f"the file is cut off: it has {os.path.getsize(path):,} bytes, which are no {pages_told:,} pages of {size:,}")
    for (message,) in connection.exec_driver_sql(f"PRAGMA integrity_check({_TOLD})"):
        if message != "ok":
            yield Fault("file", f"the database is damaged: {message}")
    for table, row, other, _ in connection.exec_driver_sql("PRAGMA foreign_key_check").all()[:_TOLD]:
        which = f"row {row}" if row is not None else "a row"
        yield Fault("reference", f"{which} of {table} points to a row of {other} that is not there")


def _of_indexes(connection: sa.Connection) -> Iterator[Fault]:
    # FTS5 is asked by what looks like a write, so it waits for its turn among the writers; and comes first, since ``connection`` has
    # read nothing yet that another journal than ours would have the writer wait for.
    with connection.engine.connect().execution_options(**WRITES) as asking, asking.begin():
        for table in ("claim_words", "report_words"):
            try:
                asking.exec_driver_sql(f"INSERT INTO {table}({table}, rank) VALUES ('integrity-check', 1)")
            except sa.exc.DatabaseError as error:
                if not getattr(error.orig, "sqlite_errorname", "").startswith("SQLITE_CORRUPT"):
                    raise
                yield Fault("search", f"the index {table} does not fit its table; {_MEND}")
    if any(connection.exec_driver_sql(query).scalar_one() for query in (_UNBOXED, _OVERBOXED)):
        yield Fault("search", f"the index claim_boxes does not fit its table; {_MEND}")


def _of_links(connection: sa.Connection) -> Iterator[Fault]:
    coded = sa.select(stages.c.subject).where(stages.c.stage == Stage.CODE.value)
    for (identity,) in connection.execute(sa.select(reports.c.id).where(reports.c.key.not_in(coded)).limit(_TOLD)):
        yield Fault("stage", f"report {identity} is in no stage: according recode {identity} codes it")


def _of_events(connection: sa.Connection) -> Iterator[Fault]:
    """Events are made of happenings, and happenings of claims; reports that wait to be grouped may be behind."""
    if connection.execute(sa.select(ungrouped.c.report).limit(1)).first():
        return
    told = sa.select(happenings.c.event).where(happenings.c.event.is_not(None))
    astray = (
        sa.select(sa.func.count()).select_from(events).where(events.c.id.not_in(told)),
        sa.select(sa.func.count()).select_from(happenings).where(happenings.c.event.is_(None)),
        sa.select(sa.func.count()).select_from(happenings).where(happenings.c.event.not_in(sa.select(events.c.id))),
        sa.select(sa.func.count()).select_from(happenings).where(happenings.c.n.not_in(sa.select(tellings.c.happening))),
    )
    if any(connection.execute(query).scalar_one() for query in astray):
        yield Fault("events", f"the events do not fit their claims; {_MEND}")


def _of_report(connection: sa.Connection, number: int, found: dict[int, Report]) -> Iterator[Fault]:
    """Puts the report into ``found`` if it can be read."""
    row = connection.execute(sa.select(reports.c.key, reports.c.id, reports.c.text_sha256).where(reports.c.n == number)).one()
    try:
        found[number] = report = reading.report(connection, number)
    except LedgerError as error:
        yield Fault("report", str(error))
        return
    if report.text_sha256 != row.text_sha256:
        yield Fault("text", f"report {row.id}: its text is not the one that was stored (its hash differs)")
    elif report_key(report) != row.key:
        yield Fault("report", f"report {row.id}: what it tells of itself was changed since it was stored (its key differs)")
    length = len(report.text)
    for page in connection.execute(sa.select(pages).where(pages.c.report == number)):
        if not 0 <= page.start <= page.stop <= length:
            yield Fault("page", f"report {row.id}: page {page.number} stands at {page.start}–{page.stop} of {length} characters")


def _of_claims(connection: sa.Connection, found: dict[int, Report]) -> Iterator[Fault]:
    rows = connection.execute(kept.selected().where(claims.c.report.in_(list(found))).order_by(claims.c.n)).all()
    for some in portions(rows, _CLAIMS_AT_ONCE):
        misplaced: set[int] = set()
        for n, fault in _of_spans(connection, some, found):
            misplaced.add(n)
            yield fault
        yield from _of_wholes(connection, [row for row in some if row.n not in misplaced], found)


def _of_spans(connection: sa.Connection, rows: Sequence[Any], found: dict[int, Report]) -> Iterator[tuple[int, Fault]]:
    """Each with the number of its claim."""
    by_number = {row.n: row for row in rows}
    for row in rows:
        for prefix in _OWN:
            if fault := _span(row._mapping, prefix, row.id, found[row.report].text):
                yield row.n, fault
    for table in _HANGING:
        for part in connection.execute(sa.select(table).where(table.c.claim.in_(list(by_number)))):
            row = by_number[part.claim]
            if fault := _span(part._mapping, "", row.id, found[row.report].text):
                yield row.n, fault


def _span(row: Any, prefix: str, claim: str, text: str) -> Fault | None:
    start, stop, words = row[f"{prefix}start"], row[f"{prefix}stop"], row[f"{prefix}text"]
    if start is None and stop is None and words is None:
        return None
    if None not in (start, stop, words) and 0 <= start < stop and text[start:stop] == words:
        return None
    return Fault("span", f"claim {claim}: “{words}” does not stand at {start}–{stop} of its report's text")


def _of_wholes(connection: sa.Connection, rows: Sequence[Any], found: dict[int, Report]) -> Iterator[Fault]:
    """What is wrong with claims whose spans are right."""
    for row in rows:
        page = page_of(row.trigger_start, found[row.report].pages)
        if row.page != page:
            yield Fault("page", f"claim {row.id}: it is said to stand on page {row.page}, and stands on page {page}")
    try:
        kept.whole(connection, rows)
    except LedgerError as error:
        if len(rows) == 1:
            yield Fault("claim", str(error))
        else:
            for row in rows:
                yield from (fault for fault in _of_wholes(connection, [row], found) if fault.kind == "claim")
    for row in rows:
        if row.machine is not None and not _reads(row.machine):
            yield Fault("claim", f"claim {row.id}: what the machine made of it before it was corrected cannot be read")


def _of_decisions(connection: sa.Connection, numbers: Sequence[int]) -> Iterator[Fault]:
    there = sa.exists().where(claims.c.report == decisions.c.report, claims.c.id == decisions.c.claim)
    query = sa.select(decisions, there.label("there")).where(decisions.c.report.in_(numbers)).order_by(decisions.c.n)
    by_claim: dict[tuple[int, str], list[Any]] = defaultdict(list)
    for row in connection.execute(query):
        by_claim[row.report, row.claim].append(row)
        if not row.there:
            yield Fault("decision", f"decision {row.n}: its claim {row.claim} is not there")
        if row.verdict not in list(deciding.Verdict) or not all(told is None or _reads(told) for told in (row.seen, row.correction)):
            yield Fault("decision", f"decision {row.n} on claim {row.claim} cannot be read")
    of_reports = sa.select(claims.c.report, claims.c.id, claims.c.verdict).where(claims.c.report.in_(numbers)).order_by(claims.c.n)
    for row in connection.execute(of_reports):
        decided = deciding.standing(by_claim.get((row.report, row.id), ()))
        if row.verdict != (decided[-1].verdict if decided else None):
            yield Fault("decision", f"claim {row.id} does not stand as was decided of it: its verdict is {row.verdict or 'none'}")


def _reads(record: str) -> bool:
    """Whether a claim's record can be read."""
    try:
        claim_from(json.loads(record))
    except (ValueError, TypeError, BadRecord):
        return False
    return True


def _batches(connection: sa.Connection) -> Iterator[list[int]]:
    last = 0
    query = sa.select(reports.c.n).order_by(reports.c.n).limit(_REPORTS_AT_ONCE)
    while numbers := list(connection.execute(query.where(reports.c.n > last)).scalars()):
        yield numbers
        last = numbers[-1]
