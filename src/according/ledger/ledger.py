"""The ledger as one object: opened by path or address, asked, written to, closed."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import sqlalchemy as sa

from according.errors import BadQuestion
from according.events.accounts import Said
from according.events.deciding import EventDecision, EventVerdict
from according.events.event import Corroboration, Event
from according.events.holdings import Holding
from according.events.series import Series
from according.ledger import (
    asking,
    backup,
    beside,
    decided,
    deciding,
    doctor,
    event_decisions,
    events,
    exploring,
    forgetting,
    frames,
    grouping,
    mending,
    opening,
    stages,
    summaries,
    waiting,
)
from according.ledger import reading as kept_reading
from according.ledger.answers import ClaimRow, FigureRow, ReportRow, SourceRow
from according.ledger.asking import FigureRef, Ref
from according.ledger.beside import Beside, Told
from according.ledger.contents import Contents, counted
from according.ledger.deciding import Decision, Verdict
from according.ledger.doctor import Fault
from according.ledger.exploring import Choices, Days, Listed, Overview, Paging, Point
from according.ledger.flat import ANSWERS, What
from according.ledger.people import People
from according.ledger.question import Question
from according.ledger.remembering import Memory
from according.ledger.review import Review
from according.ledger.reviewing import Queue
from according.ledger.stages import StageRow
from according.model import Claim, Report

T = TypeVar("T")


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
        self._memory = Memory(self.engine)

    @property
    def name(self) -> str:
        """The ledger as a person knows it: its path, or its address without the password."""
        return opening.shown(self.where)

    @property
    def people(self) -> People:
        """Who may come into it, and the audit of what they did."""
        return People(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._memory.close()
        self.engine.dispose()

    def claims(self, question: Question | None = None, *, after: Ref | None = None) -> Iterator[ClaimRow]:
        """The claims asked for, all where nothing is; always in the same order, one after the other.

        With ``after``, the last one seen (its report's key, its id), those that come after it. Raises ``NotInLedger``.
        """
        with self.reading() as connection:
            yield from asking.claims(connection, question or Question(), after)

    def claim(self, id: str, *, report: str) -> ClaimRow:
        """The claim of a report (its id or key), rejected or withdrawn though it be. Raises ``NotInLedger``."""
        with self.reading() as connection:
            return asking.claim(connection, kept_reading.number_of(connection, report), id)

    def reports(self, question: Question | None = None, *, after: str | None = None) -> Iterator[ReportRow]:
        """The reports asked for, or those that hold claims asked for; ``after`` is the key of the last one seen."""
        with self.reading() as connection:
            yield from asking.reports(connection, question or Question(), after=after)

    def sources(self, question: Question | None = None, *, after: str | None = None) -> Iterator[SourceRow]:
        """The sources of the reports asked for, with how many reports and claims of theirs are; ``after`` is the last name seen."""
        with self.reading() as connection:
            yield from asking.sources(connection, question or Question(), after)

    def figures(self, question: Question | None = None, *, after: FigureRef | None = None) -> Iterator[FigureRow]:
        """The figures of the claims asked for, each with its claim; ``after`` is the last one seen: its claim, and its place in that."""
        with self.reading() as connection:
            yield from asking.figures(connection, question or Question(), after)

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
        last: int | None = None,
    ) -> None:
        """Say of a claim (its id) of a report (its id or key) that it is right, wrong, or to be told otherwise; or take the last that one
        said of it oneself back. Nothing is overwritten. ``last`` is the number of the last decision on it that one has seen, 0 for none.

        Raises ``NotInLedger``; ``ChangedMeanwhile`` where another decision was made after ``last``; ``BadRecord`` for a correction that is
        none (another claim's, or with words that the report lacks), and where there is nothing to take back.
        """
        with self.writing() as connection:
            number = kept_reading.number_of(connection, report)
            found = kept_reading.report(connection, number)
            deciding.decide(connection, number, found, claim, Verdict(verdict), person, correction, note, last)

    def review(self, queue: Queue) -> Review:
        """A person's review of the claims of his queue."""
        return Review(self, queue)

    def group(self) -> None:
        """Bring the events up to date with the claims. Whoever asks for events has it done; so have runs that take in or code."""
        for _ in self.grouping():
            pass

    def grouping(self) -> Iterator[int]:
        """The same, in one transaction: now and then how many reports are still to be looked at."""
        with self.writing() as connection:
            waiting.renew(connection)
        with self.writing() as connection:
            yield from grouping.group(connection)

    def events(self, question: Question | None = None, *, after: str | None = None) -> Iterator[Event]:
        """The events with a claim that is asked for, in the order of their days; ``after`` is the id of the last one seen."""
        self._up_to_date()
        with self.reading() as connection:
            yield from events.asked(connection, question or Question(), after)

    def event(self, id: str) -> Event:
        """The event that this id is of, or became by a merge. Raises ``NotInLedger``."""
        self._up_to_date()
        with self.reading() as connection:
            return events.by_id(connection, id)

    def readying(self) -> Iterator[tuple[str, int]]:
        """Bring events, and what lists show of them, up to date: now and then how many ``reports`` are still to be grouped, then how many
        ``events`` to be summed up.
        """
        with self.reading() as connection:
            current = waiting.current(connection)
        if not current:
            yield from (("reports", left) for left in self.grouping())
        with self.reading() as connection:
            left = summaries.missing(connection)
        while left > 0:
            with self.writing() as connection:
                summaries.make(connection)
                left = summaries.missing(connection)
            yield "events", left

    def explore(
        self, question: Question | None = None, grades: Sequence[Corroboration] = (), paging: Paging | None = None
    ) -> tuple[Listed, Overview]:
        """A page of the events that ``events`` would give, of these grades alone where some are named, and all of them counted."""
        at, asked = self._readied(), question or Question()
        known: Overview | None = self._memory.known(at, ("overview", asked, tuple(grades)))
        with self.reading() as connection:
            listed, overview = exploring.explored(connection, asked, grades, paging or Paging(), counted=known is None)
        if overview is not None:
            known = self._memory.keep(at, ("overview", asked, tuple(grades)), overview)
        assert known is not None
        return listed, known

    def days(self, question: Question | None = None, grades: Sequence[Corroboration] = ()) -> Days:
        """When the events asked for were."""
        with self.reading() as connection:
            return exploring.days(connection, question or Question(), grades)

    def choices(self) -> Choices:
        """What a filter may name of this ledger's events."""
        with self.reading() as connection:
            return exploring.choices(connection)

    def points(self, question: Question | None = None, grades: Sequence[Corroboration] = ()) -> list[Point]:
        """Those of the events asked for that may stand on a map."""
        self._readied()
        with self.reading() as connection:
            return exploring.points(connection, question or Question(), grades)

    def remembered(self, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` gave for this key since something was last written to the ledger, else what it gives now; never ``None``."""
        at = self._readied()
        found: T | None = self._memory.known(at, key)
        return found if found is not None else self._memory.keep(at, key, make())

    def told_by(self, question: Question | None = None) -> Iterator[tuple[str, str | None]]:
        """Each report asked for, its id and that of the event that it tells most of; ``None`` where it tells of none."""
        self._up_to_date()
        with self.reading() as connection:
            yield from events.of_report(connection, question or Question())

    def series(self, question: Question | None = None) -> list[Series]:
        """The tolls over spans of time that are asked for, each with its readings."""
        with self.reading() as connection:
            return events.series_of(connection, question or Question())

    def holdings(self, question: Question | None = None, known: date | None = None) -> list[Holding]:
        """Who held which place from when to when, according to whom; with ``known`` as could be known on that day."""
        with self.reading() as connection:
            return events.holdings_of(connection, question or Question(), known)

    def merge(self, one: str, other: str, *, person: str, note: str | None = None) -> str:
        """Say that two events are one. It binds all later grouping. The id that the one goes by; both ids lead to it.

        Raises ``NotInLedger``, and ``BadQuestion`` where they are one already.
        """
        self._up_to_date()
        with self.writing() as connection:
            a, b = events.by_id(connection, one), events.by_id(connection, other)
            if a.id == b.id:
                raise BadQuestion(f"{one} and {other} are one event already.")
            event_decisions.add(connection, EventVerdict.MERGE, events.refs(a), events.refs(b), person, note, (a.id, b.id))
            self._regroup(connection, [*a.said, *b.said])
            return events.current(connection, one)

    def split(self, event: str, told: Sequence[str], *, person: str, note: str | None = None) -> tuple[str, str]:
        """Say that some of an event's claims (their ids, or their reports' ids or keys) are of another. It binds all later grouping.

        The ids of the two. Raises ``NotInLedger``, and ``BadQuestion`` for claims that the event lacks.
        """
        self._up_to_date()
        with self.writing() as connection:
            found = events.by_id(connection, event)
            out, rest = events.parts(found, told)
            event_decisions.add(connection, EventVerdict.SPLIT, rest, out, person, note, (found.id,))
            self._regroup(connection, found.said)
            return events.id_of(connection, rest[0]), events.id_of(connection, out[0])

    def event_decisions(self) -> list[EventDecision]:
        """All merges and splits, the oldest first."""
        with self.reading() as connection:
            return event_decisions.all_of(connection)

    def claim_decisions(self, *, report: str | None = None, claim: str | None = None, after: int = 0) -> Iterator[tuple[str, Decision]]:
        """All decisions on claims, or those on a report (its id or key) or a claim, each with its report's key, the oldest first.

        ``after`` is the number of the last one seen. Raises ``NotInLedger``.
        """
        with self.reading() as connection:
            number = None if report is None else kept_reading.number_of(connection, report)
            yield from decided.of_claims(connection, report=number, claim=claim, after=after)

    def numbered_event_decisions(self, *, after: int = 0) -> Iterator[tuple[int, EventDecision]]:
        """All merges and splits, each with its number, the oldest first; ``after`` is the number of the last one seen."""
        with self.reading() as connection:
            yield from decided.of_events(connection, after=after)

    def _up_to_date(self) -> None:
        with self.reading() as connection:
            current = waiting.current(connection)
        if not current:
            self.group()

    def _readied(self) -> str:
        """Have every event with its summary; the moment of that."""
        for _ in self.readying():
            pass
        with self.reading() as connection:
            return self._memory.moment(connection)

    def _regroup(self, connection: sa.Connection, said: Iterable[Said]) -> None:
        for key in sorted({s.cited.key for s in said}):
            waiting.changed(connection, kept_reading.number_of(connection, key))
        for _ in grouping.group(connection):
            pass

    def decisions(self, report: str) -> list[Decision]:
        """All that was decided of a report's claims, the oldest first. Raises ``NotInLedger``."""
        with self.reading() as connection:
            return deciding.of(connection, kept_reading.number_of(connection, report))

    def report(self, told: str) -> Report:
        """The report with that id or key, its text and all; of several versions the newest. Raises ``NotInLedger``."""
        with self.reading() as connection:
            return kept_reading.report(connection, kept_reading.number_of(connection, told))

    def beside(self, report: str) -> Beside:
        """A report (its id or key) with its versions, the report that it copies, and its copies. Raises ``NotInLedger``."""
        with self.reading() as connection:
            return beside.beside(connection, kept_reading.number_of(connection, report))

    def events_of(self, report: str) -> dict[str, Told]:
        """The event of each claim of a report that is of one, by the claim's id. Raises ``NotInLedger``."""
        self._up_to_date()
        with self.reading() as connection:
            return beside.events_of(connection, kept_reading.number_of(connection, report))

    def status(self) -> Contents:
        """What the ledger holds, and how far each thing in it has come."""
        with self.reading() as connection:
            return counted(connection, self.name)

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
    def writing(self, *, patience: float = opening.PATIENCE) -> Iterator[sa.Connection]:
        """A transaction: all that is written on this connection is kept at its end, or nothing. One writer at a time.

        Raises ``LedgerError`` where another one has been writing for ``patience`` seconds.
        """
        options: dict[str, Any] = opening.WRITES | ({"patience": patience} if patience != opening.PATIENCE else {})
        with opening.translated(self.where), self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection
