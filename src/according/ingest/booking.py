"""What the result of each stage means in the ledger. Every function works within one transaction of the caller's."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from according.errors import AccordingError, FetchRefused, NotFetched
from according.ingest.tasks import Code, Extracted
from according.ingest.versions import extracting
from according.ingest.web import Wish
from according.intake.addresses import canonical
from according.intake.fetching import Fetched
from according.intake.items import Item
from according.ledger import kept, reading, stages, storing
from according.ledger.keys import indexed, report_key
from according.ledger.moments import now, stamp
from according.ledger.schema import fetches, reports
from according.ledger.schema import stages as stage_table
from according.ledger.stages import Stage, StageRow, State
from according.ledger.storing import Sighting
from according.ledger.upsert import upsert
from according.model import Claim

#: How many runs may try an address in vain before it is left alone.
MOST_FETCHES = 5
#: What fetching is at: an address is tried anew by every run that is asked to, so it has no versions.
_FETCHING = "1"


@dataclass(frozen=True, slots=True)
class Booked:
    """What an item brought: the reports that are new to the ledger, to be coded, and of these how many are versions or copies of others."""

    new: tuple[Code, ...]
    changed: int
    copies: int
    forgotten: int


def standing(connection: sa.Connection, subjects: Iterable[str]) -> dict[str, State]:
    """How items stand that were met before: done once is done, whatever version did it; in quarantine only where this version put it."""
    found: dict[str, State] = {}
    for row in stages.of_many(connection, subjects, Stage.EXTRACT):
        if row.state is State.DONE or (row.version == extracting() and row.subject not in found):
            found[row.subject] = row.state
    return found


def extracted(connection: sa.Connection, item: Item, origin: str, found: Extracted, run: int, version: str) -> Booked:
    """Keep an item's reports; each new one waits to be coded, but for a lone one that is. What the item points to waits to be fetched."""
    new, changed, copies, forgotten = [], 0, 0, 0
    last = connection.execute(sa.select(sa.func.coalesce(sa.func.max(reports.c.n), 0))).scalar_one()
    sighting = Sighting(item.where, item.key, item.taken)
    for report, sketch in found.reports:
        number = storing.store(connection, report, sighting, sketch)
        if number is None:
            forgotten += 1
        elif number > last:
            last = number
            code = Code(number, report_key(report), report, item.where, origin)
            if found.claims is None:
                stages.mark(connection, _stage(code, version, State.RETRY))
            else:
                kept.add(connection, number, report, found.claims, run)
                stages.mark(connection, _stage(code, version, State.DONE))
            row = connection.execute(sa.select(reports.c.original, reports.c.replaced_by).where(reports.c.n == number)).one()
            replaces = connection.execute(sa.select(reports.c.n).where(reports.c.replaced_by == number)).first()
            changed += bool(replaces or row.replaced_by)
            copies += row.original is not None
            new.append(code)
    for link in found.links:
        wanted(connection, link.url, origin)
    for place, error in enumerate(found.refused, 1):
        whole = not found.reports and not found.links and len(found.refused) == 1
        subject = item.key if whole else f"{item.key}#{place}"
        undone(connection, Stage.EXTRACT, subject, extracting(), item.where, origin, error)
        if whole:
            return Booked((), 0, 0, 0)
    stages.mark(connection, StageRow(item.key, Stage.EXTRACT, extracting(), State.DONE, item.where, origin))
    return Booked(tuple(new), changed, copies, forgotten)


def coded(connection: sa.Connection, task: Code, claims: Sequence[Claim], run: int, version: str) -> bool:
    """Keep the claims of a report that had none; ``False`` where another run was faster, or the report was forgotten meanwhile."""
    if not there(connection, task):
        return False
    if any(row.state is State.DONE for row in stages.of(connection, task.key, Stage.CODE)):
        return False
    kept.add(connection, task.number, task.report, claims, run)
    stages.mark(connection, _stage(task, version, State.DONE))
    return True


def address_of(url: str) -> str:
    """What an address is known by."""
    return indexed(canonical(url))


def there(connection: sa.Connection, task: Code) -> bool:
    """Whether the report is still there; its number alone may be another's by now."""
    return connection.execute(sa.select(reports.c.n).where(reports.c.n == task.number, reports.c.key == task.key)).first() is not None


def undone(
    connection: sa.Connection, stage: Stage, subject: str, version: str, place: str, origin: str, error: AccordingError, *, most: int = 1
) -> State:
    """Note that a stage failed: to be tried again until it failed ``most`` times, then in quarantine. The state it is in now."""
    tries = 1 + next((row.tries for row in stages.of(connection, subject, stage) if row.version == version), 0)
    state = State.RETRY if tries < most else State.QUARANTINED
    reason = type(error).__name__
    stages.mark(connection, StageRow(subject, stage, version, state, place, origin, reason, str(error), tries))
    return state


def wanted(connection: sa.Connection, url: str, origin: str) -> None:
    """An address is to be fetched; how often it was in vain is kept."""
    subject = address_of(url)
    before = next(iter(stages.of(connection, subject, Stage.FETCH)), None)
    tries = before.tries if before and before.state is State.RETRY else 0
    stages.mark(connection, StageRow(subject, Stage.FETCH, _FETCHING, State.RETRY, url, origin, tries=tries))


def wish(connection: sa.Connection, url: str, origin: str) -> Wish:
    """What to ask for, with what was told when the address was fetched before."""
    before = connection.execute(sa.select(fetches.c.etag, fetches.c.modified).where(fetches.c.address == address_of(url))).first()
    return Wish(url, origin, before.etag, before.modified) if before else Wish(url, origin)


def fetched(connection: sa.Connection, wish: Wish, answer: Fetched) -> Item:
    """Keep a page's bytes, since it may be gone tomorrow, and give them as an item."""
    item = Item(where=wish.url, data=answer.data, taken=answer.taken, url=answer.at, media=answer.media)
    address = address_of(wish.url)
    row = {
        "address": address,
        "url": answer.at,
        "etag": answer.etag,
        "modified": answer.modified,
        "fetched": stamp(answer.taken),
        "item": item.key,
        "media": answer.media,
        "body": zlib.compress(answer.data, 6),
    }
    upsert(connection, fetches, row)
    stages.mark(connection, StageRow(address, Stage.FETCH, _FETCHING, State.DONE, wish.url, wish.origin))
    return item


def unchanged(connection: sa.Connection, wish: Wish) -> None:
    """The page is what it was: its reports were seen just now."""
    address = address_of(wish.url)
    connection.execute(sa.update(fetches).where(fetches.c.address == address).values(fetched=now()))
    item = connection.execute(sa.select(fetches.c.item).where(fetches.c.address == address)).scalar()
    if item:
        storing.seen_again(connection, [Sighting(wish.url, item)])
    stages.mark(connection, StageRow(address, Stage.FETCH, _FETCHING, State.DONE, wish.url, wish.origin))


def not_fetched(connection: sa.Connection, wish: Wish, error: NotFetched) -> State:
    most = 1 if isinstance(error, FetchRefused) else MOST_FETCHES
    return undone(connection, Stage.FETCH, address_of(wish.url), _FETCHING, wish.url, wish.origin, error, most=most)


def left_to_code(connection: sa.Connection) -> Iterator[Code]:
    """Reports that are in the ledger without having been coded, in the order in which they came."""
    waiting = (
        sa.select(stage_table.c.subject, stage_table.c.place, stage_table.c.origin, reports.c.n)
        .join(reports, reports.c.key == stage_table.c.subject)
        .where(stage_table.c.stage == Stage.CODE.value, stage_table.c.state == State.RETRY.value)
        .order_by(reports.c.n)
    )
    for row in connection.execute(waiting).all():
        yield Code(row.n, row.subject, reading.report(connection, row.n), row.place, row.origin)


def left_to_fetch(connection: sa.Connection, origins: Sequence[str]) -> list[Wish]:
    """Addresses that these origins led to and that have not come."""
    rows = stages.select(connection, stage=Stage.FETCH, state=State.RETRY)
    return [wish(connection, row.place, row.origin) for row in rows if row.origin in origins]


def left_to_extract(connection: sa.Connection) -> Iterator[tuple[Item, str]]:
    """Pages that came and were not read any more, each with its origin."""
    ended = stage_table.c.state != State.RETRY.value
    read = sa.select(stage_table.c.subject).where(stage_table.c.stage == Stage.EXTRACT.value, ended)
    query = sa.select(fetches, stage_table.c.origin, stage_table.c.place).join(
        stage_table, sa.and_(stage_table.c.subject == fetches.c.address, stage_table.c.stage == Stage.FETCH.value)
    )
    for row in connection.execute(query.where(fetches.c.item.not_in(read)).order_by(fetches.c.address)).all():
        yield reading.item(row), row.origin


def _stage(code: Code, version: str, state: State) -> StageRow:
    return StageRow(code.key, Stage.CODE, version, state, code.place, code.origin)
