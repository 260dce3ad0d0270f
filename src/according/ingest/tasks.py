"""What a worker does: takes the reports out of an item's bytes, or codes one report. Pure: what comes back is all there is to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from according.errors import IntakeError, TooLarge
from according.intake.items import Item, Link
from according.ledger.copying import Sketch
from according.model import Claim, Report

#: Words and marks of a report that is coded: about 150 pages, and half a minute. It is a limit on the text and not on the time, so that the
#: same collection gives the same ledger on any machine.
LONGEST = 75_000
_PIECE = re.compile(r"\w+|[^\w\s]")


#: By the clock a task may take so many times what it may of the processor.
CLOCK = 5.0


@dataclass(frozen=True, slots=True)
class Extract:
    """Bytes, to be read as reports."""

    item: Item


@dataclass(frozen=True, slots=True)
class Code:
    """A report that the ledger has under this number, to be coded."""

    number: int
    key: str
    report: Report
    place: str
    origin: str


Task = Extract | Code


@dataclass(frozen=True, slots=True)
class Extracted:
    """The reports in an item with their sketches, what in it is none, and the pages that it points to."""

    reports: tuple[tuple[Report, Sketch], ...]
    refused: tuple[IntakeError, ...] = ()
    links: tuple[Link, ...] = ()


Done = Extracted | tuple[Claim, ...]


def prepare() -> None:
    """Load the model and open the gazetteer, before limits on memory count."""
    from according import pipeline

    pipeline.claims(Report(id="none", text="Troops entered the town on Monday."))


def do(task: Task) -> Done:
    """Raises an ``IntakeError`` for what cannot be read or coded."""
    return _extracted(task.item) if isinstance(task, Extract) else _claims(task)


def seconds(task: Task) -> float:
    """How long a task may take of the processor: a long report is no attack, and a machine with other work to do is not its fault."""
    return 20.0 if isinstance(task, Extract) else 20.0 + len(task.report.text) / 4_000


def _extracted(item: Item) -> Extracted:
    from according.intake.opening import opened
    from according.ledger.copying import sketched

    found = opened(item)
    outcomes = [_storable(outcome) for outcome in found.reports]
    good = tuple((outcome, sketched(outcome.text)) for outcome in outcomes if isinstance(outcome, Report))
    return Extracted(good, tuple(outcome for outcome in outcomes if isinstance(outcome, IntakeError)), found.links)


def _storable(outcome: Report | IntakeError) -> Report | IntakeError:
    """A report that no database can keep is refused here, where that costs nobody else."""
    from according.ledger import storable

    try:
        if isinstance(outcome, Report):
            storable.check(outcome)
    except IntakeError as error:
        return error
    return outcome


def _claims(task: Code) -> tuple[Claim, ...]:
    from according import pipeline

    if sum(1 for _ in islice(_PIECE.finditer(task.report.text), LONGEST + 1)) > LONGEST:
        raise TooLarge(f"{task.place}: the report has more than {LONGEST:,} words and marks; split it.")
    return pipeline.claims(task.report)
