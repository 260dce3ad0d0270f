"""A person's review of a ledger, each step a transaction: what comes next, what is to be known of it, what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from according.ledger import reviewing
from according.ledger.deciding import Decision, Verdict
from according.ledger.reviewing import Docket, Progress, Queue, Spot, Twice
from according.model import Claim

if TYPE_CHECKING:
    from according.ledger.ledger import Ledger


class Review:
    """The queue of one person, and second looks. What he decides goes by ``Ledger.decide``."""

    def __init__(self, ledger: Ledger, queue: Queue) -> None:
        self._ledger, self.queue = ledger, queue

    def next(self, after: Spot | None = None) -> Spot | None:
        """What comes after a spot of the queue, first of all where none is given; ``None`` at its end."""
        self._ready()
        with self._ledger.reading() as connection:
            return reviewing.neighbour(connection, self.queue, after)

    def previous(self, of: Spot) -> Spot | None:
        """What comes before a spot of the queue; ``None`` at its beginning."""
        self._ready()
        with self._ledger.reading() as connection:
            return reviewing.neighbour(connection, self.queue, of, before=True)

    def docket(self, report: str, claim: str) -> Docket:
        """A claim of a report (its id or key) with all that a reviewer is to know of it. Raises ``NotInLedger``."""
        self._ready()
        with self._ledger.reading() as connection:
            return reviewing.docket(connection, report, claim)

    def flag(self, claim: str, *, report: str, note: str | None = None) -> None:
        """Ask others to look at a claim; it is settled once somebody decides on it. Raises ``NotInLedger``."""
        with self._ledger.writing() as connection:
            reviewing.flag(connection, report, claim, self.queue.person, note)

    def last(self, before: int | None = None) -> Decision | None:
        """The person's last decision that he has not taken back, with its report's key for the report; ``before`` that of a number."""
        with self._ledger.reading() as connection:
            return reviewing.last_of(connection, self.queue.person, before)

    def progress(self) -> Progress:
        """How many of the queue's claims are decided, by whomever."""
        with self._ledger.reading() as connection:
            return reviewing.progress(connection, self.queue)

    def seconds_left(self) -> int:
        """How many claims the person may look at a second time."""
        with self._ledger.reading() as connection:
            return reviewing.seconds_left(connection, self.queue)

    def first_seen(self, claim: str, *, report: str) -> Claim:
        """A claim that the person is to look at a second time, as the first one saw it. Raises ``BadRecord`` where there is none such."""
        with self._ledger.reading() as connection:
            return reviewing.first_seen(connection, self.queue, report, claim)[1].seen

    def second(self, claim: str, verdict: Verdict | str, *, report: str, correction: Claim | None = None, note: str | None = None) -> None:
        """Keep what the person says of a claim at a second look. It changes nothing. Raises ``BadRecord``."""
        with self._ledger.writing() as connection:
            reviewing.second(connection, self.queue, report, claim, Verdict(verdict), correction, note)

    def twice(self) -> list[Twice]:
        """All claims that two people looked at, each without a sight of what the other said."""
        with self._ledger.reading() as connection:
            return reviewing.twice(connection)

    def _ready(self) -> None:
        for _ in self._ledger.readying():
            pass
