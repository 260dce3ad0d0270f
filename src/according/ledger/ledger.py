"""The ledger as one object: opened by path or address, asked, written to, closed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa

from according.errors import BadQuestion
from according.ledger import asking, backup, deciding, doctor, forgetting, frames, mending, opening, stages
from according.ledger import reading as kept_reading
from according.ledger.answers import ClaimRow, FigureRow, ReportRow, SourceRow
from according.ledger.deciding import Decision, Verdict
from according.ledger.doctor import Fault
from according.ledger.flat import ANSWERS, What
from according.ledger.holding import Holding, held
from according.ledger.question import Question
from according.ledger.stages import StageRow
from according.model import Claim, Report


class Ledger:
    """Reports and claims at a path (SQLite) or a ``postgresql://`` address.

    ::

        with Ledger("according.db") as ledger:
            for row in ledger.claims(Question(places=("Saraqib",))):
                print(row.claim.said_by, row.claim.sentence.text)
    """

    def __init__(self, where: str | os.PathLike[str] = "according.db", *, create: bool = False) -> None:
        """Open a ledger, with ``create`` making one where there is none; one of an older schema is brought up to date.

        Raises ``NotALedger``, ``LedgerTooNew``, ``LedgerFull`` or another ``LedgerError``.
        """
        self.where = os.fspath(where)
        self.engine = opening.engine(self.where, create=create)

    @property
    def name(self) -> str:
        """The ledger as a person knows it: its path, or its address without the password."""
        return opening.shown(self.where)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self.engine.dispose()

    def claims(self, question: Question | None = None) -> Iterator[ClaimRow]:
        """The claims asked for, all where nothing is; always in the same order, one after the other."""
        with self.reading() as connection:
            yield from asking.claims(connection, question or Question())

    def reports(self, question: Question | None = None) -> Iterator[ReportRow]:
        """The reports asked for, or those that hold claims asked for."""
        with self.reading() as connection:
            yield from asking.reports(connection, question or Question())

    def sources(self, question: Question | None = None) -> Iterator[SourceRow]:
        """The sources of the reports asked for, with how many reports and claims of theirs are."""
        with self.reading() as connection:
            yield from asking.sources(connection, question or Question())

    def figures(self, question: Question | None = None) -> Iterator[FigureRow]:
        """The figures of the claims asked for, each with its claim."""
        with self.reading() as connection:
            yield from asking.figures(connection, question or Question())

    def frame(self, what: What, question: Question | None = None, kind: frames.Kind = "pandas") -> Any:
        """The answer as a data frame: ``what`` is claims, reports, sources or figures, ``kind`` pandas, polars or arrow.

        Raises ``SetupError`` where the library for that kind is not installed.
        """
        if what not in ANSWERS:
            raise BadQuestion(f"{what} is nothing that can be asked for; there are {', '.join(ANSWERS)}.")
        return frames.made(what, getattr(self, what)(question), kind)

    def decide(
        self,
        claim: str,
        verdict: Verdict | str,
        *,
        report: str,
        person: str,
        correction: Claim | None = None,
        note: str | None = None,
    ) -> None:
        """Say of a claim (its id) of a report (its id or key) that it is right, wrong, or to be told otherwise. Nothing is overwritten.

        Raises ``NotInLedger``, and ``BadRecord`` for a correction that is none: another claim's, or with words that the report lacks.
        """
        with self.writing() as connection:
            number = kept_reading.number_of(connection, report)
            found = kept_reading.report(connection, number)
            deciding.decide(connection, number, found, claim, Verdict(verdict), person, correction, note)

    def decisions(self, report: str) -> list[Decision]:
        """All that was decided of a report's claims, the oldest first. Raises ``NotInLedger``."""
        with self.reading() as connection:
            return deciding.of(connection, kept_reading.number_of(connection, report))

    def report(self, told: str) -> Report:
        """The report with that id or key, its text and all; of several versions the newest. Raises ``NotInLedger``."""
        with self.reading() as connection:
            return kept_reading.report(connection, kept_reading.number_of(connection, told))

    def status(self) -> Holding:
        """What the ledger holds, and how far each thing in it has come."""
        with self.reading() as connection:
            return held(connection, self.name)

    def quarantined(self) -> Iterator[StageRow]:
        """What could not be taken in, in the order of where it lies."""
        with self.reading() as connection:
            yield from stages.select(connection, state=stages.State.QUARANTINED)

    def faults(self) -> Iterator[Fault]:
        """All that is wrong with the ledger: file, references, spans against texts. Nothing, if it is sound."""
        with self.reading() as connection:
            yield from doctor.faults(connection)

    def mend(self) -> None:
        """Make anew what follows from the rest: the search indexes, which version replaces which, and which report is whose copy."""
        with self.writing() as connection:
            mending.mend(connection)

    def backup(self, to: str | os.PathLike[str], watch: backup.Watch = lambda done, total: None) -> None:
        """Copy the ledger as it is now to a new SQLite file, while others may go on writing. Raises ``LedgerError``."""
        with self.reading() as connection:
            backup.write(connection, Path(to), watch)

    def forget(self, report: str, why: str, person: str | None = None) -> tuple[str, int]:
        """Remove a report (its id or key) and its claims for good, and leave a tombstone, so that it is not taken in again.

        Gives its id, and how many other versions of it are still there. Raises ``NotInLedger``.
        """
        with self.writing() as connection:
            forgotten = forgetting.forget(connection, report, why, person)
        with opening.translated(self.where):
            forgetting.scrub(self.engine)
        return forgotten

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that sees the ledger as it is at one moment, whatever others write meanwhile."""
        options = {} if self.engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
        with opening.translated(self.where), self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction: all that is written on this connection is kept at its end, or nothing. One writer at a time."""
        with opening.translated(self.where), self.engine.connect().execution_options(**opening.WRITES) as connection, connection.begin():
            yield connection
