"""Writing reports. Each function works within the caller's transaction: all of it is kept, or nothing.

Nothing here depends on what came first: which version of a report is the newest, and which of its copies is the original, follow from
the reports themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa

from according.intake.addresses import canonical
from according.ledger import copying, storable, versions
from according.ledger.copying import Sketch
from according.ledger.keys import indexed, report_key
from according.ledger.moments import now, stamp
from according.ledger.reportrows import page_rows, row_of
from according.ledger.schema import pages, reports, sightings, sources, tombstones
from according.ledger.upsert import upsert
from according.model import Report


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where a report was met: the place, the item of bytes there, and when these were taken, where that is known."""

    place: str
    item: str
    taken: datetime | None = None


def store(connection: sa.Connection, report: Report, sighting: Sighting, sketch: Sketch | None = None) -> int | None:
    """Keep a report; one that is there already only moves ``last_seen``. Its number, or ``None`` where it was forgotten on purpose.

    ``sketch`` is that of the report's text, where it was made already. Raises ``BadRecord`` for one that cannot be kept: see ``storable``.
    """
    storable.check(report)
    key = report_key(report)
    if connection.execute(sa.select(tombstones.c.key).where(tombstones.c.key == key)).first():
        return None
    number = connection.execute(sa.select(reports.c.n).where(reports.c.key == key)).scalar()
    if number is None:
        number = _new(connection, report, sighting, sketch or copying.sketched(report.text))
    _seen(connection, number, sighting)
    return number


def seen_again(connection: sa.Connection, met: Sequence[Sighting]) -> None:
    """These items were met once more, perhaps at other places: their reports were seen just now, and nothing else changes."""
    items = {sighting.item for sighting in met}
    columns = (sightings.c.report, sightings.c.item, sightings.c.place, reports.c.taken)
    query = sa.select(*columns).join(reports, reports.c.n == sightings.c.report).where(sightings.c.item.in_(items))
    there = connection.execute(query).all()
    moment = {"last_seen": now()}
    connection.execute(sa.update(sightings).where(sightings.c.item.in_(items)).values(moment))
    connection.execute(sa.update(reports).where(reports.c.n.in_({row.report for row in there})).values(moment))
    known = {(row.item, row.place) for row in there}
    for sighting in met:
        early = stamp(sighting.taken) if sighting.taken else None
        of_item = {row.report: row.taken for row in there if row.item == sighting.item}
        for number, taken in of_item.items():
            if (sighting.item, sighting.place) not in known or (early and (taken is None or early < taken)):
                _seen(connection, number, sighting)


def _new(connection: sa.Connection, report: Report, sighting: Sighting, sketch: Sketch) -> int:
    address = canonical(report.url) if report.url else None
    moment = now()
    row: dict[str, Any] = row_of(report, address) | {
        "source": _source(connection, report.source or _host(address)),
        "taken": stamp(sighting.taken) if sighting.taken else None,
        "first_seen": moment,
        "last_seen": moment,
        "shingles": sketch.shingles,
    }
    number = connection.execute(sa.insert(reports).values(row).returning(reports.c.n)).scalar_one()
    if report.pages:
        connection.execute(sa.insert(pages), [{"report": number, **page} for page in page_rows(report)])
    versions.link(connection, number)
    copying.link(connection, number, sketch)
    return int(number)


def _seen(connection: sa.Connection, number: int, sighting: Sighting) -> None:
    moment = now()
    row = {"report": number, "place": indexed(sighting.place), "item": sighting.item, "first_seen": moment, "last_seen": moment}
    upsert(connection, sightings, row, changed=("item", "last_seen"))
    connection.execute(sa.update(reports).where(reports.c.n == number).values(last_seen=moment))
    if sighting.taken:
        earliest = stamp(sighting.taken)
        moved = connection.execute(
            sa.update(reports)
            .where(reports.c.n == number, sa.or_(reports.c.taken.is_(None), reports.c.taken > earliest))
            .values(taken=earliest)
        )
        if moved.rowcount:
            versions.link(connection, number)


def _source(connection: sa.Connection, name: str | None) -> int | None:
    if not name:
        return None
    number = connection.execute(sa.select(sources.c.n).where(sources.c.name == name)).scalar()
    if number is None:
        number = connection.execute(sa.insert(sources).values(name=name).returning(sources.c.n)).scalar_one()
    return int(number)


def _host(address: str | None) -> str | None:
    name = urlsplit(address).hostname if address else None
    return name.removeprefix("www.") if name else None
