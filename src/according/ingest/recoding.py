"""Coding the ledger's reports anew, with the According that is running."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from according.crew import Failed, Lost
from according.ingest import booking
from according.ingest.running import crew_of, error_of
from according.ingest.tasks import CLOCK, Code, Done, Extracted, seconds
from according.ingest.told import Tally, Told, Trouble
from according.ingest.versions import running
from according.ledger import changes, deciding, reading, runs, stages
from according.ledger.changes import Change
from according.ledger.ledger import Ledger
from according.ledger.schema import reports
from according.ledger.schema import stages as stage_table
from according.ledger.stages import Stage, StageRow, State


def recode(
    ledger: Ledger, named: Sequence[str], told: Told, *, jobs: int = 1, everything: bool = False, dry: bool = False
) -> Iterator[Change]:
    """Make the machine's claims anew of the reports that are ``named`` (ids or keys; none: all), and give what changed in each.

    Unless ``everything`` is asked for, reports that this version has coded are passed over. Each report's claims are replaced in one
    transaction, and what people decided stays; ``dry`` replaces nothing. A report that cannot be coded keeps the claims it has.

    Raises ``NotInLedger`` for a name that is none, ``LedgerError``, ``SetupError``.
    """
    version, tally = str(running()), Tally()
    numbers = _numbers(ledger, named, None if everything else version)
    with ledger.writing() as connection:
        run = runs.begin(connection, "recode", running())
    left = iter(numbers)
    given: dict[int, Code] = {}
    with crew_of(jobs) as crew:
        more = True
        while more or crew.busy:
            while crew.hungry and (more := bool(number := next(left, 0))):
                given[number] = task = _task(ledger, number)
                crew.give(number, task, CLOCK * seconds(task), seconds(task))
            for number, result in crew.back():
                change = _put(ledger, given.pop(number), result, run, version, told, tally, dry=dry)
                told.progress(tally)
                if change is not None:
                    yield change
    with ledger.writing() as connection:
        runs.end(connection, run)


def _numbers(ledger: Ledger, named: Sequence[str], version: str | None) -> list[int]:
    """The reports meant, in the order of their numbers; with ``version`` those that it has not coded."""
    with ledger.reading() as connection:
        if named:
            return list(dict.fromkeys(reading.number_of(connection, name) for name in named))
        query = sa.select(reports.c.n).order_by(reports.c.n)
        if version:
            mine = sa.select(stage_table.c.subject).where(
                stage_table.c.stage == Stage.CODE.value, stage_table.c.version == version, stage_table.c.state == State.DONE.value
            )
            query = query.where(reports.c.key.not_in(mine))
        return list(connection.execute(query).scalars())


def _task(ledger: Ledger, number: int) -> Code:
    with ledger.reading() as connection:
        key = connection.execute(sa.select(reports.c.key).where(reports.c.n == number)).scalar_one()
        report = reading.report(connection, number)
    return Code(number, key, report, report.id, "recode")


def _put(
    ledger: Ledger, task: Code, result: Done | Failed | Lost, run: int, version: str, told: Told, tally: Tally, *, dry: bool
) -> Change | None:
    if isinstance(result, Failed | Lost):
        error = error_of(task, result)
        tally.quarantined += 1
        told.trouble(Trouble(task.place, str(error)))
        return None
    assert not isinstance(result, Extracted)
    tally.coded += 1
    tally.claims += len(result)
    with ledger.reading() as connection:
        before = deciding.machines(connection, task.number)
    change = changes.between(task.report.id, before, result)
    if not dry:
        with ledger.writing() as connection:
            if not booking.there(connection, task):
                return None  # it was forgotten meanwhile
            deciding.replace(connection, task.number, task.report, result, run)
            stages.mark(connection, StageRow(task.key, Stage.CODE, version, State.DONE, task.place, task.origin))
    return change
